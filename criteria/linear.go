package criteria

// A form is a sum of fields, each times a whole number, and a fixed part.
type form struct {
	terms []term
	fixed int64
}

type term struct {
	field  int
	factor int64
}

// plus adds g, times a factor. It fails where a number does not fit.
func (f form) plus(g form, factor int64) (sum form, ok bool) {
	sum.terms = append(sum.terms, f.terms...)
	v, ok := mul(g.fixed, factor)
	sum.fixed, ok = checked(add, f.fixed, v, ok)
	for _, t := range g.terms {
		v, fits := mul(t.factor, factor)
		at := 0
		for at < len(sum.terms) && sum.terms[at].field != t.field {
			at++
		}
		if at == len(sum.terms) {
			sum.terms = append(sum.terms, term{field: t.field})
		}
		sum.terms[at].factor, fits = checked(add, sum.terms[at].factor, v, fits)
		ok = ok && fits
	}
	return sum, ok
}

// checked computes when all before it was right.
func checked(fn func(a, b int64) (int64, bool), a, b int64, ok bool) (int64, bool) {
	v, fits := fn(a, b)
	return v, ok && fits
}

// form returns n as a sum of fields; it fails where n is more than that.
func (b *binder) form(n *node) (f form, ok bool) {
	if v, same := b.constant(n); same {
		return form{fixed: v}, true
	}
	switch n.op {
	case opField:
		return form{terms: []term{{int(n.val), 1}}}, true
	case opNeg:
		return b.scaled(n.a, -1)
	case opMul:
		if v, same := b.constant(n.a); same {
			return b.scaled(n.b, v)
		}
		if v, same := b.constant(n.b); same {
			return b.scaled(n.a, v)
		}
	case opAdd, opSub:
		f, ok := b.form(n.a)
		g, also := b.form(n.b)
		if ok && also {
			return f.plus(g, pick[int64](n.op == opAdd, 1, -1))
		}
	}
	return form{}, false
}

func (b *binder) scaled(n *node, factor int64) (form, bool) {
	f, ok := b.form(n)
	if !ok {
		return f, false
	}
	return form{}.plus(f, factor)
}

// linear returns the test of a comparison of two sums of fields, over planes: of
// one field against a fixed value, of more by adding planes. It is nil where the
// comparison is more than that.
func (b *binder) linear(n *node) test {
	left, ok := b.form(n.a)
	right, also := b.form(n.b)
	if !ok || !also {
		return nil
	}
	f, ok := left.plus(right, -1) // f op 0
	if !ok || f.fixed == -1<<63 {
		return nil
	}
	for i := range f.terms {
		if f.terms[i].factor == 0 || f.terms[i].factor == -1<<63 {
			return nil // what cancels out can still be unknown
		}
	}
	switch len(f.terms) {
	case 0:
		return fixed(truth(n.op.compare(f.fixed, 0)))
	case 1:
		return b.single(n.op, f)
	}
	if t := b.sums(n.op, f); t != nil {
		t.reads = b.unsure(n)
		return t
	}
	return nil
}

// single compares factor * field + fixed with nothing.
func (b *binder) single(o op, f form) test {
	factor, v := f.terms[0].factor, -f.fixed
	if factor < 0 {
		factor, v, o = -factor, -v, mirrored(o)
	}
	c := b.columns[f.terms[0].field]
	low := floorDiv(v, factor)
	exact := low*factor == v
	switch {
	case exact:
		return c.against(o, low)
	case o == opEq || o == opNe:
		return c.always(o == opNe)
	case o == opLt:
		o = opLe
	case o == opGe:
		o = opGt
	}
	return c.against(o, low)
}

// A shifted is a field times a power of two.
type shifted struct {
	c     *Column
	shift int
}

// maxAdded is how many planes may be added for a comparison: beyond it numbers
// are cheaper.
const maxAdded = 400

// sums returns a test of f op 0 over more than one field, or nil where that is
// too dear or may not fit.
func (b *binder) sums(o op, f form) *sums {
	var common int64
	for _, t := range f.terms {
		common = divisor(common, int64(magnitude(t.factor)))
	}
	t := &sums{}
	v, ok := f.fixed, true
	added := 0
	for _, x := range f.terms {
		c := b.columns[x.field]
		from, fits := mul(x.factor, c.field.From)
		v, ok = checked(add, v, from, ok && fits)
		added += t.digits(c, x.factor/common) * c.width
	}
	if !ok || v == -1<<63 || added > maxAdded {
		return nil
	}
	// Now the sum of the digits is compared with -v/common.
	low := floorDiv(-v, common)
	exact := low*common == -v
	switch {
	case o == opEq || o == opNe:
		if !exact {
			return nil
		}
		t.equal, t.turned = true, o == opNe
	case o == opLt || o == opGe:
		low, t.turned = low+pick[int64](exact, 0, 1), o == opLt
	default:
		low, t.turned = low+1, o == opLe
	}
	if low > 0 {
		t.right.fixed = uint64(low)
	} else {
		t.left.fixed = -uint64(low)
	}
	if !t.left.fits() || !t.right.fits() {
		return nil
	}
	return t
}

// digits adds the fewest powers of two that make the factor, those below zero on
// the other side, and returns how many.
func (t *sums) digits(c *Column, factor int64) (n int) {
	for shift := 0; factor != 0; shift++ {
		if factor&1 == 1 {
			n++
			if factor&3 == 1 {
				t.left.digits = append(t.left.digits, shifted{c, shift})
				factor--
			} else {
				t.right.digits = append(t.right.digits, shifted{c, shift})
				factor++
			}
		}
		factor >>= 1
	}
	return n
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
