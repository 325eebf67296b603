package appropriateness

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// smallTest is a test with few questions, over two elements, so that every row of
// forms can be looked at.
func smallTest(t *rapid.T) Test {
	test := Test{ID: "klein", Format: Format2, Blueprint: Blueprint{Elements: map[Element]int{}}}
	for _, e := range []Element{Product, ProductRisks} {
		n := rapid.IntRange(0, 2).Draw(t, "places")
		test.Blueprint.Elements[e] = n
		test.Blueprint.Questions += n
	}
	percent := rapid.SampledFrom([]int{0, 0, 1, 30, 50, 51, 75, 100})
	test.Blueprint.Downside = percent.Draw(t, "downside")
	test.Blueprint.Upside = min(percent.Draw(t, "upside"), 100-test.Blueprint.Downside)
	test.Blueprint.Substantive = percent.Draw(t, "substantive")
	for i := range rapid.IntRange(0, 7).Draw(t, "questions") {
		test.Questions = append(test.Questions, Question{
			ID:      QuestionID(fmt.Sprintf("v%d", i)),
			Element: rapid.SampledFrom([]Element{Product, ProductRisks}).Draw(t, "element"),
			Family:  fmt.Sprintf("f%d", rapid.IntRange(0, 4).Draw(t, "family")),
			Kind:    rapid.SampledFrom([]string{"substantive", "self_report"}).Draw(t, "kind"),
			Side:    rapid.SampledFrom([]string{"upside", "downside", "neutral"}).Draw(t, "side"),
			Weight:  rapid.IntRange(1, 3).Draw(t, "weight"),
			Options: []Option{{ID: "a", Right: true}, {ID: "b"}},
		})
	}
	return test
}

// everyForm lists all forms of the test: each set of questions that fills the
// places and has the shares, one of a family.
func everyForm(test Test) (forms [][]Question) {
	for set := range 1 << len(test.Questions) {
		var form []Question
		families, of := map[string]bool{}, map[Element]int{}
		twice := false
		for i, q := range test.Questions {
			if set&(1<<i) != 0 {
				form = append(form, q)
				twice = twice || families[q.Family]
				families[q.Family] = true
				of[q.Element]++
			}
		}
		if !twice && of[Product] == test.Blueprint.Elements[Product] && of[ProductRisks] == test.Blueprint.Elements[ProductRisks] && test.Blueprint.reaches(form) {
			forms = append(forms, form)
		}
	}
	return forms
}

func ids(form []Question) (list []QuestionID) {
	for _, q := range form {
		list = append(list, q.ID)
	}
	return list
}

// rows reports whether so many forms exist of which none holds a question of
// another, each with enough families that the ones before it did not have.
func rows(forms [][]Question, left int, seen map[QuestionID]bool, families map[string]bool, percent int) bool {
	if left == 0 {
		return true
	}
	for _, form := range forms {
		if slices.ContainsFunc(form, func(q Question) bool { return seen[q.ID] }) {
			continue
		}
		fresh := 0
		now, known := map[QuestionID]bool{}, map[string]bool{}
		for id := range seen {
			now[id] = true
		}
		for f := range families {
			known[f] = true
		}
		for _, q := range form {
			if !families[q.Family] {
				fresh++
			}
			now[q.ID], known[q.Family] = true, true
		}
		first := len(families) == 0
		if (first || fresh*100 >= len(form)*percent) && rows(forms, left-1, now, known, percent) {
			return true
		}
	}
	return false
}

func TestAFormIsComposedExactlyWhereOneExists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		test := smallTest(t)
		found := test.compose(&steady{rapid.Uint32().Draw(t, "dice")}, 1, Seen{})
		want := len(everyForm(test)) > 0
		if found.beyond || (found.forms != nil) != want {
			t.Fatalf("composed %v (beyond: %t), while a form exists: %t", found.forms, found.beyond, want)
		}
		if want && !slices.ContainsFunc(everyForm(test), func(f []Question) bool {
			return slices.Equal(slices.Sorted(slices.Values(ids(f))), slices.Sorted(slices.Values(ids(found.forms[0]))))
		}) {
			t.Fatalf("%v is no form of the test", ids(found.forms[0]))
		}
	})
}

func TestARowOfFormsIsComposedExactlyWhereOneExists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		test := smallTest(t)
		n, percent := rapid.IntRange(2, 3).Draw(t, "forms"), rapid.SampledFrom([]int{0, 0, 50, 100}).Draw(t, "new families")
		found := test.compose(first{}, n, Seen{NewFamilies: percent})
		want := rows(everyForm(test), n, nil, nil, percent)
		if found.beyond || (found.forms != nil) != want {
			t.Fatalf("composed %v, while a row of %d exists: %t", found.forms, n, want)
		}
	})
}

