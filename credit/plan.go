package credit

import (
	"math/big"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The ways in which a credit is paid back.
const (
	Revolving    = "revolving"     // doorlopend krediet
	Annuity      = "annuity"       // equal monthly payments
	Linear       = "linear"        // equal repayments
	InterestOnly = "interest_only" // interest alone, the sum at the end
)

// maxPlanMonths is how long a plan may last: a hundred years.
const maxPlanMonths = 1200

// PlanIn asks how a credit runs from month to month and what it costs in all.
type PlanIn struct {
	Kind        *string        `json:"kind"` // annuity unless given
	Amount      *money.Decimal `json:"amount"`
	Rate        *money.Decimal `json:"rate_percent"` // nominal a year; a month has a twelfth
	Months      *int64         `json:"months"`       // of a credit that is not revolving
	Payment     *money.Decimal `json:"payment"`      // a month; of a revolving credit, or instead of the computed one
	Balloon     *money.Decimal `json:"balloon"`      // left to be paid with the last term
	Fee         *money.Decimal `json:"fee"`          // paid at the start, beside the credit
	MonthlyFee  *money.Decimal `json:"monthly_fee"`
	Promo       *money.Decimal `json:"promo_percent"` // instead of the rate, at first
	PromoMonths *int64         `json:"promo_months"`
	EarlyMonth  *int64         `json:"early_month"`  // after which extra is repaid
	EarlyAmount *money.Decimal `json:"early_amount"` // all that is left unless given
	EarlyFee    *money.Decimal `json:"early_fee_percent"`
	Rows        *bool          `json:"rows"` // the answer has every month
}

// Check names all that keeps the plan from being made.
func (in PlanIn) Check() (wrong []fault.Detail) {
	need := func(at string, d *money.Decimal, text string) {
		if d == nil || d.Sign() <= 0 || d.Cmp(maxAmount) > 0 {
			wrong = append(wrong, rule.Unfit(at, d == nil, text))
		}
	}
	least := func(at string, d *money.Decimal, most money.Decimal, text string) {
		if d != nil && (d.Sign() < 0 || d.Cmp(most) > 0) {
			wrong = append(wrong, rule.Unknown(at, text))
		}
	}
	need("/amount", in.Amount, "Geef een bedrag van meer dan nul, ten hoogste een miljard euro.")
	if in.Rate == nil {
		wrong = append(wrong, rule.Missing("/rate_percent", "Geef de rente per jaar in procenten, zoals 7.5."))
	}
	for at, d := range map[string]*money.Decimal{"/rate_percent": in.Rate, "/promo_percent": in.Promo, "/early_fee_percent": in.EarlyFee} {
		least(at, d, hundred, "Geef een percentage van 0 tot en met 100.")
	}
	for at, d := range map[string]*money.Decimal{"/payment": in.Payment, "/balloon": in.Balloon, "/fee": in.Fee, "/monthly_fee": in.MonthlyFee, "/early_amount": in.EarlyAmount} {
		least(at, d, maxAmount, "Geef een bedrag van nul of meer, ten hoogste een miljard euro.")
	}
	switch in.kind() {
	case Revolving:
		need("/payment", in.Payment, "Geef het bedrag dat per maand wordt betaald, meer dan nul.")
	case Annuity, Linear, InterestOnly:
		if in.Months == nil || *in.Months < 1 || *in.Months > maxPlanMonths {
			wrong = append(wrong, rule.Missing("/months", "Geef de looptijd in maanden, van 1 tot en met 1200."))
		}
	default:
		wrong = append(wrong, rule.Unknown("/kind", "Kies revolving, annuity, linear of interest_only."))
	}
	for at, n := range map[string]*int64{"/promo_months": in.PromoMonths, "/early_month": in.EarlyMonth} {
		if n != nil && (*n < 1 || *n > maxPlanMonths) {
			wrong = append(wrong, rule.Unknown(at, "Geef een aantal maanden van 1 tot en met 1200."))
		}
	}
	if (in.Promo == nil) != (in.PromoMonths == nil) {
		wrong = append(wrong, rule.Missing("/promo_months", "Geef het tijdelijke percentage en het aantal maanden allebei."))
	}
	if in.EarlyAmount != nil && in.EarlyMonth == nil {
		wrong = append(wrong, rule.Missing("/early_month", "Geef na hoeveel maanden extra wordt afgelost."))
	}
	if in.Balloon != nil && in.Amount != nil && in.Balloon.Cmp(*in.Amount) > 0 {
		wrong = append(wrong, rule.Unknown("/balloon", "Geef een slottermijn die niet hoger is dan het krediet."))
	}
	return sorted(wrong)
}

var (
	hundred   = money.Whole(100)
	maxAmount = money.Whole(1_000_000_000)
)

func (in PlanIn) kind() string {
	if in.Kind == nil {
		return Annuity
	}
	return *in.Kind
}

// PlanRow is one month: what is paid, of what, and what is left.
type PlanRow struct {
	Month     int64  `json:"month"`
	Interest  string `json:"interest"`
	Repayment string `json:"repayment"`
	Fee       string `json:"fee,omitempty"`
	Payment   string `json:"payment"` // all that is paid in the month
	Balance   string `json:"balance"`
	Cost      string `json:"cost"` // interest and fees from the start through this month
}

// PlanOut is the answer of CreditPlan. What cannot be answered has a name in Error:
// never_repaid, too_long or no_rate.
type PlanOut struct {
	rule.Why
	Error      string    `json:"error,omitempty"`
	Monthly    string    `json:"maandlast,omitempty"`
	Months     int64     `json:"months"`                 // that are paid in
	Term       int64     `json:"term_months"`            // the agreed or theoretical duration
	Total      string    `json:"totale_prijs,omitempty"` // of article 1, y: monthly charge times duration
	Paid       string    `json:"paid,omitempty"`         // really, fees and early repayment too
	Cost       string    `json:"cost,omitempty"`         // of that: interest and fees
	Last       string    `json:"last_payment,omitempty"`
	X          string    `json:"x_percent,omitempty"`
	Rounded    string    `json:"rounded_1dp,omitempty"`
	Convention string    `json:"convention"`
	EarlyPaid  string    `json:"early_paid,omitempty"` // repaid early
	EarlyCost  string    `json:"early_fee,omitempty"`  // charged for it
	Saved      string    `json:"saved,omitempty"`      // interest and fees less than without
	Rows       []PlanRow `json:"rows,omitempty"`
}

// CreditPlan decides how a credit runs: for each month interest, repayment and
// balance, in all what it costs, the effective rate, the total price as article 1
// defines it and beside it what is really paid. Interest of a month is a twelfth of
// the yearly rate over the balance, rounded half up to cents; the last payment
// takes the remainder. Norms bfd:1::o, bfd:1::y, bfd:36:3:h and bfd:37.
var CreditPlan = rule.New("credit_plan", 1, []ident.Norm{"bfd:1::n", "bfd:1::o", "bfd:1::y", "bfd:36:3:h", "bfd:37"},
	creditPlan, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"interest":    "De rente van een maand is een twaalfde van de jaarrente over het saldo, afgerond op hele centen (een halve cent naar boven).",
		"annuity":     "Het maandbedrag is steeds gelijk: {monthly}. Het laatste maandbedrag neemt mee wat door afronden overblijft.",
		"linear":      "Elke maand wordt evenveel afgelost. De maandlast is die van de eerste maand: {monthly}. Daarna daalt zij.",
		"rest_at_end": "Aan het einde wordt {last} in één keer betaald. Dat zit niet in de maandlast van {monthly}.",
		"revolving":   "Van een doorlopend krediet is de looptijd de theoretische looptijd: de volledige limiet is ineens opgenomen.",
		"promo":       "De eerste {months} maanden geldt {percent}%. Daarna wordt het maandbedrag opnieuw berekend met {after}%. Maandlast, looptijd en totale prijs zijn die van het tarief daarna.",
		"total_price": "De totale prijs is de maandlast maal de looptijd in maanden: {monthly} × {months} = {total}.",
		"really_paid": "Werkelijk betaald wordt {paid}. Het verschil met de totale prijs komt door kosten, of doordat niet elke maand hetzelfde wordt betaald.",
		"equal_terms": "De termijnbedragen zijn gelijk; dat alleen het laatste door afronden afwijkt, telt niet (Regeling effectief kredietvergoedingspercentage, artikel 5).",
		"one_rate":    "Er is niets anders dan één rente per maand. Zij bepaalt de effectieve rente, wat er ook wanneer wordt betaald.",
		"rate":        "De effectieve rente op jaarbasis is {rounded}%, geteld in gelijke maanden.",
		"no_rate":     "Bij deze bedragen bestaat geen effectieve rente.",
		"never":       "Het maandbedrag is niet hoger dan de rente over het saldo. Het krediet is nooit afgelost.",
		"too_long":    "Het krediet is na honderd jaar nog niet afgelost.",
		"early":       "Na maand {month} is {amount} vervroegd afgelost, tegen {fee} aan vergoeding. Het maandbedrag blijft gelijk en de looptijd wordt korter.",
		"early_later": "Na maand {month} staat er niets meer uit. Er is niets vervroegd afgelost.",
	}))

