package staff

import (
	"context"
	"fmt"
	"slices"

	"zorgplicht/internal/fault"
)

// A NewPassword is what somebody fills in to choose a password of their own.
type NewPassword struct {
	Current string
	Next    string
	Again   string
}

// ChangePassword gives who is signed in another password and ends all other
// sessions. It returns the session that goes on; its door keeps it under a new
// secret. It is fault.Invalid with all that is wrong at once, and is limited as
// signing in is when the current password is wrong too often.
func (s *Service) ChangePassword(ctx context.Context, who Session, p NewPassword) (Session, error) {
	now, id := s.Now(), who.Account.ID
	counts := []count{{ownKey(id), PerDevice}}
	if err := s.admit(ctx, counts, now); err != nil {
		return Session{}, err
	}
	before, err := s.account(ctx, who.Account)
	if err != nil {
		return Session{}, err
	}
	match, err := s.sure(ctx, before, p.Current)
	if err != nil {
		return Session{}, err
	}
	if match {
		if err := s.forgive(ctx, counts); err != nil {
			return Session{}, err
		}
	}
	if err := p.check(before, match); err != nil {
		return Session{}, err
	}
	after := before
	if after.Password, err = s.hash(ctx, p.Next); err != nil {
		return Session{}, err
	}
	after.MustChange, after.Epoch = false, before.Epoch+1
	err = s.Store.Update(ctx, before.Firm, func(tx Tx) error {
		kept, err := tx.Account(id)
		if err != nil {
			return err
		}
		if kept.Password != before.Password || kept.Epoch != before.Epoch {
			return fault.New(fault.Conflict, "password-changed", id)
		}
		kept.Password, kept.MustChange, kept.Epoch = after.Password, false, after.Epoch
		if err := tx.SaveAccount(kept); err != nil {
			return err
		}
		return tx.Append(s.scribe(who.Actor(), now).passwordChanged(id))
	})
	if err != nil {
		return Session{}, fmt.Errorf("change password of account %s: %w", id, err)
	}
	return s.session(ctx, after, s.NewID())
}

// check returns all that is wrong. match says whether the current password is right.
func (p NewPassword) check(a Account, match bool) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, text string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: text})
	}
	if !match {
		wrong("/current", "password-wrong", "Uw huidige wachtwoord klopt niet.")
	}
	if f := fault.As(CheckPassword(p.Next, a)); f != nil {
		bad = append(bad, f.Details...)
	}
	if foldPassword(p.Next) != foldPassword(p.Again) {
		wrong("/again", "password-differs", "De twee nieuwe wachtwoorden zijn niet gelijk.")
	}
	if match && foldPassword(p.Next) == foldPassword(p.Current) {
		wrong("/password", "password-same", "Kies een ander wachtwoord dan u nu hebt.")
	}
	return fault.All("password-invalid", bad)
}

// sure reports whether this is the password of the account.
func (s *Service) sure(ctx context.Context, a Account, password string) (bool, error) {
	if len(password) > MaxPasswordBytes {
		password = ""
	}
	match, _, err := s.Hasher.Check(ctx, password, a.Password)
	if err != nil {
		return false, fmt.Errorf("check password of account %s: %w", a.ID, err)
	}
	return match && password != "", nil
}

// account is an account as it is kept, with its password.
func (s *Service) account(ctx context.Context, of Account) (a Account, err error) {
	err = s.Store.View(ctx, of.Firm, func(tx Tx) (err error) {
		a, err = tx.Account(of.ID)
		return err
	})
	if err != nil {
		return Account{}, fmt.Errorf("load account %s: %w", of.ID, err)
	}
	return a, nil
}

// Seats lists the sessions of an account that hold, newest first.
func (s *Service) Seats(ctx context.Context, a Account) ([]Seat, error) {
	list, err := s.Store.Seats(ctx, a.Firm, a.ID, s.Now())
	if err != nil {
		return nil, fmt.Errorf("list sessions of account %s: %w", a.ID, err)
	}
	return slices.DeleteFunc(list, func(at Seat) bool { return at.Epoch != a.Epoch }), nil
}

// EndSeat ends one session of who is signed in; fault.NotFound when they have none
// of this id.
func (s *Service) EndSeat(ctx context.Context, who Session, seat string) error {
	there, err := s.Store.EndSeat(ctx, who.Account.Firm, who.Account.ID, seat)
	if err != nil {
		return fmt.Errorf("end session of account %s: %w", who.Account.ID, err)
	}
	if !there || seat == "" {
		return fault.New(fault.NotFound, "session-unknown", seat)
	}
	now := s.Now()
	err = s.Store.Update(ctx, who.Account.Firm, func(tx Tx) error {
		return tx.Append(s.scribe(who.Actor(), now).sessionsEnded(who.Account.ID, "one"))
	})
	if err != nil {
		return fmt.Errorf("record end of session of account %s: %w", who.Account.ID, err)
	}
	return nil
}
