package dispute

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// An Entry is which body it is, and since when the firm is affiliated.
type Entry struct {
	Name, Site   string
	Joined, Left calendar.Date
}

func (e *Entry) check(today calendar.Date) []fault.Detail {
	e.Name, e.Site = strings.TrimSpace(e.Name), strings.TrimSpace(e.Site)
	faults := slices.Concat(
		casework.Line("/name", e.Name, casework.LongestTitle, "Vul de naam van de instantie in."), casework.Line("/site", e.Site, casework.LongestName, ""),
		notBefore("/left", e.Left, e.Joined, "Dit ligt vóór de dag van aansluiting. Controleer beide dagen."), casework.Legible("/left", e.Left),
	)
	if host, ok := strings.CutPrefix(strings.Replace(e.Site, "http://", "https://", 1), "https://"); e.Site != "" && (!ok || !strings.Contains(host, ".") || strings.ContainsAny(host, " \t\n")) {
		faults = append(faults, wrong("/site", "address", "Geef een adres dat met https:// begint, of laat dit leeg.")...)
	}
	faults = append(faults, casework.NotAhead("/joined", e.Joined, today, "Deze dag ligt in de toekomst. Schrijf de aansluiting op zodra zij is ingegaan.")...)
	if !e.Left.IsZero() && e.Joined.IsZero() {
		faults = append(faults, wrong("/joined", "missing", "Geef ook de dag waarop uw onderneming zich aansloot.")...)
	}
	return faults
}

func (b *Body) put(e Entry) {
	b.Name, b.Site, b.Joined, b.Left, b.Case.Title = e.Name, e.Site, e.Joined, e.Left, e.Name
}

func (e Entry) payload(by ident.Actor) body1 {
	return body1{by.String(), e.Name, e.Joined.String(), e.Left.String()}
}

// Register writes a body down; with an id that is there already it returns that one.
func (s *Service) Register(ctx context.Context, by ident.Actor, id casework.ID, e Entry) (b Body, err error) {
	faults := e.check(s.Casework.Today())
	if id != "" && !ident.Valid(string(id)) {
		faults = append(faults, wrong("/id", "format", "Geef een UUID, of laat het kenmerk weg.")...)
	}
	if err := fault.All("invalid-body", faults); err != nil {
		return b, err
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if id != "" {
			if b, err = tx.Body(id); err == nil || !fault.Has(err, "unknown-case") {
				return err
			}
		}
		b, err = s.register(tx, by, id, e)
		return err
	})
	if err != nil {
		return b, fmt.Errorf("register dispute body: %w", err)
	}
	return b, nil
}

// register writes a body down; under a key that was used it returns the one of then.
func (s *Service) register(tx Tx, by ident.Actor, id casework.ID, e Entry) (b Body, err error) {
	request := ident.HashOf(fmt.Appendf(nil, "dispute body\n%+v", e))
	if s.request.Key != "" {
		before, err := tx.Once(s.request.Key, request, s.Now())
		if err != nil {
			return b, err
		}
		if before != nil {
			return tx.Body(casework.ID(before))
		}
	}
	b = Body{Case: casework.Case{ID: id, Kind: BodyKind, Received: s.Casework.Today()}}
	if b.put(e); by.Kind == ident.Staff {
		b.Case.Handler = by.ID
	}
	if b.Case, err = s.Casework.Open(tx, b.Case); err != nil {
		return b, err
	}
	if err := s.keepBody(tx, b); err != nil {
		return b, err
	}
	if err := tx.Append(s.fact(KindRegistered, by, b.ID(), e.payload(by))); err != nil || s.request.Key == "" {
		return b, err
	}
	return b, tx.Keep(s.request.Key, request, []byte(b.ID()))
}

// Describe corrects which body it is, and since when the firm is affiliated.
func (s *Service) Describe(ctx context.Context, by ident.Actor, id casework.ID, saw int64, e Entry) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		faults := e.check(today)
		b.put(e)
		return KindDescribed, e.payload(by), faults
	})
}

