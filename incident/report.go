package incident

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// The longest texts, in characters.
const (
	longestLine  = 160
	longestWords = 20_000
)

// A Description is what is known of an incident.
type Description struct {
	Title       string // what lists show: no names
	Happened    calendar.Date
	Facts       string
	Function    string
	Perpetrator Perpetrator
	Concerns    string // account
	Harm        casework.Harm
}

func (d *Description) check(today calendar.Date) []fault.Detail {
	for _, s := range []*string{&d.Title, &d.Facts, &d.Function} {
		*s = strings.TrimSpace(*s)
	}
	faults := slices.Concat(
		casework.Line("/title", d.Title, longestLine, "Geef in een paar woorden waar het over gaat, zonder namen."),
		casework.Line("/facts", d.Facts, longestWords, "Schrijf op wat er is gebeurd, en hoe het is opgemerkt."),
		casework.Line("/function", d.Function, longestLine, ""), d.Harm.Check("/harm"),
	)
	if d.Perpetrator != "" && !slices.Contains(Perpetrators, d.Perpetrator) {
		faults = append(faults, fault.Detail{Pointer: "/perpetrator", Reason: "invalid-value", Text: "Kies uit de lijst wie het deed."})
	}
	if !d.Happened.IsZero() {
		faults = append(faults, casework.Past("/happened", d.Happened, today, "")...)
	}
	return faults
}

// afterwards returns what is wrong with something that happened after it was noticed.
func (d Description) afterwards(noticed calendar.Date) []fault.Detail {
	if d.Happened == casework.NoDay || !d.Happened.After(noticed) {
		return nil
	}
	return []fault.Detail{{Pointer: "/happened", Reason: "after-noticed", Text: "Het kan niet zijn gebeurd nadat het is opgemerkt. Controleer beide dagen."}}
}

func (d Description) words() string {
	return strings.Join([]string{d.Title, d.Happened.String(), d.Facts, d.Function, string(d.Perpetrator)}, "\n")
}

func (d Description) put(i *Incident) {
	i.Case.Title, i.Case.Harm = d.Title, d.Harm
	i.Happened, i.Facts, i.Function, i.Perpetrator, i.Concerns = d.Happened, d.Facts, d.Function, d.Perpetrator, d.Concerns
	i.Circle = slices.DeleteFunc(i.Circle, func(a string) bool { return a == d.Concerns })
}

// A Report is what somebody writes down who noticed something. ID is the sender's own
// (UUID), so that who sends twice reports once; "" gets one. Key does the same for a
// program.
type Report struct {
	ID      casework.ID
	Key     string
	Noticed calendar.Date
	Description
}

// Report writes an incident down. Everybody in the firm may; to see it afterwards they
// must be in its circle, or may see all. All that is wrong is one Invalid
// "invalid-incident".
func (s *Service) Report(ctx context.Context, by Hand, in Report) (i Incident, err error) {
	today := s.Casework.Today()
	faults := append(casework.Past("/noticed", in.Noticed, today, "Geef de dag waarop het is opgemerkt."), in.check(today)...)
	if in.ID != "" && !ident.Valid(string(in.ID)) {
		faults = append(faults, fault.Detail{Pointer: "/id", Reason: "format", Text: "Geef een UUID, of laat het kenmerk weg."})
	}
	faults = append(faults, in.afterwards(in.Noticed)...)
	stranger, err := s.Casework.Known(ctx, by.Firm, "/concerns", "", in.Concerns)
	if err != nil {
		return i, err
	}
	if err := fault.All("invalid-incident", append(faults, stranger...)); err != nil {
		return i, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if in.ID != "" {
			if i, err = tx.Incident(in.ID); err == nil || !fault.Has(err, "unknown-case") {
				return err
			}
		}
		i, err = s.once(tx, by, in)
		return err
	})
	if err != nil {
		return i, fmt.Errorf("report incident: %w", err)
	}
	return i, nil
}

// once writes an incident down, or finds what was written under the same key.
func (s *Service) once(tx Tx, by Hand, in Report) (Incident, error) {
	if in.Key == "" {
		return s.report(tx, by, in)
	}
	request := ident.HashOf(fmt.Appendf(nil, "incident\n%s\n%s\n%s\n%d", in.Noticed, in.words(), in.Concerns, in.Harm))
	before, err := tx.Once(in.Key, request, s.Now())
	if err != nil {
		return Incident{}, err
	}
	if before != nil {
		return tx.Incident(casework.ID(before))
	}
	i, err := s.report(tx, by, in)
	if err != nil {
		return i, err
	}
	return i, tx.Keep(in.Key, request, []byte(i.ID()))
}

