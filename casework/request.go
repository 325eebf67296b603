package casework

import (
	"encoding/json"
	"fmt"
	"time"

	"zorgplicht/ident"
)

// A Request is a step that a program asks under an idempotency key. The zero Request
// has no key: each time is a new one.
type Request struct {
	Key  string
	Body any // what it asks, with everything that matters
}

// Keyed is the part of a transaction that remembers keys; see package once.
type Keyed interface {
	Once(key string, request ident.Hash, now time.Time) ([]byte, error) // nil when the key is new
	Keep(key string, request ident.Hash, reply []byte) error
}

// Once does the work of a request one time: asked again it does nothing and says so.
// Another request under the same key is fault.Conflict "idempotency-key-reused".
func (r Request) Once(tx Keyed, what string, now time.Time, work func() error) (again bool, err error) {
	if r.Key == "" {
		return false, work()
	}
	body, err := json.Marshal(r.Body)
	if err != nil {
		return false, fmt.Errorf("a request that does not encode: %w", err)
	}
	hash := ident.HashOf(fmt.Appendf(nil, "%s\n%s", what, body))
	prior, err := tx.Once(r.Key, hash, now)
	if err != nil || prior != nil {
		return err == nil, err
	}
	if err := work(); err != nil {
		return false, err
	}
	return false, tx.Keep(r.Key, hash, []byte(what))
}
