package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/complaint"
	"zorgplicht/complaint/api"
	"zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*complaint.Service
	*resttest.Line
	facts []journal.Fact
}

func open(t *testing.T) *line {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema})
	l := &line{}
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }}
	l.Service = &complaint.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: resttest.NewID, Token: func(id casework.ID) string { return "geheim-" + string(id) },
		Casework: &casework.Service{
			Store: cases, Now: now, NewID: resttest.NewID, Kinds: []casework.About{{Kind: complaint.Kind, Prefix: "K", Path: "/werk/klachten", See: staff.SeeComplaints, Do: staff.HandleComplaints}},
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		},
	}
	l.FactsAbout = func(_ context.Context, firm ident.Firm, subject string) (all []journal.Recorded, err error) {
		for _, f := range l.facts {
			if f.Firm == firm && f.Subject == subject {
				all = append(all, journal.Recorded{Fact: f})
			}
		}
		return all, nil
	}
	l.Line = resttest.Open(t, []string{api.Read, api.Write}, func(a *rest.API) { api.Mount(a, l.Service) })
	return l
}

type fields = resttest.Fields

func received() fields {
	return fields{
		"received": "2026-11-20", "way": "brief", "sort": "klacht", "original": "De rente klopt niet.", "product": "hypotheek",
		"from": fields{"name": "A. Jansen", "address": "Dorpsstraat 1", "town": "Ons Dorp"},
	}
}

func TestAProgramHandlesAComplaint(t *testing.T) {
	l := open(t)
	if err := l.SetProcedure(t.Context(), l.Caller.Actor, 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."}); err != nil {
		t.Fatal(err)
	}
	key := resttest.NewID()
	c := l.Keyed(key, 201, "POST", "/klachten", received())
	if again := l.Keyed(key, 201, "POST", "/klachten", received()); again["id"] != c["id"] {
		t.Errorf("sent twice it became %v and %v", c["id"], again["id"])
	}
	at := "/klachten/" + c["id"].(string)
	if n := len(c["dues"].([]any)); n != 2 || c["number"] != "K-2026-0001" {
		t.Errorf("%d dues: %v", n, c)
	}
	noted := fields{"way": "telefoon", "text": "Teruggebeld."}
	l.Keyed(key+"n", 201, "POST", at+"/notities", noted)
	l.Keyed(key+"n", 201, "POST", at+"/notities", noted)
	class := fields{"revision": 1, "about": "Rente", "cause": "prijs", "product": "hypotheek", "harm": 2}
	l.Keyed(key+"c", 201, "POST", at+"/indelingen", class)
	if again := l.Keyed(key+"c", 201, "POST", at+"/indelingen", class); again["revision"] != 2.0 {
		t.Errorf("asked twice: revision %v", again["revision"])
	}
	l.Call(409, "POST", at+"/indelingen", class)
	if v := l.Call(400, "POST", at+"/berichten", fields{"revision": 2, "kind": "antwoord", "way": "brief", "text": "U heeft gelijk."}); v["errors"] == nil {
		t.Errorf("no dispute body: %v", v)
	}
	l.Call(201, "POST", at+"/berichten", fields{"revision": 2, "kind": "antwoord", "way": "brief", "text": "U heeft gelijk. U kunt ook naar Kifid."})
	done := l.Call(201, "POST", at+"/afhandelingen", fields{"revision": 3, "outcome": "gegrond", "redress": 12500, "note": "Hersteld."})
	if done["outcome"] != "gegrond" || done["redress"] != 12500.0 || len(done["dues"].([]any)) != 0 || len(done["notes"].([]any)) != 2 || len(done["replies"].([]any)) != 1 {
		t.Errorf("%v", done)
	}
	l.Call(409, "POST", at+"/berichten", fields{"revision": 4, "kind": "antwoord", "way": "brief", "text": "Nog iets, Kifid."})
	l.Call(201, "POST", at+"/heropeningen", fields{"revision": 4, "why": "nieuwe stukken"})
	if v := l.Call(200, "GET", "/klachten?cause=prijs&state=open", nil); len(v["items"].([]any)) != 1 {
		t.Errorf("%v", v)
	}
}

