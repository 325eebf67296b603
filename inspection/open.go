package inspection

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
	"zorgplicht/staff"
)

// The bounds of what is typed, in characters, and of how much can be named.
const (
	longestName   = 120
	longestReason = 2000
	mostNamed     = 200
	longestDays   = 731
)

// An Opening is what a compliance officer asks for.
type Opening struct {
	Authority string
	Reference string
	Purpose   string
	Kinds     []Kind
	Apart     []Kind // compartments, opened expressly
	From      string // a day, or "" for none
	Through   string
	Files     string // numbers, one a line
	Until     string
	Guest     string // account; "" where one is invited
	Name      string // of who is invited
	Email     string
	Key       string // sent twice under one key it is opened once; "" for none
}

// hash is by which the same request is known.
func (in Opening) hash() ident.Hash {
	return ident.HashOf(fmt.Appendf(nil, "inspection\n%#v", in))
}

// Invited is an inspection that was opened, and the password of a new guest, which is
// told once.
type Invited struct {
	Inspection
	Guest    Guest
	Password string // "" for a guest who had an account
}

// words returns what is wrong with a text that somebody typed.
func words(at, s, missing string, longest int, needed bool) []fault.Detail {
	switch {
	case s == "" && needed:
		return []fault.Detail{{Pointer: at, Reason: "missing", Text: missing}}
	case utf8.RuneCountInString(s) > longest || !utf8.ValidString(s):
		return []fault.Detail{{Pointer: at, Reason: "too-long", Text: fmt.Sprintf("Deze tekst is te lang. Gebruik hooguit %d tekens.", longest)}}
	case text.HoldsBSN(s):
		return []fault.Detail{{Pointer: at, Reason: "bsn", Text: "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg."}}
	}
	return nil
}

func wrong(at, reason, says string) fault.Detail {
	return fault.Detail{Pointer: at, Reason: reason, Text: says}
}

// errFresh ends a look at a key that was not used.
var errFresh = errors.New("the key is new")

// before returns what was opened by the same request; false where it is new.
func (s *Service) before(ctx context.Context, by ident.Actor, in Opening) (out Invited, ok bool, err error) {
	if in.Key == "" {
		return out, false, nil
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		before, err := tx.Once(in.Key, in.hash(), s.Now())
		if err == nil && before == nil {
			return errFresh
		}
		if err == nil {
			out.Inspection, err = tx.Inspection(string(before))
		}
		return err
	})
	if errors.Is(err, errFresh) {
		return out, false, nil
	}
	return out, err == nil, err
}

// Open opens an inspection for a guest. What is wrong with the asking is
// fault.Invalid "invalid-inspection", all at once.
func (s *Service) Open(ctx context.Context, by ident.Actor, in Opening) (Invited, error) {
	if before, ok, err := s.before(ctx, by, in); err != nil || ok {
		return before, err
	}
	i, bad := s.read(in)
	files, more, err := s.named(ctx, by.Firm, in)
	if err != nil {
		return Invited{}, err
	}
	i.Files, bad = files, append(bad, more...)
	if len(i.Kinds) == 0 && len(files) == 0 && len(more) == 0 {
		bad = append(bad, wrong("/kinds", "missing", "Kies ten minste één soort dossier met een periode, of noem dossiers bij hun nummer."))
	}
	guest, more, err := s.guest(ctx, by, in, i.Until)
	if err != nil {
		return Invited{}, err
	}
	if err := fault.All("invalid-inspection", append(bad, more...)); err != nil {
		return Invited{}, err
	}
	password := ""
	if guest.ID == "" {
		if guest, password, err = s.Guests.Invite(ctx, by, in.Name, in.Email, i.Until); err != nil {
			return Invited{}, err
		}
	}
	i.ID, i.Guest, i.Opened, i.By = s.NewID(), guest.ID, s.Now(), by.String()
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if in.Key != "" {
			before, err := tx.Once(in.Key, in.hash(), s.Now())
			if err != nil {
				return err
			}
			if before != nil { // by who pressed twice at the same moment
				i, err = tx.Inspection(string(before))
				return err
			}
		}
		n, err := tx.NextNumber(calendar.Of(i.Opened).Year())
		if err != nil {
			return err
		}
		i.Number = fmt.Sprintf("INZ-%d-%04d", calendar.Of(i.Opened).Year(), n)
		if err := tx.Add(i); err != nil {
			return err
		}
		if err := tx.Append(s.fact(KindOpened, by, i.ID, opened1{
			By: by.String(), Number: i.Number, Guest: i.Guest, Kinds: texts(i.Kinds), Apart: texts(i.Apart), From: i.From.String(), Through: i.Through.String(),
			Files: append([]Ref{}, i.Files...), Until: i.Until.String(), Words: digest(i.ID, i.Authority, i.Reference, i.Purpose),
		})); err != nil || in.Key == "" {
			return err
		}
		return tx.Keep(in.Key, in.hash(), []byte(i.ID))
	})
	if err != nil {
		return Invited{}, fmt.Errorf("open inspection: %w", err)
	}
	return Invited{i, guest, password}, nil
}

