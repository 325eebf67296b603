package app

import (
	"errors"
	"fmt"

	"zorgplicht/internal/passkey"
	"zorgplicht/staff"
)

// passkeys fits the desk of passkeys to what room staff asks of it.
type passkeys struct{ desk *passkey.Desk }

// newPasskeys returns nil where an installation that is reached at this base URL can
// have no passkeys.
func newPasskeys(baseURL string) staff.Passkeys {
	if d := passkey.New(baseURL); d != nil {
		return passkeys{d}
	}
	return nil
}

func (p passkeys) Origin() string { return p.desk.Origin() }

func (p passkeys) Create(h staff.Holder, have []staff.Key) (options, asked []byte, err error) {
	keys := make([]passkey.Key, len(have))
	for i, k := range have {
		keys[i] = passkey.Key(k)
	}
	return p.desk.Create(passkey.Holder(h), keys)
}

func (p passkeys) Created(h staff.Holder, asked, answer []byte) (staff.Key, error) {
	k, err := p.desk.Created(passkey.Holder(h), asked, answer)
	return staff.Key(k), notBelieved(err)
}

func (p passkeys) Get() (options, asked []byte, err error) { return p.desk.Get() }

func (p passkeys) Got(asked, answer []byte, find func(key, holder []byte) (staff.Key, error)) (staff.Key, error) {
	k, err := p.desk.Got(asked, answer, func(key, holder []byte) (passkey.Key, error) {
		k, err := find(key, holder)
		return passkey.Key(k), err
	})
	return staff.Key(k), notBelieved(err)
}

func notBelieved(err error) error {
	if errors.Is(err, passkey.ErrRefused) {
		return fmt.Errorf("%w: %w", staff.ErrNotBelieved, err)
	}
	return err
}
