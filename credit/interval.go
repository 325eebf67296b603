package credit

import (
	"math/big"
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

func itoa(n int) string { return strconv.Itoa(n) }

// IntervalIn asks how long it is from the first drawdown to a day.
type IntervalIn struct {
	Unit          *string        `json:"unit"` // months unless given
	FirstDrawdown *calendar.Date `json:"first_drawdown"`
	Date          *calendar.Date `json:"date"`
}

// units are how many of each go into a year, and the months and days of each.
var units = map[string]struct{ perYear, months, days int }{
	"year": {1, 12, 0}, "month": {12, 1, 0}, "week": {52, 0, 7}, "day": {1, 12, 0},
}

// Check asks for both days and a unit that is known.
func (in IntervalIn) Check() (wrong []fault.Detail) {
	if in.FirstDrawdown == nil {
		wrong = append(wrong, rule.Missing("/first_drawdown", "Geef de dag van de eerste opname."))
	}
	if in.Date == nil {
		wrong = append(wrong, rule.Missing("/date", "Geef de dag van de betaling of opname."))
	}
	if _, known := units[rule.Word(in.Unit)]; in.Unit != nil && !known {
		wrong = append(wrong, rule.Unknown("/unit", "Kies year, month, week of day."))
	}
	return wrong
}

// IntervalOut is the answer of IntervalYears.
type IntervalOut struct {
	rule.Why
	Years string `json:"years"` // an exact fraction
	Text  string `json:"text"`  // as it is made up: whole units and days
}

// IntervalYears decides the time in years between the first drawdown and a day, as
// remark (c) of the European equation has it: whole years, months or weeks as
// such; else counted back from that day in whole units, and the days that are left
// over the 365 or 366 days of the year that ends there.
var IntervalYears = rule.New("interval_years", 1, []ident.Norm{"bfd:36:3:h"},
	intervalYears, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"whole":  "De tijd is een geheel aantal van {n} keer een {unit}.",
		"stray":  "Teruggeteld vanaf de dag is het {n} keer een {unit}. Wat overblijft (dagen: {days}) is gedeeld door de {year} dagen van het jaar dat daar eindigt.",
		"before": "De dag ligt vóór de eerste opname. De tijd is negatief.",
	}), rule.Words(map[string]string{"year": "jaar", "month": "maand", "week": "week", "day": "dag"}))

func intervalYears(in IntervalIn) (out IntervalOut) {
	unit := rule.Word(in.Unit)
	if unit == "" {
		unit = "month"
	}
	from, to := *in.FirstDrawdown, *in.Date
	before := to.Before(from)
	if before {
		from, to = to, from
		out.Say("before", "bfd:36:3:h")
	}
	i := between(unit, from, to)
	if i.days == 0 {
		out.Say("whole", "bfd:36:3:h", "n", itoa(i.whole), "unit", unit)
	} else {
		out.Say("stray", "bfd:36:3:h", "n", itoa(i.whole), "unit", unit, "days", itoa(i.days), "year", itoa(i.yearDays))
	}
	years, text := i.years(), i.text()
	if before {
		years.Neg(years)
		text = "-(" + text + ")"
	}
	out.Years, out.Text = years.RatString(), text
	return out
}

// An interval is a number of whole units and the days that are left.
type interval struct{ whole, perYear, days, yearDays int }

func between(unit string, from, to calendar.Date) interval {
	u := units[unit]
	forward := func(n int) calendar.Date { return from.AddMonths(n * u.months).AddDays(n * u.days) }
	back := func(n int) calendar.Date { return to.AddMonths(-n * u.months).AddDays(-n * u.days) }
	n := from.DaysUntil(to)/max(u.days, u.months*28) + 1
	for n > 0 && back(n).Before(from) {
		n--
	}
	if next := forward(n + 1); next == to {
		return interval{whole: n + 1, perYear: u.perYear}
	}
	end := back(n)
	if end == from || forward(n) == to {
		return interval{whole: n, perYear: u.perYear}
	}
	return interval{n, u.perYear, from.DaysUntil(end), end.AddMonths(-12).DaysUntil(end)}
}

func (i interval) years() *big.Rat {
	years := big.NewRat(int64(i.whole), int64(i.perYear))
	if i.days > 0 {
		years.Add(years, big.NewRat(int64(i.days), int64(i.yearDays)))
	}
	return years
}

func (i interval) text() string {
	var parts []string
	switch {
	case i.whole == 0:
	case i.whole%i.perYear == 0:
		parts = append(parts, itoa(i.whole/i.perYear))
	default:
		parts = append(parts, itoa(i.whole)+"/"+itoa(i.perYear))
	}
	if i.days > 0 {
		parts = append(parts, itoa(i.days)+"/"+itoa(i.yearDays))
	}
	if parts == nil {
		return "0"
	}
	return strings.Join(parts, " + ")
}

// yearsBetween returns the time between two days as a convention counts it.
func yearsBetween(convention string, from, to calendar.Date) *big.Rat {
	switch convention {
	case "act_365", "calendar_365":
		return big.NewRat(int64(from.DaysUntil(to)), 365)
	case "act_365.25":
		return big.NewRat(int64(4*from.DaysUntil(to)), 1461)
	}
	unit := "month"
	switch convention {
	case "remark_c_years":
		unit = "year"
	case "remark_c_days":
		unit = "day"
	case "remark_c_weeks", "equal_weeks":
		unit = "week"
	}
	if to.Before(from) {
		years := between(unit, to, from).years()
		return years.Neg(years)
	}
	return between(unit, from, to).years()
}
