package api_test

import (
	"crypto/rand"
	"os"
	"strings"
	"testing"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/criteria/api"
	"zorgplicht/criteria/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*criteria.Service
	*resttest.Line
	journal journalstore.Reader
}

func open(t *testing.T) *line {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{journalstore.Schema, once.Schema, store.Schema})
	l := &line{journal: journalstore.Reader{DB: db}, Service: &criteria.Service{
		Store: &store.Store{DB: db, Pen: journalstore.Pen{Salt: rand.Reader}.Append, Opener: journalstore.Sealed, OnePerson: func(*sqldb.Tx) (bool, error) { return false, nil }},
		Now:   func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }, NewID: resttest.NewID,
	}}
	l.Line = resttest.Open(t, []string{api.ReadSets, api.KeepSets, api.Decide}, func(a *rest.API) { api.Mount(a, l.Service) })
	return l
}

type fields = resttest.Fields

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
	l.T.Helper()
	d := l.Call(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": written, "revision": saw})
	l.Call(201, "POST", one+"/steekproeven", fields{"revision": d["revision"], "sample": sample})
	a := l.Call(201, "POST", one+"/aanbiedingen", fields{"revision": d["revision"], "note": "Graag voor vrijdag."})
	set, err := ident.ParseHash(a["request"].(fields)["hash"].(string))
	if err != nil {
		l.T.Fatal(err)
	}
	l.Call(409, "POST", one+"/beoordelingen", fields{"hash": set.String(), "outcome": "approved"})
	by := ident.Actor{Firm: l.Caller.Actor.Firm, Kind: ident.Staff, ID: resttest.NewID()}
	if _, err := l.Approve(l.T.Context(), by, criteria.Approval{Name: "beheer", Set: set}); err != nil {
		l.T.Fatal(err)
	}
	if _, err := l.Publish(l.T.Context(), by, criteria.Publication{Name: "beheer", Set: set}); err != nil {
		l.T.Fatal(err)
	}
}

func TestAProgramWritesASetThatStaffPublishAndDecidesByIt(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	got := l.Call(201, "POST", one+"/beslissingen", fields{"values": fields{"product": "hypotheek", "achterstand": "4"}, "reference": "C-1"})
	if got["category"] != "rood" || got["certain"] != true || got["version"] != 1.0 {
		t.Errorf("decided %v", got)
	}
	if set := l.Call(200, "GET", one, nil); set["state"] != "in_use" || len(set["versions"].([]any)) != 1 {
		t.Errorf("the set stands as %v", set["state"])
	}
	l.Call(201, "POST", one+"/intrekkingen", fields{"version": 1, "reason": "De grens klopt niet."})
	l.Call(404, "POST", one+"/beslissingen", fields{"values": fields{"achterstand": "4"}})
}

func TestAProgramSeesWhatAVersionChanges(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	l.Call(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": stricter(t), "revision": 1})
	d := l.Call(200, "GET", one+"/verschillen", nil)
	if m := d["meaning"].(fields); d["against"] != 1.0 || len(d["differences"].([]any)) != 1 || m["outcome"] != "different" || m["example"] == nil {
		t.Errorf("differences %v", d)
	}
	e := l.Call(200, "POST", one+"/effecten", fields{"sample": sample})
	if w := e["words"].([]any); len(w) == 0 || w[0] != "1 contract gaat van oranje naar rood." || len(e["moved"].([]any)) != 1 {
		t.Errorf("effect %v", e)
	}
	if v := l.Call(404, "GET", one+"/verschillen?version=1", nil); v["code"] != "no-earlier-version" {
		t.Errorf("before the first version there is %v", v)
	}
}

func TestAllFaultsComeAtOnce(t *testing.T) {
	l := open(t)
	broken := strings.NewReplacer("stornos_kwartaal >= 2,", "stornos_kwartal >= 2,", "months(3)", "maanden(3)").Replace(text(t))
	got := l.Call(200, "POST", "/regelsetcontroles", fields{"text": broken})
	if n := len(got["faults"].([]any)); n < 2 {
		t.Errorf("%d faults named of two made: %v", n, got)
	}
	l.Call(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": broken})
	if v := l.Call(400, "POST", one+"/aanbiedingen", fields{"revision": 1}); len(v["errors"].([]any)) < 2 {
		t.Errorf("what stands in the way: %v", v["errors"])
	}
}

func TestAProgramDoesWhatItsScopesAllow(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	firm := l.Caller.Actor.Firm
	l.Be(firm, api.ReadSets)
	l.Call(200, "GET", one, nil)
	l.Call(403, "POST", "/regelsets", fields{"name": "nieuw", "purpose": "attention", "text": text(t)})
	l.Call(403, "POST", one+"/steekproeven", fields{"revision": 1, "sample": sample})
	l.Call(403, "POST", one+"/beslissingen", fields{"values": fields{}})
	l.Be(firm, api.Decide)
	l.Call(403, "GET", "/regelsets", nil)
	l.Call(403, "GET", one+"/verschillen", nil)
	l.Call(403, "POST", one+"/effecten", fields{"sample": sample})
}

func TestAnotherFirmFindsNothing(t *testing.T) {
	l := open(t)
	l.publish(text(t), 0)
	l.Be(ident.Firm(resttest.NewID()), api.ReadSets, api.KeepSets, api.Decide)
	if items := l.Call(200, "GET", "/regelsets", nil)["items"].([]any); len(items) != 0 {
		t.Errorf("another firm lists %v", items)
	}
	l.Call(404, "GET", one, nil)
	l.Call(404, "GET", one+"/verschillen", nil)
	l.Call(404, "POST", one+"/effecten", fields{"sample": sample})
	l.Call(404, "POST", one+"/steekproeven", fields{"revision": 1, "sample": sample})
	l.Call(404, "POST", one+"/beslissingen", fields{"values": fields{}})
}

func TestASampleThatIsSentAgainIsKeptOnce(t *testing.T) {
	l := open(t)
	l.Call(201, "POST", "/regelsets", fields{"name": "beheer", "purpose": "attention", "text": text(t)})
	key, body := resttest.NewID(), fields{"revision": 1, "sample": sample}
	first := l.Keyed(key, 201, "POST", one+"/steekproeven", body)
	again := l.Keyed(key, 201, "POST", one+"/steekproeven", body)
	if first["rows"] != 3.0 || again["rows"] != 3.0 {
		t.Errorf("first %v, again %v", first, again)
	}
	l.Keyed(key, 409, "POST", one+"/steekproeven", fields{"revision": 1, "sample": "id\nC9\n"})
	list, err := l.journal.Subject(t.Context(), l.Caller.Actor.Firm, "beheer")
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
		l.Call(201, "POST", "/regelsets", fields{"name": name, "purpose": "attention", "text": "language: 1\n"})
	}
	var names []string
	cursor := ""
	for {
		p := l.Call(200, "GET", "/regelsets?limit=2&cursor="+cursor, nil)
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
	l.Call(400, "GET", "/regelsets?cursor=xx", nil)
}
