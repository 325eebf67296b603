package journal

import (
	"context"
	"errors"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// A reader takes leaves by chunks that are whole subtrees.
const (
	chunkLevel = 12
	chunkSize  = int64(1) << chunkLevel
)

// A mark is a root that someone claimed for the tree of a size: a stored
// checkpoint, or an earlier one that was handed out.
type mark struct {
	size    int64
	root    tlog.Hash
	local   tlog.Hash // of the leaves of its chunk, up to its size
	id      string
	earlier *Checkpoint
	stored  *Checkpoint // nil when it cannot be read
	signed  bool
	wrong   bool
}

// A chunk is the part of the tree that one reader verifies at a time.
type chunk struct {
	v            *verification
	number       int64
	from, to     int64
	leaves       []cell // as computed from the facts
	first        int64  // index of the first stored hash of the chunk
	stored       []cell
	above        [64]cell // stored nodes that end in this chunk but are higher, by level
	marks        []mark
	root         tlog.Hash // of the whole chunk, when it is full
	missing      map[string]ident.Firm
	erased       map[string]ident.Firm
	kept         int64
	findings     []Finding
	buf          []byte
	lastPosition int64
}

// A cell holds a hash, or says why there is none.
type cell struct {
	hash  tlog.Hash
	state state
}

type state byte

const (
	absent state = iota
	broken       // there is a row, but no hash can be had from it
	whole
)

func (v *verification) chunk(n int64) *chunk {
	c := &chunk{
		v: v, number: n, from: n * chunkSize, to: min((n+1)*chunkSize, v.counts.Leaves),
		missing: map[string]ident.Firm{}, erased: map[string]ident.Firm{},
	}
	c.leaves = make([]cell, c.to-c.from)
	c.first = tlog.StoredHashCount(c.from)
	c.stored = make([]cell, tlog.StoredHashCount(c.to)-c.first)
	c.lastPosition = c.from - 1
	return c
}

func (c *chunk) find(table, id, code, text string) {
	c.findings = append(c.findings, Finding{table, id, code, text})
}

// read fetches the rows of the chunk and checks all that can be checked without
// the chunks before it.
func (c *chunk) read(ctx context.Context) error {
	if err := c.v.src.Leaves(ctx, c.from, c.to, c.entry); err != nil {
		return err
	}
	if err := c.v.src.Hashes(ctx, c.first, c.first+int64(len(c.stored)), c.hash); err != nil {
		return err
	}
	if err := c.v.src.Checkpoints(ctx, c.from, c.to, c.checkpoint); err != nil {
		return err
	}
	for _, m := range c.v.earlier {
		if m.size > c.from && m.size <= c.to {
			c.marks = append(c.marks, m)
		}
	}
	c.build()
	c.leaves, c.stored = nil, nil
	return nil
}

func (c *chunk) entry(e *Entry) error {
	if e.Position <= c.lastPosition || e.Position >= c.to {
		c.find("journal_leaf", strconv.FormatInt(e.Position, 10), "leaf-doubled", "more than one row stands at this position")
		return nil
	}
	c.lastPosition = e.Position
	here := &c.leaves[e.Position-c.from]
	h, ok := c.fact("journal_leaf", e)
	if !ok {
		here.state = broken
		return nil
	}
	c.buf = AppendLeaf(c.buf[:0], h)
	*here = cell{tlog.RecordHash(c.buf), whole}
	return nil
}

// fact checks one fact with its payload and returns its header, if it has the
// form of one.
func (c *chunk) fact(table string, e *Entry) (h Header, ok bool) {
	if !e.Found {
		c.find(table, e.LeafOf, "fact-missing", "the fact it names is not there")
		return h, false
	}
	h = e.Header
	if err := hashes(&h, e); err != nil {
		c.find("journal_fact", h.ID, "fact-malformed", err.Error())
		return h, false
	}
	if err := h.Check(); err != nil {
		c.find("journal_fact", h.ID, "fact-malformed", err.Error())
		return h, false
	}
	if h.Erases != "" {
		c.erased[h.Erases] = h.Firm
	}
	c.payload(h, e)
	return h, true
}

// hashes copies the two hashes of a fact, whose stored length may be wrong.
func hashes(h *Header, e *Entry) error {
	if len(e.Digest) != len(h.Digest) {
		return errors.New("its digest is not 32 bytes")
	}
	copy(h.Digest[:], e.Digest)
	if e.Seal == nil {
		return nil
	}
	if copy(h.Seal[:], e.Seal); len(e.Seal) != len(h.Seal) || h.Seal.IsZero() {
		return errors.New("its seal is not a hash")
	}
	return nil
}

func (c *chunk) payload(h Header, e *Entry) {
	switch {
	case !e.Kept:
		// Erased, or gone: that is known only when all facts were seen.
		c.missing[h.ID] = h.Firm
	case e.PayloadFirm != h.Firm:
		c.find("journal_payload", h.ID, "payload-of-other-firm", "it stands under another firm than its fact")
	case len(e.Salt) != SaltSize || Digest(e.Salt, e.Body) != h.Digest:
		c.find("journal_payload", h.ID, "payload-changed", "salt and body do not match the digest of the fact")
	case !h.Seal.IsZero() && ident.HashOf(e.Body) != h.Seal:
		c.find("journal_fact", h.ID, "seal-differs", "its seal is not the hash of its payload")
	default:
		c.kept++
	}
}

func (c *chunk) hash(index int64, b []byte) error {
	i := index - c.first
	if i < 0 || i >= int64(len(c.stored)) || c.stored[i].state != absent || len(b) != tlog.HashSize {
		c.find("journal_hash", strconv.FormatInt(index, 10), "hash-malformed", "it is not 32 bytes, or stands there twice")
		return nil
	}
	copy(c.stored[i].hash[:], b)
	c.stored[i].state = whole
	return nil
}

func (c *chunk) checkpoint(s StoredCheckpoint) error {
	id := strconv.FormatInt(s.Number, 10)
	m := mark{size: s.Size, id: id}
	cp, signed, err := OpenCheckpoint(s.Note, c.v.o.Verifier)
	switch {
	case errors.Is(err, ErrSigner):
		m.wrong = true
		c.find("journal_checkpoint", id, "signer-wrong", "it was not signed by the given key, or it was altered")
		text, _, _ := OpenNote(s.Note, nil)
		if cp, err = ParseCheckpoint(text); err != nil {
			break
		}
		m.stored = &cp
	case err != nil:
		c.find("journal_checkpoint", id, "checkpoint-malformed", err.Error())
	default:
		m.stored, m.signed = &cp, signed
	}
	copy(m.root[:], s.Root)
	if m.stored != nil && (cp.Number != s.Number || cp.Size != s.Size || len(s.Root) != len(cp.Root) ||
		cp.Root != m.root || !cp.At.Equal(s.At)) {
		c.find("journal_checkpoint", id, "checkpoint-changed", "its columns differ from the signed text")
	}
	c.marks = append(c.marks, m)
	return nil
}

// build goes through the leaves in order, holds each stored node against its
// two stored children, and folds what stands there at each mark.
func (c *chunk) build() {
	var tree frontier
	byEnd := map[int64][]int{}
	for i, m := range c.marks {
		byEnd[m.size] = append(byEnd[m.size], i)
	}
	for i := range c.leaves {
		n := c.from + int64(i)
		tree.grow(int64(i), 0, c.leaf(n), func(level int, k int64, want tlog.Hash) tlog.Hash {
			k += c.from >> level
			return checkNode(c.find, c.at(level, k), level, k, want)
		})
		for _, m := range byEnd[n+1] {
			c.marks[m].local = tree.fold(int64(i)+1, 0, nil)
		}
	}
	if c.to-c.from != chunkSize {
		return
	}
	c.root = tree.at[chunkLevel]
	for level := chunkLevel + 1; c.to%(1<<level) == 0; level++ {
		c.above[level] = c.at(level, c.to>>level-1)
	}
}

// at is the stored hash of a node that ends in this chunk.
func (c *chunk) at(level int, n int64) cell { return c.stored[tlog.StoredHashIndex(level, n)-c.first] }

// leaf holds the computed hash of a leaf against the stored one, and returns
// what the nodes above it are checked with: the stored one, so that one changed
// fact is one finding.
func (c *chunk) leaf(n int64) tlog.Hash {
	own, stored := c.leaves[n-c.from], c.at(0, n)
	switch {
	case own.state == absent:
		c.find("journal_leaf", strconv.FormatInt(n, 10), "leaf-missing", "no leaf stands at this position")
	case own.state == whole && stored.state == whole && own.hash != stored.hash:
		c.find("journal_leaf", strconv.FormatInt(n, 10), "leaf-differs", "its fact is not the one whose hash stands in the tree")
	}
	if stored.state != whole {
		c.find("journal_hash", strconv.FormatInt(tlog.StoredHashIndex(0, n), 10), "hash-missing", "the hash of a leaf is not there")
		return own.hash
	}
	return stored.hash
}
