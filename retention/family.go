package retention

import (
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// A Kind is a sort of record, named by the room that keeps it: "klacht".
type Kind string

// A Ref names one record.
type Ref struct {
	Kind Kind
	ID   string
}

// A Bond says that one record belongs to another.
type Bond struct{ Child, Parent Ref }

// About is what pages and lists need to know of a kind.
type About struct {
	Kind    Kind
	Dutch   string // "klacht"
	Plural  string // "klachten"
	Norm    ident.Norm
	Path    string // below which each has its page: "/werk/klachten"
	Trigger string // what starts its terms: "de dag waarop de klacht is afgehandeld"
	Changes string // what would change them: "heropenen"
	AtLeast int64  // months that the policy of a firm that set none asks
	AtMost  int64
	Floor   int64 // months that the norm asks, 0 where none does: a maximum may not lie below it
	Unasked int64 // months at most of a record that no norm asks to keep, though it does of others; 0 as of all
}

// termFor is the firm's term for a record: what no norm asks to keep goes sooner where
// the kind says so.
func (a About) termFor(r Record, t Term) Term {
	if r.LawNorm == "" && a.Unasked > 0 {
		t.AtMost = min(t.AtMost, a.Unasked)
		t.AtLeast = min(t.AtLeast, t.AtMost)
	}
	return t
}

// A Record is what the room that keeps it says of one, on the day it is asked.
type Record struct {
	Ref
	Label     string // by which people know it, never a name: "K-2026-0001"
	Page      string // path of its own page; "" it lies below the path of its kind by its id
	Client    ident.Person
	Began     calendar.Date
	Ended     calendar.Date // zero: not yet
	Reopened  calendar.Date // zero: never
	Law       canon.Opt[calendar.Date]
	LawNorm   ident.Norm    // "" none
	Decision  rule.Decision // of the room's own rule; empty where it has none
	Destroyed bool          // its content is gone already
}

// A Term is the firm's own policy for a kind, in months after the end.
type Term struct {
	Kind    Kind
	AtLeast int64
	AtMost  int64
}

// A Relation is a record with the holds on it and what belongs to it.
type Relation struct {
	Record
	Term
	Holds  []Hold
	Parent int // its place in the family, -1 of the eldest
}

// A Family is all records that belong together, each after the one it belongs to.
type Family []Relation

// Question is what rule record_keeping is asked of one of the family on a day.
func (f Family) Question(i int, day calendar.Date) KeepIn {
	in := f[i].asked(day)
	for up := f[i].Parent; up >= 0; up = f[up].Parent {
		in.HeldAbove = in.HeldAbove || heldOn(f[up].Holds, day)
	}
	for j := range f {
		if f[j].Parent == i && !f[j].Destroyed {
			in.Below = append(in.Below, Below{f.earliest(j, day)})
		}
	}
	return in
}

// earliest is from when one of the family may go as far as itself, its holds and what
// belongs to it go.
func (f Family) earliest(i int, day calendar.Date) canon.Opt[calendar.Date] {
	in := f[i].asked(day)
	for j := range f {
		if f[j].Parent == i && !f[j].Destroyed {
			in.Below = append(in.Below, Below{f.earliest(j, day)})
		}
	}
	return Keep.Ask(in).Earliest
}

func (r Relation) asked(day calendar.Date) KeepIn {
	in := KeepIn{Day: day, Ended: opt(r.Ended), LawThrough: r.Law, AtLeast: r.AtLeast, AtMost: r.AtMost, Holds: r.Holds, Below: []Below{}}
	if in.Holds == nil {
		in.Holds = []Hold{}
	}
	if r.LawNorm != "" {
		in.Norm = new(string(r.LawNorm))
	}
	if !r.Reopened.IsZero() {
		in.Reopened = &r.Reopened
	}
	return in
}

func heldOn(holds []Hold, day calendar.Date) bool {
	for _, h := range holds {
		if h.On(day) {
			return true
		}
	}
	return false
}

func opt(day calendar.Date) canon.Opt[calendar.Date] {
	if day.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(day)
}
