package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Words splits a text into words in small letters without accents. An id, with its
// colons, is one word.
func Words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(plain(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ':'
	})
}

// plain takes accents away, so that "financiele" finds "financiële".
func plain(s string) string {
	out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s // the transformers fail on no text
	}
	return out
}

// Stem returns the stem of a Dutch word by the Snowball rules. What holds a digit or
// a colon stays as it is.
func Stem(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsDigit(r) || r == ':' }) {
		return word
	}
	env := snowballstem.NewEnv(word)
	dutch.Stem(env)
	return env.Current()
}

// Stems returns the stems of all words of the texts, each once and sorted.
func Stems(texts ...string) []string {
	var all []string
	seen := map[string]bool{}
	for _, s := range texts {
		for _, w := range Words(s) {
			if w = Stem(w); !seen[w] {
				seen[w] = true
				all = append(all, w)
			}
		}
	}
	slices.Sort(all)
	return all
}

// Capital is a text that begins with a capital.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
