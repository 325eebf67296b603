package api_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/criteria"
	"zorgplicht/criteria/api"
	"zorgplicht/criteria/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*criteria.Service
	t       *testing.T
	url     string
	journal journalstore.Reader
	caller  rest.Caller
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func open(t *testing.T) *line {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{journalstore.Schema, once.Schema, store.Schema})
	l := &line{t: t, journal: journalstore.Reader{DB: db}, Service: &criteria.Service{
		Store: &store.Store{DB: db, Pen: journalstore.Pen{Salt: rand.Reader}.Append, Opener: journalstore.Sealed, OnePerson: func(*sqldb.Tx) (bool, error) { return false, nil }},
		Now:   func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, NewID: newID,
	}}
	l.be(ident.Firm(newID()), api.ReadSets, api.KeepSets, api.Decide)
	a := rest.New(rest.Options{
		Title: "Zorgplicht", Version: "1.0.0", BaseURL: "https://zorgplicht.example",
		Scopes: map[string]string{api.ReadSets: "regelsets lezen", api.KeepSets: "regelsets schrijven", api.Decide: "beslissen"}, Log: slog.New(slog.DiscardHandler),
		Request: func(*http.Request) string { return "0000" },
		Callers: func(context.Context, string) (rest.Caller, error) { return l.caller, nil },
	})
	api.Mount(a, l.Service)
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	l.url = s.URL
	return l
}

// be lets another program ask.
func (l *line) be(firm ident.Firm, scopes ...string) {
	l.caller = rest.Caller{Actor: ident.Actor{Firm: firm, Kind: ident.Program, ID: newID()}, Scopes: scopes}
}

// ask asks, under a key that is used once, and fails the test at another status.
func (l *line) ask(status int, method, path string, body any) map[string]any {
	l.t.Helper()
	return l.under(newID(), status, method, path, body)
}

