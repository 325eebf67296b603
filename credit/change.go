package credit

import (
	"math/big"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// ChangeIn asks what the notice of a changed variable charge must say.
type ChangeIn struct {
	On      *calendar.Date `json:"on"`
	Old     *money.Decimal `json:"old_percent"` // nominal a year
	New     *money.Decimal `json:"new_percent"`
	Balance *money.Decimal `json:"balance"` // on that day; with a payment the time left is answered
	Payment *money.Decimal `json:"payment"`
	Charge  *string        `json:"charge"` // vast or variabel; variabel unless given
}

// Check names all that is wrong.
func (in ChangeIn) Check() (wrong []fault.Detail) {
	wrong = covered("/on", in.On, true)
	for at, d := range map[string]*money.Decimal{"/old_percent": in.Old, "/new_percent": in.New} {
		if d == nil || d.Sign() < 0 || d.Cmp(hundred) > 0 {
			wrong = append(wrong, rule.Unfit(at, d == nil, "Geef een rente per jaar van 0 tot en met 100 procent."))
		}
	}
	for at, d := range map[string]*money.Decimal{"/balance": in.Balance, "/payment": in.Payment} {
		if d != nil && (d.Sign() <= 0 || d.Cmp(maxAmount) > 0) {
			wrong = append(wrong, rule.Unknown(at, "Geef een bedrag van meer dan nul, of laat het leeg."))
		}
	}
	if (in.Balance == nil) != (in.Payment == nil) {
		wrong = append(wrong, rule.Missing("/payment", "Geef het saldo en het maandbedrag allebei, of geen van beide."))
	}
	switch rule.Word(in.Charge) {
	case "", Fixed, Variable:
	default:
		wrong = append(wrong, rule.Unknown("/charge", "Kies vast of variabel."))
	}
	return sorted(wrong)
}

// ChangeOut is the answer of ChargeChange.
type ChangeOut struct {
	rule.Why
	Notice     bool          `json:"notice_required"`
	OldX       string        `json:"old_x_percent"`
	OldRounded string        `json:"old_rounded_1dp"`
	NewX       string        `json:"new_x_percent"`
	NewRounded string        `json:"new_rounded_1dp"`
	OldMonths  *int64        `json:"old_months"` // left at the old rate
	NewMonths  *int64        `json:"new_months"` // left at the new one
	Never      *bool         `json:"never"`      // at the new rate it is never repaid
	Maximum    money.Decimal `json:"max_percent"`
	Exceeds    bool          `json:"exceeds"`
	Verified   bool          `json:"verified"` // the legal interest of the maximum
	Convention string        `json:"convention"`
}

// ChargeChange decides what a consumer is told when a variable charge changes: the
// new effective rate, what it does to the time left, and whether it stays under the
// maximum of that day. Norms bfd:49:1 and bfd:77::A.
var ChargeChange = rule.New("charge_change", 1, []ident.Norm{"bfd:37", "bfd:49:1", pointsNorm},
	chargeChange, rule.Profile(rule.Bfd2005), rule.Texts(withCeiling(map[string]string{
		"notice":    "Elke wijziging van een variabele kredietvergoeding wordt aan de consument gemeld, met de gewijzigde effectieve rente: {new}% in plaats van {old}%.",
		"no_change": "De kredietvergoeding verandert niet. Er is niets te melden.",
		"not_fixed": "Bij een vaste kredietvergoeding hoort geen wijziging tijdens de looptijd. Artikel 49, eerste lid, gaat over een variabele.",
		"months":    "Met hetzelfde maandbedrag duurt aflossen nog {new} maanden in plaats van {old}.",
		"never":     "Met hetzelfde maandbedrag wordt het krediet bij de nieuwe rente nooit afgelost. Het maandbedrag moet omhoog.",
		"exceeds":   "De nieuwe effectieve rente is hoger dan het maximum van die dag.",
		"within":    "De nieuwe effectieve rente blijft binnen het maximum van die dag.",
	})), rule.Words(checkedWords))

// withCeiling adds the sentences on the ceiling.
func withCeiling(own map[string]string) map[string]string {
	all := map[string]string{}
	for _, texts := range []map[string]string{ceilingTexts, own} {
		for code, text := range texts {
			all[code] = text
		}
	}
	return all
}

func chargeChange(in ChangeIn) (out ChangeOut) {
	out.Convention = equalPeriods
	before, after := yearly(*in.Old), yearly(*in.New)
	out.OldX, out.OldRounded, out.NewX, out.NewRounded = before.X, before.Rounded, after.X, after.Rounded
	switch {
	case in.Old.Cmp(*in.New) == 0:
		out.Say("no_change", "bfd:49:1")
	case rule.Word(in.Charge) == Fixed:
		out.Say("not_fixed", "bfd:49:1")
	default:
		out.Notice = true
		out.Say("notice", "bfd:49:1", "old", out.OldRounded, "new", out.NewRounded)
	}
	if in.Balance != nil {
		out.left(in)
	}
	l := tell(&out.Why, *in.On)
	out.Verified, out.Maximum = l.Verified(), l.Percent.Add(money.Whole(pointsOn(*in.On)))
	out.Say("points", pointsNorm, "points", itoa(int(pointsOn(*in.On))), "maximum", out.Maximum.String())
	if out.Exceeds = above(*in.New, out.Maximum); out.Exceeds {
		out.Say("exceeds", pointsNorm)
	} else {
		out.Say("within", pointsNorm)
	}
	return out
}

// yearly returns the effective rate of a nominal one that is charged by the month.
func yearly(percent money.Decimal) RateOut {
	growth := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(ratOf(percent), big.NewRat(1200, 1)))
	flows := []Flow{
		{Amount: money.MustParse(growth.Denom().String()), T: new(RatioOf(0, 1))},
		{Amount: money.Decimal{}.Sub(money.MustParse(growth.Num().String())), T: new(RatioOf(1, 12))},
	}
	return EffectiveRate.Ask(RateIn{Convention: new(equalPeriods), Flows: flows})
}

