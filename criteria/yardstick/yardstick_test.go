package yardstick_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"runtime"
	"testing"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
)

// read reads a drawn set, which may never be refused.
func read(t testing.TB, text string) *criteria.Program {
	t.Helper()
	p, err := criteria.Read([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

// TestBitsAreTheSameOnEveryMachine decides drawn sets over drawn rows by columns
// and by rows, and holds what came out against the fingerprint kept here. ./check
// runs it for amd64, 386 and arm64, and with SIMD.
func TestBitsAreTheSameOnEveryMachine(t *testing.T) {
	const fingerprint = "746cfd5bf655091b96281263699dbd8fdb5498d043c01ad7d3f4a3a44ece4e79"
	sum := sha256.New()
	c := yardstick.Chance(61)
	seen := [3]int{}
	for set := range 120 {
		p := read(t, yardstick.Drawing{Own: true}.Set(&c, 1+int(c.Below(20))))
		rows := yardstick.Rows(&c, p, 1+int(c.Below(2200)))
		r := p.NewResult(len(rows)).WithReasons()
		if err := p.Screen(context.Background(), yardstick.Day, yardstick.Columns(p, rows), r); err != nil {
			t.Fatal(err)
		}
		out := make([]byte, 0, len(rows)*8)
		for i, row := range rows {
			least, most := 0, 0
			for rule, want := range p.Truths(yardstick.Day, row) {
				if got := r.Truth(i, rule); got != want || (r.Reasons[rule/16][i]>>(rule%16)&1 == 1) != (want == criteria.Yes) {
					t.Fatalf("set %d, row %d, rule %d (%s): columns say %v, the row %v: %v", set, i, rule, p.Set().Rules[rule].When, got, want, row)
				}
				seen[want]++
				out = append(out, byte(want))
			}
			if i%16 == 0 {
				d := p.Decide(yardstick.Day, row)
				least, most = d.Category, d.Highest
				if int(r.Category[i]) != least || int(r.Highest[i]) != most {
					t.Fatalf("set %d, row %d: columns say %d to %d, the row %d to %d", set, i, r.Category[i], r.Highest[i], least, most)
				}
				out = append(out, byte(d.Question))
				for _, o := range d.Rules {
					for _, change := range o.Changes {
						out = append(out, byte(change.Field), byte(change.To.V), byte(change.To.V>>8))
					}
				}
			}
			out = append(out, r.Category[i], r.Highest[i])
		}
		sum.Write(out)
	}
	for truth, n := range seen {
		if n < 10_000 {
			t.Errorf("only %d times %v", n, criteria.Truth(truth))
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != fingerprint {
		t.Errorf("got %s", got)
	}
	t.Logf("%s, 512 rows at a time: %v; %v", runtime.GOARCH, criteria.Wide, seen)
}

func TestTheBookHasTheRulesOfTheTests(t *testing.T) {
	text, err := os.ReadFile("../testdata/beheer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, yardstick.Rules) {
		t.Error("beheer.yaml here and in testdata differ: change both")
	}
}

func TestRulesAndHandAgree(t *testing.T) {
	r, err := yardstick.NewRace(20_011)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Rules(); err != nil {
		t.Fatal(err)
	}
	r.ByHand()
	if !r.Same() {
		t.Error("they differ")
	}
	r.Category[20_000]++
	if r.Same() {
		t.Error("a row that differs is not seen")
	}
}
