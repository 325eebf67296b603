package signon_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zorgplicht/internal/signon"
	"zorgplicht/internal/signon/signontest"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var asking = signon.Asking{State: "een-staat", Nonce: "een-nonce", Verifier: strings.Repeat("v", 43)}

func setUp(t *testing.T) (*signontest.Provider, *signon.Client, signon.Provider) {
	p := signontest.New(t, func() time.Time { return noon })
	return p, &signon.Client{Now: func() time.Time { return noon }},
		signon.Provider{Issuer: p.URL, ClientID: signontest.ClientID, Secret: signontest.Secret, Redirect: "https://zorgplicht.example/terug"}
}

// code visits the provider and returns the code that the browser brings back.
func code(t *testing.T, p *signontest.Provider, c *signon.Client, at signon.Provider) string {
	t.Helper()
	address, err := c.URL(t.Context(), at, asking)
	if err != nil {
		t.Fatal(err)
	}
	back := p.Visit(t, address)
	if back.Query().Get("state") != asking.State {
		t.Fatalf("came back with %s", back)
	}
	return back.Query().Get("code")
}

func TestRedeem(t *testing.T) {
	p, c, at := setUp(t)
	word := code(t, p, c, at)
	who, err := c.Redeem(t.Context(), at, asking, word)
	if err != nil || who != (signon.Person{Subject: "persoon-1", Email: "jo@delinde.example", Verified: true}) {
		t.Fatalf("got %+v, %v", who, err)
	}
	if _, err := c.Redeem(t.Context(), at, asking, word); !errors.Is(err, signon.ErrRefused) {
		t.Errorf("a code that was used: %v", err)
	}
}

func TestWrongAnswersAreRefused(t *testing.T) {
	for name, bend := range map[string]func(header, claims map[string]any){
		"another nonce":                     func(_, c map[string]any) { c["nonce"] = "van een ander" },
		"no nonce":                          func(_, c map[string]any) { delete(c, "nonce") },
		"another issuer":                    func(_, c map[string]any) { c["iss"] = "https://login.ander.example" },
		"another audience":                  func(_, c map[string]any) { c["aud"] = "een-ander" },
		"two audiences and no party":        func(_, c map[string]any) { c["aud"] = []string{signontest.ClientID, "een-ander"} },
		"another party":                     func(_, c map[string]any) { c["azp"] = "een-ander" },
		"expired":                           func(_, c map[string]any) { c["exp"] = noon.Add(-time.Minute).Unix() },
		"not yet valid":                     func(_, c map[string]any) { c["nbf"] = noon.Add(time.Hour).Unix() },
		"no subject":                        func(_, c map[string]any) { delete(c, "sub") },
		"an algorithm that shares a secret": func(h, _ map[string]any) { h["alg"] = "HS256" },
		"a key that nobody knows":           func(h, _ map[string]any) { h["kid"] = "2" },
	} {
		t.Run(name, func(t *testing.T) {
			p, c, at := setUp(t)
			p.Bend = bend
			if who, err := c.Redeem(t.Context(), at, asking, code(t, p, c, at)); !errors.Is(err, signon.ErrRefused) {
				t.Errorf("got %+v, %v", who, err)
			}
		})
	}
	for name, sign := range map[string]func(string) string{
		"no signature":    func(signed string) string { return signed + "." },
		"a wrong one":     func(signed string) string { return signed + "." + strings.Repeat("A", 342) },
		"no token at all": func(string) string { return "" },
		"algorithm none": func(signed string) string {
			_, claims, _ := strings.Cut(signed, ".")
			return "eyJhbGciOiJub25lIn0." + claims + "."
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, c, at := setUp(t)
			p.Sign = sign
			if who, err := c.Redeem(t.Context(), at, asking, code(t, p, c, at)); !errors.Is(err, signon.ErrRefused) {
				t.Errorf("got %+v, %v", who, err)
			}
		})
	}
	t.Run("another verifier, or another secret", func(t *testing.T) {
		p, c, at := setUp(t)
		other := asking
		other.Verifier = strings.Repeat("w", 43)
		if _, err := c.Redeem(t.Context(), at, other, code(t, p, c, at)); !errors.Is(err, signon.ErrRefused) {
			t.Errorf("verifier: %v", err)
		}
		at.Secret = "geraden"
		if _, err := c.Redeem(t.Context(), at, asking, code(t, p, c, at)); !errors.Is(err, signon.ErrRefused) {
			t.Errorf("secret: %v", err)
		}
	})
}

func TestCheckIssuer(t *testing.T) {
	for issuer, good := range map[string]bool{
		"https://login.example.nl": true, "https://login.example.nl/realms/a": true, "http://127.0.0.1:9000": true, "http://localhost:9000": true,
		"http://login.example.nl": false, "login.example.nl": false, "": false, "https://a:b@login.example.nl": false, "file:///etc/passwd": false, "https://login.example.nl?x=1": false,
	} {
		if err := signon.CheckIssuer(issuer); (err == nil) != good {
			t.Errorf("%q: %v", issuer, err)
		}
	}
	_, c, at := setUp(t)
	at.Issuer = "http://127.0.0.1:1"
	if _, err := c.URL(t.Context(), at, asking); !errors.Is(err, signon.ErrAway) {
		t.Errorf("a provider that is away: %v", err)
	}
}
