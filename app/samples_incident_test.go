package app

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/incident"
)

// keepIncidents lets everything happen to an incident that is recorded of it.
func keepIncidents(t *testing.T, h *house) {
	t.Helper()
	ctx, s := t.Context(), h.Incident
	accounts, err := h.Staff.Accounts(ctx, h.firm)
	if err != nil || len(accounts) == 0 {
		t.Fatalf("%d accounts (%v)", len(accounts), err)
	}
	var named string
	for _, c := range accounts {
		if ok, err := h.Casework.Account(ctx, h.firm, c.ID); err == nil && ok {
			named = c.ID
		}
	}
	by := incident.Hand{Actor: ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}, All: true}
	other := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}
	today := calendar.Of(h.Now())
	var i incident.Incident
	keep := func(next incident.Incident, err error) error { i = next; return err }
	saw := func() int64 { return i.Case.Revision }
	d := incident.Description{Title: "Stukken gewijzigd", Facts: "Een loonstrook is gewijzigd.", Function: "Adviseur", Perpetrator: incident.ClientFacing}
	for n, step := range []func() error{
		func() error { return s.WritePolicy(ctx, by.Actor, 0, "Zo doen wij het.", incident.Usual) },
		func() error { return s.PublishPolicy(ctx, other, 1, "") },
		func() error { return keep(s.Report(ctx, by, incident.Report{Noticed: today, Description: d})) },
		func() error { return keep(s.Describe(ctx, by, i.ID(), saw(), d)) },
		func() error { return keep(s.Circle(ctx, by, i.ID(), saw(), []string{named})) },
		func() error { return s.Enter(ctx, by, i.ID(), "page") },
		func() error { return s.Take(ctx, by, "csv", []incident.Incident{i}) },
		func() error {
			return keep(s.Judge(ctx, by, i.ID(), saw(), incident.Assessment{Danger: new(true), Police: "made", Continuity: "possible", Grave: new(true), Why: "Aangifte is gedaan."}))
		},
		func() error {
			return h.Casework.Attach(ctx, by.Actor, i.ID(), casework.Document{Name: "bewijs.pdf", Way: casework.Mail}, []byte("%PDF-1.7"))
		},
		func() error {
			f, err := s.Open(ctx, by, i.ID(), "page")
			if err != nil {
				return err
			}
			return keep(s.Tell(ctx, by, i.ID(), saw(), incident.Telling{Day: today, Way: casework.Mail, Facts: d.Facts, Function: d.Function, Document: f.Under.Documents[0].ID}))
		},
		func() error {
			return keep(s.Decide(ctx, by, i.ID(), saw(), incident.Plan{Kind: incident.OnPerson, What: "Dienstverband beëindigd.", Due: today}))
		},
		func() error { return keep(s.Done(ctx, by, i.ID(), saw(), i.Measures[0].ID, today)) },
		func() error {
			return keep(s.Check(ctx, by, i.ID(), saw(), i.Measures[0].ID, incident.Finding{Effect: incident.Works, Found: "Geen toegang meer."}))
		},
		func() error { return keep(s.Conclude(ctx, by, i.ID(), saw())) },
		func() error { return keep(s.Reopen(ctx, by, i.ID(), saw(), "nieuw feit")) },
		func() error {
			return keep(s.CorrectNoticed(ctx, by, i.ID(), saw(), today.AddDays(-1), "De mail is van een dag eerder."))
		},
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}
