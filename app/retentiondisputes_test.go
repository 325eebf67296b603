package app

import (
	"context"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// tellDisputes puts a dispute body that the firm left, a dispute there and a root cause
// in their rooms, with the canary in every word, and brings each to its end.
func tellDisputes(t *testing.T, h *house, by ident.Actor, ids map[retention.Kind]string) {
	t.Helper()
	ctx, today := t.Context(), calendar.Of(h.Now())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
	}
	b, err := h.Dispute.Register(ctx, by, "", dispute.Entry{Name: "Loket Geschillen", Joined: today.AddDays(-900)})
	must(err)
	tellUnder(t, h, by, b.ID())
	all := map[string]dispute.Topic{}
	for _, letter := range dispute.Letters {
		all[string(letter)] = dispute.Topic{Held: dispute.Found, Where: "volgens " + canary}
	}
	for _, step := range []func() (dispute.Body, error){
		func() (dispute.Body, error) {
			return h.Dispute.Read(ctx, by, b.ID(), b.Case.Revision, dispute.Reading{Day: today, Version: "Van " + canary, Topics: all})
		},
		func() (dispute.Body, error) {
			return h.Dispute.Look(ctx, by, b.ID(), b.Case.Revision, dispute.Organ{
				Day: today, Evidence: "Volgens " + canary, Independent: new(true), Expert: new(true), Lawyer: new(true), Written: new(true),
				Outcomes: []string{"non_binding"}, FilingFee: "50", Months: "9", Other: new(false), Code: new(false),
			})
		},
		func() (dispute.Body, error) {
			return h.Dispute.Weigh(ctx, by, b.ID(), b.Case.Revision, dispute.Weighing{FeeFine: new(true), TermFine: new(true), Why: "Vindt " + canary})
		},
		func() (dispute.Body, error) {
			return h.Dispute.Seat(ctx, by, b.ID(), b.Case.Revision, dispute.Member{Name: "Mr. " + canary, Chair: true, Office: today.AddDays(-400), Function: "none", Evidence: "Opgave van " + canary})
		},
	} {
		b, err = step()
		must(err)
	}
	d, err := h.Dispute.File(ctx, by, "", dispute.Filing{
		Body: b.ID(), How: dispute.Brought, Filed: today.AddDays(-30), About: "De rente van " + canary,
		Detail: dispute.Detail{Reference: "R-" + canary, Complainant: canary, Product: "Lening van " + canary},
	})
	must(err)
	tellUnder(t, h, by, d.ID())
	d, err = h.Dispute.Conclude(ctx, by, d.ID(), d.Case.Revision, dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Ended: today, Follows: new(false), Why: canary + " had geen gelijk"})
	must(err)
	_, err = h.Dispute.Describe(ctx, by, b.ID(), b.Case.Revision, dispute.Entry{Name: b.Name, Site: "https://" + canary + ".example", Joined: b.Joined, Left: today})
	must(err)
	ids[keptBody], ids[keptDispute] = string(b.ID()), string(d.ID())

	c, err := h.Cause.Find(ctx, by, "", cause.Finding{Title: "Fout van " + canary, What: canary + " rekende verkeerd.", Sort: complaint.ByPrice, Product: "Lening van " + canary, Service: "Hulp van " + canary, Found: today})
	must(err)
	tellUnder(t, h, by, c.ID())
	c, err = h.Cause.Decide(ctx, by, c.ID(), c.Case.Revision, cause.Plan{Kind: incident.NoMeasure, What: canary + " is al weg."})
	must(err)
	c, err = h.Cause.Conclude(ctx, by, c.ID(), c.Case.Revision)
	must(err)
	ids[keptCause] = string(c.ID())
}

// disputed is a complaint that was handled, with a dispute about it that still runs.
func disputed(t *testing.T, h *house, by ident.Actor) (complaint.Complaint, dispute.Dispute) {
	t.Helper()
	c := h.complaints(by, 1)[0]
	h.handled(by, c)
	today := calendar.Of(h.Now())
	b, err := h.Dispute.Register(t.Context(), by, "", dispute.Entry{Name: "Loket Geschillen", Joined: today.AddDays(-900)})
	if err != nil {
		t.Fatal(err)
	}
	d, err := h.Dispute.File(t.Context(), by, "", dispute.Filing{Body: b.ID(), How: dispute.Brought, Filed: today, Detail: dispute.Detail{Complaint: c.Case.Number}, About: "De rente."})
	if err != nil {
		t.Fatalf("%v %+v", err, fault.As(err))
	}
	return c, d
}

