package journal

import (
	"context"
	"fmt"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// queue checks the facts that wait. Nobody signed for them yet: what can be held
// against each other is the fact and its payload.
func (v *verification) queue(ctx context.Context) error {
	c := v.chunk(0)
	wait := v.o.Patience
	if wait == 0 {
		wait = patience
	}
	err := v.src.Waiting(ctx, func(e *Entry) error {
		v.r.Waiting++
		h, ok := c.fact("journal_waiting", e)
		if ok && !v.o.Now.IsZero() && v.o.Now.Sub(h.Recorded) > wait {
			c.find("journal_waiting", h.ID, "waiting-too-long",
				fmt.Sprintf("it waits longer than %s for a place in the tree: the sequencer does not run", wait))
		}
		return nil
	})
	c.leaves, c.stored, c.to = nil, nil, 0
	v.merge(c)
	return err
}

// settle decides which missing payloads were erased, and finds what the tables
// hold besides the tree. What looks wrong is asked once more, for meanwhile a
// payload may have been erased, and its fact put in the tree.
func (v *verification) settle(ctx context.Context) error {
	for id, firm := range v.missing {
		if eraser, said := v.erased[id]; said && eraser == firm {
			v.r.Erased++
		} else if err := v.doubt(ctx, id); err != nil {
			return err
		}
	}
	for id := range v.erased {
		if _, gone := v.missing[id]; gone {
			continue
		}
		if err := v.doubt(ctx, id); err != nil {
			return err
		}
	}
	c := v.counts
	if c.Facts == c.Leaves+c.Waiting && c.Payloads == c.Facts-c.Erasures {
		return nil
	}
	return v.strays(ctx)
}

func (v *verification) doubt(ctx context.Context, id string) error {
	f, err := v.src.Fate(ctx, id)
	if err != nil {
		return fmt.Errorf("payload of %s: %w", id, err)
	}
	switch {
	case !f.Found:
		v.r.find("journal_fact", id, "erased-fact-missing", "it is said to be erased, and is not there at all")
	case f.Kept && f.Erasures > 0:
		v.r.find("journal_payload", id, "erased-yet-kept", "it is said to be erased, and is still there")
	case !f.Kept && f.Erasures > 0:
		v.r.Erased++
	case f.Kept:
		v.r.find("journal_payload", id, "erased-by-other", "a fact of another firm says that it is erased")
	default:
		v.r.find("journal_payload", id, "payload-missing", "it is gone, and no fact of its firm says that it was erased")
	}
	return nil
}

func (v *verification) strays(ctx context.Context) error {
	facts, payloads, err := v.src.Strays(ctx)
	if err != nil {
		return fmt.Errorf("strays: %w", err)
	}
	for _, id := range facts {
		v.r.find("journal_fact", id, "fact-stray", "it is neither in the tree nor waiting")
	}
	for _, id := range payloads {
		v.r.find("journal_payload", id, "payload-stray", "it belongs to no fact")
	}
	c := v.counts
	v.r.find("journal_fact", "", "counts-differ", fmt.Sprintf(
		"%d facts, %d payloads, %d erasures, %d leaves and %d waiting do not add up", c.Facts, c.Payloads, c.Erasures, c.Leaves, c.Waiting))
	return nil
}

// finish holds the tables against the tree as a whole.
func (v *verification) finish() {
	c, r := v.counts, v.r
	count := strconv.FormatInt(c.Leaves, 10)
	if want := tlog.StoredHashCount(c.Leaves); c.Hashes != want {
		r.find("journal_hash", "", "hash-count", fmt.Sprintf("%d hashes are stored, a tree of %s leaves has %d", c.Hashes, count, want))
	}
	if c.Head != c.Leaves {
		r.find("journal_head", "1", "head-differs", "it does not hold the number of leaves")
	}
	if v.seen != c.Checkpoints {
		r.find("journal_checkpoint", "", "checkpoint-elsewhere", "a checkpoint is not of this tree")
	}
	if c.Leaves > 0 && (v.last == nil || v.last.Size != c.Leaves) {
		r.find("journal_checkpoint", "", "leaves-unsigned", "the last checkpoint does not cover all leaves")
	}
	r.Facts, r.Payloads, r.Latest = c.Facts, v.kept, v.last
	if v.last != nil {
		r.Origin = v.last.Origin
	}
	switch {
	case v.o.Verifier == nil || v.seen == 0:
	case v.wrong || v.signed != v.seen:
		r.Signer = SignerWrong
	default:
		r.Signer = SignerChecked
	}
}
