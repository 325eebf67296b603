package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/site"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
	"zorgplicht/staff/store"
	"zorgplicht/staff/web"
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

const (
	de       = ident.Firm("019354c8-9c00-7000-8000-000000000001")
	password = "de kat zit op de mat"
)

// house is the door with one page behind it, on a real site and a real store.
type house struct {
	*site.Site
	service *staff.Service
	now     time.Time
	kinds   []string
	log     bytes.Buffer
}

func open(t *testing.T, secure bool) *house {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{store.Schema})
	h := &house{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return h.now }
	h.service = &staff.Service{
		Store: &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error {
			h.kinds = append(h.kinds, f.Kind)
			return nil
		}},
		Now: clock, NewID: newID, Random: rand.Reader,
		Hasher:   staff.NewHasher(staff.Cost{Memory: 64, Passes: 1, Threads: 1}, 2),
		FirmName: func(context.Context, ident.Firm) (string, error) { return "De Linde", nil },
	}
	h.Site = site.New(site.Options{Now: clock, NewID: newID, Log: slog.New(slog.NewTextHandler(&h.log, nil))})
	g := web.NewGuard(web.Options{
		Service: h.service, Sessions: &store.Sessions{DB: db, Now: clock}, Secure: secure, Address: h.Address,
		Nav: []web.Entry{{Text: "Toetspogingen", Href: "/werk/toetspogingen", Do: staff.SeeAttempts}},
	})
	web.Mount(h.Site, g)
	h.Handle("POST /werk/toetspogingen", g.Staff(staff.MakeLink, func(*http.Request, staff.Session) (site.Reply, error) {
		return site.SeeOther("/werk/toetspogingen"), nil
	}))
	h.Handle("GET /werk/toetspogingen", g.Staff(staff.SeeAttempts, func(r *http.Request, who staff.Session) (site.Reply, error) {
		body := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, "<p>de lijst</p>")
			return err
		})
		return site.Page(http.StatusOK, layout(g.Frame(r, who, "Toetspogingen"), body)), nil
	}))
	for email, role := range map[string]staff.Role{"jo@delinde.example": staff.Handler, "op@delinde.example": staff.Operator} {
		_, _, err := h.service.AddAccount(t.Context(), staff.Account{Firm: de, Email: email, Name: "Jo de Wit", Roles: []staff.Role{role}}, password)
		if err != nil {
			t.Fatal(err)
		}
	}
	h.kinds = nil
	return h
}

func layout(w site.Work, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return site.WorkPage(w).Render(templ.WithChildren(ctx, body), out)
	})
}

