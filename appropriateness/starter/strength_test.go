package starter

import (
	"math/rand/v2"
	"testing"

	"zorgplicht/appropriateness"
)

// chance returns the probability that a client reaches the cut who knows each
// question with probability known and guesses evenly otherwise: the exact
// distribution of the points, question by question.
func chance(test appropriateness.Test, form appropriateness.Form, known float64) float64 {
	points, most := map[int]float64{0: 1}, 0
	for _, id := range form.Questions() {
		q, _ := test.Question(id)
		right := known + (1-known)/float64(len(q.Options))
		next := map[int]float64{}
		for p, at := range points {
			next[p+q.Weight] += at * right
			next[p] += at * (1 - right)
		}
		points, most = next, most+q.Weight
	}
	sum := 0.0
	for p, at := range points {
		if p*100 >= most*test.Scoring.Percent {
			sum += at
		}
	}
	return sum
}

// The AFM page (afm:ket:content) asks at which outcome enough is established. Each
// file writes down these chances; here they are computed again, on 200 forms.
func TestTheCutKeepsOutWhoGuessesAsTheReasonSays(t *testing.T) {
	cases := []struct {
		who             string
		known, low, top float64
	}{
		{"who guesses all", 0, 0, 0.0015},
		{"who knows half", 0.5, 0.315, 0.345},
		{"who knows three quarters", 0.75, 0.835, 0.855},
		{"who knows nine tenths", 0.9, 0.985, 0.995},
	}
	each(t, func(t *testing.T, test appropriateness.Test) {
		for _, c := range cases {
			for seed := range uint64(200) {
				form := draw(t, test, rand.New(rand.NewPCG(seed, 5)))
				if p := chance(test, form, c.known); p < c.low || p > c.top {
					t.Fatalf("%s passes form %d with probability %.4f, outside %.4f to %.4f", c.who, seed, p, c.low, c.top)
				}
			}
		}
	})
}

func TestWhoGetsAllProductRisksWrongCannotPass(t *testing.T) {
	each(t, func(t *testing.T, test appropriateness.Test) {
		most, without := 0, 0
		for _, id := range draw(t, test, rand.New(rand.NewPCG(1, 1))).Questions() {
			q, _ := test.Question(id)
			most += q.Weight
			if q.Element != appropriateness.ProductRisks {
				without += q.Weight
			}
		}
		if without*100 >= most*test.Scoring.Percent {
			t.Errorf("%d of %d points without one right answer on a risk of the product reach the cut", without, most)
		}
	})
}
