package api_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/lending/api"
	"zorgplicht/lending/store"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*resttest.Line
	facts []journal.Fact
}

func open(t *testing.T) *line {
	t.Helper()
	p, err := criteria.Read([]byte(lending.Starter))
	if err != nil {
		t.Fatal(err)
	}
	s := p.Set()
	sets := []criteria.Published{{Program: p, Release: criteria.Release{Name: s.Name, Title: s.Title, Version: s.Version, Hash: s.Hash(), From: s.From}}}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	l := &line{}
	now := func() time.Time { return time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC) }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	desk := &lending.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: resttest.NewID,
		Sets:     func(context.Context, ident.Firm, calendar.Date) ([]criteria.Published, error) { return sets, nil },
		Casework: &casework.Service{Store: cases, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: lending.Kind, Prefix: "A", Path: "/werk/kredietaanvragen"}}},
	}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, desk, func() calendar.Date { return calendar.Of(now()) }) })
	return l
}

type fields = resttest.Fields

// received is an application that the starter accepts, once the household norm is there.
func received() fields {
	return fields{
		"received": "2026-06-01", "name": "A. Jansen", "reference": "K-77",
		"request": fields{"form": "lening", "amount": "10000.00", "months": 48, "purpose": "vervoer", "household": "alleenstaand", "product": "Persoonlijke lening"},
		"answers": fields{"inkomen": "2800", "woonlasten": "900", "bestaande_kredieten": "0", "termijn": "238.50", "registratie": "schoon"},
	}
}

func (l *line) norm(value string) {
	l.Call(201, "POST", "/kredietnormbedragen", fields{"name": "leefnorm", "value": value, "from": "2026-01-01", "source": "Tabel 2026, gelezen op 2 januari 2026"})
}

func TestAProgramBringsAnApplicationToItsEnd(t *testing.T) {
	l := open(t)
	l.norm("1060.00")
	key := resttest.NewID()
	a := l.Keyed(key, 201, "POST", "/kredietaanvragen", received())
	if again := l.Keyed(key, 201, "POST", "/kredietaanvragen", received()); again["id"] != a["id"] {
		t.Errorf("sent twice it became %v and %v", a["id"], again["id"])
	}
	at := "/kredietaanvragen/" + a["id"].(string)
	judged := a["judgements"].([]any)[0].(fields)
	if a["verdict"] != "accept" || a["revision"] != 1.0 || len(judged["criteria"].([]any)) == 0 || judged["hash"] == "" {
		t.Errorf("%v", a)
	}
	l.Call(409, "POST", at+"/overeenkomsten", fields{"saw": 1, "on": "2026-06-01", "reference": "L-1"})
	l.Call(200, "POST", at+"/besluiten", fields{"saw": 1, "decision": "accept"})
	if said := l.Call(400, "POST", at+"/overeenkomsten", fields{"saw": 2, "on": "2026-06-01", "reference": "L-1"}); len(resttest.Faults(said)) == 0 {
		t.Errorf("concluded while the register was not consulted: %v", said)
	}
	l.Call(409, "POST", at+"/raadplegingen", fields{"saw": 1, "on": "2026-06-01", "system": "BKR", "reference": "9"})
	l.Call(200, "POST", at+"/raadplegingen", fields{"saw": 2, "on": "2026-06-01", "system": "BKR", "reference": "9"})
	now := l.Call(200, "GET", at, nil)
	if lacks := now["lacks"].([]any); len(lacks) != 0 {
		t.Errorf("after decision and consultation it lacks %v", lacks)
	}
	l.Call(200, "POST", at+"/overeenkomsten", fields{"saw": 3, "on": "2026-06-01", "reference": "L-1"})
	done := l.Call(200, "POST", at+"/afwikkelingen", fields{"saw": 4, "on": "2026-06-01"})
	if done["state"] != "afgewikkeld" || done["keptUntil"] != "2031-06-01" {
		t.Errorf("settled it is %v, kept until %v", done["state"], done["keptUntil"])
	}
	l.Call(409, "POST", at+"/waarderingen", fields{"saw": 5, "on": "2026-06-01", "value": "1.00"})
	if page := l.Call(200, "GET", "/kredietaanvragen?stand=afgewikkeld&oordeel=accept&zoek=jansen", nil); len(page["items"].([]any)) != 1 {
		t.Errorf("%v", page)
	}
	for _, f := range l.facts {
		if strings.Contains(string(f.Payload), "Jansen") {
			t.Errorf("%s names the applicant", f.Kind)
		}
	}
}