// Apply records that the body asked the minister to be recognised. After a refusal, or
// a recognition by another minister, it may ask again.
func (s *Service) Apply(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		faults := casework.Past("/applied", on, today, "Geef de dag waarop de aanvraag is ingediend.")
		if b.State() == Asked || b.State() == Recognised {
			faults = append(faults, wrong("/applied", "asked", "Er loopt al een aanvraag, of de instantie is al erkend.")...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Applied, b.Extensions, b.Ruling = on, nil, nil
		_, d := complaint.RecognitionTerm.Decide(b.term())
		return KindApplied, term1{by.String(), on.String(), []rule.Decision{d}}, nil
	})
}

// Extend records that the minister made his term longer: twice at the most, and before
// it is over.
func (s *Service) Extend(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		if b.State() != Asked {
			return "", nil, wrong("/extended", "not-asked", "Er loopt geen aanvraag. Leg eerst vast wanneer de erkenning is aangevraagd.")
		}
		faults := slices.Concat(casework.Past("/extended", on, today, "Geef de dag waarop de verlenging is meegedeeld."),
			notBefore("/extended", on, b.Applied, "Dit ligt vóór de aanvraag. Controleer de dag."))
		if !on.IsZero() && on.After(b.DecideBy().DecideBy) {
			faults = append(faults, wrong("/extended", "over", "De termijn was op deze dag al voorbij. Verlengen kan alleen zolang zij loopt.")...)
		}
		b.Extensions = append(slices.Clone(b.Extensions), on)
		out, d := complaint.RecognitionTerm.Decide(b.term())
		for _, r := range out.Because {
			if r.Code == "extended_too_often" {
				faults = append(faults, wrong("/extended", r.Code, r.Text)...)
			}
		}
		return KindExtended, term1{by.String(), on.String(), []rule.Decision{d}}, faults
	})
}

// ministers are who recognises; only the first counts for the decree.
var ministers = []string{"minister_of_finance", "minister_of_justice"}

// Rule records what the minister decided. Whether it counts, came in time and was
// announced the rules say; a refusal needs no announcement.
func (s *Service) Rule(ctx context.Context, by ident.Actor, id casework.ID, saw int64, r Ruling) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		if b.State() != Asked {
			return "", nil, wrong("/decided", "not-asked", "Er loopt geen aanvraag. Leg eerst vast wanneer de erkenning is aangevraagd.")
		}
		r.Gazette = strings.TrimSpace(r.Gazette)
		faults := slices.Concat(casework.Past("/decided", r.Day, today, "Geef de dag van het besluit."),
			notBefore("/decided", r.Day, b.Applied, "Dit ligt vóór de aanvraag. Controleer de dag."), announced(r.Announced, r.Day, today, r.Gazette))
		if r.Granted == nil {
			faults = append(faults, wrong("/granted", "missing", "Kies wat de minister besloot.")...)
		}
		if !slices.Contains(ministers, r.Minister) {
			faults = append(faults, wrong("/minister", "missing", "Kies welke minister besloot.")...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Ruling = &r
		return KindRuled, b.ruled(by), nil
	})
}

// ruled is the fact of what the minister decided, with what the rules say of it.
func (b Body) ruled(by ident.Actor) ruled1 {
	r, kind, told := b.Ruling, complaint.DisputeOne, !b.Ruling.Announced.IsZero()
	in := complaint.RecognitionIn{Body: &kind, CanMeet: b.shown(), By: &r.Minister}
	if *r.Granted {
		in.Announced = &told
	}
	_, recognised := complaint.Recognition.Decide(in)
	_, term := complaint.RecognitionTerm.Decide(b.term())
	return ruled1{by.String(), *r.Granted, r.Day.String(), r.Minister, r.Announced.String(), []rule.Decision{recognised, term}}
}

