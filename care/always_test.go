package care_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/care"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

func TestAPrincipleIsNeverEnforceable(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := care.AftercareIn{
			Ambition: ruletest.Fact(t, "ambition"), Optout: ruletest.Fact(t, "optout"), ConsequencesDiscussed: ruletest.Fact(t, "discussed"), LegalDutiesKept: ruletest.Fact(t, "duties"),
			Channel: ruletest.Word(t, "channel", "execution_only", "advice"), ExpectationsTold: ruletest.Fact(t, "told"),
			Signal: ruletest.Word(t, "signal", "reversed_direct_debit", "underperformance", "life_event"), Count: new(money.Whole(rapid.Int64Range(0, 4).Draw(t, "count"))),
			Action: ruletest.Word(t, "action", "yearly letter", "prompt"), Tool: ruletest.Word(t, "tool", "app", "questionnaire"), Consent: ruletest.Fact(t, "consent"),
			Evaluated: ruletest.Fact(t, "evaluated"), Claim: ruletest.Word(t, "claim", "violation", "principle"),
		}
		out, d := care.Aftercare.Decide(in)
		if out.Enforceable != nil && *out.Enforceable || (out.Gap != "" && out.Enforceable == nil) {
			t.Fatalf("got %s", d.Answer)
		}
		if in.LegalDutiesKept != nil && !*in.LegalDutiesKept && (out.Acceptable == nil || *out.Acceptable) {
			t.Fatalf("legal duties are excluded: %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.Ambition, in.ExpectationsTold, in.Evaluated = new(true), new(true), new(true)
		if better := care.Aftercare.Ask(in); better.Gap != "" {
			t.Fatalf("all three principles are followed, yet %s", better.Gap)
		}
	})
}
