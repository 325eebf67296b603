package credit

import (
	"math/big"
	"slices"

	"zorgplicht/money"
	"zorgplicht/rule"
)

// An oddPeriod is a first period of another length than the others, which the Dutch
// regulation treats as equal.
type oddPeriod struct {
	given, step Ratio
	moved       []Flow // with the first period as long as the others
	rounded     bool   // the first or the last payment differs by its rounding
}

// An oddFinder returns the odd first period of flows, nil where there is none.
type oddFinder func([]Flow) *oddPeriod

// timed returns the flows with their times, as the convention counts them.
func (out *RateOut) timed(in RateIn, find oddFinder) []Flow {
	flows := withTimes(in.Flows, out.Convention)
	if out.Convention != equalPeriods {
		return flows
	}
	odd := find(flows)
	if odd == nil && hasDays(in.Flows) {
		odd = find(fromFirstPayment(in.Flows))
	}
	if odd == nil {
		return flows
	}
	if odd.rounded {
		out.Say("rounded_ends", "bfd:36:3:h")
	}
	if rule.Holds(in.KeepOddFirstPeriod) {
		out.Say("odd_kept", "bfd:36:3:h")
		return flows
	}
	out.Say("odd_ignored", "bfd:36:3:h", "given", odd.given.String(), "step", odd.step.String())
	return odd.moved
}

// withTimes returns the flows with a time made of each day, counted from the day of the
// first drawdown.
func withTimes(all []Flow, convention string) []Flow {
	flows := slices.Clone(all)
	first := slices.IndexFunc(flows, func(f Flow) bool { return f.T == nil && f.Amount.Sign() > 0 })
	for i, f := range flows {
		if f.T == nil {
			start := *f.Date
			if first >= 0 {
				start = *all[first].Date
			}
			flows[i].T = &Ratio{yearsBetween(convention, start, *f.Date)}
		}
	}
	return flows
}

func hasDays(flows []Flow) bool {
	return slices.ContainsFunc(flows, func(f Flow) bool { return f.T == nil })
}

// fromFirstPayment returns flows of days in which the payments count from the first of
// them: where they follow one another by whole months their times do too, whatever day
// the credit was drawn.
func fromFirstPayment(all []Flow) []Flow {
	flows := withTimes(all, equalPeriods)
	first := -1
	for i, f := range all {
		if f.T == nil && f.Amount.Sign() < 0 && flows[i].T.Rat().Sign() > 0 && (first < 0 || f.Date.Before(*all[first].Date)) {
			first = i
		}
	}
	if first < 0 {
		return flows
	}
	for i, f := range all {
		if f.T == nil && f.Date.After(*all[first].Date) {
			flows[i].T = &Ratio{new(big.Rat).Add(flows[first].T.Rat(), yearsBetween(equalPeriods, *all[first].Date, *f.Date))}
		}
	}
	return flows
}

// oneRun finds the odd first period of one run of the same payment after drawdowns on
// the first day.
func oneRun(flows []Flow) *oddPeriod {
	run := oddRun(flows)
	if run < 0 {
		return nil
	}
	odd := &oddPeriod{given: *flows[run].T, step: *flows[run].Step, moved: slices.Clone(flows)}
	odd.moved[run].T = flows[run].Step
	return odd
}

// oddRun returns which flow is the one run of payments after drawdowns on the
// first day whose first period differs from the others, -1 when the schedule is
// not of that kind.
func oddRun(flows []Flow) int {
	run := -1
	for i, f := range flows {
		switch {
		case f.times() == 1 && f.T.Rat().Sign() == 0:
		case f.times() > 1 && run < 0 && f.T.Rat().Sign() > 0:
			run = i
		default:
			return -1
		}
	}
	if run < 0 || flows[run].T.Rat().Cmp(flows[run].Step.Rat()) == 0 {
		return -1
	}
	return run
}

// leastPayments is how many payments show that their periods are equal.
const leastPayments = 3

// regularPayments finds the odd first period of payments that follow one another by the same
// time and are equal, but for the rounding of the first and the last: article 5(2) of
// the Regeling effectief kredietvergoedingspercentage.
func regularPayments(flows []Flow) *oddPeriod {
	if odd := oneRun(flows); odd != nil {
		return odd
	}
	paid := terms(flows)
	for len(paid) > 0 && paid[0].t.Sign() == 0 {
		paid = paid[1:]
	}
	if len(paid) < leastPayments {
		return nil
	}
	step := new(big.Rat).Sub(paid[1].t, paid[0].t)
	for i, p := range paid {
		if p.c.Sign() >= 0 || p.t.Sign() < 0 || i > 0 && new(big.Rat).Sub(p.t, paid[i-1].t).Cmp(step) != 0 {
			return nil
		}
	}
	late := new(big.Rat).Sub(paid[0].t, step)
	rounded, alike := roundedEnds(paid)
	if late.Sign() == 0 || !alike {
		return nil
	}
	odd := &oddPeriod{given: Ratio{paid[0].t}, step: Ratio{step}, moved: slices.Clone(flows), rounded: rounded}
	for i, f := range odd.moved {
		if f.T.Rat().Sign() > 0 {
			odd.moved[i].T = &Ratio{new(big.Rat).Sub(f.T.Rat(), late)}
		}
	}
	return odd
}

// roundedEnds reports whether payments are alike, and whether the first or the last
// differs from the others by what rounding each to whole euros can make of it.
func roundedEnds(paid []term) (rounded, alike bool) {
	usual := paid[1].c
	room := ratOf(money.Whole(int64(len(paid))))
	for i, p := range paid {
		gap := new(big.Rat).Sub(p.c, usual)
		switch {
		case gap.Sign() == 0:
		case i > 0 && i < len(paid)-1 || gap.Abs(gap).Cmp(room) > 0:
			return false, false
		default:
			rounded = true
		}
	}
	return rounded, true
}
