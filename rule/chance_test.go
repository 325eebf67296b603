package rule_test

import (
	"testing"

	"zorgplicht/canon"
	"zorgplicht/rule"
)

func TestAChanceIsReadAndWritten(t *testing.T) {
	for in, want := range map[string]string{
		`true`: `true`, `false`: `false`, `"yes"`: `true`, `"no"`: `false`, `"possible"`: `"possible"`, `"possibly"`: `"possible"`,
	} {
		var c rule.Chance
		if err := canon.Decode([]byte(in), &c); err != nil || string(canon.Must(c)) != want {
			t.Errorf("%s became %s, %v", in, canon.Must(c), err)
		}
		if may := rule.May(&c); may != (want != `false`) {
			t.Errorf("%s may: %v", in, may)
		}
	}
	for _, in := range []string{`"soon"`, `1`, `null`, `[]`} {
		var c rule.Chance
		if canon.Decode([]byte(in), &c) == nil {
			t.Errorf("%s is read as %q", in, c)
		}
	}
	if rule.May(nil) {
		t.Error("what is not given may")
	}
}

func TestADayIsReadAsTheDutchWriteIt(t *testing.T) {
	r := rule.New("x", 1, nil, sealedRule.Ask, rule.Texts(map[string]string{"a": "Tot en met {day}."}))
	if got := r.Render(rule.Because("a", "bfd:52", "day", "2007-09-05")); got != "Tot en met 5 september 2007." {
		t.Errorf("got %q", got)
	}
}
