// Package passkey lets people sign in with a key that their device, phone or
// security key holds (WebAuthn). It makes the questions that a browser is asked and
// holds the answers against them; who may do what with a key is none of its
// business. A key is made so that it can be found without a name (discoverable),
// and is used only by whom the device recognised (user verification).
package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// A Key is what is kept of a passkey: nothing secret.
type Key struct {
	ID         []byte
	PublicKey  []byte
	Counter    uint32 // how often it signed, as it says itself; 0 where it does not count
	Flags      byte   // of the answer in which it was made, or last used
	Transports []string
}

// A Holder is whose key it is, as their device shows it.
type Holder struct {
	ID   []byte // opaque, at most 64 bytes
	Name string // as they sign in
	Full string // as people call them
}

// ErrRefused is wrapped by all errors that blame what a browser answered.
var ErrRefused = errors.New("the passkey was refused")

// A Desk asks browsers and holds their answers against what was asked.
type Desk struct {
	library *webauthn.WebAuthn
	origin  string
}

// Place returns the name under which keys are made and the origin on whose pages they
// work, for an installation that is reached at this base URL: https under a name, or
// this machine itself, where a browser takes the name localhost and no address. Both
// are empty where no key can be made.
func Place(baseURL string) (name, origin string) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" {
		return "", ""
	}
	host := u.Hostname()
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil && ip.IsLoopback() && u.Scheme == "http":
		host = "localhost"
	case err == nil, u.Scheme == "http" && host != "localhost":
		return "", ""
	}
	origin = u.Scheme + "://" + host
	if port := u.Port(); port != "" {
		origin += ":" + port
	}
	return host, origin
}

// New returns the desk of an installation that is reached at this base URL; nil where
// it can have no passkeys.
func New(baseURL string) *Desk {
	name, origin := Place(baseURL)
	if name == "" {
		return nil
	}
	library, err := webauthn.New(&webauthn.Config{
		RPID: name, RPDisplayName: "Zorgplicht", RPOrigins: []string{origin}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return &Desk{library, origin}
}

// Origin is that of the pages on which passkeys work.
func (d *Desk) Origin() string { return d.origin }

// Create returns what to ask a browser so that it makes a key for the holder, who has
// these already, and what to keep until the answer comes.
func (d *Desk) Create(h Holder, have []Key) (options, asked []byte, err error) {
	var not []protocol.CredentialDescriptor
	for _, k := range have {
		c := k.credential()
		not = append(not, c.Descriptor())
	}
	creation, session, err := d.library.BeginRegistration(user{h, nil}, webauthn.WithExclusions(not))
	if err != nil {
		return nil, nil, fmt.Errorf("ask for a new key: %w", err)
	}
	return both(creation.Response, session)
}

// Created returns the key that a browser made when it was asked so.
func (d *Desk) Created(h Holder, asked, answer []byte) (Key, error) {
	session, err := kept(asked)
	if err != nil {
		return Key{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Key{}, refused(err)
	}
	c, err := d.library.CreateCredential(user{h, nil}, session, parsed)
	if err != nil {
		return Key{}, refused(err)
	}
	return keyOf(c), nil
}

// Get returns what to ask a browser so that its holder chooses a key, and what to keep
// until the answer comes. It names nobody, so it tells nobody who has a key.
func (d *Desk) Get() (options, asked []byte, err error) {
	assertion, session, err := d.library.BeginDiscoverableLogin()
	if err != nil {
		return nil, nil, fmt.Errorf("ask for a key: %w", err)
	}
	return both(assertion.Response, session)
}

// Got returns the key that answered, with its new counter. find is given the id of
// the key and of its holder as the device names them, and returns the key that is kept.
// An error of find comes back as it is.
func (d *Desk) Got(asked, answer []byte, find func(key, holder []byte) (Key, error)) (Key, error) {
	session, err := kept(asked)
	if err != nil {
		return Key{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Key{}, refused(err)
	}
	var lost error
	_, c, err := d.library.ValidatePasskeyLogin(func(key, holder []byte) (webauthn.User, error) {
		k, err := find(key, holder)
		if err != nil {
			lost = err
			return nil, err
		}
		return user{Holder{ID: holder}, []webauthn.Credential{k.credential()}}, nil
	}, session, parsed)
	if lost != nil {
		return Key{}, lost
	}
	if err != nil {
		return Key{}, refused(err)
	}
	k := keyOf(c)
	k.Counter = parsed.Response.AuthenticatorData.Counter
	return k, nil
}

func both(options any, session *webauthn.SessionData) (asking, asked []byte, err error) {
	if asking, err = json.Marshal(options); err == nil {
		asked, err = json.Marshal(session)
	}
	return asking, asked, err
}

func kept(asked []byte) (session webauthn.SessionData, err error) {
	if err := json.Unmarshal(asked, &session); err != nil {
		return session, fmt.Errorf("read what was asked: %w", err)
	}
	return session, nil
}

// refused tells in the log what the library found, and nothing of it to the browser.
func refused(err error) error {
	var detail *protocol.Error
	if errors.As(err, &detail) {
		return fmt.Errorf("%w: %s: %s", ErrRefused, detail.Details, detail.DevInfo)
	}
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

func (k Key) credential() webauthn.Credential {
	c := webauthn.Credential{ID: k.ID, PublicKey: k.PublicKey, Flags: webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(k.Flags))}
	c.Authenticator.SignCount = k.Counter
	for _, t := range k.Transports {
		c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
	}
	return c
}

// transports are the ways to a key that we pass on: a browser may name others.
var transports = []protocol.AuthenticatorTransport{protocol.USB, protocol.NFC, protocol.BLE, protocol.SmartCard, protocol.Hybrid, protocol.Internal}

func keyOf(c *webauthn.Credential) Key {
	k := Key{ID: c.ID, PublicKey: c.PublicKey, Counter: c.Authenticator.SignCount, Flags: byte(c.Flags.ProtocolValue())}
	for _, t := range c.Transport {
		if slices.Contains(transports, t) {
			k.Transports = append(k.Transports, string(t))
		}
	}
	return k
}

// user is a holder as the library asks for one.
type user struct {
	Holder
	keys []webauthn.Credential
}

// WebAuthnID is how devices name the holder.
func (u user) WebAuthnID() []byte { return u.ID }

// WebAuthnName is the name under which the holder signs in.
func (u user) WebAuthnName() string { return u.Name }

// WebAuthnDisplayName is how the holder is called.
func (u user) WebAuthnDisplayName() string { return u.Full }

// WebAuthnCredentials are the keys among which the answer must be.
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }
