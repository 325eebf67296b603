package rule_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

func TestAskRendersTheReasons(t *testing.T) {
	for _, c := range []struct {
		name    string
		in      ceilingIn
		allowed bool
		text    string
	}{
		{"a text without values", question("1", "2"), true, "Het bedrag blijft onder de grens."},
		{"a text with a value", question("2.5", "2"), false, "Het bedrag ligt 0,5 boven de grens."},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := ceiling.Ask(c.in)
			if out.Allowed != c.allowed || out.Reasons()[0].Text != c.text {
				t.Errorf("got %+v", out)
			}
		})
	}
	if got := ceiling.Render(rule.Reason{Code: "none"}); got != "none" {
		t.Errorf("a code without a text reads %q", got)
	}
	if got := rule.New("x", 1, nil, sealedRule.Ask, rule.Texts(map[string]string{"a": "open { accolade"})).Render(rule.Reason{Code: "a"}); got != "open { accolade" {
		t.Errorf("an open brace reads %q", got)
	}
}

func TestADecisionHoldsAllAndIsReadBack(t *testing.T) {
	_, d := ceiling.Decide(question("2.50", "2"))
	b := canon.Must(d)
	want := `{"answer":{"allowed":false},"given":{"asked":2.5,"most":2},"norms":["bfd:59:1"],"profile":"bfd-2005",` +
		`"reasons":[{"code":"above","norm":"bfd:59:1","values":{"over":"0.5"}}],"rule":"ceiling","version":1}`
	if string(b) != want {
		t.Errorf("got %s", b)
	}
	var again rule.Decision
	if err := canon.Decode(b, &again); err != nil {
		t.Fatal(err)
	}
	if string(canon.Must(again)) != string(b) {
		t.Errorf("got %s", canon.Must(again))
	}
}

