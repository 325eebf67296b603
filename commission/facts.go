package commission

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. None names an agreement with a consumer, an
// account or the name of an intermediary: those may be of a person.
const (
	KindAgreed    = "commission.agreement_written/1" // percentages were agreed with an intermediary
	KindPayer     = "commission.payer_set/1"         // another account pays
	KindRun       = "commission.run_done/1"          // the commission of a month was computed
	KindApproved  = "commission.run_approved/1"      // by a second pair of eyes
	KindCorrected = "commission.corrected/1"         // what a month gave was wrong: the difference goes with the next
	KindBankFile  = "commission.bank_file_made/1"
	KindOffice    = "commission.office_named/1" // which firm of this installation reads the statements of an agreement
)

type agreed1 struct {
	By          string          `json:"by"`
	Nr          int             `json:"nr"`
	From        calendar.Date   `json:"from"`
	Until       *calendar.Date  `json:"until"`
	Percentages []Agreed        `json:"percentages"`
	Decisions   []rule.Decision `json:"decisions"` // commission_agreement
}

type office1 struct {
	By     string     `json:"by"`
	Office ident.Firm `json:"office"`
}

type payer1 struct {
	By string `json:"by"`
}

// run1 commits to what a run gave for every contract: root is that of the tree over
// its lines, content the digest of all of them. With the agreements that stand in it
// every line can be decided again.
type run1 struct {
	By         string        `json:"by"`
	Rule       int           `json:"rule"` // version of commission_month
	Month      calendar.Date `json:"month"`
	Agreements []terms1      `json:"agreements"`
	Rows       int           `json:"rows"`
	Root       ident.Hash    `json:"root"`
	Content    ident.Hash    `json:"content"`
	Outcomes   []counted1    `json:"outcomes"`
	Partners   []share1      `json:"partners"`
}

type terms1 struct {
	ID          string   `json:"id"`
	Code        string   `json:"code"`
	Percentages []Agreed `json:"percentages"`
}

type counted1 struct {
	Outcome Outcome     `json:"outcome"`
	Rows    int         `json:"rows"`
	Amount  money.Cents `json:"amount"` // in cents
}

// share1 is what an intermediary gets, in cents.
type share1 struct {
	Agreement   string      `json:"agreement"`
	Rows        int         `json:"rows"`
	Amount      money.Cents `json:"amount"`
	Corrections []string    `json:"corrections"`
	Corrected   money.Cents `json:"corrected"`
	Carried     money.Cents `json:"carried"` // of the month before: what was paid too much
	Total       money.Cents `json:"total"`
}

type approved1 struct {
	By        string          `json:"by"`
	Month     calendar.Date   `json:"month"`
	Root      ident.Hash      `json:"root"`
	Way       string          `json:"way"`
	PayFrom   time.Time       `json:"pay_from"`
	Reason    string          `json:"reason,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // commission_approval
}

// corrected1 names the contract by its place in the run, and holds both answers.
type corrected1 struct {
	By         string          `json:"by"`
	Run        string          `json:"run"`
	Month      calendar.Date   `json:"month"`
	Row        int             `json:"row"`
	Agreement  string          `json:"agreement"`
	Reason     string          `json:"reason"`
	Paid       money.Cents     `json:"paid"`       // by the run and earlier corrections, in cents
	Difference money.Cents     `json:"difference"` // in cents
	Decisions  []rule.Decision `json:"decisions"`  // commission_month, as it should have been
}

type bankFile1 struct {
	By       string        `json:"by"`
	Month    calendar.Date `json:"month"`
	On       calendar.Date `json:"on"`
	Payments int           `json:"payments"`
	Total    money.Cents   `json:"total"` // in cents
	Hash     ident.Hash    `json:"hash"`
}

func (s *Service) fact(kind, subject string, firm ident.Firm, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
