package competence

import (
	"cmp"
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/money"
)

// The days of article 72: diplomas of before the first ask experience; from the
// second those for mortgage credit and life insurance ask annex 6 too.
var (
	windowFrom = calendar.MustParse("2000-01-01")
	annex6From = calendar.MustParse("2007-10-01")
)

// A Period is a time of relevant work, both days counted. It runs on where it has
// no last day.
type Period struct {
	From calendar.Date
	To   *calendar.Date
}

type writtenPeriod struct {
	From calendar.Date  `json:"from"`
	To   *calendar.Date `json:"to"`
}

// Canon writes the period.
func (p Period) Canon() any { return writtenPeriod(p) }

// Shape says what the JSON looks like.
func (p Period) Shape() canon.Shape {
	return canon.Shape{Types: []string{"object"}, About: "een periode: from, to"}
}

const periodForm = "een periode met from en to"

// ReadCanon reads an object with from (or start, begin) and to (or until, end), or
// a list of the two days.
func (p *Period) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.Arr:
		return p.pair(n)
	case canon.Obj:
	default:
		return periodForm
	}
	for key, v := range n.Members() {
		if v.Kind() == canon.Nil {
			continue
		}
		on, err := calendar.Parse(v.Text())
		switch {
		case err != nil:
			return periodForm
		case says(key, "from", "start", "begin"):
			p.From = on
		case says(key, "to", "until", "end", "through"):
			p.To = &on
		default:
			return periodForm
		}
	}
	if p.From.IsZero() {
		return periodForm
	}
	return ""
}

// pair reads a list of the first and the last day, which may be null.
func (p *Period) pair(n canon.Node) string {
	if n.Len() != 2 {
		return periodForm
	}
	i := -1
	for v := range n.Items() {
		i++
		if i == 1 && v.Kind() == canon.Nil {
			continue
		}
		on, err := calendar.Parse(v.Text())
		switch {
		case err != nil:
			return periodForm
		case i == 0:
			p.From = on
		default:
			p.To = &on
		}
	}
	return ""
}

const yearsAsked = 3

// experienced reports whether the holder has at least three years of relevant
// work between 1 January 2000 and commencement, that day not counted.
func experienced(years *money.Decimal, periods []Period, commencement calendar.Date) bool {
	if years != nil {
		return years.Cmp(money.Whole(yearsAsked)) >= 0
	}
	days, first := worked(periods, commencement)
	return days > 0 && days >= first.DaysUntil(first.AddMonths(12*yearsAsked))
}

// worked counts the days of the periods in the window, each day once, and returns
// the first. Three years are as many days as three years from that first day.
func worked(periods []Period, commencement calendar.Date) (days int, first calendar.Date) {
	sorted := slices.SortedFunc(slices.Values(periods), func(a, b Period) int { return cmp.Or(a.From.Compare(b.From)) })
	next := windowFrom
	for _, p := range sorted {
		from, until := p.From, commencement
		if from.Before(next) {
			from = next
		}
		if p.To != nil && p.To.Before(commencement) {
			until = p.To.AddDays(1)
		}
		if !from.Before(until) {
			continue
		}
		if days == 0 {
			first = from
		}
		days += from.DaysUntil(until)
		next = until
	}
	return days, first
}
