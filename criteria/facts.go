package criteria

import (
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. A released encoding never changes: what
// must change becomes a /2.
const (
	KindWritten   = "criteria.set_written/1"   // a draft was kept
	KindTried     = "criteria.set_tried/1"     // it was tried on a sample
	KindSealed    = "criteria.set_sealed/1"    // payload: the set, addressed by its hash
	KindAsked     = "criteria.set_asked/1"     // a sealed set was offered for review
	KindReviewed  = "criteria.set_reviewed/1"  // another approved it
	KindReturned  = "criteria.set_returned/1"  // it was given back, or taken back
	KindPublished = "criteria.set_published/1" // it was put to use
	KindWithdrawn = "criteria.set_withdrawn/1" // it was taken out of use, or cancelled
	KindDecided   = "criteria.decided/1"       // a case was decided by it
)

type written1 struct {
	By       string  `json:"by"`
	Revision int     `json:"revision"`
	Purpose  Purpose `json:"purpose"`
	Text     string  `json:"text"`
}

type tried1 struct {
	By         string        `json:"by"`
	Revision   int           `json:"revision"`
	Set        ident.Hash    `json:"set"`
	Sample     ident.Hash    `json:"sample"`
	Day        calendar.Date `json:"day"`
	Rows       int           `json:"rows"`
	Bad        int           `json:"bad"`
	Open       int           `json:"open"`
	Categories []int         `json:"categories"`
	Rules      []int         `json:"rules"`
}

type asked1 struct {
	By       string     `json:"by"`
	Revision int        `json:"revision"`
	Set      ident.Hash `json:"set"`
	Version  int        `json:"version"`
	Note     string     `json:"note"`
	Accepted []Accepted `json:"accepted"`
}

type reviewed1 struct {
	By        string          `json:"by"`
	Set       ident.Hash      `json:"set"`
	Note      string          `json:"note"`
	Decisions []rule.Decision `json:"decisions"` // criteria_review
}

type returned1 struct {
	By   string     `json:"by"`
	Set  ident.Hash `json:"set"`
	Note string     `json:"note"`
}

type published1 struct {
	By        string          `json:"by"`
	Purpose   Purpose         `json:"purpose"`
	Set       ident.Hash      `json:"set"`
	Version   int             `json:"version"`
	From      calendar.Date   `json:"from"`
	To        *calendar.Date  `json:"to,omitempty"`
	Way       string          `json:"way"`
	Reason    string          `json:"reason"`
	Decisions []rule.Decision `json:"decisions"` // criteria_publication
}

type withdrawn1 struct {
	By        string        `json:"by"`
	Set       ident.Hash    `json:"set"`
	Version   int           `json:"version"`
	To        calendar.Date `json:"to"`
	Reason    string        `json:"reason"`
	Cancelled bool          `json:"cancelled"`
}

type decided1 struct {
	By        string          `json:"by"`
	Reference string          `json:"reference"` // of the firm's own, what was decided about
	Decisions []rule.Decision `json:"decisions"` // criteria_decide
}

// Hash returns the SHA-256 digest of the canonical bytes of the set, by which it is
// sealed.
func (s Set) Hash() ident.Hash { return ident.HashOf(canon.Must(s)) }

func (s *Service) fact(kind, subject string, firm ident.Firm, at time.Time, payload any) journal.Fact {
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
