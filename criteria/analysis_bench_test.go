package criteria_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"zorgplicht/criteria"
)

// many writes a set of n rules over the loan and insurance book, each with limits
// of its own: conditions with or, sums of fields, date differences, exceptions.
func many(t testing.TB, n int) *criteria.Program {
	t.Helper()
	book, err := os.ReadFile("testdata/beheer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(book), "rules:\n")
	var b strings.Builder
	b.WriteString(head + "rules:\n")
	products := []string{"hypotheek", "doorlopend", "persoonlijk", "leven", "beleggen", "arbeid", "uitvaart", "schade"}
	for i := range n {
		x := int64(i*7919+i*i*31) % 1000
		when := []string{
			fmt.Sprintf("is_krediet && achterstand >= months(%d) && leeftijd > %d", 1+x%20, 18+x%60),
			fmt.Sprintf("product == %q && saldo >= euro(%d) && (stornos_jaar >= %d || stornos_kwartaal >= %d)", products[x%8], 1000*x, 1+x%9, 1+x%4),
			fmt.Sprintf("is_krediet && inkomen_verschil <= percent(%d) && resterend <= months(%d)", -x%50, 12+x%300),
			fmt.Sprintf("product == \"doorlopend\" && limiet > euro(%d) && saldo >= limiet * percent(%d)", x, 80+x%20),
			fmt.Sprintf("peildatum - laatste_contact > days(%d) && !(product in [%q, %q])", 30+x, products[x%8], products[(x+3)%8]),
			fmt.Sprintf("product == \"hypotheek\" && rente_vast_tot <= months(%d) && schuld_waarde > percent(%d) && !known(premie)", 1+x%60, 60+x%60),
			fmt.Sprintf("zonder_advies && product == %q && rendement < percent(%d) && premie >= euro(%d)", products[x%8], x%10, x),
		}[i%7]
		fmt.Fprintf(&b, "  - id: R%d\n    category: %s\n    norm: afm:pri:1\n    reason: Omdat het zo is.\n    when: '%s'\n", i, []string{"aandacht", "geel", "oranje", "rood"}[i%4], when)
		if i%5 == 0 {
			fmt.Fprintf(&b, "    except:\n      - {id: X%d, reason: Niet., when: leeftijd < %d || zonder_advies}\n", i, 20+x%10)
		}
	}
	p, err := criteria.Read([]byte(b.String()))
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
