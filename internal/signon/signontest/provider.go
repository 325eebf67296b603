// Package signontest is a small provider of OpenID Connect for tests, over real HTTP.
// It signs everybody in who comes, and can be told to answer wrongly.
package signontest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// The client that the provider knows.
const (
	ClientID = "zorgplicht"
	Secret   = "het geheim van de client"
)

// A Provider signs in whoever comes, as the person of its fields.
type Provider struct {
	URL      string // its issuer
	Now      func() time.Time
	Subject  string
	Email    string
	Verified bool

	// Bend changes the header and claims of the next tokens before they are signed;
	// Sign, where set, writes the whole token instead.
	Bend func(header, claims map[string]any)
	Sign func(signed string) string

	mu    sync.Mutex
	key   *rsa.PrivateKey
	codes map[string]url.Values // what was asked, by code that was not used yet
	seq   int
}

// New starts a provider that ends with the test.
func New(t testing.TB, now func() time.Time) *Provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &Provider{Now: now, Subject: "persoon-1", Email: "jo@delinde.example", Verified: true, key: key, codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.describe)
	mux.HandleFunc("GET /sleutels", p.keys)
	mux.HandleFunc("GET /aanmelden", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	p.URL = s.URL
	return p
}

func (p *Provider) describe(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/aanmelden", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/sleutels",
		"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	})
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	e := big.NewInt(int64(p.key.E)).Bytes()
	write(w, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": b64(p.key.N.Bytes()), "e": b64(e),
	}}})
}

// authorize sends the browser back with a code, as if somebody had signed in.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	if asked.Get("client_id") != ClientID || asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256" || asked.Get("state") == "" {
		http.Error(w, "not asked as agreed", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.seq++
	code := "code-" + string(rune('a'+p.seq))
	p.codes[code] = asked
	p.mu.Unlock()
	back := asked.Get("redirect_uri") + "?" + url.Values{"code": {code}, "state": {asked.Get("state")}, "iss": {p.URL}}.Encode()
	http.Redirect(w, r, back, http.StatusFound)
}

// token gives the token for a code, once, to the client that can show the verifier.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	p.mu.Lock()
	asked, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	p.mu.Unlock()
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || id != ClientID || secret != Secret || b64(challenge[:]) != asked.Get("code_challenge") {
		w.WriteHeader(http.StatusBadRequest)
		write(w, map[string]any{"error": "invalid_grant"})
		return
	}
	write(w, map[string]any{"access_token": "niets", "token_type": "Bearer", "id_token": p.idToken(asked)})
}

func (p *Provider) idToken(asked url.Values) string {
	now := p.Now()
	header := map[string]any{"alg": "RS256", "kid": "1", "typ": "JWT"}
	claims := map[string]any{
		"iss": p.URL, "aud": ClientID, "sub": p.Subject, "email": p.Email, "email_verified": p.Verified,
		"nonce": asked.Get("nonce"), "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	}
	if p.Bend != nil {
		p.Bend(header, claims)
	}
	head, _ := json.Marshal(header)
	body, _ := json.Marshal(claims)
	signed := b64(head) + "." + b64(body)
	if p.Sign != nil {
		return p.Sign(signed)
	}
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, digest[:])
	if err != nil {
		panic(err)
	}
	return signed + "." + b64(signature)
}

// Visit goes to the address at the provider and returns where it sends the browser.
func (p *Provider) Visit(t testing.TB, address string) *url.URL {
	t.Helper()
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	reply, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	back, err := reply.Location()
	if err != nil {
		t.Fatalf("the provider answers %s", reply.Status)
	}
	return back
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
