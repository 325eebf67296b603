package appropriateness

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func same(n, options int) (form []kind) {
	for range n {
		form = append(form, kind{element: Product, weight: 1, options: options})
	}
	return form
}

// The figures are those of the binomial distribution, as published for tests of
// this size.
func TestTheClassifierGivesThePublishedFigures(t *testing.T) {
	for _, c := range []struct {
		name           string
		questions, opt int
		known, tries   int
		want           float64
	}{
		{"who knows half passes ten questions of two options", 10, 2, 50, 1, 0.78},
		{"who knows half passes ten questions of three options", 10, 3, 50, 1, 0.56},
		{"who knows half passes ten questions of four options", 10, 4, 50, 1, 0.45},
		{"who knows half passes twenty questions of four options", 20, 4, 50, 1, 0.33},
		{"a guesser in three tries at ten questions of two options", 10, 2, 0, 3, 0.43},
		{"a guesser in three tries at ten questions of three options", 10, 3, 0, 3, 0.058},
		{"a guesser in three tries at ten questions of four options", 10, 4, 0, 3, 0.010},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := atLeastOnce(Cut{Percent: 70}.chance(same(c.questions, c.opt), c.known), c.tries)
			if digits := 2.0; math.Abs(got-c.want) > 0.5*math.Pow(10, -digits)+0.0001 {
				t.Errorf("got %.4f, want %.3f", got, c.want)
			}
		})
	}
}

// brute adds up every way in which a client can answer the form.
func brute(c Cut, form []kind, known int) (chance float64) {
	for answers := range 1 << len(form) {
		p, lost := 1.0, false
		earned, out := map[string]int{}, map[string]int{}
		for i, k := range form {
			r := right(k.options, known)
			parts := []string{"all", string(k.element), "knows"}
			if k.element.Experience() {
				parts[2] = "did"
			}
			for _, part := range parts {
				out[part] += k.weight
			}
			if answers&(1<<i) == 0 {
				p *= 1 - r
				lost = lost || k.decides
				continue
			}
			p *= r
			for _, part := range parts {
				earned[part] += k.weight
			}
		}
		reached := func(part string, percent int) bool { return earned[part]*100 >= out[part]*percent }
		if lost || !reached("all", c.Percent) || !reached("knows", c.Knowledge) || !reached("did", c.Experience) {
			continue
		}
		for e, percent := range c.Elements {
			lost = lost || !reached(string(e), percent)
		}
		if !lost {
			chance += p
		}
	}
	return chance
}

func drawKinds(t *rapid.T) (form []kind) {
	for range rapid.IntRange(1, 9).Draw(t, "questions") {
		form = append(form, kind{
			element: rapid.SampledFrom(Elements).Draw(t, "element"), weight: rapid.IntRange(1, 3).Draw(t, "weight"),
			options: rapid.IntRange(2, 6).Draw(t, "options"), decides: rapid.IntRange(0, 5).Draw(t, "decides") == 0,
		})
	}
	return form
}

func drawCut(t *rapid.T) Cut {
	c := Cut{Percent: rapid.IntRange(1, 100).Draw(t, "cut"), Elements: map[Element]int{}}
	if rapid.Bool().Draw(t, "groups") {
		c.Knowledge, c.Experience = rapid.IntRange(0, 100).Draw(t, "knowledge"), rapid.IntRange(0, 100).Draw(t, "experience")
	}
	for _, e := range rapid.SliceOfN(rapid.SampledFrom(Elements), 0, 3).Draw(t, "elements") {
		c.Elements[e] = rapid.IntRange(0, 100).Draw(t, "percent")
	}
	return c
}

func TestTheChanceIsThatOfEveryWayToAnswerAddedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form, cut, known := drawKinds(t), drawCut(t), rapid.SampledFrom(Degrees).Draw(t, "known")
		if got, want := cut.chance(form, known), brute(cut, form, known); math.Abs(got-want) > 1e-12 {
			t.Errorf("got %.15f, want %.15f", got, want)
		}
	})
}

func TestAStricterCutNeverLetsMorePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form, cut, known := drawKinds(t), drawCut(t), rapid.SampledFrom(Degrees).Draw(t, "known")
		stricter := cut
		stricter.Elements = map[Element]int{}
		for e, n := range cut.Elements {
			stricter.Elements[e] = n
		}
		more := func(n int) int { return min(100, n+rapid.IntRange(0, 40).Draw(t, "more")) }
		stricter.Percent, stricter.Knowledge, stricter.Experience = more(cut.Percent), more(cut.Knowledge), more(cut.Experience)
		e := rapid.SampledFrom(Elements).Draw(t, "stricter in")
		stricter.Elements[e] = more(cut.Elements[e])
		if a, b := cut.chance(form, known), stricter.chance(form, known); b > a+1e-12 {
			t.Errorf("%.12f passes, and %.12f under the stricter cut", a, b)
		}
	})
}

func TestTheOrderOfQuestionsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form, cut, known := drawKinds(t), drawCut(t), rapid.SampledFrom(Degrees).Draw(t, "known")
		turned := rapid.Permutation(form).Draw(t, "order")
		if a, b := cut.chance(form, known), cut.chance(turned, known); math.Abs(a-b) > 1e-12 {
			t.Errorf("%.15f in one order, %.15f in another", a, b)
		}
	})
}

func TestWhoKnowsMorePassesMoreOften(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form, cut := drawKinds(t), drawCut(t)
		for i := 1; i < len(Degrees); i++ {
			if a, b := cut.chance(form, Degrees[i-1]), cut.chance(form, Degrees[i]); a > b+1e-12 {
				t.Errorf("who knows %d%% passes with %.6f, who knows %d%% with %.6f", Degrees[i-1], a, Degrees[i], b)
			}
		}
	})
}

func TestEveryFormThatIsDrawnLiesBetweenTheHardestAndTheEasiest(t *testing.T) {
	test := proef(t)
	for i := range test.Questions { // options and weights that differ
		q := &test.Questions[i]
		if q.Fixed == NotFixed && i%3 == 0 {
			q.Options = q.Options[:2]
		}
		if q.Fixed == NotFixed && i%4 == 0 {
			q.Weight++
		}
	}
	c := test.Classify()
	if !c.All || c.Forms < 2 || c.Tries != 1 {
		t.Fatalf("looked at %d kinds, all: %t, in %d tries", c.Forms, c.All, c.Tries)
	}
	for seed := range uint32(100) {
		picked, ok := test.choose(&steady{seed}, Seen{})
		if !ok {
			t.Fatal("no form")
		}
		for _, row := range c.Rows {
			if p := test.Scoring.chance(kindsOf(picked), row.Known); p < row.Low || p > row.High {
				t.Errorf("form %d lets %d%% pass with %.6f, outside %.6f to %.6f", seed, row.Known, p, row.Low, row.High)
			}
		}
	}
}

func TestPercentSaysNothingOnlyOfNothing(t *testing.T) {
	for _, c := range []struct {
		p    float64
		want string
	}{{0, "0,0%"}, {0.00001, "minder dan 0,1%"}, {0.3267, "32,7%"}, {0.99999, "meer dan 99,9%"}, {1, "100,0%"}} {
		if got := Percent(c.p); got != c.want {
			t.Errorf("%g is written %q, want %q", c.p, got, c.want)
		}
	}
}
