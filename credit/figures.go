package credit

import (
	"math/big"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The two kinds of charge.
const (
	Fixed    = "vast"
	Variable = "variabel"
)

// exampleCount is how many representative sums or limits a prospectus has, no fewer
// and no more (article 36(5)(a) and 36(6)(a)).
const exampleCount = 4

// Terms are what a credit product asks and charges.
type Terms struct {
	Kind        string          `json:"kind"` // revolving, annuity, linear or interest_only
	Mortgage    *bool           `json:"mortgage"`
	Securities  *bool           `json:"securities"` // secured on securities
	Charge      string          `json:"charge"`     // vast or variabel
	Amounts     []money.Decimal `json:"amounts"`    // the representative limits or sums
	Rate        *money.Decimal  `json:"rate_percent"`
	Months      *int64          `json:"months"`
	Share       *money.Decimal  `json:"share_percent"` // of the limit, that is paid each month; of a revolving credit
	Fee         *money.Decimal  `json:"fee"`           // in euros, at the start
	MonthlyFee  *money.Decimal  `json:"monthly_fee"`
	Promo       *money.Decimal  `json:"promo_percent"`
	PromoMonths *int64          `json:"promo_months"`
	EarlyFee    *money.Decimal  `json:"early_fee_percent"`
}

// IsRevolving reports whether it is revolving credit (doorlopend krediet).
func (t Terms) IsRevolving() bool { return t.Kind == Revolving }

// IsMortgage reports whether it is mortgage credit (hypothecair krediet).
func (t Terms) IsMortgage() bool { return rule.Holds(t.Mortgage) }

// Check names all that is wrong with the terms.
func (t Terms) Check() (wrong []fault.Detail) {
	if !slices.Contains([]string{Fixed, Variable}, t.Charge) {
		wrong = append(wrong, rule.Unknown("/charge", "Kies een vaste of een variabele kredietvergoeding."))
	}
	if n := len(t.Amounts); !t.IsMortgage() && n != exampleCount || n == 0 || n > 12 {
		text := "Geef precies vier bedragen: het prospectus heeft er vier, niet meer en niet minder (artikel 36)."
		if t.IsMortgage() {
			text = "Geef een tot twaalf bedragen."
		}
		wrong = append(wrong, rule.Unknown("/amounts", text))
	}
	for i, a := range t.Amounts {
		if slices.Index(t.Amounts, a) < i {
			wrong = append(wrong, rule.Unknown("/amounts", "Noem elk bedrag één keer."))
		}
	}
	in := t.plan(money.Whole(1000))
	if len(t.Amounts) > 0 {
		in.Amount = &t.Amounts[0]
		if low := slices.MinFunc(t.Amounts, money.Decimal.Cmp); low.Sign() <= 0 {
			in.Amount = &low
		} else if high := slices.MaxFunc(t.Amounts, money.Decimal.Cmp); high.Cmp(maxAmount) > 0 {
			in.Amount = &high
		}
	}
	for _, d := range in.Check() {
		switch d.Pointer {
		case "/amount":
			d.Pointer, d.Text = "/amounts", "Geef bedragen van meer dan nul, ten hoogste een miljard euro."
		case "/payment":
			continue
		}
		wrong = append(wrong, d)
	}
	if t.IsRevolving() && (t.Share == nil || t.Share.Sign() <= 0 || t.Share.Cmp(hundred) > 0) {
		wrong = append(wrong, rule.Unfit("/share_percent", t.Share == nil, "Geef welk deel van de limiet elke maand wordt betaald, in procenten, zoals 2."))
	}
	if t.IsRevolving() && t.IsMortgage() {
		wrong = append(wrong, rule.Unknown("/kind", "Kies voor hypothecair krediet annuïtair, lineair of aflossingsvrij."))
	}
	if t.Charge == Variable && t.EarlyFee != nil && t.EarlyFee.Sign() > 0 {
		wrong = append(wrong, rule.Unknown("/early_fee_percent", "Laat de vergoeding voor vervroegd aflossen leeg: bij een variabele kredietvergoeding mag zij niet (artikel 35, derde lid, Wet op het consumentenkrediet)."))
	}
	if t.PromoMonths != nil && t.Months != nil && *t.PromoMonths >= *t.Months {
		wrong = append(wrong, rule.Unknown("/promo_months", "Geef een tijdelijk tarief dat korter duurt dan het krediet."))
	}
	return sorted(wrong)
}

// plan returns the question of the course of one amount at the rate after any promotion.
func (t Terms) plan(amount money.Decimal) PlanIn {
	in := PlanIn{Kind: &t.Kind, Amount: &amount, Rate: t.Rate, Months: t.Months, Fee: t.Fee, MonthlyFee: t.MonthlyFee, EarlyFee: t.EarlyFee, Promo: t.Promo, PromoMonths: t.PromoMonths}
	if t.IsRevolving() && t.Share != nil {
		in.Months = nil
		in.Payment = new(decimalOf(wholeCents(ratOf(amount.Mul(*t.Share).Mul(percentPart)), true), 2))
	}
	return in
}

var percentPart = money.MustParse("0.01")

// A Figure is what the table of article 28(4) has of one limit or sum.
type Figure struct {
	Monthly string `json:"maandlast"`
	Months  int64  `json:"months"`
	Total   string `json:"totale_prijs"`
	X       string `json:"x_percent"`
	Rounded string `json:"rounded_1dp"`
	Charge  string `json:"kredietvergoeding"` // total price less limit or sum
}

// An Example is one representative limit or sum.
type Example struct {
	Amount  string `json:"amount"`
	Shown   Figure `json:"shown"`   // as it must be displayed: the floor of 28(3) and the rate of 28(6)(c) applied
	Own     Figure `json:"own"`     // as the product itself would have it
	Floored bool   `json:"floored"` // the floor of 2% was applied
	Paid    string `json:"paid"`    // really, of the displayed course
	Promo   string `json:"promo_rounded_1dp,omitempty"`
	Error   string `json:"error,omitempty"` // never_repaid, too_long or no_rate: there are no figures
}

// FiguresOut is the answer of CreditFigures.
type FiguresOut struct {
	rule.Why
	Convention string    `json:"convention"`
	Examples   []Example `json:"examples"`
	Displayed  bool      `json:"complete"` // all examples have figures
}

// CreditFigures decides the figures with which a product is advertised and stands in
// its prospectus: for each representative limit or sum the effective rate, monthly
// charge, duration and total price. The monthly charge is displayed at no less than
// 2%, with duration and price to match; a rate that lasts a while gives none of the
// other figures. Norms bfd:28:1, bfd:28:3, bfd:28:4, bfd:28:6:c, bfd:36:5 and bfd:36:6.
var CreditFigures = rule.New("credit_figures", 1, []ident.Norm{
	"bfd:1::o", "bfd:1::y", "bfd:28:1", "bfd:28:3", "bfd:28:4", "bfd:28:6:b", "bfd:28:6:c", "bfd:28:12", "bfd:36:5:a", "bfd:36:6:a", "bfd:36:6:b", "bfd:37",
}, creditFigures, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"examples":     "Er zijn {n} representatieve bedragen, elk met dezelfde kenmerken in één tabel.",
	"floor":        "Bij {amount} is de maandlast van {own} lager dan 2%. Weergegeven is {shown}, met de looptijd, de totale prijs en het percentage die daarbij horen.",
	"floor_unpaid": "Bij {amount} is de eigen maandlast lager dan 2% en wordt het krediet daarmee nooit afgelost. Weergegeven is {shown}, met de looptijd, de totale prijs en het percentage die daarbij horen.",
	"no_floor":     "Voor hypothecair krediet geldt de ondergrens van 2% niet.",
	"promo":        "Het tarief van {percent}% geldt {months} maanden. Alle andere cijfers zijn berekend met {after}%, het tarief daarna.",
	"duration":     "Van een doorlopend krediet is de looptijd de theoretische looptijd volgens Bijlage 9, naar boven afgerond op hele maanden.",
	"first_month":  "De maandlast is die van de eerste maand. Daarna is zij lager, of volgt een slotbetaling; de totale prijs blijft maandlast maal looptijd.",
	"total_price":  "De totale prijs is de maandlast maal de looptijd in kalendermaanden.",
	"never_repaid": "Bij {amount} wordt het krediet nooit afgelost. Er zijn geen cijfers om weer te geven. Verhoog het deel dat elke maand wordt betaald.",
	"too_long":     "Bij {amount} duurt aflossen langer dan honderd jaar. Verhoog het deel dat elke maand wordt betaald.",
	"no_rate":      "Bij {amount} bestaat geen effectieve rente.",
}))

