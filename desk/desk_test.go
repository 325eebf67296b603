package desk_test

import (
	"slices"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/desk"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

type in struct {
	Day    *calendar.Date            `json:"day"`
	Amount *money.Decimal            `json:"amount"`
	Told   *bool                     `json:"told"`
	Kind   string                    `json:"kind,omitempty" enum:"a,b"`
	End    canon.Opt[calendar.Date]  `json:"end"`
	Names  []string                  `json:"names,omitempty"`
	Inside *struct{ Deep *bool }     `json:"inside"`
	Free   map[string]*money.Decimal `json:"free,omitempty"`
}

type out struct {
	rule.Why
	Fine    bool          `json:"fine"`
	On      calendar.Date `json:"on,omitzero"`
	Against []string      `json:"against"`
}

// fine decides a rule with a boundary of each sort.
func fine(q in) out {
	o := out{Against: []string{}}
	note := func(wrong bool, what string) {
		if wrong {
			o.Against = append(o.Against, what)
		}
	}
	note(q.Day != nil && q.Day.After(calendar.MustParse("2007-10-01")), "late")
	note(q.Amount != nil && q.Amount.Cmp(money.Whole(1000)) > 0, "much")
	note(q.Told != nil && !*q.Told, "untold")
	note(q.Kind == "b", "kind")
	note(q.End.Null, "endless")
	note(slices.Contains(q.Names, "x"), "x")
	note(q.Inside != nil && q.Inside.Deep != nil && *q.Inside.Deep, "deep")
	o.Fine = len(o.Against) == 0
	if q.Day != nil {
		o.On = q.Day.AddDays(1)
	}
	return o
}

func newDesk(t *testing.T) *desk.Desk {
	t.Helper()
	norms := []ident.Norm{"bfd:1"}
	all := []rule.Asked{rule.New("all_is_fine", 1, norms, fine), rule.New("all_is_fine", 2, norms, fine)}
	for _, name := range known(t) {
		all = append(all, rule.New(name, 1, norms, fine))
	}
	reg, err := rule.NewRegistry(all...)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(reg)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// known are the rules that rules.yaml tells of.
func known(t *testing.T) []string {
	t.Helper()
	names, err := desk.Described()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// counters returns what would change the decision, as lines.
func counters(t *testing.T, given string) []string {
	t.Helper()
	found, err := newDesk(t).Counters("all_is_fine", 2, []byte(given))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range found {
		line := c.Field + ": " + desk.Written(c.From)
		if c.Absent {
			line = c.Field + ": nothing"
		}
		line += " -> " + desk.Written(c.To)
		if c.Removed {
			line = c.Field + ": left out"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTheNearestChangeIsFound(t *testing.T) {
	for _, tt := range []struct{ name, given, want string }{
		{"the first day after the boundary", `{"day":"2007-01-15"}`, "day: 2007-01-15 -> 2007-10-02"},
		{"the last day before it", `{"day":"2020-02-29"}`, "day: 2020-02-29 -> 2007-10-01"},
		{"the boundary day itself", `{"day":"2007-10-01"}`, "day: 2007-10-01 -> 2007-10-02"},
		{"the first amount above the boundary, in its own smallest step", `{"amount":"999.50"}`, "amount: 999.50 -> 1000.1"},
		{"in whole steps", `{"amount":250}`, "amount: 250 -> 1001"},
		{"the last amount that is not above it", `{"amount":"123456.78"}`, "amount: 123456.78 -> 1000"},
		{"no for yes", `{"told":true}`, "told: ja -> nee"},
		{"yes for no", `{"told":false}`, "told: nee -> ja"},
		{"another word", `{"kind":"a"}`, "kind: a -> b"},
		{"null where it is taken", `{"end":"2020-01-01"}`, "end: 2020-01-01 -> null"},
		{"a list without one of its items", `{"names":["y","x"]}`, `names: ["y","x"] -> ["y"]`},
		{"a field left out", `{"told":false}`, "told: left out"},
		{"a field within", `{"inside":{"Deep":false}}`, "inside.Deep: nee -> ja"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := counters(t, tt.given); !slices.Contains(got, tt.want) {
				t.Errorf("found %q, not %q", got, tt.want)
			}
		})
	}
}

func TestAnotherDateInTheAnswerIsNoOtherDecision(t *testing.T) {
	for _, line := range counters(t, `{"day":"1990-01-01"}`) {
		if strings.HasPrefix(line, "day: 1990") && !strings.HasSuffix(line, "2007-10-02") {
			t.Errorf("%q only moves a date of the answer", line)
		}
	}
}

func TestTheQuestionItselfStaysAsItWas(t *testing.T) {
	given := []byte(`{"inside":{"Deep":true},"names":["x"]}`)
	d := newDesk(t)
	for range 2 {
		if _, err := d.Counters("all_is_fine", 1, given); err != nil {
			t.Fatal(err)
		}
	}
	reply, err := d.Ask("all_is_fine", 1, given)
	if err != nil || !strings.Contains(string(reply.Answer), `"deep"`) {
		t.Errorf("answers %s, %v", reply.Answer, err)
	}
}

func TestAWrongQuestionHasNoCounters(t *testing.T) {
	_, err := newDesk(t).Counters("all_is_fine", 0, []byte(`{"kind":"c","more":1}`))
	if f := fault.As(err); f == nil || len(f.Details) != 2 {
		t.Errorf("got %v", err)
	}
	if _, err := newDesk(t).Counters("none", 0, []byte(`{}`)); !fault.Has(err, rule.UnknownRule) {
		t.Errorf("got %v", err)
	}
}

func TestTheDeskTellsOfEachVersion(t *testing.T) {
	d := newDesk(t)
	old, err := d.Rule("all_is_fine", 1)
	if err != nil || old.Newest || !slices.Equal(old.Versions, []int{1, 2}) {
		t.Errorf("%+v, %v", old, err)
	}
	if len(old.Question.Fields) != 8 || !old.Question.Closed || old.Answer.Fields[0].Name != "against" {
		t.Errorf("question %v, answer %v", old.Question, old.Answer)
	}
	for _, r := range d.Rules() {
		if !r.Newest {
			t.Errorf("%s/%d is old", r.Name, r.Version)
		}
	}
}
