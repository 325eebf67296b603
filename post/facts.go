package post

import (
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The kinds of fact this room writes, about the case, or about the mail where there is
// none. None holds an address.
const (
	KindAsked    = "post.mail_asked/1"       // somebody puts a letter in the outbox
	KindAccepted = "post.mail_accepted/1"    // the server took it
	KindRefused  = "post.mail_refused/1"     // it did not arrive: refused, given up, or returned
	KindUnsure   = "post.mail_unsure/1"      // nobody knows
	KindReceived = "post.message_received/1" // a message came in
	KindFiled    = "post.message_filed/1"    // a person put it with a case
	KindAside    = "post.message_put_aside/1"
	KindSettled  = "post.mail_settled/1" // a person said what is so
)

type asked1 struct {
	By      string     `json:"by"`
	Mail    ID         `json:"mail"`
	Letter  string     `json:"letter"`
	Message string     `json:"message_id"`
	Hash    ident.Hash `json:"sha256"`
}

type accepted1 struct {
	By     string     `json:"by"`
	Mail   ID         `json:"mail"`
	Letter string     `json:"letter"`
	Hash   ident.Hash `json:"sha256"`
	Code   int64      `json:"code"`
	Answer ident.Hash `json:"answer_sha256"`
	At     string     `json:"at"`
}

type refused1 struct {
	By     string `json:"by"`
	Mail   ID     `json:"mail"`
	Letter string `json:"letter"`
	State  State  `json:"state"`
	Code   int64  `json:"code"`
	At     string `json:"at"`
}

type unsure1 struct {
	By     string `json:"by"`
	Mail   ID     `json:"mail"`
	Letter string `json:"letter"`
	At     string `json:"at"`
}

type settled1 struct {
	By      string `json:"by"`
	Mail    ID     `json:"mail"`
	Letter  string `json:"letter"`
	Arrived bool   `json:"arrived"`
}

type received1 struct {
	By       string     `json:"by"`
	Hash     ident.Hash `json:"sha256"`
	Size     int64      `json:"size"`
	Received string     `json:"received"`
	Masked   bool       `json:"masked"`
	Kept     bool       `json:"kept"`
	Files    int64      `json:"files"`
	State    InState    `json:"state"`
}

type filed1 struct {
	By   string     `json:"by"`
	Mail ID         `json:"mail"`
	Hash ident.Hash `json:"sha256"`
	As   InState    `json:"as"`
}

type aside1 struct {
	By  string     `json:"by"`
	Why ident.Hash `json:"why_sha256"`
}

// fact is one about the subject.
func (s *Service) fact(kind string, firm ident.Firm, subject string, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }
