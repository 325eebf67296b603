package cause

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
)

// A Finding is what is written down of a root cause.
type Finding struct {
	Title   string
	What    string
	Sort    complaint.Cause // of the classification of complaints
	Product string
	Service string
	Found   calendar.Date // never edited
	Key     string        // of the request of a program; "" none
}

func (f *Finding) check() (faults []fault.Detail) {
	for _, s := range []*string{&f.Title, &f.What, &f.Product, &f.Service} {
		*s = strings.TrimSpace(*s)
	}
	faults = slices.Concat(
		casework.Line("/title", f.Title, casework.LongestTitle, "Geef de oorzaak in een paar woorden, zonder namen."),
		casework.Line("/what", f.What, casework.LongestNote, "Schrijf op wat er misgaat, en waaruit dat blijkt."),
		casework.Line("/product", f.Product, casework.LongestName, ""), casework.Line("/service", f.Service, casework.LongestName, ""),
	)
	if !slices.Contains(complaint.Causes, f.Sort) {
		faults = append(faults, wrong("/sort", "missing", "Kies wat voor soort oorzaak het is.")...)
	}
	return faults
}

// Find writes a root cause down. Who sends it twice under one id or key writes it down
// once. All that is wrong is one Invalid "invalid-cause".
func (s *Service) Find(ctx context.Context, by ident.Actor, id casework.ID, in Finding) (c Cause, err error) {
	faults := append(in.check(), past("/found", in.Found, s.Casework.Today(), "Geef de dag waarop de oorzaak is gevonden.")...)
	if id != "" && !ident.Valid(string(id)) {
		faults = append(faults, wrong("/id", "format", "Geef een UUID, of laat het kenmerk weg.")...)
	}
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if id != "" && len(faults) == 0 {
			if c, err = tx.Cause(id); err == nil || !fault.Has(err, "unknown-case") {
				return err
			}
		}
		request := ident.HashOf([]byte(fmt.Sprintf("cause\n%#v", in)))
		if in.Key != "" {
			before, err := tx.Once(in.Key, request, s.Now())
			if err != nil {
				return err
			}
			if before != nil {
				c, err = tx.Cause(casework.ID(before))
				return err
			}
		}
		if err := fault.All("invalid-cause", faults); err != nil {
			return err
		}
		if c, err = s.find(tx, by, id, in); err != nil || in.Key == "" {
			return err
		}
		return tx.Keep(in.Key, request, []byte(c.ID()))
	})
	if err != nil {
		return c, fmt.Errorf("find root cause: %w", err)
	}
	return c, nil
}

func (s *Service) find(tx Tx, by ident.Actor, id casework.ID, in Finding) (c Cause, err error) {
	c = Cause{Case: casework.Case{ID: id, Kind: Kind, Title: in.Title, Received: in.Found, Product: in.Product}, What: in.What, Sort: in.Sort, Service: in.Service}
	if by.Kind == ident.Staff {
		c.Case.Handler = by.ID
	}
	if c.Case, err = s.Casework.Open(tx, c.Case); err != nil {
		return c, err
	}
	if err := s.keep(tx, c); err != nil {
		return c, err
	}
	return c, tx.Append(s.fact(KindFound, by, c.ID(), found1{by.String(), day(in.Found), in.Sort, hash(string(c.ID()), in.Title+"\n"+in.What)}))
}

// Describe changes what is said of a root cause, but the day on which it was found.
func (s *Service) Describe(ctx context.Context, by ident.Actor, id casework.ID, saw int64, in Finding) (Cause, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, c *Cause) (string, func() any, []fault.Detail, error) {
		faults := in.check()
		c.Case.Title, c.Case.Product, c.What, c.Sort, c.Service = in.Title, in.Product, in.What, in.Sort, in.Service
		return KindDescribed, func() any {
			return described1{by.String(), c.Case.Revision, c.Sort, hash(string(id), in.Title+"\n"+in.What)}
		}, faults, nil
	})
}

// A Plan is a measure that is decided on.
type Plan struct {
	Kind  incident.MeasureKind
	What  string
	Owner string        // account; not for NoMeasure
	Due   calendar.Date // not for NoMeasure
}

