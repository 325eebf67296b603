package complaint

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They name no client and hold no words of one.
const (
	KindReceived   = "complaint.received/1"
	KindClassified = "complaint.classified/1"
	KindReplied    = "complaint.replied/1"
	KindConcluded  = "complaint.concluded/1"
	KindReopened   = "complaint.reopened/1"
	KindForwarded  = "complaint.at_dispute_body/1"
	KindProcedure  = "complaint.procedure_set/1"
	KindRead       = "complaint.procedure_read/1"
)

type received1 struct {
	By       string       `json:"by"`
	Received string       `json:"received"`
	Way      casework.Way `json:"way"`
	Sort     Sort         `json:"sort"`
	Product  string       `json:"product,omitempty"`
	Original ident.Hash   `json:"original_sha256"`
}

type classified1 struct {
	By      string `json:"by"`
	Product string `json:"product,omitempty"`
	Service string `json:"service,omitempty"`
	Cause   Cause  `json:"cause,omitempty"`
	Against string `json:"against,omitempty"`
	Harm    int64  `json:"harm"`
	Grouped bool   `json:"grouped"`
}

type replied1 struct {
	By    string       `json:"by"`
	Reply string       `json:"reply"`
	Kind  ReplyKind    `json:"kind"`
	Way   casework.Way `json:"way"`
	Hash  ident.Hash   `json:"sha256"`
}

type concluded1 struct {
	By        string          `json:"by"`
	Outcome   Outcome         `json:"outcome"`
	Redress   int64           `json:"redress"`
	Handled   string          `json:"handled"`
	LeadDays  int64           `json:"lead_days"`
	Decisions []rule.Decision `json:"decisions"`
}

type reopened1 struct {
	By       string     `json:"by"`
	Reopened string     `json:"reopened"`
	Why      ident.Hash `json:"why_sha256"`
}

type forwarded1 struct {
	By    string `json:"by"`
	Body  string `json:"body"`
	Since string `json:"since"`
	Ended string `json:"ended,omitempty"`
}

func (s *Service) fact(kind string, by ident.Actor, c Complaint, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(c.ID()), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

type procedure1 struct {
	By          string     `json:"by"`
	Version     int64      `json:"version"`
	Terms       Term       `json:"terms"`
	DisputeBody string     `json:"dispute_body"`
	Hash        ident.Hash `json:"sha256"`
}

type read1 struct {
	By      string `json:"by"`
	Version int64  `json:"version"`
}
