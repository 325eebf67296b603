package credit

import (
	"cmp"
	"math/big"
	"slices"

	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// A planMonth is a month of a plan in whole cents.
type planMonth struct{ interest, repayment, fee, payment, balance *big.Int }

// A planCourse is a plan as it runs, in whole cents. failed says why there is none.
type planCourse struct {
	failed          string
	rows            []planMonth
	monthly         *big.Int // the regular monthly charge, of the first month
	term            int64
	paid, cost      *big.Int
	early, earlyFee *big.Int
	start           *big.Int // fee at the start
}

// course runs the credit; early is the month after which extra is repaid, nil for none.
func (in PlanIn) course(early *int64) planCourse {
	c := planCourse{paid: centsOf(in.Fee), start: centsOf(in.Fee), early: new(big.Int), earlyFee: new(big.Int)}
	if in.kind() == Revolving {
		d := in.theoretical()
		if d.never {
			c.failed = "never"
			return c
		}
		if c.term = d.terms; c.term > maxPlanMonths {
			c.failed = "too_long"
			return c
		}
	} else {
		c.term = *in.Months
	}
	balance, balloon, cost := centsOf(in.Amount), centsOf(in.Balloon), centsOf(in.Fee)
	monthlyFee, rate, regular := centsOf(in.MonthlyFee), in.rateOf(1), new(big.Int)
	for month := int64(1); balance.Sign() > 0; month++ {
		if month > maxPlanMonths+1 {
			c.failed = "too_long"
			return c
		}
		if now := in.rateOf(month); month == 1 || now.Cmp(rate) != 0 {
			rate = now
			regular = in.regular(balance, balloon, rate, c.term-month+1)
		}
		row := in.month(balance, regular, rate, month >= c.term && in.kind() != Revolving)
		row.fee = new(big.Int).Set(monthlyFee)
		if early != nil && month == *early && row.balance.Sign() > 0 {
			c.repay(in, &row)
		}
		row.payment = new(big.Int).Add(new(big.Int).Add(row.interest, row.repayment), row.fee)
		balance = row.balance
		cost.Add(cost, row.interest).Add(cost, row.fee)
		c.paid.Add(c.paid, row.payment)
		c.rows = append(c.rows, row)
	}
	c.cost = cost
	c.monthly = new(big.Int).Set(c.rows[0].payment)
	if early == nil || *early > 1 {
		return c
	}
	c.monthly.Sub(c.monthly, c.early).Sub(c.monthly, c.earlyFee)
	return c
}

// theoretical returns the course of a revolving credit without any rounding, as
// Bijlage 9 has it.
func (in PlanIn) theoretical() course {
	month := func(count *int64, percent money.Decimal) stretch {
		return stretch{count: count, rate: in.monthRate(percent), amount: ratOf(*in.Payment), months: big.NewRat(1, 1)}
	}
	after := month(nil, *in.Rate)
	if in.Promo == nil {
		return closed(ratOf(*in.Amount), after)
	}
	return follow(ratOf(*in.Amount), []stretch{month(in.PromoMonths, *in.Promo), after})
}

// repay takes an extra repayment with its fee into a month.
func (c *planCourse) repay(in PlanIn, row *planMonth) {
	extra := new(big.Int).Set(row.balance)
	if in.EarlyAmount != nil {
		if wanted := centsOf(in.EarlyAmount); wanted.Cmp(extra) < 0 {
			extra = wanted
		}
	}
	fee := new(big.Rat)
	if in.EarlyFee != nil {
		fee.Mul(new(big.Rat).SetInt(extra), new(big.Rat).Quo(ratOf(*in.EarlyFee), big.NewRat(100, 1)))
	}
	c.early, c.earlyFee = extra, halfUp(fee)
	row.repayment = new(big.Int).Add(row.repayment, extra)
	row.balance = new(big.Int).Sub(row.balance, extra)
	row.fee = new(big.Int).Add(row.fee, c.earlyFee)
}

// regular returns what is paid (annuity, revolving) or repaid (linear) each month.
func (in PlanIn) regular(balance, balloon *big.Int, rate *big.Rat, left int64) *big.Int {
	left = max(left, 1)
	if in.Payment != nil && in.kind() != Linear && in.kind() != InterestOnly {
		return centsOf(in.Payment)
	}
	k, b := new(big.Rat).SetInt(balance), new(big.Rat).SetInt(balloon)
	switch in.kind() {
	case Linear:
		return halfUp(k.Quo(k.Sub(k, b), big.NewRat(left, 1)))
	case Annuity: // the balloon is worth b·(1+im)^-n now: it bears interest alone
		net := new(big.Rat).Sub(k, b)
		t := annuity(net, rate, left)
		return halfUp(t.Add(t, b.Mul(b, rate)))
	}
	return new(big.Int)
}

// month runs one month without fees: the last one pays all that is left.
func (in PlanIn) month(balance, regular *big.Int, rate *big.Rat, last bool) planMonth {
	interest := halfUp(new(big.Rat).Mul(new(big.Rat).SetInt(balance), rate))
	repaid := new(big.Int).Set(regular)
	switch in.kind() {
	case Annuity, Revolving:
		repaid.Sub(regular, interest)
	case InterestOnly:
		repaid.SetInt64(0)
	}
	if last || repaid.Cmp(balance) > 0 {
		repaid.Set(balance)
	}
	return planMonth{interest: interest, repayment: repaid, balance: new(big.Int).Sub(balance, repaid)}
}

// rateOf returns the rate of a month as a fraction.
func (in PlanIn) rateOf(month int64) *big.Rat {
	if in.Promo != nil && month <= *in.PromoMonths {
		return in.monthRate(*in.Promo)
	}
	return in.monthRate(*in.Rate)
}

func (PlanIn) monthRate(percent money.Decimal) *big.Rat {
	return new(big.Rat).Quo(ratOf(percent), big.NewRat(1200, 1))
}

// flows returns what the consumer receives and pays, equal payments as runs.
func (c planCourse) flows(in PlanIn) []Flow {
	all := []Flow{flowAt(ratOf(*in.Amount), 0)}
	if c.start.Sign() > 0 {
		all = append(all, flowAt(new(big.Rat).Neg(ratOf(*in.Fee)), 0))
	}
	for i := 0; i < len(c.rows); {
		j := i + 1
		for j < len(c.rows) && c.rows[j].payment.Cmp(c.rows[i].payment) == 0 {
			j++
		}
		all = append(all, runOf(c.rows[i].payment, int64(i)+1, int64(j-i)))
		i = j
	}
	return all
}

func flowAt(amount *big.Rat, month int64) Flow {
	return Flow{Amount: decimalOf(amount, 12), T: new(RatioOf(month, 12))}
}

// runOf is a payment of so many cents from a month on, so many times.
func runOf(payment *big.Int, month, count int64) Flow {
	f := flowAt(new(big.Rat).SetFrac(new(big.Int).Neg(payment), big.NewInt(100)), month)
	if count > 1 {
		f.Step, f.Count = new(RatioOf(1, 12)), new(int(count))
	}
	return f
}

// written returns the months as they are answered.
func (c planCourse) written() []PlanRow {
	rows, cost := make([]PlanRow, len(c.rows)), new(big.Int).Set(c.start)
	for i, r := range c.rows {
		cost.Add(cost, r.interest).Add(cost, r.fee)
		rows[i] = PlanRow{Month: int64(i) + 1, Interest: dec(r.interest), Repayment: dec(r.repayment), Payment: dec(r.payment), Balance: dec(r.balance), Cost: dec(cost)}
		if r.fee.Sign() > 0 {
			rows[i].Fee = dec(r.fee)
		}
	}
	return rows
}

// centsOf returns an amount in whole cents, half up; none is nil.
func centsOf(d *money.Decimal) *big.Int {
	if d == nil {
		return new(big.Int)
	}
	return halfUp(new(big.Rat).Mul(ratOf(*d), big.NewRat(100, 1)))
}

// halfUp rounds a number of nil or more to a whole one, a half up.
func halfUp(r *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(r.Num(), 1)
	return twice.Add(twice, r.Denom()).Div(twice, new(big.Int).Lsh(r.Denom(), 1))
}

// dec writes cents as euros.
func dec(c *big.Int) string { return cents(new(big.Rat).SetFrac(c, big.NewInt(100))) }

// sorted puts faults in the order of their pointers, each once.
func sorted(wrong []fault.Detail) []fault.Detail {
	slices.SortStableFunc(wrong, func(a, b fault.Detail) int { return cmp.Compare(a.Pointer, b.Pointer) })
	return slices.CompactFunc(wrong, func(a, b fault.Detail) bool { return a.Pointer == b.Pointer })
}
