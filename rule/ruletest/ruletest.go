// Package ruletest holds rules against worked examples, for the tests of the
// rooms that export them.
package ruletest

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// T is what a test or a property test fails through.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Desk returns a registry of these rules.
func Desk(t T, rules ...rule.Asked) *rule.Registry {
	t.Helper()
	r, err := rule.NewRegistry(rules...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// worked is a worked example: the answer holds at least these fields, and none
// of the absent ones; lists have no order. An example that must fail names the
// faults.
type worked struct {
	ID     string               `json:"id"`
	Rule   string               `json:"rule"`
	Given  canon.Raw            `json:"given"`
	Answer map[string]canon.Raw `json:"answer,omitempty"`
	Source []string             `json:"source"`
	Says   string               `json:"says"`
	Absent []string             `json:"absent,omitempty"`
	Fault  string               `json:"fault,omitempty"`
	Codes  []string             `json:"codes,omitempty"` // reasons that must be among those given
}

// Examples holds the rules against the examples in testdata/desk.jsonl of the
// room, made from the text of the norms; source names the passages. Of each rule
// there must be at least as many as least.
func Examples(t *testing.T, r *rule.Registry, least int) {
	t.Helper()
	f, err := os.Open("testdata/desk.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	asked := map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var w worked
		if err := canon.Decode(lines.Bytes(), &w); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		asked[w.Rule]++
		t.Run(w.Rule+" "+w.ID+" "+w.Says, func(t *testing.T) { w.ask(t, r) })
	}
	for _, a := range r.Rules() {
		if asked[a.Name()] < least {
			t.Errorf("%s has %d examples, want %d", a.Name(), asked[a.Name()], least)
		}
	}
}

func (w worked) ask(t *testing.T, r *rule.Registry) {
	t.Helper()
	for _, source := range w.Source {
		if _, err := ident.ParseNorm(source); err != nil && !strings.HasPrefix(source, "memo:") {
			t.Error(err)
		}
	}
	reply, err := r.Ask(w.Rule, 0, w.Given, nil)
	if w.Fault != "" || err != nil {
		if got := Faults(err); got != w.Fault {
			t.Errorf("got %q (%v), want %q", got, err, w.Fault)
		}
		return
	}
	n, err := canon.Parse(reply.Answer)
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range w.Answer {
		if got := n.Get(field).Append(nil); sorted(got) != sorted(want) {
			t.Errorf("%s is %s, want %s", field, got, want)
		}
	}
	for _, field := range w.Absent {
		if n.Get(field).Valid() {
			t.Errorf("%s is answered: %s", field, reply.Answer)
		}
	}
	for _, code := range w.Codes {
		if !slices.ContainsFunc(reply.Reasons, func(why rule.Reason) bool { return why.Code == code }) {
			t.Errorf("no reason %s in %v", code, reply.Reasons)
		}
	}
	Explained(t, reply.Reasons)
}

// sorted returns a list of texts in one order, all else as it is.
func sorted(b []byte) string {
	var list []string
	if len(b) == 0 || b[0] != '[' || canon.Decode(b, &list) != nil {
		return string(b)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// Faults returns the faults of a question as pointers and codes, "" of none.
func Faults(err error) string {
	f := fault.As(err)
	if f == nil {
		return ""
	}
	var got []string
	for _, d := range f.Details {
		got = append(got, d.Pointer+" "+d.Reason)
	}
	return strings.Join(got, " ")
}

// Explained asks that there are reasons, each with a norm that exists and a Dutch
// sentence without holes.
func Explained(t T, reasons []rule.Reason) {
	t.Helper()
	if len(reasons) == 0 {
		t.Errorf("no reasons")
	}
	for _, why := range reasons {
		if _, err := ident.ParseNorm(string(why.Norm)); err != nil {
			t.Errorf("%s: %v", why.Code, err)
		}
		if why.Text == why.Code || !strings.HasSuffix(why.Text, ".") || strings.ContainsAny(why.Text, "{}") || strings.Contains(why.Text, "  ") {
			t.Errorf("%s reads %q", why.Code, why.Text)
		}
	}
}

// Replays asks that a decision kept now is answered the same again.
func Replays(t T, r *rule.Registry, d rule.Decision) {
	t.Helper()
	if found, err := r.Replay(d, nil); err != nil || found != nil {
		t.Errorf("replay of %s: %v, %v", d.Given, found, err)
	}
}

// Draws of facts that may be absent.
var (
	day  = rapid.Custom(func(t *rapid.T) calendar.Date { return drawnFrom.AddDays(rapid.IntRange(0, 8000).Draw(t, "day")) })
	fact = rapid.SampledFrom([]*bool{nil, new(false), new(true)})

	drawnFrom = calendar.MustParse("1999-12-25")
)

// Fact draws a fact that may be absent.
func Fact(t *rapid.T, name string) *bool { return fact.Draw(t, name) }

// Day draws a day.
func Day(t *rapid.T, name string) calendar.Date { return day.Draw(t, name) }

// MaybeDay draws a day that may be absent.
func MaybeDay(t *rapid.T, name string) *calendar.Date {
	if rapid.Bool().Draw(t, name+" absent") {
		return nil
	}
	return new(day.Draw(t, name))
}

// OptDay draws a day that may be absent or null.
func OptDay(t *rapid.T, name string) canon.Opt[calendar.Date] {
	switch rapid.IntRange(0, 3).Draw(t, name+" kind") {
	case 0:
		return canon.Opt[calendar.Date]{}
	case 1:
		return canon.Null[calendar.Date]()
	}
	return canon.Some(day.Draw(t, name))
}

// Word draws one of the words, or none.
func Word(t *rapid.T, name string, words ...string) *string {
	at := rapid.IntRange(-1, len(words)-1).Draw(t, name)
	if at < 0 {
		return nil
	}
	return &words[at]
}
