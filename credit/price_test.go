package credit_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/credit"
	"zorgplicht/money"
)

// loan draws a sum and equal payments that together are at least the sum, as cents.
type loan struct {
	sum, payment int64
	n            int
}

func drawLoan(t *rapid.T) loan {
	l := loan{sum: rapid.Int64Range(10_000, 5_000_000).Draw(t, "sum"), n: rapid.IntRange(2, 120).Draw(t, "n")}
	least := l.sum/int64(l.n) + 1
	l.payment = least + rapid.Int64Range(0, least).Draw(t, "more")
	return l
}

func amount(c int64) money.Decimal { return money.MustParse(fmt.Sprintf("%d.%02d", c/100, c%100)) }

func negative(c int64) money.Decimal { return money.Decimal{}.Sub(amount(c)) }

func at(a, b int64) *credit.Ratio { return new(credit.RatioOf(a, b)) }

func (l loan) flows(fee int64, shift int64) []credit.Flow {
	flows := []credit.Flow{
		{Amount: amount(l.sum), T: at(0, 1)},
		{Amount: negative(l.payment), T: at(30+shift, 360), Step: at(1, 12), Count: new(l.n)},
	}
	if fee > 0 {
		flows = append(flows, credit.Flow{Amount: negative(fee), T: at(0, 1)})
	}
	return flows
}

func percent(t interface{ Fatalf(string, ...any) }, flows []credit.Flow) *big.Rat {
	out := credit.EffectiveRate.Ask(credit.RateIn{Flows: flows})
	x, ok := new(big.Rat).SetString(out.X)
	if !ok || out.Roots != "unique" {
		t.Fatalf("no rate: %+v", out)
	}
	return x
}

func TestAFeeMoreNeverLowersTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLoan(t)
		fee := rapid.Int64Range(1, l.sum/2).Draw(t, "fee")
		if a, b := percent(t, l.flows(0, 0)), percent(t, l.flows(fee, 0)); b.Cmp(a) <= 0 {
			t.Fatalf("%s%% without, %s%% with a fee", a.FloatString(6), b.FloatString(6))
		}
	})
}

func TestALaterPaymentNeverRaisesTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLoan(t)
		later := rapid.Int64Range(1, 300).Draw(t, "days later")
		if a, b := percent(t, l.flows(0, 0)), percent(t, l.flows(0, later)); b.Cmp(a) > 0 {
			t.Fatalf("%s%% in time, %s%% later", a.FloatString(6), b.FloatString(6))
		}
	})
}

func TestTheTotalPriceIsNeverLessThanWhatIsReallyPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, im := money.Whole(rapid.Int64Range(100, 50_000).Draw(t, "limit")), credit.RatioOf(rapid.Int64Range(0, 150).Draw(t, "rate"), 10_000)
		payment := money.Whole(rapid.Int64Range(1, 1000).Draw(t, "payment"))
		out := credit.TheoreticalDuration.Ask(credit.DurationIn{K: &k, T: &payment, Im: &im})
		if out.Never != nil {
			due := new(big.Rat).Mul(im.Rat(), new(big.Rat).SetInt64(intOf(k)))
			if new(big.Rat).SetInt64(intOf(payment)).Cmp(due) > 0 {
				t.Fatalf("never, with %s above the interest %s", payment, due.FloatString(2))
			}
			return
		}
		total, paid := money.MustParse(out.Total), money.MustParse(out.Paid)
		if total.Cmp(paid) < 0 || paid.Cmp(k) < 0 {
			t.Fatalf("limit %s, paid %s, total %s", k, paid, total)
		}
	})
}

func intOf(d money.Decimal) int64 {
	r, _ := new(big.Rat).SetString(d.String())
	return r.Num().Int64()
}

// TestTheCeilingOfTheDurationIsExact builds contracts with a whole number of terms
// and asks for one cent around them.
func TestTheCeilingOfTheDurationIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 40).Draw(t, "n")
		im := big.NewRat(rapid.Int64Range(1, 300).Draw(t, "rate"), 1000)
		growth := new(big.Rat).Add(big.NewRat(1, 1), im)
		// With T = g^n the limit that is paid off in n terms is (g^n - 1)/im.
		pay := big.NewRat(1, 1)
		for range n {
			pay.Mul(pay, growth)
		}
		limit := new(big.Rat).Sub(pay, big.NewRat(1, 1))
		limit.Quo(limit, im)
		scale := new(big.Int).Set(limit.Denom())
		scale.Mul(scale, pay.Denom())
		whole := func(r *big.Rat) money.Decimal {
			return money.MustParse(new(big.Rat).Mul(r, new(big.Rat).SetInt(scale)).RatString())
		}
		k, p := whole(limit), whole(pay)
		rate := credit.RatioOf(im.Num().Int64(), im.Denom().Int64())
		ask := func(k money.Decimal) credit.DurationOut {
			return credit.TheoreticalDuration.Ask(credit.DurationIn{K: &k, T: &p, Im: &rate})
		}
		exact, more, less := ask(k), ask(k.Add(money.Whole(1))), ask(k.Sub(money.Whole(1)))
		if *exact.Terms != n || !*exact.Exact || *more.Terms != n+1 || *less.Terms != n {
			t.Fatalf("n %d: got %d, with one more %d, with one less %d", n, *exact.Terms, *more.Terms, *less.Terms)
		}
	})
}
