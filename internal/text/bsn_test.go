package text

import "testing"

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
		{"nothing", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := HoldsBSN(c.s); got != c.want {
				t.Errorf("HoldsBSN(%q) = %v, want %v", c.s, got, c.want)
			}
		})
	}
}
