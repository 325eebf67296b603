package cause

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/incident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes, about a root cause; which case it explains,
// casework.KindRooted tells. They hold no words.
const (
	KindFound          = "cause.found/1"
	KindDescribed      = "cause.described/1"
	KindMeasureSet     = "cause.measure_set/1"
	KindMeasureDone    = "cause.measure_done/1"
	KindMeasureChecked = "cause.measure_checked/1"
	KindConcluded      = "cause.concluded/1"
	KindReopened       = "cause.reopened/1"
)

type found1 struct {
	By    string          `json:"by"`
	Found string          `json:"found"`
	Sort  complaint.Cause `json:"sort"`
	Hash  ident.Hash      `json:"sha256"`
}

type described1 struct {
	By      string          `json:"by"`
	Version int64           `json:"version"`
	Sort    complaint.Cause `json:"sort"`
	Hash    ident.Hash      `json:"sha256"`
}

type measureSet1 struct {
	By        string               `json:"by"`
	Measure   string               `json:"measure"`
	Kind      incident.MeasureKind `json:"kind"`
	Owner     string               `json:"owner,omitempty"`
	Due       string               `json:"due,omitempty"`
	Hash      ident.Hash           `json:"sha256"`
	Decisions []rule.Decision      `json:"decisions"`
}

type measureDone1 struct {
	By        string          `json:"by"`
	Measure   string          `json:"measure"`
	Day       string          `json:"day"`
	CheckOn   string          `json:"check_on"`
	Decisions []rule.Decision `json:"decisions"`
}

type measureChecked1 struct {
	By        string          `json:"by"`
	Measure   string          `json:"measure"`
	Day       string          `json:"day"`
	Effect    incident.Effect `json:"effect"`
	Days      int64           `json:"days"` // counted before and after, 0 nothing
	Before    int64           `json:"before"`
	After     int64           `json:"after"`
	Hash      ident.Hash      `json:"found_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type concluded1 struct {
	By        string          `json:"by"`
	State     State           `json:"state"`
	Decisions []rule.Decision `json:"decisions"`
}

type reopened1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

func (s *Service) fact(kind string, by ident.Actor, id casework.ID, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(id), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

// decisions asks the clock of a root cause for a fact.
func (c Cause) decisions() []rule.Decision {
	_, decided := Clock.Decide(c.question())
	return []rule.Decision{decided}
}