// Unannounced reports whether a recognition or its withdrawal is not yet known to be
// in the Staatscourant (article 53(6)).
func (b Body) Unannounced() bool {
	if b.Withdrawn != nil {
		return b.Withdrawn.Announced.IsZero()
	}
	return b.Ruling != nil && rule.Holds(b.Ruling.Granted) && b.Ruling.Announced.IsZero()
}

// Announce records when the recognition, or after it the withdrawal, came in the
// Staatscourant, where that was not known when it was written down.
func (s *Service) Announce(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date, gazette string) (Body, error) {
	return s.change(ctx, by, id, saw, true, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		gazette = strings.TrimSpace(gazette)
		faults := casework.Past("/announced", on, today, "Geef de dag van de Staatscourant.")
		if !b.Unannounced() {
			return "", nil, append(faults, wrong("/announced", "announced", "Er is geen besluit dat nog in de Staatscourant moet komen.")...)
		}
		decided := b.Ruling.Day
		if b.Withdrawn != nil {
			decided = b.Withdrawn.Day
		}
		if faults = append(faults, announced(on, decided, calendar.Date{}, gazette)...); len(faults) > 0 {
			return "", nil, faults
		}
		if b.Withdrawn == nil {
			r := *b.Ruling
			r.Announced, r.Gazette, b.Ruling = on, gazette, &r
			return KindRuled, b.ruled(by), nil
		}
		w := *b.Withdrawn
		w.Announced, w.Gazette, b.Withdrawn = on, gazette, &w
		return KindRevoked, w.revoked(by), nil
	})
}

// announced returns what is wrong with the day of the Staatscourant; today is zero
// where that was looked at.
func announced(on, decided, today calendar.Date, gazette string) []fault.Detail {
	faults := slices.Concat(casework.Line("/gazette", gazette, 60, ""), notBefore("/announced", on, decided, "Dit ligt vóór het besluit. Controleer beide dagen."))
	if today.IsZero() {
		return faults
	}
	faults = append(faults, casework.NotAhead("/announced", on, today, "Deze dag ligt in de toekomst. Laat dit leeg zolang het besluit niet in de Staatscourant staat.")...)
	if gazette != "" && on.IsZero() {
		faults = append(faults, wrong("/announced", "missing", "Geef ook de dag van de Staatscourant.")...)
	}
	return faults
}

// Condition records a condition that is tied to the recognition, or whether one that
// is there is met: then c.ID names it.
func (s *Service) Condition(ctx context.Context, by ident.Actor, id casework.ID, saw int64, c Condition) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		if i := slices.IndexFunc(b.Conditions, func(one Condition) bool { return one.ID == c.ID }); c.ID != "" {
			var faults []fault.Detail
			if i < 0 {
				faults = wrong("/condition", "unknown-condition", "Kies een voorschrift van deze instantie.")
			}
			if c.Met == nil {
				faults = append(faults, wrong("/met", "missing", "Kies of de instantie dit voorschrift nakomt.")...)
			}
			if len(faults) > 0 {
				return "", nil, faults
			}
			b.Conditions = slices.Clone(b.Conditions)
			b.Conditions[i].Met = c.Met
			c = b.Conditions[i]
		} else {
			c.ID, c.Text = s.NewID(), strings.TrimSpace(c.Text)
			faults := slices.Concat(casework.Past("/day", c.Day, today, "Geef de dag van het voorschrift."), casework.Line("/text", c.Text, casework.LongestNote, "Schrijf het voorschrift op."))
			if b.State() != Recognised {
				faults = append(faults, wrong("/text", "not-recognised", "Een voorschrift hoort bij een erkenning. Leg eerst het besluit vast.")...)
			}
			if len(faults) > 0 {
				return "", nil, faults
			}
			b.Conditions = append(b.Conditions, c)
		}
		return KindCondition, condition1{by.String(), c.ID, c.Day.String(), yesNo(c.Met), hash(id, c.Text)}, nil
	})
}

