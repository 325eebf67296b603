package starter

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zorgplicht/appropriateness"
)

// each runs the checks on every starter test.
func each(t *testing.T, check func(t *testing.T, test appropriateness.Test)) {
	t.Helper()
	for _, bank := range All {
		t.Run(bank.Name, func(t *testing.T) {
			test, err := appropriateness.ReadBank(bank.File)
			if err != nil {
				t.Fatal(err)
			}
			check(t, test)
		})
	}
}

// scored returns the questions that earn points: all but the two fixed ones.
func scored(test appropriateness.Test) []appropriateness.Question {
	return slices.DeleteFunc(slices.Clone(test.Questions), func(q appropriateness.Question) bool {
		return q.Fixed != appropriateness.NotFixed
	})
}

func draw(t *testing.T, test appropriateness.Test, dice appropriateness.Dice) appropriateness.Form {
	t.Helper()
	form, err := test.Draw(dice, appropriateness.Seen{})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestEachStarterTestIsForAProductOfItsOwnThatMustBeTested(t *testing.T) {
	products, ids := map[string]bool{}, map[string]bool{}
	each(t, func(t *testing.T, test appropriateness.Test) {
		need := appropriateness.TestRequired.Ask(appropriateness.RequiredIn{Product: &test.Product})
		if need.Required != appropriateness.MustTest {
			t.Errorf("a test for %q is %v", test.Product, need.Required)
		}
		if products[test.Product] || ids[test.ID] {
			t.Errorf("another starter test has product %q or id %q", test.Product, test.ID)
		}
		products[test.Product], ids[test.ID] = true, true
	})
}

func TestTheBankFillsTwoFormsThatShareOnlyTheFixedQuestions(t *testing.T) {
	each(t, func(t *testing.T, test appropriateness.Test) {
		if n := len(test.Questions); n < 32 {
			t.Errorf("%d questions, want at least 32", n)
		}
		if n := test.Blueprint.Questions; n < 12 || n > 15 {
			t.Errorf("forms of %d questions, want 12 to 15", n)
		}
		for seed := range uint64(50) {
			dice := rand.New(rand.NewPCG(seed, 3))
			form := draw(t, test, dice)
			rest := test
			rest.Questions = nil
			for _, q := range test.Questions {
				if q.Fixed != appropriateness.NotFixed || !slices.Contains(form.Questions(), q.ID) {
					rest.Questions = append(rest.Questions, q)
				}
			}
			if _, err := rest.Draw(dice, appropriateness.Seen{}); err != nil {
				t.Fatalf("seed %d: no second form without a question of the first: %v", seed, err)
			}
		}
	})
}

// The AFM page (afm:ket:content) asks for a balanced picture: the good sides and the risks.
func TestAFormAsksAfterBothSides(t *testing.T) {
	each(t, func(t *testing.T, test appropriateness.Test) {
		const forms = 200
		withUpside := 0
		for seed := range uint64(forms) {
			sides := map[string]int{}
			for _, id := range draw(t, test, rand.New(rand.NewPCG(seed, 7))).Questions() {
				q, _ := test.Question(id)
				sides[q.Side]++
			}
			if sides["downside"] < 3 {
				t.Errorf("seed %d: %d questions on a downside, want at least 3", seed, sides["downside"])
			}
			if sides["upside"] > 0 {
				withUpside++
			}
		}
		if withUpside*5 < forms*4 {
			t.Errorf("%d of %d forms ask after an upside, want four fifths", withUpside, forms)
		}
	})
}

// The AFM page (afm:ket:wording, afm:ket:selfreport): no vague words, no answer
// that plainly earns nothing.
func TestTheWordingKeepsToTheAFMPage(t *testing.T) {
	vague := regexp.MustCompile(`(?i)\b(vaak|regelmatig|soms|meestal|misschien|eventueel|af en toe|normaal gesproken)\b`)
	throwAway := regexp.MustCompile(`(?i)weet (ik )?(het )?niet|geen idee|alle bovenstaande|geen van (deze|bovenstaande)`)
	yearly := regexp.MustCompile(`(?i)\b20[0-9]{2}\b|NHG-grens van`)
	negation := regexp.MustCompile(`(?i)\b(niet|geen|nooit|niemand)\b`)
	each(t, func(t *testing.T, test appropriateness.Test) {
		for _, q := range test.Questions {
			asked := q.Scenario + " " + q.Text
			for _, o := range q.Options {
				asked += " " + o.Text
				if throwAway.MatchString(o.Text) {
					t.Errorf("%s: option %s plainly earns nothing", q.ID, o.ID)
				}
			}
			if w := vague.FindString(asked); w != "" {
				t.Errorf("%s: %q can be read in more than one way", q.ID, w)
			}
			if w := yearly.FindString(asked); w != "" {
				t.Errorf("%s: %q is true for a year only", q.ID, w)
			}
			if w := negation.FindString(q.Text); w != "" {
				t.Errorf("%s: the question denies with %q", q.ID, w)
			}
			if strings.Count(q.Text, "?") != 1 {
				t.Errorf("%s: not one question but %q", q.ID, q.Text)
			}
			if n := len(strings.Fields(q.Scenario + " " + q.Text)); n > 70 {
				t.Errorf("%s: %d words before the options", q.ID, n)
			}
		}
	})
}

// The AFM page (afm:ket:selfreport): questions and answers must not make plain
// which answer is right. Neither its length nor its place may.
func TestNothingGivesTheRightAnswerAway(t *testing.T) {
	each(t, func(t *testing.T, test appropriateness.Test) {
		questions := scored(test)
		longest, shortest, places := 0, 0, map[appropriateness.OptionID]int{}
		for _, q := range questions {
			right, _ := q.Option(q.RightOption())
			places[right.ID]++
			n := utf8.RuneCountInString(right.Text)
			var wrong []int
			for _, o := range q.Options {
				if !o.Right {
					wrong = append(wrong, utf8.RuneCountInString(o.Text))
				}
			}
			if n > slices.Max(wrong) {
				longest++
			}
			if n < slices.Min(wrong) {
				shortest++
			}
		}
		if max(longest, shortest)*3 > len(questions) {
			t.Errorf("of %d questions the right option is the longest in %d and the shortest in %d: length gives it away", len(questions), longest, shortest)
		}
		for _, id := range slices.Sorted(maps.Keys(places)) {
			if places[id]*5 > len(questions)*2 {
				t.Errorf("the right option stands at %s in %d of %d questions", id, places[id], len(questions))
			}
		}
	})
}

func TestEveryScenarioIsToldOnce(t *testing.T) {
	each(t, func(t *testing.T, test appropriateness.Test) {
		told := map[string]appropriateness.QuestionID{}
		for _, q := range test.Questions {
			if q.Scenario == "" {
				t.Errorf("%s has no scenario", q.ID)
			} else if other, twice := told[q.Scenario]; twice {
				t.Errorf("%s tells the scenario of %s", q.ID, other)
			}
			told[q.Scenario] = q.ID
		}
	})
}

// A firm begins with these questions, so nothing of what the pages of an author
// would say may stand in them.
func TestNothingIsFoundInTheWordsOfTheStarterTests(t *testing.T) {
	for _, b := range All {
		test, err := appropriateness.ReadBank(b.File)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range test.Questions {
			c := appropriateness.BankContent{Format: appropriateness.BankFormat, Product: test.Product, Language: test.Language, Question: q}
			if out := c.Lint(); len(out.Flags) > 0 {
				t.Errorf("%s %s: %v", b.Name, q.ID, out.Because)
			}
			if faults := c.Check(); len(faults) > 0 {
				t.Errorf("%s %s cannot be offered: %v", b.Name, q.ID, faults)
			}
		}
	}
}
