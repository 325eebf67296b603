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
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/dispute/api"
	"zorgplicht/dispute/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// A line is a program that asks over HTTP, of a real store with one body in it.
type line struct {
	*resttest.Line
	body  string
	facts []journal.Fact
}

type fields = resttest.Fields

func open(t *testing.T) *line {
	t.Helper()
	l := &line{}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	desk := &dispute.Service{Store: &store.Store{DB: db, Casework: kept.In}, Now: now, NewID: resttest.NewID, Casework: &casework.Service{
		Store: kept, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: dispute.BodyKind, Prefix: "GI"}, {Kind: dispute.Kind, Prefix: "GS"}, {Kind: complaint.Kind, Prefix: "K"}},
		Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
	}}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, desk) })
	b, err := desk.Register(t.Context(), l.Caller.Actor, "", dispute.Entry{Name: "Loket Geschillen", Joined: calendar.MustParse("2025-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	l.body, l.facts = string(b.ID()), nil
	return l
}

func (l *line) filing(about string) fields {
	return fields{"body": l.body, "how": "aanhangig", "filed": "2026-02-20", "about": about, "reference": "2026-17", "complainant": "A. Jansen", "answerBy": "2026-03-10"}
}

func TestAProgramFilesADisputeOnce(t *testing.T) {
	l := open(t)
	key := resttest.NewID()
	d := l.Keyed(key, 201, "POST", "/geschillen", l.filing("De premie is te hoog.\nMeer."))
	if again := l.Keyed(key, 201, "POST", "/geschillen", l.filing("De premie is te hoog.\nMeer.")); again["id"] != d["id"] || len(l.facts) != 1 {
		t.Errorf("sent twice it became %v and %v, with %d facts", d["id"], again["id"], len(l.facts))
	}
	l.Keyed(key, 409, "POST", "/geschillen", l.filing("Iets anders."))
	one := l.Call(200, "GET", "/geschillen/"+d["id"].(string), nil)
	if one["title"] != "De premie is te hoog." || one["answerBy"] != "2026-03-10" || one["open"] != true || one["number"] != "GS-2026-0001" {
		t.Errorf("%v", one)
	}
	if b := l.Call(200, "GET", "/geschilleninstanties/"+l.body, nil); b["state"] != "niet-erkend" || b["joined"] != "2025-01-01" || b["looked"] != false {
		t.Errorf("%v", b)
	}
	for _, f := range l.facts {
		if strings.Contains(string(f.Payload), "Jansen") || strings.Contains(string(f.Payload), "premie") {
			t.Errorf("%s holds what was told", f.Kind)
		}
	}
}

func TestAllThatIsWrongIsToldAtOnceAndNothingKept(t *testing.T) {
	l := open(t)
	bad := fields{"body": resttest.NewID(), "how": "aanhangig", "filed": "2027-01-01", "about": "", "reference": "111222333", "complaint": "K-9", "answerBy": "2020-01-01"}
	v := l.Call(400, "POST", "/geschillen", bad)
	want := []string{"/about missing", "/answerBy before", "/body unknown-body", "/complaint unknown-complaint", "/filed future", "/reference bsn"}
	if got := resttest.Faults(v); !slices.Equal(got, want) || strings.Contains(fmt.Sprint(v), "111222333") {
		t.Errorf("got %q in %v", got, v)
	}
	bad["filed"], bad["answerBy"] = "gisteren", "morgen"
	v = l.Call(400, "POST", "/geschillen", bad)
	for _, at := range []string{"/filed", "/answerBy"} {
		if !slices.Contains(resttest.Pointers(v), at) {
			t.Errorf("%s is not in %q", at, resttest.Pointers(v))
		}
	}
	l.Call(400, "POST", "/geschillen", fields{"instantie": l.body})
	l.Call(400, "GET", "/geschillen?cursor=x", nil)
	l.Call(400, "GET", "/geschillen?limit=0", nil)
	l.Call(404, "GET", "/geschillen/"+resttest.NewID(), nil)
	l.Call(404, "GET", "/geschilleninstanties/"+resttest.NewID(), nil)
	if page := l.Call(200, "GET", "/geschillen", nil); len(resttest.Items(page)) != 0 || len(l.facts) != 0 {
		t.Errorf("%v with %d facts", page, len(l.facts))
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	at, mine := "/geschillen/"+l.Call(201, "POST", "/geschillen", l.filing("De premie."))["id"].(string), l.Caller.Actor.Firm
	for _, c := range []struct {
		name        string
		firm        ident.Firm
		scopes      []string
		read, write int
	}{
		{"another firm", ident.Firm(resttest.NewID()), []string{api.Read, api.Keep}, 404, 400},
		{"a token that may only read", mine, []string{api.Read}, 200, 403},
		{"a token for something else", mine, []string{"klachten:lezen"}, 403, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			l.Be(c.firm, c.scopes...)
			before := len(l.facts)
			l.Call(c.read, "GET", at, nil)
			l.Call(c.read, "GET", "/geschilleninstanties/"+l.body, nil)
			l.Call(c.write, "POST", "/geschillen", l.filing("x"))
			if c.firm != mine {
				for _, path := range []string{"/geschillen", "/geschilleninstanties"} {
					if page := l.Call(200, "GET", path, nil); len(resttest.Items(page)) != 0 {
						t.Errorf("%s shows %v", path, page)
					}
				}
			}
			if len(l.facts) != before {
				t.Errorf("%d facts were written", len(l.facts)-before)
			}
		})
	}
}

func TestTheListOfDisputesTurnsByCursor(t *testing.T) {
	l := open(t)
	var made []string
	for n := range 5 {
		made = append(made, l.Call(201, "POST", "/geschillen", l.filing(fmt.Sprintf("Zaak %d", n)))["id"].(string))
	}
	slices.Reverse(made)
	for _, limit := range []int{1, 2, 5} {
		if got := l.Turn("/geschillen?open=true", limit); !slices.Equal(got, made) {
			t.Errorf("%d at a time: %q, want %q", limit, got, made)
		}
	}
	if page := l.Call(200, "GET", "/geschillen?body="+resttest.NewID(), nil); len(resttest.Items(page)) != 0 {
		t.Errorf("of a body without disputes: %v", page)
	}
}

func TestAProgramCorrectsTheDayOnWhichADisputeBegan(t *testing.T) {
	l := open(t)
	d := l.Call(201, "POST", "/geschillen", l.filing("De premie."))
	at := "/geschillen/" + d["id"].(string) + "/dagverbeteringen"
	if got := resttest.Pointers(l.Call(400, "POST", at, fields{"revision": 1, "filed": "2026-03-03", "why": ""})); !slices.Equal(got, []string{"/filed", "/why"}) {
		t.Errorf("got %q", got)
	}
	key := resttest.NewID()
	right := fields{"revision": 1, "filed": "2026-02-10", "why": "Poststempel."}
	one := l.Keyed(key, 201, "POST", at, right)
	facts := len(l.facts)
	if again := l.Keyed(key, 201, "POST", at, right); one["filed"] != "2026-02-10" || again["revision"] != one["revision"] || len(l.facts) != facts {
		t.Errorf("%v, and asked again %v", one, again)
	}
	l.Call(409, "POST", at, right)
}
