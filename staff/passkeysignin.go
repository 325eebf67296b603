package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zorgplicht/internal/fault"
)

// AskPasskey returns what to ask a browser so that whoever sits there chooses a
// passkey, and the secret under which it answers. It names nobody.
func (s *Service) AskPasskey(ctx context.Context) (options []byte, secret string, err error) {
	if s.PasskeyOrigin() == "" {
		return nil, "", fault.New(fault.Invalid, PasskeyNone, "")
	}
	options, asked, err := s.Passkeys.Get()
	if err != nil {
		return nil, "", err
	}
	secret, err = s.keepAsked(ctx, "passkey", asked)
	return options, secret, err
}

// SignInByPasskey lets in who answers with the passkey of an account. It is
// fault.Denied with reason passkey-refused whether the key is unknown, the answer
// does not hold, the account is closed, or the key may have a copy; then the key
// opens nothing any more. Tries are counted per address, as with a password.
func (s *Service) SignInByPasskey(ctx context.Context, secret string, answer []byte, from Knock) (Session, error) {
	now := s.Now()
	if s.PasskeyOrigin() == "" {
		return Session{}, fault.New(fault.Invalid, PasskeyNone, "")
	}
	counts := []count{{addressKey(from.Address), PerAddress}}
	if err := s.admit(ctx, counts, now); err != nil {
		return Session{}, err
	}
	asked, err := s.taken(ctx, "passkey", secret)
	if err != nil {
		return Session{}, err
	}
	var p Passkey
	key, err := s.Passkeys.Got(asked, answer, func(key, holder []byte) (Key, error) {
		var err error
		if p, err = s.Store.ByPasskey(ctx, key); err == nil && string(holder) != p.Account {
			err = fault.New(fault.NotFound, "passkey-unknown", "")
		}
		return p.Key, err
	})
	if errors.Is(err, ErrNotBelieved) || fault.Is(err, fault.NotFound) {
		return Session{}, fault.Because(fault.Denied, PasskeyRefused, err)
	} else if err != nil {
		return Session{}, fmt.Errorf("look up passkey: %w", err)
	}
	a, err := s.admitPasskey(ctx, p, key, now)
	if err != nil {
		return Session{}, err
	}
	if err := s.uncount(ctx, counts); err != nil {
		return Session{}, err
	}
	who, err := s.session(ctx, a, s.NewID())
	who.Means = ByPasskey
	return who, err
}

// uncount takes back the one try that admit counted for an address, which others may
// share.
func (s *Service) uncount(ctx context.Context, counts []count) error {
	err := s.Store.Tries(ctx, keysOf(counts), func(t []Tries) []Tries {
		t[0].Failed = max(t[0].Failed-1, 0)
		return t
	})
	if err != nil {
		return fmt.Errorf("clear failed sign-ins: %w", err)
	}
	return nil
}

// admitPasskey holds account and counter as they are now against the answer, and
// records that somebody came in, or why not.
func (s *Service) admitPasskey(ctx context.Context, p Passkey, key Key, now time.Time) (a Account, err error) {
	refused := ""
	err = s.Store.Update(ctx, p.Firm, func(tx Tx) error {
		kept, err := tx.LockPasskey(p.ID)
		if fault.Is(err, fault.NotFound) { // taken away meanwhile
			refused = "passkey-removed"
			return nil
		}
		if err != nil {
			return err
		}
		if a, err = tx.Account(p.Account); err != nil {
			return err
		}
		w := s.scribe(operator(p.Firm), now)
		switch {
		case !kept.Doubted.IsZero():
			refused = "passkey-doubted"
		case a.Closed(now) || !a.May(SignIn):
			refused = "account-ended"
		case Copied(kept.Key.Counter, key.Counter):
			refused, kept.Doubted = "passkey-doubted", now
			if err := tx.SavePasskey(kept); err != nil {
				return err
			}
			if err := tx.Append(w.passkeyDoubted(p.Account, p.ID)); err != nil {
				return err
			}
		}
		if refused != "" {
			return tx.Append(w.refused(p.Account, refused))
		}
		kept.Key.Counter, kept.Key.Flags, kept.Used = key.Counter, key.Flags, now
		if err := tx.SavePasskey(kept); err != nil {
			return err
		}
		w.by = Session{Account: a}.Actor()
		return tx.Append(w.signedBy(ByPasskey, a.ID))
	})
	if err == nil && refused != "" {
		err = fault.New(fault.Denied, PasskeyRefused, "")
	}
	return a, err
}

// dropPasskeys takes all passkeys of an account away, each with its fact.
func dropPasskeys(tx Tx, w scribe, account string) error {
	list, err := tx.Passkeys(account)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := tx.RemovePasskey(account, p.ID); err != nil {
			return err
		}
		if err := tx.Append(w.passkeyRemoved(account, p.ID)); err != nil {
			return err
		}
	}
	return nil
}
