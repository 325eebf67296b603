package advice_test

import (
	"testing"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
)

// TestWhatCannotBeIsRefusedInItsOwnWords: of amounts and days in a file.
func TestWhatCannotBeIsRefusedInItsOwnWords(t *testing.T) {
	today := calendar.MustParse("2026-03-02")
	c := advice.Content{
		Role: advice.Intermediary, Profile: advice.Profile{Position: advice.Position{Debt: new(int64(-100))}},
		Advice:  advice.Recommendation{Day: today, Kind: "sparen", Product: "Spaarplan"},
		Outcome: advice.Outcome{Result: advice.Other, Day: today, Product: "Deposito"}, Choice: &advice.OwnChoice{Warned: calendar.MustParse("0026-03-02")},
	}
	want := map[string]string{
		"/profile/position/debt": "Geef de schuld als een bedrag boven nul, of 0 als er geen is.",
		"/choice/warned":         "Geef een dag vanaf 1 januari 2006 en niet in de toekomst.",
	}
	f := fault.As(c.Faults(today))
	if f == nil || len(f.Details) != len(want) {
		t.Fatalf("%+v", f)
	}
	for _, d := range f.Details {
		if want[d.Pointer] != d.Text {
			t.Errorf("%s: %s", d.Pointer, d.Text)
		}
	}
}
