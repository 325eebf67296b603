package credit

import (
	"math"
	"syscall"
	"testing"
	"time"
)

type annuityLoan struct {
	net, payment float64
	n            int
}

// annuityLoans are loans of 60 to 360 terms at 1 to 15 percent, half with a fee.
func annuityLoans(count int) []annuityLoan {
	r := dice(20051229)
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

// cpu returns the processor time of this process: what other programs take of the
// machine does not count in it.
func cpu() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// against measures a quick way and the textbook's in turn, in rounds, and reports
// the processor time of a rate, the rates a second of it, and how many times as long
// the textbook takes. One round of the quick way is many rates to one of the other.
func against(b *testing.B, many int, quick, textbook func(i int) float64) {
	var quickTime, bookTime time.Duration
	rounds, sum := 0, 0.0
	for b.Loop() {
		start := cpu()
		for i := range many * 1000 {
			sum += quick(i)
		}
		middle := cpu()
		for i := range 1000 {
			sum += textbook(i)
		}
		quickTime += middle - start
		bookTime += cpu() - middle
		rounds++
	}
	if math.IsNaN(sum) {
		b.Fatal("a rate was not found")
	}
	each := float64(quickTime) / float64(rounds*many*1000)
	b.ReportMetric(each, "cpu-ns/rate")
	b.ReportMetric(1e9/each, "rates/s")
	b.ReportMetric(float64(bookTime)/float64(rounds*1000)/each, "times-newton")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkEqualPayments(b *testing.B) {
	loans := annuityLoans(4096)
	var flows [][]float64
	for _, l := range loans[:64] {
		flows = append(flows, l.flows())
	}
	against(b, 400, func(i int) float64 {
		l := loans[i%len(loans)]
		return EqualRate(l.net, l.payment, l.n)
	}, func(i int) float64 { return plainNewton(flows[i%len(flows)]) })
}

func BenchmarkUnequalPayments360(b *testing.B) {
	flows := general(360)
	against(b, 40, func(i int) float64 { return GridRate(flows[i%len(flows)], 0.005) },
		func(i int) float64 { return plainNewton(flows[i%len(flows)]) })
}

// general are schedules of n unequal payments.
func general(n int) (all [][]float64) {
	r := dice(1)
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
