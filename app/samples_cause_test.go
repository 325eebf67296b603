package app

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/staff"
)

// keepCauses lets everything happen to a root cause that is recorded.
func keepCauses(t *testing.T, h *house) {
	t.Helper()
	ctx, s, today := t.Context(), h.Cause, calendar.Of(h.Now())
	account, _, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Verbeteraar", Email: "oorzaken@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
	var c cause.Cause
	keep := func(next cause.Cause, err error) error { c = next; return err }
	in := cause.Finding{Title: "Brief noemt één periode", What: "Het sjabloon laat de andere weg.", Sort: complaint.ByInformation, Found: today}
	for n, step := range []func() error{
		func() error { return keep(s.Find(ctx, by, "", in)) },
		func() error { return keep(s.Describe(ctx, by, c.ID(), c.Case.Revision, in)) },
		func() error {
			k, err := h.Complaint.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "Ik kon niet kiezen.", From: complaint.Person{Name: "A", Address: "B 1", Town: "C"}})
			if err != nil {
				return err
			}
			_, err = s.Explain(ctx, by, casework.Sight{}, c.ID(), k.Case.Number)
			return err
		},
		func() error {
			return keep(s.Decide(ctx, by, c.ID(), c.Case.Revision, cause.Plan{Kind: incident.OnProcedure, What: "Sjabloon aanpassen", Owner: account.ID, Due: today}))
		},
		func() error {
			return keep(s.Done(ctx, by, c.ID(), c.Case.Revision, c.Measures[0].ID, today, today.AddDays(91)))
		},
		func() error {
			return keep(s.Check(ctx, by, c.ID(), c.Case.Revision, c.Measures[0].ID, incident.Finding{Effect: incident.Works, Found: "Tien brieven gelezen, alle goed."}))
		},
		func() error { return keep(s.Conclude(ctx, by, c.ID(), c.Case.Revision)) },
		func() error { return keep(s.Reopen(ctx, by, c.ID(), c.Case.Revision, "Het begint opnieuw.")) },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}
