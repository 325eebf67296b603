package journal

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strconv"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// Verify reads the whole journal and tells everything that is not as it was
// signed: each changed byte of a fact, payload, leaf, hash or checkpoint, a
// missing or added row, an order that was changed, a payload that is gone
// without a fact that says so. What was cut off at the end, checkpoint and all,
// is found only with an earlier checkpoint in hand.
//
// It runs while others write: facts that come meanwhile are left for the next
// time. The error is trouble in reading; what was found is in the report.
func Verify(ctx context.Context, src Source, o VerifyOptions) (*Report, error) {
	counts, err := src.Counts(ctx)
	if err != nil {
		return nil, fmt.Errorf("verify: count: %w", err)
	}
	v := &verification{src: src, o: o, counts: counts, r: &Report{Size: counts.Leaves, Signer: SignerNotChecked}}
	v.missing, v.erased = map[string]ident.Firm{}, map[string]ident.Firm{}
	v.openEarlier()
	if err := v.scan(ctx); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	if err := v.queue(ctx); err != nil {
		return nil, fmt.Errorf("verify: waiting facts: %w", err)
	}
	if err := v.settle(ctx); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	v.finish()
	return v.r, nil
}

// verification is the one place where what the readers found comes together.
type verification struct {
	src     Source
	o       VerifyOptions
	counts  Counts
	r       *Report
	earlier []mark
	tree    frontier

	missing map[string]ident.Firm // facts whose payload is gone, with their firm
	erased  map[string]ident.Firm // facts said to be erased, with the firm of who says so
	kept    int64

	seen   int64 // checkpoints met
	last   *Checkpoint
	wrong  bool
	signed int64
}

func (v *verification) openEarlier() {
	for i, msg := range v.o.Earlier {
		id := "earlier " + strconv.Itoa(i+1)
		c, _, err := OpenCheckpoint(msg, v.o.Verifier)
		switch {
		case err != nil:
			v.r.find("earlier checkpoint", id, "earlier-unreadable", err.Error())
		case c.Size > v.counts.Leaves:
			v.r.find("earlier checkpoint", id, "journal-cut-off",
				fmt.Sprintf("it was signed for %d leaves, %d are left", c.Size, v.counts.Leaves))
		default:
			v.earlier = append(v.earlier, mark{size: c.Size, root: c.Root, id: id, earlier: &c})
		}
	}
}

// scan has several readers each take chunks of leaves, and puts what they bring
// together in order of position.
func (v *verification) scan(ctx context.Context) error {
	total := (v.counts.Leaves + chunkSize - 1) / chunkSize
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	todo := make(chan int64)
	done := make(chan *chunk)
	var readers sync.WaitGroup
	for range v.workers() {
		readers.Go(func() {
			for n := range todo {
				c := v.chunk(n)
				if err := c.read(ctx); err != nil {
					stop(err)
					return
				}
				select {
				case done <- c:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		defer close(todo)
		for n := range total {
			select {
			case todo <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() { readers.Wait(); close(done) }()
	v.collect(done)
	return context.Cause(ctx)
}

func (v *verification) workers() int {
	if v.o.Workers > 0 {
		return v.o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (v *verification) collect(done <-chan *chunk) {
	early := map[int64]*chunk{}
	var next, leaves int64
	for c := range done {
		leaves += c.to - c.from
		if v.o.Progress != nil {
			v.o.Progress(leaves, v.counts.Leaves)
		}
		early[c.number] = c
		for c := early[next]; c != nil; c = early[next] {
			delete(early, next)
			v.merge(c)
			next++
		}
	}
}

// merge adds a chunk to the tree: the nodes above it, the roots that end in it,
// and the row of checkpoints.
func (v *verification) merge(c *chunk) {
	v.r.add(c.findings)
	v.kept += c.kept
	maps.Copy(v.missing, c.missing)
	maps.Copy(v.erased, c.erased)
	for _, m := range c.marks {
		v.root(m)
	}
	if c.to-c.from == chunkSize {
		v.tree.grow(c.number, chunkLevel, c.root, func(level int, n int64, want tlog.Hash) tlog.Hash {
			return checkNode(v.r.find, c.above[level], level, n, want)
		})
	}
}

// root holds a claimed root against the tree as it stands.
func (v *verification) root(m mark) {
	right := v.tree.fold((m.size-1)>>chunkLevel, chunkLevel, &m.local) == m.root
	switch {
	case m.earlier != nil && right:
		v.r.Earlier++
	case m.earlier != nil:
		v.r.find("earlier checkpoint", m.id, "earlier-differs",
			"the tree no longer holds what this checkpoint was signed for")
	default:
		if !right {
			v.r.find("journal_checkpoint", m.id, "root-differs", "its root is not that of the tree of its size")
		}
		v.follow(m, right)
	}
}

// follow holds a stored checkpoint against the one before it.
func (v *verification) follow(m mark, right bool) {
	v.seen++
	c := m.stored
	if c == nil {
		return
	}
	switch {
	case v.last == nil && c.Number != 1, v.last != nil && c.Number != v.last.Number+1:
		v.r.find("journal_checkpoint", m.id, "checkpoint-missing", "the checkpoint before it is not there")
	case v.last != nil && c.At.Before(v.last.At):
		v.r.find("journal_checkpoint", m.id, "time-went-back", "it is older than the checkpoint before it")
	case v.last != nil && c.Origin != v.last.Origin:
		v.r.find("journal_checkpoint", m.id, "other-origin", "it is of another installation than the one before it")
	case right:
		v.r.Checkpoints++
	}
	if m.signed {
		v.signed++
	}
	v.wrong = v.wrong || m.wrong
	v.last = c
}
