package app

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/dispute"
	"zorgplicht/ident"
)

// keepDisputes lets everything happen to a dispute body and to a dispute there that is
// recorded.
func keepDisputes(t *testing.T, h *house) {
	t.Helper()
	ctx, s, today := t.Context(), h.Dispute, calendar.Of(h.Now())
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: newID()}
	var b dispute.Body
	var d dispute.Dispute
	body := func(next dispute.Body, err error) error { b = next; return err }
	one := func(next dispute.Dispute, err error) error { d = next; return err }
	saw := func() int64 { return b.Case.Revision }
	topics := map[string]dispute.Topic{}
	for _, letter := range dispute.Letters {
		topics[string(letter)] = dispute.Topic{Held: dispute.Found, Where: "artikel 4"}
	}
	entry := dispute.Entry{Name: "Loket Geschillen", Joined: today}
	for n, step := range []func() error{
		func() error { return body(s.Register(ctx, by, "", entry)) },
		func() error { return body(s.Describe(ctx, by, b.ID(), saw(), entry)) },
		func() error { return body(s.Apply(ctx, by, b.ID(), saw(), today.AddDays(-30))) },
		func() error { return body(s.Extend(ctx, by, b.ID(), saw(), today)) },
		func() error {
			return body(s.Rule(ctx, by, b.ID(), saw(), dispute.Ruling{Granted: new(true), Day: today, Minister: "minister_of_finance", Announced: today}))
		},
		func() error {
			return body(s.Condition(ctx, by, b.ID(), saw(), dispute.Condition{Day: today, Text: "Publiceer de uitspraken.", Met: new(true)}))
		},
		func() error {
			return body(s.Read(ctx, by, b.ID(), saw(), dispute.Reading{Day: today, Version: "2026", Topics: topics}))
		},
		func() error {
			return body(s.Look(ctx, by, b.ID(), saw(), dispute.Organ{
				Day: today, Evidence: "Statuten.", Independent: new(true), Expert: new(true), Lawyer: new(true), Written: new(true), Outcomes: []string{"non_binding"}, FilingFee: "50", Claim: "1000", Months: "8", Other: new(false), Code: new(false),
			}))
		},
		func() error {
			return body(s.Weigh(ctx, by, b.ID(), saw(), dispute.Weighing{FeeFine: new(true), TermFine: new(true), Why: "Laag en kort."}))
		},
		func() error {
			return body(s.Seat(ctx, by, b.ID(), saw(), dispute.Member{Name: "X. Yperen", Chair: true, Office: today, LastWorked: today.AddDays(-900), Function: "judge", Evidence: "Opgave."}))
		},
		func() error { return body(s.Unseat(ctx, by, b.ID(), saw(), b.Members[0].ID, today)) },
		func() error {
			return body(s.State(ctx, by, b.ID(), saw(), dispute.Statement{Year: today.Year(), Sent: today, Firms: true, Filed: dispute.Unsaid, Handled: 2, Reference: "Jaarverslag"}))
		},
		func() error {
			return one(s.File(ctx, by, "", dispute.Filing{Body: b.ID(), How: dispute.Brought, Filed: today, About: "De boeterente.", AnswerBy: today.AddDays(20)}))
		},
		func() error {
			return one(s.Complete(ctx, by, d.ID(), d.Case.Revision, dispute.Detail{Reference: "2026-17", Product: "hypotheek"}))
		},
		func() error { return one(s.Answer(ctx, by, d.ID(), d.Case.Revision, today.AddDays(20), today)) },
		func() error {
			return one(s.Conclude(ctx, by, d.ID(), d.Case.Revision, dispute.End{Outcome: dispute.Advice, Result: dispute.ForClient, Ended: today, Amount: 125_00, Follows: new(true), Why: "Wij volgen het.", PerformBy: today.AddDays(9)}))
		},
		func() error { return one(s.Perform(ctx, by, d.ID(), d.Case.Revision, today)) },
		func() error {
			return one(s.File(ctx, by, "", dispute.Filing{Body: b.ID(), How: dispute.Forwarded, Filed: today, About: "De incassokosten."}))
		},
		func() error {
			return one(s.CorrectFiled(ctx, by, d.ID(), d.Case.Revision, today.AddDays(-2), "De brief is van twee dagen eerder."))
		},
		func() error {
			return body(s.Revoke(ctx, by, b.ID(), saw(), dispute.Withdrawal{Day: today, Ground: dispute.OnRequest, Announced: today}))
		},
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}
