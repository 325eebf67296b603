package api_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/api"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/rest"
	"zorgplicht/journal"
	journalapi "zorgplicht/journal/api"
	"zorgplicht/party"
)

var update = flag.Bool("update", false, "write testdata anew")

// door is the API of a real room. The token of a program is the id of its firm.
type door struct {
	*rest.API
	room   *roomtest.Room
	scopes []string // of every token
	t      *testing.T
}

func open(t *testing.T) *door {
	d := &door{t: t, room: roomtest.New(t), scopes: []string{api.ReadAttempts, api.WriteAttempts}}
	d.API = rest.New(rest.Options{
		Title: "Zorgplicht", Version: "1.0.0", BaseURL: "https://zorgplicht.example",
		Contact: rest.Contact{Name: "Beheer", Email: "beheer@zorgplicht.example", URL: "https://zorgplicht.example"},
		Scopes:  map[string]string{api.ReadAttempts: "toetspogingen zien", api.WriteAttempts: "toetspogingen starten", api.ReadDistribution: "overeenkomsten zien", api.WriteDistribution: "overeenkomsten maken", api.ReadTests: "toetsen zien", api.WriteTests: "toetsen ontwerpen", api.ReadQuestions: "vragen zien", api.WriteQuestions: "vragen schrijven"},
		Log:     slog.New(slog.DiscardHandler),
		Request: func(*http.Request) string { return "0000-0000-0000" },
		Callers: func(_ context.Context, secret string) (rest.Caller, error) {
			c := rest.Caller{Actor: ident.Actor{Firm: ident.Firm(secret), Kind: ident.Program, ID: roomtest.NewID()}}
			c.Scopes = d.scopes
			return c, nil
		},
	})
	api.Mount(d.API, d.room, func(token string) string { return "https://zorgplicht.example/t/" + token }, func(t appropriateness.Ticket) (string, error) { return "bewijs-" + t.ID, nil })
	journalapi.Mount(d.API, api.ReadAttempts, d.room.Journal.Latest)
	return d
}

// ask sends a request of the firm's program and reads the answer into v.
func (d *door) ask(f party.Firm, method, path, body, key string, v any) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+string(f.ID))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		d.t.Errorf("%s %s answers %d with %s: %v", method, path, w.Code, w.Body, err)
	}
	return w
}

func startBody(reference string) string {
	return fmt.Sprintf(`{"test":%q,"clientReference":%q,"channel":"website","adviceGiven":false}`, roomtest.TestID, reference)
}

func (d *door) start(f party.Firm, reference, key string) (s api.GestarteToetspoging) {
	d.t.Helper()
	if w := d.ask(f, "POST", "/v1/toetspogingen", startBody(reference), key, &s); w.Code != 201 {
		d.t.Errorf("start answers %d %s", w.Code, w.Body)
	}
	return s
}