func TestTheRegistryRefuses(t *testing.T) {
	for name, rules := range map[string][]rule.Asked{
		"one name and version twice": {ceiling, ceiling},
		"a rule without norms":       {rule.New("x", 1, nil, sealedRule.Ask)},
		"a rule without a name":      {rule.New("", 1, []ident.Norm{"bfd:1"}, sealedRule.Ask)},
		"a version below one":        {rule.New("x", 0, []ident.Norm{"bfd:1"}, sealedRule.Ask)},
	} {
		if _, err := rule.NewRegistry(rules...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTheNewestVersionAnswersUnlessAnotherIsNamed(t *testing.T) {
	answer := func(n int) func(nothing) sealedOut { return func(nothing) sealedOut { return sealedOut{Value: n} } }
	two := rule.New("x", 2, []ident.Norm{"bfd:1"}, answer(2))
	one := rule.New("x", 1, []ident.Norm{"bfd:1"}, answer(1))
	r, err := rule.NewRegistry(two, one)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[int]string{0: `{"value":2}`, 1: `{"value":1}`, 2: `{"value":2}`} {
		if reply, err := r.Ask("x", version, []byte(`{}`), nil); err != nil || string(reply.Answer) != want {
			t.Errorf("version %d: got %s, %v", version, reply.Answer, err)
		}
	}
	if _, err := r.Ask("x", 3, []byte(`{}`), nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown version: %v", err)
	}
	if rules := r.Rules(); len(rules) != 2 || rules[0].Version() != 1 || rules[0].In().Name() != "nothing" || rules[0].Out().Name() != "sealedOut" {
		t.Errorf("got %v", rules)
	}
}

func TestAWrongQuestionNamesEveryFaultOnce(t *testing.T) {
	r := registry(t)
	for _, c := range []struct{ name, given, want string }{
		{"fields and the whole", `{"why":"boat","foo":1,"foo":2}`, "/foo duplicate-key /why unknown-value /foo unknown-field /foo unknown-field /asked missing"},
		{"a field that is wrong is not missing too", `{"asked":true}`, "/asked wrong-type"},
		{"a field twice is judged once", `{"asked":1,"most":true,"most":false}`, "/most duplicate-key /most wrong-type"},
		{"null", `{"asked":null}`, "/asked null-not-allowed"},
		{"no object", `[]`, " wrong-type /asked missing"},
		{"no JSON", `{`, " syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Ask("ceiling", 0, []byte(c.given), nil)
			f := fault.As(err)
			if f == nil {
				t.Fatalf("got %v", err)
			}
			var got []string
			for _, d := range f.Details {
				got = append(got, d.Pointer+" "+d.Reason)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q", strings.Join(got, " "))
			}
		})
	}
}

func TestASealedThingIsOpenedByItsHash(t *testing.T) {
	r := registry(t)
	s, b, err := rule.Seal(table{Rows: map[string]int{"a": 7}})
	if err != nil {
		t.Fatal(err)
	}
	open := func(h ident.Hash) ([]byte, error) {
		if h != s.Hash {
			return nil, fault.New(fault.NotFound, "no-such-thing", h.String())
		}
		return b, nil
	}
	given := canon.Must(sealedIn{Table: s, Row: "a"})
	if reply, err := r.Ask("look_up", 0, given, open); err != nil || string(reply.Answer) != `{"value":7}` {
		t.Errorf("got %s, %v", reply.Answer, err)
	}
	if _, err := r.Ask("look_up", 0, given, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing to open with: %v", err)
	}
	other := []byte(strings.Replace(string(given), s.Hash.String(), strings.Repeat("0", 64), 1))
	if _, err := r.Ask("look_up", 0, other, open); !fault.Is(err, fault.NotFound) {
		t.Errorf("another hash: %v", err)
	}
	changed := func(ident.Hash) ([]byte, error) { return []byte(`{"rows":{"a":8}}`), nil }
	if _, err := r.Ask("look_up", 0, given, changed); err == nil || fault.As(err) != nil {
		t.Errorf("other bytes under the hash: %v", err)
	}
	bad := []byte(`{"rows":[]}`)
	wrong := canon.Must(sealedIn{Table: rule.Sealed[table]{Hash: ident.HashOf(bad)}, Row: "a"})
	if _, err := r.Ask("look_up", 0, wrong, func(ident.Hash) ([]byte, error) { return bad, nil }); err == nil || fault.As(err) != nil {
		t.Errorf("a sealed thing of another shape is no fault of the question: %v", err)
	}
}

func TestReplayFindsWhatDiffers(t *testing.T) {
	r := registry(t)
	_, kept := ceiling.Decide(question("2.50", "2"))
	for _, c := range []struct {
		name   string
		change func(*rule.Decision)
		want   []string
	}{
		{"nothing was changed", func(*rule.Decision) {}, nil},
		{"another answer", func(d *rule.Decision) { d.Answer = canon.Raw(`{"allowed":true}`) }, []string{"answer"}},
		{"another input", func(d *rule.Decision) { d.Given = canon.Raw(`{"asked":3,"most":2}`) }, []string{"reasons"}},
		{"another code", func(d *rule.Decision) { d.Reasons[0].Code = "x" }, []string{"reasons"}},
		{"another norm", func(d *rule.Decision) { d.Reasons[0].Norm = "bfd:1" }, []string{"reasons"}},
		{"another value", func(d *rule.Decision) { d.Reasons[0].Values["over"] = "1" }, []string{"reasons"}},
		{"other norms of the rule", func(d *rule.Decision) { d.Norms[0] = "bfd:1" }, []string{"norms"}},
		{"another profile", func(d *rule.Decision) { d.Profile = rule.Current }, []string{"profile"}},
		{"another text is no difference", func(d *rule.Decision) { d.Reasons[0].Text = "x" }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d rule.Decision
			if err := canon.Decode(canon.Must(kept), &d); err != nil {
				t.Fatal(err)
			}
			c.change(&d)
			found, err := r.Replay(d, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, f.What)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReplayNeverTakesTheNewestForAnotherVersion(t *testing.T) {
	r := registry(t)
	_, d := ceiling.Decide(question("1", "2"))
	for _, version := range []int{0, 2} {
		d.Version = version
		if _, err := r.Replay(d, nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("version %d: %v", version, err)
		}
	}
	d.Version, d.Given = 1, canon.Raw(`{"asked":true}`)
	if _, err := r.Replay(d, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a question that cannot be read: %v", err)
	}
}
