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

// hash names what is asked.
func (r Request) hash(what string) (ident.Hash, error) {
	body, err := json.Marshal(r.Body)
	if err != nil {
		return ident.Hash{}, fmt.Errorf("a request that does not encode: %w", err)
	}
	return ident.HashOf(fmt.Appendf(nil, "%s\n%s", what, body)), nil
}

// Once does the work of a request one time: asked again it does nothing and says so.
// Another request under the same key is fault.Conflict "idempotency-key-reused".
func (r Request) Once(tx Keyed, what string, now time.Time, work func() error) (again bool, err error) {
	if r.Key == "" {
		return false, work()
	}
	hash, err := r.hash(what)
	if err != nil {
		return false, err
	}
	prior, err := tx.Once(r.Key, hash, now)
	if err != nil || prior != nil {
		return err == nil, err
	}
	if err := work(); err != nil {
		return false, err
	}
	return false, tx.Keep(r.Key, hash, []byte(what))
}

// Of is the part of a request that is about one of several things: a key of its own.
func (r Request) Of(id string) Request {
	if r.Key != "" {
		r.Key += "/" + id
	}
	return r
}

// Answer does the work of a request one time, in the transaction that it is given, and
// keeps what it answered: asked again it gives that. The answer is kept as JSON, for as
// long as the key lives: it holds nothing of a person.
func Answer[T any](r Request, tx Keyed, what string, now time.Time, work func() (T, error)) (answer T, err error) {
	if r.Key == "" {
		return work()
	}
	hash, err := r.hash(what)
	if err != nil {
		return answer, err
	}
	switch prior, err := tx.Once(r.Key, hash, now); {
	case err != nil:
		return answer, err
	case len(prior) > 0:
		return answer, json.Unmarshal(prior, &answer)
	}
	if answer, err = work(); err != nil {
		return answer, err
	}
	return answer, keep(tx, r.Key, hash, answer)
}

// Batch is Answer for work of many transactions, each of which is done once by itself
// (Of). Where it broke off, asking again does what was left.
func Batch[T any](r Request, update func(func(Keyed) error) error, what string, now time.Time, work func() (T, error)) (answer T, err error) {
	if r.Key == "" {
		return work()
	}
	hash, err := r.hash(what)
	if err != nil {
		return answer, err
	}
	var prior []byte
	if err := update(func(tx Keyed) (err error) {
		prior, err = tx.Once(r.Key, hash, now)
		return err
	}); err != nil {
		return answer, err
	}
	if len(prior) > 0 {
		return answer, json.Unmarshal(prior, &answer)
	}
	if answer, err = work(); err != nil {
		return answer, err
	}
	return answer, update(func(tx Keyed) error { return keep(tx, r.Key, hash, answer) })
}

func keep(tx Keyed, key string, hash ident.Hash, answer any) error {
	b, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("an answer that does not encode: %w", err)
	}
	return tx.Keep(key, hash, b)
}
