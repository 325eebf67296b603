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
// colons, is one word; a colon behind a word is none of it.
func Words(s string) (all []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(plain(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ':'
	}) {
		if w = strings.Trim(w, ":"); w != "" {
			all = append(all, w)
		}
	}
	return all
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

// Hollow are the stems of words that stand in nearly every Dutch text and tell none
// from another.
var Hollow = Stems(`de het een en of van te ik u uw je mijn mij is was ben zijn wordt werd in op aan om bij door naar voor met als dan dat die dit
	er niet ook maar nog al nu heb hebt heeft had kan kon we wij ze zij hij per`)

// Capital is a text that begins with a capital.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
