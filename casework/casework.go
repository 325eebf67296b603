// Package casework holds what all rooms with cases share: who handles a case,
// what was noted and filed under it, which words find it, and what must be done
// before which day.
//
// A case (zaak) belongs to a room above: a complaint, an incident, an advice file.
// That room says what its cases are (About) and what falls due by its rules, and
// calls this one in its own transaction. Days that fall due follow from facts: they
// are kept as an index for speed, put in its whole each time a case changes, and
// never patched. A person may put off a reminder; the day of the law stays.
//
// What people read and write here may name a client, so it lies in rows that
// retention can destroy; facts name case, note and document by id and hash.
package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

// An ID names a case (UUIDv7).
type ID string

// A Kind is a sort of case, named by the room that has it: "klacht".
type Kind string

// About is what pages and lists need to know of a kind.
type About struct {
	Kind   Kind
	Dutch  string       // "klacht"
	Plural string       // "klachten"
	Prefix string       // of its numbers: "K" makes K-2026-0001
	Path   string       // of its list; a case lies below it by its id: "/werk/klachten"
	See    staff.Action // who may see them
	Do     staff.Action // who may work on them

	Mail    bool              // letters go out and messages are filed by e-mail, seen by all who see the post
	Letters []LetterKind      // that are written about them
	Fields  map[string]string // what may stand in their templates, with what it is in Dutch
}

// Href is the page of a case.
func (a About) Href(id ID) string { return a.Path + "/" + string(id) }

// A Case is what is shared of a case, whatever its kind.
type Case struct {
	ID       ID
	Kind     Kind
	Number   string        // for people, one per firm: "K-2026-0001"
	Title    string        // what it is about, in a line
	Received calendar.Date // the day that starts its clocks; never edited, see CorrectReceipt
	Made     time.Time     // when we wrote it down
	Closed   time.Time     // zero while it is open
	Handler  string        // account of who has it in hand; "" nobody yet
	Team     string        // of the firm; "" none
	Client   ident.Person  // "" where nobody is known by an id
	Product  string        // "" none
	Harm     Harm
	Revision int64 // counts the changes: whoever saves says which one they saw
}

// Open reports whether the case is still worked on.
func (c Case) Open() bool { return c.Closed.IsZero() && !c.Destroyed() }

// Destroyed reports whether the content of the case was destroyed under retention:
// its number, days and kind are left, and nobody changes it any more.
func (c Case) Destroyed() bool { return c.Revision == DestroyedRevision }

// DestroyedRevision ends the count of changes of a case whose content was destroyed.
const DestroyedRevision = -1

// Harm is how much a client is or may be hurt.
type Harm int

// The degrees of harm.
const (
	NoHarm     Harm = iota
	SomeHarm        // a nuisance, or an amount the client does not miss
	GreatHarm       // the client misses the money, or a cover
	SevereHarm      // home, income or health are at stake
)

// Harms are all degrees, from light to heavy.
var Harms = []Harm{NoHarm, SomeHarm, GreatHarm, SevereHarm}

// Dutch is how a page names the degree; one that is none of them is unknown.
func (h Harm) Dutch() string {
	if !slices.Contains(Harms, h) {
		h = NoHarm
	}
	return [...]string{"geen of onbekend", "klein", "groot", "ernstig"}[h]
}

// Check returns what is wrong with a degree in a field.
func (h Harm) Check(at string) []fault.Detail {
	if slices.Contains(Harms, h) {
		return nil
	}
	return []fault.Detail{{Pointer: at, Reason: "invalid-value", Text: "Kies een schade uit de lijst: van 0 (geen of onbekend) tot en met 3 (ernstig)."}}
}

// number writes the n-th number of a kind in a year.
func number(prefix string, year, n int) string { return fmt.Sprintf("%s-%04d-%04d", prefix, year, n) }

// The longest texts that are kept, in characters.
const (
	LongestTitle  = 160
	LongestNote   = 20_000
	LongestReason = 500
	LongestTeam   = 60
	LongestName   = 200
)

// LargestDocument is the most bytes of one document.
const LargestDocument = 10 << 20

// Short is the first line of a text, cut to what a list shows.
func Short(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 100 {
		return string(r[:97]) + "…"
	}
	return s
}
