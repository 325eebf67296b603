package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"zorgplicht/ident"
)

// A Source is what a verification reads. Its methods are called by several
// goroutines at once; each reads one consistent state of the store. What they
// hand to a callback is valid until the callback returns. An error is trouble in
// reading; a row in bad form is no error but an Entry in bad form.
type Source interface {
	// Counts gives the sizes of all tables at one moment.
	Counts(ctx context.Context) (Counts, error)
	// Leaves gives the leaves of positions from up to but not including to, by
	// position, each with its fact and payload.
	Leaves(ctx context.Context, from, to int64, each func(*Entry) error) error
	// Waiting gives the facts that wait for a position.
	Waiting(ctx context.Context, each func(*Entry) error) error
	// Hashes gives the stored hashes of the indexes (tlog.StoredHashIndex) from
	// up to but not including to, by index.
	Hashes(ctx context.Context, from, to int64, each func(index int64, hash []byte) error) error
	// Checkpoints gives those of sizes above from and up to to, by size.
	Checkpoints(ctx context.Context, from, to int64, each func(StoredCheckpoint) error) error
	// Fate tells how the payload of one fact stands now.
	Fate(ctx context.Context, fact string) (Fate, error)
	// Strays gives the facts that are neither in the tree nor waiting, and the
	// payloads without a fact, by id. It is asked only when Counts do not add up.
	Strays(ctx context.Context) (facts, payloads []string, err error)
}

// Counts are the sizes of the tables of the journal at one moment.
type Counts struct {
	Facts, Payloads, Waiting, Leaves, Hashes, Checkpoints int64
	Erasures                                              int64 // facts that tell of an erased payload
	Head                                                  int64 // the size that the sequencer wrote down
}

// An Entry is one fact as the store holds it, with nothing assumed.
type Entry struct {
	Position int64  // Waiting for one that waits
	LeafOf   string // the fact's id according to leaf or queue

	Found        bool // whether there is such a fact; the next six are its columns
	Header       Header
	Seal, Digest []byte // as stored; Header.Seal and Header.Digest are not filled

	Kept        bool // whether there is a payload; the next three are its columns
	PayloadFirm ident.Firm
	Salt, Body  []byte
}

// A StoredCheckpoint is a row of the table of checkpoints.
type StoredCheckpoint struct {
	Number, Size int64
	Root         []byte
	At           time.Time
	Note         []byte
}

// Fate is how a fact's payload stands.
type Fate struct {
	Found    bool       // the fact is there
	Firm     ident.Firm // its tenant
	Kept     bool       // its payload is there
	Erasures int        // facts of the same firm that tell of its erasure
}

// Recorded returns a copy of the entry as a fact. It is an error when the fact
// is not there or not in form: whoever reads on, verifies first.
func (e *Entry) Recorded() (Recorded, error) {
	if !e.Found {
		return Recorded{}, fmt.Errorf("fact %s is not there", e.LeafOf)
	}
	h := e.Header
	if err := errors.Join(hashes(&h, e), h.Check()); err != nil {
		return Recorded{}, fmt.Errorf("fact %s: %w", h.ID, err)
	}
	r := Recorded{
		Fact: Fact{
			ID: h.ID, Firm: h.Firm, Kind: h.Kind, Subject: h.Subject, Valid: h.Valid, Recorded: h.Recorded,
			Sealed: !h.Seal.IsZero(), Erases: h.Erases,
		},
		Digest: h.Digest, Named: h.Seal, Position: e.Position, Erased: !e.Kept,
	}
	if e.Kept {
		r.Salt, r.Payload = bytes.Clone(e.Salt), bytes.Clone(e.Body)
	}
	return r, nil
}