func (l *line) under(key string, status int, method, path string, body any) (v map[string]any) {
	l.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		l.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(l.t.Context(), method, l.url+"/v1"+path, strings.NewReader(string(b)))
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	if method == "POST" {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", key)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		l.t.Fatal(err)
	}
	defer w.Body.Close()
	said, err := io.ReadAll(w.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if w.StatusCode != status {
		l.t.Fatalf("%s %s: %d, want %d: %s", method, path, w.StatusCode, status, said)
	}
	if err := json.Unmarshal(said, &v); err != nil {
		l.t.Fatalf("%s %s answers %q", method, path, said)
	}
	return v
}

type fields = map[string]any

const one = "/regelsets/beheer"

// sample are contracts of which one moves when arrears count from two months.
const sample = "id;product;achterstand\nC1;hypotheek;4\nC2;hypotheek;2\nC3;leven;\n"

func text(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../testdata/beheer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func stricter(t *testing.T) string {
	return strings.NewReplacer("version: 1", "version: 2", "value: months(3)", "value: months(2)").Replace(text(t))
}

// publish brings what a program wrote into use, by two of the staff.
func (l *line) publish(written string, saw int) {
	l.t.Helper()
	d := l.ask(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": written, "revision": saw})
	l.ask(201, "POST", one+"/steekproeven", fields{"revision": d["revision"], "sample": sample})
	a := l.ask(201, "POST", one+"/aanbiedingen", fields{"revision": d["revision"], "note": "Graag voor vrijdag."})
	set, err := ident.ParseHash(a["request"].(fields)["hash"].(string))
	if err != nil {
		l.t.Fatal(err)
	}
	l.ask(409, "POST", one+"/beoordelingen", fields{"hash": set.String(), "outcome": "approved"})
	by := ident.Actor{Firm: l.caller.Actor.Firm, Kind: ident.Staff, ID: newID()}
	if _, err := l.Approve(l.t.Context(), by, criteria.Approval{Name: "beheer", Set: set}); err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.Publish(l.t.Context(), by, criteria.Publication{Name: "beheer", Set: set}); err != nil {
		l.t.Fatal(err)
	}
}

func TestAProgramWritesASetThatStaffPublishAndDecidesByIt(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	got := l.ask(201, "POST", one+"/beslissingen", fields{"values": fields{"product": "hypotheek", "achterstand": "4"}, "reference": "C-1"})
	if got["category"] != "rood" || got["certain"] != true || got["version"] != 1.0 {
		t.Errorf("decided %v", got)
	}
	if set := l.ask(200, "GET", one, nil); set["state"] != "in_use" || len(set["versions"].([]any)) != 1 {
		t.Errorf("the set stands as %v", set["state"])
	}
	l.ask(201, "POST", one+"/intrekkingen", fields{"version": 1, "reason": "De grens klopt niet."})
	l.ask(404, "POST", one+"/beslissingen", fields{"values": fields{"achterstand": "4"}})
}

func TestAProgramSeesWhatAVersionChanges(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	l.ask(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": stricter(t), "revision": 1})
	d := l.ask(200, "GET", one+"/verschillen", nil)
	if m := d["meaning"].(fields); d["against"] != 1.0 || len(d["differences"].([]any)) != 1 || m["outcome"] != "different" || m["example"] == nil {
		t.Errorf("differences %v", d)
	}
	e := l.ask(200, "POST", one+"/effecten", fields{"sample": sample})
	if w := e["words"].([]any); len(w) == 0 || w[0] != "1 contract gaat van oranje naar rood." || len(e["moved"].([]any)) != 1 {
		t.Errorf("effect %v", e)
	}
	if v := l.ask(404, "GET", one+"/verschillen?version=1", nil); v["code"] != "no-earlier-version" {
		t.Errorf("before the first version there is %v", v)
	}
}

func TestAllFaultsComeAtOnce(t *testing.T) {
	l := open(t)
	broken := strings.NewReplacer("stornos_kwartaal >= 2,", "stornos_kwartal >= 2,", "months(3)", "maanden(3)").Replace(text(t))
	got := l.ask(200, "POST", "/regelsetcontroles", fields{"text": broken})
	if n := len(got["faults"].([]any)); n < 2 {
		t.Errorf("%d faults named of two made: %v", n, got)
	}
	l.ask(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": broken})
	if v := l.ask(400, "POST", one+"/aanbiedingen", fields{"revision": 1}); len(v["errors"].([]any)) < 2 {
		t.Errorf("what stands in the way: %v", v["errors"])
	}
}

func TestAProgramDoesWhatItsScopesAllow(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	firm := l.caller.Actor.Firm
	l.be(firm, api.ReadSets)
	l.ask(200, "GET", one, nil)
	l.ask(403, "POST", "/regelsets", fields{"name": "nieuw", "purpose": "attention", "text": text(t)})
	l.ask(403, "POST", one+"/steekproeven", fields{"revision": 1, "sample": sample})
	l.ask(403, "POST", one+"/beslissingen", fields{"values": fields{}})
	l.be(firm, api.Decide)
	l.ask(403, "GET", "/regelsets", nil)
	l.ask(403, "GET", one+"/verschillen", nil)
	l.ask(403, "POST", one+"/effecten", fields{"sample": sample})
}

func TestAnotherFirmFindsNothing(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	l.be(ident.Firm(newID()), api.ReadSets, api.KeepSets, api.Decide)
	if items := l.ask(200, "GET", "/regelsets", nil)["items"].([]any); len(items) != 0 {
		t.Errorf("another firm lists %v", items)
	}
	l.ask(404, "GET", one, nil)
	l.ask(404, "GET", one+"/verschillen", nil)
	l.ask(404, "POST", one+"/effecten", fields{"sample": sample})
	l.ask(404, "POST", one+"/steekproeven", fields{"revision": 1, "sample": sample})
	l.ask(404, "POST", one+"/beslissingen", fields{"values": fields{}})
}

func TestASampleThatIsSentAgainIsKeptOnce(t *testing.T) {
	l := open(t)
	l.ask(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": text(t)})
	key, body := newID(), fields{"revision": 1, "sample": sample}
	first := l.under(key, 201, "POST", one+"/steekproeven", body)
	again := l.under(key, 201, "POST", one+"/steekproeven", body)
	if first["rows"] != 3.0 || again["rows"] != 3.0 {
		t.Errorf("first %v, again %v", first, again)
	}
	l.under(key, 409, "POST", one+"/steekproeven", fields{"revision": 1, "sample": "id\nC9\n"})
	list, err := l.journal.Subject(t.Context(), l.caller.Actor.Firm, "beheer")
	if err != nil {
		t.Fatal(err)
	}
	if n := tried(list); n != 1 {
		t.Errorf("%d trials in the journal", n)
	}
}

func tried(list []journal.Recorded) (n int) {
	for _, f := range list {
		if f.Kind == criteria.KindTried {
			n++
		}
	}
	return n
}

func TestTheListGoesByPages(t *testing.T) {
	l := open(t)
	for _, name := range []string{"c", "a", "b"} {
		l.ask(201, "POST", "/regelsets", fields{"name": name, "purpose": "attention", "text": "language: 1\n"})
	}
	var names []string
	cursor := ""
	for {
		p := l.ask(200, "GET", "/regelsets?limit=2&cursor="+cursor, nil)
		for _, x := range p["items"].([]any) {
			names = append(names, x.(fields)["name"].(string))
		}
		if p["nextCursor"] == nil {
			break
		}
		cursor = p["nextCursor"].(string)
	}
	if got := strings.Join(names, " "); got != "a b c" {
		t.Errorf("the pages hold %s", got)
	}
	l.ask(400, "GET", "/regelsets?cursor=xx", nil)
}