// Decide sets a measure. That none is needed is one too, with the reason.
func (s *Service) Decide(ctx context.Context, by ident.Actor, id casework.ID, saw int64, p Plan) (Cause, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, c *Cause) (string, func() any, []fault.Detail, error) {
		m := Measure{Owner: p.Owner, Measure: incident.Measure{ID: s.NewID(), Kind: p.Kind, What: strings.TrimSpace(p.What), Set: s.Now(), By: by.String(), Due: p.Due}}
		faults := casework.Line("/measure_what", m.What, casework.LongestNote, "Schrijf op wat er gebeurt, of waarom geen maatregel nodig is.")
		if !slices.Contains(incident.MeasureKinds, p.Kind) {
			faults = append(faults, wrong("/kind", "missing", "Kies waar de maatregel over gaat.")...)
		}
		if p.Kind == incident.NoMeasure {
			m.Owner, m.Due = "", calendar.Date{}
		} else {
			who, err := s.owner(ctx, by.Firm, p.Owner)
			if err != nil {
				return "", nil, nil, err
			}
			faults = append(faults, who...)
			if p.Due.IsZero() {
				faults = append(faults, wrong("/due", "missing", "Geef de dag waarop de maatregel moet zijn uitgevoerd.")...)
			} else if p.Due.Before(c.Case.Received) {
				faults = append(faults, wrong("/due", "before", "Deze dag ligt vóór de dag waarop de oorzaak is gevonden.")...)
			}
		}
		c.Measures = append(c.Measures, m)
		return KindMeasureSet, func() any {
			return measureSet1{by.String(), m.ID, m.Kind, m.Owner, day(m.Due), m.Digest(), c.decisions()}
		}, faults, nil
	})
}

func (s *Service) owner(ctx context.Context, firm ident.Firm, account string) ([]fault.Detail, error) {
	if account == "" {
		return wrong("/owner", "missing", "Kies wie de maatregel uitvoert."), nil
	}
	ok, err := s.Casework.Account(ctx, firm, account)
	if err != nil || ok {
		return nil, err
	}
	return wrong("/owner", "unknown-account", "Deze medewerker is er niet. Kies iemand uit de lijst."), nil
}

// Done records that a measure was carried out on a day, and until when somebody looks
// whether it works.
func (s *Service) Done(ctx context.Context, by ident.Actor, id casework.ID, saw int64, measure string, done, checkOn calendar.Date) (Cause, error) {
	return s.measure(ctx, by, id, saw, measure, "/measure", func(_ Tx, c *Cause, m *Measure) (string, func() any, []fault.Detail, error) {
		faults := past("/done", done, s.Casework.Today(), "Geef de dag waarop de maatregel is uitgevoerd.")
		switch {
		case checkOn.IsZero():
			faults = append(faults, wrong("/check_on", "missing", "Geef de dag waarop u bekijkt of de maatregel werkt.")...)
		case !checkOn.After(done):
			faults = append(faults, wrong("/check_on", "before", "Kies een dag na de uitvoering: eerder is er niets te zien.")...)
		}
		if !done.IsZero() && done.Before(c.Case.Received) {
			faults = append(faults, wrong("/done", "before", "Deze dag ligt vóór de dag waarop de oorzaak is gevonden.")...)
		}
		if m.Kind == incident.NoMeasure || !m.Done.IsZero() {
			faults = append(faults, wrong("/measure", "done", "Van deze maatregel is de uitvoering al vastgelegd. Kies een andere.")...)
		}
		m.Done, m.CheckOn = done, checkOn
		return KindMeasureDone, func() any { return measureDone1{by.String(), m.ID, day(done), day(checkOn), c.decisions()} }, faults, nil
	})
}

