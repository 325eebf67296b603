package staff

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps accounts, tokens and the count of failed sign-ins. What fn did is
// kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error

	// ByEmail and ByToken look through all firms, since whoever knocks has not
	// said for which. Both are fault.NotFound when there is none.
	ByEmail(ctx context.Context, email string) (Account, error)
	ByToken(ctx context.Context, secret ident.Hash) (Token, error)

	// Tries hands fn what is counted under each key, zero where nothing is, and
	// keeps what it returns; a zero is removed.
	Tries(ctx context.Context, keys []ident.Hash, fn func([]Tries) []Tries) error

	// Seats lists the sessions of an account that hold, newest first. EndSeat ends
	// one of them, and reports whether it was there.
	Seats(ctx context.Context, firm ident.Firm, account string, now time.Time) ([]Seat, error)
	EndSeat(ctx context.Context, firm ident.Firm, account, seat string) (bool, error)

	// KeepDevice remembers until a moment that a browser signed in to an account,
	// Device tells whether it did, and ForgetDevices forgets all of an account.
	KeepDevice(ctx context.Context, device, account ident.Hash, until time.Time) error
	Device(ctx context.Context, device, account ident.Hash, now time.Time) (bool, error)
	ForgetDevices(ctx context.Context, account ident.Hash) error

	// FederationOf finds the firm whose people sign in elsewhere by the domain of their
	// e-mail address; fault.NotFound when there is none.
	FederationOf(ctx context.Context, domain string) (Federation, error)
	Federated(ctx context.Context) (bool, error) // any firm at all

	// ByPasskey looks through all firms by what a device calls a key; fault.NotFound
	// when there is none.
	ByPasskey(ctx context.Context, key []byte) (Passkey, error)

	// Ask keeps what was asked of a browser, and Answer hands it out once, before its
	// time is over; fault.NotFound when there is nothing.
	Ask(ctx context.Context, key ident.Hash, data []byte, until time.Time) error
	Answer(ctx context.Context, key ident.Hash, now time.Time) ([]byte, error)
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	Account(id string) (Account, error) // fault.NotFound when there is none
	Accounts() ([]Account, error)       // by name
	LockAccounts() ([]Account, error)   // the same, and nobody else changes one meanwhile
	AddAccount(Account, time.Time) error
	SaveAccount(Account) error // all that can change: fault.NotFound when there is none
	SavePassword(id, phc string) error
	Federation() (Federation, error) // fault.NotFound when the firm has none
	SaveFederation(Federation) error // fault.Conflict when a domain is of another firm
	RemoveFederation() error
	Link(subject ident.Hash) (account string, err error)             // fault.NotFound when there is none
	AddLink(issuer string, subject ident.Hash, account string) error // fault.Conflict when the account has another
	RemoveLinks(account string) error
	Passkeys(account string) ([]Passkey, error) // oldest first
	LockPasskey(id string) (Passkey, error)     // and nobody else changes it meanwhile; fault.NotFound when there is none
	AddPasskey(Passkey) error                   // fault.Conflict when there is one with this key
	SavePasskey(Passkey) error                  // counter, flags, use and doubt
	RemovePasskey(account, id string) error     // fault.NotFound when the account has none of this id
	Tokens() ([]Token, error)                   // newest first
	AddToken(Token) error
	RevokeToken(id string, at time.Time) error // fault.NotFound when there is none that holds
	Append(journal.Fact) error
}

// A Service answers what pages, API and the operator's commands may ask.
type Service struct {
	Store  Store
	Hasher *Hasher
	Now    func() time.Time
	NewID  func() string // UUIDv7
	Random io.Reader     // of cryptographic quality

	// FirmName tells the name of a firm, which room party knows.
	FirmName func(context.Context, ident.Firm) (string, error)

	// Outside speaks with providers of OpenID Connect; Seal and Unseal keep their
	// secrets from whoever reads the store alone.
	Outside Outside
	Seal    func(secret string, about []byte) ([]byte, error)
	Unseal  func(sealed, about []byte) (string, error)

	Passkeys Passkeys // nil where there are none
}

func (s *Service) scribe(by ident.Actor, now time.Time) scribe { return scribe{s.NewID, by, now} }

// operator is who works from the command line of the machine itself.
func operator(firm ident.Firm) ident.Actor {
	return ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}
}

// AddAccount lets somebody in, at the operator's command. a names firm, e-mail,
// name, roles, end, and whether the password must be changed at the first sign-in.
// An empty password is made up and returned, to be told once; one that was given
// comes back as it is.
func (s *Service) AddAccount(ctx context.Context, a Account, password string) (Account, string, error) {
	return s.addAccount(ctx, operator(a.Firm), a, password)
}