func TestStart(t *testing.T) {
	d := open(t)
	f := d.room.Firm

	t.Run("a start gives id, link and end, and the link opens the test", func(t *testing.T) {
		var s api.GestarteToetspoging
		w := d.ask(f, "POST", "/v1/toetspogingen", startBody("D-2041"), "opdracht-1", &s)
		if w.Code != 201 || w.Header().Get("Location") != "/v1/toetspogingen/"+s.ID || !ident.Valid(s.ID) || s.State != "ready" || s.Resumed {
			t.Errorf("got %d %v %+v", w.Code, w.Header(), s)
		}
		v, err := d.room.Visit(t.Context(), strings.TrimPrefix(s.Link, "https://zorgplicht.example/t/"))
		if err != nil || string(v.Attempt) != s.ID || !v.LinkUntil.Equal(s.LinkExpires) {
			t.Errorf("the link opens %+v, %v", v, err)
		}
	})
	t.Run("a client with an open attempt goes on with it", func(t *testing.T) {
		first := d.start(f, "D-2044", "opdracht-3")
		if again := d.start(f, "D-2044", "opdracht-4"); again.ID != first.ID || again.Link != first.Link || !again.Resumed {
			t.Errorf("first %+v, then %+v", first, again)
		}
	})
	t.Run("who took the test gets no second one", func(t *testing.T) {
		d.room.Take(f, "D-2045", roomtest.Wrong)
		var p rest.Problem
		if w := d.ask(f, "POST", "/v1/toetspogingen", startBody("D-2045"), "opdracht-5", &p); w.Code != 409 || p.Code != "retake-not-allowed" || !strings.Contains(p.Detail, "herkansing") {
			t.Errorf("got %d %+v", w.Code, p)
		}
	})

	for i, c := range []struct {
		name, body string
		status     int
		code       string
		pointers   string
	}{
		{"after advice no test is needed", `{"test":"hypotheek-zonder-advies","clientReference":"D-1","channel":"website","adviceGiven":true}`, 409, "test-not-required", ""},
		{"an unknown test is not found", `{"test":"geheim","clientReference":"D-1","channel":"website","adviceGiven":false}`, 404, "unknown-test", ""},
		{"all that is missing or strange at once", `{"channel":"post","price":1}`, 400, "bad-input", "/adviceGiven /channel /clientReference /price /test"},
		{"a citizen service number is refused", `{"test":"hypotheek-zonder-advies","clientReference":"111222333","channel":"website","adviceGiven":false}`, 400, "invalid-start", "/clientReference"},
		{"an empty reference is refused", `{"test":"hypotheek-zonder-advies","clientReference":"","channel":"website","adviceGiven":false}`, 400, "invalid-start", "/clientReference"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p rest.Problem
			w := d.ask(f, "POST", "/v1/toetspogingen", c.body, fmt.Sprintf("opdracht-fout-%d", i), &p)
			var pointers []string
			for _, e := range p.Errors {
				pointers = append(pointers, e.Pointer)
			}
			slices.Sort(pointers)
			if w.Code != c.status || p.Code != c.code || strings.Join(pointers, " ") != c.pointers {
				t.Errorf("got %d %+v", w.Code, p)
			}
			if strings.Contains(w.Body.String(), "geheim") || strings.Contains(w.Body.String(), "111222333") {
				t.Errorf("the answer repeats what it was given: %s", w.Body)
			}
		})
	}
}

func TestTheSameKeyTwice(t *testing.T) {
	d := open(t)
	f := d.room.Firm
	t.Run("the same key and body give the same attempt", func(t *testing.T) {
		a, b := d.start(f, "D-2042", "opdracht-2"), d.start(f, "D-2042", "opdracht-2")
		if d := cmp.Diff(a, b); d != "" {
			t.Error(d)
		}
	})
	t.Run("the same key with another body is a conflict", func(t *testing.T) {
		var p rest.Problem
		if w := d.ask(f, "POST", "/v1/toetspogingen", startBody("D-2043"), "opdracht-2", &p); w.Code != 409 || p.Code != "idempotency-key-reused" {
			t.Errorf("got %d %+v", w.Code, p)
		}
	})
	t.Run("another firm may use the same key", func(t *testing.T) {
		other := d.room.AddFirm("Adviesbureau Aalders")
		if s := d.start(other, "D-2042", "opdracht-2"); s.Resumed || s.ID == d.start(f, "D-2042", "opdracht-2").ID {
			t.Errorf("got %+v", s)
		}
	})
	t.Run("two at once under one key make one attempt", func(t *testing.T) {
		var wg sync.WaitGroup
		answers := make([]api.GestarteToetspoging, 8)
		for i := range answers {
			wg.Go(func() { answers[i] = d.start(f, "D-2046", "opdracht-tegelijk") })
		}
		wg.Wait()
		for _, a := range answers[1:] {
			if a.ID != answers[0].ID || a.Link != answers[0].Link {
				t.Errorf("got %+v beside %+v", a, answers[0])
			}
		}
	})
	t.Run("after 24 hours the key is free again", func(t *testing.T) {
		d.room.Wait(24*time.Hour + time.Second)
		if s := d.start(f, "D-2047", "opdracht-2"); s.Resumed {
			t.Errorf("got %+v", s)
		}
	})
}

// Every operation refuses a token that lacks its scope, and one that holds the
// other scope only.
func TestScopes(t *testing.T) {
	d := open(t)
	var spec struct {
		Paths map[string]map[string]struct {
			OperationID string                `json:"operationId"`
			Security    []map[string][]string `json:"security"`
		} `json:"paths"`
	}
	b, err := d.Spec()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &spec); err != nil {
		t.Fatal(err)
	}
	for path, methods := range spec.Paths {
		for method, op := range methods {
			t.Run(op.OperationID, func(t *testing.T) {
				needed := op.Security[0]["bearer"]
				want := map[string]string{"get": api.ReadAttempts, "post": api.WriteAttempts}[method]
				if len(needed) != 1 || needed[0] != want {
					t.Fatalf("asks %v", needed)
				}
				for _, scopes := range [][]string{nil, {api.ReadAttempts}, {api.WriteAttempts}} {
					d.scopes = scopes
					var p rest.Problem
					w := d.ask(d.room.Firm, strings.ToUpper(method), "/v1"+strings.ReplaceAll(path, "{id}", roomtest.NewID()), startBody("D-1"), "opdracht-1", &p)
					if refused := w.Code == 403 && p.Code == "scope-missing"; refused == slices.Contains(scopes, want) {
						t.Errorf("with %v: %d %s", scopes, w.Code, p.Code)
					}
				}
			})
		}
	}
}