// Revoke records that the minister withdrew the recognition. Nothing is added to the
// body after it: a new application is a new registration.
func (s *Service) Revoke(ctx context.Context, by ident.Actor, id casework.ID, saw int64, w Withdrawal) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		if b.State() != Recognised {
			return "", nil, wrong("/withdrawn", "not-recognised", "Deze instantie is niet erkend. Er is niets in te trekken.")
		}
		w.Gazette = strings.TrimSpace(w.Gazette)
		faults := slices.Concat(casework.Past("/withdrawn", w.Day, today, "Geef de dag van de intrekking."),
			notBefore("/withdrawn", w.Day, b.Ruling.Day, "Dit ligt vóór de erkenning. Controleer de dag."), announced(w.Announced, w.Day, today, w.Gazette))
		if !slices.Contains(Grounds, w.Ground) {
			faults = append(faults, wrong("/ground", "missing", "Kies de grond. Andere gronden zijn er niet (artikel 53, vijfde lid).")...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Withdrawn, b.Case.Closed = &w, s.Now()
		return KindRevoked, w.revoked(by), nil
	})
}

func (w Withdrawal) revoked(by ident.Actor) revoked1 {
	_, d := complaint.Recognition.Decide(w.question())
	return revoked1{by.String(), w.Day.String(), w.Ground, w.Announced.String(), []rule.Decision{d}}
}

func (w Withdrawal) question() complaint.RecognitionIn {
	kind, told, yes, no := complaint.DisputeOne, !w.Announced.IsZero(), true, false
	in := complaint.RecognitionIn{Body: &kind, Announced: &told}
	switch w.Ground {
	case OnRequest:
		ground := "request"
		in.Ground = &ground
	case FalseData:
		in.False, in.Refused = &yes, &yes
	case NoLongerMet:
		in.Arts5458 = &no
	case ConditionOff:
		in.Met = &no
	}
	return in
}

// Read records what the rules of the body hold, letter by letter, with where it stands.
func (s *Service) Read(ctx context.Context, by ident.Actor, id casework.ID, saw int64, r Reading) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		r.Version = strings.TrimSpace(r.Version)
		faults := slices.Concat(casework.Past("/read", r.Day, today, "Geef de dag waarop u het reglement las."), casework.Line("/version", r.Version, 120, "Zeg welk reglement u las, bijvoorbeeld met de datum ervan."))
		topics := map[string]Topic{}
		for _, letter := range strings.Split(Letters, "") {
			t := r.Topics[letter]
			t.Where = strings.TrimSpace(t.Where)
			at := "/topics/" + letter
			switch known := t.Held == Found || t.Held == Lacking || t.Held == NotOffered && (letter == "c" || letter == "p"); {
			case !known:
				faults = append(faults, wrong(at, "missing", "Onderdeel "+letter+": kies of het reglement dit regelt.")...)
			case t.Held == Found && t.Where == "":
				faults = append(faults, wrong(at+"/where", "missing", "Onderdeel "+letter+": zeg waar het staat, zoals ‘artikel 12’.")...)
			}
			faults = append(faults, casework.Line(at+"/where", t.Where, 200, "")...)
			topics[letter] = t
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		r.Topics = topics
		b.Reading = &r
		_, d := complaint.DisputeBody.Decide(b.question())
		return KindRead, read1{by.String(), r.Day.String(), ident.HashOf(r.bytes()), []rule.Decision{d}}, nil
	})
}

// bytes are what the hash of a reading is taken of.
func (r Reading) bytes() []byte {
	lines := []string{r.Version}
	for _, letter := range strings.Split(Letters, "") {
		lines = append(lines, letter+"\t"+r.Topics[letter].Held+"\t"+r.Topics[letter].Where)
	}
	return []byte(strings.Join(lines, "\n"))
}

