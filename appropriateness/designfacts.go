package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact about designs and versions of a test.
const (
	KindDesignWritten       = "appropriateness.design_written/1"       // a design was kept; holds it
	KindDesignWritten2      = "appropriateness.design_written/2"       // the same, of a design that asks after the target group
	KindPublicationAsked    = "appropriateness.publication_asked/1"    // a design was checked, sealed and offered
	KindPublicationReturned = "appropriateness.publication_returned/1" // it was given back, or taken back
	KindPublished2          = "appropriateness.test_published/2"       // a sealed test was put to use: by whom, in which way, from when
	KindWithdrawn           = "appropriateness.test_withdrawn/1"       // a version was withdrawn, or cancelled before its first moment
)

type designWritten1 struct {
	By       string `json:"by"`
	Revision int    `json:"revision"`
	Design   Design `json:"design"`
}

type publicationAsked1 struct {
	By        string          `json:"by"`
	Revision  int             `json:"revision"`
	Test      ident.Hash      `json:"test"`
	Note      string          `json:"note"`
	Decisions []rule.Decision `json:"decisions"` // publication_check
}

type publicationReturned1 struct {
	By   string     `json:"by"`
	Test ident.Hash `json:"test"`
	Note string     `json:"note"`
}

type published2 struct {
	By        string          `json:"by"`
	Test      ident.Hash      `json:"test"`
	TestID    string          `json:"test_id"`
	From      string          `json:"from"`
	Way       string          `json:"way"`
	AskedBy   string          `json:"asked_by,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	Decisions []rule.Decision `json:"decisions"` // publication_way; of a file test_content, scoring, retake
}

type withdrawn1 struct {
	By        string     `json:"by"`
	Test      ident.Hash `json:"test"`
	From      string     `json:"from"`
	To        string     `json:"to"`
	Reason    string     `json:"reason"`
	Cancelled bool       `json:"cancelled"` // before its first moment
}

func (s *Service) published(r Release, by ident.Actor, ds []rule.Decision) journal.Fact {
	return s.fact(KindPublished2, r.TestID, by.Firm, r.Recorded, published2{
		By: by.String(), Test: r.Hash, TestID: r.TestID, From: stamp(r.From), Way: r.Way, AskedBy: r.AskedBy, Reason: r.Reason, Decisions: ds,
	})
}

// designHappened says in Dutch what a kind of fact about a design is, "" for others.
func designHappened(kind string) string {
	switch kind {
	case KindDesignWritten, KindDesignWritten2:
		return "Ontwerp van een toets bewaard"
	case KindPublicationAsked:
		return "Publicatie aangevraagd"
	case KindPublicationReturned:
		return "Ontwerp teruggegeven"
	case KindPublished2:
		return "Toets in gebruik genomen"
	case KindWithdrawn:
		return "Toets ingetrokken"
	}
	return ""
}
