package rest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
)

var update = flag.Bool("update", false, "write testdata anew")

type bookBody struct {
	Title  string `json:"title" doc:"Titel."`
	Kind   string `json:"kind" enum:"novel,manual" doc:"Soort."`
	Copies int    `json:"copies,omitempty" doc:"Hoeveel exemplaren."`
}

type book struct {
	ID     string    `json:"id" format:"uuid" doc:"Kenmerk."`
	Title  string    `json:"title" doc:"Titel."`
	Added  time.Time `json:"added" doc:"Wanneer toegevoegd."`
	Labels []string  `json:"labels" doc:"Trefwoorden."`
}

type addBook struct {
	rest.Command
	Body rest.JSON[bookBody]
}

type listBooks struct {
	rest.Query
	rest.Paging
	Kind  string    `query:"kind" enum:"novel,manual" doc:"Alleen dit soort."`
	Since time.Time `query:"since" doc:"Toegevoegd op of na dit tijdstip."`
}

type oneBook struct {
	rest.Query
	ID string `path:"id" doc:"Kenmerk."`
}

type bookOut struct{ Body book }

type booksOut struct{ Body rest.Page[book] }

const bookID = "019354c8-9c00-7000-8000-00000000000b"

// library is a small API on which all that rest promises can be seen.
type library struct {
	*rest.API
	log  bytes.Buffer
	fail error
	key  string
}

func open() *library {
	l := &library{}
	l.API = rest.New(rest.Options{
		Title: "Bibliotheek", About: "Een voorbeeld.", Version: "1.2.3", BaseURL: "https://boeken.example",
		Contact: rest.Contact{Name: "Beheer", Email: "beheer@boeken.example", URL: "https://boeken.example"},
		Scopes:  map[string]string{"boeken:lezen": "boeken zien", "boeken:schrijven": "boeken toevoegen"},
		Log:     slog.New(slog.NewTextHandler(&l.log, nil)),
		Request: func(*http.Request) string { return "3f2a-91c4-07de" },
		Callers: func(_ context.Context, secret string) (rest.Caller, error) {
			c := rest.Caller{Actor: ident.Actor{Firm: "f", Kind: ident.Program, ID: "p"}}
			switch secret {
			case "all":
				c.Scopes = []string{"boeken:lezen", "boeken:schrijven"}
			case "reader":
				c.Scopes = []string{"boeken:lezen"}
			case "away":
				return c, fault.New(fault.Unavailable, "store-away", "")
			default:
				return c, fault.New(fault.Denied, "token-refused", "")
			}
			return c, nil
		},
	})
	l.Explain(map[string]string{"book-taken": "Dit boek is er al. Vraag het op."})
	rest.Write(l.API, rest.Op{
		ID: "add-boek", Path: "/boeken", Summary: "Voeg een boek toe", Tag: "Boeken", Scope: "boeken:schrijven", Status: 201,
	}, func(_ context.Context, c rest.Caller, in *addBook) (*bookOut, error) {
		l.key = in.Key
		if l.fail != nil {
			return nil, l.fail
		}
		return &bookOut{book{ID: bookID, Title: in.Body.Value.Title, Added: time.UnixMilli(1_700_000_000_000).UTC(), Labels: []string{string(c.Actor.Firm)}}}, nil
	})
	rest.Read(l.API, rest.Op{
		ID: "list-boeken", Path: "/boeken", Summary: "Vraag boeken op", Tag: "Boeken", Scope: "boeken:lezen",
	}, func(_ context.Context, _ rest.Caller, in *listBooks) (*booksOut, error) {
		if _, err := in.From(); err != nil {
			return nil, err
		}
		return &booksOut{rest.Page[book]{Items: make([]book, in.Limit)}}, nil
	})
	rest.Read(l.API, rest.Op{
		ID: "get-boek", Path: "/boeken/{id}", Summary: "Vraag een boek op", Tag: "Boeken", Scope: "boeken:lezen", Errors: []int{404},
	}, func(_ context.Context, _ rest.Caller, in *oneBook) (*bookOut, error) {
		return nil, fault.New(fault.NotFound, "book-unknown", in.ID)
	})
	return l
}

