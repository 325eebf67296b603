package app

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/integrity"
)

// keepPeople lets everything happen to the reliability of people that is recorded.
func keepPeople(t *testing.T, h *house) {
	t.Helper()
	ctx, s, today := t.Context(), h.Integrity, calendar.Of(h.Now())
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}
	var p integrity.Person
	keep := func(next integrity.Person, err error) error { p = next; return err }
	saw := func() int64 { return p.Case.Revision }
	maker := integrity.Entry{Name: "A. Jansen", Role: integrity.PolicyMaker, Employment: "employee", Started: today}
	adviser := integrity.Entry{Name: "B. Smit", Role: integrity.ClientFacing, Employment: "temp", Started: today}
	for n, step := range []func() error{
		func() error { return keep(s.Register(ctx, by, "", maker)) },
		func() error { return keep(s.Describe(ctx, by, p.ID(), saw(), maker)) },
		func() error { return s.Enter(ctx, by, p.ID(), "page") },
		func() error { return s.Take(ctx, by, "csv") },
		func() error {
			return keep(s.Hear(ctx, by, p.ID(), saw(), integrity.Word{Day: today, Reference: "M-1", Act: "Wte 1995", Outside: "2,5", Absence: integrity.NoCause}))
		},
		func() error { return keep(s.Appoint(ctx, by, p.ID(), saw(), today)) },
		func() error {
			return keep(s.Notice(ctx, by, p.ID(), saw(), integrity.Change{Noticed: today, What: "Verdachte in een zaak.", Incident: "I-2026-0001"}))
		},
		func() error { return keep(s.Tell(ctx, by, p.ID(), saw(), p.Changes[0].ID, today, "email")) },
		func() error { return keep(s.Register(ctx, by, "", adviser)) },
		func() error {
			return keep(s.See(ctx, by, p.ID(), saw(), integrity.Certificate{Reference: "V-1", Issued: today, Seen: today}))
		},
		func() error { return keep(s.Exempt(ctx, by, p.ID(), saw(), "insurer")) },
		func() error { return keep(s.Exempt(ctx, by, p.ID(), saw(), "")) },
		func() error { return keep(s.Declare(ctx, by, p.ID(), saw(), new(true), true)) },
		func() error {
			return keep(s.Find(ctx, by, p.ID(), saw(), integrity.Transition{Commencement: calendar.MustParse("2006-01-01"), There: true, With: "Assurantiekantoor Oud", Moved: true}))
		},
		func() error { return keep(s.Appoint(ctx, by, p.ID(), saw(), today)) },
		func() error { return keep(s.Leave(ctx, by, p.ID(), saw(), today)) },
		func() error {
			return keep(s.Register(ctx, by, "", integrity.Entry{Name: "C. Recht", Role: integrity.PolicyMaker, Employment: "employee", Started: today.AddDays(-9)}))
		},
		func() error {
			return keep(s.Hear(ctx, by, p.ID(), saw(), integrity.Word{Day: today.AddDays(-8), Reference: "M-2"}))
		},
		func() error { return keep(s.Appoint(ctx, by, p.ID(), saw(), today)) },
		func() error {
			return keep(s.CorrectAppointed(ctx, by, p.ID(), saw(), today.AddDays(-1), "In de brief staat een andere dag."))
		},
		func() error {
			return keep(s.Notice(ctx, by, p.ID(), saw(), integrity.Change{Noticed: today, What: "Verdachte in een zaak."}))
		},
		func() error { return keep(s.Tell(ctx, by, p.ID(), saw(), p.Changes[0].ID, today, "email")) },
		func() error {
			return keep(s.CorrectChange(ctx, by, p.ID(), saw(), p.Changes[0].ID, today.AddDays(-1), today, "De mail is van een dag eerder."))
		},
		func() error { return keep(s.Leave(ctx, by, p.ID(), saw(), today)) },
		func() error { return keep(s.Stay(ctx, by, p.ID(), saw(), "Verwisseld met een naamgenoot.")) },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}
