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
	desk := &integrity.Service{Store: &store.Store{DB: db, Casework: kept.In}, Now: now, NewID: resttest.NewID, Casework: &casework.Service{
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