type request struct {
	method, path, token, body string
	header                    map[string]string
}

func (l *library) ask(q request) *httptest.ResponseRecorder {
	var body io.Reader
	if q.body != "" {
		body = strings.NewReader(q.body)
	}
	r := httptest.NewRequest(q.method, q.path, body)
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	if q.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "opdracht-0001")
	}
	for name, value := range q.header {
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	r.Body = http.MaxBytesReader(nil, r.Body, 2<<20)
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	return w
}

const good = `{"title":"De avonden","kind":"novel"}`

func TestSuccess(t *testing.T) {
	l := open()
	w := l.ask(request{method: "POST", path: "/v1/boeken", token: "all", body: good})
	want := `{"id":"` + bookID + `","title":"De avonden","added":"2023-11-14T22:13:20Z","labels":["f"]}`
	if w.Code != 201 || strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if h := w.Header(); h.Get("Content-Type") != "application/json" || h.Get("API-Version") != "1.2.3" {
		t.Errorf("headers %v", h)
	}
	if l.key != "opdracht-0001" {
		t.Errorf("the operation got key %q", l.key)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name   string
		ask    request
		fail   error
		status int
		code   string
		errors string // code in pointer, in order
	}{
		{"a path that is not there", request{method: "GET", path: "/v1/films", token: "all"}, nil, 404, "no-such-path", ""},
		{"a path that is not there needs no token", request{method: "GET", path: "/v1/"}, nil, 404, "no-such-path", ""},
		{"a method that is not there", request{method: "DELETE", path: "/v1/boeken", token: "all"}, nil, 405, "method-not-allowed", ""},
		{"no token", request{method: "GET", path: "/v1/boeken"}, nil, 401, "unauthorized", ""},
		{"another way to sign in", request{method: "GET", path: "/v1/boeken", header: map[string]string{"Authorization": "Basic YTpi"}}, nil, 401, "unauthorized", ""},
		{"a token nobody knows", request{method: "GET", path: "/v1/boeken", token: "guessed"}, nil, 401, "unauthorized", ""},
		{"a token without the scope", request{method: "POST", path: "/v1/boeken", token: "reader", body: good}, nil, 403, "scope-missing", ""},
		{"the store is away when the token is sought", request{method: "GET", path: "/v1/boeken", token: "away"}, nil, 503, "store-away", ""},
		{"a body that is no JSON by its own word", request{method: "POST", path: "/v1/boeken", token: "all", body: good, header: map[string]string{"Content-Type": "text/xml"}}, nil, 415, "media-type", ""},
		{"a body in another character set", request{method: "POST", path: "/v1/boeken", token: "all", body: good, header: map[string]string{"Content-Type": "application/json; charset=latin1"}}, nil, 415, "media-type", ""},
		{"a body larger than the guard lets through", request{method: "POST", path: "/v1/boeken", token: "all", body: strings.Repeat(" ", 3<<20)}, nil, 413, "too-large", ""},
		{"no body", request{method: "POST", path: "/v1/boeken", token: "all"}, nil, 400, "bad-input", "missing body "},
		{"a body that is no JSON", request{method: "POST", path: "/v1/boeken", token: "all", body: `{"title":`}, nil, 400, "bad-input", "syntax body "},
		{
			"all faults of body, header and query at once",
			request{
				method: "POST", path: "/v1/boeken?haast=ja", token: "all", body: `{"kind":"geheim","copies":1.5,"price":1}`,
				header: map[string]string{"Idempotency-Key": ""},
			},
			nil, 400, "bad-input",
			"missing header /Idempotency-Key, wrong-type body /copies, unknown-value body /kind, unknown-field body /price, missing body /title, unknown-parameter query /haast",
		},
		{"an idempotency key too short to be unique", request{method: "POST", path: "/v1/boeken", token: "all", body: good, header: map[string]string{"Idempotency-Key": "1"}}, nil, 400, "bad-input", "too-short header /Idempotency-Key"},
		{"an idempotency key with a space", request{method: "POST", path: "/v1/boeken", token: "all", body: good, header: map[string]string{"Idempotency-Key": "een twee drie"}}, nil, 400, "bad-input", "wrong-form header /Idempotency-Key"},
		{"a page too large, an unknown kind and no time at once", request{method: "GET", path: "/v1/boeken?limit=201&kind=geheim&since=gisteren", token: "all"}, nil, 400, "bad-input", "out-of-range query /limit, unknown-value query /kind, wrong-form query /since"},
		{"a page of nothing", request{method: "GET", path: "/v1/boeken?limit=0", token: "all"}, nil, 400, "bad-input", "out-of-range query /limit"},
		{"a limit that is no number", request{method: "GET", path: "/v1/boeken?limit=veel", token: "all"}, nil, 400, "bad-input", "wrong-type query /limit"},
		{"a cursor of somebody else's making", request{method: "GET", path: "/v1/boeken?cursor=geheim", token: "all"}, nil, 400, "bad-input", "cursor-invalid query /cursor"},
		{"what the service does not find", request{method: "GET", path: "/v1/boeken/geheim", token: "all"}, nil, 404, "book-unknown", ""},
		{"a conflict of the service", request{method: "POST", path: "/v1/boeken", token: "all", body: good}, fault.New(fault.Conflict, "book-taken", "geheim"), 409, "book-taken", ""},
		{"what the service finds wrong", request{method: "POST", path: "/v1/boeken", token: "all", body: good}, fault.All("book-invalid", []fault.Detail{{Pointer: "/title", Reason: "title-known", Text: "Kies een andere titel."}}), 400, "book-invalid", "title-known body /title"},
		{"the store is full", request{method: "POST", path: "/v1/boeken", token: "all", body: good}, fault.Because(fault.Unavailable, "store-full", errors.New("geheim")), 503, "store-full", ""},
		{"an error of our own", request{method: "POST", path: "/v1/boeken", token: "all", body: good}, errors.New("geheim"), 500, "internal", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := open()
			l.fail = c.fail
			w := l.ask(c.ask)
			var p rest.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatalf("%d %s: %v", w.Code, w.Body, err)
			}
			if w.Code != c.status || p.Status != c.status || p.Code != c.code || p.Type != "urn:zorgplicht:problem:"+c.code {
				t.Errorf("got %d with %+v", w.Code, p)
			}
			if h := w.Header(); h.Get("Content-Type") != "application/problem+json" || h.Get("API-Version") != "1.2.3" {
				t.Errorf("headers %v", h)
			}
			if p.Title == "" || p.Detail == "" || p.Instance != "urn:zorgplicht:request:3f2a-91c4-07de" {
				t.Errorf("the problem says too little: %+v", p)
			}
			if !sameErrors(c.errors, p.Errors) {
				t.Errorf("errors %+v, want %s", p.Errors, c.errors)
			}
			if strings.Contains(w.Body.String(), "geheim") {
				t.Errorf("the answer repeats what it was given: %s", w.Body)
			}
		})
	}
}

