package law

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Norm is one unit of the law or of an AFM document: a lid, an onderdeel, the
// words that open them, or a passage. What a unit leaves out it has from the unit
// it stands in: kind, bearers, products, moment, evidence, machine and days.
type Norm struct {
	ID     ident.Norm
	Parent ident.Norm   // the unit it stands in; "" for an article, a lid or a passage by itself
	Parts  []ident.Norm // the units that stand in it; it then is their opening clause
	Title  string       // what its article, annex or document is about, in Dutch

	Kind     string   // of Kinds
	Bearers  []string // of Bearers: whom it binds or empowers; none for a definition
	Products []string // of Products; "any" for all
	Moment   string   // of Moments
	Evidence string   // what would prove that it was kept, in Dutch
	Machine  string   // of Machines: how far a machine can check it
	Term     string   // the Dutch term that a definition defines

	Numbers    []Number
	Excepts    []ident.Norm // the norms that this one sets aside or narrows
	ExceptedBy []ident.Norm // the norms that set this one aside or narrow it
	See        []ident.Norm // norms to be read with it
	Basis      []string     // the higher law it elaborates, or the law an AFM passage cites

	Force   string // of Forces
	Profile string // rule.Bfd2005 or rule.Current
	From    Day    // the first day
	To      Day    // the last day; "" where the source names none
	Read    Day    // the day on which a page was read; "" for the decree

	Dutch   string   // what it says, in plain Dutch of ours
	English string   // the same in English
	Note    string   // what the explanatory note adds to it or changes, in Dutch
	Issue   string   // where the source contradicts itself or is silent, in Dutch
	Defects []string // slips of the pen in the text, as printed

	File string // where it is written, seen from the catalogue
	Line int
}

// A Number is an amount, a term, a share or a count in a norm.
type Number struct {
	Value string // an exact decimal
	Unit  string // of Units
	Bound string // of Bounds: "at_least" is not "more_than"; "" where it is no limit
	What  string // what is counted, in Dutch
}

// A Day is the first or last day of a norm: a date, Commencement, or Unknown.
type Day string

// The days that are no date.
const (
	Commencement Day = "commencement"      // when the decree entered into force: article 83 leaves the day to another decision
	Unknown      Day = "not in the source" // the document does not say it
)

// On returns the date of the day for those who know when the decree entered into
// force; false where the source does not give it, and for "".
func (d Day) On(commencement calendar.Date) (calendar.Date, bool) {
	if d == Commencement {
		return commencement, !commencement.IsZero()
	}
	date, err := calendar.Parse(string(d))
	return date, err == nil
}

// Holds reports whether the norm was in force on the day, for those who know when
// the decree entered into force. A page of the AFM holds from the day it was read:
// what it said before is not in the source.
func (n Norm) Holds(on, commencement calendar.Date) bool {
	from := n.From
	if from == Unknown {
		from = n.Read
	}
	first, ok := from.On(commencement)
	if !ok || on.Before(first) {
		return false
	}
	last, ok := n.To.On(commencement)
	return !ok || !on.After(last)
}

// Opens reports whether the norm is the opening clause of others.
func (n Norm) Opens() bool { return len(n.Parts) > 0 }

// CustomaryCommencement is the day that is taken for the entry into force of the
// decree where nobody gives one. The source does not hold it: who takes it says so.
var CustomaryCommencement = calendar.MustParse("2006-01-01")
