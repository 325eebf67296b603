package store

import (
	"context"

	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

// Common sets from how many cases on a word or a value is common, until the function
// that it returns is called.
func Common(from int) (restore func()) {
	before := many
	many = from
	return func() { many = before }
}

// Stretches sets how many cases a stretch gets, how many it holds at most, and how many
// of these have a word that is packed.
func Stretches(of, longest, from int) (restore func()) {
	a, b, c := stretchOf, longestStretch, packedFrom
	stretchOf, longestStretch, packedFrom = of, longest, from
	return func() { stretchOf, longestStretch, packedFrom = a, b, c }
}

// InOrder sets how many cases are looked at in the order of a list before all are gone
// through, and how many for each that a page holds before it is asked where the words are.
func InOrder(most, nearby int) (restore func()) {
	a, b := mostInOrder, nearbyFor
	mostInOrder, nearbyFor = most, nearby
	return func() { mostInOrder, nearbyFor = a, b }
}

// Gather reads the next stretch to pack; the function that it returns writes it.
func Gather(ctx context.Context, db *sqldb.DB, firm ident.Firm) (save func() (bool, error), err error) {
	var s stretch
	err = db.Read(ctx, firm, func(t *sqldb.Tx) (err error) {
		s, _, err = gather(t, "", false)
		return err
	})
	return func() (wrote bool, err error) {
		err = db.Write(ctx, firm, func(t *sqldb.Tx) (err error) {
			wrote, err = s.save(t)
			return err
		})
		return wrote, err
	}, err
}

// Rolled gives the ids that a stretch names, as they are remembered, and whether in few
// bytes.
func Rolled(text string) (ids []string, few bool) {
	r := readRoll(text)
	for n := range max(len(r.ids), len(r.plain)) {
		ids = append(ids, r.at(n))
	}
	return ids, r.ids != nil && r.plain == nil
}
