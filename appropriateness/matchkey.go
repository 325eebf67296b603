package appropriateness

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// An Identity is by what one client is the same client at every channel and firm:
// it is turned into a match key (herkenningssleutel) and then let go. It is kept
// nowhere, in no row, fact, log or answer.
type Identity struct {
	FamilyName string
	BirthDate  string // 2006-01-02
	Postcode   string
}

// Given reports whether anything was filled in.
func (c Identity) Given() bool { return c != Identity{} }

// Check returns all that is wrong with what was filled in; at is the pointer of
// the whole. The day is today's, since nobody is born after it.
func (c Identity) Check(at string, today calendar.Date) (bad []fault.Detail) {
	add := func(field, code, says string) {
		bad = append(bad, fault.Detail{Pointer: at + field, Reason: code, Text: says})
	}
	switch n := utf8.RuneCountInString(c.FamilyName); {
	case n > 100:
		add("/familyName", "too-long", "De achternaam is hooguit 100 tekens lang.")
	case plainName(c.FamilyName) == "":
		add("/familyName", "missing", "Vul de achternaam in, met letters.")
	}
	switch d, err := calendar.Parse(c.BirthDate); {
	case err != nil:
		add("/birthDate", "invalid-value", "Vul de geboortedatum in als jaar-maand-dag, zoals 1985-03-09.")
	case d.After(today) || d.Year() < today.Year()-120:
		add("/birthDate", "out-of-range", "Deze geboortedatum kan niet. Controleer het jaar.")
	}
	if n := len(plainPostcode(c.Postcode)); n < 3 || n > 10 {
		add("/postcode", "invalid-value", "Vul de postcode in, zoals 1234 AB.")
	}
	return bad
}

// text is what the key is made of: the same for everything that people write
// differently and mean the same.
func (c Identity) text() string {
	return "zorgplicht/client/1\n" + plainName(c.FamilyName) + "\n" + c.BirthDate + "\n" + plainPostcode(c.Postcode)
}

// prefixes are the small words before a Dutch family name (tussenvoegsels). They
// are left out wherever they stand: one form has "van der Berg", another "Berg,
// van der", a third "Berg".
var prefixes = map[string]bool{
	"aan": true, "bij": true, "d": true, "da": true, "de": true, "del": true, "della": true, "den": true, "der": true, "des": true,
	"di": true, "do": true, "dos": true, "du": true, "el": true, "het": true, "in": true, "l": true, "la": true, "le": true, "les": true,
	"onder": true, "op": true, "over": true, "s": true, "t": true, "te": true, "ten": true, "ter": true, "toe": true, "tot": true,
	"uit": true, "van": true, "vande": true, "vanden": true, "vander": true, "von": true, "voor": true, "zu": true, "zum": true, "zur": true,
}

// folded are letters that no decomposition turns into plain ones.
var folded = strings.NewReplacer("ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// plainName is a family name without case, accents, spaces, signs and prefixes. A
// name of prefixes alone keeps them.
func plainName(name string) string {
	words := strings.FieldsFunc(folded.Replace(strings.ToLower(unaccented(name))), func(r rune) bool { return !unicode.IsLetter(r) })
	var kept []string
	for _, w := range words {
		if !prefixes[w] {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, "")
}

// unaccented takes letters apart and leaves the accents out; ĳ becomes ij.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// plainPostcode is a postcode in capitals, without spaces and signs.
func plainPostcode(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

// A MatchKey is the HMAC of an Identity under the key of one firm; zero where the
// client is known by the firm's own reference alone. Under the keys of two firms
// one client has two match keys, which nobody without those keys can tell to be of
// one person.
type MatchKey = ident.Hash
