package api_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/integrity"
	"zorgplicht/integrity/api"
	"zorgplicht/integrity/store"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*resttest.Line
	facts []journal.Fact
}

type fields = resttest.Fields

func open(t *testing.T) *line {
	t.Helper()
	l := &line{}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	desk := &integrity.Service{Store: &store.Store{DB: db, Casework: kept.In}, Now: now, NewID: resttest.NewID, Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil }, Casework: &casework.Service{
		Store: kept, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: integrity.Kind, Prefix: "B"}},
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, desk) })
	return l
}

func person(name string) fields {
	return fields{"name": name, "role": "client_facing", "employment": "temp", "started": "2026-03-02"}
}

func (l *line) opened() (n int) {
	for _, f := range l.facts {
		if f.Kind == integrity.KindOpened {
			n++
		}
	}
	return n
}

func TestAProgramRegistersAPersonOnceAndEachReadingIsAFact(t *testing.T) {
	l := open(t)
	key := resttest.NewID()
	p := l.Keyed(key, 201, "POST", "/betrouwbaarheid", person("A. Jansen"))
	if again := l.Keyed(key, 201, "POST", "/betrouwbaarheid", person("A. Jansen")); again["id"] != p["id"] {
		t.Errorf("sent twice it became %v and %v", p["id"], again["id"])
	}
	l.Keyed(key, 409, "POST", "/betrouwbaarheid", person("B. Smit"))
	if p["mayStart"] != false || len(p["barriers"].([]any)) == 0 || p["number"] != "B-2026-0001" {
		t.Errorf("%v", p)
	}
	before := l.opened()
	if one := l.Call(200, "GET", "/betrouwbaarheid/"+p["id"].(string), nil); one["name"] != "A. Jansen" || l.opened() != before+1 {
		t.Errorf("%v with %d openings", one, l.opened()-before)
	}
	if page := fmt.Sprint(l.Call(200, "GET", "/betrouwbaarheid", nil)); strings.Contains(page, "Jansen") || strings.Contains(page, "barriers") {
		t.Errorf("the list names them: %s", page)
	}
	for _, f := range l.facts {
		if strings.Contains(string(f.Payload), "Jansen") {
			t.Errorf("%s names them", f.Kind)
		}
	}
}

