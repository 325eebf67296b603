// Package post is the mail room: letters of cases that go out by e-mail, messages
// that come in, and the mail by which staff hear each working day what they must do.
//
// A letter goes out once. It is put in the outbox in the transaction that records who
// asked for it; the work of the house offers it to the mail server, and writes down,
// just before the server can take it, that it is about to. Whatever happens before
// that moment is tried again. After it the letter is taken, refused, or, where the
// server fell silent, unsure: then a person says what is so, and no machine sends it
// again.
//
// A message that comes in is kept as it came, by its hash, and on the moment at which
// the mail server got it, which nobody edits. A person files it: mail is easily forged,
// so that it says it answers a letter is a suggestion and no more. A citizen service
// number in it is made unreadable, and the original is then not kept, since private
// parties may not process one (article 46 UAVG).
//
// Addresses and texts lie in rows that go with their case under retention; facts name
// mail, letter and case by id and hash.
package post

import (
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
)

// An ID names a mail (UUIDv7).
type ID string

// A State says what became of a mail that goes out.
type State string

// The states.
const (
	Waiting   State = "wacht"      // to be offered to the server, for the first time or again
	Handing   State = "overdracht" // the server may be taking it at this moment
	Accepted  State = "aangenomen" // the server took it; the case is about to hear so
	Sent      State = "verstuurd"  // and the case knows
	Refused   State = "geweigerd"  // by the server, for good
	Failed    State = "mislukt"    // offered for days and not taken
	Unsure    State = "onzeker"    // nobody knows whether the server took it
	Withdrawn State = "vervallen"  // the letter went another way meanwhile, or is gone
	Returned  State = "teruggekomen"
)

// States are all states of a mail that goes out.
var States = []State{Waiting, Handing, Accepted, Sent, Refused, Failed, Unsure, Withdrawn, Returned}

// Dutch is how a page names the state.
func (s State) Dutch() string {
	switch s {
	case Waiting:
		return "wacht op verzending"
	case Handing:
		return "wordt verzonden"
	case Accepted, Sent:
		return "aangenomen door de mailserver"
	case Refused:
		return "geweigerd door de mailserver"
	case Failed:
		return "niet verzonden"
	case Unsure:
		return "onzeker of hij is aangekomen"
	case Withdrawn:
		return "vervallen"
	}
	return "teruggekomen als onbestelbaar"
}

// Ends reports whether a letter in this state may be put in the outbox anew: it did not
// arrive, or went another way.
func (s State) Ends() bool {
	return s == Refused || s == Failed || s == Withdrawn || s == Returned
}

// Troubled reports whether a person must do something about it.
func (s State) Troubled() bool {
	return s == Refused || s == Failed || s == Unsure || s == Returned
}

// An Out is a mail that goes out: a letter of a case, or with no letter the list of
// what somebody must do today.
type Out struct {
	ID        ID
	Case      casework.ID // "" for no letter
	Letter    string
	Number    string // of the case
	From      string // how the firm is called
	To        string // address; "" once it was destroyed
	Subject   string
	Text      string // of what is no letter
	MessageID string
	Hash      ident.Hash // of the whole message as it is sent
	State     State
	Tries     int
	Made      time.Time
	Next      time.Time // when it is offered again
	Ended     time.Time // zero while it waits
	By        string    // actor
	Code      int       // what the server said last
	Answer    string
}

// OfferedFor is how long a letter is offered to a server that does not take it yet.
const OfferedFor = 72 * time.Hour

// wait is how long after a try the next one comes: from two minutes to two hours.
func wait(tries int) time.Duration {
	return min(2*time.Minute<<min(max(tries-1, 0), 7), 2*time.Hour)
}

// LongestAddress is the most characters of an address.
const LongestAddress = 254
