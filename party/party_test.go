package party_test

import (
	"strings"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/party"
)

func TestCheckReference(t *testing.T) {
	for _, c := range []struct {
		name, ref string
		good      bool
	}{
		{"a file number", "D-2041", true},
		{"spaces within", "dossier 20 41", true},
		{"letters with accents", "José-1", true},
		{"64 characters", strings.Repeat("é", 64), true},
		{"65 characters are too many", strings.Repeat("é", 65), false},
		{"nothing", "", false},
		{"only a space", " ", false},
		{"a space at the end", "D-2041 ", false},
		{"two lines", "D\n2041", false},
		{"a null byte", "D\x002041", false},
		{"broken UTF-8", "D\xff2041", false},
		{"a C1 control", "D\u00852041", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := party.CheckReference("/clientReference", c.ref)
			if (err == nil) != c.good {
				t.Fatalf("good is %t, got %v", c.good, err)
			}
			if err != nil && strings.TrimSpace(c.ref) != "" && strings.Contains(fault.As(err).Details[0].Text, c.ref) {
				t.Error("the fault repeats the rejected value")
			}
		})
	}
}

func TestCheckFirmTellsAll(t *testing.T) {
	err := party.CheckFirm(party.Firm{ID: "1", Name: " "})
	if f := fault.As(err); f == nil || len(f.Details) != 2 {
		t.Errorf("got %v", err)
	}
}
