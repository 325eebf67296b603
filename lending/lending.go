// Package lending is the room in which a provider of credit judges applications and
// keeps their file (kredietaanvraag).
//
// Norms: articles 15 and 59-61 of the decree (Besluit financiële dienstverlening,
// 2005) with their notes. A firm writes the criteria by which it accepts credit in
// room criteria, for the purpose "acceptance". Each application is judged by the
// version that is in use on that day, on what the applicant told and on the norm
// amounts that the firm entered with a source; the judgement is a fact and replays.
// An agreement cannot be marked concluded while something lacks that articles 59 to
// 61 ask: rule credit_conclusion_check of room credit says what. Credit on securities
// is watched during its term.
//
// For handlers and compliance officers of a provider. Who applies and what they told
// lies in rows that retention can destroy; facts name the application by id.
package lending

import (
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/money"
)

// Kind is what casework calls an application.
const Kind casework.Kind = "aanvraag"

// A State is how far an application is.
type State string

// The states.
const (
	Received  State = "ontvangen"   // it can still change
	Accepted  State = "aanvaard"    // the firm will lend; the agreement is not concluded yet
	Declined  State = "geweigerd"   //
	Withdrawn State = "ingetrokken" // by the applicant
	Concluded State = "gesloten"    // there is an agreement
	Settled   State = "afgewikkeld" // in full; the file is kept for five years from here
)

// States are all states, in the order of a life.
var States = []State{Received, Accepted, Declined, Withdrawn, Concluded, Settled}

// A Form is the sort of credit that is asked, by what counts as its amount.
type Form string

// The forms.
const (
	Loan      Form = "lening"     // an amount at once: the credit sum
	Revolving Form = "doorlopend" // up to a limit
	Goods     Form = "goederen"   // a cash price less what is paid down
)

// Forms are all forms.
var Forms = []Form{Loan, Revolving, Goods}

// A Purpose is what the money is for.
type Purpose string

// The purposes.
const (
	ForCar        Purpose = "vervoer"
	ForHome       Purpose = "woning"
	ForDebts      Purpose = "aflossing"
	ForGoods      Purpose = "aankoop"
	ForSecurities Purpose = "effecten" // to buy securities: article 59(2)
	ForOther      Purpose = "anders"
)

// Purposes are all purposes.
var Purposes = []Purpose{ForCar, ForHome, ForDebts, ForGoods, ForSecurities, ForOther}

// A Household is who lives on the income.
type Household string

// The households.
const (
	Alone        Household = "alleenstaand"
	SingleParent Household = "alleenstaande ouder"
	Couple       Household = "samenwonend"
	Family       Household = "gezin"
)

// Households are all households.
var Households = []Household{Alone, SingleParent, Couple, Family}

// A Collateral is what securities are pledged.
type Collateral string

// The collaterals, by what their price is known from.
const (
	NoSecurities Collateral = ""
	Listed       Collateral = "beurs"
	PublicPrice  Collateral = "openbare prijs"
	NoPrice      Collateral = "geen prijs"
)

// Collaterals are all collaterals.
var Collaterals = []Collateral{NoSecurities, Listed, PublicPrice, NoPrice}

// A Person is who applies, as the file calls them.
type Person struct {
	Name      string `json:"name"`
	Reference string `json:"reference,omitempty"` // of the firm's own
}

// A Request is what is asked, and by what sort of household.
type Request struct {
	Business   bool        `json:"business,omitempty"` // the rules are on consumers
	Form       Form        `json:"form"`
	Amount     money.Cents `json:"amount"`         // credit sum, limit or cash price
	Down       money.Cents `json:"down,omitempty"` // paid down, of goods
	Months     int64       `json:"months,omitempty"`
	Purpose    Purpose     `json:"purpose"`
	Household  Household   `json:"household,omitempty"`
	Children   int64       `json:"children,omitempty"`
	Collateral Collateral  `json:"collateral,omitempty"`
	Value      money.Cents `json:"value,omitempty"` // of the securities
	Product    string      `json:"product,omitempty"`
}

// Credit is the amount that counts: what is lent at most.
func (r Request) Credit() money.Cents {
	if r.Form == Goods {
		return r.Amount - r.Down
	}
	return r.Amount
}

// A Consultation is that somebody looked in the system of credit registration.
type Consultation struct {
	On        calendar.Date `json:"on"`
	System    string        `json:"system"`
	Reference string        `json:"reference"`
	Found     string        `json:"found,omitempty"`
	By        string        `json:"by"`
}

// A Valuation is what the pledged securities were worth on a day.
type Valuation struct {
	On    calendar.Date `json:"on"`
	Value money.Cents   `json:"value"`
	By    string        `json:"by"`
}

// A Choice is what the firm decided on an application.
type Choice struct {
	Day    calendar.Date `json:"day,omitzero"`
	By     string        `json:"by"`
	Why    string        `json:"why,omitempty"`
	Exempt bool          `json:"exempt,omitempty"` // the criteria did not apply: article 61(2)
}

// An Application is a request for credit with what became of it.
type Application struct {
	Case       casework.Case
	State      State
	Applicant  Person
	Request    Request
	Set        string            // of the firm's rule sets, by which it is judged; "" for the only one
	Answers    map[string]string // what the applicant told, by the field of the set
	Data       int64             // counts the changes of what was told
	Consulted  []Consultation    // oldest first
	Values     []Valuation       // during the term, oldest first
	Choice     Choice
	Judged     *Judgement // of what is told now; nil where there is none
	Concluded  calendar.Date
	Agreement  string // the firm's own reference
	Settled    calendar.Date
	Transfer   calendar.Date // the portfolio went to another provider
	Transferee string
}

// ID names the application.
func (a Application) ID() casework.ID { return a.Case.ID }

// A Judgement is what the criteria of a day said of an application. It is never
// changed: who judges anew makes another.
type Judgement struct {
	ID      string
	Nr      int64 // of this application, from 1
	Data    int64 // of which state of what was told
	Day     calendar.Date
	By      string
	Set     string // name
	Version int
	Hash    ident.Hash
	Verdict Verdict
	Body    Judged
}
