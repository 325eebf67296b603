package credit

import (
	"math/big"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// PriceIn asks for the total price of a credit by its sum or limit K, the monthly
// charge and the months.
type PriceIn struct {
	K         *money.Decimal `json:"K"`
	Maandlast *money.Decimal `json:"maandlast"`
	Months    *money.Decimal `json:"n_months"`
}

// Check asks for the monthly charge and the months.
func (in PriceIn) Check() (wrong []fault.Detail) {
	if in.Maandlast == nil || in.Maandlast.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/maandlast", in.Maandlast == nil, "Geef de maandlast, nul of meer."))
	}
	if in.K != nil && in.K.Sign() < 0 {
		wrong = append(wrong, rule.Unknown("/K", "Geef de kredietsom of kredietlimiet, nul of meer."))
	}
	if in.Months == nil || in.Months.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/n_months", in.Months == nil, "Geef de looptijd in maanden."))
	}
	return wrong
}

// PriceOut is the answer of CreditTotalPrice.
type PriceOut struct {
	rule.Why
	Total  string `json:"totale_prijs"`
	Charge string `json:"kredietvergoeding,omitempty"`
}

// CreditTotalPrice decides the total price (totale prijs van het krediet): the
// monthly charge times the months, and what of it is charge. Norm bfd:1::y.
var CreditTotalPrice = rule.New("credit_total_price", 1, []ident.Norm{"bfd:1::n", "bfd:1::y"},
	creditTotalPrice, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"product": "De totale prijs is de maandlast maal de looptijd in kalendermaanden, ook als de laatste termijn lager is.",
		"charge":  "De kredietvergoeding is de totale prijs min de kredietsom of kredietlimiet.",
	}))

func creditTotalPrice(in PriceIn) (out PriceOut) {
	total := ratOf(in.Maandlast.Mul(*in.Months))
	out.Total = cents(total)
	out.Say("product", "bfd:1::y")
	if in.K != nil {
		out.Charge = cents(total.Sub(total, ratOf(*in.K)))
		out.Say("charge", "bfd:1::n")
	}
	return out
}

// TotalIn asks for the total price of a credit that is not revolving.
type TotalIn struct {
	Kind          *string        `json:"kind"`
	MonthlyCharge *money.Decimal `json:"monthly_charge"`
	TermMonths    *money.Decimal `json:"term_months"`
}

// Check asks for both factors.
func (in TotalIn) Check() (wrong []fault.Detail) {
	if in.MonthlyCharge == nil || in.MonthlyCharge.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/monthly_charge", in.MonthlyCharge == nil, "Geef de maandlast, nul of meer."))
	}
	if in.TermMonths == nil || in.TermMonths.Sign() < 0 {
		wrong = append(wrong, rule.Unfit("/term_months", in.TermMonths == nil, "Geef de looptijd in maanden."))
	}
	return wrong
}

// TotalOut is the answer of TotalPrice.
type TotalOut struct {
	rule.Why
	Total money.Decimal `json:"total_price"`
}

// TotalPrice decides the total price: the monthly charge times the term in
// calendar months, for a revolving credit the theoretical one. Norm bfd:1::y.
var TotalPrice = rule.New("total_price", 1, []ident.Norm{"bfd:1::y"},
	totalPrice, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"product":   "De totale prijs is de maandlast maal de looptijd in kalendermaanden.",
		"revolving": "Bij een doorlopend krediet is de looptijd de theoretische looptijd in kalendermaanden.",
	}))

func totalPrice(in TotalIn) (out TotalOut) {
	out.Total = in.MonthlyCharge.Mul(*in.TermMonths)
	out.Say("product", "bfd:1::y")
	if k := rule.Word(in.Kind); k == "revolving" || k == "doorlopend" {
		out.Say("revolving", "bfd:1::y")
	}
	return out
}

// DisplayedIn asks how low the monthly charge may be displayed in an advert.
type DisplayedIn struct {
	Kind      *string        `json:"kind"`
	K         *money.Decimal `json:"K"`
	Maandlast *money.Decimal `json:"maandlast"`
}

// Check asks for the sum or limit, and a kind that is known.
func (in DisplayedIn) Check() (wrong []fault.Detail) {
	switch rule.Word(in.Kind) {
	case "", "doorlopend", "niet-doorlopend", "revolving", "non_revolving":
		if in.K == nil || in.K.Sign() < 0 {
			wrong = append(wrong, rule.Unfit("/K", in.K == nil, "Geef de kredietsom of kredietlimiet, nul of meer."))
		}
	case "hypothecair", "mortgage":
		if in.Maandlast == nil {
			wrong = append(wrong, rule.Missing("/maandlast", "Geef de maandlast."))
		}
	default:
		wrong = append(wrong, rule.Unknown("/kind", "Kies doorlopend, niet-doorlopend of hypothecair."))
	}
	return wrong
}

// DisplayedOut is the answer of DisplayedMonthlyCharge.
type DisplayedOut struct {
	rule.Why
	AtLeast string `json:"displayed_maandlast_at_least"`
}

// DisplayedMonthlyCharge decides the least monthly charge that an advert for
// consumer credit may display: 2% of the limit or sum, rounded up to cents, and
// never less than the charge is. A mortgage has no such floor. Norm bfd:28:3.
var DisplayedMonthlyCharge = rule.New("displayed_monthly_charge", 1, []ident.Norm{"bfd:28:3", "bfd:28:12"},
	displayed, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_floor":  "Een hypothecair krediet is geen consumptief krediet. De ondergrens van 2% geldt niet.",
		"floor":     "De maandlast wordt niet lager weergegeven dan 2% van de kredietlimiet of kredietsom: {floor}.",
		"above":     "De maandlast is hoger dan die ondergrens en wordt weergegeven zoals zij is.",
		"also_else": "Dat geldt ook voor andere informatie over deze kenmerken dan een reclame-uiting.",
	}))

func displayed(in DisplayedIn) (out DisplayedOut) {
	charge := new(big.Rat)
	if in.Maandlast != nil {
		charge = ratOf(*in.Maandlast)
	}
	if k := rule.Word(in.Kind); k == "hypothecair" || k == "mortgage" {
		out.AtLeast = ceilCents(charge)
		out.Say("no_floor", "bfd:28:3")
		return out
	}
	floor := new(big.Rat).Mul(ratOf(*in.K), big.NewRat(2, 100))
	out.AtLeast = ceilCents(floor)
	out.Say("floor", "bfd:28:3", "floor", out.AtLeast)
	if charge.Cmp(floor) > 0 {
		out.AtLeast = ceilCents(charge)
		out.Say("above", "bfd:28:3")
	}
	out.Say("also_else", "bfd:28:12")
	return out
}