// above reports whether a nominal rate, charged by the month, comes to more than a
// maximum effective rate: (1+r/1200)^12 > 1+m/100, decided in fractions.
func above(nominal, maximum money.Decimal) bool {
	growth := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(ratOf(nominal), big.NewRat(1200, 1)))
	limit := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(ratOf(maximum), big.NewRat(100, 1)))
	return ratPow(growth, 12).Cmp(limit) > 0
}

// left answers how long repaying takes with the same payment.
func (out *ChangeOut) left(in ChangeIn) {
	months := func(percent money.Decimal) course {
		return closed(ratOf(*in.Balance), stretch{rate: new(big.Rat).Quo(ratOf(percent), big.NewRat(1200, 1)), amount: ratOf(*in.Payment), months: big.NewRat(1, 1)})
	}
	before, after := months(*in.Old), months(*in.New)
	if !before.never {
		out.OldMonths = &before.terms
	}
	if after.never {
		out.Never = new(true)
		out.Say("never", "bfd:37")
		return
	}
	out.NewMonths = &after.terms
	if !before.never {
		out.Say("months", "bfd:37", "new", big.NewInt(after.terms).String(), "old", big.NewInt(before.terms).String())
	}
}

// Over reports whether an effective rate, as it was answered, is above a maximum.
func Over(x string, maximum money.Decimal) bool {
	r, ok := new(big.Rat).SetString(x)
	return ok && r.Cmp(ratOf(maximum)) > 0
}

// Above reports whether a nominal rate, charged by the month, comes to more than a
// maximum effective rate, decided in fractions.
func Above(nominal, maximum money.Decimal) bool { return above(nominal, maximum) }

// Effective is the effective rate of a nominal one that is charged by the month, to
// fifteen digits.
func Effective(nominal money.Decimal) money.Decimal { return money.MustParse(yearly(nominal).X) }
