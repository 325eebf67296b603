package yardstick

import (
	"fmt"
	"strings"

	"zorgplicht/criteria"
)

// Many makes a set of n rules over the book, each with limits of its own:
// conditions with or, sums of fields, date differences, exceptions.
func Many(n int) (*criteria.Program, error) {
	head, _, _ := strings.Cut(string(Rules), "rules:\n")
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
	return criteria.Read([]byte(b.String()))
}
