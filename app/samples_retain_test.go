package app

import (
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// keepRecords lets everything happen to what is kept that is recorded of it.
func keepRecords(t *testing.T, h *house) {
	t.Helper()
	ctx, r := t.Context(), h.Retention
	handler, one, two := h.person(staff.Handler, "Bewaarder"), h.person(staff.Compliance, "Bewaker"), h.person(staff.Compliance, "Wisser")
	var refs []retention.Ref
	for range 3 {
		c, err := h.Complaint.Receive(ctx, handler, complaint.Intake{
			Received: calendar.Of(h.Now()), Way: casework.Letter, Sort: complaint.Unease, Original: "Ik ben niet blij.", From: complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Town: "Ons Dorp"},
		})
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, retention.Ref{Kind: keptComplaint, ID: string(c.ID())})
	}
	h.clock.add(370 * 24 * time.Hour)
	var list, dropped retention.List
	for i, step := range []func() error{
		func() error { return r.SetTerm(ctx, one, retention.Term{Kind: keptComplaint, AtLeast: 12, AtMost: 18}) },
		func() error { return r.Hold(ctx, handler, refs[0], "er loopt een procedure") },
		func() error {
			f, err := r.File(ctx, h.firm, refs[0])
			if err != nil {
				return err
			}
			return r.Lift(ctx, one, refs[0], f.Holds[0].ID, "de procedure is klaar")
		},
		func() error { return r.Join(ctx, handler, refs[0], refs[1]) },
		func() (err error) { _, err = r.Derive(ctx, h.firm); return err },
		func() (err error) { dropped, err = r.DrawUp(ctx, one, keptComplaint); return err },
		func() error { return r.Drop(ctx, one, dropped.ID, "eerst overleggen") },
		func() (err error) { list, err = r.DrawUp(ctx, one, keptComplaint); return err },
		func() error { return r.Strike(ctx, one, list.ID, refs[2], "nog nodig") },
		func() error { return r.Review(ctx, one, list.ID) },
		func() error { return r.Execute(ctx, two, list.ID, "") },
		func() (err error) { _, err = r.Again(ctx, h.operator(), refs[2:]); return err },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
}
