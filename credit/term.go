package credit

import (
	"cmp"
	"math/big"
	"slices"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// A RateSpan is a rate per term from one term through another, both counted from
// one; without a last it holds from the first on. It is read from a list
// [first, last or null, rate].
type RateSpan struct {
	First int64
	Last  *int64
	Rate  Ratio
}

// ReadCanon reads the list.
func (s *RateSpan) ReadCanon(n canon.Node) string {
	const want = "een lijst [eerste termijn, laatste termijn of null, percentage als breuk]"
	if n.Kind() != canon.Arr || n.Len() != 3 {
		return want
	}
	at := 0
	for v := range n.Items() {
		var r Ratio
		switch {
		case at == 1 && v.Kind() == canon.Nil:
		case r.ReadCanon(v) != "":
			return want
		case at == 2:
			s.Rate = r
		case !r.Rat().IsInt() || !r.Rat().Num().IsInt64():
			return want
		case at == 0:
			s.First = r.Rat().Num().Int64()
		default:
			s.Last = new(r.Rat().Num().Int64())
		}
		at++
	}
	return ""
}

// Canon writes the list.
func (s RateSpan) Canon() any {
	var last any
	if s.Last != nil {
		last = *s.Last
	}
	return []any{s.First, last, s.Rate}
}

// Shape says in a schema what is taken.
func (RateSpan) Shape() canon.Shape {
	return canon.Shape{Types: []string{"array"}, About: "een lijst [eerste termijn, laatste termijn of null, percentage als breuk]"}
}

// TermIn asks for the theoretical duration with what an offer says.
type TermIn struct {
	Limit            *money.Decimal `json:"limit"`
	Instalment       *money.Decimal `json:"instalment"`
	RatePerPeriod    *Ratio         `json:"rate_per_period"`
	PeriodsPerYear   *Ratio         `json:"periods_per_year"` // 12 unless given
	Rates            []RateSpan     `json:"rates,omitempty"`
	ExpectedRateRise *bool          `json:"expected_rate_rise"`
	Drawn            *money.Decimal `json:"drawn"`
}

// Check asks for what the duration depends on.
func (in TermIn) Check() (wrong []fault.Detail) {
	if in.Limit == nil || in.Limit.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/limit", in.Limit == nil, "Geef de kredietlimiet, nul of meer."))
	}
	if in.Instalment == nil || in.Instalment.Sign() <= 0 {
		wrong = append(wrong, rule.Unfit("/instalment", in.Instalment == nil, "Geef het termijnbedrag, meer dan nul."))
	}
	if in.RatePerPeriod == nil && len(in.Rates) == 0 {
		wrong = append(wrong, rule.Missing("/rate_per_period", "Geef het percentage per termijn als breuk, zoals 0.01."))
	}
	if in.RatePerPeriod != nil && in.RatePerPeriod.Rat().Sign() < 0 {
		wrong = append(wrong, rule.Unknown("/rate_per_period", "Geef een percentage van nul of meer."))
	}
	if in.PeriodsPerYear != nil && in.PeriodsPerYear.Rat().Sign() <= 0 {
		wrong = append(wrong, rule.Unknown("/periods_per_year", "Geef het aantal betalingstermijnen per jaar, meer dan nul."))
	}
	for i, s := range in.Rates {
		at := "/rates/" + itoa(i)
		follows := i == 0 || in.Rates[i-1].Last != nil && s.First > *in.Rates[i-1].Last
		if !follows || s.Rate.Rat().Sign() < 0 || s.First < 0 || s.First > maxTerms || s.Last != nil && (*s.Last < s.First || *s.Last > maxTerms) {
			wrong = append(wrong, rule.Unknown(at, "Geef termijnen in volgorde, ten hoogste een miljoen, en een percentage van nul of meer."))
		}
	}
	return wrong
}

// TermOut is the answer of TheoreticalTerm.
type TermOut struct {
	rule.Why
	Periods *int64         `json:"periods"`
	Months  *money.Decimal `json:"months"`
	Monthly *money.Decimal `json:"monthly_charge"`
	Total   *money.Decimal `json:"total_price"`
	Raw     *money.Decimal `json:"raw"` // the n of the formula, not rounded; absent in the general case
	Error   string         `json:"error,omitempty"`
}

