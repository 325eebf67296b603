package app

import (
	"context"
	"errors"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/integrity"
)

// demoStaff are the people whose reliability the firms of the demo keep. Days are
// before today; below nought is still to come.
var demoStaff = []struct {
	officer, name string
	role          integrity.Role
	employment    string
	started       int
	measured      bool // certificate seen, or the supervisor's word recorded
	act           string
	change        string
}{
	{"samir@delinde.example", "M. van Rijn", integrity.PolicyMaker, "employee", 2100, true, "", "Bestuurder werd gehoord als verdachte in een fiscale zaak."},
	{"samir@delinde.example", "K. Aerts", integrity.CoPolicyMaker, "employee", 900, true, "Wte 1995", ""},
	{"samir@delinde.example", "B. Yilmaz", integrity.PolicyMaker, "employee", -30, false, "", ""},
	{"samir@delinde.example", "Hanneke Postma", integrity.ClientFacing, "employee", 1500, true, "", ""},
	{"samir@delinde.example", "J. de Groot", integrity.ClientFacing, "temp", 2, false, "", ""},
	{"ruben@hetanker.example", "C. Meijer", integrity.PolicyMaker, "employee", 1300, true, "", ""},
	{"ruben@hetanker.example", "T. Bos", integrity.ClientFacing, "seconded", 200, true, "", ""},
	{"jeroen@noord.example", "Marijke Dekker", integrity.ClientFacing, "employee", 3000, true, "", ""},
}

// fillReliability writes down the people of the demo.
func (a *App) fillReliability(ctx context.Context, actors map[string]ident.Actor) (errs error) {
	today := calendar.Of(a.Now())
	for n, d := range demoStaff {
		by, s := actors[d.officer], a.Integrity
		p, err := s.Register(ctx, by, "", integrity.Entry{Name: d.name, Role: d.role, Employment: d.employment, Started: today.AddDays(-d.started)})
		keep := func(next integrity.Person, more error) {
			if err = errors.Join(err, more); more == nil {
				p = next
			}
		}
		reference, seen := fmt.Sprintf("VB-%04d", 310+n*17), today.AddDays(-d.started-10)
		switch {
		case !d.measured:
		case d.role.MakesPolicy():
			keep(s.Hear(ctx, by, p.ID(), p.Case.Revision, integrity.Word{Day: seen, Reference: reference, Act: d.act}))
		default:
			keep(s.See(ctx, by, p.ID(), p.Case.Revision, integrity.Certificate{Reference: reference, Issued: seen.AddDays(-20), Seen: seen}))
			keep(s.Declare(ctx, by, p.ID(), p.Case.Revision, new(false), false))
		}
		if d.measured {
			keep(s.Appoint(ctx, by, p.ID(), p.Case.Revision, today.AddDays(-d.started)))
		}
		if d.change != "" {
			keep(s.Notice(ctx, by, p.ID(), p.Case.Revision, integrity.Change{Noticed: today, What: d.change}))
		}
		errs = errors.Join(errs, err)
	}
	return errs
}
