package criteria

import (
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Purpose is what a firm decides by a set; other rooms ask by it.
type Purpose string

// The purposes.
const (
	Attention     Purpose = "attention"     // which contracts ask for attention in their term
	Acceptance    Purpose = "acceptance"    // which applications for credit are accepted
	Applicability Purpose = "applicability" // which norms apply
	Segmentation  Purpose = "segmentation"  // to which segment a client belongs
	OtherPurpose  Purpose = "other"
)

// Purposes are all purposes, in the order in which they are listed.
var Purposes = []Purpose{Attention, Acceptance, Applicability, Segmentation, OtherPurpose}

// Known reports whether there is such a purpose.
func (p Purpose) Known() bool { return slices.Contains(Purposes, p) }

// Dutch is how a page names the purpose.
func (p Purpose) Dutch() string {
	switch p {
	case Attention:
		return "aandacht tijdens de looptijd"
	case Acceptance:
		return "acceptatie van krediet"
	case Applicability:
		return "welke normen gelden"
	case Segmentation:
		return "indeling van klanten"
	case OtherPurpose:
		return "ander doel"
	}
	return string(p)
}

// Norm is the norm on which laying down criteria for this purpose rests.
func (p Purpose) Norm() ident.Norm {
	if p == Acceptance {
		return "bfd:61:1"
	}
	return "afm:pri:1"
}

// A Draft (ontwerp) is a set on which somebody works: the text as they left it,
// which may have faults, whose words they are, and how far it is on its way.
type Draft struct {
	Name     string    `json:"name"`
	Purpose  Purpose   `json:"purpose"`
	Text     string    `json:"text"`
	Revision int       `json:"revision"` // how often it was written, from 1
	Editor   string    `json:"editor"`   // actor, as the journal keeps it
	Edited   time.Time `json:"edited"`
	Tried    *Trial    `json:"tried,omitempty"` // the last time it was tried on data
	Asked    *Request  `json:"asked,omitempty"` // nil while nobody is asked to look
}

// A Trial says what came of a set on a sample. The sample itself is not kept.
type Trial struct {
	By         string        `json:"by"`
	At         time.Time     `json:"at"`
	Set        ident.Hash    `json:"set"`    // what was tried
	Sample     ident.Hash    `json:"sample"` // of the bytes of the file
	Day        calendar.Date `json:"day"`
	Rows       int           `json:"rows"`
	Bad        int           `json:"bad"`  // rows with a fault, in no count
	Open       int           `json:"open"` // rows of which the category is not certain
	Categories []int         `json:"categories"`
	Rules      []int         `json:"rules"`
	Against    int           `json:"against,omitempty"` // the version it was held against
	Effect     []string      `json:"effect,omitempty"`  // in Dutch, what it does to the sample; empty for nothing
}

// A Request asks that a sealed set be looked at and put to use.
type Request struct {
	By       string     `json:"by"`
	At       time.Time  `json:"at"`
	Set      ident.Hash `json:"set"`
	Version  int        `json:"version"`
	Note     string     `json:"note"`
	Accepted []Accepted `json:"accepted"` // findings that the author lets stand
	Review   *Review    `json:"review,omitempty"`
}

// An Accepted is a finding of the analysis that the author lets stand, and why.
type Accepted struct {
	Finding string `json:"finding"`
	Reason  string `json:"reason"`
}

// A Review says who approved what was asked, and when.
type Review struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// A Release is a version of a set with the days on which it decides: from From, up
// to To where it has an end.
type Release struct {
	Name      string         `json:"name"`
	Purpose   Purpose        `json:"purpose"`
	Version   int            `json:"version"`
	Hash      ident.Hash     `json:"hash"`
	Title     string         `json:"title"`
	From      calendar.Date  `json:"from"`
	To        *calendar.Date `json:"to,omitempty"`      // first day on which it decides no longer
	Through   *calendar.Date `json:"through,omitempty"` // last day that the text itself names
	Way       string         `json:"way"`
	By        string         `json:"by"`
	Reviewer  string         `json:"reviewer"`
	AskedBy   string         `json:"asked_by"`
	Reason    string         `json:"reason"`
	Recorded  time.Time      `json:"recorded"`
	Withdrawn *time.Time     `json:"withdrawn,omitempty"` // when that was written
	Ender     string         `json:"ender,omitempty"`     // who withdrew it; "" where that was not kept beside it
}

// A Standing says how a version stands on a day.
type Standing string

// The standings.
const (
	Planned   Standing = "planned"
	Current   Standing = "in_use"
	Over      Standing = "over"      // another took its place, its last day passed, or it was withdrawn
	Cancelled Standing = "cancelled" // it ended before it began
)

// On says how the version stands on a day.
func (r Release) On(day calendar.Date) Standing {
	switch {
	case r.To != nil && !r.To.After(r.From):
		return Cancelled
	case day.Before(r.From):
		return Planned
	case r.To != nil && !day.Before(*r.To), r.Through != nil && day.After(*r.Through):
		return Over
	}
	return Current
}

// InUse returns of the versions of one set the one that decides on this day.
func InUse(versions []Release, day calendar.Date) (Release, bool) {
	for _, r := range slices.Backward(versions) {
		if r.On(day) == Current {
			return r, true
		}
	}
	return Release{}, false
}

// place returns how the versions stand once r joins them: what decided on its
// first day ends there, and r ends where the next one begins.
func place(versions []Release, r Release) (ended []Release, placed Release) {
	for _, o := range versions {
		switch {
		case o.On(o.From) == Cancelled:
		case o.From.After(r.From):
			if r.To == nil || o.From.Before(*r.To) {
				r.To = new(o.From)
			}
		case o.To == nil || o.To.After(r.From):
			o.To = new(r.From)
			ended = append(ended, o)
		}
	}
	return ended, r
}

// end returns how the versions stand once r decides no longer from a day on. A
// version that is cancelled gives its days back to the one before it, unless that
// was withdrawn.
func end(versions []Release, r Release, to calendar.Date) (changed []Release) {
	kept := r.To
	r.To = &to
	changed = []Release{r}
	if to.After(r.From) {
		return changed
	}
	for _, o := range versions {
		if o.Version != r.Version && o.Withdrawn == nil && o.To != nil && *o.To == r.From && o.From.Before(r.From) {
			o.To = kept
			changed = append(changed, o)
		}
	}
	return changed
}
