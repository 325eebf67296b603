package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

var (
	ofSubject = sqldb.Tenant(`select f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases, f.digest, p.salt, p.body
		from journal_fact f left join journal_payload p on p.fact = f.id and p.firm = f.firm
		where f.firm = :firm and f.subject = ? order by f.id`)
	ofID = sqldb.Tenant(`select f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases, f.digest, p.salt, p.body
		from journal_fact f left join journal_payload p on p.fact = f.id and p.firm = f.firm
		where f.firm = :firm and f.id = ?`)
	ofSeal = sqldb.Tenant(`select f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases, f.digest, p.salt, p.body
		from journal_fact f left join journal_payload p on p.fact = f.id and p.firm = f.firm
		where f.firm = :firm and f.seal = ? order by f.id limit 1`)
	placeOf    = sqldb.House(`select position from journal_leaf where fact = ?`)
	newestNote = sqldb.House(`select note from journal_checkpoint order by number desc limit 1`)
	noteNumber = sqldb.House(`select note from journal_checkpoint where number = ?`)
	notesAfter = sqldb.House(`select note from journal_checkpoint where number > ? order by number limit ?`)
)

// A Reader hands out facts, with their proofs. What it reads for a firm it reads
// as that firm.
type Reader struct{ DB *sqldb.DB }

// Subject returns all facts about a subject of a firm, oldest id first.
func (r Reader) Subject(ctx context.Context, firm ident.Firm, subject string) ([]journal.Recorded, error) {
	fs, err := r.facts(ctx, firm, ofSubject, subject)
	if err != nil {
		return nil, fmt.Errorf("facts of subject %s: %w", subject, err)
	}
	return fs, nil
}

// Fact returns one fact of a firm, or fault.NotFound "fact-unknown".
func (r Reader) Fact(ctx context.Context, firm ident.Firm, id string) (journal.Recorded, error) {
	fs, err := r.facts(ctx, firm, ofID, id)
	if err != nil {
		return journal.Recorded{}, fmt.Errorf("fact %s: %w", id, err)
	}
	if len(fs) == 0 {
		return journal.Recorded{}, fault.New(fault.NotFound, "fact-unknown", id)
	}
	return fs[0], nil
}

// Sealed returns the sealed thing of this hash: the firm's own, else that of the
// house; or fault.NotFound "sealed-unknown".
func (r Reader) Sealed(ctx context.Context, firm ident.Firm, hash ident.Hash) (journal.Recorded, error) {
	for _, owner := range []ident.Firm{firm, journal.House} {
		fs, err := r.facts(ctx, owner, ofSeal, hash)
		if err != nil {
			return journal.Recorded{}, fmt.Errorf("sealed thing %s: %w", hash, err)
		}
		if len(fs) > 0 {
			return fs[0], nil
		}
	}
	return journal.Recorded{}, fault.New(fault.NotFound, "sealed-unknown", hash.String())
}

// Opener returns what opens the sealed things that a firm's decisions name.
func (r Reader) Opener(ctx context.Context, firm ident.Firm) rule.Opener {
	return func(hash ident.Hash) ([]byte, error) {
		f, err := r.Sealed(ctx, firm, hash)
		return f.Payload, err
	}
}