func TestAllThatIsWrongIsToldAtOnceAndNothingKept(t *testing.T) {
	l := open(t)
	bad := received()
	bad["name"], bad["reference"] = "", "klant 111222333"
	bad["request"] = fields{"form": "lening", "amount": "veel", "months": 48, "purpose": "vervoer", "household": "alleenstaand"}
	bad["answers"] = fields{"inkomen": "ruim", "termijn": "238.50"}
	v := l.Call(400, "POST", "/kredietaanvragen", bad)
	want := []string{"/answers/inkomen value", "/name missing", "/reference bsn", "/request/amount invalid-value"}
	if got := resttest.Faults(v); !slices.Equal(got, want) || strings.Contains(fmt.Sprint(v), "111222333") || strings.Contains(fmt.Sprint(v), "ruim") {
		t.Errorf("%v in %v", got, v)
	}
	l.Call(400, "POST", "/kredietaanvragen", fields{"received": "gisteren", "naam": "A"})
	l.Call(400, "POST", "/kredietnormbedragen", fields{"name": "leefnorm", "value": "veel", "from": "2026-01-01", "source": ""})
	l.Call(400, "GET", "/kredietaanvragen?cursor=x", nil)
	l.Call(400, "GET", "/kredietaanvragen?stand=weg", nil)
	if page := l.Call(200, "GET", "/kredietaanvragen", nil); len(page["items"].([]any)) != 0 || len(l.facts) != 0 {
		t.Errorf("%v with %d facts", page, len(l.facts))
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	l.norm("1060.00")
	a := l.Call(201, "POST", "/kredietaanvragen", received())
	at, mine := "/kredietaanvragen/"+a["id"].(string), l.Caller.Actor.Firm
	steps := map[string]fields{
		"gegevens":      {"saw": 1, "name": "B", "request": fields{"form": "lening", "amount": "1000", "purpose": "anders"}},
		"beoordelingen": {"saw": 1}, "raadplegingen": {"saw": 1, "on": "2026-06-01", "system": "BKR", "reference": "1"},
		"besluiten": {"saw": 1, "decision": "decline", "why": "x"}, "overeenkomsten": {"saw": 1, "on": "2026-06-01", "reference": "1"},
		"waarderingen": {"saw": 1, "on": "2026-06-01", "value": "1"}, "afwikkelingen": {"saw": 1, "on": "2026-06-01"}, "overdrachten": {"saw": 1, "on": "2026-06-01", "to": "X"},
	}
	for _, c := range []struct {
		name   string
		firm   ident.Firm
		scopes []string
		read   int
		write  int
	}{
		{"another firm", ident.Firm(resttest.NewID()), []string{api.Read, api.Keep}, 404, 404},
		{"a token that may only read", mine, []string{api.Read}, 200, 403},
		{"a token for something else", mine, []string{"klachten:lezen"}, 403, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.Be(c.firm, c.scopes...)
			before := len(l.facts)
			l.Call(c.read, "GET", at, nil)
			for step, body := range steps {
				l.Call(c.write, "POST", at+"/"+step, body)
			}
			if c.firm != mine {
				if page := l.Call(200, "GET", "/kredietnormbedragen", nil); len(page["items"].([]any)) != 0 {
					t.Errorf("sees norm amounts: %v", page)
				}
			}
			if len(l.facts) != before {
				t.Errorf("%d facts were written", len(l.facts)-before)
			}
		})
	}
}

func TestTheListTurnsByCursor(t *testing.T) {
	l := open(t)
	for i := range 5 {
		a := received()
		a["name"] = fmt.Sprintf("Aanvrager %d", i)
		l.Call(201, "POST", "/kredietaanvragen", a)
	}
	for _, order := range []string{"", "&volgorde=oudste", "&volgorde=bedrag"} {
		seen, path := map[string]bool{}, "/kredietaanvragen?limit=2"+order
		for range 3 {
			v := l.Call(200, "GET", path, nil)
			for _, i := range v["items"].([]any) {
				seen[i.(fields)["id"].(string)] = true
			}
			next, _ := v["nextCursor"].(string)
			path = "/kredietaanvragen?limit=2" + order + "&cursor=" + next
		}
		if len(seen) != 5 {
			t.Errorf("%q: %d of 5", order, len(seen))
		}
	}
}
