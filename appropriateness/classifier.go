package appropriateness

import (
	"maps"
	"math"
	"slices"
	"strconv"
)

// The test is a classifier: it lets some clients pass who know too little, and
// keeps out some who know enough. Before a test is put to use its author sees how
// many, reckoned and not simulated.
//
// The model. A client knows each question with the same probability, and guesses
// evenly over the options where they do not. The two fixed questions keep nobody
// out: the passing answer is plain to see, as the AFM page itself says
// (afm:ket:knockout). Between attempts a client learns nothing.

// Degrees are the shares of the content, in percent, that the clients of the model
// know: nothing, so that all is a guess, and five degrees of knowledge.
var Degrees = []int{0, 50, 60, 70, 80, 90}

// A Classifier says which share of clients passes, by what they know.
type Classifier struct {
	Rows  []Passing
	Tries int  // attempts that the policy allows: the first and the retakes of one period
	Forms int  // kinds of form that were looked at: forms of one kind have the same chances
	All   bool // whether these are all kinds there are
}

// Passing is the chance that a client passes who knows this share of the content:
// on the kind of form that is hardest to pass and on the one that is easiest, and
// in one of all attempts where each has the easiest.
type Passing struct {
	Known     int // percent
	Low, High float64
	Tries     float64
}

// Of returns the row of the clients who know this share.
func (c Classifier) Of(known int) Passing {
	for _, p := range c.Rows {
		if p.Known == known {
			return p
		}
	}
	return Passing{}
}

// formKinds bounds the kinds of form that are looked at.
const formKinds = 3_000

// Classify reckons the chances for every kind of form that can be drawn; where
// there are too many kinds, for those of 200 forms drawn with fixed dice. Without a
// form the classifier is empty.
func (t Test) Classify() Classifier {
	if !t.reckonable() {
		return Classifier{Tries: 1}
	}
	kinds, all := t.kinds()
	c := Classifier{Tries: 1, Forms: len(kinds), All: all}
	if len(kinds) == 0 {
		return c
	}
	if r := t.Policy.Retake; r.Allow == CoolingOff {
		c.Tries += r.AtMost
	}
	for _, known := range Degrees {
		p := Passing{Known: known, Low: 1}
		for _, form := range kinds {
			chance := t.Scoring.chance(form, known)
			p.Low, p.High = min(p.Low, chance), max(p.High, chance)
		}
		p.Tries = atLeastOnce(p.High, c.Tries)
		c.Rows = append(c.Rows, p)
	}
	return c
}

// reckonable reports whether weights, options and places are such as a test that
// may be sealed has: what is not is refused elsewhere, in its own words.
func (t Test) reckonable() bool {
	for _, q := range t.Questions {
		if q.Weight < 0 || q.Weight > 10 || len(q.Options) < 2 || elementIndex(q.Element) < 0 {
			return false
		}
	}
	return t.Blueprint.bounded()
}

// bounded reports whether no element has fewer than no places or more than a form
// can have.
func (b Blueprint) bounded() bool {
	for _, n := range b.Elements {
		if n < 0 || n > 40 {
			return false
		}
	}
	return true
}

// atLeastOnce is the chance to succeed in one of n independent tries.
func atLeastOnce(p float64, n int) float64 {
	fail := 1.0
	for range n {
		fail = float64(fail * (1 - p))
	}
	return 1 - fail
}

// Percent writes a chance in percent with one decimal, as in Dutch: “0,1%”. What is
// not nothing is never written as nothing, nor what is not certain as certain.
func Percent(p float64) string {
	n := int(math.Floor(p*1000 + 0.5))
	switch {
	case p > 0 && n == 0:
		return "minder dan 0,1%"
	case p < 1 && n == 1000:
		return "meer dan 99,9%"
	}
	return strconv.Itoa(n/10) + "," + strconv.Itoa(n%10) + "%"
}

// A kind of question is all that its chances depend on.
type kind struct {
	element         Element
	weight, options int
	decides         bool
}

func kindOf(q Question) kind { return kind{q.Element, q.Weight, len(q.Options), q.Decides()} }

// chance is the probability that who knows this share reaches every cut on this
// form and misses no question that decides.
//
// The points of one element have an exact distribution, made question by question;
// what is below the cut of the element is lost. The elements of a group are folded
// together, what is below the cut of the group is lost, and so on to the whole.
func (c Cut) chance(form []kind, known int) float64 {
	sums, out := map[bool]points{true: {1}, false: {1}}, 0
	most := map[bool]int{}
	for _, e := range Elements {
		of, highest := c.elementPoints(form, e, known)
		sums[e.Knowledge()] = sums[e.Knowledge()].fold(of)
		most[e.Knowledge()] += highest
		out += highest
	}
	knowledge := sums[true].from(cutOf(most[true], c.Knowledge))
	experience := sums[false].from(cutOf(most[false], c.Experience))
	return knowledge.fold(experience).from(cutOf(out, c.Percent)).sum()
}

