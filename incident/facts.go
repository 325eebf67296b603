package incident

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They hold no words and name nobody whom an
// incident is about.
const (
	KindReported       = "incident.reported/1"
	KindDescribed      = "incident.described/1"
	KindCircled        = "incident.circle_set/1"
	KindOpened         = "incident.opened/1" // somebody read it
	KindTaken          = "incident.taken/1"  // somebody took a list out of the house
	KindJudged         = "incident.judged/1"
	KindTold           = "incident.notified/1"
	KindMeasureSet     = "incident.measure_set/1"
	KindMeasureDone    = "incident.measure_done/1"
	KindMeasureChecked = "incident.measure_checked/1"
	KindConcluded      = "incident.concluded/1"
	KindReopened       = "incident.reopened/1"
	KindPolicyWritten  = "incident.policy_written/1"
	KindPolicyInForce  = "incident.policy_published/1"
)

type reported1 struct {
	By      string     `json:"by"`
	Noticed string     `json:"noticed"`
	Policy  int64      `json:"policy"`
	Hash    ident.Hash `json:"sha256"`
}

type described1 struct {
	By          string      `json:"by"`
	Perpetrator Perpetrator `json:"perpetrator,omitempty"`
	Concerns    bool        `json:"concerns_colleague"`
	Harm        int64       `json:"harm"`
	Hash        ident.Hash  `json:"sha256"`
}

type circled1 struct {
	By       string   `json:"by"`
	Accounts []string `json:"accounts"`
}

type opened1 struct {
	By   string `json:"by"`
	What string `json:"what"`
}

type taken1 struct {
	By        string   `json:"by"`
	Format    string   `json:"format"`
	Incidents []string `json:"incidents"`
}

type judged1 struct {
	By        string          `json:"by"`
	InScope   bool            `json:"in_scope"`
	Notify    bool            `json:"notify"`
	Why       ident.Hash      `json:"why_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type told1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Way       casework.Way    `json:"way"`
	Notice    ident.Hash      `json:"notice_sha256"`
	Document  string          `json:"document"`
	Proof     ident.Hash      `json:"document_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type measureSet1 struct {
	By      string      `json:"by"`
	Measure string      `json:"measure"`
	Kind    MeasureKind `json:"kind"`
	Due     string      `json:"due,omitempty"`
	Hash    ident.Hash  `json:"sha256"`
}

type measureDone1 struct {
	By      string `json:"by"`
	Measure string `json:"measure"`
	Day     string `json:"day"`
}

type measureChecked1 struct {
	By      string     `json:"by"`
	Measure string     `json:"measure"`
	Day     string     `json:"day"`
	Effect  Effect     `json:"effect"`
	Hash    ident.Hash `json:"found_sha256"`
}

type concluded1 struct {
	By        string          `json:"by"`
	Decisions []rule.Decision `json:"decisions"`
}

type reopened1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

type policyWritten1 struct {
	By      string     `json:"by"`
	Version int64      `json:"version"`
	Terms   Term       `json:"terms"`
	Hash    ident.Hash `json:"sha256"`
}

type policyInForce1 struct {
	By      string      `json:"by"`
	Version int64       `json:"version"`
	Writer  string      `json:"writer"`
	Way     string      `json:"way"` // "second_person" or "one_person"
	Terms   Term        `json:"terms"`
	Hash    ident.Hash  `json:"sha256"`
	Why     *ident.Hash `json:"why_sha256,omitempty"`
}

func (s *Service) fact(kind string, by ident.Actor, subject string, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

// hash names words by the thing they belong to and themselves.
func hash(id, words string) ident.Hash { return ident.HashOf([]byte(id + "\n" + words)) }
