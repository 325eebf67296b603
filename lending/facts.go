package lending

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They name the application by id and nobody else.
const (
	KindReceived    = "lending.received/1"
	KindChanged     = "lending.changed/1" // what was told
	KindJudged      = "lending.judged/1"
	KindConsulted   = "lending.register_consulted/1"
	KindAccepted    = "lending.accepted/1"
	KindDeclined    = "lending.declined/1"
	KindWithdrawn   = "lending.withdrawn/1"
	KindConcluded   = "lending.concluded/1"
	KindValued      = "lending.securities_valued/1"
	KindSettled     = "lending.settled/1"
	KindTransferred = "lending.transferred/1"
	KindNorm        = "lending.norm_amount_set/1"
)

// received1 is also the payload of changed/1.
type received1 struct {
	By         string            `json:"by"`
	Received   string            `json:"received"`
	Data       int64             `json:"data"`
	Set        string            `json:"set,omitempty"`
	Business   bool              `json:"business"`
	Form       Form              `json:"form"`
	Amount     int64             `json:"amount"` // cents, as all amounts of facts
	Down       int64             `json:"down"`
	Months     int64             `json:"months"`
	Purpose    Purpose           `json:"purpose"`
	Household  Household         `json:"household,omitempty"`
	Children   int64             `json:"children"`
	Collateral Collateral        `json:"collateral,omitempty"`
	Value      int64             `json:"value"`
	Answers    map[string]string `json:"answers"`
}

type judged1 struct {
	By        string          `json:"by"`
	Judgement string          `json:"judgement"`
	Nr        int64           `json:"nr"`
	Data      int64           `json:"data"`
	Day       string          `json:"day"`
	Set       string          `json:"set"`
	Version   int64           `json:"version"`
	Hash      ident.Hash      `json:"sha256"`
	Verdict   Verdict         `json:"verdict"`
	Decisions []rule.Decision `json:"decisions"`
}

type consulted1 struct {
	By        string     `json:"by"`
	On        string     `json:"on"`
	System    string     `json:"system"`
	Reference ident.Hash `json:"reference_sha256"`
}

// decided1 is the payload of accepted/1 and declined/1.
type decided1 struct {
	By        string          `json:"by"`
	Judgement string          `json:"judgement,omitempty"`
	Why       ident.Hash      `json:"why_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type withdrawn1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

// concluded1 is also the payload of settled/1 and transferred/1: a day, and what was
// decided of it.
type concluded1 struct {
	By        string          `json:"by"`
	On        string          `json:"on"`
	Reference ident.Hash      `json:"reference_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type valued1 struct {
	By        string          `json:"by"`
	On        string          `json:"on"`
	Value     int64           `json:"value"`
	Decisions []rule.Decision `json:"decisions"`
}

type norm1 struct {
	By        string    `json:"by"`
	Name      string    `json:"name"`
	Household Household `json:"household,omitempty"`
	Value     string    `json:"value"`
	From      string    `json:"from"`
	Source    string    `json:"source"`
	Nr        int64     `json:"nr"`
}

func (s *Service) fact(kind string, firm ident.Firm, subject string, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

func (a Application) told(by string) received1 {
	r := a.Request
	return received1{
		By: by, Received: a.Case.Received.String(), Data: a.Data, Set: a.Set, Business: r.Business, Form: r.Form, Amount: int64(r.Amount), Down: int64(r.Down),
		Months: r.Months, Purpose: r.Purpose, Household: r.Household, Children: r.Children, Collateral: r.Collateral, Value: int64(r.Value), Answers: a.Answers,
	}
}

// sealed is the hash by which a fact names words that lie in the file.
func (a Application) sealed(words string) ident.Hash {
	return ident.HashOf([]byte(string(a.ID()) + "\n" + words))
}
