package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/complaint/api"
	"zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*complaint.Service
	t      *testing.T
	url    string
	facts  []journal.Fact
	caller rest.Caller
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func open(t *testing.T) *line {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	l := &line{t: t}
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	l.Service = &complaint.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID, Token: func(id casework.ID) string { return "geheim-" + string(id) },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints}},
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		},
	}
	l.be(ident.Firm(newID()), api.Read, api.Write)
	a := rest.New(rest.Options{
		Title: "Zorgplicht", Version: "1.0.0", BaseURL: "https://zorgplicht.example", Scopes: map[string]string{api.Read: "lezen", api.Write: "schrijven"},
		Log: slog.New(slog.DiscardHandler), Request: func(*http.Request) string { return "0000" },
		Callers: func(context.Context, string) (rest.Caller, error) { return l.caller, nil },
	})
	api.Mount(a, l.Service)
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	l.url = s.URL
	return l
}

func (l *line) be(firm ident.Firm, scopes ...string) {
	l.caller = rest.Caller{Actor: ident.Actor{Firm: firm, Kind: ident.Program, ID: newID()}, Scopes: scopes}
}

type fields = map[string]any

// ask asks, under a key that is used once, and fails the test at another status.
func (l *line) ask(status int, method, path string, body any) fields {
	l.t.Helper()
	return l.under(newID(), status, method, path, body)
}

func (l *line) under(key string, status int, method, path string, body any) (v fields) {
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
	if err != nil || w.StatusCode != status {
		l.t.Fatalf("%s %s: %d, want %d: %s (%v)", method, path, w.StatusCode, status, said, err)
	}
	if err := json.Unmarshal(said, &v); err != nil {
		l.t.Fatalf("%s %s answers %q", method, path, said)
	}
	return v
}

func received() fields {
	return fields{
		"received": "2026-11-20", "way": "brief", "sort": "klacht", "original": "De rente klopt niet.", "product": "hypotheek",
		"from": fields{"name": "A. Jansen", "address": "Dorpsstraat 1", "town": "Ons Dorp"},
	}
}

func TestAProgramHandlesAComplaint(t *testing.T) {
	l := open(t)
	if err := l.SetProcedure(t.Context(), l.caller.Actor, 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."}); err != nil {
		t.Fatal(err)
	}
	key := newID()
	c := l.under(key, 201, "POST", "/klachten", received())
	if again := l.under(key, 201, "POST", "/klachten", received()); again["id"] != c["id"] {
		t.Errorf("sent twice it became %v and %v", c["id"], again["id"])
	}
	at := "/klachten/" + c["id"].(string)
	if n := len(c["dues"].([]any)); n != 2 || c["number"] != "K-2026-0001" {
		t.Errorf("%d dues: %v", n, c)
	}
	noted := fields{"way": "telefoon", "text": "Teruggebeld."}
	l.under(key+"n", 201, "POST", at+"/notities", noted)
	l.under(key+"n", 201, "POST", at+"/notities", noted)
	class := fields{"revision": 1, "about": "Rente", "cause": "prijs", "product": "hypotheek", "harm": 2}
	l.under(key+"c", 201, "POST", at+"/indelingen", class)
	if again := l.under(key+"c", 201, "POST", at+"/indelingen", class); again["revision"] != 2.0 {
		t.Errorf("asked twice: revision %v", again["revision"])
	}
	l.ask(409, "POST", at+"/indelingen", class)
	if v := l.ask(400, "POST", at+"/berichten", fields{"revision": 2, "kind": "antwoord", "way": "brief", "text": "U heeft gelijk."}); v["errors"] == nil {
		t.Errorf("no dispute body: %v", v)
	}
	l.ask(201, "POST", at+"/berichten", fields{"revision": 2, "kind": "antwoord", "way": "brief", "text": "U heeft gelijk. U kunt ook naar Kifid."})
	done := l.ask(201, "POST", at+"/afhandelingen", fields{"revision": 3, "outcome": "gegrond", "redress": 12500, "note": "Hersteld."})
	if done["outcome"] != "gegrond" || done["redress"] != 12500.0 || len(done["dues"].([]any)) != 0 || len(done["notes"].([]any)) != 2 || len(done["replies"].([]any)) != 1 {
		t.Errorf("%v", done)
	}
	l.ask(409, "POST", at+"/berichten", fields{"revision": 4, "kind": "antwoord", "way": "brief", "text": "Nog iets, Kifid."})
	l.ask(201, "POST", at+"/heropeningen", fields{"revision": 4, "why": "nieuwe stukken"})
	if v := l.ask(200, "GET", "/klachten?cause=prijs&state=open", nil); len(v["items"].([]any)) != 1 {
		t.Errorf("%v", v)
	}
}

func TestTheListTurnsByCursorAndHoldsNobody(t *testing.T) {
	l := open(t)
	for i := range 5 {
		c := received()
		c["received"] = fmt.Sprintf("2026-11-%02d", 10+i/2)
		l.ask(201, "POST", "/klachten", c)
	}
	seen, path := map[string]bool{}, "/klachten?limit=2"
	for range 3 {
		v := l.ask(200, "GET", path, nil)
		for _, i := range v["items"].([]any) {
			one := i.(fields)
			if one["from"] != nil || seen[one["id"].(string)] {
				t.Errorf("%v", one)
			}
			seen[one["id"].(string)] = true
		}
		next, _ := v["nextCursor"].(string)
		path = "/klachten?limit=2&cursor=" + next
	}
	if len(seen) != 5 {
		t.Errorf("%d of 5", len(seen))
	}
}

func TestWhoMayAskAndWhatIsWrongAtOnce(t *testing.T) {
	l := open(t)
	at := "/klachten/" + l.ask(201, "POST", "/klachten", received())["id"].(string)
	bad := received()
	bad["from"], bad["original"] = fields{"name": "A", "address": "", "town": ""}, "Mijn bsn is 111222333."
	if v := l.ask(400, "POST", "/klachten", bad); len(v["errors"].([]any)) != 3 || strings.Contains(fmt.Sprint(v), "111222333") {
		t.Errorf("%v", v)
	}
	l.be(l.caller.Actor.Firm, api.Read)
	l.ask(403, "POST", "/klachten", received())
	l.be(ident.Firm(newID()), api.Read, api.Write)
	l.ask(404, "GET", at, nil)
	for path, body := range map[string]fields{
		"notities": {"way": "intern", "text": "x"}, "indelingen": {"revision": 1, "about": "x"}, "berichten": {"revision": 1, "kind": "antwoord", "way": "brief", "text": "x"},
		"afhandelingen": {"revision": 1, "outcome": "gegrond", "note": "x"}, "heropeningen": {"revision": 1, "why": "x"},
	} {
		l.ask(404, "POST", at+"/"+path, body)
	}
}