// Look records what was found of the organ, of outcomes, costs and joining, with where
// it shows.
func (s *Service) Look(ctx context.Context, by ident.Actor, id casework.ID, saw int64, o Organ) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		o.Evidence = strings.TrimSpace(o.Evidence)
		faults := slices.Concat(casework.Past("/looked", o.Day, today, "Geef de dag waarop u dit bekeek."), casework.Line("/evidence", o.Evidence, casework.LongestNote, "Zeg waar dit uit blijkt."))
		for _, q := range []struct {
			at   string
			said *bool
		}{
			{"/independent", o.Independent},
			{"/expert", o.Expert},
			{"/lawyer", o.Lawyer},
			{"/written", o.Written},
			{"/other", o.Other},
			{"/code", o.Code},
		} {
			if q.said == nil {
				faults = append(faults, wrong(q.at, "missing", "Kies ja of nee.")...)
			}
		}
		if len(o.Outcomes) == 0 {
			faults = append(faults, wrong("/outcomes", "missing", "Kies hoe een geschil bij deze instantie kan eindigen.")...)
		}
		if slices.ContainsFunc(o.Outcomes, func(w string) bool { return !slices.Contains(Endings, w) }) {
			faults = append(faults, wrong("/outcomes", "unknown-value", "Kies uit niet-bindend advies, bindend advies en schikking.")...)
		}
		if slices.Contains(o.Outcomes, "binding") && o.Consent == nil {
			faults = append(faults, wrong("/consent", "missing", "Kies of een bindend advies alleen kan als partijen daarmee vooraf instemmen.")...)
		}
		if rule.Holds(o.Code) && o.Signed == nil {
			faults = append(faults, wrong("/signed", "missing", "Kies of uw onderneming die gedragscode heeft ondertekend.")...)
		}
		for _, number := range []struct {
			at string
			is *string
		}{
			{"/rules_fee", &o.RulesFee},
			{"/filing_fee", &o.FilingFee},
			{"/claim", &o.Claim},
			{"/months", &o.Months},
		} {
			*number.is = strings.ReplaceAll(strings.TrimSpace(*number.is), ",", ".")
			if d, err := money.Parse(*number.is); *number.is != "" && (err != nil || d.Sign() < 0 || len(*number.is) > 12) {
				faults = append(faults, wrong(number.at, "number", "Geef een getal van nul of meer, zoals 50 of 12,50, of laat dit leeg.")...)
			}
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Organ = &o
		_, d := complaint.DisputeBody.Decide(b.question())
		return KindLooked, read1{by.String(), o.Day.String(), hash(id, o.Evidence), []rule.Decision{d}}, nil
	})
}

// Weigh records what a person decided where the decree gives no number.
func (s *Service) Weigh(ctx context.Context, by ident.Actor, id casework.ID, saw int64, w Weighing) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		w.Why, w.Day = strings.TrimSpace(w.Why), today
		faults := casework.Line("/why", w.Why, casework.LongestNote, "Schrijf op waarom u dit vindt.")
		if w.FeeFine == nil {
			faults = append(faults, wrong("/fee_fine", "missing", "Kies of de kosten de toegang openlaten.")...)
		}
		if w.TermFine == nil {
			faults = append(faults, wrong("/term_fine", "missing", "Kies of de behandeling binnen een redelijke termijn eindigt.")...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Weighing = &w
		return KindWeighed, weighed1{by.String(), today.String(), *w.FeeFine, *w.TermFine, hash(id, w.Why)}, nil
	})
}

