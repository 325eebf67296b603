package text

import "testing"

func TestHowLongATextMayBe(t *testing.T) {
	for most, want := range map[int]string{
		12:     "Deze tekst is te lang. Gebruik hooguit 12 tekens.",
		2000:   "Deze tekst is te lang. Gebruik hooguit 2000 tekens.",
		20_000: "Deze tekst is te lang. Gebruik hooguit 20.000 tekens.",
	} {
		if got := TooLong(most); got != want {
			t.Errorf("%d: %s", most, got)
		}
	}
}
