package criteria

// number computes the value of a number, a day or a place. Where a field it reads
// is unknown, so is the outcome.
func (n *node) number(r Row) (int64, bool) {
	switch n.op {
	case opConst:
		return n.val, true
	case opField:
		c := r[n.val]
		return c.V, c.Known
	case opNeg:
		v, known := n.a.number(r)
		return -v, known
	}
	a, ok := n.a.number(r)
	if !ok {
		return 0, false
	}
	b, ok := n.b.number(r)
	if !ok {
		return 0, false
	}
	return n.op.apply(a, b), true
}

// truth decides a condition. It is the meaning of the language: and is the least,
// or the greatest of the two, and a comparison with something unknown is unknown.
func (n *node) truth(r Row) Truth {
	switch n.op {
	case opTruth:
		return Truth(n.val)
	case opAnd:
		if a := n.a.truth(r); a != No {
			return min(a, n.b.truth(r))
		}
		return No
	case opOr:
		if a := n.a.truth(r); a != Yes {
			return max(a, n.b.truth(r))
		}
		return Yes
	case opNot:
		return n.a.truth(r).not()
	case opNamed:
		return n.a.truth(r)
	case opKnown:
		return truth(r[n.val].Known)
	case opYes:
		if c := r[n.val]; c.Known {
			return truth(c.V != 0)
		}
		return Unknown
	}
	a, ok := n.a.number(r)
	if !ok {
		return Unknown
	}
	switch n.op {
	case opIn:
		for _, v := range n.set {
			if v == a {
				return Yes
			}
		}
		return No
	case opHas:
		return truth(a>>n.val&1 == 1)
	}
	b, ok := n.b.number(r)
	if !ok {
		return Unknown
	}
	return truth(n.op.compare(a, b))
}
