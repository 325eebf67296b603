// Package inspection is the supervisor's reading room (inzage). A compliance officer
// opens an inspection: for whom, why, which kinds of file, of which period or by
// name, and through which day. A guest then reads exactly that: every file with
// what the law wants recorded of it, its facts, the norms and decisions, asked
// again, and the proof of each fact. What the law wants and is not there is named
// as missing. What the guest opens or takes along is a fact.
//
// The room keeps no files of its own: each room that has them stands a Shelf here.
package inspection

import (
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Kind is a kind of file that can be opened: "klacht".
type Kind string

// A Ref names one file.
type Ref struct {
	Kind   Kind   `json:"kind"`
	ID     string `json:"id"`
	Number string `json:"number,omitempty"` // that people know it by
}

// An Inspection is what was opened, for whom and until when.
type Inspection struct {
	ID        string
	Number    string // "INZ-2026-0001"
	Authority string // who asks: "Autoriteit Financiële Markten"
	Reference string // theirs; may be empty
	Purpose   string
	Kinds     []Kind        // of the files in the period
	Apart     []Kind        // among Kinds: compartments, which were opened expressly
	From      calendar.Date // of the day a file began; zero: no files by period
	Through   calendar.Date
	Files     []Ref         // opened by name, whatever their day
	Guest     string        // account
	Until     calendar.Date // last day
	Opened    time.Time
	By        string    // actor
	Ended     time.Time // early; zero: not
	EndedBy   string
	Why       string // it was ended early
}

// A Stand says whether an inspection can be read.
type Stand string

// The stands.
const (
	Open     Stand = "open"
	Expired  Stand = "verlopen"  // its last day is over
	EndedNow Stand = "beeindigd" // somebody ended it before
)

// StandOn is the stand of the inspection on a day.
func (i Inspection) StandOn(today calendar.Date) Stand {
	switch {
	case !i.Ended.IsZero():
		return EndedNow
	case today.After(i.Until):
		return Expired
	}
	return Open
}

// ByPeriod reports whether files of this kind are opened by their day.
func (i Inspection) ByPeriod(k Kind) bool {
	return !i.From.IsZero() && slices.Contains(i.Kinds, k)
}

// Named are the files of this kind that were opened by name.
func (i Inspection) Named(k Kind) (refs []Ref) {
	for _, r := range i.Files {
		if r.Kind == k {
			refs = append(refs, r)
		}
	}
	return refs
}

// Opens reports whether a file of this kind, which began on this day, was opened.
func (i Inspection) Opens(ref Ref, began calendar.Date) bool {
	if slices.ContainsFunc(i.Files, func(r Ref) bool { return r.Kind == ref.Kind && r.ID == ref.ID }) {
		return true
	}
	return i.ByPeriod(ref.Kind) && !began.Before(i.From) && !began.After(i.Through)
}

// All are the kinds of which anything was opened, in the order of the shelves.
func (i Inspection) All(shelves []About) (kinds []About) {
	for _, a := range shelves {
		if i.ByPeriod(a.Kind) || len(i.Named(a.Kind)) > 0 {
			kinds = append(kinds, a)
		}
	}
	return kinds
}

// About says what a kind of file is.
type About struct {
	Kind   Kind
	Dutch  string     // "klacht"
	Plural string     // "klachten"
	Day    string     // what its day is: "ontvangen"
	Norm   ident.Norm // that wants it recorded; "" where no source does
	// Apart is a compartment: it is opened expressly or not at all.
	Apart bool
}

// A Field is something that the law wants recorded of a file, with what was.
type Field struct {
	Name    string     `json:"name"`
	Value   string     `json:"value,omitempty"`
	Norm    ident.Norm `json:"norm,omitempty"` // that wants it; "" where it is told beside
	Missing bool       `json:"missing,omitempty"`
	// Why says why it is not there, where that is no fault: the file is still open,
	// or was destroyed when its time had come.
	Why string `json:"why,omitempty"`
}

// Says is the field in words: what it holds, or that it is missing and under which
// norm.
func (f Field) Says() string {
	switch {
	case f.Missing && f.Norm != "":
		return "ontbreekt: " + lower(f.Name) + ", " + f.Norm.Dutch()
	case f.Missing:
		return "ontbreekt: " + lower(f.Name)
	case f.Value == "" && f.Why != "":
		return f.Why
	}
	return f.Value
}

func lower(s string) string {
	r := []rune(s)
	if len(r) > 0 && r[0] >= 'A' && r[0] <= 'Z' {
		r[0] += 'a' - 'A'
	}
	return string(r)
}

// A File is one, as its room gives it.
type File struct {
	Ref
	Began  calendar.Date
	Title  string // without names
	State  string // "open", "afgehandeld"
	Fields []Field
	Gone   bool // its content was destroyed when its time had come
}

// Lacks are the fields that are missing.
func (f File) Lacks() (lacks []Field) {
	for _, x := range f.Fields {
		if x.Missing {
			lacks = append(lacks, x)
		}
	}
	return lacks
}
