package criteria

import (
	"cmp"
	"slices"

	"zorgplicht/calendar"
)

// A Grade says how much a finding matters.
type Grade uint8

// The grades, the gravest first.
const (
	Wrong     Grade = iota // it cannot be meant so: mend it before publishing
	Doubtful               // look whether it is meant so
	Note                   // it is so, and good to know
	Undecided              // the analysis could not tell, and says why
)

// String returns the word that programs read.
func (g Grade) String() string { return [...]string{"wrong", "doubtful", "note", "undecided"}[g] }

// Dutch returns the word that people read.
func (g Grade) Dutch() string {
	return [...]string{"fout", "twijfel", "ter informatie", "niet beslist"}[g]
}

// A Finding is what the author of a set should know of it before it is published.
type Finding struct {
	Code    string   // stable, one of the codes below
	Grade   Grade    // how much it matters
	Pointer string   // JSON pointer into the set: what it is about
	About   []string // ids and names it speaks of, the one of Pointer first
	Text    string   // Dutch: what is so, and what it means
	Mend    string   // Dutch: what to do; "" where nothing needs doing
	Case    *Case    // a contract that shows it; nil where none can
}

// The codes of findings.
const (
	NoDay           = "no-day"           // the set decides on no day
	NeverFires      = "never-fires"      // no contract meets the rule
	AlwaysFires     = "always-fires"     // no contract on its days fails the rule
	NeverDecides    = "never-decides"    // wherever the rule fires a heavier one does
	Implies         = "implies"          // wherever the rule fires others fire
	Overlap         = "overlap"          // heavier rules can fire at the same time
	NoContract      = "no-contract"      // no contract gets the category
	Gap             = "gap"              // a contract of which no rule speaks
	IdleException   = "idle-exception"   // without it the rule says the same
	TotalException  = "total-exception"  // it leaves nothing of what it is taken from
	NeverTrue       = "never-true"       // no value meets the comparison
	AlwaysTrue      = "always-true"      // every value meets it
	NeverSeen       = "never-seen"       // no contract of the data meets the comparison
	AlwaysSeen      = "always-seen"      // every contract of the data meets it
	NotDecided      = "not-decided"      // the budget ran out
	UnusedField     = "unused-field"     // no rule reads the field
	UnusedThreshold = "unused-threshold" // nothing names the threshold
	UnusedCriterion = "unused-criterion" // no rule rests on the criterion
)

// A Case is a contract, on a day, that shows a finding.
type Case struct {
	Day    calendar.Date
	Row    Row
	Fields []int // those that matter here, in the order of the catalogue
}

// A Value is what one field holds, as Dutch readers write it.
type Value struct{ Field, Value string }

// Values writes the fields that matter in a case.
func (p *Program) Values(c *Case) []Value {
	list := make([]Value, len(c.Fields))
	for i, f := range c.Fields {
		list[i] = Value{p.fields[f].Name, p.fields[f].Type.Dutch(c.Row[f])}
	}
	return list
}

// An Analysis is how a set is looked at. The zero one is right for most.
type Analysis struct {
	Complete bool  // the set claims that a rule speaks of every contract: report a gap
	Seen     *Seen // what some contracts hold; nil where none were looked at
}

// Analyse looks at a whole set and says what its author should know: what can
// never happen, what always does, what nothing uses. The findings are those of
// the meaning of the set, with unknown as a value, not of some sample; the gravest
// come first.
func (p *Program) Analyse(how Analysis) []Finding {
	a := p.analyst()
	a.analyse(how)
	list := p.unused(a.list)
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Grade, b.Grade) })
	return list
}
