package credit

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. A fact on a document names no agreement and no
// person: those stand in the document, which is addressed by its hash.
const (
	KindWritten = "credit.product_written/1" // a version of a product's terms, with every figure
	KindSet     = "credit.product_set/1"     // a product is offered or no longer, or may be calculated with by anybody
	KindIssued  = "credit.paper_issued/1"    // a document with figures left the room
)

type written1 struct {
	By        string          `json:"by"`
	Nr        int64           `json:"nr"`
	Hash      ident.Hash      `json:"hash"`
	Content   canon.Raw       `json:"content"`
	Decisions []rule.Decision `json:"decisions"` // credit_figures, maximum_charge_on
}

type set1 struct {
	By     string `json:"by"`
	Active bool   `json:"active"`
	Open   bool   `json:"open"`
}

type issued1 struct {
	By        string          `json:"by"`
	Kind      PaperKind       `json:"kind"`
	Product   ProductID       `json:"product,omitempty"`
	Version   int64           `json:"version,omitempty"`
	Hash      ident.Hash      `json:"hash"`      // of what it says
	PDF       ident.Hash      `json:"pdf"`       // of the file
	Decisions []rule.Decision `json:"decisions"` // that computed its figures
}

func (s *Service) fact(kind, subject string, firm ident.Firm, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
