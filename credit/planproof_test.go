package credit_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

// euros reads an amount that an answer holds.
func euros(t ruletest.T, s string) *big.Rat {
	if s == "" {
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("no amount: %q", s)
	}
	return r
}

func sum(parts ...*big.Rat) *big.Rat {
	all := new(big.Rat)
	for _, p := range parts {
		all.Add(all, p)
	}
	return all
}

// equal asks that two amounts are the same to the cent and beyond.
func equal(t ruletest.T, what string, got, want *big.Rat) {
	if got.Cmp(want) != 0 {
		t.Fatalf("%s: got %s, want %s", what, got.FloatString(4), want.FloatString(4))
	}
}

func hundredths(t *rapid.T, name string, low, high int64) *money.Decimal {
	return new(amount(rapid.Int64Range(low, high).Draw(t, name)))
}

func drawPlan(t *rapid.T) credit.PlanIn {
	in := credit.PlanIn{
		Kind:   new(rapid.SampledFrom([]string{credit.Annuity, credit.Linear, credit.InterestOnly, credit.Revolving}).Draw(t, "kind")),
		Amount: hundredths(t, "amount", 10_000, 10_000_000), Rate: hundredths(t, "rate", 0, 2500), Rows: new(true),
	}
	if *in.Kind == credit.Revolving {
		in.Payment = new(amount(1 + centsIn(in.Amount)*rapid.Int64Range(10, 100).Draw(t, "promille")/1000))
	} else {
		in.Months = new(rapid.Int64Range(1, 120).Draw(t, "months"))
	}
	if rapid.Bool().Draw(t, "fees") {
		in.Fee, in.MonthlyFee = hundredths(t, "fee", 0, 5000), hundredths(t, "monthly fee", 0, 500)
	}
	if rapid.IntRange(0, 3).Draw(t, "early") == 0 {
		in.EarlyMonth = new(rapid.Int64Range(1, 60).Draw(t, "early month"))
		if rapid.Bool().Draw(t, "in part") {
			in.EarlyAmount = hundredths(t, "early amount", 1, 500_000)
		}
		in.EarlyFee = hundredths(t, "early fee", 0, 500)
	}
	return in
}

func centsIn(d *money.Decimal) int64 {
	r, _ := new(big.Rat).SetString(d.String())
	return r.Mul(r, big.NewRat(100, 1)).Num().Int64()
}

func TestEveryPlanAddsUpToTheCent(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := drawPlan(t)
		out, d := credit.CreditPlan.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if out.Error != "" {
			if out.Error != "never_repaid" && out.Error != "too_long" || out.Total != "" || len(out.Rows) > 0 {
				t.Fatalf("no named end: %+v", out)
			}
			return
		}
		start := euros(t, in.Amount.String())
		balance, paid, cost := start, new(big.Rat), new(big.Rat)
		if in.Fee != nil {
			paid, cost = sum(euros(t, in.Fee.String())), sum(euros(t, in.Fee.String()))
		}
		for i, row := range out.Rows {
			if row.Month != int64(i+1) {
				t.Fatalf("month %d is row %d", row.Month, i)
			}
			interest, repaid, fee := euros(t, row.Interest), euros(t, row.Repayment), euros(t, row.Fee)
			balance = new(big.Rat).Sub(balance, repaid)
			paid, cost = sum(paid, euros(t, row.Payment)), sum(cost, interest, fee)
			equal(t, "payment of "+row.Payment, euros(t, row.Payment), sum(interest, repaid, fee))
			equal(t, "balance", euros(t, row.Balance), balance)
			equal(t, "cost so far", euros(t, row.Cost), cost)
		}
		equal(t, "the last balance", balance, new(big.Rat))
		equal(t, "paid", euros(t, out.Paid), paid)
		equal(t, "cost", euros(t, out.Cost), cost)
		equal(t, "what is paid above the sum", new(big.Rat).Sub(paid, start), cost)
		equal(t, "total price", euros(t, out.Total), new(big.Rat).Mul(euros(t, out.Monthly), big.NewRat(out.Term, 1)))
		if out.Months != int64(len(out.Rows)) {
			t.Fatalf("%d months, %d rows", out.Months, len(out.Rows))
		}
	})
}

