package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"zorgplicht/desk"
	"zorgplicht/desk/api"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/internal/rest/resttest"
	"zorgplicht/money"
	"zorgplicht/rule"
)

type in struct {
	Amount *money.Decimal `json:"amount"`
	Fine   *bool          `json:"fine"`
}

type out struct {
	rule.Why
	Allowed bool          `json:"allowed"`
	Twice   money.Decimal `json:"twice"`
}

func decide(q in) out {
	o := out{Allowed: q.Fine == nil || *q.Fine}
	if q.Amount != nil {
		o.Twice = q.Amount.Add(*q.Amount)
		o.Allowed = o.Allowed && q.Amount.Cmp(money.Whole(1000)) <= 0
	}
	o.Because = []rule.Reason{{Code: "judged", Norm: "bfd:59:1"}}
	return o
}

func open(t *testing.T) *resttest.Line {
	t.Helper()
	norms := []ident.Norm{"bfd:59:1"}
	all := []rule.Asked{rule.New("limit", 1, norms, decide, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{"judged": "Er is geoordeeld."}))}
	names, err := desk.Described()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		all = append(all, rule.New(name, 1, norms, decide))
	}
	reg, err := rule.NewRegistry(all...)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(reg)
	if err != nil {
		t.Fatal(err)
	}
	return resttest.Open(t, []string{api.AskRules}, func(a *rest.API) { api.Mount(a, d) })
}

func ask(t *testing.T, l *resttest.Line, method, path, body string) (int, map[string]any, string) {
	t.Helper()
	status, said := l.Say(method, path, body)
	var v map[string]any
	if err := json.Unmarshal([]byte(said), &v); err != nil {
		t.Fatalf("%s %s answers %q", method, path, said)
	}
	return status, v, said
}

func TestADecisionComesWithReasonsAndKeepsEveryDigit(t *testing.T) {
	status, _, body := ask(t, open(t), "POST", "/beslissingen", `{"rule":"limit","given":{"amount":"100000000000000000000.01"}}`)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	for _, want := range []string{`"allowed":false`, `"twice":200000000000000000000.02`, `"rule_version":1`, `"profile":"bfd-2005"`, "Er is geoordeeld.", "artikel 59, eerste lid, Bfd"} {
		if !strings.Contains(body, want) {
			t.Errorf("lacks %s: %s", want, body)
		}
	}
	if strings.Contains(body, "counterfactual") {
		t.Errorf("tells what was not asked: %s", body)
	}
}

func TestTheCounterfactualNamesTheBoundary(t *testing.T) {
	_, v, body := ask(t, open(t), "POST", "/beslissingen", `{"rule":"limit","given":{"amount":1000.5},"counterfactual":true}`)
	first, _ := v["counterfactual"].([]any)
	if len(first) == 0 || !strings.Contains(body, `"field":"amount","from":1000.5,"to":1000,"changes":["allowed","twice"]`) {
		t.Errorf("got %s", body)
	}
}

func TestWhatIsWrongIsNamedInTheBody(t *testing.T) {
	h := open(t)
	for _, tt := range []struct {
		body    string
		status  int
		pointer string
	}{
		{`{"rule":"limit","given":{"amount":"veel","fine":"ja"}}`, 400, "/given/amount"},
		{`{"rule":"limit","given":{"amount":"veel","fine":"ja"}}`, 400, "/given/fine"},
		{`{"rule":"limit","given":[]}`, 400, "/given"},
		{`{"rule":"limit"}`, 400, "/given"},
		{`{"given":{}}`, 400, "/rule"},
		{`{"rule":"limit","given":{"amount":1,"amount":2}}`, 400, "/given/amount"},
		{`{"rule":"none","given":{}}`, 404, "unknown-rule"},
		{`{"rule":"limit","given":{},"rule_version":9}`, 404, "unknown-rule"},
	} {
		status, _, body := ask(t, h, "POST", "/beslissingen", tt.body)
		if status != tt.status || !strings.Contains(body, tt.pointer) {
			t.Errorf("%s: %d %s", tt.body, status, body)
		}
	}
}

func TestFaultsOfTheBodyAndOfTheFactsComeTogether(t *testing.T) {
	h := open(t)
	for _, tt := range []struct{ name, body string }{
		{"a word too many and a wrong amount", `{"rule":"limit","given":{"amount":"veel"},"gevraagd":1}`},
		{"no version and a wrong amount", `{"rule":"limit","given":{"amount":"veel"},"rule_version":"een"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, v, body := ask(t, h, "POST", "/beslissingen", tt.body)
			faults, _ := v["errors"].([]any)
			if status != http.StatusBadRequest || len(faults) != 2 || !strings.Contains(body, `"/given/amount"`) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	status, _, body := ask(t, h, "POST", "/beslissingen", `{"rule":"none","given":{},"gevraagd":1}`)
	if status != http.StatusBadRequest || !strings.Contains(body, `"/rule"`) || !strings.Contains(body, `"/gevraagd"`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestARuleTellsItsSchema(t *testing.T) {
	h := open(t)
	status, v, body := ask(t, h, "GET", "/regels/limit", "")
	if status != http.StatusOK || !strings.Contains(body, `"question":{"additionalProperties":false,"properties":{"amount":{`) {
		t.Errorf("%d %s", status, body)
	}
	if _, ok := v["reasons"].([]any); !ok {
		t.Errorf("no reasons in %s", body)
	}
	if status, _, _ := ask(t, h, "GET", "/regels/none", ""); status != http.StatusNotFound {
		t.Errorf("an unknown rule is %d", status)
	}
	_, list, _ := ask(t, h, "GET", "/regels", "")
	if items, _ := list["items"].([]any); len(items) < 2 {
		t.Errorf("the list holds %v", list)
	}
}
