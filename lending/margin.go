package lending

import (
	"math/big"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A ValueOn is what the pledged securities were worth on a day.
type ValueOn struct {
	On    *calendar.Date `json:"on"`
	Value *money.Decimal `json:"value"`
}

// MarginIn asks whether a credit stays within 70% of the pledged securities.
type MarginIn struct {
	Amount *money.Decimal `json:"amount"` // credit sum or limit
	Values []ValueOn      `json:"values"`
	Every  *int64         `json:"every_days"` // the firm's own interval; 30 when absent
}

// Check names all that is wrong.
func (in MarginIn) Check() (wrong []fault.Detail) {
	if in.Amount == nil || in.Amount.Sign() <= 0 {
		wrong = append(wrong, rule.Missing("/amount", "Geef de kredietsom of kredietlimiet."))
	}
	if len(in.Values) == 0 || len(in.Values) > 5000 {
		wrong = append(wrong, rule.Missing("/values", "Geef ten minste één waarde van de effecten, en ten hoogste 5.000."))
	}
	for _, v := range in.Values {
		if v.On == nil || v.Value == nil || v.Value.Sign() < 0 {
			wrong = append(wrong, rule.Unknown("/values", "Geef van elke waarde de dag en het bedrag."))
			break
		}
	}
	if in.Every != nil && (*in.Every < 1 || *in.Every > 366) {
		wrong = append(wrong, rule.Unknown("/every_days", "Kies 1 tot en met 366 dagen."))
	}
	return wrong
}

// MarginOut is the answer of SecuritiesMargin.
type MarginOut struct {
	rule.Why
	Within bool           `json:"within"`
	Part   *string        `json:"part_percent"` // of the last value, rounded up to two decimals; absent where that is nil
	On     calendar.Date  `json:"on"`           // of the last value
	Since  *calendar.Date `json:"over_since"`
	Next   calendar.Date  `json:"next_value"` // when to value anew at the latest
}

// SecuritiesMargin decides whether a credit on securities is still within 70% of their
// last value, since when it is not, and when to value them again. The decree asks that
// the margin holds during the term and names no interval: thirty days are taken unless
// the firm has its own. Norm bfd:59:2.
var SecuritiesMargin = rule.New("securities_margin", 1, []ident.Norm{"bfd:59:2"}, margin,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"within":         "Het krediet is {part}% van de waarde van de effecten op {on}, en blijft binnen 70%.",
		"over":           "Het krediet is {part}% van de waarde van de effecten op {on}. Dat is meer dan 70%, sinds {since}.",
		"worthless":      "De effecten hadden op {on} geen waarde. De grens van 70% is overschreden, sinds {since}.",
		"interval_taken": "Het besluit noemt geen termijn om opnieuw te waarderen. Aangenomen is: {days} dagen na de laatste waardering.",
		"interval_own":   "De onderneming waardeert elke {days} dagen opnieuw.",
	}))

func margin(in MarginIn) (out MarginOut) {
	all := slices.Clone(in.Values)
	slices.SortStableFunc(all, func(a, b ValueOn) int { return a.On.Compare(*b.On) })
	for _, v := range all {
		if within(*in.Amount, *v.Value) {
			out.Since = nil
		} else if out.Since == nil {
			out.Since = v.On
		}
	}
	last := all[len(all)-1]
	out.On, out.Within = *last.On, out.Since == nil
	if last.Value.Sign() > 0 {
		out.Part = new(percentUp(*in.Amount, *last.Value))
	}
	switch {
	case out.Within:
		out.Say("within", "bfd:59:2", "part", dutch(*out.Part), "on", out.On.String())
	case out.Part == nil:
		out.Say("worthless", "bfd:59:2", "on", out.On.String(), "since", out.Since.String())
	default:
		out.Say("over", "bfd:59:2", "part", dutch(*out.Part), "on", out.On.String(), "since", out.Since.String())
	}
	days, code := int64(30), "interval_taken"
	if in.Every != nil {
		days, code = *in.Every, "interval_own"
	}
	out.Next = out.On.AddDays(int(days))
	out.Say(code, "bfd:59:2", "days", money.Whole(days).String())
	return out
}

var seventyPercent = money.MustParse("0.7")

// within reports whether the amount is at most 70% of the value.
func within(amount, value money.Decimal) bool { return amount.Cmp(value.Mul(seventyPercent)) <= 0 }

// percentUp writes a part of a whole in percent, rounded up, so that what is over 70%
// never reads as 70%.
func percentUp(part, whole money.Decimal) string {
	a, _ := new(big.Rat).SetString(part.String()) // a decimal is a fraction
	b, _ := new(big.Rat).SetString(whole.String())
	q := a.Mul(a, big.NewRat(10000, 1)).Quo(a, b)
	n, rest := new(big.Int).QuoRem(q.Num(), q.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	return money.MustParse(new(big.Rat).SetFrac(n, big.NewInt(100)).FloatString(2)).String()
}

func dutch(decimal string) string { return strings.Replace(decimal, ".", ",", 1) }
