package staff

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Federation is where people of a firm sign in with the account that they have
// elsewhere. It lets nobody in who has no account here, and brings no role along.
type Federation struct {
	Firm     ident.Firm
	Issuer   string
	ClientID string
	Secret   []byte   // sealed
	Domains  []string // of the e-mail addresses of its people, in order
}

// An Asking is one visit to a provider.
type Asking struct{ State, Nonce, Verifier string }

// An Outsider is who came back from a provider.
type Outsider struct {
	Subject  string
	Email    string
	Verified bool // the provider knows that the address is theirs
}

// Outside speaks with providers. An error of Redeem that blames the answer is
// ErrNotBelieved; any other is of a provider that is away.
type Outside interface {
	Check(issuer string) error
	URL(ctx context.Context, f Federation, secret string, a Asking) (string, error)
	Redeem(ctx context.Context, f Federation, secret string, a Asking, code string) (Outsider, error)
}

// ErrNotBelieved says that what a provider answered does not hold.
var ErrNotBelieved = errors.New("the answer of the provider does not hold")

// Reasons for which nobody gets in by way of a provider.
const (
	OutsideUnknown = "federation-unknown" // no firm has this domain
	OutsideStale   = "federation-stale"   // nothing was asked of this browser, or it is long ago
	OutsideRefused = "federation-refused" // the answer does not hold, or nobody here is meant
	OutsideAway    = "federation-away"    // the provider does not answer
)

// outsideFor is how long somebody may take to sign in at the provider.
const outsideFor = 10 * time.Minute

// visit is what is kept of an Asking.
type visit struct {
	Firm     ident.Firm `json:"firm"`
	Issuer   string     `json:"issuer"`
	Nonce    string     `json:"nonce"`
	Verifier string     `json:"verifier"`
	Back     string     `json:"back"`
}

// SetFederation says where people of a firm sign in, at the operator's command. It is
// fault.Invalid with all that is wrong at once, and fault.Conflict when another firm
// has one of the domains.
func (s *Service) SetFederation(ctx context.Context, f Federation, secret string) error {
	var bad []fault.Detail
	wrong := func(pointer, reason, text string) {
		bad = append(bad, fault.Detail{Pointer: pointer, Reason: reason, Text: text})
	}
	for i, d := range f.Domains {
		f.Domains[i] = strings.ToLower(strings.TrimSpace(d))
		if !emailLike("x@"+f.Domains[i]) || strings.Contains(f.Domains[i], "@") {
			wrong("/domains", "domain-invalid", "Geef een domein zoals voorbeeld.nl.")
		}
	}
	slices.Sort(f.Domains)
	f.Domains = slices.Compact(f.Domains)
	if len(f.Domains) == 0 {
		wrong("/domains", "domain-missing", "Geef ten minste één domein.")
	}
	if s.Outside.Check(f.Issuer) != nil {
		wrong("/issuer", "issuer-invalid", "Geef het adres van de aanbieder, zoals https://login.voorbeeld.nl.")
	}
	if f.ClientID == "" || secret == "" {
		wrong("/clientId", "client-missing", "Geef het kenmerk van de client en zijn geheim.")
	}
	if err := fault.All("federation-invalid", bad); err != nil {
		return err
	}
	var err error
	if f.Secret, err = s.Seal(secret, []byte(f.Firm)); err != nil {
		return fmt.Errorf("seal secret: %w", err)
	}
	return s.Store.Update(ctx, f.Firm, func(tx Tx) error {
		if err := tx.SaveFederation(f); err != nil {
			return err
		}
		return tx.Append(s.scribe(operator(f.Firm), s.Now()).federationSet(f))
	})
}

// RemoveFederation lets people of a firm sign in here only; fault.NotFound when they
// did already.
func (s *Service) RemoveFederation(ctx context.Context, firm ident.Firm) error {
	return s.Store.Update(ctx, firm, func(tx Tx) error {
		if _, err := tx.Federation(); err != nil {
			return err
		}
		if err := tx.RemoveFederation(); err != nil {
			return err
		}
		return tx.Append(s.scribe(operator(firm), s.Now()).federationRemoved())
	})
}

// Federation returns where people of a firm sign in; fault.NotFound when it is here.
func (s *Service) Federation(ctx context.Context, firm ident.Firm) (f Federation, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		f, err = tx.Federation()
		return err
	})
	return f, err
}

// Federated reports whether people of any firm sign in elsewhere.
func (s *Service) Federated(ctx context.Context) (bool, error) { return s.Store.Federated(ctx) }

// Leave returns the address at the provider of the firm with this e-mail address, or
// this domain, and the state that the browser must bring back. back is where to go
// afterwards.
func (s *Service) Leave(ctx context.Context, email, back string) (address, state string, err error) {
	email = FoldEmail(email)
	f, err := s.Store.FederationOf(ctx, email[strings.LastIndexByte(email, '@')+1:])
	if fault.Is(err, fault.NotFound) {
		return "", "", fault.New(fault.NotFound, OutsideUnknown, "")
	}
	if err != nil {
		return "", "", fmt.Errorf("find provider: %w", err)
	}
	secret, err := s.Unseal(f.Secret, []byte(f.Firm))
	if err != nil {
		return "", "", fmt.Errorf("unseal secret of firm %s: %w", f.Firm, err)
	}
	a, err := s.asking()
	if err != nil {
		return "", "", err
	}
	if address, err = s.Outside.URL(ctx, f, secret, a); err != nil {
		return "", "", fault.Because(fault.Unavailable, OutsideAway, err)
	}
	data, err := json.Marshal(visit{f.Firm, f.Issuer, a.Nonce, a.Verifier, back})
	if err != nil {
		return "", "", err
	}
	if err := s.Store.Ask(ctx, askedKey("oidc", a.State), data, s.Now().Add(outsideFor)); err != nil {
		return "", "", fmt.Errorf("keep visit: %w", err)
	}
	return address, a.State, nil
}

