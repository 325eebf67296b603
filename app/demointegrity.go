package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/integrity"
)

// A demoChange is a change that was noticed of somebody in the demo, so many days
// before today, and told to the supervisor as many days later; below nought it still must be.
type demoChange struct {
	what          string
	noticed, told int
}

// demoStaff are the people whose reliability the firms of the demo keep. Days are
// before today; below nought is still to come.
var demoStaff = []struct {
	officer, name string
	role          integrity.Role
	employment    string
	started       int
	measured      bool // certificate seen, or the supervisor's word recorded
	act, years    string
	written       int // written down so many days before today; 0: on the first day
	left          int // 0: still there
	before        bool
	change        *demoChange
}{
	{officer: "samir@delinde.example", name: "M. van Rijn", role: integrity.PolicyMaker, started: 2100, written: 700, measured: true, change: &demoChange{"Bestuurder werd gehoord als verdachte in een fiscale zaak.", 0, -1}},
	{officer: "samir@delinde.example", name: "W. Oosterbaan", role: integrity.PolicyMaker, started: 3100, written: 705, measured: true, left: 95, change: &demoChange{"Commissaris geworden bij een vennootschap die uitstel van betaling vroeg.", 310, 0}},
	{officer: "samir@delinde.example", name: "K. Aerts", role: integrity.CoPolicyMaker, started: 640, measured: true, act: "Wte 1995"},
	{officer: "samir@delinde.example", name: "S. Haverkamp", role: integrity.CoPolicyMaker, started: 45, measured: true, act: "Wfd", years: "4.5"},
	{officer: "samir@delinde.example", name: "B. Yilmaz", role: integrity.PolicyMaker, started: -30, written: 4},
	{officer: "samir@delinde.example", name: "Hanneke Postma", role: integrity.ClientFacing, started: 1500, written: 698, measured: true},
	{officer: "samir@delinde.example", name: "D. Verhagen", role: integrity.ClientFacing, started: 655, measured: true, left: 240},
	{officer: "samir@delinde.example", name: "N. el Amrani", role: integrity.ClientFacing, started: 410, measured: true},
	{officer: "samir@delinde.example", name: "Corrie Blom", role: integrity.ClientFacing, started: 8500, written: 690, before: true},
	{officer: "samir@delinde.example", name: "P. Terpstra", role: integrity.OtherStaff, started: 520},
	{officer: "samir@delinde.example", name: "J. de Groot", role: integrity.ClientFacing, employment: "temp", started: 2},
	{officer: "ruben@hetanker.example", name: "C. Meijer", role: integrity.PolicyMaker, started: 1300, written: 715, measured: true, change: &demoChange{"Bestuurder kreeg een bestuurlijke boete bij een eerdere werkgever.", 460, 0}},
	{officer: "ruben@hetanker.example", name: "A. Brinkman", role: integrity.CoPolicyMaker, started: 365, measured: true},
	{officer: "ruben@hetanker.example", name: "T. Bos", role: integrity.ClientFacing, employment: "seconded", started: 200, measured: true},
	{officer: "ruben@hetanker.example", name: "I. Kuipers", role: integrity.ClientFacing, started: 580, measured: true, left: 30},
	{officer: "jeroen@noord.example", name: "Jeroen Prins", role: integrity.PolicyMaker, started: 2900, written: 600, measured: true},
	{officer: "jeroen@noord.example", name: "Marijke Dekker", role: integrity.ClientFacing, started: 3000, written: 600, measured: true},
	{officer: "jeroen@noord.example", name: "Gerda Wolters", role: integrity.ClientFacing, started: 8600, written: 595, before: true},
	{officer: "jeroen@noord.example", name: "L. Faber", role: integrity.ClientFacing, employment: "temp", started: 130, measured: true, left: 12},
}

// fillReliability writes down the people of the demo, each on the days on which it was.
func (a *App) fillReliability(ctx context.Context, actors map[string]ident.Actor) (errs error) {
	today := calendar.Of(a.Now())
	for n, d := range demoStaff {
		by, ago := actors[d.officer], 0
		s, cases := *a.Integrity, *a.Casework
		s.Now = func() time.Time {
			if ago == 0 {
				return a.Now()
			}
			return today.AddDays(-ago).Start().Add(9*time.Hour + time.Duration(n*7)*time.Minute)
		}
		cases.Now, s.Casework = s.Now, &cases
		day := func(n int) calendar.Date { return today.AddDays(-n) }
		var p integrity.Person
		var err error
		then := func(on int, step func() (integrity.Person, error)) {
			if ago = max(on, 0); err == nil {
				var next integrity.Person
				if next, err = step(); err == nil {
					p = next
				}
			}
		}
		written := cmp.Or(d.written, max(d.started, 0)+12)
		then(written, func() (integrity.Person, error) {
			return s.Register(ctx, by, "", integrity.Entry{Name: d.name, Role: d.role, Employment: cmp.Or(d.employment, "employee"), Started: day(d.started)})
		})
		reference, seen := fmt.Sprintf("VB-%04d", 310+n*17), day(max(d.started+10, written))
		switch {
		case d.before:
			then(written-1, func() (integrity.Person, error) {
				return s.Find(ctx, by, p.ID(), p.Case.Revision, integrity.Transition{Commencement: calendar.MustParse("2006-01-01"), There: true})
			})
		case !d.measured:
		case d.role.MakesPolicy():
			word := integrity.Word{Day: seen, Reference: reference, Act: d.act, Outside: cmp.Or(d.years, "0")}
			if d.years != "" {
				word.Absence = integrity.NoCause
			}
			then(written-1, func() (integrity.Person, error) { return s.Hear(ctx, by, p.ID(), p.Case.Revision, word) })
		default:
			then(written-1, func() (integrity.Person, error) {
				return s.See(ctx, by, p.ID(), p.Case.Revision, integrity.Certificate{Reference: reference, Issued: seen.AddDays(-20), Seen: seen})
			})
			then(written-1, func() (integrity.Person, error) {
				return s.Declare(ctx, by, p.ID(), p.Case.Revision, new(false), false)
			})
		}
		if d.measured || d.before || d.role == integrity.OtherStaff {
			then(written-2, func() (integrity.Person, error) { return s.Appoint(ctx, by, p.ID(), p.Case.Revision, day(d.started)) })
		}
		if c := d.change; c != nil {
			then(c.noticed, func() (integrity.Person, error) {
				return s.Notice(ctx, by, p.ID(), p.Case.Revision, integrity.Change{Noticed: day(c.noticed), What: c.what})
			})
			if c.told >= 0 {
				then(c.noticed-c.told, func() (integrity.Person, error) {
					return s.Tell(ctx, by, p.ID(), p.Case.Revision, p.Changes[0].ID, day(c.noticed-c.told), "email")
				})
			}
		}
		if d.left > 0 {
			then(d.left, func() (integrity.Person, error) { return s.Leave(ctx, by, p.ID(), p.Case.Revision, day(d.left)) })
		}
		errs = errors.Join(errs, err)
	}
	return errs
}