func TestAHigherRateNeverMakesAPlanCheaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawPlan(t)
		in.EarlyMonth, in.EarlyAmount, in.EarlyFee = nil, nil, nil
		low := credit.CreditPlan.Ask(in)
		in.Rate = new(in.Rate.Add(amount(rapid.Int64Range(50, 2000).Draw(t, "more"))))
		high := credit.CreditPlan.Ask(in)
		if high.Error != "" {
			return
		}
		if low.Error != "" {
			t.Fatalf("%s at the lower rate, an answer at the higher", low.Error)
		}
		// Instalments are whole cents: each may be half a cent off.
		slack := big.NewRat(max(low.Months, high.Months), 100)
		if sum(euros(t, high.Cost), slack).Cmp(euros(t, low.Cost)) < 0 || high.Term < low.Term {
			t.Fatalf("cost %s in %d months, at a higher rate %s in %d", low.Cost, low.Term, high.Cost, high.Term)
		}
	})
}

func drawTerms(t *rapid.T) credit.Terms {
	terms := credit.Terms{
		Kind:   rapid.SampledFrom([]string{credit.Annuity, credit.Linear, credit.InterestOnly, credit.Revolving}).Draw(t, "kind"),
		Charge: credit.Fixed, Rate: hundredths(t, "rate", 0, 1800),
	}
	step := rapid.Int64Range(10_000, 500_000).Draw(t, "step")
	for i := range int64(4) {
		terms.Amounts = append(terms.Amounts, amount(step*(i+1)))
	}
	if terms.Kind == credit.Revolving {
		terms.Share = hundredths(t, "share", 100, 500)
	} else {
		terms.Months = new(rapid.Int64Range(1, 60).Draw(t, "months"))
	}
	return terms
}

func TestDisplayedFiguresKeepTheFloorAndMultiply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		out := credit.CreditFigures.Ask(terms)
		if len(out.Examples) != len(terms.Amounts) {
			t.Fatalf("%d examples", len(out.Examples))
		}
		ruletest.Explained(t, out.Reasons())
		complete := true
		for i, e := range out.Examples {
			if e.Error != "" {
				complete = false
				if e.Shown != (credit.Figure{}) {
					t.Fatalf("%s, and figures: %+v", e.Error, e.Shown)
				}
				continue
			}
			sumOf := euros(t, terms.Amounts[i].String())
			monthly, total := euros(t, e.Shown.Monthly), euros(t, e.Shown.Total)
			equal(t, "total price", total, new(big.Rat).Mul(monthly, big.NewRat(e.Shown.Months, 1)))
			equal(t, "charge", euros(t, e.Shown.Charge), new(big.Rat).Sub(total, sumOf))
			if least := new(big.Rat).Mul(sumOf, big.NewRat(2, 100)); monthly.Cmp(least) < 0 {
				t.Fatalf("%s a month of %s is below the floor", e.Shown.Monthly, e.Amount)
			}
		}
		if complete != out.Displayed {
			t.Fatalf("complete %v, answered %v", complete, out.Displayed)
		}
	})
}

func drawAccount(t *rapid.T) credit.AccountIn {
	first := ruletest.Day(t, "first")
	in := credit.AccountIn{
		Rates: []credit.RateFrom{{From: &first, Rate: hundredths(t, "rate", 0, 2000)}},
		Count: new(rapid.SampledFrom([]string{credit.MonthDays, credit.YearDays}).Draw(t, "counting")),
	}
	last := first
	for i := range rapid.IntRange(1, 12).Draw(t, "entries") {
		on, kind := last, "draw"
		if i > 0 {
			on = last.AddDays(rapid.IntRange(0, 45).Draw(t, "days"))
			kind = rapid.SampledFrom([]string{"draw", "charge", "pay", "pay", "pay"}).Draw(t, "kind")
		}
		in.Entries = append(in.Entries, credit.Entry{On: new(on), Kind: kind, Amount: hundredths(t, "amount", 1, 500_000)})
		last = on
	}
	in.Until = new(last.AddDays(rapid.IntRange(1, 90).Draw(t, "after")))
	return in
}

