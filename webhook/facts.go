package webhook

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The kinds of fact this room writes: who decided what leaves the house, and where
// to. What was sent when is in the log of deliveries, which is kept for a while.
const (
	KindSubscribed = "webhook.subscribed/1"     // an address was subscribed
	KindChanged    = "webhook.changed/1"        // address, types or whether it is sent anything
	KindRotated    = "webhook.secret_rotated/1" // a new secret, the old one for a while beside it
	KindStopped    = "webhook.stopped/1"        // the house stopped sending by itself
)

type subscribed1 struct {
	By     string `json:"by"`
	URL    string `json:"url"`
	Types  []Type `json:"types"`
	Active bool   `json:"active"`
}

type rotated1 struct {
	By      string `json:"by"`
	Version int64  `json:"version"`
}

type stopped1 struct {
	By  string `json:"by"`
	Why Stop   `json:"why"`
}

func (s *Service) fact(kind string, id ID, firm ident.Firm, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: string(id), Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
