package solve

import "slices"

// sums finds whole numbers in boxes for which every one of cons is at most zero.
// It takes the numbers away one by one, each with all that its lower and upper
// bounds demand of each other (Fourier and Motzkin), and puts them back in the
// opposite order. Where factors are not one, whole numbers may be missing between
// bounds that fractions meet; then the next value is tried.
func sums(cons []Number, nums []int, boxes []Range) ([]int64, state) {
	f := &sumsOf{boxes: slices.Clone(boxes), left: sumSteps}
	for _, c := range cons {
		if !f.add(&f.cons, c) {
			return nil, impossible
		}
	}
	rest := slices.Clone(nums)
	for len(rest) > 0 {
		i := f.cheapest(rest)
		n := rest[i]
		rest = slices.Delete(rest, i, i+1)
		if !f.without(n) {
			return nil, impossible
		}
		if len(f.cons) > maxCons {
			return nil, tooLong
		}
	}
	at := make([]int64, len(boxes))
	switch {
	case f.put(len(f.levels)-1, at):
		return at, possible
	case f.left <= 0 || f.lost:
		return nil, tooLong
	}
	return nil, impossible
}

const (
	sumSteps = 500
	maxCons  = 200
)

type sumsOf struct {
	cons   []Number
	boxes  []Range
	levels []level
	left   int
	lost   bool // something did not fit, and was left out
}

// A level is a number that was taken away, and what bound it.
type level struct {
	n    int
	cons []Number
}

// add keeps a sum that must be at most zero, in its simplest form; false when it
// cannot be.
func (f *sumsOf) add(list *[]Number, c Number) bool {
	g := uint64(0)
	span := Range{c.k, c.k}
	for _, x := range c.terms {
		g = gcd(g, magnitude(x.c))
		span = span.plus(x.c, f.boxes[x.n])
	}
	switch {
	case span.Lo > 0:
		return false
	case span.Hi <= 0:
		return true
	}
	if d := int64(g); d > 1 {
		terms := make([]term, len(c.terms))
		for i, x := range c.terms {
			terms[i] = term{x.n, x.c / d}
		}
		c = Number{k: ceilDiv(c.k, d), terms: terms}
	}
	if len(c.terms) == 1 {
		x := c.terms[0]
		b := &f.boxes[x.n]
		if x.c > 0 {
			b.Hi = min(b.Hi, floorDiv(-c.k, x.c))
		} else {
			b.Lo = max(b.Lo, ceilDiv(-c.k, x.c))
		}
		return b.Lo <= b.Hi
	}
	for i, o := range *list {
		if slices.Equal(o.terms, c.terms) {
			(*list)[i].k = max(o.k, c.k)
			return true
		}
	}
	*list = append(*list, c)
	return true
}

// cheapest picks the number that leaves the fewest sums behind.
func (f *sumsOf) cheapest(rest []int) (best int) {
	least := 1 << 30
	for i, n := range rest {
		up, down := 0, 0
		for _, c := range f.cons {
			switch factor := c.of(n); {
			case factor > 0:
				up++
			case factor < 0:
				down++
			}
		}
		if cost := up*down - up - down; cost < least {
			least, best = cost, i
		}
	}
	return best
}

func (a Number) of(n int) int64 {
	for _, x := range a.terms {
		if x.n == n {
			return x.c
		}
	}
	return 0
}

// without takes a number away; false when its bounds contradict.
func (f *sumsOf) without(n int) bool {
	l := level{n: n}
	var rest, low, high []Number
	for _, c := range f.cons {
		switch factor := c.of(n); {
		case factor > 0:
			high = append(high, c)
		case factor < 0:
			low = append(low, c)
		default:
			rest = append(rest, c)
		}
	}
	l.cons = slices.Concat(low, high)
	f.levels = append(f.levels, l)
	box := f.boxes[n]
	for _, h := range high {
		if !f.combine(&rest, Number{k: box.Lo, terms: []term{{n, -1}}}, h, n) {
			return false
		}
		for _, l := range low {
			if !f.combine(&rest, l, h, n) {
				return false
			}
		}
	}
	for _, l := range low {
		if !f.combine(&rest, l, Number{k: -box.Hi, terms: []term{{n, 1}}}, n) {
			return false
		}
	}
	f.cons = rest
	return f.boxes[n].Lo <= f.boxes[n].Hi
}

// combine adds what a lower and an upper bound of n demand of each other.
func (f *sumsOf) combine(list *[]Number, low, high Number, n int) bool {
	a, b := -low.of(n), high.of(n)
	g := int64(gcd(uint64(a), uint64(b)))
	a, b = a/g, b/g
	k, ok := weighed(b, low.k, a, high.k)
	out := Number{k: k}
	for i, j := 0, 0; ok && (i < len(low.terms) || j < len(high.terms)); {
		var x, y int64
		m := 0
		switch {
		case j == len(high.terms) || i < len(low.terms) && low.terms[i].n < high.terms[j].n:
			m, x = low.terms[i].n, low.terms[i].c
			i++
		case i == len(low.terms) || high.terms[j].n < low.terms[i].n:
			m, y = high.terms[j].n, high.terms[j].c
			j++
		default:
			m, x, y = low.terms[i].n, low.terms[i].c, high.terms[j].c
			i, j = i+1, j+1
		}
		var c int64
		if c, ok = weighed(b, x, a, y); c != 0 && ok {
			out.terms = append(out.terms, term{m, c})
		}
	}
	if !ok {
		f.lost = true
		return true
	}
	return f.add(list, out)
}

// weighed returns b·x + a·y.
func weighed(b, x, a, y int64) (int64, bool) {
	p, ok := mul(b, x)
	q, ok2 := mul(a, y)
	return p + q, ok && ok2 && addFits(p, q)
}

// put gives the numbers of this level and below values.
func (f *sumsOf) put(i int, at []int64) bool {
	if i < 0 {
		return true
	}
	l := &f.levels[i]
	r := f.boxes[l.n]
	for _, c := range l.cons {
		rest := c.k
		var own int64
		for _, x := range c.terms {
			if x.n == l.n {
				own = x.c
			} else {
				rest = sum(rest, capped(x.c, at[x.n]))
			}
		}
		if own > 0 {
			r.Hi = min(r.Hi, floorDiv(-rest, own))
		} else {
			r.Lo = max(r.Lo, ceilDiv(-rest, own))
		}
	}
	for v := r.Lo; v <= r.Hi; v++ {
		if f.left--; f.left < 0 {
			return false
		}
		if at[l.n] = v; f.put(i-1, at) {
			return true
		}
	}
	return false
}
