package disclosure_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/disclosure"
	"zorgplicht/rule/ruletest"
)

func TestLaterPublishedStaysNoShorter(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first := ruletest.Day(t, "published")
		in := disclosure.WebsiteIn{
			Product: ruletest.Word(t, "product", "investment_object", "article_3_product", "life"), Item: ruletest.Word(t, "item", "48:1:a", "48:1:b", "48:1:c"),
			Published: &first, Website: ruletest.Fact(t, "site"), AllOnSite: ruletest.Fact(t, "all"),
		}
		early, d := disclosure.WebsiteRetention.Decide(in)
		in.Published = new(first.AddDays(rapid.IntRange(1, 400).Draw(t, "days later")))
		late := disclosure.WebsiteRetention.Ask(in)
		if early.Required != late.Required || late.Last().Before(early.Last()) {
			t.Fatalf("%s stays through %s, %s through %s", first, early.Last(), *in.Published, late.Last())
		}
		if early.Required && !early.Forbids(early.Last()) || early.Required && early.Forbids(*early.EarliestDeletion) {
			t.Fatalf("got %+v", early.Keeping)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}