func (s *Service) asking() (a Asking, err error) {
	b, err := s.random(96)
	if err != nil {
		return a, err
	}
	text := base64.RawURLEncoding.EncodeToString
	return Asking{text(b[:32]), text(b[32:64]), text(b[64:])}, nil
}

func askedKey(kind, secret string) ident.Hash {
	return ident.HashOf([]byte("asked\n" + kind + "\n" + secret))
}

// Return lets in who comes back from a provider: state as this browser was given it
// and issuer as the answer names it, empty where it names none. Whoever comes is
// known by what the provider calls them, and the first time by an e-mail address
// that it knows to be theirs. It returns where to go as well.
func (s *Service) Return(ctx context.Context, state, issuer, code string, from Knock) (who Session, back string, err error) {
	now := s.Now()
	counts := []count{{addressKey(from.Address), PerAddress}}
	if err := s.admit(ctx, counts, now); err != nil {
		return Session{}, "", err
	}
	v, f, err := s.visited(ctx, state, issuer, now)
	if err != nil {
		return Session{}, "", err
	}
	secret, err := s.Unseal(f.Secret, []byte(f.Firm))
	if err != nil {
		return Session{}, "", fmt.Errorf("unseal secret of firm %s: %w", f.Firm, err)
	}
	o, err := s.Outside.Redeem(ctx, f, secret, Asking{state, v.Nonce, v.Verifier}, code)
	if errors.Is(err, ErrNotBelieved) {
		return Session{}, "", fault.Because(fault.Denied, OutsideRefused, err)
	} else if err != nil {
		return Session{}, "", fault.Because(fault.Unavailable, OutsideAway, err)
	}
	a, err := s.admitOutsider(ctx, f, o, now)
	if err != nil {
		return Session{}, "", err
	}
	if err := s.uncount(ctx, counts); err != nil {
		return Session{}, "", err
	}
	who, err = s.session(ctx, a, s.NewID())
	who.Means = ByProvider
	return who, v.Back, err
}

// visited finds what was asked under this state, once, and the provider it was asked
// of, which must still be that of the firm.
func (s *Service) visited(ctx context.Context, state, issuer string, now time.Time) (v visit, f Federation, err error) {
	data, err := s.Store.Answer(ctx, askedKey("oidc", state), now)
	if fault.Is(err, fault.NotFound) {
		return v, f, fault.New(fault.Invalid, OutsideStale, "")
	}
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		return v, f, fmt.Errorf("find visit: %w", err)
	}
	f, err = s.Federation(ctx, v.Firm)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return v, f, err
	}
	if err != nil || f.Issuer != v.Issuer || issuer != "" && issuer != f.Issuer {
		return v, f, fault.New(fault.Denied, OutsideRefused, "")
	}
	return v, f, nil
}

// admitOutsider finds the account of who came back, links it the first time, and
// records that they came in, or why not where there is an account.
func (s *Service) admitOutsider(ctx context.Context, f Federation, o Outsider, now time.Time) (a Account, err error) {
	subject := ident.HashOf([]byte("subject\n" + f.Issuer + "\n" + o.Subject))
	refused := ""
	err = s.Store.Update(ctx, f.Firm, func(tx Tx) error {
		a, refused, err = s.outsider(tx, f, o, subject, now)
		if err != nil || a.ID == "" {
			return err
		}
		w := s.scribe(Session{Account: a}.Actor(), now)
		if refused != "" {
			w.by = operator(f.Firm)
			return tx.Append(w.refused(a.ID, refused))
		}
		return tx.Append(w.signedBy(ByProvider, a.ID))
	})
	if err == nil && (a.ID == "" || refused != "") {
		err = fault.New(fault.Denied, OutsideRefused, "")
	}
	return a, err
}

func (s *Service) outsider(tx Tx, f Federation, o Outsider, subject ident.Hash, now time.Time) (a Account, refused string, err error) {
	id, err := tx.Link(subject)
	linked := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		return a, "", err
	}
	if linked {
		a, err = tx.Account(id)
	} else {
		a, err = accountOf(tx, f, o)
	}
	if err != nil || a.ID == "" {
		return a, "", err
	}
	if a.Closed(now) || !a.May(SignIn) {
		return a, "account-ended", nil
	}
	if linked {
		return a, "", nil
	}
	err = tx.AddLink(f.Issuer, subject, a.ID)
	if fault.Is(err, fault.Conflict) { // the address was given to somebody else since
		return a, "subject-differs", nil
	}
	if err == nil {
		err = tx.Append(s.scribe(operator(f.Firm), now).linked(a.ID, f.Issuer))
	}
	return a, "", err
}

// accountOf finds the account of this firm with an address that the provider knows to
// be theirs, and that lies in a domain of the firm.
func accountOf(tx Tx, f Federation, o Outsider) (Account, error) {
	email := FoldEmail(o.Email)
	if !o.Verified || !slices.Contains(f.Domains, email[strings.LastIndexByte(email, '@')+1:]) {
		return Account{}, nil
	}
	all, err := tx.Accounts()
	if i := slices.IndexFunc(all, func(a Account) bool { return a.Email == email }); err == nil && i >= 0 {
		return all[i], nil
	}
	return Account{}, err
}
