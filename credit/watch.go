package credit

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A ChargeFrom is the effective rate of an agreement from a day on.
type ChargeFrom struct {
	From *calendar.Date `json:"from"`
	Rate *money.Decimal `json:"effective_percent"`
}

// WatchIn asks whether an agreement keeps under the maximum, on a day and since when
// not.
type WatchIn struct {
	Concluded        *calendar.Date `json:"concluded"`
	Charge           *string        `json:"charge"` // vast or variabel
	Rates            []ChargeFrom   `json:"rates"`  // the first from the conclusion on
	AsOf             *calendar.Date `json:"as_of"`
	Ended            *calendar.Date `json:"ended"`
	BalanceOnlyFalls *bool          `json:"balance_only_falls"`
}

// Check names all that is wrong.
func (in WatchIn) Check() (wrong []fault.Detail) {
	wrong = covered("/concluded", in.Concluded, true)
	if w := rule.Word(in.Charge); w != Fixed && w != Variable {
		wrong = append(wrong, rule.Missing("/charge", "Kies vast of variabel."))
	}
	if in.AsOf == nil {
		wrong = append(wrong, rule.Missing("/as_of", "Geef de dag waarvan u het maximum wilt weten."))
	} else if in.Concluded != nil && in.AsOf.Before(*in.Concluded) {
		wrong = append(wrong, rule.Unknown("/as_of", "Geef een dag vanaf de dag van de overeenkomst."))
	}
	if len(in.Rates) == 0 {
		wrong = append(wrong, rule.Missing("/rates", "Geef ten minste de effectieve rente bij het aangaan."))
	}
	if len(in.Rates) > 600 {
		wrong = append(wrong, rule.Unknown("/rates", "Geef ten hoogste zeshonderd wijzigingen."))
	}
	for i, r := range in.Rates {
		if r.From == nil || r.Rate == nil || r.Rate.Sign() < 0 {
			wrong = append(wrong, rule.Unknown("/rates/"+itoa(i), "Geef de eerste dag en de effectieve rente in procenten."))
		}
	}
	if in.Ended != nil && in.Concluded != nil && in.Ended.Before(*in.Concluded) {
		wrong = append(wrong, rule.Unknown("/ended", "Geef een einddag die niet voor de overeenkomst ligt."))
	}
	return sorted(wrong)
}

// A Stage is a stretch of an agreement with one rate and one maximum.
type Stage struct {
	From      calendar.Date `json:"from"`
	Rate      money.Decimal `json:"effective_percent"`
	Maximum   money.Decimal `json:"max_percent"`
	Interest  money.Decimal `json:"legal_interest"`
	Points    int64         `json:"points"`
	Reference calendar.Date `json:"reference"`
	Verified  bool          `json:"verified"`
	Exceeds   bool          `json:"exceeds"`
}

// WatchOut is the answer of CeilingWatch.
type WatchOut struct {
	rule.Why
	Stage                // on the day asked
	Since *calendar.Date `json:"since"` // the rate has been above the maximum since this day
	First *calendar.Date `json:"first"` // the first day on which it ever was
	Past  []Stage        `json:"stages"`
}

// CeilingWatch decides whether an agreement's effective rate is above its maximum on
// a day, since when, and when it first was. The maximum changes with the last change
// of a variable charge, and with the transition rule of article 77. Norms bfd:77::A
// and bfd:77::B.
var CeilingWatch = rule.New("ceiling_watch", 1, []ident.Norm{pointsNorm, transitionNorm},
	ceilingWatch, rule.Profile(rule.Bfd2005), rule.Texts(withCeiling(map[string]string{
		"exceeds":  "De effectieve rente van {rate}% is hoger dan het maximum van {maximum}%, sinds {since}.",
		"within":   "De effectieve rente van {rate}% blijft binnen het maximum van {maximum}%.",
		"was_over": "Eerder was de effectieve rente hoger dan het maximum, voor het eerst op {first}.",
		"some_raw": "Minstens één maximum rust op een wettelijke rente zonder tweede bron.",
	})), rule.Words(checkedWords))

func ceilingWatch(in WatchIn) (out WatchOut) {
	rates := slices.Clone(in.Rates)
	slices.SortStableFunc(rates, func(a, b ChargeFrom) int { return a.From.Compare(*b.From) })
	days := []calendar.Date{*in.Concluded}
	for _, r := range rates {
		if r.From.After(*in.Concluded) && !r.From.After(*in.AsOf) {
			days = append(days, *r.From)
		}
	}
	if change := pointsChanges[0].from; change.After(*in.Concluded) && !change.After(*in.AsOf) {
		days = append(days, change)
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	for i, day := range days {
		s, why := in.stage(rates, day)
		out.Past = append(out.Past, s)
		if s.Exceeds {
			if out.First == nil {
				out.First = &day
			}
			if out.Since == nil {
				out.Since = &day
			}
		} else {
			out.Since = nil
		}
		if i == len(days)-1 {
			out.Stage, out.Because = s, why
		}
	}
	out.verdict()
	return out
}

func (out *WatchOut) verdict() {
	rate, maximum := out.Rate.String(), out.Maximum.String()
	if out.Exceeds {
		out.Say("exceeds", pointsNorm, "rate", rate, "maximum", maximum, "since", out.Since.String())
	} else {
		out.Say("within", pointsNorm, "rate", rate, "maximum", maximum)
		if out.First != nil {
			out.Say("was_over", pointsNorm, "first", out.First.String())
		}
	}
	if slices.ContainsFunc(out.Past, func(s Stage) bool { return !s.Verified }) {
		out.Say("some_raw", pointsNorm)
	}
}

// stage answers one day, with the chain of norms that leads to its maximum.
func (in WatchIn) stage(rates []ChargeFrom, day calendar.Date) (Stage, []rule.Reason) {
	last := rates[0]
	for _, r := range rates {
		if !r.From.After(day) {
			last = r
		}
	}
	q := AgreementCeilingIn{Concluded: in.Concluded, Charge: in.Charge, AsOf: &day, Ended: in.Ended, BalanceOnlyFalls: in.BalanceOnlyFalls}
	if last.From.After(*in.Concluded) {
		q.LastChange = last.From
	}
	reference := *in.Concluded
	if q.LastChange != nil && rule.Word(in.Charge) == Variable {
		reference = *q.LastChange
	}
	if change := pointsChanges[0].from; in.Concluded.Before(change) && !day.Before(change) && reference.Before(change) {
		q.PointsChange = &change
	}
	c := MaximumChargeForAgreement.Ask(q)
	s := Stage{From: day, Rate: *last.Rate, Maximum: c.Maximum, Interest: c.LegalInterest, Points: c.Points, Reference: c.Reference, Verified: c.Verified != nil && *c.Verified}
	s.Exceeds = s.Rate.Cmp(s.Maximum) > 0
	return s, c.Reasons()
}
