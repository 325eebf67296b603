// Package cause is the room of root causes (grondoorzaken): what lies behind
// complaints and incidents, what is done about it, and whether that worked.
//
// Norm: the third principle of the AFM on the term of a product asks a firm to test
// whether its care really helps clients, and to improve it; articles 50-52 of the
// decree give it the complaints from which it learns, and the note to article 10 wants
// incidents to lead to measures. For handlers, who say what lies behind a case, and
// for compliance officers, who see to it that something is done.
//
// A root cause is a case of its own. The cases that it explains bear its id as facet
// casework.Root. Measures are those of room incident, with who carries them out and
// the day on which somebody looks whether they worked. What complaints did before and
// after is counted from the cases, and kept in the fact of that look.
package cause

import (
	"math/big"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/internal/fault"
)

// Kind is the kind of case of this room.
const Kind casework.Kind = "oorzaak"

// By these, beside what all cases share, lists are narrowed.
const (
	FacetState = "stand-maatregel" // one of States
	FacetSort  = "soort"           // a complaint.Cause
)

// A State says how far the firm is with a root cause.
type State string

// The states.
const (
	Undecided State = "zonder-maatregel"
	Underway  State = "in-uitvoering"
	Watching  State = "te-controleren"
	Failing   State = "werkt-niet" // what was done last does not work, or in part
	Solved    State = "werkt"
	Left      State = "geen-maatregel-nodig"
)

// States are all states, in the order of the list.
var States = []State{Undecided, Underway, Watching, Failing, Solved, Left}

// A Measure is what the firm does about a root cause.
type Measure struct {
	incident.Measure
	Owner   string        // account that carries it out
	CheckOn calendar.Date `json:",omitzero"` // by then somebody looks whether it worked; zero until it was done
	Counted *Effect       `json:",omitempty"`
}

// Digest is the hash by which a fact names the measure.
func (m Measure) Digest() ident.Hash { return hash(m.ID, m.What) }

// An Effect is how many complaints came in during as many days before a measure was
// carried out as after it.
type Effect struct {
	Days          int
	Before, After int
}

// Chance reports whether a fall like this one is no surprise where nothing changed:
// were each complaint as likely to fall before as after, as few as this would come
// after in more than one of twenty cases.
func (e Effect) Chance() bool {
	n := int64(e.Before + e.After)
	tail := new(big.Int)
	for k := range int64(e.After) + 1 {
		tail.Add(tail, new(big.Int).Binomial(n, k))
	}
	return tail.Mul(tail, big.NewInt(20)).Cmp(new(big.Int).Lsh(big.NewInt(1), uint(n))) > 0
}

// A Cause is what the room keeps of a root cause, beside what all cases share. Its case
// is received on the day on which it was found.
type Cause struct {
	Case     casework.Case `json:"-"`
	What     string        // what it is, and how it is known
	Sort     complaint.Cause
	Service  string // "" none
	Measures []Measure
}

// ID is that of the case.
func (c Cause) ID() casework.ID { return c.Case.ID }

// State returns how far the firm is: what is open weighs before what was done.
func (c Cause) State() State {
	state := Undecided
	for _, m := range c.Measures {
		switch {
		case m.Kind == incident.NoMeasure && state != Watching:
			state = Left
		case m.Kind == incident.NoMeasure:
		case m.Done.IsZero():
			return Underway
		case m.Checked.IsZero():
			state = Watching
		case state == Watching:
		case m.Effect == incident.Works:
			state = Solved
		default:
			state = Failing
		}
	}
	return state
}

func (c Cause) facets() casework.Facets {
	return casework.Facets{FacetState: string(c.State()), FacetSort: string(c.Sort)}
}

// Counted says what complaints did around the day on which a measure was carried out,
// in as many days before as there were since; ok is false while it was not, or only
// today.
func Counted(days []casework.Tally, done, today calendar.Date) (e Effect, ok bool) {
	if done.IsZero() || !done.Before(today) {
		return e, false
	}
	e.Days = min(done.DaysUntil(today), longestWindow)
	from, through := done.AddDays(-e.Days), done.AddDays(e.Days)
	for _, t := range days {
		switch {
		case t.Kind != complaint.Kind || t.Day.Before(from) || !t.Day.Before(through):
		case t.Day.Before(done):
			e.Before += t.Count
		default:
			e.After += t.Count
		}
	}
	return e, true
}

// longestWindow is over how many days before and after a measure complaints are
// counted at most: half a year, so that seasons weigh little.
const longestWindow = 182

// hash names words by the thing they belong to and themselves.
func hash(id, words string) ident.Hash { return ident.HashOf([]byte(id + "\n" + words)) }

func opt(d calendar.Date) canon.Opt[calendar.Date] {
	if d.IsZero() {
		return canon.Null[calendar.Date]()
	}
	return canon.Some(d)
}

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func wrong(at, reason, text string) []fault.Detail {
	return []fault.Detail{{Pointer: at, Reason: reason, Text: text}}
}
