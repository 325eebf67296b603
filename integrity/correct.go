package integrity

import (
	"context"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// The facts that put right what was recorded wrongly. What was stays in them, and in the
// fact that was wrong.
const (
	KindStayed               = "integrity.leaving_withdrawn/1"
	KindAppointmentCorrected = "integrity.appointment_corrected/1"
	KindChangeCorrected      = "integrity.change_corrected/1"
)

type stayed1 struct {
	By  string     `json:"by"`
	Was string     `json:"was"`
	Why ident.Hash `json:"why_sha256"`
}

type appointmentCorrected1 struct {
	By        string          `json:"by"`
	Was       string          `json:"was"`
	Day       string          `json:"day,omitempty"` // absent: the function did not begin
	Why       ident.Hash      `json:"why_sha256"`
	Decisions []rule.Decision `json:"decisions,omitempty"`
}

type changeCorrected1 struct {
	By          string          `json:"by"`
	Change      string          `json:"change"`
	NoticedWas  string          `json:"noticed_was"`
	Noticed     string          `json:"noticed"`
	ReportedWas string          `json:"reported_was,omitempty"` // absent: it was not told
	Reported    string          `json:"reported,omitempty"`
	Why         ident.Hash      `json:"why_sha256"`
	Decisions   []rule.Decision `json:"decisions"`
}

// A correction is what is put right: the note that says so, and the fact once the hash
// of that note is known.
type correction struct {
	kind   string
	says   string
	fact   func(why ident.Hash) any
	faults []fault.Detail
}

// correct puts something right for a reason, which becomes a note. gone says that it is
// about somebody who left.
func (s *Service) correct(ctx context.Context, by ident.Actor, id casework.ID, saw int64, why string, gone bool, fn func(p *Person, today calendar.Date) correction) (Person, error) {
	return s.change(ctx, by, id, saw, gone, func(tx Tx, p *Person, today calendar.Date) (string, any, error) {
		why := strings.TrimSpace(why)
		c := fn(p, today)
		faults := append(c.faults, casework.Line("/why", why, casework.LongestReason, "Schrijf op wat er niet klopte, en waaruit dat blijkt.")...)
		if err := fault.All("invalid-person", faults); err != nil {
			return "", nil, err
		}
		n, err := s.Casework.AddNote(tx, by, p.Case, casework.Note{Way: casework.Internal, Text: c.says + ": " + why})
		return c.kind, c.fact(n.Digest()), err
	})
}

// Stay says that somebody did not leave after all, and why it was recorded: their record
// goes on where it stopped. Of who works here it is Conflict "person-works".
func (s *Service) Stay(ctx context.Context, by ident.Actor, id casework.ID, saw int64, why string) (Person, error) {
	return s.correct(ctx, by, id, saw, why, true, func(p *Person, _ calendar.Date) correction {
		was := p.Left
		p.Left, p.Case.Closed = calendar.Date{}, time.Time{}
		return correction{kind: KindStayed, says: "Vertrek op " + was.Dutch() + " teruggedraaid", fact: func(h ident.Hash) any { return stayed1{by.String(), was.String(), h} }}
	})
}

// CorrectAppointed says that a function began on another day than was written down; no
// day: that it did not begin. On a day on which it could not begin it is refused with
// the reasons of the rule, as Appoint does.
func (s *Service) CorrectAppointed(ctx context.Context, by ident.Actor, id casework.ID, saw int64, on calendar.Date, why string) (Person, error) {
	return s.correct(ctx, by, id, saw, why, false, func(p *Person, today calendar.Date) (c correction) {
		say := func(reason, text string) {
			c.faults = append(c.faults, fault.Detail{Pointer: "/appointed", Reason: reason, Text: text})
		}
		was, to := p.Appointed, "niet begonnen"
		var asked []rule.Decision
		switch {
		case was.IsZero():
			say("not-appointed", "De functie is nog niet begonnen. Leg eerst vast wanneer zij begint.")
		case on == was:
			say("same", "Deze dag staat er al. Geef de dag die het had moeten zijn, of laat het veld leeg als de functie niet begon.")
		case on == casework.NoDay:
			c.faults = append(c.faults, casework.Legible("/appointed", on)...)
		case !on.IsZero() && on.Before(p.Entry.Started):
			say("before-start", "Dit ligt vóór de dag waarop deze persoon bij u begint. Controleer beide dagen.")
		case on.After(today.AddDays(furthest)):
			say("far-ahead", "Geef een dag die hooguit een jaar vooruit ligt.")
		case !on.IsZero():
			var barriers []rule.Reason
			barriers, asked = p.then(on).barriers(on)
			for _, r := range barriers {
				say(r.Code, r.Text)
			}
			to = on.Dutch()
		}
		p.Appointed = on
		c.kind, c.says = KindAppointmentCorrected, "Begin van de functie verbeterd van "+was.Dutch()+" naar "+to
		c.fact = func(h ident.Hash) any { return appointmentCorrected1{by.String(), was.String(), on.String(), h, asked} }
		return c
	})
}

// then is the person as they were known on a day: what was noticed later says nothing of
// a function that began on it, nor does a word of the supervisor that came later and
// took the place of one that stood then.
func (p Person) then(on calendar.Date) Person {
	p.Changes = slices.DeleteFunc(slices.Clone(p.Changes), func(c Change) bool { return c.Noticed.After(on) })
	if p.Word == nil || !p.Word.Day.After(on) {
		return p
	}
	for _, w := range slices.Backward(p.Earlier) {
		if !w.Day.After(on) {
			p.Word = &w
			break
		}
	}
	return p
}

// CorrectChange says that a change was noticed, or told, on another day than was written
// down; a day that is left out stays. A change that was not told has no day of telling.
func (s *Service) CorrectChange(ctx context.Context, by ident.Actor, id casework.ID, saw int64, change string, noticed, reported calendar.Date, why string) (Person, error) {
	return s.correct(ctx, by, id, saw, why, false, func(p *Person, today calendar.Date) (c correction) {
		say := func(at, reason, text string) {
			c.faults = append(c.faults, fault.Detail{Pointer: at, Reason: reason, Text: text})
		}
		n := slices.IndexFunc(p.Changes, func(one Change) bool { return one.ID == change })
		if n < 0 {
			say("/change", "missing", "Kies de wijziging waarvan een dag niet klopt.")
			return c
		}
		was := p.Changes[n]
		is := was
		const ahead = "Deze dag ligt in de toekomst. Geef vandaag of een dag ervoor."
		if !noticed.IsZero() {
			is.Noticed = noticed
			c.faults = append(c.faults, casework.NotAhead("/noticed", noticed, today, ahead)...)
		}
		switch {
		case reported.IsZero():
		case was.Reported.IsZero():
			say("/reported", "not-reported", "Deze wijziging is nog niet gemeld. Leg dat vast onder ‘Wijziging gemeld’.")
		default:
			is.Reported = reported
			c.faults = append(c.faults, casework.NotAhead("/reported", reported, today, ahead)...)
		}
		if len(c.faults) == 0 && is.Noticed == was.Noticed && is.Reported == was.Reported {
			say("/noticed", "same", "Deze dagen staan er al. Geef de dag die het had moeten zijn.")
		}
		if len(c.faults) == 0 && !is.Reported.IsZero() && is.Reported.Before(is.Noticed) {
			say("/reported", "before-noticed", "Dit ligt vóór de dag waarop u de wijziging opmerkte. Controleer de dag.")
		}
		p.Changes = slices.Clone(p.Changes)
		p.Changes[n] = is
		_, d := AntecedentChange.Decide(is.question())
		c.kind, c.says = KindChangeCorrected, "Dagen van een wijziging verbeterd (was: "+was.days()+"; nu: "+is.days()+")"
		c.fact = func(h ident.Hash) any {
			return changeCorrected1{by.String(), is.ID, was.Noticed.String(), is.Noticed.String(), was.Reported.String(), is.Reported.String(), h, []rule.Decision{d}}
		}
		return c
	})
}

// days says when a change was noticed and told.
func (c Change) days() string {
	s := "opgemerkt op " + c.Noticed.Dutch()
	if !c.Reported.IsZero() {
		s += ", gemeld op " + c.Reported.Dutch()
	}
	return s
}
