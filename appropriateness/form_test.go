package appropriateness

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestDrawKeepsToTheBlueprint(t *testing.T) {
	test := proef(t)
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		form, err := test.Draw(rand.New(rand.NewPCG(seed, 1)), Seen{})
		if err != nil {
			t.Fatal(err)
		}
		count, families := map[Element]int{}, map[string]bool{}
		for _, asked := range form {
			q, ok := test.Question(asked.Question)
			if !ok {
				t.Fatalf("question %s is not of this test", asked.Question)
			}
			if families[q.Family] {
				t.Fatalf("family %s stands in the form twice", q.Family)
			}
			families[q.Family] = true
			count[q.Element]++
			same := slices.Clone(asked.Options)
			slices.Sort(same)
			if want := optionIDs(q); !slices.Equal(same, slices.Sorted(slices.Values(want))) {
				t.Fatalf("options of %s are %v, want all of %v", q.ID, asked.Options, want)
			}
		}
		for _, e := range Elements {
			if count[e] != test.Blueprint.Elements[e] {
				t.Fatalf("%d questions of %s, want %d", count[e], e, test.Blueprint.Elements[e])
			}
		}
		last, before := form[len(form)-1], form[len(form)-2]
		if last.Question != "vast-need-advice" || before.Question != "vast-understand-terms" {
			t.Fatalf("the form ends in %s, %s; want the two fixed questions", before.Question, last.Question)
		}
	})
}

func TestDrawShufflesQuestionsAndOptions(t *testing.T) {
	test := proef(t)
	firsts, orders := map[QuestionID]bool{}, map[OptionID]bool{}
	for seed := range uint64(100) {
		form, err := test.Draw(rand.New(rand.NewPCG(seed, 1)), Seen{})
		if err != nil {
			t.Fatal(err)
		}
		firsts[form[0].Question], orders[form[0].Options[0]] = true, true
	}
	if len(firsts) < 8 || len(orders) != 3 {
		t.Errorf("in 100 forms %d questions came first and %d options stood on top", len(firsts), len(orders))
	}
}

// A blueprint that can be filled only when two elements share out their common
// families well: a greedy draw would fail on it.
func TestDrawFindsTheOnlyForm(t *testing.T) {
	q := func(id, family string, e Element) Question {
		return Question{ID: QuestionID(id), Family: family, Element: e, Options: []Option{{ID: "a"}}}
	}
	test := Test{
		Blueprint: Blueprint{Questions: 2, Elements: map[Element]int{Product: 1, ProductRisks: 1}},
		Questions: []Question{q("p1", "shared", Product), q("p2", "own", Product), q("r1", "shared", ProductRisks)},
	}
	for seed := range uint64(20) {
		form, err := test.Draw(rand.New(rand.NewPCG(seed, 7)), Seen{})
		if err != nil {
			t.Fatal(err)
		}
		if ids := form.Questions(); !slices.Contains(ids, "p2") || !slices.Contains(ids, "r1") {
			t.Errorf("form = %v, want p2 and r1", ids)
		}
	}
}
