package retention

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// MostOnList is how many records one list of destruction holds: few enough to look
// at, and to destroy in one transaction.
const MostOnList = 200

// A Stage is how far a list of destruction is.
type Stage string

// The stages.
const (
	Drawn    Stage = "opgesteld"
	Reviewed Stage = "beoordeeld"
	Done     Stage = "uitgevoerd"
	Dropped  Stage = "ingetrokken"
)

// A List is a list of records that are to be destroyed.
type List struct {
	ID         string
	Number     string // for people: "V-2026-001"
	Kind       Kind
	Stage      Stage
	Made       time.Time
	By         string // actor who drew it up
	Reviewed   time.Time
	Reviewer   string // actor who looked first
	Ended      time.Time
	Approver   string     // actor who looked last, or took it back
	Reason     string     // of a firm of one person, or for taking it back
	Size       int        // entries
	Gone       int        // of them destroyed
	Statement  ident.Hash // of the certificate; zero while there is none
	StatedSize int
}

// An Entry is a line of a list of destruction.
type Entry struct {
	Ref
	Label    string
	Earliest calendar.Date // since when it may go, when the list was drawn up
	Struck   string        // why somebody took it off the list; "" it stands
	Outcome  Outcome
	Why      string // code of the reason that kept it
	Gone     Gone
}

// An Outcome is what became of an entry.
type Outcome string

// The outcomes.
const (
	Open      Outcome = ""
	Destroyed Outcome = "vernietigd"
	Stayed    Outcome = "gebleven"
)

// Gone counts what was destroyed of a record.
type Gone struct {
	Payloads  int64 `json:"payloads"`  // of facts in the journal
	Texts     int64 `json:"texts"`     // words of people, answers, messages
	Documents int64 `json:"documents"` // files
	Words     int64 `json:"words"`     // by which it was found
}

// Add adds what another part of the house destroyed.
func (g Gone) Add(more Gone) Gone {
	return Gone{g.Payloads + more.Payloads, g.Texts + more.Texts, g.Documents + more.Documents, g.Words + more.Words}
}

// A Certificate is what the statement of destruction says. It names nobody but staff,
// and records by their number only.
type Certificate struct {
	List
	Firm    string // its name
	Looked  string // name of who reviewed
	Let     string // name of who let it happen
	About   About
	Entries []Entry
}
