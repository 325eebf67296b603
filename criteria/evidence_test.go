package criteria_test

import (
	"testing"

	"zorgplicht/criteria/yardstick"
)

// A hash in a proof is a line of 45 bytes; ten million contracts have a tree of 24
// levels.
func TestTheEvidenceOfTenMillionContractsIsSmall(t *testing.T) {
	const n, all, levels, line = 20_000, 10_000_000, 24, 45
	p := read(t, "testdata/beheer.yaml")
	c, o, _, outcome := ran(t, p, written(t, p, yardstick.Rows(new(yardstick.Chance), p, n)))
	if size := len(outcome) * (all / n); size >= 25_000_000 {
		t.Errorf("ten million contracts add %d bytes", size)
	}
	proof, err := o.Prove(p, c, n/2)
	if err != nil {
		t.Fatal(err)
	}
	if size := len(proof.Text()) + line*(levels-len(proof.Beside)); size >= 2000 {
		t.Errorf("a proof takes %d bytes", size)
	}
}
