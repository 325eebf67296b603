package licence

import (
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// What the cover must be at least until it is first adjusted, in euros.
var (
	basePerClaim = money.Whole(1_000_000)
	basePerYear  = money.Whole(1_500_000)
)

// The amounts are adjusted on 1 January of this year, and every so many years after.
const (
	firstAdjustment = 2008
	adjustmentEvery = 5
)

// Adjusted are the amounts that a ministerial rule sets from a day. The decree
// does not hold them.
type Adjusted struct {
	From     calendar.Date `json:"from"`
	PerClaim money.Decimal `json:"per_claim"`
	PerYear  money.Decimal `json:"per_year"`
}

// adjustment returns the last day of adjustment that is not after the day; false
// while there was none.
func adjustment(on calendar.Date) (calendar.Date, bool) {
	if on.Year() < firstAdjustment {
		return calendar.Date{}, false
	}
	return newYear(on.Year() - (on.Year()-firstAdjustment)%adjustmentEvery), true
}

func newYear(year int) calendar.Date {
	d, err := calendar.New(year, time.January, 1)
	if err != nil {
		panic(err) // cannot be: the year is that of a date
	}
	return d
}

// amountsOn returns the amounts that hold on a day, false where a ministerial
// rule has set them and was not given.
func amountsOn(on calendar.Date, given []Adjusted) (Adjusted, bool) {
	since, adjusted := adjustment(on)
	if !adjusted {
		return Adjusted{PerClaim: basePerClaim, PerYear: basePerYear}, true
	}
	var found Adjusted
	for _, a := range given {
		if !a.From.Before(since) && !a.From.After(on) && a.From.After(found.From) {
			found = a
		}
	}
	return found, !found.From.IsZero()
}

// AmountsIn asks what the cover must be at least on a day; without a day, the
// amounts that stand in the decree.
type AmountsIn struct {
	AsOf                  *calendar.Date `json:"as_of"`
	AdjustedAmountsLoaded *bool          `json:"adjusted_amounts_loaded"`    // false: take none of those given
	Adjusted              []Adjusted     `json:"adjusted_amounts,omitempty"` // of the ministerial rules
}

// parameterMissing says that the answer rests on a ministerial rule that was not given.
const parameterMissing = "parameter_missing"

// AmountsOut is the answer of LiabilityAmounts: two amounts, or what is missing.
type AmountsOut struct {
	rule.Why
	PerClaim *money.Decimal `json:"per_claim"` // in euros, for each claim
	PerYear  *money.Decimal `json:"per_year"`  // in euros, for all claims of a year together
	Status   string         `json:"status,omitempty"`
}

// LiabilityAmounts answers what a liability insurance or guarantee must cover at
// least. From 1 January 2008 a ministerial rule sets it (article 25).
var LiabilityAmounts = rule.New("liability_amounts", 1, []ident.Norm{"bfd:23:1", "bfd:24:1", "bfd:25"},
	liabilityAmounts, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"base_amounts":     "De dekking moet ten minste € 1.000.000 per schadegeval en € 1.500.000 per jaar zijn.",
		"no_day":           "Er is geen dag opgegeven. Dit zijn de bedragen die in het besluit zelf staan; zij gelden tot 1 januari 2008.",
		"adjusted_amounts": "De bedragen zijn op {since} aangepast bij ministeriële regeling. De opgegeven regeling geldt vanaf {from}.",
		"not_in_source":    "De bedragen zijn op {since} aangepast bij ministeriële regeling. Die bedragen staan niet in het besluit: geef ze op.",
	}))

func liabilityAmounts(in AmountsIn) AmountsOut {
	var out AmountsOut
	if in.AsOf == nil {
		out.PerClaim, out.PerYear = &basePerClaim, &basePerYear
		out.Say("base_amounts", "bfd:23:1")
		out.Say("no_day", "bfd:25")
		return out
	}
	given := in.Adjusted
	if rule.Fails(in.AdjustedAmountsLoaded) {
		given = nil
	}
	since, adjusted := adjustment(*in.AsOf)
	now, known := amountsOn(*in.AsOf, given)
	switch {
	case !known:
		out.Status = parameterMissing
		out.Say("not_in_source", "bfd:25", "since", since.String())
		return out
	case adjusted:
		out.Say("adjusted_amounts", "bfd:25", "since", since.String(), "from", now.From.String())
	default:
		out.Say("base_amounts", "bfd:23:1")
	}
	out.PerClaim, out.PerYear = &now.PerClaim, &now.PerYear
	return out
}

// DatesIn asks on which days the amounts are adjusted, both years included.
type DatesIn struct {
	FromYear *int `json:"from_year"` // from the first adjustment unless given
	ToYear   *int `json:"to_year"`   // without it only the first day is answered
}

// Check refuses years in which there are no dates.
func (in DatesIn) Check() (wrong []fault.Detail) {
	for _, y := range []struct {
		at   string
		year *int
	}{{"/from_year", in.FromYear}, {"/to_year", in.ToYear}} {
		if y.year != nil && (*y.year < 1 || *y.year > 9999) {
			wrong = append(wrong, fault.Detail{Pointer: y.at, Reason: canon.CodeRange, Text: "Geef een jaartal van 1 tot en met 9999."})
		}
	}
	return wrong
}

// DatesOut is the answer of LiabilityAdjustmentDates.
type DatesOut struct {
	rule.Why
	Dates []calendar.Date `json:"dates"`
}

// LiabilityAdjustmentDates answers on which days the amounts are adjusted: on 1
// January 2008 and every five years after (article 25).
var LiabilityAdjustmentDates = rule.New("liability_adjustment_dates", 1, []ident.Norm{"bfd:25"},
	adjustmentDates, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"every_five_years": fmt.Sprintf("De bedragen worden voor het eerst op 1 januari %d aangepast en daarna om de vijf jaar.", firstAdjustment),
		"first_only":       "Er is geen laatste jaar opgegeven. Hier staat alleen de eerste dag vanaf het opgegeven jaar.",
		"none":             "In deze jaren worden de bedragen niet aangepast.",
	}))

func adjustmentDates(in DatesIn) DatesOut {
	out := DatesOut{Dates: []calendar.Date{}}
	out.Say("every_five_years", "bfd:25")
	year := firstAdjustment
	if in.FromYear != nil && *in.FromYear > year {
		year += (*in.FromYear - year + adjustmentEvery - 1) / adjustmentEvery * adjustmentEvery
	}
	last := min(year, 9999)
	if in.ToYear != nil {
		last = *in.ToYear
	} else {
		out.Say("first_only", "bfd:25")
	}
	for ; year <= last; year += adjustmentEvery {
		out.Dates = append(out.Dates, newYear(year))
	}
	if len(out.Dates) == 0 {
		out.Say("none", "bfd:25")
	}
	return out
}
