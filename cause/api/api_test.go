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
	"zorgplicht/cause"
	"zorgplicht/cause/api"
	"zorgplicht/cause/store"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

const colleague = "0192a000-0000-7000-8000-00000000000a"

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*resttest.Line
	facts []journal.Fact
	cases *casework.Service
	now   time.Time
}

type fields = resttest.Fields

func open(t *testing.T) *line {
	t.Helper()
	l := &line{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return l.now }
	kept := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	l.cases = &casework.Service{
		Store: kept, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: cause.Kind, Prefix: "O"}, {Kind: complaint.Kind, Prefix: "K"}, {Kind: incident.Kind, Prefix: "I"}},
		Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == colleague, nil },
	}
	desk := &cause.Service{Store: &store.Store{DB: db, Casework: kept.In}, Casework: l.cases, Now: now, NewID: resttest.NewID}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, desk) })
	return l
}

// came opens a case that came in so many days ago, and returns its number.
func (l *line) came(kind casework.Kind, ago int) (number string) {
	l.T.Helper()
	err := l.cases.Store.Update(context.Background(), l.Caller.Actor.Firm, func(tx casework.Tx) error {
		c, err := l.cases.Open(tx, casework.Case{Kind: kind, Title: "Van Jansen", Received: calendar.Of(l.now).AddDays(-ago)})
		number = c.Number
		return err
	})
	if err != nil {
		l.T.Fatal(err)
	}
	return number
}

func finding(title string) fields {
	return fields{"found": "2026-02-20", "title": title, "what": "Het sjabloon laat een periode weg.", "sort": "informatie", "product": "Hypotheek"}
}

// does takes a step with the revision that the root cause has now.
func (l *line) does(status int, at, step string, body fields) fields {
	l.T.Helper()
	body["revision"] = l.Call(200, "GET", at, nil)["revision"]
	return l.Call(status, "POST", at+"/"+step, body)
}

func TestAProgramWritesACauseDownOnceAndMeasuresIt(t *testing.T) {
	l := open(t)
	key := resttest.NewID()
	c := l.Keyed(key, 201, "POST", "/oorzaken", finding("Brief noemt één periode"))
	if again := l.Keyed(key, 201, "POST", "/oorzaken", finding("Brief noemt één periode")); again["id"] != c["id"] || len(l.facts) != 1 {
		t.Errorf("sent twice it became %v and %v, with %d facts", c["id"], again["id"], len(l.facts))
	}
	l.Keyed(key, 409, "POST", "/oorzaken", finding("Iets anders"))
	at := "/oorzaken/" + c["id"].(string)
	numbers := []string{l.came(complaint.Kind, 12), l.came(complaint.Kind, 11), l.came(complaint.Kind, 2)}
	for range 2 {
		if c = l.Call(201, "POST", at+"/klachten", fields{"numbers": numbers}); c["complaints"] != 3.0 || c["state"] != "zonder-maatregel" {
			t.Errorf("explained: %v", c)
		}
	}
	c = l.does(201, at, "maatregelen", fields{"kind": "beleid", "what": "Nieuw sjabloon", "owner": colleague, "due": "2026-02-25"})
	measure := c["measures"].([]any)[0].(fields)["id"].(string)
	l.does(201, at, "uitvoeringen", fields{"measure": measure, "done": "2026-02-24", "checkOn": "2026-03-02"})
	c = l.does(201, at, "controles", fields{"measure": measure, "effect": "deels", "found": "Er kwam er nog een."})
	if m := c["measures"].([]any)[0].(fields); c["state"] != "werkt-niet" || m["before"] != 2.0 || m["after"] != 1.0 || m["days"] != 6.0 {
		t.Errorf("looked at: %v", c)
	}
	for _, f := range l.facts {
		if s := string(f.Payload); strings.Contains(s, "sjabloon") || strings.Contains(s, "Jansen") || strings.Contains(s, "kwam er") {
			t.Errorf("%s holds what was written", f.Kind)
		}
	}
}

