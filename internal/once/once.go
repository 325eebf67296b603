// Package once keeps the replies to requests that carry an idempotency key
// (header Idempotency-Key), so that a program that asks again after a broken
// line gets the first answer instead of a second attempt.
//
// A key belongs to a firm and lives 24 hours. It is kept as a hash, for a
// caller may have put anything in it.
package once

import (
	"embed"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// Lives is how long a key is remembered.
const Lives = 24 * time.Hour

const longestKey = 255

//go:embed migrations
var migrations embed.FS

// Schema is the one table of keys.
var Schema = sqldb.Schema{
	Room:       "once",
	Migrations: migrations,
	Tenant:     []string{"once_key"},
	HouseEdits: []string{"once_key"}, // Sweep
}

var (
	claim = sqldb.Tenant(`insert into once_key (firm, key, request, reply, at) values (:firm, ?, ?, null, ?)
		on conflict (firm, key) do update set request = excluded.request, reply = null, at = excluded.at
		where once_key.at <= ?`)
	prior = sqldb.Tenant(`select request, reply from once_key where firm = :firm and key = ?`)
	reply = sqldb.Tenant(`update once_key set reply = ? where firm = :firm and key = ? and request = ?`)
	sweep = sqldb.House(`delete from once_key where at <= ?`)
)

// Once claims a key for a request (the hash of method, path and body) in the
// caller's transaction. It returns nil when the key is new: do the work and call
// Keep. Else it returns the reply that was kept. A second request that comes
// while the first is under way waits for its end.
//
// Another request under a key that lives is fault.Conflict
// "idempotency-key-reused", with the reply that was kept; an empty or overlong key is fault.Invalid
// "idempotency-key-invalid".
func Once(t *sqldb.Tx, key string, request ident.Hash, now time.Time) ([]byte, error) {
	if key == "" || len(key) > longestKey {
		return nil, fault.New(fault.Invalid, "idempotency-key-invalid", "Idempotency-Key")
	}
	k := ident.HashOf([]byte(key))
	n, err := t.Exec(claim, k, request, now.UnixMilli(), now.Add(-Lives).UnixMilli())
	if err != nil || n == 1 {
		return nil, err
	}
	var first ident.Hash
	var kept []byte
	if err := t.Row(prior, k).Scan(&first, &kept); err != nil {
		return nil, err
	}
	if first != request {
		return nil, &fault.Fault{Kind: fault.Conflict, Reason: "idempotency-key-reused", About: "Idempotency-Key", Earlier: kept}
	}
	if kept == nil {
		kept = []byte{} // claimed and never answered: still no second time
	}
	return kept, nil
}

// Keep stores the reply to a request that Once found to be new, in the same
// transaction as its work.
func Keep(t *sqldb.Tx, key string, request ident.Hash, body []byte) error {
	if body == nil {
		body = []byte{}
	}
	_, err := t.Exec(reply, body, ident.HashOf([]byte(key)), request)
	return err
}

// Sweep forgets the keys of all firms that no longer live, in a transaction of
// the house, and returns how many.
func Sweep(t *sqldb.Tx, now time.Time) (int64, error) {
	return t.Exec(sweep, now.Add(-Lives).UnixMilli())
}
