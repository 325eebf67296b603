package staff

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Reasons for which nobody gets in. The one who knocks is told no more than this,
// so that nobody learns who has an account.
const (
	Refused   = "sign-in-refused"
	Over      = "account-over" // the password is right and the last day of the account, which the fault is about, is past
	TooMany   = "sign-in-limited"
	SignedOff = "signed-out" // there is no session, or not any more
)

// SignIn lets in who gives the password of an account.
//
// It is fault.Denied with reason sign-in-refused whether the account is unknown,
// the password wrong or the account closed, and takes equally long; account-over
// where the password is right and only the last day of the account is past; with
// sign-in-limited and a Limited as cause after too many failures.
func (s *Service) SignIn(ctx context.Context, email, password string, from Knock) (Session, error) {
	email, now := FoldEmail(email), s.Now()
	counts, err := s.counts(ctx, email, from, now)
	if err != nil {
		return Session{}, err
	}
	if err := s.admit(ctx, counts, now); err != nil {
		return Session{}, err
	}
	a, err := s.Store.ByEmail(ctx, email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Session{}, fmt.Errorf("look up account: %w", err)
	}
	reason, weak, err := s.weigh(ctx, a, password, now)
	if err != nil {
		return Session{}, err
	}
	if reason != "" {
		return Session{}, s.refuse(ctx, a, reason, now)
	}
	if err := s.letIn(ctx, a, password, weak, now); err != nil {
		return Session{}, fmt.Errorf("sign in account %s: %w", a.ID, err)
	}
	if err := s.forgive(ctx, counts); err != nil {
		return Session{}, err
	}
	return s.session(ctx, a, s.NewID())
}

// session is what the rest of the house gets to see of an account.
func (s *Service) session(ctx context.Context, a Account, seat string) (Session, error) {
	name, err := s.FirmName(ctx, a.Firm)
	if err != nil {
		return Session{}, fmt.Errorf("name the firm of account %s: %w", a.ID, err)
	}
	a.Password = ""
	return Session{Account: a, FirmName: name, Seat: seat}, nil
}

// counts are the limits for who knocks: the first is theirs alone.
func (s *Service) counts(ctx context.Context, email string, from Knock, now time.Time) ([]count, error) {
	known, err := s.knows(ctx, email, from.Device, now)
	if err != nil {
		return nil, err
	}
	if known {
		return []count{{deviceKey(email, from.Device), PerDevice}}, nil
	}
	return []count{
		{pairKey(email, from.Address), PerPair}, {accountKey(email), PerAccount}, {addressKey(from.Address), PerAddress},
	}, nil
}

func keysOf(counts []count) []ident.Hash {
	keys := make([]ident.Hash, len(counts))
	for i, c := range counts {
		keys[i] = c.key
	}
	return keys
}

// admit counts the try, or says how long to wait.
func (s *Service) admit(ctx context.Context, counts []count, now time.Time) error {
	var wait time.Duration
	err := s.Store.Tries(ctx, keysOf(counts), func(before []Tries) (after []Tries) {
		after, wait = admit(counts, before, now)
		return after
	})
	if err != nil {
		return fmt.Errorf("count sign-in: %w", err)
	}
	if wait > 0 {
		return fault.Because(fault.Denied, TooMany, Limited{wait})
	}
	return nil
}

// forgive takes back what admit counted.
func (s *Service) forgive(ctx context.Context, counts []count) error {
	if err := s.Store.Tries(ctx, keysOf(counts), forgive); err != nil {
		return fmt.Errorf("clear failed sign-ins: %w", err)
	}
	return nil
}

// weigh returns why the account is refused, or "" when it is not. It hashes the
// password whatever it already knows, so that time tells nothing.
func (s *Service) weigh(ctx context.Context, a Account, password string, now time.Time) (reason string, weak bool, err error) {
	long := len(password) > MaxPasswordBytes
	if long {
		password = ""
	}
	match, weak, err := s.Hasher.Check(ctx, password, a.Password)
	switch {
	case err != nil:
		return "", false, fmt.Errorf("check password of account %s: %w", a.ID, err)
	case !match || long:
		return "wrong-password", false, nil
	case a.Closed(now) || !a.May(SignIn):
		return "account-ended", false, nil
	}
	return "", weak, nil
}

// refuse records the refusal where there is an account to record it of.
func (s *Service) refuse(ctx context.Context, a Account, reason string, now time.Time) error {
	if a.ID != "" {
		err := s.Store.Update(ctx, a.Firm, func(tx Tx) error {
			return tx.Append(s.scribe(operator(a.Firm), now).refused(a.ID, reason))
		})
		if err != nil {
			return fmt.Errorf("record refused sign-in: %w", err)
		}
	}
	if reason == "account-ended" && a.Ended(now) && a.Blocked.IsZero() { // who knows the password may know why
		return fault.New(fault.Denied, Over, calendar.Of(a.Until.Add(-1)).String())
	}
	return fault.New(fault.Denied, Refused, "")
}

// letIn records the sign-in, and keeps a costlier hash of the password where
// today's cost is higher than that of the day it was chosen.
func (s *Service) letIn(ctx context.Context, a Account, password string, weak bool, now time.Time) error {
	renewed := ""
	if weak {
		var err error
		if renewed, err = s.hash(ctx, password); err != nil {
			return err
		}
	}
	return s.Store.Update(ctx, a.Firm, func(tx Tx) error {
		if renewed != "" {
			if err := tx.SavePassword(a.ID, renewed); err != nil {
				return err
			}
		}
		return tx.Append(s.scribe(Session{Account: a}.Actor(), now).signed(SignedIn, a.ID))
	})
}

// Session returns what the account of a session is now; fault.Denied with reason
// signed-out when it is gone, over, or may not sign in any more.
func (s *Service) Session(ctx context.Context, at Seat) (Session, error) {
	var a Account
	err := s.Store.View(ctx, at.Firm, func(tx Tx) (err error) {
		a, err = tx.Account(at.Account)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Session{}, fmt.Errorf("load account %s: %w", at.Account, err)
	}
	if err != nil || a.Closed(s.Now()) || !a.May(SignIn) || a.Epoch != at.Epoch {
		return Session{}, fault.New(fault.Denied, SignedOff, "")
	}
	who, err := s.session(ctx, a, at.ID)
	who.Means = at.Means
	return who, err
}

// SignOut records that somebody left. The session itself is ended by the door
// that keeps it.
func (s *Service) SignOut(ctx context.Context, who Session) error {
	now := s.Now()
	err := s.Store.Update(ctx, who.Account.Firm, func(tx Tx) error {
		return tx.Append(s.scribe(who.Actor(), now).signed(SignedOut, who.Account.ID))
	})
	if err != nil {
		return fmt.Errorf("sign out account %s: %w", who.Account.ID, err)
	}
	return nil
}
