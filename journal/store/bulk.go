package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

var sealsOf = sqldb.Tenant(`select f.id, f.firm, f.kind, f.subject, f.valid, f.recorded, f.seal, f.erases, f.digest, p.salt, p.body
		from journal_fact f left join journal_payload p on p.fact = f.id and p.firm = f.firm
		where f.firm = :firm and f.seal is not null and f.seal > ? order by f.seal limit 200`)

// Subjects returns all facts about each of these subjects of a firm, those of one
// subject together by position. Facts that have no place in the tree yet are left out.
func (r Reader) Subjects(ctx context.Context, firm ident.Firm, subjects []string) (fs []journal.Recorded, err error) {
	err = r.DB.Read(ctx, firm, func(t *sqldb.Tx) error {
		for _, subject := range subjects {
			if fs, err = appendFacts(t, fs, ofSubject, subject); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("facts of %d subjects: %w", len(subjects), err)
	}
	return r.placed(ctx, fs)
}

// EachSeal gives the sealed things of a firm, or of the house, by hash.
func (r Reader) EachSeal(ctx context.Context, firm ident.Firm, fn func(journal.Recorded) error) error {
	for after := []byte{}; ; {
		var fs []journal.Recorded
		err := r.DB.Read(ctx, firm, func(t *sqldb.Tx) (err error) {
			fs, err = appendFacts(t, nil, sealsOf, after)
			return err
		})
		if err != nil {
			return fmt.Errorf("sealed things: %w", err)
		}
		for _, f := range fs {
			if err := fn(f); err != nil {
				return err
			}
		}
		if len(fs) == 0 {
			return nil
		}
		after = fs[len(fs)-1].Named[:]
	}
}

func appendFacts(t *sqldb.Tx, fs []journal.Recorded, q *sqldb.Query, arg any) ([]journal.Recorded, error) {
	rows, err := t.Rows(q, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f factRow
		var salt, body []byte
		if err := rows.Scan(append(f.columns(), &salt, &body)...); err != nil {
			return nil, err
		}
		one, err := f.entry(salt, body).Recorded()
		if err != nil {
			return nil, err
		}
		fs = append(fs, one)
	}
	return fs, rows.Err()
}

// placed fills in the positions and leaves out what has none.
func (r Reader) placed(ctx context.Context, fs []journal.Recorded) ([]journal.Recorded, error) {
	err := r.places(ctx, fs)
	return slices.DeleteFunc(fs, func(f journal.Recorded) bool { return f.Position == journal.Waiting }), err
}

// Placed returns sealed things with their positions, without those that have none.
func (r Reader) Placed(ctx context.Context, fs []journal.Recorded) ([]journal.Recorded, error) {
	return r.placed(ctx, fs)
}

// Proving returns the hashes of the tree that proofs of these positions read, in the
// tree of this size.
func (r Reader) Proving(ctx context.Context, size int64, positions []int64) (map[int64]tlog.Hash, error) {
	wanted := asking{}
	for _, p := range positions {
		if _, err := tlog.ProveRecord(size, p, wanted); err != nil {
			return nil, fmt.Errorf("position %d: %w", p, err)
		}
	}
	indexes := make([]int64, 0, len(wanted))
	for at := range wanted {
		indexes = append(indexes, at)
	}
	slices.Sort(indexes)
	found := make(map[int64]tlog.Hash, len(indexes))
	err := r.DB.HouseRead(ctx, func(t *sqldb.Tx) error {
		for len(indexes) > 0 {
			n := run(indexes)
			if err := hashesIn(t, indexes[:n], found); err != nil {
				return err
			}
			indexes = indexes[n:]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("hashes of the tree: %w", err)
	}
	return found, nil
}

// gap is how far two hashes lie apart that are still read together.
const gap = 16

// run is how many of these are read together.
func run(indexes []int64) int {
	n := 1
	for n < len(indexes) && indexes[n]-indexes[n-1] <= gap {
		n++
	}
	return n
}

func hashesIn(t *sqldb.Tx, indexes []int64, found map[int64]tlog.Hash) error {
	rows, err := t.Rows(hashesFrom, indexes[0], indexes[len(indexes)-1]+1)
	if err != nil {
		return err
	}
	defer rows.Close()
	var at int64
	var raw sql.RawBytes
	next := 0
	for rows.Next() {
		if err := rows.Scan(&at, &raw); err != nil {
			return err
		}
		if next == len(indexes) || at != indexes[next] {
			continue
		}
		var h tlog.Hash
		if copy(h[:], raw); len(raw) != len(h) {
			return fmt.Errorf("hash %d of the tree is not %d bytes", at, len(h))
		}
		found[at] = h
		next++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if next != len(indexes) {
		return errors.New("the tree has holes: verify the journal")
	}
	return nil
}

// asking remembers which hashes a proof reads; it gives none that mean anything.
type asking map[int64]bool

// ReadHashes implements tlog.HashReader.
func (a asking) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	for _, at := range indexes {
		a[at] = true
	}
	return make([]tlog.Hash, len(indexes)), nil
}
