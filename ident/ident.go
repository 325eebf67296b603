// Package ident holds the ids by which the rooms name a firm, a person, an
// actor, a norm and a sealed thing, so that pipes and journal need no room.
package ident

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"regexp"
)

// A Firm is the id (UUIDv7) of a financial service provider (financiële
// dienstverlener), the tenant to whom every row belongs.
type Firm string

// A Person is the pseudonymous id (UUIDv7) of a client. Who that is lies in
// room party, which can forget.
type Person string

// A Kind says what sort of actor did something.
type Kind string

// The kinds of actor.
const (
	Client  Kind = "client"  // a consumer, by a link
	Staff   Kind = "staff"   // a member of staff, signed in
	Program Kind = "program" // a program of the firm, by a token
	House   Kind = "house"   // the installation itself: sequencer, jobs, operator
)

// An Actor is who asks, and for which firm. It is an argument of what is asked
// and ends up in the journal.
type Actor struct {
	Firm Firm
	Kind Kind
	ID   string // person, account or token; "zorgplicht" for the house
}

// String returns the actor as the journal keeps it, such as "staff:0192…".
func (a Actor) String() string { return string(a.Kind) + ":" + a.ID }

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// Valid reports whether s is a UUIDv7 in lower case, the form of all our ids.
func Valid(s string) bool { return uuid.MatchString(s) }

// A Hash is a SHA-256 digest, by which a fact names a sealed thing.
type Hash [sha256.Size]byte

// HashOf returns the SHA-256 digest of b.
func HashOf(b []byte) Hash { return sha256.Sum256(b) }

// ParseHash reads the 64 hexadecimal digits that String writes.
func ParseHash(s string) (Hash, error) {
	var h Hash
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(h) {
		return h, fmt.Errorf("hash %q is not 64 hexadecimal digits", s)
	}
	copy(h[:], b)
	return h, nil
}

// String returns 64 hexadecimal digits in lower case.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether no hash was set.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText writes the hash as String does.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (h *Hash) UnmarshalText(b []byte) (err error) { *h, err = ParseHash(string(b)); return err }

// Value lets a store bind the hash as 32 bytes.
func (h Hash) Value() (driver.Value, error) { return h[:], nil }

// Scan lets a store read 32 bytes.
func (h *Hash) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(h) {
		return fmt.Errorf("a hash is %d bytes, the store holds %T of other length", len(h), v)
	}
	copy(h[:], b)
	return nil
}
