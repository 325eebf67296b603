package advert_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/advert"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry { return ruletest.Desk(t, advert.AdvertisementCheck) }

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 30) }

var (
	products = []string{"complex", "consumer_credit", "investment_object", "mortgage_credit", "securities_credit"}
	media    = []string{"brochure", "internet", "newspaper", "offer", "print", "radio", "tv"}
	shown    = []string{"credit_charge", "effective_rate", "monthly_charge", "revolving_or_not", "sum_or_limit", "term", "total_price"}
)

func drawn(t *rapid.T) advert.In {
	words := rapid.SliceOfDistinct(rapid.SampledFrom(shown), rapid.ID[string])
	in := advert.In{
		Product: new(rapid.SampledFrom(products).Draw(t, "product")), Medium: ruletest.Word(t, "medium", media...), Form: ruletest.Word(t, "form", "oral"),
		About: ruletest.Fact(t, "about"), RiskText: ruletest.Fact(t, "text"), RiskIndicator: ruletest.Fact(t, "indicator"), Leaflet: ruletest.Fact(t, "leaflet"),
		Spoken: ruletest.Fact(t, "spoken"), OtherRisks: ruletest.Fact(t, "other"), Returns: ruletest.Word(t, "returns", "future", "historic"),
		Before: ruletest.Fact(t, "before"), Guarantee: ruletest.Fact(t, "guarantee"), Prospectus: ruletest.Fact(t, "prospectus"), Mentions: words.Draw(t, "mentions"),
		SingleTable: ruletest.Fact(t, "table"), Goods: ruletest.Fact(t, "goods"), Kind: ruletest.Word(t, "kind", "revolving", "non_revolving"),
		Label: ruletest.Word(t, "label", "rente per jaar", "effectieve rente op jaarbasis"), Claims: []string{rapid.SampledFrom([]string{"decision_or_payment_speed", "none"}).Draw(t, "claim")},
	}
	if rapid.Bool().Draw(t, "table items") {
		in.TableItems = new(words.Draw(t, "items"))
	}
	if rapid.Bool().Draw(t, "costs given") {
		in.Costs = &rule.Said{Word: "later"}
	}
	return in
}

func TestEveryAnswerExplainsItselfAndReplays(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		out, d := advert.AdvertisementCheck.Decide(drawn(t))
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if out.Complies() != (len(out.Violated) == 0) || (out.Tariff == "3") == out.Complies() {
			t.Fatalf("got %s", d.Answer)
		}
	})
}

func TestSayingMoreOfTheRiskNeverViolatesMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		less := advert.AdvertisementCheck.Ask(in)
		in.RiskText, in.RiskIndicator, in.Spoken, in.OtherRisks, in.Leaflet = new(true), new(true), new(true), new(true), new(true)
		if more := advert.AdvertisementCheck.Ask(in); len(more.Violated) > len(less.Violated) {
			t.Fatalf("%v became %v", less.Violated, more.Violated)
		}
	})
}

func TestWhoShowsAllFeaturesLacksNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		in.Mentions = slices.Clone(shown)
		if out := advert.AdvertisementCheck.Ask(in); out.Missing != nil {
			t.Fatalf("lacks %v", out.Missing)
		}
	})
}

func TestTheFloorIsTwoPerCentToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := money.Whole(rapid.Int64Range(1, 1_000_000).Draw(t, "limit"))
		monthly := limit.Mul(money.MustParse("0.02"))
		in := advert.In{Product: new("consumer_credit"), Kind: new("revolving"), Limit: &limit, Monthly: &monthly}
		if out := advert.AdvertisementCheck.Ask(in); !out.Complies() {
			t.Fatalf("exactly 2%% of %s violates %v", limit, out.Violated)
		}
		in.Monthly = new(monthly.Sub(money.MustParse("0.01")))
		if out := advert.AdvertisementCheck.Ask(in); out.Complies() {
			t.Fatalf("a cent below 2%% of %s complies", limit)
		}
	})
}
