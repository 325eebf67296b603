package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestHoldsBSN(t *testing.T) {
	for _, c := range []struct {
		name, s string
		want    bool
	}{
		{"nine digits that pass the eleven test", "111222333", true},
		{"with dots", "1112.22.333", true},
		{"eight digits get a nought before them", "10000008", true},
		{"inside a sentence", "bsn 111222333, graag spoed", true},
		{"a digit off", "111222334", false},
		{"ten digits are no citizen service number", "1112223330", false},
		{"a client number of a firm", "K-2026-00418", false},
		{"the digits of a UUID", "abcdefab-c111-2223-33ab-abcdefabcdef", false},
		{"beside a UUID", "abcdefab-c111-2223-33ab-abcdefabcdef 111222333", true},
		{"the number of a case", "zie K-2026-0003 en I-2026-0015", false},
		{"a day", "gebeld op 2026-01-06 en 12-01-2026", false},
		{"a day beside one", "gebeld op 2026-01-06, 111222333", true},
		{"nine noughts", "000000000", false},
		{"beside another number, as in a table", "12 111222333 2024", true},
		{"behind a number with a dash", "polis 123-45 111222333", true},
		{"with dots, beside another number", "7 1112.22.333", true},
		{"with blanks that do not break a line", "111\u00a0222\u00a0333", true},
		{"with long dashes", "111–222–333", true},
		{"a telephone number behind the code of the country", "+31 111222333", false},
		{"eight digits behind another number, as of a mobile telephone", "06 10000008", false},
		{"digits that are nine together with a neighbour of one", "1 11222333 0", false},
		{"nothing", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := HoldsBSN(c.s); got != c.want {
				t.Errorf("HoldsBSN(%q) = %v, want %v", c.s, got, c.want)
			}
		})
	}
}

func TestMaskBSN(t *testing.T) {
	for s, want := range map[string]string{
		"Mijn nummer is 111222333.":   "Mijn nummer is " + Masked + ".",
		"111.222.333 en 0612345678":   Masked + " en 0612345678",
		"K-2026-0042, é 111-222-333é": "K-2026-0042, é " + Masked + "é",
		"niets te zien, 123":          "niets te zien, 123",
		"12 111222333, 7":             "12 " + Masked + ", 7",
		"111 222 333 111222333":       Masked + " " + Masked,
		"111222333 \n 111222333":      Masked + " \n " + Masked,
	} {
		got, held := MaskBSN(s)
		if got != want || held != (s != want) {
			t.Errorf("%q became %q (%v)", s, got, held)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`([0-9. a-]{0,14}(111222333|[0-9]{9})?[é x-]?){1,5}`).Draw(t, "text")
		got, held := MaskBSN(s)
		if HoldsBSN(got) || held != HoldsBSN(s) {
			t.Fatalf("%q became %q (%v)", s, got, held)
		}
	})
}

func TestACapitalIsPutBeforeAnyText(t *testing.T) {
	for given, want := range map[string]string{"": "", "klachten": "Klachten", "één": "Één", "Bfd": "Bfd", "3 dagen": "3 dagen"} {
		if got := Capital(given); got != want {
			t.Errorf("%q became %q", given, got)
		}
	}
}
