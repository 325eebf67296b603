// Package solve finds values for which conditions hold, or proves that there are
// none. A condition is built of comparisons between whole numbers in declared
// bounds with and, or and not. A number may be unknown; then what compares it is
// unknown too, and a condition has one of three outcomes.
//
// How it goes about: the range of each number is cut where a comparison of it
// alone turns, so that a number is one of a few cells, or unknown. A comparison
// of several numbers is a cell of its own, no, unknown or yes. Conditions become
// boxes of cells; what is sought is a point in one box and outside others. The
// search splits on a box that is not yet left behind. What the cells of the
// comparisons of several numbers demand together is then asked of the numbers
// (see theory); where they cannot, the search learns the box in which they
// contradict and goes on.
//
// It is exact for sums with fixed factors. Products, quotients and functions of
// several numbers are cut into ever smaller ranges, which ends as ranges are
// bounded, but may take longer than the budget; then the answer says so. The
// budget counts steps, not time: every machine gives the same answer.
package solve

// A Truth is the outcome of a condition.
type Truth uint8

// The outcomes.
const (
	No Truth = iota
	Unknown
	Yes
)

// A Want is which outcomes are sought.
type Want uint8

// What can be wanted of a condition.
const (
	IsYes  Want = iota // it holds
	NotNo              // it holds or is unknown
	NotYes             // it fails or is unknown
	IsNo               // it fails
)

// not is everything else.
func (w Want) not() Want { return [...]Want{NotYes, IsNo, IsYes, NotNo}[w] }

// mirrored is what is wanted of the opposite.
func (w Want) mirrored() Want { return [...]Want{IsNo, NotYes, NotNo, IsYes}[w] }

// A Var is a number that conditions speak of.
type Var int

// A Value is what a number is in an answer.
type Value struct {
	V     int64
	Known bool
}

// A Goal wants an outcome of a condition.
type Goal struct {
	Of   *Formula
	Want Want
}

// An Answer says whether the goals can be met together.
type Answer struct {
	Found bool
	Point []Value // of each Var, where found
	Open  bool    // neither found nor proved impossible: the budget ran out
}

// A Space holds numbers and the conditions over them. It is not safe for use by
// several goroutines.
type Space struct {
	Budget int // steps that one question may take
	Total  int // steps that all questions together may take

	vars   []variable
	atoms  []atom
	nums   []num
	keys   map[string]int // of comparisons of several numbers
	numKey map[string]int
	sealed bool

	at        []int // where each cell begins in a domain: of each Var, of comparisons of several, of gates
	size      int   // of a domain
	several   []int // atoms that compare several numbers
	firstGate int
	gates     []*Formula
	lemmas    []box // where comparisons of several numbers contradict

	spent int // steps so far
	steps int // of the question that is being answered
	open  bool
	few   bool // rather what is not known

	// Room that is used again.
	all   domain   // a copy of it is everything
	spare []domain // nobody looks at them
	out   []box    // of the question that is being answered
	live  []box    // of each search that is going on, those still to be left behind

	stretches []stretch // by Var
	needs     []need
	boxes     []Range // by num
	used      []bool  // by num
	inUse     []int
	cons      []Number
}

// variable is a number as a list of cells.
type variable struct {
	lo, hi int64
	open   bool    // it may be unknown
	cuts   []int64 // first values of cells, the least of all first
	flags  bool    // known or not is all that its cells say
}

// NewSpace returns a space without numbers.
func NewSpace(budget, total int) *Space {
	return &Space{Budget: budget, Total: total, keys: map[string]int{}, numKey: map[string]int{}}
}

// Number adds a number with bounds, both included; open when it may be unknown.
func (s *Space) Number(lo, hi int64, open bool) Var {
	s.vars = append(s.vars, variable{lo: lo, hi: hi, open: open, cuts: []int64{lo}})
	return Var(len(s.vars) - 1)
}

// Flags adds a number whose bits are asked one by one, see Flag.
func (s *Space) Flags() Var {
	s.vars = append(s.vars, variable{open: true, cuts: []int64{0}, flags: true})
	return Var(len(s.vars) - 1)
}

// MayBeUnknown reports whether the number may be unknown.
func (s *Space) MayBeUnknown(v Var) bool { return s.vars[v].open }
