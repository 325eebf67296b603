package loanbook

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. A fact names no agreement but by the hash of its
// reference: what is told of one is kept by that hash, a stand of the book by the root
// of the tree over its rows.
const (
	KindLoaded    = "loanbook.loaded/1"          // a stand came into the book
	KindUndone    = "loanbook.load_undone/1"     // and was taken out of it, with the reason
	KindHappened  = "loanbook.happened/1"        // something was told of one agreement
	KindWithdrawn = "loanbook.event_withdrawn/1" // and taken back, with the reason
	KindTold      = "loanbook.notice_given/1"    // the notice of a changed charge was given for one agreement
	KindToldAll   = "loanbook.notices_given/1"   // or for all of a stand, by the firm's own system
)

type loaded1 struct {
	By      string        `json:"by"`
	Number  int64         `json:"number"`
	Day     calendar.Date `json:"day"`
	Mode    Mode          `json:"mode"`
	File    ident.Hash    `json:"file"`
	Root    ident.Hash    `json:"root"`
	Rows    int64         `json:"rows"`
	Bad     int64         `json:"bad"`
	Balance money.Cents   `json:"balance"`
	Notices int64         `json:"notices"`
	Above   int64         `json:"above"`
	Unsure  int64         `json:"unsure"`
}

type undone1 struct {
	By     string     `json:"by"`
	Number int64      `json:"number"`
	Root   ident.Hash `json:"root"`
	Why    string     `json:"why"`
}

type happened1 struct {
	By        string          `json:"by"`
	Agreement ident.Hash      `json:"agreement"`
	Kind      EventKind       `json:"kind"`
	On        calendar.Date   `json:"on"`
	Nominal   string          `json:"rate,omitempty"`
	Effective string          `json:"effective,omitempty"`
	Balance   *money.Cents    `json:"balance,omitempty"`
	To        string          `json:"to,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // charge_change and ceiling_watch of a changed charge
}

type withdrawn1 struct {
	By        string     `json:"by"`
	Agreement ident.Hash `json:"agreement"`
	Why       string     `json:"why"`
}

type told1 struct {
	By        string        `json:"by"`
	Agreement ident.Hash    `json:"agreement"`
	From      calendar.Date `json:"from"`
	On        calendar.Date `json:"on"`
	Paper     string        `json:"paper,omitempty"` // id of the document, where it was made here
}

type toldAll1 struct {
	By     string        `json:"by"`
	Number int64         `json:"number"`
	On     calendar.Date `json:"on"`
	Count  int64         `json:"count"`
}

func (s *Service) fact(kind, subject string, firm ident.Firm, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

// agreementHash stands for an agreement in a fact.
func agreementHash(firm ident.Firm, reference string) ident.Hash {
	return ident.HashOf([]byte("loanbook agreement " + string(firm) + " " + reference))
}

func loadedFact(payload []byte) (f loaded1, err error) {
	err = canon.Decode(payload, &f)
	return f, err
}
