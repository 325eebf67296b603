package criteria_test

import (
	"os"
	"strings"
	"testing"

	"zorgplicht/criteria"
)

func TestTheExampleOfTheGuideIsARuleSet(t *testing.T) {
	guide, err := os.ReadFile("../docs/gids/criteria.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	p, err := criteria.Read([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	r := row(t, p, map[string]string{"achterstand": "7", "saldo": "60000", "regeling": "ja"})
	if got := p.Decide(someDay, r).Category; got != 2 {
		t.Errorf("got category %d", got)
	}
}
