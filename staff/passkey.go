package staff

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Passkey is a key that a device of somebody holds, with which they sign in without
// a password. Nothing that is kept of it is secret.
type Passkey struct {
	ID      string // UUIDv7, as its owner names it to remove it
	Firm    ident.Firm
	Account string
	Name    string // as its owner knows it
	Key     Key
	Added   time.Time
	Used    time.Time // of the last sign-in with it; zero before the first
	Doubted time.Time // since when it opens nothing, because there may be a copy of it; zero where there is no doubt
}

// A Key is what a device told of the key that it made.
type Key struct {
	ID         []byte
	PublicKey  []byte
	Counter    uint32 // how often it signed, as it says itself; 0 where it does not count
	Flags      byte
	Transports []string
}

// A Holder is whose key it is, as their device shows it.
type Holder struct {
	ID   []byte
	Name string
	Full string
}

// Passkeys asks browsers for keys and holds the answers against what was asked. An
// error of Created and Got that blames the answer is ErrNotBelieved.
type Passkeys interface {
	// Origin is that of the pages on which passkeys work; empty where the installation
	// can have none.
	Origin() string
	Create(h Holder, have []Key) (options, asked []byte, err error)
	Created(h Holder, asked, answer []byte) (Key, error)
	Get() (options, asked []byte, err error)
	Got(asked, answer []byte, find func(key, holder []byte) (Key, error)) (Key, error)
}

// Reasons for which a passkey is not made or opens nothing.
const (
	PasskeyNone    = "passkey-impossible" // this installation can have none
	PasskeyStale   = "passkey-stale"      // nothing was asked of this browser, or it is long ago
	PasskeyRefused = "passkey-refused"    // the answer does not hold, or nobody here is meant
	NotFresh       = "sign-in-not-fresh"  // they signed in too long ago for this
)

// The bounds of passkeys. Whoever stole a session makes no passkey to keep: adding one
// asks for a sign-in of a moment ago. A question to a browser is answered soon or never.
const (
	FreshFor       = 10 * time.Minute
	passkeyFor     = 5 * time.Minute
	MostPasskeys   = 10 // of one account
	maxPasskeyName = 60
)

// Copied reports whether a key that counted so far and now says this may have a copy:
// one that counts goes up with each use. A key that never counts says nothing.
//
// Web Authentication, level 3, 6.1.1: signature counter considerations.
func Copied(was, says uint32) bool { return (was > 0 || says > 0) && says <= was }

// CheckPasskeyName returns all that is wrong with what somebody calls a passkey, as
// one fault.Invalid, or nil.
func CheckPasskeyName(name string) error {
	var bad []fault.Detail
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n == 0 || n > maxPasskeyName {
		bad = append(bad, fault.Detail{Pointer: "/name", Reason: "name-length", Text: "Geef de passkey een naam van 1 tot 60 tekens."})
	}
	if text.HoldsBSN(name) {
		bad = append(bad, fault.Detail{Pointer: "/name", Reason: "bsn", Text: "Dit lijkt een burgerservicenummer. Kies een andere naam."})
	}
	return fault.All("passkey-invalid", bad)
}

// PasskeyOrigin is that of the pages on which passkeys work; empty where this
// installation can have none.
func (s *Service) PasskeyOrigin() string {
	if s.Passkeys == nil {
		return ""
	}
	return s.Passkeys.Origin()
}

