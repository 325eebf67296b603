// Package party knows for which firms (financiële dienstverleners) the house
// keeps records, and who their clients are.
//
// Everywhere else a client is an id that says nothing. Only this room can lead
// from that id to the firm's own reference of the client (klantreferentie, such
// as a file number), and only this room forgets: when a reference is erased the
// facts in the journal keep their proof and lose their person. That is how
// storage limitation (article 5, first paragraph, point e, GDPR) and an
// append-only journal live together.
package party

import (
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// A Firm is a financial service provider for whom the house keeps records. It is
// the tenant: every row of every room belongs to one.
type Firm struct {
	ID   ident.Firm
	Name string // as clients know it; shown on each page of a test

	// OnePerson holds where nobody else can look at what the owner publishes:
	// four eyes are then a written reason and a day's delay.
	OnePerson bool
}

// A Person is a client as a firm knows it.
type Person struct {
	ID        ident.Person
	Reference string    // the firm's own; empty once forgotten
	Known     time.Time // when the firm first named this client
	Forgotten time.Time // zero while the reference is kept
}

// The longest name of a firm and the longest reference, in characters.
const (
	MaxName      = 120
	MaxReference = 64
)

// CheckFirm returns all that is wrong with a firm's particulars as one
// fault.Invalid, or nil.
func CheckFirm(f Firm) error {
	var bad []fault.Detail
	if !ident.Valid(string(f.ID)) {
		bad = append(bad, fault.Detail{Pointer: "/id", Reason: "id-not-uuidv7", Text: "Het kenmerk van de onderneming is geen UUIDv7."})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(f.Name)); n == 0 || n > MaxName {
		bad = append(bad, fault.Detail{Pointer: "/name", Reason: "name-length", Text: "Geef de naam van de onderneming, in hoogstens 120 tekens."})
	}
	if text.HoldsBSN(f.Name) {
		bad = append(bad, fault.Detail{Pointer: "/name", Reason: "bsn", Text: "In de naam staat wat op een burgerservicenummer lijkt. Dat mag niet worden bewaard: haal het weg."})
	}
	return fault.All("firm-invalid", bad)
}

// CheckReference returns what is wrong with a firm's own reference of a client as
// a fault.Invalid at this pointer, or nil. A reference is 1 to 64 printable
// characters without space at either end: what a person can read out over the
// telephone and find again.
func CheckReference(pointer, ref string) error {
	if n := utf8.RuneCountInString(ref); !utf8.ValidString(ref) || n == 0 || n > MaxReference ||
		strings.TrimSpace(ref) != ref || strings.ContainsFunc(ref, unprintable) {
		return fault.All("reference-invalid", []fault.Detail{{
			Pointer: pointer,
			Reason:  "client-reference-invalid",
			Text:    "Geef uw eigen klantreferentie: 1 tot 64 tekens op één regel, zonder spatie aan het begin of eind.",
		}})
	}
	return nil
}

func unprintable(r rune) bool {
	return r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == utf8.RuneError
}
