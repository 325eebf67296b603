package journal

import (
	"crypto/sha256"
	"time"

	"zorgplicht/ident"
)

// SaltSize is the length of a salt in bytes: enough that nobody guesses a
// payload from its digest once payload and salt are erased.
const SaltSize = 32

// A Fact is something that happened, as a room tells it. It is never changed
// and never removed; only its payload can be erased.
type Fact struct {
	ID       string     // UUIDv7, made by the caller
	Firm     ident.Firm // the tenant, or House
	Kind     string     // room, past tense and version of the encoding: "appropriateness.judged/1"
	Subject  string     // id of what it is about: an attempt, a bank, an account
	Valid    time.Time  // when it was so
	Recorded time.Time  // when we wrote it; both are kept in whole milliseconds, UTC
	Payload  []byte     // canonical JSON; names who did it under "by", and persons by id only

	// Sealed makes the fact a sealed thing: others name it by the SHA-256 of its
	// payload. It holds no personal data and cannot be erased.
	Sealed bool
	// Erases is the id of the fact whose payload this fact reports as erased. Only
	// the pen sets it.
	Erases string
}

// Seal is the hash by which others name a sealed thing, zero for all else.
func (f Fact) Seal() ident.Hash {
	if !f.Sealed {
		return ident.Hash{}
	}
	return ident.HashOf(f.Payload)
}

// Waiting is the position of a fact that the sequencer did not reach yet.
const Waiting int64 = -1

// Recorded is a fact as the journal holds it.
type Recorded struct {
	Fact              // Payload is nil when erased
	Salt   []byte     // nil when erased
	Digest ident.Hash // what the leaf commits to
	Named  ident.Hash // the seal as stored, zero for what is not sealed
	// Position is the place in the tree, from 0; Waiting when it has none yet.
	Position int64
	Erased   bool
}

// Header is what the leaf commits to.
func (r Recorded) Header() Header {
	return Header{
		ID: r.ID, Firm: r.Firm, Kind: r.Kind, Subject: r.Subject, Valid: r.Valid, Recorded: r.Recorded,
		Seal: r.Named, Erases: r.Erases, Digest: r.Digest,
	}
}

const digestDomain = "zorgplicht/payload/1\n"

// Digest commits to a payload under a salt: SHA-256 over the domain, the length
// of the salt in one byte, salt and payload. A salt longer than 255 bytes is a
// programmer's error.
func Digest(salt, payload []byte) ident.Hash {
	if len(salt) > 255 {
		panic("journal: a salt is at most 255 bytes")
	}
	var h ident.Hash
	d := sha256.New()
	var front [len(digestDomain) + 1 + 255]byte
	n := copy(front[:], digestDomain)
	front[n] = byte(len(salt))
	n += 1 + copy(front[n+1:], salt)
	d.Write(front[:n])
	d.Write(payload)
	d.Sum(h[:0])
	return h
}