func (s *Service) report(tx Tx, by Hand, in Report) (i Incident, err error) {
	today := s.Casework.Today()
	i = Incident{Case: casework.Case{ID: in.ID, Kind: Kind, Received: in.Noticed}, Recorded: today, Completed: today}
	in.put(&i)
	if by.All && by.account() != in.Concerns {
		i.Case.Handler = by.account()
	}
	if i.Policy, err = inForce(tx, in.Noticed); err != nil {
		return i, err
	}
	if i.Case, err = s.Casework.Open(tx, i.Case, in.Facts, in.Function); err != nil {
		return i, err
	}
	if err := tx.SaveIncident(i); err != nil {
		return i, err
	}
	if err := s.due(tx, i); err != nil {
		return i, err
	}
	return i, tx.Append(s.fact(KindReported, by.Actor, string(i.ID()), reported1{by.String(), in.Noticed.String(), int64(i.Policy), hash(string(i.ID()), in.words())}))
}

// Describe corrects and completes what is known of an incident.
func (s *Service) Describe(ctx context.Context, by Hand, id casework.ID, saw int64, d Description) (Incident, error) {
	return s.on(ctx, by, id, saw, "describe", func(tx Tx, i *Incident) (string, any, error) {
		if err := still(i); err != nil {
			return "", nil, err
		}
		today := s.Casework.Today()
		faults, err := s.Casework.Known(ctx, by.Firm, "/concerns", i.Concerns, d.Concerns)
		if err != nil {
			return "", nil, err
		}
		faults = append(faults, d.check(today)...)
		faults = append(faults, d.afterwards(i.Case.Received)...)
		switch {
		case d.Concerns != "" && d.Concerns == by.account():
			faults = append(faults, fault.Detail{Pointer: "/concerns", Reason: "own-incident", Text: "U kunt een incident over uzelf niet behandelen. Vraag een collega om het over te nemen."})
		case d.Concerns != "" && d.Concerns == i.Case.Handler:
			faults = append(faults, fault.Detail{Pointer: "/concerns", Reason: "handler", Text: "Deze medewerker behandelt het incident. Wijs het eerst toe aan een ander."})
		}
		if err := fault.All("invalid-incident", faults); err != nil {
			return "", nil, err
		}
		d.put(i)
		i.Completed = today
		if err := tx.Index(i.Case, text.Stems(d.Title, d.Facts, d.Function)); err != nil {
			return "", nil, err
		}
		return KindDescribed, described1{by.String(), d.Perpetrator, d.Concerns != "", int64(d.Harm), hash(string(id), d.words())}, nil
	})
}

// CorrectNoticed says that an open incident was noticed on another day than was written
// down, and why; its clocks run from that day, under the policy that was in force then.
// It was noticed before it was judged: Invalid "invalid-receipt".
func (s *Service) CorrectNoticed(ctx context.Context, by Hand, id casework.ID, saw int64, day calendar.Date, why string) (Incident, error) {
	return s.on(ctx, by, id, saw, "correct noticing", func(tx Tx, i *Incident) (_ string, _ any, err error) {
		if err := still(i); err != nil {
			return "", nil, err
		}
		if day != casework.NoDay && !day.IsZero() && i.Happened.After(day) {
			return "", nil, fault.All("invalid-receipt", Description{Happened: i.Happened}.afterwards(day))
		}
		var judged calendar.Date
		if i.Judged != nil {
			judged = calendar.Of(i.Judged.At)
		}
		if i.Case, err = s.Casework.CorrectReceipt(tx, by.Actor, i.Case, day, judged, "Op "+judged.Dutch()+" is het al beoordeeld. Geef die dag of een dag ervoor.", why); err == nil {
			i.Policy, err = inForce(tx, i.Case.Received)
		}
		return "", nil, err
	})
}

// Circle sets who sees an incident beside those who see all. Whom it is about is never
// in it: Invalid "invalid-circle".
func (s *Service) Circle(ctx context.Context, by Hand, id casework.ID, saw int64, accounts []string) (Incident, error) {
	return s.on(ctx, by, id, saw, "set circle", func(_ Tx, i *Incident) (string, any, error) {
		accounts = slices.Compact(slices.Sorted(slices.Values(accounts)))
		for _, a := range accounts {
			if a == i.Concerns {
				return "", nil, circleFault("concerned", "Het incident gaat over deze medewerker. Die krijgt er geen inzage in.")
			}
			ok, err := s.Casework.Account(ctx, by.Firm, a)
			if err != nil {
				return "", nil, err
			}
			if !ok {
				return "", nil, circleFault("unknown-account", "Deze medewerker is er niet, of mag geen zaken behandelen. Kies iemand uit de lijst.")
			}
		}
		i.Circle = accounts
		return KindCircled, circled1{by.String(), append([]string{}, accounts...)}, nil
	})
}

func circleFault(code, says string) error {
	return fault.All("invalid-circle", []fault.Detail{{Pointer: "/accounts", Reason: code, Text: says}})
}
