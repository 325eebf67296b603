package credit

import (
	"math"
	"testing"
)

// splitmix is a small generator, so that each run measures the same loans.
type splitmix uint64

func (r *splitmix) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

func (r *splitmix) float() float64 { return float64(r.next()>>11) / (1 << 53) }

type annuityLoan struct {
	net, payment float64
	n            int
}

// annuityLoans are loans of 60 to 360 terms at 1 to 15 percent, half with a fee.
func annuityLoans(count int) []annuityLoan {
	r := splitmix(20051229)
	all := make([]annuityLoan, count)
	for i := range all {
		n := 60 + int(r.next()%301)
		k := float64(100_000+r.next()%49_900_000) / 100
		rate := (0.01 + 0.14*r.float()) / 12
		payment := math.Round(k*rate/-math.Expm1(-float64(n)*math.Log1p(rate))*100) / 100
		if r.next()&1 == 0 {
			k -= math.Round(k * 0.03 * r.float())
		}
		all[i] = annuityLoan{k, payment, n}
	}
	return all
}

// plainNewton is what a textbook does: a power for each flow, from ten percent.
func plainNewton(flows []float64) float64 {
	x := 0.1
	for range 100 {
		value, slope := 0.0, 0.0
		for k, c := range flows {
			p := c * math.Pow(1+x, -float64(k)/12)
			value += p
			slope -= float64(k) / 12 * p
		}
		step := value / (slope / (1 + x))
		x -= step
		if math.Abs(step) < 1e-13 {
			break
		}
	}
	return x
}

func (l annuityLoan) flows() []float64 {
	all := make([]float64, l.n+1)
	all[0] = l.net
	for k := 1; k <= l.n; k++ {
		all[k] = -l.payment
	}
	return all
}

func BenchmarkPlainNewton360(b *testing.B) {
	flows := general(360)
	for i := range b.N {
		plainNewton(flows[i%len(flows)])
	}
}

func BenchmarkGridRate360(b *testing.B) {
	flows := general(360)
	for i := range b.N {
		GridRate(flows[i%len(flows)], 0.005)
	}
}

func BenchmarkPlainNewtonEqualPayments(b *testing.B) {
	var flows [][]float64
	for _, l := range annuityLoans(64) {
		flows = append(flows, l.flows())
	}
	for i := range b.N {
		plainNewton(flows[i%len(flows)])
	}
}

func BenchmarkEqualRate(b *testing.B) {
	loans := annuityLoans(4096)
	for i := range b.N {
		l := loans[i%len(loans)]
		EqualRate(l.net, l.payment, l.n)
	}
}

// general are schedules of n unequal payments.
func general(n int) (all [][]float64) {
	r := splitmix(1)
	for range 64 {
		flows := make([]float64, n+1)
		for k := 1; k <= n; k++ {
			flows[k] = -500 - 1000*r.float()
		}
		flows[0] = float64(n) * 1000 * (0.35 + 0.3*r.float())
		all = append(all, flows)
	}
	return all
}

func TestTheQuickRatesAreThoseOfTheTextbook(t *testing.T) {
	yearly := func(i float64) float64 { return math.Expm1(12 * math.Log1p(i)) }
	for _, l := range annuityLoans(200) {
		want := plainNewton(l.flows())
		if got := yearly(EqualRate(l.net, l.payment, l.n)); math.Abs(got-want) > 1e-11 {
			t.Errorf("%+v: got %v, want %v", l, got, want)
		}
	}
	for _, flows := range general(360) {
		if got, want := yearly(GridRate(flows, 0.005)), plainNewton(flows); math.Abs(got-want) > 1e-11 {
			t.Errorf("general: got %v, want %v", got, want)
		}
	}
	for _, l := range []annuityLoan{{1000, 100, 10}, {1000, 100.0000001, 10}, {1000, 90, 10}} {
		i := EqualRate(l.net, l.payment, l.n)
		if v := i*l.net/l.payment + math.Expm1(-float64(l.n)*math.Log1p(i)); math.Abs(v) > 1e-12 {
			t.Errorf("near nil: %+v gives %v, off by %v", l, i, v)
		}
	}
	if !math.IsNaN(EqualRate(0, 1, 1)) || !math.IsNaN(GridRate([]float64{1, 1}, 0)) {
		t.Error("a rate of nothing")
	}
}
