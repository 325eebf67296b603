package store

import (
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// TestProofsFromTheStore hands an outsider every checkpoint, and has him check
// each against each later one, and each fact against the last.
func TestProofsFromTheStore(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		r := Reader{b.db}
		if _, err := r.Latest(t.Context()); !fault.Has(err, "no-checkpoint") {
			t.Errorf("before the first step: %v", err)
		}
		if _, _, err := r.Inclusions(t.Context(), []int64{0}); !fault.Has(err, "no-checkpoint") {
			t.Errorf("before the first step: %v", err)
		}
		b.filled()
		b.step()
		notes, err := r.Checkpoints(t.Context(), 0, 10)
		must(t, err)
		var cs []journal.Checkpoint
		for _, msg := range notes {
			c, signed, err := journal.OpenCheckpoint(msg, b.verifier)
			must(t, err)
			if !signed {
				t.Errorf("checkpoint %d is not signed", c.Number)
			}
			cs = append(cs, c)
		}
		if len(cs) != 4 {
			t.Fatalf("%d checkpoints", len(cs))
		}
		for i, early := range cs {
			for _, late := range cs[i:] {
				proof, err := r.Consistency(t.Context(), early.Size, late.Size)
				must(t, err)
				if err := journal.CheckConsistency(early, late, proof); err != nil {
					t.Errorf("%d and %d: %v", early.Size, late.Size, err)
				}
			}
		}
		for f, err := range r.All(t.Context()) {
			must(t, err)
			proofs, _, err := r.Inclusions(t.Context(), []int64{f.Position})
			must(t, err)
			if _, err := proofs[0].Check(journal.LeafHash(f.Header()), b.verifier); err != nil {
				t.Errorf("fact %s: %v", f.ID, err)
			}
		}
		if _, _, err := r.Inclusions(t.Context(), []int64{7}); err == nil {
			t.Error("a position beyond the tree was proved")
		}
	})
}
