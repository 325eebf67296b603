package retention_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/advice"
	"zorgplicht/credit"
	"zorgplicht/retention"
	"zorgplicht/rule/ruletest"
)

func TestTheTwoTermsAreThoseOfTheirRooms(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := retention.CreditAdviceIn{
			Role: ruletest.Word(t, "role", "provider", "advisor", "intermediary"), Product: ruletest.Word(t, "product", "credit", "life"),
			Advice: ruletest.MaybeDay(t, "advice"), ContractOnRecommended: new(rapid.Bool().Draw(t, "sold")),
			Contract: ruletest.OptDay(t, "contract"), Settled: ruletest.OptDay(t, "settled"), StandardisedProcedure: ruletest.Fact(t, "standard"),
		}
		if in.Check() != nil {
			in.Role = new("provider")
		}
		out, d := retention.CreditAndAdvice.Decide(in)
		a := advice.AdviceRetention.Ask(advice.RetentionIn{Role: in.Role, Advice: in.Advice, ContractOnRecommended: in.ContractOnRecommended, StandardisedProcedure: in.StandardisedProcedure})
		c := credit.CreditRetention.Ask(credit.RetentionIn{Role: in.Role, Product: in.Product, Contract: in.Contract, Settled: in.Settled})
		if out.AdviceRetainThrough != a.Through || out.CreditRetainThrough.V != c.Through.V || out.CreditRetainThrough.Null != (c.Through.Null && in.Settled.Given) || out.AdviceRequired != a.Required || out.CreditRequired != c.Required {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}
