package money_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/money"
)

func TestAnAmountIsReadAsDutchPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]money.Cents{
		"125": 12_500, "125,5": 12_550, "€ 1.234,56": 123_456, "0,05": 5, " 1.000.000 ": 100_000_000, "007": 700,
	} {
		if got, err := money.ParseCents(in); err != nil || got != want {
			t.Errorf("%q is %d, %v", in, got, err)
		}
	}
}

func TestWhatIsNoAmountIsRefused(t *testing.T) {
	for _, in := range []string{"", "12.5", "1.23,4", "1,234", "-5", "1 000", "12,", ",50", "1e3", "1.0000", "9999999999999999999", "€", "12,x"} {
		if got, err := money.ParseCents(in); err == nil {
			t.Errorf("%q is read as %d", in, got)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := money.Cents(rapid.Int64Range(0, 100_000_000_000).Draw(t, "cents"))
		if got, err := money.ParseCents(strings.ReplaceAll(c.Dutch(), "\u00a0", " ")); err != nil || got != c {
			t.Fatalf("%s is read as %d, %v", c.Dutch(), got, err)
		}
	})
	if got := money.Cents(-5).Dutch(); got != "-€\u00a00,05" {
		t.Error(got)
	}
}
