package api_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/incident/api"
	"zorgplicht/incident/store"
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
	desk  *incident.Service
	facts []journal.Fact
}

type fields = resttest.Fields

func open(t *testing.T) *line {
	t.Helper()
	l := &line{}
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	now := func() time.Time { return time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC) }
	kept := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	l.desk = &incident.Service{
		Store: &store.Store{DB: db, Casework: kept.In}, Now: now, NewID: resttest.NewID,
		OnePerson: func(context.Context, ident.Firm) (bool, error) { return false, nil },
		Casework: &casework.Service{
			Store: kept, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: incident.Kind, Prefix: "I"}},
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		},
	}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, l.desk) })
	return l
}

func (l *line) due(t *testing.T, id any, code string) string {
	t.Helper()
	f, err := l.desk.Casework.File(t.Context(), l.Caller.Actor.Firm, casework.ID(id.(string)))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Dues {
		if d.Code == code {
			return d.Day.String()
		}
	}
	return ""
}

func TestAProgramCorrectsTheDayOnWhichAnIncidentWasNoticed(t *testing.T) {
	l := open(t)
	i := l.Call(201, "POST", "/incidenten", fields{"noticed": "2026-03-03", "happened": "2026-02-20", "title": "Stukken gewijzigd", "facts": "Een loonstrook is gewijzigd.", "perpetrator": "client_facing"})
	at := "/incidenten/" + i["id"].(string) + "/dagverbeteringen"
	if got := resttest.Pointers(l.Call(400, "POST", at, fields{"revision": 1, "noticed": "2026-03-05", "why": " "})); !slices.Equal(got, []string{"/noticed", "/why"}) {
		t.Errorf("got %q", got)
	}
	if got := resttest.Pointers(l.Call(400, "POST", at, fields{"revision": 1, "noticed": "2026-02-10", "why": "Mail."})); !slices.Equal(got, []string{"/noticed"}) {
		t.Errorf("noticed before it happened: %q", got)
	}
	if got := l.due(t, i["id"], "beoordelen"); got != "2026-03-05" {
		t.Errorf("due on %q", got)
	}
	key, right := resttest.NewID(), fields{"revision": 1, "noticed": "2026-03-02", "why": "De mail is van 2 maart."}
	one := l.Keyed(key, 201, "POST", at, right)
	facts := len(l.facts)
	again := l.Keyed(key, 201, "POST", at, right)
	if one["noticed"] != "2026-03-02" || again["revision"] != one["revision"] || len(l.facts) != facts || l.due(t, i["id"], "beoordelen") != "2026-03-04" {
		t.Errorf("%v, asked again %v, due on %s", one, again, l.due(t, i["id"], "beoordelen"))
	}
	l.Keyed(key, 409, "POST", at, fields{"revision": 1, "noticed": "2026-03-01", "why": "Anders."})
	l.Call(409, "POST", at, right)
	if f := l.facts[facts-1]; f.Kind != casework.KindReceiptCorrected || strings.Contains(string(f.Payload), "mail") {
		t.Errorf("the last fact is %s: %s", f.Kind, f.Payload)
	}
	mine := l.Caller.Actor.Firm
	l.Be(ident.Firm(resttest.NewID()), api.Read, api.Keep)
	l.Call(404, "POST", at, right)
	l.Be(mine, api.Read)
	l.Call(403, "POST", at, right)
}
