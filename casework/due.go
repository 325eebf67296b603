package casework

import (
	"cmp"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/law"
)

// A Due is something that must be done before the end of a day.
type Due struct {
	Case  ID
	Code  string        // one per case: "answer", "task:0192…"
	Title string        // what must be done: "Antwoord de klant"
	Day   calendar.Date // the last day
	Norm  ident.Norm    // why; "" for a task that a person made
	Asked Asked         // the rule that gave the day; empty for a task
	For   string        // account that must do it; "" whoever handles the case
	Until calendar.Date // no reminder before this day; the zero day for none
}

// Asked is the question that gave a day, so that "how computed?" asks it again.
type Asked struct {
	Rule    string
	Version int
	Given   canon.Raw
}

// Asleep reports whether its reminder was put off past today. What is overdue wakes.
func (d Due) Asleep(today calendar.Date) bool {
	return d.Until.After(today) && !d.Day.Before(today)
}

// Task reports whether a person made it, rather than a rule.
func (d Due) Task() bool { return d.Norm == "" && d.Asked.Rule == "" }

// Weight puts what matters most first: the amount in euros that Bijlage 10 puts on
// the norm, times one more than the degree of harm. A task weighs by harm alone.
func Weight(norm ident.Norm, h Harm) int64 {
	amount := int64(1)
	if t, ok := law.Tariff(norm); ok {
		amount = law.Amount(t)
	}
	return amount * int64(h+1)
}

// A Band is how soon something is due.
type Band string

// The bands of the list, most urgent first.
const (
	Overdue Band = "te-laat"
	Week    Band = "7-dagen"
	Month   Band = "30-dagen"
	Later   Band = "later"
)

// Bands are all bands, in the order of the list.
var Bands = []Band{Overdue, Week, Month, Later}

// Dutch is the heading of the band.
func (b Band) Dutch() string {
	switch b {
	case Overdue:
		return "Te laat"
	case Week:
		return "Binnen 7 dagen"
	case Month:
		return "Binnen 30 dagen"
	}
	return "Later"
}

// BandOf returns the band of a day as seen from today: today itself is not too late.
func BandOf(day, today calendar.Date) Band {
	switch n := today.DaysUntil(day); {
	case n < 0:
		return Overdue
	case n <= 7:
		return Week
	case n <= 30:
		return Month
	}
	return Later
}

// Days returns the first and the last day of a band; a zero day is no bound.
func (b Band) Days(today calendar.Date) (first, last calendar.Date) {
	switch b {
	case Overdue:
		return calendar.Date{}, today.AddDays(-1)
	case Week:
		return today, today.AddDays(7)
	case Month:
		return today.AddDays(8), today.AddDays(30)
	}
	return today.AddDays(31), calendar.Date{}
}

// Sort orders dues as the list shows them: by band, the heaviest first, then by day.
func Sort(all []Item, today calendar.Date) {
	slices.SortFunc(all, func(a, b Item) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Bands, BandOf(a.Day, today)), slices.Index(Bands, BandOf(b.Day, today))),
			cmp.Compare(b.Weight, a.Weight), a.Day.Compare(b.Day), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Code, b.Code),
		)
	})
}

// An Item is a line of the list of what must be done: a due and its case.
type Item struct {
	Due
	Of     Case
	Weight int64
	Href   string // where the work is done, of a line that belongs to no case
}

// Hand is the account that must act: who the due names, else who handles the case.
func (i Item) Hand() string {
	if i.For != "" {
		return i.For
	}
	return i.Of.Handler
}
