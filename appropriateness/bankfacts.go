package appropriateness

import (
	"time"

	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact about a question of the bank.
const (
	KindQuestionWritten   = "appropriateness.question_written/1"   // words of a version were kept; holds them
	KindQuestionSealed    = "appropriateness.question_sealed/1"    // payload: the content, addressed by its hash
	KindQuestionSubmitted = "appropriateness.question_submitted/1" // a version was offered for review
	KindQuestionReviewed  = "appropriateness.question_reviewed/1"  // approved, or given back
	KindQuestionRetired   = "appropriateness.question_retired/1"   // a version went out of use
)

type questionWritten1 struct {
	By       string      `json:"by"`
	Version  int         `json:"version"`
	Revision int         `json:"revision"`
	Origin   string      `json:"origin"`
	Content  BankContent `json:"content"`
}

type questionSubmitted1 struct {
	By        string          `json:"by"`
	Version   int             `json:"version"`
	Content   ident.Hash      `json:"content"`
	Note      string          `json:"note,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // question_check, question_lint
}

type questionReviewed1 struct {
	By        string          `json:"by"`
	Version   int             `json:"version"`
	Content   ident.Hash      `json:"content"`
	Outcome   string          `json:"outcome"`
	Note      string          `json:"note,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // question_review
}

type questionRetired1 struct {
	By      string     `json:"by"`
	Version int        `json:"version"`
	Content ident.Hash `json:"content"`
	Reason  string     `json:"reason"` // "superseded", or "taken_out"
	Note    string     `json:"note,omitempty"`
}

// Why a version went out of use.
const (
	superseded = "superseded"
	takenOut   = "taken_out"
)

// QuestionSubject is how facts name a question of the bank: apart from tests,
// whose ids are words of an author too.
func QuestionSubject(id QuestionID) string { return "question:" + string(id) }

func (s *Service) bankFact(kind string, q BankQuestion, by ident.Actor, at time.Time, payload any) journal.Fact {
	return s.fact(kind, QuestionSubject(q.ID), by.Firm, at, payload)
}

// bankHappened says in Dutch what a kind of fact about a question is, "" for
// another kind.
func bankHappened(kind string) string {
	switch kind {
	case KindQuestionWritten:
		return "Vraag geschreven"
	case KindQuestionSealed:
		return "Vraag verzegeld"
	case KindQuestionSubmitted:
		return "Vraag ter beoordeling aangeboden"
	case KindQuestionReviewed:
		return "Vraag beoordeeld"
	case KindQuestionRetired:
		return "Vraag uit gebruik genomen"
	}
	return ""
}
