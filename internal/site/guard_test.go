package site_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
)

// house is a site with pages that do all that a page can do.
func house(o site.Options) *site.Site {
	s := site.New(o)
	answer := func(r site.Reply, err error) site.Handler {
		return func(*http.Request) (site.Reply, error) { return r, err }
	}
	hello := site.Page(http.StatusOK, templ.Raw("<p>hallo</p>"))
	s.Handle("GET /t/{token}", answer(hello, nil))
	s.Handle("POST /t/{token}", func(r *http.Request) (site.Reply, error) {
		if err := r.ParseForm(); err != nil {
			return nil, fmt.Errorf("read form: %w", err)
		}
		return site.SeeOther("/t/" + r.PathValue("token")), nil
	})
	for kind, reason := range map[fault.Kind]string{
		fault.NotFound: "no-attempt", fault.Invalid: "bad-form", fault.Conflict: "attempt-closed",
		fault.Denied: "no-right", fault.Gone: "link-expired", fault.Unavailable: "store-away",
	} {
		s.Handle("GET /fout/"+string(kind), answer(nil, fmt.Errorf("ask: %w", fault.New(kind, reason, ""))))
	}
	s.Handle("GET /fout/velden", answer(nil, fault.All("bad-form", []fault.Detail{{Pointer: "/naam", Text: "Vul een naam in."}, {Pointer: "/dag", Text: "Vul een dag in."}})))
	s.Handle("GET /fout/intern", answer(nil, errors.New("secret of the store")))
	s.Handle("GET /paniek", func(*http.Request) (site.Reply, error) { panic("secret of the code") })
	s.Handle("GET /half", answer(site.Page(http.StatusOK, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return errors.New("the other half is lost")
	})), nil))
	s.Handle("GET /bestand", answer(site.Download("dossier é.zip", "application/zip", func(w io.Writer) error {
		_, err := io.WriteString(w, "PK")
		return err
	}), nil))
	s.Handle("GET /leeg-bestand", answer(site.Download("x.zip", "application/zip", func(io.Writer) error {
		return fault.New(fault.NotFound, "no-attempt", "")
	}), nil))
	s.Handle("GET /koek", answer(site.WithHeader(hello, "Set-Cookie", "a=b"), nil))
	s.Explain(map[string]site.Message{"link-expired": {Title: "Deze link is verlopen", Text: "Vraag een nieuwe.", Next: site.Link{Text: "Verder", Href: "/verder"}}})
	s.Mount("/v1/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/paniek" {
			panic("in the api")
		}
		w.WriteHeader(http.StatusTeapot)
	}), func(w http.ResponseWriter, _ *http.Request, err error) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(site.StatusOf(err))
	})
	s.Mount("/healthz", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { panic("ill") }), nil)
	return s
}

