package integrity

import (
	"zorgplicht/canon"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// The kinds of fact this room writes. They name nobody and hold no words.
const (
	KindRegistered = "integrity.registered/1"
	KindChanged    = "integrity.entry_changed/1"
	KindSeen       = "integrity.certificate_seen/1"
	KindDeclared   = "integrity.bankruptcy_declared/1"
	KindWord       = "integrity.word_recorded/2" // before: /1, which asked no years outside the sector
	KindAppointed  = "integrity.appointed/1"
	KindNoticed    = "integrity.change_noticed/1"
	KindReported   = "integrity.change_reported/1"
	KindLeft       = "integrity.left/1"
	KindExempted   = "integrity.exemption_set/1"
	KindOpened     = "integrity.opened/1" // somebody read it
	KindTaken      = "integrity.taken/1"  // somebody took the list out of the house
)

type entry1 struct {
	By         string `json:"by"`
	Role       Role   `json:"role"`
	Employment string `json:"employment"`
	Started    string `json:"started"`
	Contact    string `json:"contact,omitempty"`
}

type seen1 struct {
	By        string     `json:"by"`
	Issued    string     `json:"issued"`
	Seen      string     `json:"seen"`
	Reference ident.Hash `json:"reference_sha256"`
}

type declared1 struct {
	By            string `json:"by"`
	Bankrupt      bool   `json:"bankrupt"`
	Rehabilitated bool   `json:"rehabilitated"`
}

type word2 struct {
	By        string     `json:"by"`
	Day       string     `json:"day"`
	Act       string     `json:"act,omitempty"`
	Outside   string     `json:"years_outside_sector,omitempty"` // since the assessment under the act
	Absence   string     `json:"absence,omitempty"`              // what the supervisor makes of those
	Reference ident.Hash `json:"reference_sha256"`
}

type appointed1 struct {
	By        string          `json:"by"`
	Day       string          `json:"day"`
	Decisions []rule.Decision `json:"decisions"`
}

type noticed1 struct {
	By       string     `json:"by"`
	Change   string     `json:"change"`
	Noticed  string     `json:"noticed"`
	Incident string     `json:"incident,omitempty"`
	Hash     ident.Hash `json:"sha256"`
}

type reported1 struct {
	By        string          `json:"by"`
	Change    string          `json:"change"`
	Day       string          `json:"day"`
	Medium    string          `json:"medium"`
	Decisions []rule.Decision `json:"decisions"`
}

type left1 struct {
	By  string `json:"by"`
	Day string `json:"day"`
}

type exempted1 struct {
	By        string          `json:"by"`
	Provider  string          `json:"provider,omitempty"` // absent: article 6 reaches the person
	Decisions []rule.Decision `json:"decisions"`          // reliability
}

type opened1 struct {
	By   string `json:"by"`
	What string `json:"what"`
}

func (s *Service) fact(kind string, by ident.Actor, id casework.ID, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(id), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

// hash names words by the person they are about and themselves.
func hash(id casework.ID, words string) ident.Hash {
	return ident.HashOf([]byte(string(id) + "\n" + words))
}