func TestOne(t *testing.T) {
	d := open(t)
	f := d.room.Firm
	get := func(t *testing.T, id string) (a api.ToetspogingMetOordeel) {
		t.Helper()
		if w := d.ask(f, "GET", "/v1/toetspogingen/"+id, "", "", &a); w.Code != 200 {
			t.Fatalf("got %d %s", w.Code, w.Body)
		}
		return a
	}

	t.Run("before it is sent there is a state and no verdict", func(t *testing.T) {
		s := d.start(f, "D-1", "opdracht-1")
		a := get(t, s.ID)
		if a.State != "ready" || a.Verdict != nil || a.Outcome != "" || a.Begun != nil || a.ClientReference != "D-1" || a.Test != roomtest.TestID {
			t.Errorf("got %+v", a)
		}
	})
	for name, c := range map[string]struct {
		choose  func(appropriateness.Question) appropriateness.OptionID
		outcome string
		warn    bool
		citing  string
	}{
		"all right is appropriate":         {roomtest.Right, "appropriate", false, "AFM"},
		"all wrong warns, with the norm":   {roomtest.Wrong, "not_appropriate", true, "artikel 4:24, derde lid, Wft"},
		"all open cannot be judged, warns": {roomtest.Open, "cannot_be_judged", true, "artikel 4:24, derde lid, Wft"},
	} {
		t.Run(name, func(t *testing.T) {
			a := get(t, string(d.room.Take(f, name, c.choose)))
			v := a.Verdict
			if a.State != "judged" || a.Outcome != c.outcome || v == nil || v.Outcome != c.outcome || v.WarningNeeded != c.warn || v.NoticeShown == nil || v.CutPoints == 0 {
				t.Fatalf("got %+v with %+v", a, v)
			}
			var cited []string
			for _, r := range v.Reasons {
				cited = append(cited, r.Citation)
				if r.Code == "" || r.Text == "" || r.Norm == "" || strings.Contains(r.Text, "{") {
					t.Errorf("a reason says too little: %+v", r)
				}
			}
			if !strings.Contains(strings.Join(cited, "; "), c.citing) {
				t.Errorf("cites %v", cited)
			}
		})
	}
	t.Run("an attempt of another firm is as unknown as any", func(t *testing.T) {
		other := d.room.AddFirm("Adviesbureau Aalders")
		theirs := d.room.Take(other, "A-1", roomtest.Right)
		for _, id := range []string{string(theirs), roomtest.NewID(), "geheim", "%00", strings.Repeat("9", 60)} {
			var p rest.Problem
			w := d.ask(f, "GET", "/v1/toetspogingen/"+id, "", "", &p)
			if w.Code != 404 && w.Code != 400 || id == string(theirs) && w.Code != 404 || strings.Contains(w.Body.String(), "geheim") {
				t.Errorf("%s: %d %s", id, w.Code, w.Body)
			}
		}
	})
	t.Run("a forgotten client has no reference any more", func(t *testing.T) {
		id := d.room.Take(f, "D-vergeten", roomtest.Right)
		file, err := d.room.File(t.Context(), roomtest.Staff(f), id)
		if err != nil {
			t.Fatal(err)
		}
		d.room.Forget(f, file.Client)
		if a := get(t, string(id)); a.ClientReference != "" || a.Verdict == nil {
			t.Errorf("got %+v", a)
		}
	})
}

// The key of a test is which options are right, and why. It stays in the house.
func TestNoKeyInAnyAnswer(t *testing.T) {
	d := open(t)
	f := d.room.Firm
	id := d.room.Take(f, "D-1", roomtest.Wrong)
	file, err := d.room.File(t.Context(), roomtest.Staff(f), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/toetspogingen", "/v1/toetspogingen/" + string(id), "/v1/toetsen"} {
		var v any
		body := d.ask(f, "GET", path, "", "", &v).Body.String()
		for _, q := range file.Test.Questions {
			if strings.Contains(body, q.Text) || q.Right != "" && strings.Contains(body, q.Right) {
				t.Errorf("%s tells of question %s", path, q.ID)
			}
			for _, o := range q.Options {
				if len(o.Text) > 10 && strings.Contains(body, o.Text) {
					t.Errorf("%s tells of option %s of question %s", path, o.ID, q.ID)
				}
			}
		}
	}
}

