package complaint

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
)

// Kind is the kind of case of this room.
const Kind casework.Kind = "klacht"

// A Sort says what a client's words are. A complaint is any expression of
// dissatisfaction that asks something of the firm, said or written.
type Sort string

// The sorts.
const (
	Grievance Sort = "klacht"     // klacht: asks for an answer
	Unease    Sort = "ongenoegen" // asks nothing; counted, not handled
	Claim     Sort = "claim"      // asks for money
)

// Sorts are all sorts, in the order of the form.
var Sorts = []Sort{Grievance, Claim, Unease}

// A Cause is what went wrong, in the words of the note to article 51 and a few more.
type Cause string

// The causes.
const (
	ByAdvice         Cause = "advies"
	ByInformation    Cause = "informatie"
	ByCompetence     Cause = "deskundigheid"
	ByAdministration Cause = "administratie"
	ByTerms          Cause = "voorwaarden"
	ByPrice          Cause = "prijs"
	ByTime           Cause = "behandelduur"
	ByOther          Cause = "anders"
)

// Causes are all causes, in the order of the form.
var Causes = []Cause{ByAdvice, ByInformation, ByCompetence, ByAdministration, ByTerms, ByPrice, ByTime, ByOther}

// An Outcome is how a complaint ended.
type Outcome string

// The outcomes.
const (
	Upheld    Outcome = "gegrond"
	Partly    Outcome = "deels-gegrond"
	Rejected  Outcome = "ongegrond"
	Withdrawn Outcome = "ingetrokken"
	Settled   Outcome = "geschikt" // an arrangement without saying who was right
)

// Outcomes are all outcomes, in the order of the form.
var Outcomes = []Outcome{Upheld, Partly, Rejected, Settled, Withdrawn}

// A Person is who complains, or who does it for them.
type Person struct {
	Name     string
	Address  string // street and number
	Postcode string
	Town     string
	Email    string // "" none given
	Phone    string // "" none given
}

// A Complaint is what the room keeps of one, beside what all cases share.
type Complaint struct {
	Case     casework.Case
	Way      casework.Way // how it came in
	Sort     Sort
	From     Person
	For      Person // whom From speaks for; zero when for themselves
	Original string // as it came in, word for word; "" where a document is the original
	Document string // id of that document; "" where the words are the original
	About    string // description: what it is about, in the words of the handler
	Service  string // which service it is about: "advies", "bemiddeling" …; "" not said yet
	Cause    Cause  // "" not said yet
	Against  string // account of whoever it is against; "" nobody in particular
	Group    string // name of a group of equal standard complaints; "" none
	Same     int    // how many are in it, where they were counted; 0 they were not

	Answered calendar.Date // first reply; zero: none yet
	Extended calendar.Date // until when the client was asked for patience; zero: not
	Outcome  Outcome       // "" while it is open
	Redress  int64         // cents paid or remitted
	Handled  calendar.Date // the day the firm ended it itself; zero while open
	Reopened calendar.Date // the last time; zero never
	Body     Dispute       // at the dispute body; zero while it is not there
	Replies  []Reply       // oldest first
}

// ID is that of the case.
func (c Complaint) ID() casework.ID { return c.Case.ID }

// A Dispute is the complaint at a dispute body (geschilleninstantie), which is no
// part of the firm's own handling.
type Dispute struct {
	Body   string        // its name
	Number string        // theirs
	Since  calendar.Date `json:",omitzero"`
	Ended  calendar.Date `json:",omitzero"`
	Result string
}

// A ReplyKind says what a reply does.
type ReplyKind string

// The kinds of reply.
const (
	Acknowledge ReplyKind = "bevestiging" // we have it, and this is what happens
	Interim     ReplyKind = "tussenbericht"
	Final       ReplyKind = "antwoord"
)

// A Reply is what the firm wrote to whoever complained, as it was sent.
type Reply struct {
	ID   string
	Kind ReplyKind
	At   time.Time
	By   string // actor
	Way  casework.Way
	Text string
}

// Digest is the hash by which a fact names the reply.
func (r Reply) Digest() ident.Hash { return ident.HashOf([]byte(r.ID + "\n" + r.Text)) }

// Fields are what the record holds, in the words of rule complaint_record.
func (c Complaint) Fields() (held []string) {
	add := func(have bool, word string) {
		if have {
			held = append(held, word)
		}
	}
	add(c.From.Name != "" && c.From.Address != "" && c.From.Town != "", "name_address")
	add(c.Original != "" || c.Document != "", "complaint_and_received_date")
	add(c.About != "", "description")
	switch {
	case c.Outcome != "" && len(c.Replies) > 0:
		held = append(held, "handling")
	case c.Outcome != "":
		held = append(held, "handling_content_only")
	}
	return held
}
