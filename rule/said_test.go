package rule_test

import (
	"testing"

	"zorgplicht/canon"
	"zorgplicht/rule"
)

func TestASaidIsReadAndWritten(t *testing.T) {
	for in, want := range map[string]rule.Said{`true`: {Is: true}, `false`: {}, `"later"`: {Word: "later"}} {
		var s rule.Said
		if err := canon.Decode([]byte(in), &s); err != nil || s != want || string(canon.Must(s)) != in {
			t.Errorf("%s became %+v and %s, %v", in, s, canon.Must(s), err)
		}
	}
	for _, in := range []string{`1`, `null`, `[]`, `""`} {
		var s rule.Said
		if canon.Decode([]byte(in), &s) == nil {
			t.Errorf("%s is read as %+v", in, s)
		}
	}
}
