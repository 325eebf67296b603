package criteria

import "zorgplicht/ident"

type op uint8

const (
	opBad op = iota
	opConst
	opField
	opAdd
	opSub
	opMul
	opDiv
	opMod
	opNeg
	opMin
	opMax
	opAddMonths     // the day that lies b months after a
	opMonthsBetween // whole months from a to b
	opLt
	opLe
	opGt
	opGe
	opEq
	opNe
	opIn  // a is one of set
	opHas // bit val of a is set
	opKnown
	opTruth // val is a Truth
	opYes   // a yes/no field
	opNot
	opAnd
	opOr
	opNamed // a is a sub-criterion
)

// A node is an expression whose types, units and bounds were checked.
type node struct {
	op     op
	at     int
	typ    Type
	lo, hi int64 // bounds of a number, day or place in a list
	a, b   *node
	val    int64   // of a constant; number of a field
	set    []int64 // of opIn, in order
	name   string  // of a threshold or sub-criterion
	norm   ident.Norm
	text   string // canonical text of a comparison
	size   int    // of opNamed: how many nodes lie below

	touches []int // of a comparison of a rule: the fields it reads, in the order of the catalogue
}

// maxSize is how many parts one condition may have, sub-criteria written out.
const maxSize = 2000

// weigh counts the nodes of n, sub-criteria written out.
func (n *node) weigh() int {
	if n == nil {
		return 0
	}
	if n.op == opNamed && n.size > 0 {
		return n.size
	}
	return 1 + n.a.weigh() + n.b.weigh()
}

func (n *node) bad() bool { return n.op == opBad }

// atom reports whether n is a comparison: it has a truth, and no part that has.
func (n *node) atom() bool { return n.op >= opLt && n.op <= opYes && n.op != opTruth }

// each calls fn for n and all below it.
func (n *node) each(fn func(*node)) {
	fn(n)
	if n.a != nil {
		n.a.each(fn)
	}
	if n.b != nil {
		n.b.each(fn)
	}
}

// fields returns the numbers of the fields that n reads, in the order met.
func (n *node) fields() (list []int) {
	seen := map[int]bool{}
	n.each(func(m *node) {
		if (m.op == opField || m.op == opKnown || m.op == opYes) && !seen[int(m.val)] {
			seen[int(m.val)] = true
			list = append(list, int(m.val))
		}
	})
	return list
}

// reads reports whether n reads the field.
func (n *node) reads(field int) bool {
	if (n.op == opField || n.op == opKnown || n.op == opYes) && int(n.val) == field {
		return true
	}
	return n.a != nil && n.a.reads(field) || n.b != nil && n.b.reads(field)
}
