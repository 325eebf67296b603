package credit_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

var ends = []string{"unique", "chosen", "none", "never", "out_of_range", "undecided"}

func drawFlows(t *rapid.T) []credit.Flow {
	n := rapid.IntRange(0, 12).Draw(t, "flows")
	var flows []credit.Flow
	for range n {
		f := credit.Flow{
			Amount: money.MustParse(big.NewRat(rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, "cents"), 100).FloatString(2)),
			T:      at(rapid.Int64Range(-24, 720).Draw(t, "t"), rapid.SampledFrom([]int64{1, 12, 12, 12, 52, 365, 366}).Draw(t, "of")),
		}
		if rapid.IntRange(0, 3).Draw(t, "run") == 0 {
			f.Count, f.Step = new(rapid.IntRange(1, 60).Draw(t, "count")), at(rapid.Int64Range(0, 3).Draw(t, "step"), 12)
		}
		flows = append(flows, f)
	}
	return flows
}

// ended asks that an answer is one of those that have a name.
func ended(t ruletest.T, out credit.RateOut) {
	found := out.Roots == "unique" || out.Roots == "chosen"
	if !slices.Contains(ends, out.Roots) || found != (out.X != "" && out.Rounded != "") || found == (out.Error == "no_rate") {
		t.Fatalf("no named end: %+v", out)
	}
}

func TestAnyFlowsEndInANamedResult(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		out, d := credit.EffectiveRate.Decide(credit.RateIn{Flows: drawFlows(t)})
		ended(t, out)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}

// TestEveryRateMakesBothSidesEqual puts the rates back into whole-year schedules,
// where the value is a fraction, and counts the roots by brute force.
func TestEveryRateMakesBothSidesEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var flows []credit.Flow
		var c []int64
		for year := range rapid.IntRange(2, 7).Draw(t, "years") {
			c = append(c, rapid.Int64Range(-900, 900).Draw(t, "amount"))
			flows = append(flows, credit.Flow{Amount: money.Whole(c[year]), T: at(int64(year), 1)})
		}
		out := credit.EffectiveRate.Ask(credit.RateIn{Flows: flows})
		ended(t, out)
		all := out.All
		if out.Roots == "unique" {
			all = []string{out.X}
		}
		found := crossings(c)
		if out.Roots != "out_of_range" && len(all) < found {
			t.Fatalf("%v: %d sign changes of the value seen, rates %v", c, found, all)
		}
		for _, x := range all {
			if x, _ := new(big.Rat).SetString(x); x.Cmp(big.NewRat(-99, 1)) > 0 && x.Cmp(big.NewRat(10_000, 1)) < 0 {
				v, size := presentValue(c, x)
				if v.Abs(v).Cmp(size.Mul(size, big.NewRat(1, 10_000_000_000))) > 0 {
					t.Fatalf("%v: at %s%% the value is %s", c, x.FloatString(20), v.FloatString(20))
				}
			}
		}
	})
}

// presentValue is the value of yearly amounts at a rate in percent, exact, and the
// sum of the sizes of its parts.
func presentValue(c []int64, x *big.Rat) (value, size *big.Rat) {
	v := new(big.Rat).Inv(new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(x, big.NewRat(100, 1))))
	value, size = new(big.Rat), new(big.Rat)
	power := big.NewRat(1, 1)
	for _, each := range c {
		part := new(big.Rat).Mul(new(big.Rat).SetInt64(each), power)
		value.Add(value, part)
		size.Add(size, part.Abs(part))
		power = new(big.Rat).Mul(power, v)
	}
	return value, size
}

// crossings counts the sign changes of the value over a fine comb of rates.
func crossings(c []int64) (n int) {
	last := 0
	for i := -98; i < 400; i++ {
		v, _ := presentValue(c, big.NewRat(int64(2*i+1), 2))
		if s := v.Sign(); s != 0 {
			if last != 0 && s != last {
				n++
			}
			last = s
		}
	}
	return n
}

func TestASheetOfFlowsIsRefusedForWhatIsWrong(t *testing.T) {
	r := desk(t)
	for _, c := range []struct{ name, given, want string }{
		{"no time", `{"flows":[{"amount":1}]}`, "/flows/0/t missing"},
		{"a run without a step", `{"flows":[{"amount":1,"t":0,"count":2}]}`, "/flows/0/step missing"},
		{"too many", `{"flows":[{"amount":1,"t":0,"step":"1/365","count":12001}]}`, "/flows/0/count unknown-value"},
		{"too far", `{"flows":[{"amount":1,"t":1001}]}`, "/flows/0/t unknown-value"},
		{"a date under a convention that nobody knows", `{"convention":"lunar","flows":[{"amount":1,"date":"2006-01-01"}]}`, "/convention unknown-value"},
		{"no fraction", `{"flows":[{"amount":1,"t":"1/0"}]}`, "/flows/0/t wrong-form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := r.Ask("effective_rate", 0, []byte(c.given), nil); ruletest.Faults(err) != c.want {
				t.Errorf("got %q, want %q", ruletest.Faults(err), c.want)
			}
		})
	}
}

// FuzzEffectiveRate: whatever is asked, the answer or the fault has a name.
func FuzzEffectiveRate(f *testing.F) {
	for _, seed := range []string{
		`{"flows":[]}`, `{"flows":[{"amount":"1000","t":0},{"amount":-1100,"t":1}]}`,
		`{"convention":"remark_c_weeks","flows":[{"amount":"1e9","date":"2012-02-29"},{"amount":"-1e-9","t":"-7/366","step":"1/365","count":9}],"enclosure":true}`,
		`{"convention":"periods","flows":[{"amount":100,"t":0},{"amount":-220,"t":1},{"amount":121,"t":2}]}`,
	} {
		f.Add([]byte(seed))
	}
	r := ruletest.Desk(f, credit.EffectiveRate)
	f.Fuzz(func(t *testing.T, given []byte) {
		reply, err := r.Ask("effective_rate", 0, given, nil)
		if err != nil {
			ruletest.Faults(err)
			return
		}
		n, err := canon.Parse(reply.Answer)
		if err != nil || !slices.Contains(ends, n.Get("roots").Text()) {
			t.Fatalf("%s: %v", reply.Answer, err)
		}
	})
}
