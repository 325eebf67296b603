package loanbook

import (
	"strconv"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/money"
)

// The kinds of credit.
const (
	Revolving = "doorlopend" // doorlopend krediet
	Other     = "anders"     // not revolving
)

// A Rate is a percentage a year, in ten-thousandths of a percent.
type Rate int64

// rateUnit is how many there are in a percent.
const rateUnit = 10_000

// Decimal returns the percentage: 8.4.
func (r Rate) Decimal() money.Decimal { return money.MustParse(r.String()) }

// String writes the percentage with a point and no zeros behind it.
func (r Rate) String() string {
	whole, part := strconv.FormatInt(int64(r)/rateUnit, 10), strconv.FormatInt(int64(r)%rateUnit+rateUnit, 10)[1:]
	if part = strings.TrimRight(part, "0"); part != "" {
		return whole + "." + part
	}
	return whole
}

// Dutch writes the percentage as people read it: 8,4%.
func (r Rate) Dutch() string { return credit.Percent(r.String()) }

// A RateFrom is what is charged from a day on. Where nothing but one rate a month is
// charged there is no Effective: it follows from Nominal.
type RateFrom struct {
	From      calendar.Date
	Nominal   Rate
	Effective Rate
}

// A Loan is an agreement as it stands on the day of the book. A day that did not come
// is zero.
type Loan struct {
	Reference    string // the firm's own; nobody's name
	Product      string
	Intermediary string // the firm's own reference of who brought it; "" for nobody
	Kind         string // Revolving or Other
	Charge       string // credit.Fixed or credit.Variable
	Concluded    calendar.Date
	Sum          money.Cents // limit of a revolving credit, else credit sum
	Rates        []RateFrom  // as far as they are known, in order; at least one
	Balance      money.Cents
	Payment      money.Cents   // a month; 0 where it is not known
	Arrears      calendar.Date // oldest payment that is due and not made
	Demanded     calendar.Date // all of it, before its time
	Settled      calendar.Date
	Dissolved    calendar.Date
	Undone       calendar.Date // of the dissolution
	Transferred  calendar.Date // to another provider
}

// Now is what is charged now.
func (l Loan) Now() RateFrom { return l.Rates[len(l.Rates)-1] }

// A State is how an agreement stands.
type State string

// The states.
const (
	Running     State = "lopend"
	Late        State = "achterstand"
	Called      State = "opgeeist"
	Dissolved   State = "ontbonden"
	Settled     State = "afgelost"
	Transferred State = "overgedragen"
)

// States are all states, in the order in which they are listed.
var States = []State{Running, Late, Called, Dissolved, Settled, Transferred}

// Dutch is how people call it.
func (s State) Dutch() string {
	switch s {
	case Running:
		return "Loopt"
	case Late:
		return "Achterstand"
	case Called:
		return "Opgeëist"
	case Dissolved:
		return "Ontbonden"
	case Settled:
		return "Afgelost"
	}
	return "Overgedragen"
}

// Over reports whether the agreement has ended.
func (s State) Over() bool { return s == Settled || s == Transferred || s == Dissolved }

// State is how the agreement stands; what ends it goes before what troubles it.
func (l Loan) State() State {
	switch {
	case !l.Transferred.IsZero():
		return Transferred
	case !l.Settled.IsZero():
		return Settled
	case !l.Dissolved.IsZero() && l.Undone.IsZero():
		return Dissolved
	case !l.Demanded.IsZero():
		return Called
	case !l.Arrears.IsZero():
		return Late
	}
	return Running
}
