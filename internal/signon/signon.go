// Package signon lets people sign in with the account that they have at a provider
// of OpenID Connect: the authorization code flow with PKCE, state and nonce. It
// speaks with the provider and says who came back; what that person may do here is
// none of its business.
package signon

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// A Provider is where people sign in, and who we are there.
type Provider struct {
	Issuer   string // https, without a slash at the end unless the provider has one
	ClientID string
	Secret   string
	Redirect string // the address of ours to come back to
}

// An Asking is one visit to the provider. All three are random, used once, and kept
// apart from the browser but for the state.
type Asking struct {
	State    string
	Nonce    string
	Verifier string // of PKCE: 43 to 128 letters and digits
}

// A Person is who came back, as the provider says.
type Person struct {
	Subject  string // for ever the same person at this issuer
	Email    string
	Verified bool // the provider knows that the address is theirs
}

// ErrRefused is wrapped by all errors that blame what came back, and ErrAway by those
// of a provider that does not answer.
var (
	ErrRefused = errors.New("the provider's answer was refused")
	ErrAway    = errors.New("the provider does not answer")
)

// A Client speaks with providers. Now is the clock; what they say of themselves is
// kept for a while.
type Client struct {
	Now func() time.Time

	mu    sync.Mutex
	known map[string]known
}

type known struct {
	provider *oidc.Provider
	at       time.Time
}

const (
	patience  = 10 * time.Second
	knownFor  = 10 * time.Minute
	mostBytes = 1 << 20
)

// signatures are the algorithms that an answer may be signed with: none that shares
// a secret, and never "none".
var signatures = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}

// URL is where to send the browser.
func (c *Client) URL(ctx context.Context, p Provider, a Asking) (string, error) {
	found, err := c.discover(ctx, p)
	if err != nil {
		return "", err
	}
	return p.config(found).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), nil
}

// Redeem turns the code that the browser brought back into a person. Every check of
// OpenID Connect Core 3.1.3.7 that applies must hold.
func (c *Client) Redeem(ctx context.Context, p Provider, a Asking, code string) (Person, error) {
	found, err := c.discover(ctx, p)
	if err != nil {
		return Person{}, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, client), patience)
	defer cancel()
	token, err := p.config(found).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return Person{}, blame("exchange code", err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return Person{}, fmt.Errorf("%w: there is no id token", ErrRefused)
	}
	verifier := found.Verifier(&oidc.Config{ClientID: p.ClientID, Now: c.Now, SupportedSigningAlgs: signatures})
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return Person{}, blame("verify id token", err)
	}
	return p.person(id, a)
}

// person holds the claims against what was asked.
func (p Provider) person(id *oidc.IDToken, a Asking) (Person, error) {
	var claims struct {
		Party    string `json:"azp"`
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := id.Claims(&claims); err != nil {
		return Person{}, fmt.Errorf("%w: read claims: %w", ErrRefused, err)
	}
	switch {
	case a.Nonce == "" || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1:
		return Person{}, fmt.Errorf("%w: the nonce is another", ErrRefused)
	case len(id.Audience) > 1 && claims.Party != p.ClientID, claims.Party != "" && claims.Party != p.ClientID:
		return Person{}, fmt.Errorf("%w: the token is for another party", ErrRefused)
	case id.Subject == "":
		return Person{}, fmt.Errorf("%w: there is no subject", ErrRefused)
	}
	return Person{id.Subject, claims.Email, claims.Verified}, nil
}

func (p Provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.Secret, RedirectURL: p.Redirect, Endpoint: found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// discover asks the provider about itself. Its keys are fetched by the answer's own
// client, so the answer outlives the request.
func (c *Client) discover(ctx context.Context, p Provider) (*oidc.Provider, error) {
	if err := CheckIssuer(p.Issuer); err != nil {
		return nil, err
	}
	c.mu.Lock()
	k, ok := c.known[p.Issuer]
	c.mu.Unlock()
	if now := c.Now(); ok && now.Sub(k.at).Abs() < knownFor {
		return k.provider, nil
	}
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), client)
	found, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]known{}
	}
	c.known[p.Issuer] = known{found, c.Now()}
	return found, nil
}

// CheckIssuer returns why no provider can stand at this address: it must be https, or
// http on this very machine.
func CheckIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("the issuer is no address such as https://login.example.nl")
	}
	local := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return errors.New("the issuer must be reached over https")
	}
	return nil
}

// blame tells an answer that is wrong from one that never came.
func blame(doing string, err error) error {
	var away *url.Error
	if errors.As(err, &away) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %s: %w", ErrAway, doing, err)
	}
	return fmt.Errorf("%w: %s: %w", ErrRefused, doing, err)
}

// client follows no redirect, waits no longer than patience and reads no more than
// mostBytes: a provider answers at the address that it gave.
var client = &http.Client{
	Timeout:       patience,
	Transport:     bounded{http.DefaultTransport},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

type bounded struct{ under http.RoundTripper }

// RoundTrip cuts the answer off at mostBytes.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	reply, err := b.under.RoundTrip(r)
	if err == nil {
		reply.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(reply.Body, mostBytes), reply.Body}
	}
	return reply, err
}