// PasskeysOf lists the passkeys of an account, oldest first.
func (s *Service) PasskeysOf(ctx context.Context, a Account) (list []Passkey, err error) {
	err = s.Store.View(ctx, a.Firm, func(tx Tx) (err error) {
		list, err = tx.Passkeys(a.ID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list passkeys of account %s: %w", a.ID, err)
	}
	return list, nil
}

// Fresh reports whether somebody signed in so lately that they may add a way in.
func (s *Service) Fresh(ctx context.Context, who Session) (bool, error) {
	seats, err := s.Seats(ctx, who.Account)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(seats, func(at Seat) bool { return at.ID == who.Seat })
	return i >= 0 && s.Now().Sub(seats[i].Started).Abs() < FreshFor, nil
}

// AskNewPasskey returns what to ask the browser of who is signed in so that it makes a
// key of this name, and the secret under which it answers. It is fault.Invalid for a
// name that is wrong, and fault.Denied with reason sign-in-not-fresh.
func (s *Service) AskNewPasskey(ctx context.Context, who Session, name string) (options []byte, secret string, err error) {
	if s.PasskeyOrigin() == "" {
		return nil, "", fault.New(fault.Invalid, PasskeyNone, "")
	}
	if err := s.mayAdd(ctx, who, name); err != nil {
		return nil, "", err
	}
	have, err := s.PasskeysOf(ctx, who.Account)
	if err != nil {
		return nil, "", err
	}
	if len(have) >= MostPasskeys {
		return nil, "", fault.New(fault.Conflict, "passkeys-many", who.Account.ID)
	}
	keys := make([]Key, len(have))
	for i, p := range have {
		keys[i] = p.Key
	}
	options, asked, err := s.Passkeys.Create(holder(who.Account), keys)
	if err != nil {
		return nil, "", err
	}
	secret, err = s.keepAsked(ctx, newPasskeyOf(who.Account.ID), asked)
	return options, secret, err
}

// keepAsked keeps what was asked for a short while, and returns the secret under which
// it is answered.
func (s *Service) keepAsked(ctx context.Context, kind string, asked []byte) (secret string, err error) {
	b, err := s.random(32)
	if err != nil {
		return "", err
	}
	secret = base64.RawURLEncoding.EncodeToString(b)
	if err := s.Store.Ask(ctx, askedKey(kind, secret), asked, s.Now().Add(passkeyFor)); err != nil {
		return "", fmt.Errorf("keep what was asked: %w", err)
	}
	return secret, nil
}

// taken hands out what was asked under this secret, once.
func (s *Service) taken(ctx context.Context, kind, secret string) ([]byte, error) {
	asked, err := s.Store.Answer(ctx, askedKey(kind, secret), s.Now())
	if fault.Is(err, fault.NotFound) || secret == "" {
		return nil, fault.New(fault.Invalid, PasskeyStale, "")
	}
	return asked, err
}

// newPasskeyOf ties a question to the account that it was asked for: the answer of
// another account finds nothing.
func newPasskeyOf(account string) string { return "new passkey\n" + account }

func (s *Service) mayAdd(ctx context.Context, who Session, name string) error {
	if err := CheckPasskeyName(name); err != nil {
		return err
	}
	fresh, err := s.Fresh(ctx, who)
	if err == nil && !fresh {
		err = fault.New(fault.Denied, NotFresh, who.Account.ID)
	}
	return err
}

func holder(a Account) Holder { return Holder{ID: []byte(a.ID), Name: a.Email, Full: a.Name} }

// AddPasskey keeps the key that a browser made when it was asked so. It is
// fault.Invalid with reason passkey-stale when nothing was asked, and fault.Denied
// with passkey-refused when the answer does not hold.
func (s *Service) AddPasskey(ctx context.Context, who Session, secret, name string, answer []byte) (Passkey, error) {
	if s.PasskeyOrigin() == "" {
		return Passkey{}, fault.New(fault.Invalid, PasskeyNone, "")
	}
	if err := s.mayAdd(ctx, who, name); err != nil {
		return Passkey{}, err
	}
	asked, err := s.taken(ctx, newPasskeyOf(who.Account.ID), secret)
	if err != nil {
		return Passkey{}, err
	}
	key, err := s.Passkeys.Created(holder(who.Account), asked, answer)
	if errors.Is(err, ErrNotBelieved) {
		return Passkey{}, fault.Because(fault.Denied, PasskeyRefused, err)
	} else if err != nil {
		return Passkey{}, err
	}
	now := s.Now()
	p := Passkey{ID: s.NewID(), Firm: who.Account.Firm, Account: who.Account.ID, Name: strings.TrimSpace(name), Key: key, Added: now}
	err = s.Store.Update(ctx, p.Firm, func(tx Tx) error {
		kept, err := tx.Account(p.Account)
		if err != nil {
			return err
		}
		if kept.Closed(now) || kept.Epoch != who.Account.Epoch {
			return fault.New(fault.Denied, SignedOff, p.Account)
		}
		if err := tx.AddPasskey(p); err != nil {
			return err
		}
		return tx.Append(s.scribe(who.Actor(), now).passkeyAdded(p))
	})
	if err != nil {
		return Passkey{}, fmt.Errorf("add passkey to account %s: %w", p.Account, err)
	}
	return p, nil
}

// RemovePasskey takes a passkey of who is signed in away; fault.NotFound when they
// have none of this id.
func (s *Service) RemovePasskey(ctx context.Context, who Session, id string) error {
	now := s.Now()
	err := s.Store.Update(ctx, who.Account.Firm, func(tx Tx) error {
		if err := tx.RemovePasskey(who.Account.ID, id); err != nil {
			return err
		}
		return tx.Append(s.scribe(who.Actor(), now).passkeyRemoved(who.Account.ID, id))
	})
	if err != nil {
		return fmt.Errorf("remove passkey %s: %w", id, err)
	}
	return nil
}
