package criteria_test

import (
	"fmt"
	"testing"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
)

func many(t testing.TB, n int) *criteria.Program {
	t.Helper()
	p, err := yardstick.Many(n)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func BenchmarkAnalyse(b *testing.B) {
	for _, n := range []int{12, 100, 500} {
		p := many(b, n)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			for b.Loop() {
				p.Analyse(criteria.Analysis{})
			}
		})
	}
}

func TestManyRulesAreLookedThroughInABlink(t *testing.T) {
	p := many(t, 500)
	start := time.Now()
	list := p.Analyse(criteria.Analysis{})
	took := time.Since(start)
	if wrong := told(list, "not-decided"); len(wrong) > 0 {
		t.Errorf("not decided: %v", wrong)
	}
	if len(list) < 100 || took > 20*time.Second { // the figure is the benchmark's; this guards against a blow-up
		t.Errorf("%d findings in %s", len(list), took)
	}
}
