package casework

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The kinds of fact this room writes, about a case; what the case is, its own room
// records.
const (
	KindAssigned  = "casework.assigned/1" // who has it in hand
	KindNoted     = "casework.noted/1"    // a note was written
	KindFiled     = "casework.filed/1"    // a document was filed
	KindTask      = "casework.task_set/1" // a person set a task
	KindTaskEnded = "casework.task_ended/1"
	KindSnoozed   = "casework.snoozed/1" // a reminder was put off
	KindHanded    = "casework.handed_over/1"

	KindRooted = "casework.root_named/1" // what lies behind it was said, or taken back

	KindTemplate   = "casework.template_written/1" // the firm's words for a kind of letter
	KindLetter     = "casework.letter_made/1"
	KindLetterSent = "casework.letter_sent/1"
)

type assigned1 struct {
	By      string `json:"by"`
	Handler string `json:"handler,omitempty"`
	Team    string `json:"team,omitempty"`
}

type noted1 struct {
	By   string     `json:"by"`
	Note string     `json:"note"`
	Way  Way        `json:"way"`
	At   string     `json:"at"`
	Hash ident.Hash `json:"sha256"`
}

type filed1 struct {
	By       string     `json:"by"`
	Document string     `json:"document"`
	Way      Way        `json:"way"`
	Media    string     `json:"media"`
	Size     int64      `json:"size"`
	Hash     ident.Hash `json:"sha256"`
}

type task1 struct {
	By   string     `json:"by"`
	Code string     `json:"code"`
	Day  string     `json:"day"`
	For  string     `json:"for,omitempty"`
	Hash ident.Hash `json:"title_sha256"`
}

type taskEnded1 struct {
	By   string `json:"by"`
	Code string `json:"code"`
}

type snoozed1 struct {
	By    string     `json:"by"`
	Code  string     `json:"code"`
	Until string     `json:"until"`
	Why   ident.Hash `json:"why_sha256"`
}

type rooted1 struct {
	By   string `json:"by"`
	Root string `json:"root,omitempty"` // case of the root cause
	Was  string `json:"was,omitempty"`
}

type template1 struct {
	By      string     `json:"by"`
	Kind    string     `json:"kind"`
	Code    string     `json:"code"`
	Version int64      `json:"version"`
	Hash    ident.Hash `json:"sha256"`
}

type letter1 struct {
	By      string     `json:"by"`
	Letter  string     `json:"letter"`
	Code    string     `json:"code"`
	Version int64      `json:"version"`
	PDF     ident.Hash `json:"pdf_sha256"`
	HTML    ident.Hash `json:"html_sha256"`
}

type letterSent1 struct {
	By     string `json:"by"`
	Letter string `json:"letter"`
	Way    Way    `json:"way"`
	At     string `json:"at"`
}

type handed1 struct {
	By   string `json:"by"`
	Code string `json:"code"`
	To   string `json:"to"`
}

func (s *Service) fact(kind string, by ident.Actor, id ID, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: by.Firm, Kind: kind, Subject: string(id), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