func TestAnswers(t *testing.T) {
	h := house(sitetest.Options(io.Discard))
	for _, c := range []struct {
		name, method, path string
		status             int
		says               string
	}{
		{"a page is a page", "GET", "/t/abc", 200, "<p>hallo</p>"},
		{"an unknown path is a Dutch page", "GET", "/nergens", 404, "Deze pagina bestaat niet"},
		{"so is the front door, as long as nothing hangs there", "GET", "/", 404, "Deze pagina bestaat niet"},
		{"a method that is not there is a Dutch page", "DELETE", "/t/abc", 405, "Zo kan deze pagina niet worden geopend"},
		{"what is not found is 404", "GET", "/fout/not-found", 404, "Deze pagina bestaat niet"},
		{"what is wrong is 400", "GET", "/fout/invalid", 400, "Er klopt iets niet in wat u invulde"},
		{"all that is wrong is told at once", "GET", "/fout/velden", 400, "<li>Vul een naam in.</li><li>Vul een dag in.</li>"},
		{"what clashes is 409", "GET", "/fout/conflict", 409, "Dit kan nu niet meer"},
		{"what is not allowed is 403", "GET", "/fout/denied", 403, "U hebt hier geen toegang toe"},
		{"what is over is 410, in the words of its room", "GET", "/fout/gone", 410, "Deze link is verlopen"},
		{"a store that is away is 503", "GET", "/fout/unavailable", 503, "Even niet bereikbaar"},
		{"what fails inside is a number to quote", "GET", "/fout/intern", 500, "0000-0000-00"},
		{"so is a panic", "GET", "/paniek", 500, "Er ging iets mis bij ons"},
		{"half a page is not shown", "GET", "/half", 500, "Er ging iets mis bij ons"},
		{"a file that is not there is a page", "GET", "/leeg-bestand", 404, "Deze pagina bestaat niet"},
		{"an asset that is not there is a page", "GET", "/assets/zorgplicht-000000000000.css", 404, "Deze pagina bestaat niet"},
		{"what is mounted speaks for itself", "GET", "/v1/x", 418, ""},
		{"and is caught in its own way", "GET", "/v1/paniek", 500, ""},
		{"or in a line of text", "GET", "/healthz", 500, "Internal Server Error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
			body := w.Body.String()
			if w.Code != c.status || !strings.Contains(body, c.says) {
				t.Errorf("%d, %s", w.Code, body)
			}
			if strings.Contains(body, "secret") {
				t.Error("the page betrays what went on inside")
			}
		})
	}
}

func TestEveryAnswerIsHardened(t *testing.T) {
	o := sitetest.Options(io.Discard)
	o.TLS = true
	h := house(o)
	for _, path := range []string{"/t/abc", "/nergens", "/paniek", "/fout/gone", "/v1/x", "/bestand"} {
		header := sitetest.Get(h, path).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy":   "frame-ancestors 'none'",
			"X-Content-Type-Options":    "nosniff",
			"Referrer-Policy":           "same-origin",
			"Cache-Control":             "no-store",
			"X-Robots-Tag":              "noindex",
			"Strict-Transport-Security": "max-age=",
			"X-Request-Id":              "0000-0000-",
		} {
			if !strings.Contains(header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, header.Get(name))
			}
		}
		if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "script") {
			t.Errorf("%s allows script: %s", path, csp)
		}
	}
}

func TestAPasskeyPageHoldsOneScriptOfOurs(t *testing.T) {
	h := house(sitetest.Options(io.Discard))
	h.Handle("GET /sleutel", func(*http.Request) (site.Reply, error) {
		return site.PasskeyPage(http.StatusOK, site.WorkPage(site.Work{Title: "Passkey"})), nil
	})
	w := sitetest.Get(h, "/sleutel")
	csp := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self'; connect-src 'self';") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	found := regexp.MustCompile(`<script defer src="(/assets/passkey-[0-9a-f]{12}\.js)" integrity="sha384-[^"]+"></script>`).FindAllStringSubmatch(w.Body.String(), -1)
	if len(found) != 1 || strings.Count(w.Body.String(), "<script") != 1 {
		t.Fatalf("scripts %v", found)
	}
	if got := sitetest.Get(h, found[0][1]); got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("the script answers %d", got.Code)
	}
}

func TestHeadersOfSomeAnswers(t *testing.T) {
	h := house(sitetest.Options(io.Discard))
	for _, c := range []struct{ name, path, header, want string }{
		{"a page is UTF-8", "/t/abc", "Content-Type", "text/html; charset=utf-8"},
		{"a store that is away tells when to come back", "/fout/unavailable", "Retry-After", "10"},
		{"a file has its name, in letters of any kind", "/bestand", "Content-Disposition", "attachment; filename*=utf-8''dossier%20%C3%A9.zip"},
		{"a file that is none has no name", "/leeg-bestand", "Content-Disposition", ""},
		{"a cookie comes along", "/koek", "Set-Cookie", "a=b"},
	} {
		if got := sitetest.Get(h, c.path).Header().Get(c.header); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPut, "/t/abc", nil))
	if got := w.Header().Get("Allow"); !strings.Contains(got, "GET") || !strings.Contains(got, "POST") {
		t.Errorf("405 allows %q", got)
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	server := httptest.NewServer(house(sitetest.Options(io.Discard)))
	defer server.Close()
	for _, path := range []string{"/t/abc", "/bestand"} {
		reply, err := server.Client().Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(reply.Body)
		_ = reply.Body.Close()
		if err != nil || reply.StatusCode != http.StatusOK || len(body) != 0 {
			t.Errorf("HEAD %s: %d, %d bytes, %v", path, reply.StatusCode, len(body), err)
		}
	}
}