// Check records whether a measure works, with what was counted before and after it.
func (s *Service) Check(ctx context.Context, by ident.Actor, id casework.ID, saw int64, measure string, f incident.Finding) (Cause, error) {
	return s.measure(ctx, by, id, saw, measure, "/checked", func(tx Tx, c *Cause, m *Measure) (string, func() any, []fault.Detail, error) {
		f.Found = strings.TrimSpace(f.Found)
		faults := casework.Line("/found_out", f.Found, casework.LongestNote, "Schrijf op waaruit dat blijkt.")
		if !slices.Contains(incident.Effects, f.Effect) {
			faults = append(faults, wrong("/effect", "missing", "Kies of de maatregel werkt.")...)
		}
		if m.Done.IsZero() || !m.Checked.IsZero() {
			faults = append(faults, wrong("/checked", "not-done", "Deze maatregel is nog niet uitgevoerd, of al beoordeeld. Kies een andere.")...)
		}
		days, err := tx.Tallies(casework.Root, string(id))
		if err != nil {
			return "", nil, nil, err
		}
		m.Checked, m.Effect, m.Found = s.Casework.Today(), f.Effect, f.Found
		seen, ok := Counted(days, m.Done, m.Checked)
		if ok {
			m.Counted = &seen
		}
		return KindMeasureChecked, func() any {
			return measureChecked1{by.String(), m.ID, day(m.Checked), m.Effect, int64(seen.Days), int64(seen.Before), int64(seen.After), hash(m.ID, m.Found), c.decisions()}
		}, faults, nil
	})
}

func (s *Service) measure(ctx context.Context, by ident.Actor, id casework.ID, saw int64, measure, at string, fn func(Tx, *Cause, *Measure) (string, func() any, []fault.Detail, error)) (Cause, error) {
	return s.on(ctx, by, id, saw, func(tx Tx, c *Cause) (string, func() any, []fault.Detail, error) {
		n := slices.IndexFunc(c.Measures, func(m Measure) bool { return m.ID == measure })
		if n < 0 {
			return "", nil, wrong(at, "missing", "Kies over welke maatregel het gaat."), nil
		}
		return fn(tx, c, &c.Measures[n])
	})
}

// Conclude ends a root cause: what was done works, or nothing needs to be done.
func (s *Service) Conclude(ctx context.Context, by ident.Actor, id casework.ID, saw int64) (Cause, error) {
	return s.on(ctx, by, id, saw, func(_ Tx, c *Cause) (string, func() any, []fault.Detail, error) {
		faults := c.unsolved()
		c.Case.Closed = s.Now()
		return KindConcluded, func() any { return concluded1{by.String(), c.State(), c.decisions()} }, faults, nil
	})
}

func (c Cause) unsolved() []fault.Detail {
	if state := c.State(); state != Solved && state != Left {
		return wrong("/end", "not-solved", "Afronden kan pas als is vastgelegd dat de laatste maatregel werkt, of dat er geen nodig is.")
	}
	return nil
}

// Whole returns what Conclude would refuse a root cause for, nil for nothing.
func (s *Service) Whole(ctx context.Context, firm ident.Firm, id casework.ID) error {
	return s.Store.View(ctx, firm, func(tx Tx) error {
		c, err := tx.Cause(id)
		switch {
		case err != nil:
			return err
		case !c.Case.Open():
			return fault.New(fault.Conflict, "cause-ended", string(id))
		}
		return fault.All("invalid-cause", c.unsolved())
	})
}

// Reopen takes a root cause up anew, with the reason in a note.
func (s *Service) Reopen(ctx context.Context, by ident.Actor, id casework.ID, saw int64, why string) (Cause, error) {
	return s.on(ctx, by, id, saw, func(tx Tx, c *Cause) (string, func() any, []fault.Detail, error) {
		if c.Case.Open() {
			return "", nil, nil, fault.New(fault.Conflict, "cause-open", string(id))
		}
		if faults := casework.Line("/why", strings.TrimSpace(why), casework.LongestReason, "Zeg waarom de oorzaak weer wordt opgepakt."); len(faults) > 0 {
			return KindReopened, nil, faults, nil
		}
		n, err := s.Casework.AddNote(tx, by, c.Case, casework.Note{Way: casework.Internal, Text: "Heropend: " + why})
		c.Case.Closed = time.Time{}
		return KindReopened, func() any { return reopened1{by.String(), n.Digest()} }, nil, err
	})
}