// elementPoints is the distribution of the points of one element, and the most.
func (c Cut) elementPoints(form []kind, e Element, known int) (of points, most int) {
	of = points{1}
	for _, k := range form {
		if k.element == e {
			of = of.answer(k, right(k.options, known))
			most += k.weight
		}
	}
	return of.from(cutOf(most, c.Elements[e])), most
}

// right is the probability of a right answer: known, or else guessed.
func right(options, known int) float64 {
	return float64(known*options+100-known) / float64(100*options)
}

// points holds the probability of each number of points. Each product is rounded
// by itself, so that all machines reckon the same.
type points []float64

// answer adds a question that is answered right with this probability.
func (p points) answer(k kind, right float64) points {
	next := make(points, len(p)+k.weight)
	for n, at := range p {
		next[n+k.weight] += float64(at * right)
		if !k.decides {
			next[n] += float64(at * (1 - right))
		}
	}
	return next
}

func (p points) fold(q points) points {
	sum := make(points, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			sum[i+j] += float64(a * b)
		}
	}
	return sum
}

// from loses what is below this number.
func (p points) from(n int) points {
	p = slices.Clone(p)
	for i := range min(n, len(p)) {
		p[i] = 0
	}
	return p
}

func (p points) sum() (s float64) {
	for _, at := range p {
		s += at
	}
	return s
}

// kinds lists the kinds of form that can be drawn, and says whether these are all.
func (t Test) kinds() (forms [][]kind, all bool) {
	if forms, all = t.everyKind(); all {
		return forms, true
	}
	seen := map[string]bool{}
	forms = nil
	for seed := range uint32(200) {
		picked, ok := t.choose(&steady{seed}, Seen{})
		if !ok {
			return nil, true
		}
		form := kindsOf(picked)
		if name := kindName(form); !seen[name] {
			seen[name] = true
			forms = append(forms, form)
		}
	}
	return forms, false
}

func kindsOf(qs []Question) (form []kind) {
	for _, q := range qs {
		if q.Fixed == NotFixed {
			form = append(form, kindOf(q))
		}
	}
	slices.SortFunc(form, compareKinds)
	return form
}

func compareKinds(a, b kind) int {
	return slices.Compare(
		[]int{elementIndex(a.element), a.weight, a.options, flagOf(a.decides)},
		[]int{elementIndex(b.element), b.weight, b.options, flagOf(b.decides)})
}

func flagOf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func kindName(form []kind) string {
	var b []byte
	for _, k := range form {
		b = append(b, byte(elementIndex(k.element)), byte(k.weight), byte(k.options), byte(flagOf(k.decides)))
	}
	return string(b)
}

// everyKind goes through the families and keeps each different way of filling the
// places of the elements. The shares of the blueprint are left aside: they only
// narrow the choice, so what is found holds every form that can be drawn. ok is
// false where there are too many kinds.
func (t Test) everyKind() (forms [][]kind, ok bool) {
	c := composer{test: t, forms: 1}
	start, _, filled := c.start()
	if !filled {
		return nil, true
	}
	c.gather(first{}, Seen{})
	after := c.capacity()
	layer := map[string]fill{"": {left: start[0].left}}
	for i, f := range c.families {
		next := map[string]fill{}
		for _, p := range layer {
			p.keep(next, &after[i+1])
			for _, q := range f.questions {
				p.with(q).keep(next, &after[i+1])
			}
		}
		if layer = next; len(layer) > formKinds {
			return nil, false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(layer)) {
		if layer[name].left == [7]int8{} {
			forms = append(forms, layer[name].form)
		}
	}
	return forms, true
}

// A fill is a form under way.
type fill struct {
	left [7]int8
	form []kind
}

// with is the fill with this question, and left as it cannot be where there is no
// place for it.
func (p fill) with(q Question) fill {
	p.left[elementIndex(q.Element)]--
	p.form = append(slices.Clone(p.form), kindOf(q))
	slices.SortFunc(p.form, compareKinds)
	return p
}

// keep adds the fill where the families to come can do the rest.
func (p fill) keep(next map[string]fill, after *[7]int) {
	for e, n := range p.left {
		if n < 0 || int(n) > after[e] {
			return
		}
	}
	next[kindName(p.form)] = p
}