// TheoreticalTerm decides the theoretical duration and the total price of a
// revolving credit from the terms of an offer. A rate rise that is only expected
// does not count, nor does it matter what is drawn: the limit is. Norms
// bijlage9:1:1 to bijlage9:1:4, bfd:1::o and bfd:1::y.
var TheoreticalTerm = rule.New("theoretical_term", 1,
	[]ident.Norm{"bfd:1::o", "bfd:1::y", "bfd:37", "bijlage9:1:1", "bijlage9:1:2", "bijlage9:1:3"},
	theoreticalTerm, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"limit_drawn":     "Uitgegaan is van de volledige kredietlimiet. Een lager opgenomen bedrag telt niet.",
		"rise_not_fixed":  "Een rentestijging die alleen wordt verwacht, telt niet: alleen wijzigingen waarvan de omvang bij het aangaan vaststaat.",
		"formula":         "Rente, termijn en termijnbedrag blijven gelijk. De formule geeft {n}, naar boven afgerond {up} termijnen.",
		"general":         "De rente verandert. De looptijd is de som van de termijnen totdat het saldo nul is: {up} termijnen.",
		"never_repaid":    "Het termijnbedrag is niet hoger dan de rente over het saldo. Het krediet is nooit afgelost.",
		"monthly_charge":  "De maandlast is wat de consument per kalendermaand moet betalen.",
		"total_price":     "De totale prijs is de maandlast maal de looptijd in maanden, ook als de laatste termijn lager is.",
		"periods_a_month": "Er is geen aantal termijnen per jaar opgegeven. Uitgegaan is van twaalf.",
	}))

func theoreticalTerm(in TermIn) (out TermOut) {
	out.Say("limit_drawn", "bijlage9:1:1")
	if rule.Holds(in.ExpectedRateRise) {
		out.Say("rise_not_fixed", "bijlage9:1:1")
	}
	months := big.NewRat(1, 1)
	if in.PeriodsPerYear == nil {
		out.Say("periods_a_month", "bfd:1::o")
	} else {
		months = new(big.Rat).Quo(big.NewRat(12, 1), in.PeriodsPerYear.Rat())
	}
	run := in.spans(months)
	var c course
	if len(run) == 1 {
		c = closed(ratOf(*in.Limit), run[0])
	} else {
		c = follow(ratOf(*in.Limit), run)
	}
	if c.never {
		out.Error = "never_repaid"
		out.Say("never_repaid", "bijlage9:1:2")
		return out
	}
	const exact = 12
	out.Periods = &c.terms
	up := big.NewInt(c.terms).String()
	if c.unrounded != nil {
		out.Raw = new(decimalOf(c.unrounded, exact))
		out.Say("formula", "bijlage9:1:2", "n", out.Raw.String(), "up", up)
	} else {
		out.Say("general", "bijlage9:1:3", "up", up)
	}
	out.Months = new(decimalOf(c.months, exact))
	out.Monthly = new(decimalOf(new(big.Rat).Quo(ratOf(*in.Instalment), months), 2))
	out.Total = new(decimalOf(c.paid, 2))
	out.Say("monthly_charge", "bfd:1::o")
	out.Say("total_price", "bfd:1::y")
	return out
}

// spans returns the stretches of the rates; between and after them the rate per
// period holds where it is given, else the rate before.
func (in TermIn) spans(months *big.Rat) (run []stretch) {
	amount := ratOf(*in.Instalment)
	add := func(count *int64, rate *big.Rat) {
		if last := len(run) - 1; last >= 0 && run[last].rate.Cmp(rate) == 0 && count == nil {
			run[last].count = nil
			return
		}
		run = append(run, stretch{count, rate, amount, months})
	}
	var base *big.Rat
	if in.RatePerPeriod != nil {
		base = in.RatePerPeriod.Rat()
	}
	spans := slices.Clone(in.Rates)
	slices.SortStableFunc(spans, func(a, b RateSpan) int { return cmp.Compare(a.First, b.First) })
	next := int64(1)
	if len(spans) > 0 && spans[0].First == 0 {
		next = 0 // counted from nil
	}
	for _, s := range spans {
		rate := s.Rate.Rat()
		if s.First > next {
			before := base
			if before == nil {
				before = rate
			}
			add(new(s.First-next), before)
			next = s.First
		}
		if in.RatePerPeriod == nil {
			base = rate
		}
		if s.Last == nil {
			add(nil, rate)
			return run
		}
		if *s.Last >= next {
			add(new(*s.Last-next+1), rate)
			next = *s.Last + 1
		}
	}
	add(nil, base)
	return run
}