func TestAProgramBringsAnOldRegisterOverAndTakesItOut(t *testing.T) {
	l := open(t)
	old := received()
	old["key"], old["received"], old["cause"], old["acknowledged"], old["answered"], old["answer"] = "OUD-1", "2024-03-01", "prijs", "2024-03-02", "2024-03-20", "Wij hebben de rente hersteld."
	old["outcome"], old["redress"], old["handled"] = "gegrond", 12500, "2024-03-21"
	bad := received()
	bad["key"], bad["received"], bad["outcome"] = "OUD-2", "2027-01-01", "gegrond"
	bring := func(want int, more fields, rows ...fields) fields {
		t.Helper()
		more["complaints"] = rows
		return l.Call(want, "POST", "/klachtimporten", more)
	}
	bring(400, fields{})
	before := len(l.facts)
	if v := bring(201, fields{"dryRun": true}, old); v["new"] != 1.0 || v["id"] != nil {
		t.Errorf("tried: %v", v)
	}
	v := bring(201, fields{}, old, bad)
	if n := len(v["faults"].([]any)); n < 5 || v["new"] != 0.0 || v["id"] != nil || len(l.facts) != before {
		t.Errorf("with a fault: %d in %v, %d facts", n, v, len(l.facts)-before)
	}
	v = bring(201, fields{"goodOnes": true}, old, bad)
	if v["new"] != 1.0 || len(v["faults"].([]any)) < 5 {
		t.Fatalf("the good ones: %v", v)
	}
	if again := bring(201, fields{}, old); again["known"] != 1.0 || again["id"] != nil {
		t.Errorf("again: %v", again)
	}
	page := l.Call(200, "GET", "/klachten?state=gesloten", nil)
	one := page["items"].([]any)[0].(fields)
	if one["handled"] != "2024-03-21" || one["redress"] != 12500.0 {
		t.Errorf("%v", one)
	}
	at := "/klachten/" + one["id"].(string)
	l.Call(400, "POST", at+"/correcties", fields{"revision": 1, "sort": "klacht", "product": "hypotheek", "cause": "prijs", "why": "Zomaar."})
	undo := "/klachtimporten/" + v["id"].(string) + "/terugdraaiingen"
	l.Call(400, "POST", undo, fields{"why": ""})
	mine := l.Caller.Actor.Firm
	l.Be(ident.Firm(resttest.NewID()), api.Read, api.Write)
	l.Call(400, "POST", undo, fields{"why": "Van een ander."})
	l.Be(mine, api.Read, api.Write)
	if gone := l.Call(201, "POST", undo, fields{"why": "Het verkeerde register."}); gone["removed"] != 1.0 || gone["left"] != 0.0 {
		t.Errorf("%v", gone)
	}
	l.Call(404, "GET", at, nil)
	v = bring(201, fields{}, old)
	at = "/klachten/" + l.Call(200, "GET", "/klachten", nil)["items"].([]any)[0].(fields)["id"].(string)
	if c := l.Call(201, "POST", at+"/correcties", fields{"revision": 1, "sort": "claim", "product": "hypotheek", "cause": "advies", "why": "Het ging om geld."}); c["sort"] != "claim" || c["cause"] != "advies" || c["outcome"] != "gegrond" {
		t.Errorf("%v", c)
	}
	if kept := l.Call(201, "POST", "/klachtimporten/"+v["id"].(string)+"/terugdraaiingen", fields{"why": "Toch niet."}); kept["left"] != 1.0 {
		t.Errorf("what was worked on went: %v", kept)
	}
}

