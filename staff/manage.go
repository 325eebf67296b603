package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// Account returns one account of a firm, without its password; fault.NotFound when
// there is none.
func (s *Service) Account(ctx context.Context, firm ident.Firm, id string) (Account, error) {
	a, err := s.account(ctx, Account{Firm: firm, ID: id})
	a.Password = ""
	return a, err
}

// Hire is AddAccount at the hand of somebody who manages staff. The password is
// made up, and must be changed at the first sign-in.
func (s *Service) Hire(ctx context.Context, by ident.Actor, a Account) (Account, string, error) {
	a.Firm, a.MustChange = by.Firm, true
	return s.addAccount(ctx, by, a, "")
}

// SetRoles gives an account these roles and this end, zero for none. It is
// fault.Invalid as CheckAccount says, and refused as change says.
func (s *Service) SetRoles(ctx context.Context, by ident.Actor, id string, roles []Role, until time.Time) error {
	return s.change(ctx, by, id, func(a *Account, w scribe) ([]journal.Fact, error) {
		was := *a
		a.Roles, a.Until = ordered(roles), until
		if !a.Until.Equal(was.Until) {
			if err := CheckAccount(*a, w.now); err != nil {
				return nil, err
			}
		} else if err := checkRoles(*a); err != nil { // an end that stays may lie behind us
			return nil, err
		}
		var facts []journal.Fact
		if !slices.Equal(was.Roles, a.Roles) {
			facts = append(facts, w.rolesSet(was, *a))
		}
		if !was.Until.Equal(a.Until) {
			facts = append(facts, w.endSet(*a))
		}
		return facts, nil
	})
}

// Block keeps an account out from this moment on and ends its sessions. One that is
// blocked already stays so, since the moment it was.
func (s *Service) Block(ctx context.Context, by ident.Actor, id string) error {
	return s.change(ctx, by, id, func(a *Account, w scribe) ([]journal.Fact, error) {
		if !a.Blocked.IsZero() {
			return nil, nil
		}
		a.Blocked = w.now
		a.Epoch++
		return []journal.Fact{w.blocked(id)}, nil
	})
}

// Unblock lets an account in again; its sessions of before do not come back.
func (s *Service) Unblock(ctx context.Context, by ident.Actor, id string) error {
	return s.change(ctx, by, id, func(a *Account, w scribe) ([]journal.Fact, error) {
		if a.Blocked.IsZero() {
			return nil, nil
		}
		a.Blocked = time.Time{}
		return []journal.Fact{w.unblocked(id)}, nil
	})
}

// ResetPassword gives an account a password that is made up and returned, to be told
// once and changed at the next sign-in. All sessions end, and so does every other way
// in: the account at a provider that it was linked to, and its passkeys.
func (s *Service) ResetPassword(ctx context.Context, by ident.Actor, id string) (string, error) {
	password, err := s.newPassword()
	if err != nil {
		return "", err
	}
	phc, err := s.hash(ctx, password)
	if err != nil {
		return "", err
	}
	var email string
	err = s.change(ctx, by, id, func(a *Account, w scribe) ([]journal.Fact, error) {
		a.Password, a.MustChange, a.Unlinked, email = phc, true, true, a.Email
		a.Epoch++
		return []journal.Fact{w.passwordReset(id)}, nil
	})
	if err != nil {
		return "", err
	}
	return password, s.Store.ForgetDevices(ctx, accountKey(email))
}

// EndSessions signs an account out everywhere and makes its browsers strangers. Who
// is signed in may do it for their own account.
func (s *Service) EndSessions(ctx context.Context, by ident.Actor, id string) error {
	var email string
	err := s.mend(ctx, by, id, func(a *Account, w scribe) ([]journal.Fact, error) {
		email = a.Email
		a.Epoch++
		return []journal.Fact{w.sessionsEnded(id, "all")}, nil
	})
	if err != nil {
		return err
	}
	return s.Store.ForgetDevices(ctx, accountKey(email))
}

// change is mend for what nobody does to their own account: it is fault.Denied with
// reason own-account, so that nobody gives themselves a right.
func (s *Service) change(ctx context.Context, by ident.Actor, id string, fn func(*Account, scribe) ([]journal.Fact, error)) error {
	if by.Kind == ident.Staff && by.ID == id {
		return fault.New(fault.Denied, "own-account", id)
	}
	return s.mend(ctx, by, id, fn)
}

// mend changes an account and records it, in one transaction. It is fault.Conflict
// with reason last-manager when nobody would be left who manages staff.
func (s *Service) mend(ctx context.Context, by ident.Actor, id string, fn func(*Account, scribe) ([]journal.Fact, error)) error {
	now := s.Now()
	err := s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		all, err := tx.LockAccounts()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(a Account) bool { return a.ID == id })
		if i < 0 {
			return fault.New(fault.NotFound, "account-unknown", id)
		}
		had := managers(all)
		facts, err := fn(&all[i], s.scribe(by, now))
		if err != nil {
			return err
		}
		if had > 0 && managers(all) == 0 {
			return fault.New(fault.Conflict, "last-manager", id)
		}
		if err := tx.SaveAccount(all[i]); err != nil {
			return err
		}
		if all[i].Unlinked {
			if err := tx.RemoveLinks(id); err != nil {
				return err
			}
			if err := dropPasskeys(tx, s.scribe(by, now), id); err != nil {
				return err
			}
		}
		for _, f := range facts {
			if err := tx.Append(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("change account %s: %w", id, err)
	}
	return nil
}

// managers counts who may manage staff and will go on to: not blocked, and without
// an end.
func managers(all []Account) (n int) {
	for _, a := range all {
		if a.May(ManageStaff) && a.Blocked.IsZero() && a.Until.IsZero() {
			n++
		}
	}
	return n
}

// A Clash is two roles in one person that may go together and yet weaken what a
// second person is there for.
type Clash struct{ A, B Role }

// Clashes are the pairs of roles that four eyes would rather see apart, as far as
// these roles hold them.
func Clashes(roles []Role) (found []Clash) {
	for _, c := range []Clash{{Author, Reviewer}, {Author, Publisher}, {Handler, Operator}, {Compliance, Operator}} {
		if slices.Contains(roles, c.A) && slices.Contains(roles, c.B) {
			found = append(found, c)
		}
	}
	return found
}

// Why says in Dutch what the pair weakens.
func (c Clash) Why() string {
	switch c {
	case Clash{Author, Reviewer}:
		return "Een auteur die ook beoordelaar is, beoordeelt nooit eigen vragen. Zorg voor een tweede beoordelaar."
	case Clash{Author, Publisher}:
		return "Een auteur die ook publiceerder is, kan eigen toetsen niet zelf in gebruik nemen. Zorg voor een tweede publiceerder."
	case Clash{Handler, Operator}:
		return "Wie accounts beheert, ziet bij voorkeur geen klanten. Laat klanten helpen aan een collega over."
	case Clash{Compliance, Operator}:
		return "Compliance ziet erop toe wie welke rol krijgt. Laat het beheer van accounts bij voorkeur aan een collega over."
	}
	return ""
}
