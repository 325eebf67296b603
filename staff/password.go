package staff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one argon2id hash takes. More of it makes guessing dearer, and
// signing in slower.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// DefaultCost is the second choice of OWASP's Password Storage Cheat Sheet:
// 19 MiB, two passes, one thread.
var DefaultCost = Cost{Memory: 19 * 1024, Passes: 2, Threads: 1}

// Bounds beyond which a stored hash is taken as damaged: asking for it would
// exhaust the machine.
var maxCost = Cost{Memory: 1 << 20, Passes: 64, Threads: 32}

const (
	saltBytes = 16
	hashBytes = 32
)

// A Hasher makes and checks password hashes, a few at a time: each takes its
// memory, and a crowd at the door must not take it all.
type Hasher struct {
	cost  Cost
	slots chan struct{}
}

// NewHasher returns a Hasher of this cost that works on so many at once.
func NewHasher(c Cost, atOnce int) *Hasher {
	return &Hasher{cost: c, slots: make(chan struct{}, atOnce)}
}

// Hash returns the password under this salt of 16 random bytes as a PHC string,
// "$argon2id$v=19$m=…,t=…,p=…$salt$hash". It fails only when ctx ends while it
// waits for its turn.
func (h *Hasher) Hash(ctx context.Context, password string, salt []byte) (string, error) {
	key, err := h.derive(ctx, password, phc{h.cost, salt, make([]byte, hashBytes)})
	if err != nil {
		return "", err
	}
	return phc{h.cost, salt, key}.String(), nil
}

// Check reports whether the password made the stored PHC string, and whether that
// string costs less than what is asked today and must be made anew. An empty
// string stands for an account that does not exist: it takes as long as any other
// and never matches.
func (h *Hasher) Check(ctx context.Context, password, stored string) (match, weak bool, err error) {
	p := phc{h.cost, make([]byte, saltBytes), make([]byte, hashBytes)}
	if stored != "" {
		if p, err = parsePHC(stored); err != nil {
			return false, false, err
		}
	}
	key, err := h.derive(ctx, password, p)
	if err != nil {
		return false, false, err
	}
	match = subtle.ConstantTimeCompare(key, p.hash) == 1 && stored != ""
	weak = p.cost.Memory < h.cost.Memory || p.cost.Passes < h.cost.Passes || p.cost.Threads < h.cost.Threads
	return match, weak, nil
}

func (h *Hasher) derive(ctx context.Context, password string, p phc) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a turn to hash a password: %w", ctx.Err())
	}
	return argon2.IDKey([]byte(foldPassword(password)), p.salt, p.cost.Passes, p.cost.Memory, p.cost.Threads, uint32(len(p.hash))), nil
}

// phc is a hash in the string format of the Password Hashing Competition.
type phc struct {
	cost Cost
	salt []byte
	hash []byte
}

var b64 = base64.RawStdEncoding.Strict()

func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		p.cost.Memory, p.cost.Passes, p.cost.Threads, b64.EncodeToString(p.salt), b64.EncodeToString(p.hash))
}

// parsePHC reads what String writes, and refuses any other spelling.
func parsePHC(s string) (p phc, err error) {
	part := strings.Split(s, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" {
		return p, fmt.Errorf("a stored password is not in the form of argon2id")
	}
	var version int
	if _, err := fmt.Sscanf(part[2], "v=%d", &version); err != nil || version != argon2.Version {
		return p, fmt.Errorf("a stored password has an unknown version of argon2id")
	}
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &p.cost.Memory, &p.cost.Passes, &p.cost.Threads); err != nil {
		return p, fmt.Errorf("a stored password has no readable cost")
	}
	p.salt, err = b64.DecodeString(part[4])
	if err == nil {
		p.hash, err = b64.DecodeString(part[5])
	}
	switch {
	case err != nil || len(p.salt) < 8 || len(p.hash) != hashBytes:
		return p, fmt.Errorf("a stored password has a damaged salt or hash")
	case p.cost.Memory < 8 || p.cost.Passes < 1 || p.cost.Threads < 1 ||
		p.cost.Memory > maxCost.Memory || p.cost.Passes > maxCost.Passes || p.cost.Threads > maxCost.Threads:
		return p, fmt.Errorf("a stored password has a cost out of bounds")
	case p.String() != s:
		return p, fmt.Errorf("a stored password is spelled in another way than ours")
	}
	return p, nil
}