func creditPlan(in PlanIn) (out PlanOut) {
	out.Convention = equalPeriods
	out.Say("interest", "bfd:1::n")
	base := in.course(nil)
	if base.failed != "" {
		out.Error = map[string]string{"never": "never_repaid"}[base.failed]
		if out.Error == "" {
			out.Error = base.failed
		}
		out.Say(base.failed, "bfd:37")
		return out
	}
	shown := base
	if in.EarlyMonth != nil {
		shown = out.early(in, base)
	}
	regular := base
	if in.Promo != nil { // a rate that lasts a while gives none of the other figures
		after := in
		after.Promo, after.PromoMonths = nil, nil
		if regular = after.course(nil); regular.failed != "" {
			regular = base
		}
	}
	out.tell(in, base, regular)
	out.Months, out.Paid, out.Cost, out.Last = int64(len(shown.rows)), dec(shown.paid), dec(shown.cost), dec(shown.rows[len(shown.rows)-1].payment)
	if out.Paid != out.Total {
		out.Say("really_paid", "bfd:1::y", "paid", out.Paid)
	}
	out.effective(in, shown)
	if rule.Holds(in.Rows) {
		out.Rows = shown.written()
	}
	return out
}

// tell answers the monthly charge, the term and the total price of the agreement.
func (out *PlanOut) tell(in PlanIn, base, regular planCourse) {
	out.Monthly, out.Term = dec(regular.monthly), regular.term
	switch in.kind() {
	case Revolving:
		out.Say("revolving", "bfd:37")
	case Linear:
		out.Say("linear", "bfd:1::o", "monthly", out.Monthly)
	case Annuity:
		out.Say("annuity", "bfd:1::o", "monthly", out.Monthly)
	}
	if last := base.rows[len(base.rows)-1].payment; in.kind() == InterestOnly || in.Balloon != nil && in.Balloon.Sign() > 0 {
		out.Say("rest_at_end", "bfd:1::o", "last", dec(last), "monthly", out.Monthly)
	}
	if in.Promo != nil {
		out.Say("promo", "bfd:36:3:h", "months", big.NewInt(*in.PromoMonths).String(), "percent", in.Promo.String(), "after", in.Rate.String())
	}
	price := CreditTotalPrice.Ask(PriceIn{Maandlast: new(money.MustParse(out.Monthly)), Months: new(money.Whole(out.Term))})
	out.Total = price.Total
	out.Say("total_price", "bfd:1::y", "monthly", out.Monthly, "months", big.NewInt(out.Term).String(), "total", out.Total)
}