// Seat records a member of the organ, with the decision on their independence; or of
// one who serves, by m.ID, what they do since: they stay independent while in office.
func (s *Service) Seat(ctx context.Context, by ident.Actor, id casework.ID, saw int64, m Member) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		m.Name, m.Evidence, m.Ended = strings.TrimSpace(m.Name), strings.TrimSpace(m.Evidence), calendar.Date{}
		at := slices.IndexFunc(b.Members, func(one Member) bool { return one.ID == m.ID && one.Ended.IsZero() })
		faults := slices.Concat(casework.Line("/member", m.Name, casework.LongestName, "Vul de naam van het lid in."), casework.Past("/office", m.Office, today, "Geef de dag waarop het lid zijn functie aanvaardde."),
			casework.Line("/evidence", m.Evidence, casework.LongestTitle, "Zeg waar dit uit blijkt, zoals een opgave van nevenfuncties."),
			casework.NotAhead("/last_worked", m.LastWorked, today, "Deze dag ligt in de toekomst. Geef vandaag of een dag ervoor."))
		if m.Function == "" {
			faults = append(faults, wrong("/function", "missing", "Kies wat het lid daarnaast doet.")...)
		} else if f := fault.As(check(m.Question())); f != nil {
			faults = append(faults, wrong("/function", "unknown-value", "Kies wat het lid daarnaast doet.")...)
		}
		if m.ID != "" && at < 0 {
			faults = append(faults, wrong("/member_id", "missing", "Kies een lid dat nog in functie is.")...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		if b.Members = slices.Clone(b.Members); m.ID == "" {
			m.ID = s.NewID()
			b.Members = append(b.Members, m)
		} else {
			b.Members[at] = m
		}
		_, d := complaint.MemberIndependence.Decide(m.Question())
		return KindSeated, seated1{by.String(), m.ID, m.Chair, hash(id, m.Evidence), []rule.Decision{d}}, nil
	})
}

func check(in complaint.SeatIn) error { return fault.All("invalid-member", in.Check()) }

// Unseat records that a member left the organ.
func (s *Service) Unseat(ctx context.Context, by ident.Actor, id casework.ID, saw int64, member string, on calendar.Date) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		i := slices.IndexFunc(b.Members, func(m Member) bool { return m.ID == member && m.Ended.IsZero() })
		if i < 0 {
			return "", nil, wrong("/member_id", "missing", "Kies een lid dat nog in functie is.")
		}
		faults := slices.Concat(casework.Past("/member_left", on, today, "Geef de laatste dag in functie."), notBefore("/member_left", on, b.Members[i].Office, "Dit ligt vóór de dag van aanvaarding. Controleer de dag."))
		b.Members = slices.Clone(b.Members)
		b.Members[i].Ended = on
		return KindUnseated, unseated1{by.String(), member, on.String()}, faults
	})
}

// State records the yearly statement of a body, in the place of what was noted of the
// same year.
func (s *Service) State(ctx context.Context, by ident.Actor, id casework.ID, saw int64, st Statement) (Body, error) {
	return s.onBody(ctx, by, id, saw, func(b *Body, today calendar.Date) (string, any, []fault.Detail) {
		st.Reference = strings.TrimSpace(st.Reference)
		faults := slices.Concat(casework.Past("/sent", st.Sent, today, "Geef de dag waarop de opgave aan de minister is gestuurd."), casework.Line("/reference", st.Reference, casework.LongestName, "Zeg waar u dit zag, zoals het jaarverslag met zijn vindplaats."))
		const number = "Geef een aantal van nul of meer, of laat dit leeg."
		if st.Filed < Unsaid {
			faults = append(faults, wrong("/filed", "number", number)...)
		}
		if st.Handled < Unsaid {
			faults = append(faults, wrong("/handled", "number", number)...)
		}
		switch {
		case b.State() != Recognised:
			faults = append(faults, wrong("/year", "not-recognised", "Alleen een erkende instantie doet opgave. Leg eerst het besluit van de minister vast.")...)
		case st.Year < b.Ruling.Day.Year() || st.Year > today.Year():
			faults = append(faults, wrong("/year", "year", fmt.Sprintf("Geef een jaar van %d tot en met %d.", b.Ruling.Day.Year(), today.Year()))...)
		}
		if len(faults) > 0 {
			return "", nil, faults
		}
		b.Statements = append(slices.DeleteFunc(slices.Clone(b.Statements), func(one Statement) bool { return one.Year == st.Year }), st)
		slices.SortFunc(b.Statements, byYear)
		_, d := complaint.DisputeBodyReport.Decide(st.question())
		lacks := st.Lacks()
		if lacks == nil {
			lacks = []string{}
		}
		return KindStated, stated1{by.String(), int64(st.Year), st.Sent.String(), lacks, st.Annual, []rule.Decision{d}}, nil
	})
}
