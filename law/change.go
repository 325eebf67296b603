package law

import (
	"cmp"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Change is a day on which a norm began to hold, stopped, or began to ask
// something else, and the norm that says so.
type Change struct {
	On    Day    // a date, Commencement or Unknown
	What  string // of the words below, or what a number of a norm counts from that day, in Dutch
	Dutch string // what the norm that says so says; empty for the first and last day
	By    ident.Norm
}

// What a Change can be, beside what a number says.
const (
	Begins = "Begint te gelden"
	Ends   = "Geldt voor het laatst"
	Known  = "Zo gelezen; wat er eerder stond, staat niet in de bron"
	Shifts = "Overgangsrecht"
)

// changing are the articles of the decree that change on a day what others ask: the
// adjustment of amounts, and the transitional law of chapter 11.
var changing = []string{"bfd:25", "bfd:71", "bfd:72", "bfd:77", "bfd:81", "bfd:82", "bfd:83"}

// Changes returns when the norm changed, as far as the source tells, the earliest
// first for those who know when the decree entered into force.
func (n Norm) Changes(all []Norm, commencement calendar.Date) []Change {
	list := []Change{{On: n.From, What: Begins, By: n.ID}}
	if n.Profile == "bfd-2005" {
		list[0].By = "bfd:83"
	}
	if n.From == Unknown {
		list[0] = Change{On: n.Read, What: Known, By: n.ID}
	}
	if n.To != "" {
		list = append(list, Change{On: n.To, What: Ends, By: n.ID})
	}
	for _, other := range all {
		if other.ID == n.ID || isWithin(other, changing) && other.touches(n) {
			list = append(list, other.dated(n)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Change) int {
		x, _ := a.On.On(commencement)
		y, _ := b.On.On(commencement)
		return cmp.Or(x.Compare(y), 0)
	})
	return list
}

// touches reports whether the norm sets n aside, or is to be read with it.
func (n Norm) touches(other Norm) bool {
	hits := func(id ident.Norm) bool {
		return within(string(other.ID), string(id)) || within(string(id), string(other.ID))
	}
	return slices.ContainsFunc(n.Excepts, hits) || slices.ContainsFunc(n.See, hits)
}

// dated returns the days that n names; where it names none and is not the norm
// itself, that it is transitional law for it.
func (n Norm) dated(about Norm) (list []Change) {
	for _, x := range n.Numbers {
		if x.Unit == "date" {
			list = append(list, Change{On: Day(x.Value), What: x.What, By: n.ID, Dutch: n.Dutch})
		}
	}
	if len(list) == 0 && n.ID != about.ID {
		list = []Change{{On: n.From, What: Shifts, By: n.ID, Dutch: n.Dutch}}
	}
	return list
}
