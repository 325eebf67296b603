package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

var (
	anyWaiting  = sqldb.House(`select fact from journal_waiting limit 1`)
	lockHead    = sqldb.House(`select size from journal_head where id = 1 :lock`)
	growHead    = sqldb.House(`update journal_head set size = ? where id = 1`)
	takeWaiting = sqldb.House(`select f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases, f.digest
		from journal_waiting w join journal_fact f on f.id = w.fact order by w.fact limit ?`)
	doneWaiting = sqldb.House(`delete from journal_waiting where fact in (select fact from journal_leaf where position >= ?)`)
	addLeaves   = sqldb.House(`insert into journal_leaf (position, fact) values (?, ?)`)
	addHashes   = sqldb.House(`insert into journal_hash (idx, hash) values (?, ?)`)
	andAnother  = sqldb.Part(`, (?, ?)`, addLeaves, addHashes)
	oneHash     = sqldb.House(`select hash from journal_hash where idx = ?`)
	lastSigned  = sqldb.House(`select number, at from journal_checkpoint order by number desc limit 1`)
	addSigned   = sqldb.House(`insert into journal_checkpoint (number, size, root, at, note) values (?, ?, ?, ?, ?)`)
)

// A Sequencer moves waiting facts into the tree and signs for them. Every node
// runs one; the lock on the head of the tree lets one through at a time.
type Sequencer struct {
	DB     *sqldb.DB
	Signer note.Signer      // its name is the origin of the checkpoints
	Now    func() time.Time //
	Batch  int              // most facts of one step, 0 means 4096
	Every  time.Duration    // between two steps of Run, 0 means half a second
	// Failed is told of a step that did not work. Run tries again at the next.
	Failed func(error)
}

// Run takes steps until ctx ends.
func (s *Sequencer) Run(ctx context.Context) {
	every := s.Every
	if every == 0 {
		every = time.Second / 2
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		n, err := s.Step(ctx)
		if err != nil && ctx.Err() == nil && s.Failed != nil {
			s.Failed(err)
		}
		if err == nil && n == s.batch() {
			continue // there may be more
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *Sequencer) batch() int {
	if s.Batch > 0 {
		return s.Batch
	}
	return 4096
}

// Step moves the facts that wait into the tree, at most one batch, oldest id
// first, and signs one checkpoint for them, in one transaction. It returns how
// many it moved; where none wait it writes nothing.
func (s *Sequencer) Step(ctx context.Context) (int, error) {
	idle := false
	err := s.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		var id string
		err := t.Row(anyWaiting).Scan(&id)
		idle = errors.Is(err, sql.ErrNoRows)
		if idle {
			return nil
		}
		return err
	})
	if err != nil || idle {
		return 0, wrapStep(err)
	}
	moved := 0
	err = s.DB.HouseWrite(ctx, func(t *sqldb.Tx) error {
		moved, err = s.step(t)
		return err
	})
	if err != nil {
		return 0, wrapStep(err)
	}
	return moved, nil
}

func wrapStep(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sequence waiting facts: %w", err)
}

func (s *Sequencer) step(t *sqldb.Tx) (int, error) {
	var size int64
	if err := t.Row(lockHead).Scan(&size); err != nil {
		return 0, err
	}
	ids, leaves, err := s.take(t)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	tree := growing{t: t, fresh: map[int64]tlog.Hash{}}
	var nodes []pair
	for i, leaf := range leaves {
		hashes, err := tlog.StoredHashesForRecordHash(size+int64(i), leaf, tree)
		if err != nil {
			return 0, err
		}
		first := tlog.StoredHashCount(size + int64(i))
		for k, h := range hashes {
			tree.fresh[first+int64(k)] = h
			nodes = append(nodes, pair{first + int64(k), h[:]})
		}
	}
	places := make([]pair, len(ids))
	for i, id := range ids {
		places[i] = pair{size + int64(i), id}
	}
	if err := errors.Join(insert(t, addLeaves, places), insert(t, addHashes, nodes)); err != nil {
		return 0, err
	}
	if _, err := t.Exec(doneWaiting, size); err != nil {
		return 0, err
	}
	after := size + int64(len(ids))
	if _, err := t.Exec(growHead, after); err != nil {
		return 0, err
	}
	root, err := tlog.TreeHash(after, tree)
	if err != nil {
		return 0, err
	}
	return len(ids), s.sign(t, after, root)
}

// take reads the facts that wait, with the hashes of their leaves.
func (s *Sequencer) take(t *sqldb.Tx) (ids []string, leaves []tlog.Hash, err error) {
	rows, err := t.Rows(takeWaiting, s.batch())
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	var buf []byte
	for rows.Next() {
		var f factRow
		if err := rows.Scan(f.columns()...); err != nil {
			return nil, nil, err
		}
		fact, err := f.entry(nil, nil).Recorded()
		if err != nil { // what is not in form is not signed for
			return nil, nil, err
		}
		buf = journal.AppendLeaf(buf[:0], fact.Header())
		ids, leaves = append(ids, fact.ID), append(leaves, tlog.RecordHash(buf))
	}
	return ids, leaves, rows.Err()
}

// sign adds the checkpoint of the tree. Its time never lies before that of the
// last one: a clock that goes back stands still here.
func (s *Sequencer) sign(t *sqldb.Tx, size int64, root tlog.Hash) error {
	c := journal.Checkpoint{Origin: s.Signer.Name(), Size: size, Root: root, Number: 1, At: s.Now().UTC().Truncate(time.Millisecond)}
	var number, at int64
	err := t.Row(lastSigned).Scan(&number, &at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		c.Number = number + 1
		if last := sqldb.Instant(at); c.At.Before(last) {
			c.At = last
		}
	}
	msg, err := journal.SignCheckpoint(c, s.Signer)
	if err != nil {
		return err
	}
	_, err = t.Exec(addSigned, c.Number, c.Size, root[:], c.At.UnixMilli(), msg)
	return err
}

// pair is one row of leaves or hashes.
type pair struct {
	key   int64
	value any
}

// perInsert is how many rows go to the database at once.
const perInsert = 64

func insert(t *sqldb.Tx, q *sqldb.Query, rows []pair) error {
	more := make([]*sqldb.Fragment, perInsert-1)
	for i := range more {
		more[i] = andAnother
	}
	for len(rows) > 0 {
		n := min(perInsert, len(rows))
		args := make([]any, 0, 2*n)
		for _, r := range rows[:n] {
			args = append(args, r.key, r.value)
		}
		if _, err := t.Exec(q.With(more[:n-1]...), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// growing reads the hashes of the tree, those of this step from memory.
type growing struct {
	t     *sqldb.Tx
	fresh map[int64]tlog.Hash
}

func (g growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := g.fresh[index]
		if !ok {
			var b []byte
			if err := g.t.Row(oneHash, index).Scan(&b); err != nil {
				return nil, fmt.Errorf("hash %d of the tree: %w", index, err)
			}
			if copy(h[:], b); len(b) != len(h) {
				return nil, fmt.Errorf("hash %d of the tree is not %d bytes", index, len(h))
			}
			g.fresh[index] = h
		}
		out[i] = h
	}
	return out, nil
}
