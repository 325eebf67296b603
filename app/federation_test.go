package app

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/signon/signontest"
	"zorgplicht/staff"
)

// A browser keeps its cookies and follows nothing by itself.
type browser struct {
	*http.Client
	t    *testing.T
	base string
}

func newBrowser(t *testing.T, base string) browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return browser{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, t, base}
}

// open asks a path, or posts a form to it, and returns status, where it leads and text.
func (b browser) open(path string, form ...string) (status int, to, text string) {
	b.t.Helper()
	reply, err := b.Get(b.base + path)
	if len(form) > 0 {
		v := url.Values{}
		for i := 0; i < len(form); i += 2 {
			v.Set(form[i], form[i+1])
		}
		reply, err = b.PostForm(b.base+path, v)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return reply.StatusCode, reply.Header.Get("Location"), string(body)
}

var thereLink = regexp.MustCompile(`href="(http://[^"]+/aanmelden\?[^"]+)"`)

// leave asks for the way to the provider, and returns the path on which it sends back.
func (b browser) leave(p *signontest.Provider) string {
	b.t.Helper()
	status, _, text := b.open("/werk/aanmelden/onderneming", "email", "Jo@DeLinde.example", "naar", "/werk/account")
	m := thereLink.FindStringSubmatch(text)
	if status != http.StatusOK || m == nil {
		b.t.Fatalf("%d: %s", status, text)
	}
	back := p.Visit(b.t, html.UnescapeString(m[1]))
	return back.RequestURI()
}

// federated is a house whose firm signs in at a provider of the test.
func federated(t *testing.T, h *house) (*reception, *signontest.Provider, staff.Account) {
	t.Helper()
	o := serveHouse(t, h)
	p := signontest.New(t, o.Now)
	err := o.Staff.SetFederation(t.Context(), staff.Federation{
		Firm: o.firm, Issuer: p.URL, ClientID: signontest.ClientID, Domains: []string{" DeLinde.example"},
	}, signontest.Secret)
	if err != nil {
		t.Fatal(err)
	}
	jo, _, err := o.Staff.AddAccount(t.Context(), staff.Account{Firm: o.firm, Name: "Jo", Email: "jo@delinde.example", Roles: []staff.Role{staff.Handler}, MustChange: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	return o, p, jo
}

func TestSignInAtTheProviderOfAFirm(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o, p, jo := federated(t, h)
		refused := func(t *testing.T, status int, to string) {
			t.Helper()
			if status != http.StatusForbidden || to != "" {
				t.Errorf("got %d to %q", status, to)
			}
		}

		t.Run("the secret lies sealed in the store, and in no fact", func(t *testing.T) {
			f, err := o.Staff.Federation(t.Context(), o.firm)
			if err != nil || strings.Contains(string(f.Secret), signontest.Secret) {
				t.Errorf("%v", err)
			}
			if _, err := o.Keys.Unseal(f.Secret, []byte("een andere onderneming")); err == nil {
				t.Error("it opens for another firm")
			}
			facts, err := o.reader().Subject(t.Context(), o.firm, string(o.firm))
			if err != nil || len(facts) == 0 || strings.Contains(string(facts[len(facts)-1].Payload), signontest.Secret) {
				t.Errorf("%d facts, %v", len(facts), err)
			}
		})
		t.Run("an address that the provider does not know to be theirs opens nothing", func(t *testing.T) {
			p.Verified = false
			b := newBrowser(t, o.base)
			status, to, _ := b.open(b.leave(p))
			refused(t, status, to)
			p.Verified = true
		})
		t.Run("who comes back is signed in where they wanted to go, with the roles given here alone", func(t *testing.T) {
			b := newBrowser(t, o.base)
			if _, _, text := b.open("/werk/aanmelden"); !strings.Contains(text, "Aanmelden met het account van uw onderneming") {
				t.Error("the door does not offer it")
			}
			p.Bend = func(_, claims map[string]any) { claims["roles"] = []string{"operator"} }
			status, to, text := b.open(b.leave(p))
			p.Bend = nil
			if status != http.StatusSeeOther || to != "/werk/account" {
				t.Fatalf("%d to %s: %s", status, to, text)
			}
			if _, _, text = b.open("/werk/account"); !strings.Contains(text, "behandelaar") || strings.Contains(text, "beheerder</dd>") {
				t.Error("the account has other roles")
			}
		})
		t.Run("an answer is taken once, and from the browser that asked", func(t *testing.T) {
			b := newBrowser(t, o.base)
			back := b.leave(p)
			if status, _, _ := newBrowser(t, o.base).open(back); status != http.StatusBadRequest {
				t.Errorf("another browser: %d", status)
			}
			if status, _, _ := b.open(strings.Replace(back, "state=", "state=x", 1)); status != http.StatusBadRequest {
				t.Errorf("another state: %d", status)
			}
			u, _ := url.Parse(back)
			who, _, err := o.Staff.Return(t.Context(), u.Query().Get("state"), "", u.Query().Get("code"), staff.Knock{})
			if err != nil || who.Account.ID != jo.ID {
				t.Fatal(err)
			}
			if status, _, _ := b.open(back); status != http.StatusBadRequest {
				t.Errorf("the same again: %d", status)
			}
		})
		t.Run("an answer in the name of another provider is refused", func(t *testing.T) {
			b := newBrowser(t, o.base)
			status, to, _ := b.open(strings.Replace(b.leave(p), "iss=http", "iss=https", 1))
			refused(t, status, to)
		})
		t.Run("an answer that does not hold is refused", func(t *testing.T) {
			p.Bend = func(_, claims map[string]any) { claims["nonce"] = "van een ander" }
			b := newBrowser(t, o.base)
			status, to, _ := b.open(b.leave(p))
			p.Bend = nil
			refused(t, status, to)
		})
		t.Run("whoever got the address of a colleague gets no further", func(t *testing.T) {
			p.Subject = "persoon-2"
			b := newBrowser(t, o.base)
			status, to, _ := b.open(b.leave(p))
			p.Subject = "persoon-1"
			refused(t, status, to)
		})
		t.Run("an account that is known goes on when its address changes, and a blocked one does not", func(t *testing.T) {
			p.Email = "jo.de.wit@delinde.example"
			b := newBrowser(t, o.base)
			if status, to, _ := b.open(b.leave(p)); status != http.StatusSeeOther || to != "/werk/account" {
				t.Errorf("%d to %s", status, to)
			}
			if err := o.Staff.Block(t.Context(), o.operator(), jo.ID); err != nil {
				t.Fatal(err)
			}
			b = newBrowser(t, o.base)
			status, to, _ := b.open(b.leave(p))
			refused(t, status, to)
		})
		t.Run("who takes too long begins again", func(t *testing.T) {
			b := newBrowser(t, o.base)
			back := b.leave(p)
			o.clock.add(11 * time.Minute)
			if status, _, text := b.open(back); status != http.StatusBadRequest || !strings.Contains(text, "Begin opnieuw") {
				t.Errorf("%d: %s", status, text)
			}
		})
		t.Run("an unknown domain, and a domain of another firm", func(t *testing.T) {
			status, _, text := newBrowser(t, o.base).open("/werk/aanmelden/onderneming", "email", "jo@elders.example")
			if status != http.StatusBadRequest || !strings.Contains(text, "met uw wachtwoord") {
				t.Errorf("%d: %s", status, text)
			}
			other, err := o.Party.AddFirm(t.Context(), "Ander Kantoor", false)
			if err != nil {
				t.Fatal(err)
			}
			f := staff.Federation{Firm: other.ID, Issuer: p.URL, ClientID: "x", Domains: []string{"delinde.example"}}
			if err := o.Staff.SetFederation(t.Context(), f, "geheim"); !fault.Has(err, "domain-taken") {
				t.Errorf("got %v", err)
			}
			err = o.Staff.SetFederation(t.Context(), staff.Federation{Firm: other.ID, Issuer: "http://elders.example"}, "")
			if x := fault.As(err); x == nil || len(x.Details) != 3 {
				t.Errorf("got %v", err)
			}
		})
		t.Run("without a provider nobody comes in that way any more", func(t *testing.T) {
			b := newBrowser(t, o.base)
			back := b.leave(p)
			if err := o.Staff.RemoveFederation(t.Context(), o.firm); err != nil {
				t.Fatal(err)
			}
			status, to, _ := b.open(back)
			refused(t, status, to)
			if err := o.Staff.RemoveFederation(t.Context(), o.firm); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v", err)
			}
		})
	})
}

// federate lets everything happen with a provider that is recorded of it.
func federate(t *testing.T, h *house, firm ident.Firm) {
	t.Helper()
	p := signontest.New(t, h.Now)
	ctx, s := t.Context(), h.Staff
	err := s.SetFederation(ctx, staff.Federation{Firm: firm, Issuer: p.URL, ClientID: signontest.ClientID, Domains: []string{"delinde.example"}}, signontest.Secret)
	if err == nil {
		_, _, err = s.AddAccount(ctx, staff.Account{Firm: firm, Name: "Jo", Email: p.Email, Roles: []staff.Role{staff.Author}}, "")
	}
	address, state := "", ""
	if err == nil {
		address, state, err = s.Leave(ctx, p.Email, "/werk")
	}
	if err == nil {
		_, _, err = s.Return(ctx, state, "", p.Visit(t, address).Query().Get("code"), staff.Knock{Address: "192.0.2.1"})
	}
	if err == nil {
		err = s.RemoveFederation(ctx, firm)
	}
	if err != nil {
		t.Fatal(err)
	}
}