func TestAllThatIsWrongIsToldAtOnceAndNothingKept(t *testing.T) {
	l := open(t)
	v := l.Call(400, "POST", "/oorzaken", fields{"found": "2027-01-01", "title": "Van 111222333", "what": " ", "sort": "informatie"})
	if got := resttest.Faults(v); !slices.Equal(got, []string{"/found future", "/title bsn", "/what missing"}) || strings.Contains(fmt.Sprint(v), "111222333") {
		t.Errorf("got %q in %v", got, v)
	}
	for at, in := range map[string]fields{
		"/found": {"found": "gisteren", "title": "x", "what": "y", "sort": "informatie"}, "/sort": {"found": "2026-02-20", "title": "x", "what": "y", "sort": "toeval"},
		"/name": {"found": "2026-02-20", "title": "x", "what": "y", "sort": "informatie", "name": "Jansen"},
	} {
		if got := resttest.Pointers(l.Call(400, "POST", "/oorzaken", in)); !slices.Equal(got, []string{at}) {
			t.Errorf("got %q, want %s", got, at)
		}
	}
	if page := l.Call(200, "GET", "/oorzaken", nil); len(resttest.Items(page)) != 0 || len(l.facts) != 0 {
		t.Errorf("%v with %d facts", page, len(l.facts))
	}
	at := "/oorzaken/" + l.Call(201, "POST", "/oorzaken", finding("Brief"))["id"].(string)
	known, hidden := l.came(complaint.Kind, 1), l.came(incident.Kind, 1)
	for name, c := range map[string]struct {
		step string
		body fields
		want []string
	}{
		"one complaint is there and one is not": {"klachten", fields{"numbers": []string{known, "K-1999-0001"}}, []string{"/numbers unknown-case"}},
		"an incident, which programs don't see": {"klachten", fields{"numbers": []string{hidden}}, []string{"/numbers unknown-case"}},
		"a measure of nobody, due before":       {"maatregelen", fields{"kind": "beleid", "what": "", "owner": resttest.NewID(), "due": "2026-01-01"}, []string{"/due before", "/measure_what missing", "/owner unknown-account"}},
		"a measure that is not there":           {"uitvoeringen", fields{"measure": resttest.NewID(), "done": "2026-03-01", "checkOn": "2026-04-01"}, []string{"/measure missing"}},
	} {
		body := c.body
		if c.step != "klachten" {
			body["revision"] = 1
		}
		if v := l.Call(400, "POST", at+"/"+c.step, body); !slices.Equal(resttest.Faults(v), c.want) {
			t.Errorf("%s: %q, want %q", name, resttest.Faults(v), c.want)
		}
	}
	l.Call(409, "POST", at+"/maatregelen", fields{"revision": 9, "kind": "geen", "what": "Niets nodig."})
	l.Call(404, "GET", "/oorzaken/"+resttest.NewID(), nil)
	l.Call(400, "GET", "/oorzaken?cursor=x", nil)
	l.Call(400, "GET", "/oorzaken?state=klaar", nil)
	if one := l.Call(200, "GET", at, nil); one["complaints"] != 0.0 || one["revision"] != 1.0 || one["measures"] != nil {
		t.Errorf("something of it was kept: %v", one)
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	at, mine := "/oorzaken/"+l.Call(201, "POST", "/oorzaken", finding("Brief"))["id"].(string), l.Caller.Actor.Firm
	number := l.came(complaint.Kind, 1)
	for _, c := range []struct {
		name        string
		firm        ident.Firm
		scopes      []string
		read, write int
	}{
		{"another firm", ident.Firm(resttest.NewID()), []string{api.Read, api.Keep}, 404, 404},
		{"a token that may only read", mine, []string{api.Read}, 200, 403},
		{"a token for something else", mine, []string{"klachten:lezen"}, 403, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.Be(c.firm, c.scopes...)
			before := len(l.facts)
			l.Call(c.read, "GET", at, nil)
			l.Call(c.write, "POST", at+"/klachten", fields{"numbers": []string{number}})
			l.Call(c.write, "POST", at+"/maatregelen", fields{"revision": 1, "kind": "geen", "what": "Niets nodig."})
			if c.firm != mine {
				if page := l.Call(200, "GET", "/oorzaken", nil); len(resttest.Items(page)) != 0 {
					t.Errorf("it sees %v", page)
				}
			}
			if len(l.facts) != before {
				t.Errorf("%d facts were written", len(l.facts)-before)
			}
		})
	}
}

func TestTheListOfCausesTurnsByCursorAndIsNarrowed(t *testing.T) {
	l := open(t)
	var made []string
	for n := range 5 {
		made = append(made, l.Call(201, "POST", "/oorzaken", finding(fmt.Sprintf("Oorzaak %d", n)))["id"].(string))
	}
	l.does(201, "/oorzaken/"+made[2], "maatregelen", fields{"kind": "geen", "what": "Niets nodig."})
	slices.Reverse(made)
	for _, limit := range []int{1, 2, 5} {
		if got := l.Turn("/oorzaken", limit); !slices.Equal(got, made) {
			t.Errorf("%d at a time: %q, want %q", limit, got, made)
		}
	}
	if got := l.Turn("/oorzaken?state=geen-maatregel-nodig", 5); !slices.Equal(got, made[2:3]) {
		t.Errorf("of one state: %q", got)
	}
}