// sameErrors compares without order.
func sameErrors(want string, got []rest.Detail) bool {
	var lines []string
	if want != "" {
		lines = strings.Split(want, ", ")
	}
	if len(lines) != len(got) {
		return false
	}
	for _, line := range lines {
		code, place, _ := strings.Cut(line, " ")
		found := false
		for _, d := range got {
			found = found || d.Code == code && d.In+" "+d.Pointer == place && d.Detail != ""
		}
		if !found {
			return false
		}
	}
	return true
}

func TestProblemHeaders(t *testing.T) {
	l := open()
	for _, c := range []struct {
		name   string
		ask    request
		header string
		value  string
	}{
		{"who is not known hears how to sign in", request{method: "GET", path: "/v1/boeken"}, "WWW-Authenticate", `Bearer realm="zorgplicht"`},
		{"a wrong method hears which ones there are", request{method: "PUT", path: "/v1/boeken"}, "Allow", "GET, HEAD, POST"},
		{"who comes at a bad time hears when to come back", request{method: "GET", path: "/v1/boeken", token: "away"}, "Retry-After", "10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := l.ask(c.ask).Header().Get(c.header); got != c.value {
				t.Errorf("%s: %q", c.header, got)
			}
		})
	}
}

func TestLog(t *testing.T) {
	l := open()
	l.fail = errors.New("disk on fire")
	l.ask(request{method: "POST", path: "/v1/boeken", token: "all", body: `{"title":"geheim","kind":"novel"}`})
	if log := l.log.String(); !strings.Contains(log, "disk on fire") || !strings.Contains(log, "3f2a-91c4-07de") || strings.Contains(log, "geheim") {
		t.Error(log)
	}
}

