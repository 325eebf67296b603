package casework

import (
	"slices"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Way is how something was said or sent.
type Way string

// The ways.
const (
	Internal Way = "intern"   // among ourselves
	Phone    Way = "telefoon" // heard or said on the phone
	Letter   Way = "brief"
	Mail     Way = "e-mail"
	Visit    Way = "gesprek"
	Link     Way = "link" // by the client's own page
)

// Ways are all ways, in the order of the form.
var Ways = []Way{Internal, Phone, Letter, Mail, Visit, Link}

// Check returns what is wrong with a way in a field.
func (w Way) Check(at string) []fault.Detail {
	if slices.Contains(Ways, w) {
		return nil
	}
	return []fault.Detail{{Pointer: at, Reason: "invalid-value", Text: "Kies hoe het contact ging."}}
}

// A Note is what somebody wrote down under a case. It is never changed: who made a
// mistake writes another.
type Note struct {
	ID   string
	Case ID
	At   time.Time // when it was so
	Made time.Time // when it was written down
	By   string    // actor
	Way  Way
	Text string
}

// Digest is the hash by which a fact names the note.
func (n Note) Digest() ident.Hash { return ident.HashOf([]byte(n.ID + "\n" + n.Text)) }

// Line returns what is wrong with a text that people type in a field of a case: too
// long, a citizen service number, or nothing at all, where missing says what to do
// then. most is in characters.
func Line(at, s string, most int, missing string) []fault.Detail { return check(at, s, most, missing) }

// check returns what is wrong with a text that people type. most is in characters.
func check(at, s string, most int, missing string) []fault.Detail {
	switch n := utf8.RuneCountInString(s); {
	case n == 0 && missing != "":
		return []fault.Detail{{Pointer: at, Reason: "missing", Text: missing}}
	case n > most || !utf8.ValidString(s):
		return []fault.Detail{{Pointer: at, Reason: "too-long", Text: text.TooLong(most)}}
	case text.HoldsBSN(s):
		return []fault.Detail{{Pointer: at, Reason: "bsn", Text: "Hierin lijkt een burgerservicenummer te staan. Dat mogen wij niet vastleggen; haal het weg."}}
	}
	return nil
}
