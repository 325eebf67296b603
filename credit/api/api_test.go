package api_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/credit"
	"zorgplicht/credit/api"
	"zorgplicht/credit/store"
	"zorgplicht/credit/web"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/rule/ruletest"
)

// A line is a program that asks over HTTP, of a real store.
type line struct {
	*resttest.Line
	facts []journal.Fact
}

func open(t *testing.T) *line {
	t.Helper()
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{once.Schema, store.Schema})
	l := &line{}
	desk := &credit.Service{
		Store: &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { l.facts = append(l.facts, f); return nil }},
		Now:   func() time.Time { return time.Date(2024, 8, 1, 9, 0, 0, 0, time.UTC) }, Print: web.PDF, NewID: resttest.NewID,
		FirmName: func(context.Context, ident.Firm) (string, error) { return "De Linde", nil },
	}
	l.Line = resttest.Open(t, []string{api.Read, api.Keep}, func(a *rest.API) { api.Mount(a, desk, ruletest.Desk(t, credit.CreditPlan, credit.EffectiveRate)) })
	return l
}

type fields = resttest.Fields

func loan() fields {
	return fields{"name": "Lening", "from": "2024-08-01", "terms": fields{
		"kind": "annuity", "charge": "vast", "amounts": []any{5000, 10000, 15000, 20000}, "rate_percent": "7.2", "months": 48, "early_fee_percent": 1,
	}}
}

func TestAProgramKeepsAProductAndIssuesItsFigures(t *testing.T) {
	l := open(t)
	key := resttest.NewID()
	p := l.Keyed(key, 201, "POST", "/kredietproducten", loan())
	if again := l.Keyed(key, 201, "POST", "/kredietproducten", loan()); again["id"] != p["id"] {
		t.Errorf("sent twice it became %v and %v", p["id"], again["id"])
	}
	at := "/kredietproducten/" + p["id"].(string)
	other := loan()
	l.Keyed(key, 409, "POST", "/kredietproducten", fields{"name": "Anders", "from": other["from"], "terms": other["terms"]})
	whole := l.Call(200, "GET", at, nil)
	if n := len(whole["figures"].(fields)["examples"].([]any)); n != 4 || len(whole["versions"].([]any)) != 1 {
		t.Errorf("%d examples in %v", n, whole)
	}
	newer := loan()
	newer["saw"], newer["terms"].(fields)["rate_percent"] = 1, "8"
	l.Call(201, "POST", at+"/versies", newer)
	l.Call(409, "POST", at+"/versies", newer)
	if set := l.Call(200, "POST", at+"/standen", fields{"active": true, "open": true}); set["active"] != true || set["open"] != true {
		t.Errorf("%v", set)
	}
	for kind, says := range map[string]string{"tabel": "Maandlast", "prospectus": "De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet. Hierin komen alle kosten van het krediet tot uitdrukking."} {
		made := l.Call(201, "POST", at+"/stukken", fields{"kind": kind, "version": 1})
		paper := l.Call(200, "GET", "/kredietstukken/"+made["id"].(string), nil)
		pdf, err := base64.StdEncoding.DecodeString(paper["pdf"].(string))
		if content := fmt.Sprint(paper["content"]); err != nil || !strings.HasPrefix(string(pdf), "%PDF-") || !strings.Contains(content, says) || paper["version"] != 1.0 {
			t.Errorf("%s: %v, %.20s, %s", kind, err, pdf, content)
		}
	}
	if page := l.Call(200, "GET", "/kredietstukken?kind=tabel", nil); len(page["items"].([]any)) != 1 {
		t.Errorf("%v", page)
	}
}

