package retention

import (
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. Of the reasons that people type, a fact holds
// the hash.
const (
	KindTermSet        = "retention.term_set/1"    // the firm's own terms for a kind of record
	KindHeld           = "retention.held/1"        // subject: the record
	KindLifted         = "retention.hold_lifted/1" // subject: the record
	KindJoined         = "retention.joined/1"      // a record belongs to another, or no longer
	KindDrawn          = "retention.list_drawn/1"  // subject: the list
	KindStruck         = "retention.entry_struck/1"
	KindReviewed       = "retention.list_reviewed/1"
	KindWithdrawn      = "retention.list_dropped/1"
	KindDestroyed      = "retention.destroyed/1"       // subject: the record
	KindDestroyedAgain = "retention.destroyed_again/1" // it came back with a backup, and went again
	KindExecuted       = "retention.list_executed/1"
	reasonOfErased     = "retention-over"
)

type termSet1 struct {
	By      string `json:"by"`
	Kind    string `json:"kind"`
	AtLeast int64  `json:"at_least"`
	AtMost  int64  `json:"at_most"`
}

type held1 struct {
	By     string     `json:"by"`
	Kind   string     `json:"kind"`
	Hold   string     `json:"hold"`
	Placed string     `json:"placed"`
	Why    ident.Hash `json:"why_sha256"`
}

type lifted1 struct {
	By     string     `json:"by"`
	Kind   string     `json:"kind"`
	Hold   string     `json:"hold"`
	Lifted string     `json:"lifted"`
	Why    ident.Hash `json:"why_sha256"`
}

type joined1 struct {
	By         string `json:"by"`
	Kind       string `json:"kind"`
	ParentKind string `json:"parent_kind,omitempty"` // absent: it belongs to nothing any more
	Parent     string `json:"parent,omitempty"`
}

type drawn1 struct {
	By      string   `json:"by"`
	Number  string   `json:"number"`
	Kind    string   `json:"kind"`
	Records []string `json:"records"`
}

type struck1 struct {
	By     string     `json:"by"`
	Record string     `json:"record"`
	Why    ident.Hash `json:"why_sha256"`
}

type reviewed1 struct {
	By      string   `json:"by"`
	Records []string `json:"records"` // that stand on the list
}

type dropped1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

type destroyed1 struct {
	By        string          `json:"by"`
	Kind      string          `json:"kind"`
	List      string          `json:"list"`
	Gone      Gone            `json:"gone"`
	Decisions []rule.Decision `json:"decisions"`
}

type destroyedAgain1 struct {
	By   string `json:"by"`
	Kind string `json:"kind"`
	Gone Gone   `json:"gone"`
}

type executed1 struct {
	By          string          `json:"by"`
	Number      string          `json:"number"`
	Destroyed   []string        `json:"destroyed"`
	Stayed      []string        `json:"stayed"`
	Certificate ident.Hash      `json:"certificate_sha256"`
	Decisions   []rule.Decision `json:"decisions"`
}

func (s *Service) fact(kind string, by ident.Actor, subject string, at time.Time, payload any) journal.Fact {
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

func digest(id, text string) ident.Hash { return ident.HashOf([]byte(id + "\n" + text)) }