func (r Reader) facts(ctx context.Context, firm ident.Firm, q *sqldb.Query, arg any) ([]journal.Recorded, error) {
	var out []journal.Recorded
	err := r.DB.Read(ctx, firm, func(t *sqldb.Tx) error {
		rows, err := t.Rows(q, arg)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var f factRow
			var salt, body []byte
			if err := rows.Scan(append(f.columns(), &salt, &body)...); err != nil {
				return err
			}
			fact, err := f.entry(salt, body).Recorded()
			if err != nil {
				return err
			}
			out = append(out, fact)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	return out, r.places(ctx, out)
}

// places fills in the positions. The tree is the house's, and holds ids only.
func (r Reader) places(ctx context.Context, fs []journal.Recorded) error {
	if len(fs) == 0 {
		return nil
	}
	return r.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		for i := range fs {
			err := t.Row(placeOf, fs[i].ID).Scan(&fs[i].Position)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		return nil
	})
}

// Latest returns the newest signed checkpoint, or fault.NotFound
// "no-checkpoint" where nothing was sequenced yet.
func (r Reader) Latest(ctx context.Context) ([]byte, error) {
	return r.note(ctx, newestNote)
}

// Checkpoint returns the signed checkpoint of this number, or fault.NotFound
// "no-checkpoint".
func (r Reader) Checkpoint(ctx context.Context, number int64) ([]byte, error) {
	return r.note(ctx, noteNumber, number)
}

func (r Reader) note(ctx context.Context, q *sqldb.Query, args ...any) (msg []byte, err error) {
	err = r.DB.HouseRead(ctx, func(t *sqldb.Tx) error { return t.Row(q, args...).Scan(&msg) })
	return msg, sqldb.Found(err, "no-checkpoint", "")
}

// Checkpoints returns at most limit signed checkpoints with numbers above after,
// in order.
func (r Reader) Checkpoints(ctx context.Context, after int64, limit int) (notes [][]byte, err error) {
	err = Source(r).each(ctx, func(rows *sqldb.Rows) error {
		var msg []byte
		err := rows.Scan(&msg)
		notes = append(notes, msg)
		return err
	}, notesAfter, after, limit)
	return notes, err
}

// Inclusions proves that the leaves at these positions stand in the tree of the
// newest checkpoint, which it returns too. All proofs are of one moment.
func (r Reader) Inclusions(ctx context.Context, positions []int64) (proofs []journal.Inclusion, checkpoint []byte, err error) {
	err = r.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		if err := t.Row(newestNote).Scan(&checkpoint); err != nil {
			return err
		}
		c, _, err := journal.OpenCheckpoint(checkpoint, nil)
		if err != nil {
			return err
		}
		tree := growing{t: t, fresh: map[int64]tlog.Hash{}}
		for _, p := range positions {
			hashes, err := tlog.ProveRecord(c.Size, p, tree)
			if err != nil {
				return fmt.Errorf("position %d: %w", p, err)
			}
			proofs = append(proofs, journal.Inclusion{Position: p, Hashes: hashes, Checkpoint: checkpoint})
		}
		return nil
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, fault.New(fault.NotFound, "no-checkpoint", "")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("prove inclusion: %w", err)
	}
	return proofs, checkpoint, nil
}

// Consistency proves that the tree of size later begins with the tree of size
// earlier: for journal.CheckConsistency.
func (r Reader) Consistency(ctx context.Context, earlier, later int64) (proof tlog.TreeProof, err error) {
	if earlier == later {
		return nil, nil
	}
	err = r.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		proof, err = tlog.ProveTree(later, earlier, growing{t: t, fresh: map[int64]tlog.Hash{}})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("prove consistency of %d with %d: %w", earlier, later, err)
	}
	return proof, nil
}

// All gives the facts of all firms by position, with their payloads, for replay.
// It reads a page at a time, so that no transaction lasts; facts that wait come
// last.
func (r Reader) All(ctx context.Context) iter.Seq2[journal.Recorded, error] {
	return func(yield func(journal.Recorded, error) bool) {
		const page = 1000
		for from := int64(0); ; from += page {
			fs, err := r.page(ctx, leavesFrom, from, from+page)
			if err != nil {
				yield(journal.Recorded{}, err)
				return
			}
			if len(fs) == 0 {
				break
			}
			for _, f := range fs {
				if !yield(f, nil) {
					return
				}
			}
		}
		waiting, err := r.page(ctx, allWaiting)
		if err != nil {
			yield(journal.Recorded{}, err)
			return
		}
		for _, f := range waiting {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func (r Reader) page(ctx context.Context, q *sqldb.Query, args ...any) (fs []journal.Recorded, err error) {
	err = Source(r).entries(ctx, func(e *journal.Entry) error {
		f, err := e.Recorded()
		fs = append(fs, f)
		return err
	}, q, args...)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return fs, nil
}