// early answers what repaying early does, and returns the course with it.
func (out *PlanOut) early(in PlanIn, base planCourse) planCourse {
	if *in.EarlyMonth >= int64(len(base.rows)) {
		out.Say("early_later", "bfd:1::n", "month", big.NewInt(*in.EarlyMonth).String())
		return base
	}
	c := in.course(in.EarlyMonth)
	out.EarlyPaid, out.EarlyCost, out.Saved = dec(c.early), dec(c.earlyFee), dec(new(big.Int).Sub(base.cost, c.cost))
	out.Say("early", "bfd:1::n", "month", big.NewInt(*in.EarlyMonth).String(), "amount", out.EarlyPaid, "fee", out.EarlyCost)
	return c
}

// effective answers the effective rate of what is paid.
func (out *PlanOut) effective(in PlanIn, c planCourse) {
	flows := c.flows(in)
	switch {
	case in.flat() && in.kind() == Revolving: // what is owed grows by one rate, whatever is paid when
		growth := new(big.Rat).Add(big.NewRat(1, 1), in.monthRate(*in.Rate))
		flows = []Flow{{Amount: money.MustParse(growth.Denom().String()), T: new(RatioOf(0, 1))}, {Amount: money.Decimal{}.Sub(money.MustParse(growth.Num().String())), T: new(RatioOf(1, 12))}}
		out.Say("one_rate", "bfd:36:3:h")
	case in.flat() && in.kind() == Annuity && in.Payment == nil:
		flows = []Flow{flowAt(ratOf(*in.Amount), 0), runOf(c.monthly, 1, out.Term)}
		if in.Fee != nil && in.Fee.Sign() > 0 {
			flows = append(flows, flowAt(new(big.Rat).Neg(ratOf(*in.Fee)), 0))
		}
		out.Say("equal_terms", "bfd:36:3:h")
	}
	x := EffectiveRate.Ask(RateIn{Convention: &out.Convention, Flows: flows})
	out.X, out.Rounded = x.X, x.Rounded
	if out.X == "" {
		out.Error = "no_rate"
		out.Say("no_rate", "bfd:36:3:h")
		return
	}
	out.Say("rate", "bfd:36:3:h", "rounded", out.Rounded, "convention", out.Convention)
}

// flat reports whether nothing changes during the course, and nothing but the fee at
// the start is charged beside the rate.
func (in PlanIn) flat() bool {
	none := func(d *money.Decimal) bool { return d == nil || d.Sign() == 0 }
	return in.Promo == nil && in.EarlyMonth == nil && none(in.Balloon) && none(in.MonthlyFee) && (in.kind() == Annuity || none(in.Fee))
}