func TestRefuseForTheGuard(t *testing.T) {
	l := open()
	w := httptest.NewRecorder()
	l.Refuse(w, httptest.NewRequest("GET", "/v1/boeken", nil), fault.New(fault.Unavailable, "too-many-requests", ""))
	if w.Code != 429 || w.Header().Get("Retry-After") == "" || w.Header().Get("API-Version") != "1.2.3" {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
}

func TestExplain(t *testing.T) {
	l := open()
	l.fail = fault.New(fault.Conflict, "book-taken", "")
	var p rest.Problem
	if err := json.Unmarshal(l.ask(request{method: "POST", path: "/v1/boeken", token: "all", body: good}).Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Detail != "Dit boek is er al. Vraag het op." {
		t.Errorf("got %q", p.Detail)
	}
}

func TestARoomHasItsOwnWordsForAReasonThatOthersHaveToo(t *testing.T) {
	l := open()
	l.Explain(map[string]string{"book-taken": "Deze plank is vol.", "book-unknown": "Deze plank is er niet."})
	rest.Read(l.API, rest.Op{
		ID: "get-plank", Path: "/planken/{id}", Summary: "Vraag een plank op", Tag: "Planken", Scope: "boeken:lezen", Errors: []int{404},
	}, func(_ context.Context, _ rest.Caller, in *oneBook) (*bookOut, error) {
		return nil, fault.New(fault.NotFound, "book-unknown", in.ID)
	})
	l.fail = fault.New(fault.Conflict, "book-taken", "")
	for path, want := range map[string]string{"POST /v1/boeken": "Dit boek is er al. Vraag het op.", "GET /v1/planken/" + bookID: "Deze plank is er niet."} {
		var p rest.Problem
		method, at, _ := strings.Cut(path, " ")
		if err := json.Unmarshal(l.ask(request{method: method, path: at, token: "all", body: good}).Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Detail != want {
			t.Errorf("%s: %q, want %q", path, p.Detail, want)
		}
	}
}

func TestAKeyThatIsUsedTwiceSaysSo(t *testing.T) {
	l := open()
	l.fail = fault.New(fault.Conflict, "idempotency-key-reused", "")
	var p rest.Problem
	if err := json.Unmarshal(l.ask(request{method: "POST", path: "/v1/boeken", token: "all", body: good}).Body.Bytes(), &p); err != nil || p.Status != http.StatusConflict || !strings.Contains(p.Detail, "Idempotency-Key") {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rest.Place{At: time.UnixMilli(rapid.Int64Range(0, 1<<45).Draw(t, "at")).UTC(), ID: bookID}
		back, err := rest.Paging{Cursor: p.Cursor()}.From()
		if err != nil || *back != p {
			t.Fatalf("%v became %v, %v", p, back, err)
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add(rest.Place{At: time.UnixMilli(1).UTC(), ID: bookID}.Cursor())
	f.Add("eyJ0IjoxLCJpIjoiIn0")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := rest.Paging{Cursor: s}.From()
		if err == nil && p != nil && p.Cursor() != s {
			t.Errorf("%q is read as %v, which is written %q", s, *p, p.Cursor())
		}
	})
}

// TestSpec holds the description of the small API against the committed one, on
// which the linter of the Design Rules runs.
func TestSpec(t *testing.T) {
	const file = "testdata/openapi.json"
	w := open().ask(request{method: "GET", path: "/v1/openapi.json"})
	if w.Code != 200 || w.Header().Get("API-Version") == "" || w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	if *update {
		if err := os.WriteFile(file, append(w.Body.Bytes(), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.TrimSpace(string(want)), w.Body.String()); d != "" {
		t.Errorf("the description changed; if meant, run with -update:\n%s", d)
	}
}