func TestAllThatIsWrongIsToldAtOnceAndNothingKept(t *testing.T) {
	l := open(t)
	v := l.Call(400, "POST", "/betrouwbaarheid", fields{"name": "111222333", "role": "client_facing", "employment": "temp", "started": "gisteren", "contact": "straks"})
	if got := resttest.Pointers(v); !slices.Equal(got, []string{"/contact", "/name", "/started"}) || strings.Contains(fmt.Sprint(v), "111222333") || strings.Contains(fmt.Sprint(v), "straks") {
		t.Errorf("%q in %v", got, v)
	}
	v = l.Call(400, "POST", "/betrouwbaarheid", fields{"name": "", "role": "other", "employment": "temp", "started": "2029-01-01", "contact": "2026-01-01"})
	if got := resttest.Pointers(v); !slices.Equal(got, []string{"/contact", "/name", "/started"}) {
		t.Errorf("got %q", got)
	}
	v = l.Call(400, "POST", "/betrouwbaarheid", fields{"name": "A", "role": "baas", "employment": "vast", "started": "2026-03-02"})
	if got := resttest.Pointers(v); !slices.Equal(got, []string{"/employment", "/role"}) {
		t.Errorf("got %q", got)
	}
	l.Call(400, "GET", "/betrouwbaarheid?cursor=x", nil)
	l.Call(404, "GET", "/betrouwbaarheid/"+resttest.NewID(), nil)
	if page := l.Call(200, "GET", "/betrouwbaarheid", nil); len(resttest.Items(page)) != 0 || len(l.facts) != 0 {
		t.Errorf("%v with %d facts", page, len(l.facts))
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	at, mine := "/betrouwbaarheid/"+l.Call(201, "POST", "/betrouwbaarheid", person("A. Jansen"))["id"].(string), l.Caller.Actor.Firm
	before := len(l.facts)
	l.Be(ident.Firm(resttest.NewID()), api.Read, api.Keep)
	l.Call(404, "GET", at, nil)
	if page := l.Call(200, "GET", "/betrouwbaarheid", nil); len(resttest.Items(page)) != 0 {
		t.Errorf("another firm sees %v", page)
	}
	l.Be(mine, "klachten:lezen")
	l.Call(403, "GET", at, nil)
	l.Call(403, "GET", "/betrouwbaarheid", nil)
	l.Be(mine, api.Read)
	l.Call(403, "POST", "/betrouwbaarheid", person("B. Smit"))
	if len(l.facts) != before {
		t.Errorf("%d facts were written", len(l.facts)-before)
	}
}

func TestTheListOfPersonsTurnsByCursor(t *testing.T) {
	l := open(t)
	var made []string
	for n := range 5 {
		made = append(made, l.Call(201, "POST", "/betrouwbaarheid", person(fmt.Sprintf("Persoon %d", n)))["id"].(string))
	}
	slices.Reverse(made)
	for _, limit := range []int{1, 2, 5} {
		if got := l.Turn("/betrouwbaarheid", limit); !slices.Equal(got, made) {
			t.Errorf("%d at a time: %q, want %q", limit, got, made)
		}
	}
}

func TestAProgramPutsRightWhatWasRecordedWrongly(t *testing.T) {
	l := open(t)
	p := l.Call(201, "POST", "/betrouwbaarheid", fields{"name": "A. Jansen", "role": "policy_maker", "employment": "employee", "started": "2026-01-02"})
	at := "/betrouwbaarheid/" + p["id"].(string)
	do := func(status int, step string, body fields) map[string]any {
		t.Helper()
		body["revision"] = p["revision"]
		v := l.Call(status, "POST", at+"/"+step, body)
		if status == 201 {
			p = v
		}
		return v
	}
	do(201, "mededelingen", fields{"day": "2026-01-05", "reference": "M-1"})
	do(201, "benoemingen", fields{"day": "2026-02-01"})
	do(201, "wijzigingen", fields{"noticed": "2026-02-03", "what": "Verdachte."})
	change := p["changes"].([]any)[0].(map[string]any)["id"]
	do(400, "benoemingsverbeteringen", fields{"day": "2026-01-03", "why": "Brief."})
	do(201, "benoemingsverbeteringen", fields{"day": "2026-01-20", "why": "Brief."})
	if p["appointed"] != "2026-01-20" {
		t.Errorf("appointed on %v", p["appointed"])
	}
	if got := resttest.Pointers(do(400, "wijzigingsverbeteringen", fields{"change": change, "reported": "2026-02-04", "why": ""})); !slices.Equal(got, []string{"/reported", "/why"}) {
		t.Errorf("got %q", got)
	}
	do(201, "wijzigingsverbeteringen", fields{"change": change, "noticed": "2026-02-05", "why": "Mail."})
	if got := p["changes"].([]any)[0].(map[string]any)["noticed"]; got != "2026-02-05" {
		t.Errorf("noticed on %v", got)
	}
	do(409, "teruggedraaide-vertrekken", fields{"why": "Toch niet."})
	do(201, "meldingen", fields{"change": change, "day": "2026-02-05", "medium": "email"})
	do(201, "vertrekken", fields{"day": "2026-02-27"})
	do(201, "teruggedraaide-vertrekken", fields{"why": "Verwisseld."})
	if _, left := p["left"]; left {
		t.Errorf("still left: %v", p)
	}
	do(201, "benoemingsverbeteringen", fields{"why": "Niet doorgegaan."})
	if _, there := p["appointed"]; there {
		t.Errorf("still appointed: %v", p)
	}
}
