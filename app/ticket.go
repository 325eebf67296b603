package app

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/go-jose/go-jose/v4"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// claims is a gate ticket as others read it: the registered names of RFC 7519,
// then our own.
type claims struct {
	Issuer    string                    `json:"iss"` // the installation and the firm
	Audience  string                    `json:"aud"`
	ID        string                    `json:"jti"`
	Issued    int64                     `json:"iat"`
	Expires   int64                     `json:"exp"`
	Firm      ident.Firm                `json:"firm"`
	Product   string                    `json:"product"`
	Reference string                    `json:"clientReference"`
	Attempt   appropriateness.AttemptID `json:"attempt"`
	Verdict   string                    `json:"verdict"`
	TestID    string                    `json:"test"`
	Test      ident.Hash                `json:"testHash"`
}

// SignTicket returns the ticket as a compact JWS (EdDSA, Ed25519). The same ticket
// gives the same text.
func (a *App) SignTicket(t appropriateness.Ticket) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: jose.JSONWebKey{Key: a.Keys.gate, KeyID: a.Keys.gateID()}}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", fmt.Errorf("sign ticket: %w", err)
	}
	body, err := json.Marshal(claims{
		Issuer: a.issuer(t.Firm), Audience: t.Audience, ID: t.ID, Issued: t.Issued.Unix(), Expires: t.Expires.Unix(), Firm: t.Firm, Product: t.Product,
		Reference: t.Reference, Attempt: t.Attempt, Verdict: t.Verdict, TestID: t.TestID, Test: t.Test,
	})
	if err != nil {
		return "", fmt.Errorf("sign ticket: %w", err)
	}
	signed, err := signer.Sign(body)
	if err != nil {
		return "", fmt.Errorf("sign ticket: %w", err)
	}
	return signed.CompactSerialize()
}

func (a *App) issuer(firm ident.Firm) string { return a.BaseURL + "/firma/" + string(firm) }

// gateID names the public key by its content, so that a new key has a new name.
func (k *Keys) gateID() string { return ident.HashOf(k.gatePublic()).String()[:16] }

// furnishGate publishes the key with which anyone checks a ticket.
func (a *App) furnishGate() {
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: a.Keys.gate.Public(), KeyID: a.Keys.gateID(), Algorithm: string(jose.EdDSA), Use: "sig"}}}
	a.site.Handle("GET /.well-known/jwks.json", func(*http.Request) (site.Reply, error) { return keySet{set}, nil })
}

type keySet struct{ jose.JSONWebKeySet }

// Write lets any page read the keys: they are public.
func (s keySet) Write(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/jwk-set+json")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	return json.NewEncoder(w).Encode(s.JSONWebKeySet)
}