func TestPosts(t *testing.T) {
	h := house(sitetest.Options(io.Discard))
	form := url.Values{"a": {"b"}}.Encode()
	for _, c := range []struct {
		name, header, value, body string
		status                    int
	}{
		{"a form of our own page is heard", "Sec-Fetch-Site", "same-origin", form, http.StatusSeeOther},
		{"a program that is no browser is heard", "X-Any", "", form, http.StatusSeeOther},
		{"a form on a stranger's page is refused", "Sec-Fetch-Site", "cross-site", form, http.StatusForbidden},
		{"so is one on a neighbour's", "Sec-Fetch-Site", "same-site", form, http.StatusForbidden},
		{"an old browser is known by its origin", "Origin", "https://elders.example", form, http.StatusForbidden},
		{"a body past the limit is refused", "Sec-Fetch-Site", "same-origin", "a=" + strings.Repeat("x", 1<<20), http.StatusRequestEntityTooLarge},
		{"bytes that are no text are refused", "Sec-Fetch-Site", "same-origin", "a=b&c=%ff", http.StatusBadRequest},
		{"so is the zero character, in a name too", "Sec-Fetch-Site", "same-origin", "a%00=b", http.StatusBadRequest},
		{"so is half an escape", "Sec-Fetch-Site", "same-origin", "a=%f", http.StatusBadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/t/abc", strings.NewReader(c.body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(c.header, c.value)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("%d, not %d", w.Code, c.status)
			}
		})
	}
}

func TestWhatWasWrittenIsNotLostWithAFault(t *testing.T) {
	s := site.New(sitetest.Options(io.Discard))
	for path, err := range map[string]error{
		"/in-de-war": fault.New(fault.Conflict, "case-changed", ""), "/weg": fault.New(fault.NotFound, "unknown-case", ""), "/stuk": errors.New("secret"),
		"/fout": fault.New(fault.Invalid, "bad-form", ""), "/verboden": fault.New(fault.Denied, "not-allowed", ""),
	} {
		s.Handle("POST "+path, func(*http.Request) (site.Reply, error) { return nil, err })
	}
	post := func(path, body string) string {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Referer", "http://example.com/werk/klachten/1?a=b")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Body.String()
	}
	body := url.Values{"tekst": {"Dit is <mijn> brief."}, "versie": {"3"}}.Encode()
	for path, shown := range map[string]bool{"/in-de-war": true, "/weg": true, "/stuk": true, "/fout": false, "/verboden": false} {
		page := post(path, body)
		if strings.Contains(page, "Dit is &lt;mijn&gt; brief.") != shown || strings.Contains(page, "Wat u had geschreven") != shown {
			t.Errorf("%s: shown is not %v:\n%s", path, shown, page)
		}
	}
	if page := post("/in-de-war", body); !strings.Contains(page, `href="/werk/klachten/1?a=b"`) {
		t.Errorf("no way back to the page it was sent from:\n%s", page)
	}
	if page := post("/in-de-war", "keuze=ja"); strings.Contains(page, "Wat u had geschreven") {
		t.Error("a choice counts as something written")
	}
	if page := post("/in-de-war", body+"&wachtwoord=geheim"); strings.Contains(page, "mijn") || strings.Contains(page, "geheim") {
		t.Error("a form with a password is shown")
	}
}