func creditFigures(t Terms) (out FiguresOut) {
	out.Convention, out.Displayed = equalPeriods, true
	out.Say("examples", exampleNorm(t), "n", itoa(len(t.Amounts)))
	if t.IsMortgage() {
		out.Say("no_floor", "bfd:28:3")
	}
	if t.IsRevolving() {
		out.Say("duration", "bfd:37")
	}
	if t.Kind == Linear || t.Kind == InterestOnly {
		out.Say("first_month", "bfd:1::o")
	}
	if t.Promo != nil {
		out.Say("promo", "bfd:28:6:c", "percent", t.Promo.String(), "months", big.NewInt(*t.PromoMonths).String(), "after", t.Rate.String())
	}
	out.Say("total_price", "bfd:1::y")
	for _, amount := range t.Amounts {
		e := out.example(t, amount)
		out.Displayed = out.Displayed && e.Error == ""
		out.Examples = append(out.Examples, e)
	}
	return out
}

func exampleNorm(t Terms) ident.Norm {
	if t.IsRevolving() {
		return "bfd:36:5:a"
	}
	return "bfd:36:6:a"
}

// example answers one amount: first as it is, then as it must be displayed.
func (out *FiguresOut) example(t Terms, amount money.Decimal) Example {
	e := Example{Amount: amount.String()}
	in := t.plan(amount)
	in.Promo, in.PromoMonths, in.EarlyFee = nil, nil, nil
	own := CreditPlan.Ask(in)
	e.Own = figure(own, amount)
	shown := own
	if own.Error != "" && !t.IsRevolving() {
		return out.without(e, own.Error)
	}
	least := CreditFloor(t, amount, own)
	if least != nil {
		if t.MonthlyFee != nil && t.MonthlyFee.Cmp(*least) < 0 {
			least = new(least.Sub(*t.MonthlyFee))
		}
		in.Kind, in.Payment, in.Months = new(Revolving), least, nil // the same credit, paid at the floor
		shown, e.Floored = CreditPlan.Ask(in), true
	}
	if shown.Error != "" {
		return out.without(e, shown.Error)
	}
	e.Shown, e.Paid = figure(shown, amount), shown.Paid
	switch {
	case e.Floored && e.Own.Monthly == "":
		out.Say("floor_unpaid", "bfd:28:3", "amount", e.Amount, "shown", e.Shown.Monthly)
	case e.Floored:
		out.Say("floor", "bfd:28:3", "amount", e.Amount, "own", e.Own.Monthly, "shown", e.Shown.Monthly)
	}
	if t.Promo != nil {
		in.Rate = t.Promo
		e.Promo = CreditPlan.Ask(in).Rounded
	}
	return e
}

func (out *FiguresOut) without(e Example, why string) Example {
	e.Error = why
	out.Say(why, "bfd:28:1", "amount", e.Amount)
	return e
}

// CreditFloor returns the monthly charge that must be displayed in place of that of
// the plan, nil where that may stand.
func CreditFloor(t Terms, amount money.Decimal, own PlanOut) *money.Decimal {
	if t.IsMortgage() {
		return nil
	}
	in := DisplayedIn{Kind: new("niet-doorlopend"), K: &amount}
	if t.IsRevolving() {
		in.Kind = new("doorlopend")
	}
	least := money.MustParse(DisplayedMonthlyCharge.Ask(in).AtLeast)
	if own.Error == "" && money.MustParse(own.Monthly).Cmp(least) >= 0 {
		return nil
	}
	return &least
}

func figure(p PlanOut, amount money.Decimal) Figure {
	f := Figure{Monthly: p.Monthly, Months: p.Term, Total: p.Total, X: p.X, Rounded: p.Rounded}
	if p.Total != "" {
		f.Charge = CreditTotalPrice.Ask(PriceIn{K: &amount, Maandlast: new(money.MustParse(p.Monthly)), Months: new(money.Whole(p.Term))}).Charge
	}
	return f
}