// read reads all of an asking but who and which files.
func (s *Service) read(in Opening) (i Inspection, bad []fault.Detail) {
	i.Authority, i.Reference, i.Purpose = strings.TrimSpace(in.Authority), strings.TrimSpace(in.Reference), strings.TrimSpace(in.Purpose)
	bad = slices.Concat(
		words("/authority", i.Authority, "Schrijf op welke toezichthouder erom vraagt.", longestName, true),
		words("/reference", i.Reference, "", longestName, false),
		words("/purpose", i.Purpose, "Schrijf op waarvoor de inzage is.", longestReason, true),
	)
	for _, a := range s.Kinds() {
		among := in.Kinds
		if a.Apart {
			among = in.Apart
		}
		if slices.Contains(among, a.Kind) {
			i.Kinds = append(i.Kinds, a.Kind)
			if a.Apart {
				i.Apart = append(i.Apart, a.Kind)
			}
		}
	}
	today := s.Today()
	i.Until, bad = dayOf("/until", in.Until, "Geef de laatste dag van de inzage, zoals 2027-03-31.", bad)
	switch {
	case i.Until.IsZero():
	case i.Until.Before(today):
		bad = append(bad, wrong("/until", "past", "Deze dag is al voorbij. Kies vandaag of een dag erna."))
	case today.DaysUntil(i.Until) > longestDays:
		bad = append(bad, wrong("/until", "too-far", "Een inzage duurt hooguit twee jaar. Kies een eerdere dag."))
	}
	if len(i.Kinds) > 0 {
		i.From, bad = dayOf("/from", in.From, "Geef de eerste dag van de periode, zoals 2026-01-01.", bad)
		i.Through, bad = dayOf("/through", in.Through, "Geef de laatste dag van de periode, zoals 2026-06-30.", bad)
		if !i.From.IsZero() && !i.Through.IsZero() && i.Through.Before(i.From) {
			bad = append(bad, wrong("/through", "before-from", "De periode eindigt voor zij begint. Kies een latere dag."))
		}
	}
	return i, bad
}

func dayOf(at, sent, says string, bad []fault.Detail) (calendar.Date, []fault.Detail) {
	d, err := calendar.Parse(strings.TrimSpace(sent))
	if err != nil {
		return calendar.Date{}, append(bad, wrong(at, "day", says))
	}
	return d, bad
}

// named finds the files that were named by their number. Those of a compartment want
// that it is opened expressly.
func (s *Service) named(ctx context.Context, firm ident.Firm, in Opening) (refs []Ref, bad []fault.Detail, err error) {
	if bad := words("/files", in.Files, "", mostNamed*40, false); len(bad) > 0 {
		return nil, bad, nil
	}
	numbers := strings.FieldsFunc(in.Files, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' || r == ' ' })
	if len(numbers) > mostNamed {
		return nil, []fault.Detail{wrong("/files", "too-many", fmt.Sprintf("Noem hooguit %d dossiers, of kies een periode.", mostNamed))}, nil
	}
	unknown := 0
	for n, number := range numbers {
		ref, apart, err := s.find(ctx, firm, number)
		switch {
		case fault.Is(err, fault.NotFound):
			unknown++
			bad = append(bad, wrong("/files", "unknown", fmt.Sprintf("Het %de nummer dat u noemt, is van geen dossier. Neem het over van de lijst.", n+1)))
		case err != nil:
			return nil, nil, err
		case apart && !slices.Contains(in.Apart, ref.Kind):
			bad = append(bad, wrong("/files", "compartment", fmt.Sprintf("Het %de nummer is van een afgeschermd dossier. Kruis die soort ook aan onder ‘Afgeschermd’.", n+1)))
		case !slices.Contains(refs, ref):
			refs = append(refs, ref)
		}
	}
	return refs, bad, nil
}

func (s *Service) find(ctx context.Context, firm ident.Firm, number string) (Ref, bool, error) {
	for _, one := range s.Shelves {
		id, err := one.Find(ctx, firm, number)
		if err == nil {
			return Ref{one.Kind, id, strings.ToUpper(number)}, one.Apart, nil
		}
		if !fault.Is(err, fault.NotFound) {
			return Ref{}, false, err
		}
	}
	return Ref{}, false, fault.New(fault.NotFound, "unknown-file", "")
}

// guest finds the account of the guest, whose time must last as long as the
// inspection. Without an id in it, one is invited.
func (s *Service) guest(ctx context.Context, by ident.Actor, in Opening, until calendar.Date) (g Guest, bad []fault.Detail, err error) {
	if in.Guest == "" {
		bad = append(
			words("/name", strings.TrimSpace(in.Name), "Kies een gast die er al is, of geef de naam van wie u uitnodigt.", longestName, true),
			words("/email", strings.TrimSpace(in.Email), "Geef het e-mailadres van wie u uitnodigt.", longestName*2, true)...,
		)
		// What an account would be refused for is told with all else, not after it.
		if f := fault.As(staff.CheckAccount(staff.Account{Name: in.Name, Email: strings.TrimSpace(in.Email)}, s.Now())); f != nil {
			for _, d := range f.Details {
				if d.Pointer == "/email" && !slices.ContainsFunc(bad, func(b fault.Detail) bool { return b.Pointer == d.Pointer }) {
					bad = append(bad, d)
				}
			}
		}
		return g, bad, nil
	}
	all, err := s.Guests.Guests(ctx, by.Firm)
	n := slices.IndexFunc(all, func(g Guest) bool { return g.ID == in.Guest })
	switch {
	case err != nil:
		return g, nil, err
	case n < 0:
		return g, []fault.Detail{wrong("/guest", "unknown", "Deze gast kan zich niet meer aanmelden. Kies een ander, of nodig iemand uit.")}, nil
	case !until.IsZero() && all[n].Until.Before(until.AddDays(1).Start()):
		return g, []fault.Detail{wrong("/guest", "ends-sooner", "Het account van deze gast eindigt eerder dan de inzage. Kies een eerdere laatste dag, of laat de beheerder het account verlengen.")}, nil
	}
	return all[n], nil, nil
}

func texts(kinds []Kind) []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return out
}
