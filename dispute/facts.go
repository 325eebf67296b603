package dispute

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They name no person and hold no words of one.
const (
	KindRegistered = "dispute.body_registered/1"
	KindDescribed  = "dispute.body_described/1"
	KindApplied    = "dispute.recognition_asked/1"
	KindExtended   = "dispute.term_extended/1"
	KindRuled      = "dispute.recognition_decided/1"
	KindCondition  = "dispute.condition_set/1"
	KindRevoked    = "dispute.recognition_withdrawn/1"
	KindRead       = "dispute.rules_read/1"
	KindLooked     = "dispute.organ_seen/1"
	KindWeighed    = "dispute.access_weighed/1"
	KindSeated     = "dispute.member_seated/1"
	KindUnseated   = "dispute.member_left/1"
	KindStated     = "dispute.statement_seen/1"

	KindFiled     = "dispute.filed/1"
	KindCompleted = "dispute.completed/1"
	KindAnswered  = "dispute.answered/1"
	KindEnded     = "dispute.ended/1"
	KindPerformed = "dispute.performed/1"
)

type body1 struct {
	By     string `json:"by"`
	Name   string `json:"name"` // of a body, not of a person
	Joined string `json:"joined,omitempty"`
	Left   string `json:"left,omitempty"`
}

type term1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Decisions []rule.Decision `json:"decisions"` // recognition_term
}

type ruled1 struct {
	By        string          `json:"by"`
	Granted   bool            `json:"granted"`
	Day       string          `json:"day"`
	Minister  string          `json:"minister"`
	Announced string          `json:"announced,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // recognition, recognition_term
}

type condition1 struct {
	By        string     `json:"by"`
	Condition string     `json:"condition"`
	Day       string     `json:"day"`
	Met       string     `json:"met,omitempty"` // "yes" or "no"; absent: not looked at
	Hash      ident.Hash `json:"sha256"`
}

type revoked1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Ground    string          `json:"ground"`
	Announced string          `json:"announced,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // recognition
}

type read1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Reading   ident.Hash      `json:"reading_sha256"` // version, letters and where they stand
	Decisions []rule.Decision `json:"decisions"`      // dispute_body
}

type weighed1 struct {
	By   string     `json:"by"`
	Day  string     `json:"day"`
	Fee  bool       `json:"fee_reasonable"`
	Term bool       `json:"term_reasonable"`
	Why  ident.Hash `json:"why_sha256"`
}

type seated1 struct {
	By        string          `json:"by"`
	Member    string          `json:"member"`
	Chair     bool            `json:"chair"`
	Evidence  ident.Hash      `json:"evidence_sha256"`
	Decisions []rule.Decision `json:"decisions"` // member_independence
}

type unseated1 struct {
	By     string `json:"by"`
	Member string `json:"member"`
	Day    string `json:"day"`
}

type stated1 struct {
	By        string          `json:"by"`
	Year      int64           `json:"year"`
	Sent      string          `json:"sent"`
	Lacks     []string        `json:"lacks"` // letters of article 53(4)
	Annual    bool            `json:"annual_report"`
	Decisions []rule.Decision `json:"decisions"` // dispute_body_report
}

type filed1 struct {
	By        string     `json:"by"`
	Body      string     `json:"body"`
	How       How        `json:"how"`
	Filed     string     `json:"filed"`
	Complaint string     `json:"complaint,omitempty"`
	AnswerBy  string     `json:"answer_by,omitempty"`
	About     ident.Hash `json:"about_sha256"`
}

type completed1 struct {
	By        string `json:"by"`
	Complaint string `json:"complaint,omitempty"`
	Product   string `json:"product,omitempty"`
}

type answered1 struct {
	By        string          `json:"by"`
	AnswerBy  string          `json:"answer_by,omitempty"`
	Answered  string          `json:"answered,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // dispute_clock
}

type ended1 struct {
	By        string          `json:"by"`
	Outcome   Outcome         `json:"outcome"`
	Result    Result          `json:"result"`
	Ended     string          `json:"ended"`
	Amount    int64           `json:"amount"`
	Follows   string          `json:"follows,omitempty"` // "yes" or "no"
	Why       ident.Hash      `json:"why_sha256"`
	Decisions []rule.Decision `json:"decisions"` // dispute_clock
}

type performed1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Decisions []rule.Decision `json:"decisions"` // dispute_clock
}

func (s *Service) fact(kind string, by ident.Actor, id casework.ID, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(id), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

// hash names words by the case they are about and themselves.
func hash(id casework.ID, words string) ident.Hash {
	return ident.HashOf([]byte(string(id) + "\n" + words))
}

// yesNo is how a fact writes what may not have been said.
func yesNo(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "yes"
	}
	return "no"
}