func (s *Service) addAccount(ctx context.Context, by ident.Actor, a Account, password string) (Account, string, error) {
	now := s.Now()
	a.ID, a.Email, a.Name = s.NewID(), FoldEmail(a.Email), strings.TrimSpace(a.Name)
	a.Roles = ordered(a.Roles)
	if err := CheckAccount(a, now); err != nil {
		return Account{}, "", err
	}
	if password == "" {
		var err error
		if password, err = s.newPassword(); err != nil {
			return Account{}, "", err
		}
	} else if err := CheckPassword(password, a); err != nil {
		return Account{}, "", err
	}
	kept := a
	var err error
	if kept.Password, err = s.hash(ctx, password); err != nil {
		return Account{}, "", err
	}
	err = s.Store.Update(ctx, a.Firm, func(tx Tx) error {
		if err := tx.AddAccount(kept, now); err != nil {
			return err
		}
		return tx.Append(s.scribe(by, now).accountAdded(a))
	})
	if err != nil {
		return Account{}, "", fmt.Errorf("add account: %w", err)
	}
	return a, password, nil
}

// Accounts lists the accounts of a firm by name, without their passwords.
func (s *Service) Accounts(ctx context.Context, firm ident.Firm) (list []Account, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		list, err = tx.Accounts()
		return err
	})
	for i := range list {
		list[i].Password = ""
	}
	return list, err
}

// AddToken makes a token for a program, at the operator's command, and returns
// its secret, to be told once. t names firm, name, scopes and end.
func (s *Service) AddToken(ctx context.Context, t Token) (Token, string, error) {
	random, err := s.random(tokenBytes)
	if err != nil {
		return Token{}, "", err
	}
	secret := tokenSecret(random)
	t.ID, t.Name, t.Added = s.NewID(), strings.TrimSpace(t.Name), s.Now()
	t.Hash, t.Revoked = hashSecret(secret), time.Time{}
	slices.Sort(t.Scopes)
	t.Scopes = slices.Compact(t.Scopes)
	if err := CheckToken(t); err != nil {
		return Token{}, "", err
	}
	err = s.Store.Update(ctx, t.Firm, func(tx Tx) error {
		if err := tx.AddToken(t); err != nil {
			return err
		}
		return tx.Append(s.scribe(operator(t.Firm), t.Added).tokenAdded(t))
	})
	if err != nil {
		return Token{}, "", fmt.Errorf("add token: %w", err)
	}
	return t, secret, nil
}

// Tokens lists the tokens of a firm, newest first.
func (s *Service) Tokens(ctx context.Context, firm ident.Firm) (list []Token, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		list, err = tx.Tokens()
		return err
	})
	return list, err
}

// RevokeToken ends a token at once, at the operator's command; fault.NotFound
// when the firm has none of this id that holds.
func (s *Service) RevokeToken(ctx context.Context, firm ident.Firm, id string) error {
	now := s.Now()
	err := s.Store.Update(ctx, firm, func(tx Tx) error {
		if err := tx.RevokeToken(id, now); err != nil {
			return err
		}
		return tx.Append(s.scribe(operator(firm), now).tokenRevoked(id))
	})
	if err != nil {
		return fmt.Errorf("revoke token %s: %w", id, err)
	}
	return nil
}

// Program returns the token with this secret; fault.Denied with reason
// token-refused when there is none that holds.
func (s *Service) Program(ctx context.Context, secret string) (Token, error) {
	refused := fault.New(fault.Denied, "token-refused", "")
	if !strings.HasPrefix(secret, tokenPrefix) {
		return Token{}, refused
	}
	t, err := s.Store.ByToken(ctx, hashSecret(secret))
	if fault.Is(err, fault.NotFound) || err == nil && !t.Holds(s.Now()) {
		return Token{}, refused
	}
	return t, err
}

func ordered(roles []Role) []Role {
	out := slices.Clone(roles)
	slices.SortFunc(out, func(a, b Role) int { return slices.Index(Roles, a) - slices.Index(Roles, b) })
	return slices.Compact(out)
}

// alphabet has no letters and digits that look alike; 32 of them, so that five
// random bits choose one without bias.
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789"

// newPassword makes up 100 random bits as four groups of five, to be read out.
func (s *Service) newPassword() (string, error) {
	random, err := s.random(20)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, r := range random {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[r%32])
	}
	return b.String(), nil
}

func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt, err := s.random(saltBytes)
	if err != nil {
		return "", err
	}
	return s.Hasher.Hash(ctx, password, salt)
}

func (s *Service) random(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.Random, b); err != nil {
		return nil, fmt.Errorf("draw random bytes: %w", err)
	}
	return b, nil
}
