package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/desk/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/staff"
	"zorgplicht/staff/stafftest"
)

// room is the pages on a registry of one rule that takes every kind of field.
type room struct {
	*stafftest.Workplace
}

type in struct {
	Told   *bool                    `json:"told"`
	Kind   string                   `json:"kind,omitempty" enum:"short,long"`
	Day    *calendar.Date           `json:"day"`
	End    canon.Opt[calendar.Date] `json:"end"`
	Amount *money.Decimal           `json:"amount"`
	Names  []string                 `json:"names,omitempty"`
	Free   map[string]int           `json:"free,omitempty"`
	Note   string                   `json:"note,omitempty"`
}

type out struct {
	rule.Why
	Held []string `json:"held"`
	Sum  int      `json:"sum"`
}

func decide(q in) out {
	o := out{Held: []string{}}
	hold := func(there bool, what string) {
		if there {
			o.Held = append(o.Held, what)
		}
	}
	hold(q.Told != nil && *q.Told, "told")
	hold(q.Kind == "long", "long")
	hold(q.Day != nil && q.Day.String() == "2020-02-29", "leap day")
	hold(q.End.Null, "endless")
	hold(q.Amount != nil && q.Amount.Cmp(money.MustParse("1234.56")) == 0, "amount")
	hold(len(q.Names) == 2, "two names")
	hold(q.Note != "", q.Note)
	for _, n := range q.Free {
		o.Sum += n
	}
	o.Because = []rule.Reason{{Code: "counted", Norm: "bfd:14:2", Values: map[string]string{"n": "x"}}}
	return o
}

func open(t *testing.T) *room {
	t.Helper()
	norms := []ident.Norm{"bfd:14:2", "afm:ket:duty"}
	texts := rule.Texts(map[string]string{"counted": "Er is geteld tot {n}."})
	all := []rule.Asked{rule.New("kitchen_sink", 1, norms, decide, texts), rule.New("kitchen_sink", 2, norms, decide, texts, rule.Profile(rule.Bfd2005))}
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
	r := &room{Workplace: stafftest.New(t, staff.Compliance)}
	web.Mount(r.Site, d, r)
	return r
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

func plain(page string) string {
	_, page, _ = strings.Cut(page, "<main")
	return html.UnescapeString(regexp.MustCompile(` +`).ReplaceAllString(tags.ReplaceAllString(page, " "), " "))
}

func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q:\n%s", text, page)
		}
	}
}

func TestTheListFindsARuleByNameWordAndArticle(t *testing.T) {
	r := open(t)
	for _, tt := range []struct{ query, shows, hides string }{
		{"", "kitchen_sink", ""},
		{"?zoek=SINK", "kitchen_sink", "test_required"},
		{"?zoek=verplicht+toets", "test_required", "kitchen_sink"},
		{"?zoek=artikel+14", "kitchen_sink", ""},
		{"?recht=bfd-2005", "kitchen_sink", "test_required"},
		{"?zoek=bestaatniet", "Geen regel past bij wat u zoekt", "kitchen_sink"},
	} {
		page := plain(sitetest.Get(r, "/werk/regels"+tt.query).Body.String())
		has(t, page, tt.shows)
		if tt.hides != "" && strings.Contains(page, tt.hides) {
			t.Errorf("%s shows %s", tt.query, tt.hides)
		}
	}
}

func TestEveryKindOfFieldReachesTheRule(t *testing.T) {
	r := open(t)
	w := sitetest.Post(r, "/werk/regels/kitchen_sink", url.Values{
		"v-told": {"ja"}, "v-kind": {"long"}, "v-day": {"2020-02-29"}, "v-end": {"null"}, "v-amount": {"1234,56"},
		"v-names": {" a \r\n\r\n b "}, "v-free": {`{"x": 40, "y": 2}`}, "v-note": {"met 'aanhaling'"},
	})
	page := plain(w.Body.String())
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, page)
	}
	has(t, page, "told, long, leap day, endless, amount, two names, met 'aanhaling'", "42", "Er is geteld tot x.", "artikel 14, tweede lid, Bfd",
		`zorgplicht decide kitchen_sink --given '{"amount":1234.56,"day":"2020-02-29","end":null`, "En als het anders was geweest?")
}

func TestAFieldLeftEmptyIsNotGiven(t *testing.T) {
	page := plain(sitetest.Post(open(t), "/werk/regels/kitchen_sink", url.Values{"v-told": {""}, "v-note": {"  "}}).Body.String())
	has(t, page, "--given '{}'")
}

func TestWhatIsWrongIsSaidAtEachFieldAndKept(t *testing.T) {
	w := sitetest.Post(open(t), "/werk/regels/kitchen_sink", url.Values{
		"v-told": {"misschien"}, "v-free": {"{"}, "v-note": {"blijft staan"},
	})
	page := w.Body.String()
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
	has(t, page, `href="#v-told"`, `href="#v-free"`, "blijft staan", "<title>Fout:")
	w = sitetest.Post(open(t), "/werk/regels/kitchen_sink", url.Values{"v-day": {"29-02-2020"}, "v-amount": {"veel"}, "v-free": {`{"x":"y"}`}, "v-kind": {"wide"}})
	has(t, w.Body.String(), `href="#v-day"`, `href="#v-amount"`, `href="#v-free"`, `href="#v-kind"`, "29-02-2020")
}

func TestTheWholeQuestionCanBeWrittenAsJSON(t *testing.T) {
	r := open(t)
	has(t, sitetest.Get(r, "/werk/regels/kitchen_sink?wijze=json").Body.String(), `name="json"`)
	w := sitetest.Post(r, "/werk/regels/kitchen_sink", url.Values{"wijze": {"json"}, "json": {`{"told":true}`}})
	has(t, plain(w.Body.String()), "Antwoord", "told")
	for _, bad := range []string{``, `{"told":`, `{"told":1,"more":2}`, `[]`} {
		w := sitetest.Post(r, "/werk/regels/kitchen_sink", url.Values{"wijze": {"json"}, "json": {bad}})
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `href="#json"`) {
			t.Errorf("%q: status %d", bad, w.Code)
		}
	}
}

func TestAnOldVersionStaysToBeAsked(t *testing.T) {
	r := open(t)
	has(t, plain(sitetest.Get(r, "/werk/regels/kitchen_sink?versie=1").Body.String()), "een oude versie", "versie 2")
	has(t, sitetest.Get(r, "/werk/regels/kitchen_sink?versie=1").Body.String(), `action="/werk/regels/kitchen_sink?versie=1"`)
	for _, path := range []string{"/werk/regels/kitchen_sink?versie=3", "/werk/regels/kitchen_sink?versie=x", "/werk/regels/geen"} {
		if w := sitetest.Get(r.Site, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestAnExampleFillsTheForm(t *testing.T) {
	page := sitetest.Get(open(t), "/werk/regels/test_required?voorbeeld=1").Body.String()
	has(t, plain(page), "Hypotheek zonder advies")
}

func TestWhoMayNotAskIsRefused(t *testing.T) {
	r := open(t)
	r.Be("nobody")
	for _, path := range []string{"/werk/regels", "/werk/regels/kitchen_sink"} {
		if w := sitetest.Get(r.Site, path); w.Code != http.StatusForbidden {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}