// Without shares the count alone decides.
func TestCountingDecidesWhereNoSharesAreAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		test := smallTest(t)
		test.Blueprint.Downside, test.Blueprint.Upside, test.Blueprint.Substantive = 0, 0, 0
		n := rapid.IntRange(1, 3).Draw(t, "forms")
		if got, want := test.enoughToShow(n), rows(everyForm(test), n, nil, nil, 0); got != want {
			t.Fatalf("by count %d forms are possible: %t, by looking at all: %t", n, got, want)
		}
	})
}

func TestWhatIsDrawnHasTheSharesOfTheBlueprint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		test := smallTest(t)
		form, err := test.Draw(&steady{rapid.Uint32().Draw(t, "dice")}, Seen{})
		if (err == nil) != (len(everyForm(test)) > 0) {
			t.Fatalf("drew %v (%v) of %d forms", form, err, len(everyForm(test)))
		}
		var picked []Question
		for _, id := range form.Questions() {
			q, _ := test.Question(id)
			picked = append(picked, q)
		}
		if err == nil && !test.Blueprint.reaches(picked) {
			t.Fatalf("%v lacks the shares of the blueprint", form)
		}
	})
}

func TestSupply(t *testing.T) {
	retake := func(times int) Retake {
		return Retake{Allow: CoolingOff, CoolingHours: 24, AtMost: times, WithinDays: 365}
	}
	for _, c := range []struct {
		name   string
		change func(*Test)
		want   Supply
	}{
		{"two forms, no retake", func(*Test) {}, Enough},
		{"two forms, one retake", func(t *Test) { t.Policy.Retake = retake(1) }, Enough},
		{"two forms, two retakes", func(t *Test) { t.Policy.Retake = retake(2) }, NoRetake},
		{"an element with too few questions for one form", func(t *Test) { t.Blueprint.Elements[ProductRisks] = 7 }, NoForm},
		{"more upsides than there are", func(t *Test) { t.Blueprint.Upside = 10 }, NoForm},
		{"one downside for two forms that need one each", func(t *Test) {
			for i := range t.Questions[1:] {
				t.Questions[i+1].Side = "neutral"
			}
			t.Blueprint.Downside, t.Policy.Retake = 1, retake(1)
		}, NoRetake},
		{"two versions of one question and no other of the element", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Element == ExperienceEO {
					t.Questions[i].Family = "eo"
				}
			}
			t.Policy.Retake = retake(1)
		}, Enough},
		{"the same, where a retake must be of new families", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Element == ExperienceEO {
					t.Questions[i].Family = "eo"
				}
			}
			t.Policy.Retake = retake(1)
			t.Policy.Retake.NewFamilies = 100
		}, NoRetake},
		{"an element whose one scenario stands in both its questions", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Element == ExperienceEO {
					t.Questions[i].Family, t.Questions[i].Scenario = "eo", "Noor koopt zelf."
				}
			}
			t.Policy.Retake = retake(1)
		}, NoRetake},
		{"a first form that can take what the second needs", func(t *Test) {
			// Three families for one place, of which one has all that may follow.
			q := t.Questions[len(t.Questions)-1]
			t.Questions = slices.DeleteFunc(t.Questions, func(o Question) bool { return o.Element == ExperienceProduct })
			q.Element = ExperienceProduct
			for i, side := range []string{"upside", "neutral"} {
				q.ID, q.Family, q.Side = QuestionID(fmt.Sprintf("los-%d", i)), fmt.Sprintf("los-%d", i), side
				t.Questions = append(t.Questions, q)
			}
			for i := range t.Questions {
				if t.Questions[i].Element == ExperienceEO {
					t.Questions[i].Side = "upside"
					t.Questions[i].Family = "eo"
				}
			}
			t.Blueprint.Upside, t.Policy.Retake = 1, retake(1)
		}, Enough},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := proef(t)
			test.Format = Format2
			c.change(&test)
			if got := test.supply(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestARetakeThatNotEveryFirstFormLeavesIsToldApart(t *testing.T) {
	q := func(id, family string, e Element) Question {
		return Question{ID: QuestionID(id), Family: family, Element: e, Kind: "substantive", Weight: 1, Options: []Option{{ID: "a", Right: true}, {ID: "b"}}}
	}
	// A first form of p1 and r2 leaves p2, and of the risks only r1, of the same family.
	test := Test{
		ID: "krap", Format: Format2, Blueprint: Blueprint{Questions: 2, Elements: map[Element]int{Product: 1, ProductRisks: 1}},
		Questions: []Question{q("p1", "eigen", Product), q("p2", "samen", Product), q("r1", "samen", ProductRisks), q("r2", "los", ProductRisks)},
		Policy:    Policy{Retake: Retake{Allow: CoolingOff, AtMost: 1}},
	}
	if got := test.supply(); got != NotForAll {
		t.Errorf("got %s, want %s", got, NotForAll)
	}
}
