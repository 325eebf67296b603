package complaint

import (
	"math/bits"
	"strconv"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// SurgeIn asks whether complaints of one series, such as those about one product, come
// faster than they used to.
type SurgeIn struct {
	HistoryDays int64           `json:"history_days"` // how long was looked before, in days
	History     int64           `json:"history"`      // how many complaints came in then
	From        calendar.Date   `json:"from"`         // first day that is watched
	Days        []calendar.Date `json:"days"`         // of receipt since, oldest first
	Through     calendar.Date   `json:"through"`      // last day that is watched
}

// Check returns what is wrong with the question as a whole.
func (in SurgeIn) Check() (faults []fault.Detail) {
	if in.HistoryDays < 90 || in.HistoryDays > 36600 || in.History < 0 || in.History > 1_000_000 {
		faults = append(faults, fault.Detail{Pointer: "/history_days", Reason: "history", Text: "Geef een verleden van ten minste 90 dagen, met een aantal klachten van nul of meer."})
	}
	if in.From.IsZero() || in.Through.Before(in.From) {
		faults = append(faults, fault.Detail{Pointer: "/through", Reason: "period", Text: "Geef een eerste en een laatste dag, in die volgorde."})
	}
	for i, d := range in.Days {
		if d.Before(in.From) || d.After(in.Through) || i > 0 && d.Before(in.Days[i-1]) {
			return append(faults, fault.Detail{Pointer: "/days", Reason: "order", Text: "Geef de dagen op volgorde, binnen de periode."})
		}
	}
	return faults
}

// SurgeOut says whether there is a surge, and since which complaint.
type SurgeOut struct {
	rule.Why
	Alarm bool                     `json:"alarm"`
	Day   canon.Opt[calendar.Date] `json:"day"`   // on which it was found; null: none
	Since canon.Opt[calendar.Date] `json:"since"` // where it seems to have begun; null: none
	Count int64                    `json:"count"` // complaints from then to the alarm
	Score int64                    `json:"score"` // highest, in thousandths of the threshold
}

// The two sizes of surge that are listened for: three times as many as usual, and
// twenty times.
var surgeTimes = []int64{3, 20}

// one is the unit in which logarithms are counted: exact, and the same everywhere.
const one = 1 << 32

// ln is the natural logarithm of n/d in units of one, by the series of the area
// hyperbolic tangent on what is left after halving. n and d are above nil.
func ln(n, d uint64) int64 {
	const ln2 = 2977044472 // ln 2 · 2^32, rounded
	k := int64(0)
	for n >= 2*d {
		d, k = 2*d, k+1
	}
	for n < d {
		n, k = 2*n, k-1
	}
	// ln(n/d) = 2·artanh((n-d)/(n+d)), and that fraction is under 1/3.
	hi, lo := bits.Mul64(n-d, one)
	x, _ := bits.Div64(hi, lo, n+d)
	square := x * x >> 32
	sum, power := uint64(0), x
	for i := uint64(1); power > 0; i += 2 {
		sum += power / i
		power = power * square >> 32
	}
	return k*ln2 + 2*int64(sum)
}

// surge runs two CUSUMs over the days: each complaint adds the logarithm of how many
// times more likely it is in a surge, each day takes off what a surge would have
// brought. Neither falls below nil. The rate before is what came in, and one more.
func surge(in SurgeIn) SurgeOut {
	var days []dayCount
	for _, d := range in.Days {
		if n := len(days); n > 0 && days[n-1].day == d {
			days[n-1].n++
			continue
		}
		days = append(days, dayCount{d, 1})
	}
	return in.hear(days)
}

// A dayCount is a day of receipt with how many complaints came in on it.
type dayCount struct {
	day calendar.Date
	n   int64
}

// hear is the rule on days that were counted; in.Days is not looked at.
func (in SurgeIn) hear(days []dayCount) (out SurgeOut) {
	out.Day, out.Since = canon.Null[calendar.Date](), canon.Null[calendar.Date]()
	n := uint64(in.History + 1)
	// A hundred series are to ring falsely once a year at most. Lorden's bound: the mean
	// number of complaints to a false alarm is at least the power of e of the threshold,
	// so the threshold is ln of the complaints of a hundred years. Two CUSUMs: twice that.
	bound := ln(n*36525*2, uint64(in.HistoryDays))
	bound = max(bound, one)
	out.Say("usual", "bfd:51::d", "history", strconv.FormatInt(in.History, 10), "days", strconv.FormatInt(in.HistoryDays, 10))
	for _, times := range surgeTimes {
		out.listen(in, days, times, bound+ln(uint64(times), 1))
	}
	if !out.Alarm {
		out.Say("quiet", "bfd:51::d", "through", in.Through.String())
	}
	return out
}

// listen runs one CUSUM; the first alarm of all stands.
func (out *SurgeOut) listen(in SurgeIn, days []dayCount, times, bound int64) {
	up := ln(uint64(times), 1)
	aday := (times - 1) * (in.History + 1) * one / in.HistoryDays
	score, last, count, began, highest := int64(0), in.From, int64(0), in.From, int64(0)
	defer func() { out.Score = max(out.Score, highest*1000/bound) }()
	for _, d := range days {
		if out.Alarm && out.Day.V.Before(d.day) {
			return
		}
		score -= aday * int64(last.DaysUntil(d.day))
		if score <= 0 {
			score, count, began = 0, 0, d.day
		}
		rings := max((bound-score+up-1)/up, 1) // the complaint of the day that reaches the bound
		came := min(d.n, rings)
		score, last, count = score+came*up, d.day, count+came
		highest = max(highest, score)
		if score < bound {
			continue
		}
		if !out.Alarm || d.day.Before(out.Day.V) {
			out.Alarm, out.Day, out.Since, out.Count = true, canon.Some(d.day), canon.Some(began), count
			out.Say("surge", "bfd:51::d", "count", strconv.FormatInt(count, 10), "since", began.String(), "day", d.day.String(), "times", strconv.FormatInt(times, 10))
		}
		return
	}
}

// Surge is the rule that hears a surge of complaints. The decree asks no such thing;
// it asks a record from which lead time and handling show (article 51, d), and whoever
// keeps one can hear what it says.
var Surge = rule.New("complaint_surge", 1, []ident.Norm{"bfd:51::d"}, surge, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"usual": "Voorheen kwamen er {history} klachten in {days} dagen. Er wordt gerekend met één meer.",
	"surge": "{count} klachten van {since} tot en met {day}: dat past beter bij {times} keer zoveel als gewoonlijk. De grens is zo gekozen dat honderd reeksen samen hoogstens één keer per jaar vals alarm geven.",
	"quiet": "Tot en met {through} komen er niet duidelijk meer klachten dan voorheen.",
}))