func TestDocumentsOnAnAgreementAreIssued(t *testing.T) {
	l := open(t)
	rates := []any{fields{"from": "2024-01-01", "rate_percent": 12}}
	entries := []any{fields{"on": "2024-01-01", "kind": "draw", "amount": 1000}}
	if p := l.Call(201, "POST", "/kredietstukken", fields{"reference": "L-1", "cost": "2.50", "account": fields{"rates": rates, "entries": entries, "until": "2024-01-31"}}); p["kind"] != "saldo" {
		t.Errorf("%v", p)
	}
	paid := append(slices.Clone(entries), fields{"on": "2024-01-31", "kind": "pay", "amount": 1010})
	if p := l.Call(201, "POST", "/kredietstukken", fields{"reference": "L-1", "account": fields{"rates": rates, "entries": paid, "until": "2024-01-31", "settled": true}}); p["kind"] != "afrekening" {
		t.Errorf("%v", p)
	}
	changed := fields{"on": "2024-07-01", "old_percent": 8, "new_percent": 9, "balance": 5000, "payment": 100}
	if p := l.Call(201, "POST", "/kredietstukken", fields{"reference": "L-1", "change": changed}); p["kind"] != "wijziging" {
		t.Errorf("%v", p)
	}
	changed["new_percent"] = 8
	l.Call(409, "POST", "/kredietstukken", fields{"reference": "L-1", "change": changed})
	if v := l.Call(200, "POST", "/kredietberekeningen", fields{"calculation": "credit_plan", "given": fields{"amount": 10000, "rate_percent": "7.5", "months": 60}}); v["answer"].(fields)["maandlast"] != "200.38" {
		t.Errorf("%v", v)
	}
}

func TestAllThatIsWrongIsToldAtOnceAndNothingKept(t *testing.T) {
	l := open(t)
	bad := loan()
	bad["name"], bad["insurance"] = "", "polis van 111222333"
	bad["terms"] = fields{"kind": "annuity", "charge": "soms", "amounts": []any{5000, 5000}, "rate_percent": -1, "months": 0}
	v := l.Call(400, "POST", "/kredietproducten", bad)
	for _, want := range []string{"/name", "/insurance", "/terms/charge", "/terms/amounts", "/terms/rate_percent", "/terms/months"} {
		if !slices.Contains(resttest.Pointers(v), want) {
			t.Errorf("%s is not in %v", want, resttest.Pointers(v))
		}
	}
	if strings.Contains(fmt.Sprint(v), "111222333") {
		t.Errorf("it echoes the number: %v", v)
	}
	v = l.Call(400, "POST", "/kredietstukken", fields{"reference": "", "cost": "veel", "account": fields{"rates": []any{}, "entries": []any{}}})
	for _, want := range []string{"/reference", "/cost", "/until"} {
		if !slices.ContainsFunc(resttest.Pointers(v), func(at string) bool { return strings.HasSuffix(at, want) }) {
			t.Errorf("%s is not in %v", want, resttest.Pointers(v))
		}
	}
	l.Call(400, "POST", "/kredietproducten", fields{"naam": "Lening"})
	l.Call(404, "POST", "/kredietberekeningen", fields{"calculation": "fine", "given": fields{}})
	if v := l.Call(400, "POST", "/kredietberekeningen", fields{"calculation": "credit_plan", "given": fields{"amount": "-1"}}); !slices.Contains(resttest.Pointers(v), "/given/amount") {
		t.Errorf("%v", v)
	}
	l.Call(400, "GET", "/kredietstukken?kind=brief", nil)
	l.Call(400, "GET", "/kredietstukken?cursor=x", nil)
	if len(l.facts) != 0 {
		t.Errorf("%d facts were written", len(l.facts))
	}
}

func TestAnotherFirmAndAnotherScopeReachNothing(t *testing.T) {
	l := open(t)
	at := "/kredietproducten/" + l.Call(201, "POST", "/kredietproducten", loan())["id"].(string)
	paper := "/kredietstukken/" + l.Call(201, "POST", at+"/stukken", fields{"kind": "tabel"})["id"].(string)
	mine, newer := l.Caller.Actor.Firm, loan()
	newer["saw"] = 1
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
			l.Call(c.read, "GET", paper, nil)
			l.Call(c.write, "POST", at+"/versies", newer)
			l.Call(c.write, "POST", at+"/standen", fields{"active": false, "open": false})
			l.Call(c.write, "POST", at+"/stukken", fields{"kind": "tabel"})
			if len(l.facts) != before {
				t.Errorf("%d facts were written", len(l.facts)-before)
			}
			if c.firm != mine {
				for _, path := range []string{"/kredietproducten", "/kredietstukken"} {
					if page := l.Call(200, "GET", path, nil); len(page["items"].([]any)) != 0 {
						t.Errorf("%s shows %v", path, page)
					}
				}
			}
		})
	}
}
