package criteria

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The kinds of fact that screening writes.
const (
	KindLoaded   = "criteria.portfolio_loaded/1" // a portfolio got a file
	KindScreened = "criteria.screened/1"         // a run over it was done
)

type loaded1 struct {
	By     string     `json:"by"`
	Number int        `json:"number"`
	File   ident.Hash `json:"file"`
	Set    ident.Hash `json:"set"`
	Rows   int        `json:"rows"`
	Bad    int        `json:"bad"`
}

// screened1 commits to what a run said of every contract: root is that of the tree
// over its rows, columns and outcome are the files it was made from and into.
type screened1 struct {
	By         string        `json:"by"`
	Language   int           `json:"language"`
	Portfolio  string        `json:"portfolio"`
	Number     int           `json:"number"`
	Set        ident.Hash    `json:"set"`
	Version    int           `json:"version"`
	Day        calendar.Date `json:"day"`
	Columns    ident.Hash    `json:"columns"`
	Outcome    ident.Hash    `json:"outcome"`
	Root       ident.Hash    `json:"root"`
	Rows       int           `json:"rows"`
	Open       int           `json:"open"`
	Categories []counted1    `json:"categories"`
	Rules      []counted1    `json:"rules"`
}

type counted1 struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	Open  int    `json:"open"`
}

func countedOf(list []RunCount) []counted1 {
	out := []counted1{}
	for _, c := range list {
		out = append(out, counted1(c))
	}
	return out
}

func (s *Screener) screened(firm ident.Firm, r Run) journal.Fact {
	return s.fact(KindScreened, firm, r.ID, screened1{
		By: r.By, Language: Language, Portfolio: r.Portfolio, Number: r.Number, Set: r.Set, Version: r.Version, Day: r.Day,
		Columns: r.File, Outcome: r.Outcome, Root: r.Sum.Root, Rows: r.Sum.Rows, Open: r.Sum.Open,
		Categories: countedOf(r.Sum.Categories), Rules: countedOf(r.Sum.Rules),
	})
}

func (s *Screener) fact(kind string, firm ident.Firm, subject string, payload any) journal.Fact {
	at := s.Now()
	return journal.Fact{ID: s.NewID(), Firm: firm, Kind: kind, Subject: subject, Valid: at, Recorded: at, Payload: canon.Must(payload)}
}