func TestADisputeBelongsToItsComplaint(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, r := t.Context(), h.Retention
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		handler, one, two := h.person(staff.Handler, "Behandelaar"), h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
		c, d := disputed(t, h, handler)
		mine, its := retention.Ref{Kind: keptDispute, ID: string(d.ID())}, retention.Ref{Kind: keptComplaint, ID: string(c.ID())}
		state := func(ref retention.Ref) retention.State {
			t.Helper()
			f, err := r.File(ctx, h.firm, ref)
			must(err)
			return f.Answer.State
		}
		h.clock.add(370 * 24 * time.Hour)
		_, err := r.Derive(ctx, h.firm)
		must(err)
		t.Run("a complaint stays for as long as a dispute about it runs", func(t *testing.T) {
			f, err := r.File(ctx, h.firm, its)
			if err != nil || f.Answer.State != retention.Waiting || len(f.Children) != 1 || f.Children[0].Ref != mine || state(mine) != retention.Running {
				t.Errorf("the complaint %s with %+v, the dispute %s: %v", f.Answer.State, f.Children, state(mine), err)
			}
			if f, err = r.File(ctx, h.firm, mine); err != nil || f.Parent == nil || f.Parent.Ref != its {
				t.Errorf("the dispute belongs to %+v: %v", f.Parent, err)
			}
			page, err := r.Lines(ctx, h.firm, retention.Filter{Kind: keptComplaint, State: retention.Waiting, Sort: retention.ByEarliest, Most: 5})
			if err != nil || len(page.Rows) != 1 {
				t.Errorf("the list shows %+v: %v", page.Rows, err)
			}
			if _, err := r.DrawUp(ctx, one, keptComplaint); !fault.Has(err, "nothing-to-destroy") {
				t.Errorf("it came on a list: %v", err)
			}
		})
		t.Run("a hold on the complaint holds the dispute", func(t *testing.T) {
			must(r.Hold(ctx, handler, its, "er loopt een zaak"))
			if state(mine) != retention.Held {
				t.Errorf("the dispute is %s", state(mine))
			}
			f, err := r.File(ctx, h.firm, its)
			must(err)
			must(r.Lift(ctx, one, its, f.Holds[0].ID, "de zaak is klaar"))
		})
		t.Run("nobody makes it belong to something else", func(t *testing.T) {
			other := retention.Ref{Kind: keptComplaint, ID: string(h.complaints(handler, 1)[0].ID())}
			for name, parent := range map[string]retention.Ref{"another complaint": other, "nothing": {}} {
				if err := r.Join(ctx, handler, mine, parent); !fault.Has(err, "invalid-joining") {
					t.Errorf("%s: %v", name, err)
				}
			}
			if err := r.Join(ctx, handler, its, mine); !fault.Has(err, "invalid-joining") {
				t.Errorf("a circle: %v", err)
			}
		})
		t.Run("once the dispute is over both go when its term is", func(t *testing.T) {
			today := calendar.Of(h.Now())
			d, err = h.Dispute.Conclude(ctx, handler, d.ID(), d.Case.Revision, dispute.End{Outcome: dispute.Settlement, Result: dispute.InPart, Ended: today})
			must(err)
			f, err := r.File(ctx, h.firm, its)
			if want := today.AddMonths(12).AddDays(1); err != nil || f.Answer.State != retention.Kept || f.Answer.Earliest.V != want {
				t.Errorf("the complaint is %s till %s, want %s: %v", f.Answer.State, f.Answer.Earliest.V, want, err)
			}
			h.clock.add(370 * 24 * time.Hour)
			_, err = r.Derive(ctx, h.firm)
			must(err)
			l, err := r.DrawUp(ctx, one, keptComplaint)
			must(err)
			must(r.Review(ctx, one, l.ID))
			d2, err := h.Dispute.File(ctx, handler, "", dispute.Filing{Body: d.Body, How: dispute.Brought, Filed: calendar.Of(h.Now()), Detail: dispute.Detail{Complaint: c.Case.Number}, About: "Nog eens de rente."})
			must(err)
			must(r.Execute(ctx, two, l.ID, ""))
			_, entries, err := r.List(ctx, h.firm, l.ID)
			if err != nil || len(entries) != 1 || entries[0].Outcome != retention.Stayed || entries[0].Why != string(retention.Waiting) {
				t.Errorf("with a dispute filed after the review: %+v %v", entries, err)
			}
			if l, err = r.DrawUp(ctx, one, keptDispute); err != nil || l.Size != 1 {
				t.Fatalf("of the disputes %d may go: %v", l.Size, err)
			}
			must(r.Review(ctx, one, l.ID))
			must(r.Execute(ctx, two, l.ID, ""))
			gone, err := h.Dispute.Dispute(ctx, h.firm, d.ID())
			if err != nil || !gone.Case.Destroyed() || gone.About != "" || gone.Result != dispute.InPart || gone.ComplaintID != c.ID() {
				t.Errorf("what is left: %+v %v", gone.Dispute, err)
			}
			if _, err := h.Dispute.Answer(ctx, handler, d.ID(), casework.DestroyedRevision, calendar.Date{}, calendar.Of(h.Now())); !fault.Is(err, fault.Conflict) {
				t.Errorf("it is changed still: %v", err)
			}
			if open, err := h.Dispute.Dispute(ctx, h.firm, d2.ID()); err != nil || open.About == "" {
				t.Errorf("the other: %+v %v", open.Dispute, err)
			}
		})
	})
}

