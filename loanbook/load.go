package loanbook

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/money"
)

// A LoadState says how far the reading of a file is.
type LoadState string

// The states.
const (
	LoadWaiting LoadState = "waiting"
	LoadRunning LoadState = "running"
	LoadDone    LoadState = "done"    // it is in the book
	LoadRefused LoadState = "refused" // there were faults, and nothing was taken
	LoadTried   LoadState = "tried"   // it was only held against the rules; nothing was taken
	LoadFailed  LoadState = "failed"  // the file cannot be read; nothing was taken
	LoadUndone  LoadState = "undone"  // it was in the book, and was taken out of it

	LoadDestroyed LoadState = "destroyed" // its time was over: the agreements in it are gone
)

// Dutch is how people call it.
func (s LoadState) Dutch() string {
	switch s {
	case LoadWaiting:
		return "Wacht"
	case LoadRunning:
		return "Bezig"
	case LoadDone:
		return "Ingelezen"
	case LoadRefused:
		return "Geweigerd"
	case LoadTried:
		return "Alleen gecontroleerd"
	case LoadFailed:
		return "Mislukt"
	case LoadDestroyed:
		return "Vernietigd"
	}
	return "Ongedaan gemaakt"
}

// A Mode is what is done with rows that have a fault.
type Mode string

// The modes.
const (
	Whole Mode = "alles" // with a fault anywhere nothing is taken
	Good  Mode = "goede" // rows with a fault are left out
	Try   Mode = "proef" // nothing is taken at all
)

// A Load is a stand of the book: a file with every agreement as it stands on a day.
type Load struct {
	ID     string
	Number int // counts from 1
	Day    calendar.Date
	Mode   Mode
	State  LoadState
	File   ident.Hash // of what was sent
	By     string
	Made   time.Time
	Ended  time.Time
	Why    string        // a code: why it failed
	Undone string        // the reason for taking it out of the book
	Told   calendar.Date // all notices that it asked for were given on this day; zero while not
	Result
}

// A Result is what came of reading a file.
type Result struct {
	Rows    int         `json:"rows"`             // that were taken, or would have been
	Bad     int         `json:"bad"`              // rows with a fault
	Wrong   int         `json:"wrong"`            // faults
	Faults  ident.Hash  `json:"faults,omitempty"` // of the file that names them; zero where there were none
	Shown   []BadCell   `json:"shown"`            // the first of them
	Ignored []string    `json:"ignored"`          // columns that are not read
	Root    ident.Hash  `json:"root,omitempty"`   // of the tree over the rows, in the order of the file
	Salt    ident.Hash  `json:"salt,omitempty"`
	Balance money.Cents `json:"balance"` // of all together
	States  []Counted   `json:"states"`
	Notices int         `json:"notices"` // changes of a variable charge since the stand before
	Scan    *Scan       `json:"scan,omitempty"`
}

// noResult is what came of a file that was not read yet.
func noResult() Result {
	return Result{Shown: []BadCell{}, Ignored: []string{}, States: []Counted{}}
}

// A Counted is how many agreements are in a state.
type Counted struct {
	State   State       `json:"state"`
	Count   int         `json:"count"`
	Balance money.Cents `json:"balance"`
}

// Count is how many agreements were in a state when the book was read.
func (r Result) Count(s State) Counted {
	for _, c := range r.States {
		if c.State == s {
			return c
		}
	}
	return Counted{State: s}
}

// A BadCell is what is wrong in one place of a file. It never holds the value.
type BadCell struct {
	Line   int    `json:"line"`
	Column string `json:"column"` // "" where it is about the whole row
	Code   string `json:"code"`
	Text   string `json:"text"`
}

// shownFaults is how many faults are shown; all are counted, and written to a file.
const shownFaults = 100

// mostFaultLines bounds that file.
const mostFaultLines = 1_000_000
