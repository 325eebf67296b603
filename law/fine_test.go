package law_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

func offender(t *rapid.T, kind string, size int64) law.Offender {
	n := money.Whole(size)
	if kind == "e" {
		return law.Offender{Type: &kind, Staff: &n}
	}
	return law.Offender{Type: &kind, Balance: &n}
}

func provision(t *rapid.T) string {
	return string(rapid.SampledFrom(law.TariffTable()).Draw(t, "row").Provision)
}

func TestALargerFirmNeverPaysLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind, breach := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "kind"), provision(t)
		sizes := rapid.Int64Range(0, 60_000_000_000)
		if kind == "e" {
			sizes = rapid.Int64Range(0, 30)
		}
		small, large := sizes.Draw(t, "one size"), sizes.Draw(t, "other size")
		if small > large {
			small, large = large, small
		}
		less := law.Fine.Ask(law.FineIn{Provision: &breach, Offender: offender(t, kind, small)})
		more := law.Fine.Ask(law.FineIn{Provision: &breach, Offender: offender(t, kind, large)})
		if less.Fine.V > more.Fine.V || *less.Factor > *more.Factor || less.Fine.V != *less.Base**less.Factor {
			t.Fatalf("%+v and %+v", less, more)
		}
		if *less.Hearing != (*less.Base != 453 && *less.Base != 907) {
			t.Fatalf("a fine of € %d: hearing %v", *less.Base, *less.Hearing)
		}
		ruletest.Explained(t, less.Reasons())
	})
}

func TestTheFineLiesInTheExposure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := offender(t, "e", rapid.Int64Range(0, 30).Draw(t, "fte"))
		var breaches []string
		sum := int64(0)
		for range rapid.IntRange(0, 5).Draw(t, "number") {
			breach := provision(t)
			breaches = append(breaches, breach)
			sum += law.Fine.Ask(law.FineIn{Provision: &breach, Offender: o}).Fine.V
		}
		known := law.Exposure.Ask(law.ExposureIn{Violated: breaches, Offender: o})
		unknown := law.Exposure.Ask(law.ExposureIn{Violated: breaches})
		if sum < known.Low || sum > known.High || known.Low < unknown.Low || known.High > unknown.High {
			t.Fatalf("%d is not within %d to %d, within %d to %d", sum, known.Low, known.High, unknown.Low, unknown.High)
		}
		ruletest.Explained(t, known.Reasons())
	})
}