func TestAnAccountAddsUpAndItsFinalAccountSettlesToNil(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := drawAccount(t)
		in.Settled = new(true)
		out, d := credit.CreditAccount.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		addsUp(t, out)
		owed := euros(t, out.Balance)
		if owed.Sign() <= 0 {
			return
		}
		in.Entries = append(in.Entries, credit.Entry{On: in.Until, Kind: "pay", Amount: new(money.MustParse(out.Balance))})
		settled := credit.CreditAccount.Ask(in)
		addsUp(t, settled)
		equal(t, "the final account", euros(t, settled.Balance), new(big.Rat))
		if settled.Closed == nil || !*settled.Closed || out.Closed == nil || *out.Closed {
			t.Fatalf("closed before %v, after %v", out.Closed, settled.Closed)
		}
	})
}

// addsUp asks that each line changes the balance by its amount, and the totals are
// the sums of the lines.
func addsUp(t ruletest.T, out credit.AccountOut) {
	totals := map[string]*big.Rat{"draw": new(big.Rat), "interest": new(big.Rat), "charge": new(big.Rat), "pay": new(big.Rat)}
	balance := new(big.Rat)
	var day calendar.Date
	for i, line := range out.Lines {
		amount := euros(t, line.Amount)
		totals[line.Kind].Add(totals[line.Kind], amount)
		if line.Kind == "pay" {
			amount = new(big.Rat).Neg(amount)
		}
		balance = sum(balance, amount)
		equal(t, "balance after "+line.Kind, euros(t, line.Balance), balance)
		if i > 0 && line.On.Before(day) {
			t.Fatalf("%s comes after %s", line.On, day)
		}
		day = line.On
	}
	equal(t, "drawn", euros(t, out.Drawn), totals["draw"])
	equal(t, "interest", euros(t, out.Interest), totals["interest"])
	equal(t, "charges", euros(t, out.Charges), totals["charge"])
	equal(t, "paid", euros(t, out.Paid), totals["pay"])
	equal(t, "balance", euros(t, out.Balance), balance)
}

func TestAHigherRateNeverLeavesLessOnAnAccount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawAccount(t)
		low := credit.CreditAccount.Ask(in)
		in.Rates[0].Rate = new(in.Rates[0].Rate.Add(amount(rapid.Int64Range(1, 1000).Draw(t, "more"))))
		if high := credit.CreditAccount.Ask(in); euros(t, high.Balance).Cmp(euros(t, low.Balance)) < 0 {
			t.Fatalf("%s is left, at a higher rate %s", low.Balance, high.Balance)
		}
	})
}

func TestAHigherNewRateNeverTakesLessTime(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := credit.ChangeIn{
			On: new(ruletest.Day(t, "on")), Old: hundredths(t, "old", 0, 2500), New: hundredths(t, "new", 0, 2500),
			Balance: hundredths(t, "balance", 10_000, 5_000_000), Payment: hundredths(t, "payment", 5_000, 500_000),
		}
		out, d := credit.ChargeChange.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if up := in.New.Cmp(*in.Old); up != euros(t, out.NewX).Cmp(euros(t, out.OldX)) || out.Notice != (up != 0) {
			t.Fatalf("from %s to %s: %+v", in.Old, in.New, out)
		}
		if out.Exceeds != (euros(t, out.NewX).Cmp(euros(t, out.Maximum.String())) > 0) {
			t.Fatalf("%s against %s: exceeds %v", out.NewX, out.Maximum, out.Exceeds)
		}
		never := out.Never != nil && *out.Never
		if never != (out.NewMonths == nil) {
			t.Fatalf("never %v, months %v", never, out.NewMonths)
		}
		if in.New.Cmp(*in.Old) >= 0 && out.OldMonths != nil && !never && *out.NewMonths < *out.OldMonths {
			t.Fatalf("%d months, at a higher rate %d", *out.OldMonths, *out.NewMonths)
		}
	})
}

