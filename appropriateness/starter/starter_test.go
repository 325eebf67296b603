package starter

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
)

func hypotheek(t *testing.T) appropriateness.Test {
	t.Helper()
	test, err := appropriateness.ReadBank(Hypotheek)
	if err != nil {
		t.Fatal(err)
	}
	return test
}

func TestTheBankFillsTwoFormsThatShareOnlyTheFixedQuestions(t *testing.T) {
	test := hypotheek(t)
	if n := len(test.Questions); n < 28 {
		t.Errorf("%d questions, want at least 28", n)
	}
	if n := test.Blueprint.Questions; n < 12 || n > 15 {
		t.Errorf("forms of %d questions, want 12 to 15", n)
	}
	for seed := range uint64(50) {
		dice := rand.New(rand.NewPCG(seed, 3))
		form, err := test.Draw(dice, appropriateness.Seen{})
		if err != nil {
			t.Fatal(err)
		}
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
}

// The AFM page (afm:ket:wording, afm:ket:selfreport): no vague words, no answer
// that plainly earns nothing, no right answer that its length gives away.
func TestTheWordingKeepsToTheAFMPage(t *testing.T) {
	vague := regexp.MustCompile(`(?i)\b(vaak|regelmatig|soms|meestal|misschien|eventueel|af en toe|normaal gesproken)\b`)
	throwAway := regexp.MustCompile(`(?i)weet (ik )?(het )?niet|geen idee|alle bovenstaande|geen van (deze|bovenstaande)`)
	yearly := regexp.MustCompile(`(?i)\b20[0-9]{2}\b|NHG-grens van`)
	test := hypotheek(t)
	longest, scored := 0, 0
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
		if n := len(strings.Fields(q.Scenario + " " + q.Text)); n > 70 {
			t.Errorf("%s: %d words before the options", q.ID, n)
		}
		if q.Fixed != appropriateness.NotFixed {
			continue
		}
		scored++
		right, _ := q.Option(q.RightOption())
		if !slices.ContainsFunc(q.Options, func(o appropriateness.Option) bool { return len(o.Text) >= len(right.Text) && !o.Right }) {
			longest++
		}
	}
	if longest*3 > scored {
		t.Errorf("the right option is the longest in %d of %d questions: length gives it away", longest, scored)
	}
}