type page struct {
	Items      []api.Toetspoging `json:"items"`
	NextCursor string            `json:"nextCursor"`
}

func TestList(t *testing.T) {
	d := open(t)
	f := d.room.Firm
	d.room.Take(d.room.AddFirm("Adviesbureau Aalders"), "A-1", roomtest.Right)
	for i := range 7 {
		d.room.Wait(time.Minute)
		d.start(f, fmt.Sprintf("D-%d", i), fmt.Sprintf("opdracht-%d", i))
	}
	d.room.Wait(time.Minute)
	fail := d.room.Take(f, "D-fout", roomtest.Wrong)
	references := func(items []api.Toetspoging) string {
		var list []string
		for _, a := range items {
			list = append(list, a.ClientReference)
		}
		return strings.Join(list, " ")
	}

	t.Run("pages follow each other, newest first, without gap or double", func(t *testing.T) {
		var all []api.Toetspoging
		cursor, pages := "", 0
		for {
			var p page
			if w := d.ask(f, "GET", "/v1/toetspogingen?limit=3&cursor="+cursor, "", "", &p); w.Code != 200 {
				t.Fatalf("got %d %s", w.Code, w.Body)
			}
			all, pages = append(all, p.Items...), pages+1
			if cursor = p.NextCursor; cursor == "" {
				break
			}
		}
		if got := references(all); got != "D-fout D-6 D-5 D-4 D-3 D-2 D-1 D-0" || pages != 3 {
			t.Errorf("%d pages with %s", pages, got)
		}
	})
	t.Run("a list that holds nothing is empty, not null", func(t *testing.T) {
		var p page
		w := d.ask(f, "GET", "/v1/toetspogingen?clientReference=onbekend", "", "", &p)
		if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"items":[]}` {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
	})
	for query, want := range map[string]string{
		"clientReference=D-3":                      "D-3",
		"outcome=not_appropriate":                  "D-fout",
		"state=judged":                             "D-fout",
		"state=ready&limit=2":                      "D-6 D-5",
		"outcome=appropriate":                      "",
		"createdBefore=2026-11-23T09:02:00Z":       "D-0",
		"createdFrom=2026-11-23T10:07:00%2B01:00":  "D-fout D-6",
		"state=begun":                              "",
		"clientReference=A-1":                      "",
		"createdFrom=2026-11-24T00:00:00Z&limit=1": "",
	} {
		t.Run(query, func(t *testing.T) {
			var p page
			w := d.ask(f, "GET", "/v1/toetspogingen?"+query, "", "", &p)
			if got := references(p.Items); w.Code != 200 || got != want {
				t.Errorf("got %d %s, want %s", w.Code, got, want)
			}
		})
	}
	t.Run("what is open past its time has lapsed", func(t *testing.T) {
		d.room.Wait(365 * 24 * time.Hour)
		var p page
		d.ask(f, "GET", "/v1/toetspogingen?state=lapsed&limit=200", "", "", &p)
		if len(p.Items) != 7 {
			t.Errorf("%d have lapsed", len(p.Items))
		}
		for _, a := range p.Items {
			if a.State != "lapsed" || a.ID == string(fail) {
				t.Errorf("got %+v", a)
			}
		}
	})
}

func TestTests(t *testing.T) {
	d := open(t)
	var p struct {
		Items []api.Toets `json:"items"`
	}
	w := d.ask(d.room.Firm, "GET", "/v1/toetsen", "", "", &p)
	if w.Code != 200 || len(p.Items) != 1 || p.Items[0].ID != roomtest.TestID || p.Items[0].Questions < 12 || p.Items[0].Questions > 15 || len(p.Items[0].Hash) != 64 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestCheckpoint(t *testing.T) {
	d := open(t)
	var p rest.Problem
	if w := d.ask(d.room.Firm, "GET", "/v1/controlepunten/laatste", "", "", &p); w.Code != 404 || p.Code != "no-checkpoint" {
		t.Errorf("before there is one: %d %+v", w.Code, p)
	}
	d.room.Settle()
	var c journalapi.Controlepunt
	if w := d.ask(d.room.Firm, "GET", "/v1/controlepunten/laatste", "", "", &c); w.Code != 200 {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	signed, ok, err := journal.OpenCheckpoint([]byte(c.Note), d.room.Verifier)
	if err != nil || !ok || signed.Size != c.Size || signed.Number != c.Number || signed.Origin != c.Origin || fmt.Sprintf("%x", signed.Root[:]) != c.Root {
		t.Errorf("%+v says %+v, %t, %v", c, signed, ok, err)
	}
}

// A store that is gone is said to be gone, and nothing of it is told.
func TestStoreAway(t *testing.T) {
	d := open(t)
	a := rest.New(rest.Options{
		Title: "Zorgplicht", Version: "1.0.0", Log: slog.New(slog.DiscardHandler), Request: func(*http.Request) string { return "" },
		Scopes: map[string]string{api.ReadAttempts: "", api.WriteAttempts: ""},
		Callers: func(context.Context, string) (rest.Caller, error) {
			return rest.Caller{Scopes: []string{api.ReadAttempts, api.WriteAttempts}}, nil
		},
	})
	api.Mount(a, away{}, func(string) string { return "" }, nil)
	d.API = a
	var p rest.Problem
	w := d.ask(d.room.Firm, "POST", "/v1/toetspogingen", startBody("D-1"), "opdracht-1", &p)
	if w.Code != 503 || p.Code != "store-full" || w.Header().Get("Retry-After") == "" {
		t.Errorf("got %d %+v", w.Code, p)
	}
}

type away struct{ api.Desk }

func (away) Start(context.Context, ident.Actor, appropriateness.Start) (appropriateness.Started, error) {
	return appropriateness.Started{}, fault.New(fault.Unavailable, "store-full", "")
}

// TestSpec holds the description against the committed one, on which the linter
// of the Design Rules runs.
func TestSpec(t *testing.T) {
	const file = "testdata/openapi.json"
	got, err := open(t).Spec()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.TrimSpace(string(want)), string(got)); d != "" {
		t.Errorf("the description changed; if meant, run with -update:\n%s", d)
	}
}

func TestATicketIsForAPassAlone(t *testing.T) {
	d := open(t)
	f := d.room.Firm
	const body = `{"audience":"verkoop"}`
	tickets := func(id appropriateness.AttemptID) string { return "/v1/toetspogingen/" + string(id) + "/poortbewijzen" }

	t.Run("a pass opens the gate, and the same order gives the same ticket", func(t *testing.T) {
		id := d.room.Take(f, "D-3001", roomtest.Right)
		var one, two api.Poortbewijs
		w := d.ask(f, "POST", tickets(id), body, "bewijs-1", &one)
		d.ask(f, "POST", tickets(id), body, "bewijs-1", &two)
		if w.Code != 201 || one.Verdict != "appropriate" || one.Ticket != "bewijs-"+one.ID || one != two {
			t.Errorf("got %d %+v, then %+v", w.Code, one, two)
		}
		var a api.ToetspogingMetOordeel
		d.ask(f, "GET", "/v1/toetspogingen/"+string(id), "", "", &a)
		if !a.Gate.Open || a.Gate.Until == nil || !a.Gate.Until.Equal(one.Expires) {
			t.Errorf("the attempt says the gate is %+v", a.Gate)
		}
	})
	t.Run("a stop keeps it shut", func(t *testing.T) {
		id := d.room.Take(f, "D-3002", roomtest.Wrong)
		var p rest.Problem
		if w := d.ask(f, "POST", tickets(id), body, "bewijs-2", &p); w.Code != 409 || p.Code != "gate-shut" {
			t.Errorf("got %d %+v", w.Code, p)
		}
	})
	t.Run("another firm's attempt is not there", func(t *testing.T) {
		id := d.room.Take(f, "D-3003", roomtest.Right)
		var p rest.Problem
		if w := d.ask(party.Firm{ID: ident.Firm(roomtest.NewID())}, "POST", tickets(id), body, "bewijs-3", &p); w.Code != 404 {
			t.Errorf("got %d %+v", w.Code, p)
		}
	})
	t.Run("the audience must be named", func(t *testing.T) {
		var p rest.Problem
		if w := d.ask(f, "POST", tickets("x"), `{"audience":""}`, "bewijs-4", &p); w.Code != 400 || len(p.Errors) != 1 {
			t.Errorf("got %d %+v", w.Code, p)
		}
	})
}
