package text

import (
	"slices"
	"testing"
)

func TestWordsOfAText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"small letters without accents", "Financiële Boete", []string{"financiele", "boete"}},
		{"a colon behind a word is none of it", "Vervroegd aflossen: te duur", []string{"vervroegd", "aflossen", "te", "duur"}},
		{"an id stays whole", "zie bfd:51:1, of zo", []string{"zie", "bfd:51:1", "of", "zo"}},
		{"a colon alone is no word", "een : twee", []string{"een", "twee"}},
		{"nothing", " – ", nil},
	} {
		if got := Words(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHollowWordsAreStems(t *testing.T) {
	for _, w := range []string{"voor", "wordt", "mijn", "een"} {
		if stem := Stem(w); !slices.Contains(Hollow, stem) {
			t.Errorf("%q has stem %q, which is not among them", w, stem)
		}
	}
	for _, w := range []string{"rente", "boete", "werk"} {
		if slices.Contains(Hollow, Stem(w)) {
			t.Errorf("%q tells something", w)
		}
	}
}
