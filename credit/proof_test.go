package credit

import (
	"flag"
	"fmt"
	"math/big"
	"testing"
)

// schedules is how many random schedules are proved: ten thousand in every run, a
// million by hand: zorgplicht credit proof, or go test ./credit -run TestProof -args
// -schedules 1000000.
//
// Each batch has a seed of its own, all cores work, and with -v each batch says
// when it is proved.
var schedules = flag.Int("schedules", 10_000, "how many random schedules TestProof tries")

const batch = 2_500

func TestProof(t *testing.T) {
	for from := 0; from < *schedules; from += batch {
		seed := from/batch + 1
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			ties, err := Prove(uint64(seed), min(batch, *schedules-from))
			if err != nil || ties == 0 {
				t.Errorf("%d ties tried, %v", ties, err)
			}
		})
	}
}

// TestAProofFindsWhatIsWrong: a rate that is not on the tie it is said to be on, and a
// schedule of two rates.
func TestAProofFindsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name string
		c    []int64
		tie  *big.Rat
	}{
		{"no tie", []int64{-10_000, 11_000}, big.NewRat(199, 20)},
		{"two rates", []int64{10_000, -22_000, 12_099}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if proved(c.c, c.tie) == nil {
				t.Error("proved")
			}
		})
	}
}