func TestABodyStaysWhileADisputeRunsThere(t *testing.T) {
	h := newHouse(t, "sqlite")
	ctx := t.Context()
	handler, today := h.person(staff.Compliance, "Eerste"), calendar.Of(h.Now())
	b, err := h.Dispute.Register(ctx, handler, "", dispute.Entry{Name: "Loket Geschillen", Joined: today.AddDays(-900)})
	if err != nil {
		t.Fatal(err)
	}
	ended := func() calendar.Date {
		t.Helper()
		f, err := h.Retention.File(ctx, h.firm, retention.Ref{Kind: keptBody, ID: string(b.ID())})
		if err != nil {
			t.Fatal(err)
		}
		return f.Ended
	}
	d, err := h.Dispute.File(ctx, handler, "", dispute.Filing{Body: b.ID(), How: dispute.Brought, Filed: today.AddDays(-20), About: "De rente."})
	if err != nil {
		t.Fatal(err)
	}
	if !ended().IsZero() {
		t.Errorf("the firm is still affiliated: %s", ended())
	}
	if _, err = h.Dispute.Describe(ctx, handler, b.ID(), b.Case.Revision, dispute.Entry{Name: b.Name, Joined: b.Joined, Left: today.AddDays(-10)}); err != nil {
		t.Fatal(err)
	}
	if !ended().IsZero() {
		t.Errorf("a dispute runs there: %s", ended())
	}
	if _, err = h.Dispute.Conclude(ctx, handler, d.ID(), d.Case.Revision, dispute.End{Outcome: dispute.Withdrawn, Result: dispute.None, Ended: today.AddDays(-1)}); err != nil {
		t.Fatal(err)
	}
	if got := ended(); got != today.AddDays(-1) {
		t.Errorf("ended on %s, the day of its last dispute is %s", got, today.AddDays(-1))
	}
}

func TestADestructionThatBeganIsDoneWholeThoughNobodyWaitsForIt(t *testing.T) {
	h := newHouse(t, "sqlite")
	one, two := h.person(staff.Compliance, "Eerste"), h.person(staff.Compliance, "Tweede")
	h.handled(one, h.complaints(one, 1)[0])
	h.clock.add(800 * 24 * time.Hour)
	if _, err := h.Retention.Derive(t.Context(), h.firm); err != nil {
		t.Fatal(err)
	}
	l, err := h.Retention.DrawUp(t.Context(), one, keptComplaint)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Retention.Review(t.Context(), one, l.ID); err != nil {
		t.Fatal(err)
	}
	ctx, away := context.WithCancel(t.Context())
	r := *h.Retention
	r.People = func(ctx context.Context, firm ident.Firm) (func(string) string, error) {
		defer away() // the browser gave up
		return h.Retention.People(ctx, firm)
	}
	if err := r.Execute(ctx, two, l.ID, ""); err != nil {
		t.Fatal(err)
	}
	if l, _, err = h.Retention.List(t.Context(), h.firm, l.ID); err != nil || l.Stage != retention.Done || l.Gone != 1 || ctx.Err() == nil {
		t.Errorf("%+v %v", l, err)
	}
}