func TestAnAddressIsText(t *testing.T) {
	h := house(sitetest.Options(io.Discard))
	for path, want := range map[string]int{
		"/t/abc?zoek=caf%C3%A9": http.StatusOK, "/t/abc?zoek=%ff": http.StatusBadRequest, "/t/abc?zoek=a&zoek=%00": http.StatusBadRequest, "/t/a%ffc": http.StatusBadRequest,
	} {
		if w := sitetest.Get(h, path); w.Code != want {
			t.Errorf("%s: %d, not %d", path, w.Code, want)
		}
	}
}

func TestLogHoldsNoSecret(t *testing.T) {
	var log bytes.Buffer
	h := house(sitetest.Options(&log))
	for _, path := range []string{"/t/geheim234?zoek=geheim", "/t/geheim234/nergens", "/paniek"} {
		sitetest.Get(h, path)
	}
	if strings.Contains(log.String(), "geheim") || strings.Contains(log.String(), "192.0.2.1") {
		t.Errorf("the log tells too much: %s", &log)
	}
	for _, want := range []string{`"path":"/t/***"`, `"route":"GET /t/{token}"`, `"request":"0000-0000-0001"`, `"status":200`, `"status":404`, `"panic":"secret of the code"`, `"stack":`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %s: %s", want, &log)
		}
	}
}

func TestFloods(t *testing.T) {
	o := sitetest.Options(io.Discard)
	o.Rate, o.Burst = 1, 3
	o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	h := house(o)
	ask := func(from, forwarded string) int {
		r := httptest.NewRequest(http.MethodGet, "/t/abc", nil)
		r.RemoteAddr = from
		r.Header.Set("X-Forwarded-For", forwarded)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests && (!strings.Contains(w.Body.String(), "Even rustig aan") || w.Header().Get("Retry-After") == "") {
			t.Errorf("429 is unclear: %s", w.Body)
		}
		return w.Code
	}
	for _, c := range []struct {
		name, from, forwarded string
		want                  [4]int
	}{
		{"an address gets its burst and no more", "192.0.2.1:1", "", [4]int{200, 200, 200, 429}},
		{"this machine has no limit", "127.0.0.1:1", "", [4]int{200, 200, 200, 200}},
		{"nobody becomes this machine by saying so", "192.0.2.3:1", "127.0.0.1", [4]int{200, 200, 200, 429}},
		{"another address has its own", "192.0.2.2:1", "", [4]int{200, 200, 200, 429}},
		{"a stranger cannot pose as another", "192.0.2.2:9", "198.51.100.7", [4]int{429, 429, 429, 429}},
		{"behind our proxy the client counts", "10.1.1.1:1", "203.0.113.9, 198.51.100.8", [4]int{200, 200, 200, 429}},
		{"whatever it says stood before it", "10.1.1.1:1", "203.0.113.10, 198.51.100.8", [4]int{429, 429, 429, 429}},
		{"nonsense from a proxy counts as the proxy", "10.1.1.2:1", "nonsense", [4]int{200, 200, 200, 429}},
		{"one household has one IPv6 network", "[2001:db8::1]:1", "", [4]int{200, 200, 200, 429}},
		{"whatever address it takes there", "[2001:db8::2]:1", "", [4]int{429, 429, 429, 429}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, want := range c.want {
				if got := ask(c.from, c.forwarded); got != want {
					t.Errorf("request %d: %d, not %d", i+1, got, want)
				}
			}
		})
	}
}

func TestWithinSeesItsOwnPagesOnly(t *testing.T) {
	s := house(sitetest.Options(io.Discard))
	var seen []string
	s.Within("/t/", func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen = append(seen, r.URL.Path)
			next.ServeHTTP(w, r)
		})
	})
	for _, path := range []string{"/t/abc", "/koek", "/v1/x"} {
		sitetest.Get(s, path)
	}
	if fmt.Sprint(seen) != "[/t/abc]" {
		t.Errorf("saw %v", seen)
	}
}
