// Package criteria is the language in which a firm writes its own rules: which
// contracts need attention, which applications are acceptable. One text decides
// one case with an explanation, and screens a portfolio of millions.
//
// The syntax is a subset of CEL (Common Expression Language), so that people and
// tools know it. The meaning is our own, small and total: whole numbers and exact
// decimals with a unit, dates, choices and yes/no; no loops, no clock, no floats.
// Fields come from a catalogue with unit and range, so that everything that could
// overflow or divide by zero is refused when the text is read. A field may be
// unknown, and unknown is never silently no.
//
// There are two evaluators. Decide, over one row, is the specification, and
// explains. Screen, over columns, gives the same bits for every row; the tests
// hold the two against each other and against an engine from outside.
//
// Norms: article 61 of the decree (Besluit financiële dienstverlening, 2005) asks
// that acceptance follows criteria laid down beforehand; the principles of the AFM
// for the time after the sale ask for segments and signals.
package criteria

// Language is the version of the language. It stands in every rule set and in
// every decision; what a text of a released version means never changes.
const Language = 1

// A Truth is the outcome of a condition. The order counts: and is the least of
// two, or is the greatest.
type Truth uint8

// The outcomes.
const (
	No Truth = iota
	Unknown
	Yes
)

// String returns "no", "unknown" or "yes".
func (t Truth) String() string { return [...]string{"no", "unknown", "yes"}[t] }

// Dutch returns nee, onbekend or ja.
func (t Truth) Dutch() string { return [...]string{"nee", "onbekend", "ja"}[t] }

func (t Truth) not() Truth { return Yes - t }

func truth(b bool) Truth {
	if b {
		return Yes
	}
	return No
}