func TestTheListTurnsByCursorAndHoldsNobody(t *testing.T) {
	l := open(t)
	for i := range 5 {
		c := received()
		c["received"] = fmt.Sprintf("2026-11-%02d", 10+i/2)
		l.Call(201, "POST", "/klachten", c)
	}
	seen, path := map[string]bool{}, "/klachten?limit=2"
	for range 3 {
		v := l.Call(200, "GET", path, nil)
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
	at := "/klachten/" + l.Call(201, "POST", "/klachten", received())["id"].(string)
	bad := received()
	bad["from"], bad["original"] = fields{"name": "A", "address": "", "town": ""}, "Mijn bsn is 111222333."
	if v := l.Call(400, "POST", "/klachten", bad); len(v["errors"].([]any)) != 3 || strings.Contains(fmt.Sprint(v), "111222333") {
		t.Errorf("%v", v)
	}
	l.Be(l.Caller.Actor.Firm, api.Read)
	l.Call(403, "POST", "/klachten", received())
	l.Be(ident.Firm(resttest.NewID()), api.Read, api.Write)
	l.Call(404, "GET", at, nil)
	for path, body := range map[string]fields{
		"notities": {"way": "intern", "text": "x"}, "indelingen": {"revision": 1, "about": "x"}, "berichten": {"revision": 1, "kind": "antwoord", "way": "brief", "text": "x"},
		"afhandelingen": {"revision": 1, "outcome": "gegrond", "note": "x"}, "heropeningen": {"revision": 1, "why": "x"},
	} {
		l.Call(404, "POST", at+"/"+path, body)
	}
}

// TestAProgramListsWhatWasReadAndTakenOut: each list that was read with its counts, the
// last first, a page at a time; of another firm none.
func TestAProgramListsWhatWasReadAndTakenOut(t *testing.T) {
	l := open(t)
	bring := func(keys ...string) fields {
		var all []any
		for _, k := range keys {
			one := received()
			one["key"] = k
			all = append(all, one)
		}
		return l.Call(201, "POST", "/klachtimporten", fields{"complaints": all})
	}
	if all := resttest.Items(l.Call(200, "GET", "/klachtimporten", nil)); len(all) != 0 {
		t.Errorf("before the first: %v", all)
	}
	first, second := bring("A-1", "A-2"), bring("A-2", "A-3")
	l.Call(201, "POST", "/klachtimporten", fields{"dryRun": true, "complaints": []any{fields{"key": "A-9", "received": "2026-11-20", "way": "brief", "sort": "klacht", "original": "x", "from": fields{"name": "A", "address": "B", "town": "C"}}}})
	ids := l.Turn("/klachtimporten", 1)
	if len(ids) != 2 || ids[0] != second["id"] || ids[1] != first["id"] {
		t.Errorf("%v, want %v and %v", ids, second["id"], first["id"])
	}
	worked := resttest.Items(l.Call(200, "GET", "/klachten", nil))[0].(fields)
	l.Call(201, "POST", "/klachten/"+worked["id"].(string)+"/notities", fields{"way": "intern", "text": "Gezien."})
	for _, im := range []fields{first, second} {
		l.Call(201, "POST", "/klachtimporten/"+im["id"].(string)+"/terugdraaiingen", fields{"why": "Het verkeerde register."})
	}
	var got []string
	for _, i := range resttest.Items(l.Call(200, "GET", "/klachtimporten", nil)) {
		one := i.(fields)
		got = append(got, fmt.Sprint(one["state"], one["new"], one["known"], one["removed"], one["left"]))
	}
	if want := []string{"deels-teruggedraaid1 1 <nil> 1", "teruggedraaid2 0 2 <nil>"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", got, want)
	}
	l.Call(400, "GET", "/klachtimporten?cursor=iets", nil)
	l.Be(ident.Firm(resttest.NewID()), api.Read)
	if all := resttest.Items(l.Call(200, "GET", "/klachtimporten", nil)); len(all) != 0 {
		t.Errorf("of another firm: %v", all)
	}
}

// TestAProgramChangesComplaintsTogether: after a preview that keeps nothing; what changed
// in between is left alone and named, and asked twice it is done once.
func TestAProgramChangesComplaintsTogether(t *testing.T) {
	l := open(t)
	const look, do = "/klachtbewerkingscontroles", "/klachtbewerkingen"
	one, two := l.Call(201, "POST", "/klachten", received()), l.Call(201, "POST", "/klachten", received())
	handled := l.Call(201, "POST", "/klachtimporten", fields{"complaints": []any{func() fields {
		old := received()
		old["key"], old["received"], old["cause"], old["answered"], old["answer"], old["outcome"], old["handled"] = "OUD-1", "2024-03-01", "prijs", "2024-03-20", "Hersteld.", "gegrond", "2024-03-20"
		return old
	}()}})
	if handled["new"] != 1.0 {
		t.Fatal(handled)
	}
	closed := resttest.Items(l.Call(200, "GET", "/klachten?state=gesloten", nil))[0].(fields)["id"]
	ids := []any{fields{"id": one["id"]}, fields{"id": two["id"]}, fields{"id": closed}, fields{"id": resttest.NewID()}}
	class := fields{"cause": "prijs", "group": "Rentebrief", "team": "Nazorg"}
	ask := func(cases any, more fields) fields {
		f := fields{"cases": cases}
		for k, v := range more {
			f[k] = v
		}
		return f
	}
	codes := func(v fields) (all []string) {
		for _, c := range v["cases"].([]any) {
			code := ""
			if why, _ := c.(fields)["leftAlone"].([]any); len(why) > 0 {
				code = why[0].(fields)["code"].(string)
			}
			all = append(all, code)
		}
		return all
	}
	seen := l.Call(200, "POST", look, ask(ids, class))
	if got := fmt.Sprint(seen["changed"], seen["left"], codes(seen)); got != "2 2 [  complaint-handled unknown-case]" {
		t.Errorf("the preview: %s, %v", got, seen)
	}
	if is := l.Call(200, "GET", "/klachten/"+one["id"].(string), nil); is["revision"] != 1.0 || is["cause"] != nil {
		t.Errorf("a preview kept %v", is)
	}
	var chosen []any
	for _, c := range seen["cases"].([]any) {
		revision := c.(fields)["revision"]
		if revision == nil {
			revision = 1
		}
		chosen = append(chosen, fields{"id": c.(fields)["id"], "revision": revision})
	}
	l.Call(201, "POST", "/klachten/"+two["id"].(string)+"/indelingen", fields{"revision": 1, "about": "Iets anders", "cause": "advies"})
	facts := len(l.facts)
	key := resttest.NewID()
	done := l.Keyed(key, 201, "POST", do, ask(chosen, class))
	if got := fmt.Sprint(done["changed"], codes(done)); got != "1 [ case-changed complaint-handled unknown-case]" {
		t.Errorf("done: %s, %v", got, done)
	}
	wrote := len(l.facts) - facts
	if again := l.Keyed(key, 201, "POST", do, ask(chosen, class)); fmt.Sprint(again) != fmt.Sprint(done) || len(l.facts) != facts+wrote || wrote != 2 {
		t.Errorf("asked again, %d facts more: %v", len(l.facts)-facts, again)
	}
	l.Keyed(key, 409, "POST", do, ask(chosen, fields{"cause": "advies"}))
	is := l.Call(200, "GET", "/klachten/"+one["id"].(string), nil)
	if is["cause"] != "prijs" || is["group"] != "Rentebrief" || is["product"] != "hypotheek" || is["revision"] != done["cases"].([]any)[0].(fields)["revision"] {
		t.Errorf("kept: %v", is)
	}
	for want, body := range map[string]fields{
		"[ missing /cases count]": ask([]any{}, nil),
		"[/cases/0/revision missing /cases/1/id twice /cause unknown-value /product bsn]": ask([]any{fields{"id": one["id"]}, fields{"id": one["id"], "revision": 2}}, fields{"cause": "zomaar", "product": "111222333"}),
	} {
		if got := fmt.Sprint(resttest.Faults(l.Call(400, "POST", do, body))); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	mine := l.Caller
	l.Be(ident.Firm(resttest.NewID()), api.Read, api.Write)
	if v := l.Call(201, "POST", do, ask(chosen, class)); fmt.Sprint(v["changed"], codes(v)) != "0 [unknown-case unknown-case unknown-case unknown-case]" {
		t.Errorf("another firm: %v", v)
	}
	l.Caller = mine
}