func TestTheWatchAgreesWithItsStages(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		concluded := ruletest.Day(t, "concluded")
		in := credit.WatchIn{
			Concluded: &concluded, Charge: new(rapid.SampledFrom([]string{credit.Fixed, credit.Variable}).Draw(t, "charge")),
			Rates: []credit.ChargeFrom{{From: &concluded, Rate: hundredths(t, "rate", 100, 2500)}},
			AsOf:  new(concluded.AddDays(rapid.IntRange(0, 2000).Draw(t, "days"))),
		}
		if *in.Charge == credit.Variable {
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				on := concluded.AddDays(rapid.IntRange(1, 2000).Draw(t, "on"))
				in.Rates = append(in.Rates, credit.ChargeFrom{From: &on, Rate: hundredths(t, "next", 100, 2500)})
			}
		}
		if len(in.Check()) > 0 {
			return
		}
		out, d := credit.CeilingWatch.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		var first *calendar.Date
		for i, s := range out.Past {
			if s.Exceeds != (s.Rate.Cmp(s.Maximum) > 0) || i > 0 && !out.Past[i-1].From.Before(s.From) {
				t.Fatalf("stage %+v", s)
			}
			if s.Exceeds && first == nil {
				first = &s.From
			}
		}
		if (first == nil) != (out.First == nil) || first != nil && *first != *out.First || (out.Since != nil) != out.Exceeds {
			t.Fatalf("first %v, answered %v, since %v, exceeds %v", first, out.First, out.Since, out.Exceeds)
		}
	})
}

// FuzzFiveRules: whatever is asked of the rules of the course of a credit, the
// answer can be read back or the faults have names.
func FuzzFiveRules(f *testing.F) {
	names := []string{"credit_plan", "credit_figures", "credit_account", "charge_change", "ceiling_watch"}
	for i, seed := range []string{
		`{"amount":10000,"rate_percent":"7.5","months":60,"rows":true,"early_month":12,"early_fee_percent":1}`,
		`{"kind":"revolving","charge":"variabel","amounts":[1000,2500,5000,10000],"rate_percent":12,"share_percent":2}`,
		`{"rates":[{"from":"2006-01-01","rate_percent":12}],"entries":[{"on":"2006-01-15","kind":"draw","amount":1000},{"on":"2006-02-01","kind":"pay","amount":"50.25"}],"until":"2006-03-01","settled":true}`,
		`{"on":"2006-10-01","old_percent":9,"new_percent":"9.9","balance":5000,"payment":100}`,
		`{"concluded":"2006-10-01","charge":"variabel","rates":[{"from":"2006-10-01","effective_percent":15}],"as_of":"2015-01-01"}`,
	} {
		f.Add(i, []byte(seed))
	}
	for i := range names {
		f.Add(i, []byte(`{}`))
	}
	r := desk(f)
	f.Fuzz(func(t *testing.T, which int, given []byte) {
		name := names[(which%len(names)+len(names))%len(names)]
		reply, err := r.Ask(name, 0, given, nil)
		if err != nil {
			if ruletest.Faults(err) == "" {
				t.Fatalf("a fault without a name: %v", err)
			}
			return
		}
		if _, err := canon.Parse(reply.Answer); err != nil || !json.Valid(reply.Answer) {
			t.Fatalf("%s: %s: %v", name, reply.Answer, err)
		}
	})
}
