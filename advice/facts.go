package advice

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They name the client by id and the content of
// a file by its hash.
const (
	KindRecorded  = "advice.recorded/1"  // a file was begun
	KindCorrected = "advice.corrected/1" // its profile or recommendation was filled in or corrected
	KindFollowed  = "advice.followed/1"  // what came of the advice was written down
	KindNamed     = "advice.procedure_named/1"
	KindEnded     = "advice.procedure_ended/1"
)

// kept1 is a version of a file.
type kept1 struct {
	By        string          `json:"by"`
	Client    ident.Person    `json:"client"`
	Version   int64           `json:"version"`
	Hash      ident.Hash      `json:"sha256"`
	Role      Role            `json:"role"`
	Advised   string          `json:"advised"`
	Kind      ProductKind     `json:"kind"`
	Result    Result          `json:"result"`
	Contract  string          `json:"contract,omitempty"`
	Procedure string          `json:"procedure,omitempty"`
	Deviates  bool            `json:"deviates,omitempty"`
	Why       *ident.Hash     `json:"why_sha256"`
	Decisions []rule.Decision `json:"decisions"`
}

type named1 struct {
	By        string          `json:"by"`
	Name      string          `json:"name"`
	Version   int64           `json:"version"`
	Set       ident.Hash      `json:"set"`
	Kind      ProductKind     `json:"kind"`
	From      string          `json:"from"`
	Decisions []rule.Decision `json:"decisions"`
}

type ended1 struct {
	By  string     `json:"by"`
	On  string     `json:"on"`
	Why ident.Hash `json:"why_sha256"`
}

func (s *Service) fact(kind, subject string, by ident.Actor, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
