package app

import (
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/calendar"
	"zorgplicht/party"
)

// askTarget lets a test be put to use that asks after the target group, and a client
// outside it take that test.
func askTarget(t *testing.T, h *house) appropriateness.AttemptID {
	t.Helper()
	ctx, s, f := t.Context(), h.Appropriateness, party.Firm{ID: h.firm}
	author, publisher, design := roomtest.Staff(f), roomtest.Staff(f), roomtest.Design("hypotheek-doelgroep")
	design.Policy.Outside = appropriateness.Stop
	if err := roomtest.Approve(ctx, s, author, publisher, roomtest.Criterion("vast-inkomen")); err != nil {
		t.Fatal(err)
	}
	d, err := s.WriteDesign(ctx, author, appropriateness.DesignWriting{Design: design})
	if err == nil {
		d, err = s.AskPublication(ctx, author, appropriateness.Offer{ID: design.ID, Saw: d.Revision})
	}
	if err == nil {
		_, err = s.PublishDesign(ctx, publisher, appropriateness.Publication{ID: design.ID, Test: d.Asked.Test})
	}
	if err != nil {
		t.Fatal(err)
	}
	started, err := s.Start(ctx, h.operator(), appropriateness.Start{Test: design.ID, Reference: "K-12", Channel: "website"})
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := h.answer(ctx, started.Attempt.ID, started.Token, notMeant)
	if err != nil || outcome != appropriateness.NotAppropriate {
		t.Fatalf("who knows all and lies outside the target group: %s (%v)", outcome, err)
	}
	return started.Attempt.ID
}

// evaluate lets somebody tell what became of the client of an attempt, and the test be
// planned, evaluated, and confirmed by another.
func evaluate(t *testing.T, h *house, id appropriateness.AttemptID) {
	t.Helper()
	ctx, s, f := t.Context(), h.Appropriateness, party.Firm{ID: h.firm}
	writer, second, today := roomtest.Staff(f), roomtest.Staff(f), calendar.Of(h.Now())
	attempt, err := s.File(ctx, writer, id)
	if err != nil {
		t.Fatal(err)
	}
	test := attempt.Attempt.TestID
	r, err := s.ReportSequels(ctx, writer, []appropriateness.SequelRow{{Attempt: id, What: appropriateness.Complained, Day: today.String()}}, false)
	if err != nil || r.New != 1 {
		t.Fatalf("%+v (%v)", r, err)
	}
	if err := s.PlanEvaluation(ctx, writer, test, today.String()); err != nil {
		t.Fatal(err)
	}
	e, err := s.WriteEvaluation(ctx, writer, appropriateness.Evaluating{
		TestID: test, Test: attempt.Attempt.Test, Conclusion: "Achteraf was het terecht dat deze klant niet verder mocht.", Measures: "Geen: er is maar één klant.",
		Outside: "more than incidental", Next: today.AddDays(100).String(),
	})
	if err != nil || e.Action != "review_distribution_strategy" || e.Signal != 1 {
		t.Fatalf("%+v (%v)", e, err)
	}
	if err := s.ConfirmEvaluation(ctx, second, test, e.ID); err != nil {
		t.Fatal(err)
	}
	wrong := appropriateness.Withdrawing{Attempt: id, What: appropriateness.Complained, Day: today.String(), Reason: "De klacht was van een andere klant."}
	if err := s.WithdrawSequel(ctx, second, wrong); err != nil {
		t.Fatal(err)
	}
}

// notMeant knows all, and does not belong to the target group.
func notMeant(q appropriateness.Question) appropriateness.OptionID {
	if q.Element != appropriateness.TargetGroup {
		return q.RightOption()
	}
	return q.Options[1].ID
}

// TestWhoLiesOutsideTheTargetGroupIsToldSo takes a test that asks after it, under a
// policy that leaves a client the choice after a fail: of this there is none.
func TestWhoLiesOutsideTheTargetGroupIsToldSo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if err := roomtest.Stock(t.Context(), h.Appropriateness, party.Firm{ID: h.firm}); err != nil {
			t.Fatal(err)
		}
		id := askTarget(t, h)
		v, err := h.Appropriateness.Result(t.Context(), h.Keys.Link(id))
		if err != nil || v.MayChoose || v.Notice.Warning == "" {
			t.Fatalf("%+v (%v)", v, err)
		}
		mustSay(t, v.Notice.Paragraphs[0], "U weet genoeg over een hypotheek.", "niet is bedoeld voor iemand in uw situatie")
		f, err := h.Appropriateness.File(t.Context(), h.operator(), id)
		if err != nil || f.Verdict.Fit != appropriateness.Outside || f.Verdict.Knowledge != appropriateness.Appropriate || f.Gate.Open {
			t.Errorf("staff see %+v, gate open %v (%v)", f.Verdict, f.Gate.Open, err)
		}
		h.verifyGreen()
	})
}

func mustSay(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not say %q", text, w)
		}
	}
}