func (h *house) do(method, target, cookie string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func (h *house) get(target, cookie string) *httptest.ResponseRecorder {
	return h.do(http.MethodGet, target, cookie, nil)
}

func (h *house) knock(email, word, back string) *httptest.ResponseRecorder {
	return h.do(http.MethodPost, "/werk/aanmelden", "", url.Values{"email": {email}, "wachtwoord": {word}, "naar": {back}})
}

// cookieOf returns what the browser would send back.
func cookieOf(w *httptest.ResponseRecorder) string {
	for _, c := range w.Result().Cookies() {
		if c.MaxAge >= 0 {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

func (h *house) signedIn(t *testing.T, email string) string {
	t.Helper()
	w := h.knock(email, password, "")
	if w.Code != http.StatusSeeOther || cookieOf(w) == "" {
		t.Fatalf("sign-in of %s answers %d: %s", email, w.Code, w.Body)
	}
	return cookieOf(w)
}

func wants(t *testing.T, w *httptest.ResponseRecorder, status int, location string, texts ...string) {
	t.Helper()
	if w.Code != status || w.Header().Get("Location") != location {
		t.Errorf("got %d to %q, want %d to %q", w.Code, w.Header().Get("Location"), status, location)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the page lacks %q:\n%s", text, w.Body)
		}
	}
}

func TestDoor(t *testing.T) {
	h := open(t, false)

	t.Run("who is not signed in is sent to the door, with the way back", func(t *testing.T) {
		wants(t, h.get("/werk/toetspogingen?zoek=D-1&pagina=2", ""), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen%3Fzoek%3DD-1%26pagina%3D2")
		wants(t, h.get("/werk", ""), 303, "/werk/aanmelden")
		wants(t, h.get("/werk/", ""), 303, "/werk/aanmelden")
	})
	t.Run("the door keeps the way back in its form", func(t *testing.T) {
		w := h.get("/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen%3Fzoek%3DD-1", "")
		wants(t, w, 200, "", "<h1>Aanmelden</h1>", `name="naar" value="/werk/toetspogingen?zoek=D-1"`, `autocomplete="current-password"`)
		if w.Header().Get("Set-Cookie") != "" {
			t.Error("a visitor who only looks gets a cookie")
		}
	})
	t.Run("signing in leads back, signed in", func(t *testing.T) {
		w := h.knock("jo@delinde.example", password, "/werk/toetspogingen?zoek=D-1")
		wants(t, w, 303, "/werk/toetspogingen?zoek=D-1")
		wants(t, h.get("/werk/toetspogingen", cookieOf(w)), 200, "", "de lijst", "Jo de Wit", "De Linde", `aria-current="page"`)
		wants(t, h.get("/werk", cookieOf(w)), 303, "/werk/toetspogingen")
		wants(t, h.get("/werk/aanmelden?naar=/werk/toetspogingen", cookieOf(w)), 303, "/werk/toetspogingen")
	})
	t.Run("signing in never leads out of the workspace", func(t *testing.T) {
		for _, back := range []string{
			"", "https://evil.example/werk/", "//evil.example/werk/x", "/\\evil.example", "/werk/../t/x", "/werk//evil.example",
			"javascript:alert(1)", "/werkelijk", "/t/abc", "/werk/aanmelden?naar=x", "/werk/x\r\nSet-Cookie: a=b", "werk/x", "/werk/%2e%2e/t",
		} {
			w := h.knock("jo@delinde.example", password, back)
			wants(t, w, 303, "/werk")
		}
	})
	t.Run("what was left empty is named, each with a link to its field", func(t *testing.T) {
		wants(t, h.knock("", "", ""), 400, "", "Fout: Aanmelden", `href="#email"`, `href="#wachtwoord"`, "Vul uw e-mailadres in.", "Vul uw wachtwoord in.")
	})
	t.Run("a wrong password shows the door again, without the password", func(t *testing.T) {
		h.kinds = nil
		w := h.knock("jo@delinde.example", "de hond zit op de mat", "/werk/toetspogingen")
		wants(t, w, 403, "", "klopt niet", `value="jo@delinde.example"`, `value="/werk/toetspogingen"`)
		if strings.Contains(w.Body.String(), "de hond") || cookieOf(w) != "" {
			t.Error("the page repeats the password or gives a cookie")
		}
		if strings.Join(h.kinds, " ") != staff.SignInRefused {
			t.Errorf("facts %v", h.kinds)
		}
	})
	t.Run("a form that is too large or no form is refused", func(t *testing.T) {
		wants(t, h.knock("jo@delinde.example", strings.Repeat("x", 2<<20), ""), 413, "")
		r := httptest.NewRequest(http.MethodPost, "/werk/aanmelden", strings.NewReader("email=%zz"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		wants(t, w, 400, "")
	})
	t.Run("a post from another website is refused before it is read", func(t *testing.T) {
		r := httptest.NewRequest(http.MethodPost, "/werk/aanmelden", strings.NewReader(url.Values{"email": {"jo@delinde.example"}, "wachtwoord": {password}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		wants(t, w, 403, "")
		if cookieOf(w) != "" {
			t.Error("it was let in")
		}
	})
	t.Run("the log holds neither password nor e-mail address nor cookie", func(t *testing.T) {
		cookie := h.signedIn(t, "jo@delinde.example")
		for _, secret := range []string{password, "jo@delinde.example", strings.SplitN(cookie, "=", 2)[1], "D-1"} {
			if strings.Contains(h.log.String(), secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	})
}

func TestLimitAtTheDoor(t *testing.T) {
	h := open(t, false)
	for range staff.PerPair.Max {
		wants(t, h.knock("jo@delinde.example", "geraden wachtwoord", ""), 403, "")
	}
	h.now = h.now.Add(4*time.Minute + 30*time.Second)
	w := h.knock("jo@delinde.example", password, "")
	wants(t, w, 429, "", "Wacht 11 minuten en probeer het dan opnieuw.")
	if w.Header().Get("Retry-After") != "631" {
		t.Errorf("Retry-After %s", w.Header().Get("Retry-After"))
	}
	h.now = h.now.Add(10 * time.Minute)
	wants(t, h.knock("jo@delinde.example", password, ""), 429, "", "Wacht 1 minuut en")
	h.now = h.now.Add(30 * time.Second)
	wants(t, h.knock("jo@delinde.example", password, ""), 303, "/werk")
}

func TestSession(t *testing.T) {
	h := open(t, false)

	t.Run("signing out ends the session on the server and is a fact", func(t *testing.T) {
		cookie := h.signedIn(t, "jo@delinde.example")
		h.kinds = nil
		w := h.do(http.MethodPost, "/werk/afmelden", cookie, nil)
		wants(t, w, 303, "/werk/aanmelden?afgemeld")
		if c := w.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
			t.Errorf("cookies %v", c)
		}
		wants(t, h.get("/werk/toetspogingen", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen")
		wants(t, h.get("/werk/aanmelden?afgemeld", ""), 200, "", "U bent afgemeld")
		wants(t, h.do(http.MethodPost, "/werk/afmelden", cookie, nil), 303, "/werk/aanmelden?afgemeld")
		if strings.Join(h.kinds, " ") != staff.SignedOut {
			t.Errorf("facts %v", h.kinds)
		}
	})
	t.Run("half an hour without a request ends it", func(t *testing.T) {
		cookie := h.signedIn(t, "jo@delinde.example")
		for range 3 {
			h.now = h.now.Add(29 * time.Minute)
			wants(t, h.get("/werk/toetspogingen", cookie), 200, "")
		}
		h.now = h.now.Add(30 * time.Minute)
		wants(t, h.get("/werk/toetspogingen", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen")
	})
	t.Run("eight hours end it whatever happens", func(t *testing.T) {
		cookie := h.signedIn(t, "jo@delinde.example")
		for range 8*60/20 - 1 {
			h.now = h.now.Add(20 * time.Minute)
			wants(t, h.get("/werk/toetspogingen", cookie), 200, "")
		}
		h.now = h.now.Add(20 * time.Minute)
		wants(t, h.get("/werk/toetspogingen", cookie), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen")
	})
	t.Run("a cookie that somebody put ready is never taken over", func(t *testing.T) {
		mine := "zorgplicht=kies-ik-zelf-4f7d2a91c3"
		w := h.do(http.MethodPost, "/werk/aanmelden", mine, url.Values{"email": {"jo@delinde.example"}, "wachtwoord": {password}})
		if c := cookieOf(w); c == mine || c == "" {
			t.Errorf("cookie %q", c)
		}
		wants(t, h.get("/werk/toetspogingen", mine), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen")
	})
	t.Run("signing in again ends the session this browser had", func(t *testing.T) {
		before := h.signedIn(t, "jo@delinde.example")
		w := h.do(http.MethodPost, "/werk/aanmelden", before, url.Values{"email": {"jo@delinde.example"}, "wachtwoord": {password}})
		wants(t, h.get("/werk/toetspogingen", before), 303, "/werk/aanmelden?naar=%2Fwerk%2Ftoetspogingen")
		wants(t, h.get("/werk/toetspogingen", cookieOf(w)), 200, "")
	})
	t.Run("who lacks the right is refused, and has no menu that leads there", func(t *testing.T) {
		cookie := h.signedIn(t, "op@delinde.example")
		wants(t, h.get("/werk/toetspogingen", cookie), 403, "", "U hebt hier geen toegang toe")
		w := h.get("/werk", cookie)
		wants(t, w, 200, "", "nog geen pagina")
		if strings.Contains(w.Body.String(), "/werk/toetspogingen") {
			t.Error("the menu leads where the reader may not go")
		}
	})
	t.Run("a post without a session leads to the door, not back to the post", func(t *testing.T) {
		wants(t, h.do(http.MethodPost, "/werk/toetspogingen", "", nil), 303, "/werk/aanmelden")
	})
	t.Run("what was written in a form is handed back, to be sent once somebody is signed in again", func(t *testing.T) {
		form := url.Values{"bericht": {"U hebt gelijk <b>en</b> meer."}, "versie": {"3"}}
		wants(t, h.do(http.MethodPost, "/werk/toetspogingen?zaak=1", "", form), 403, "", `action="/werk/toetspogingen?zaak=1"`, `name="bericht" value="U hebt gelijk &lt;b&gt;en&lt;/b&gt; meer."`, `name="versie" value="3"`, `href="/werk/aanmelden" target="_blank"`)
		wants(t, h.do(http.MethodPost, "/werk/toetspogingen?zaak=1", h.signedIn(t, "jo@delinde.example"), form), 303, "/werk/toetspogingen")
	})
	t.Run("a password is never handed back", func(t *testing.T) {
		for _, target := range []string{"/werk/account/wachtwoord", "/werk/toetspogingen"} {
			w := h.do(http.MethodPost, target, "", url.Values{"wachtwoord": {password}, "reden": {"een reden"}})
			wants(t, w, 303, "/werk/aanmelden")
			if strings.Contains(w.Body.String(), password) {
				t.Errorf("%s hands it back", target)
			}
		}
	})
	t.Run("a choice without words leads to the door, and from there back to where it was made", func(t *testing.T) {
		r := httptest.NewRequest(http.MethodPost, "/werk/toetspogingen", strings.NewReader("keuze=ja"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", "http://example.com/werk/vandaag?van=alle")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		wants(t, w, 303, "/werk/aanmelden?naar=%2Fwerk%2Fvandaag%3Fvan%3Dalle")
		r.Header.Set("Referer", "http://elders.example/werk/vandaag")
		w = httptest.NewRecorder()
		h.ServeHTTP(w, r)
		wants(t, w, 303, "/werk/aanmelden")
	})
}

func TestCookie(t *testing.T) {
	for _, c := range []struct {
		name, attributes string
		secure           bool
	}{
		{"over https the browser guards host and path", "__Host-zorgplicht; Path=/; HttpOnly; Secure; SameSite=Lax", true},
		{"on the plain loopback it has no prefix", "zorgplicht; Path=/; HttpOnly; SameSite=Lax", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t, c.secure)
			cookie := h.knock("jo@delinde.example", password, "").Header().Get("Set-Cookie")
			name, rest, _ := strings.Cut(cookie, "=")
			value, attributes, _ := strings.Cut(rest, ";")
			if name+";"+attributes != c.attributes || len(value) < 43 {
				t.Errorf("got %s with %d characters; %s", name, len(value), attributes)
			}
		})
	}
}
