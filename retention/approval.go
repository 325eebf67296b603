package retention

import (
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// ApprovalIn asks whether somebody may let a list of records be destroyed that was
// reviewed before.
type ApprovalIn struct {
	OnePerson bool      `json:"one_person"` // nobody else works at the firm
	Reviewer  string    `json:"reviewer"`
	Reviewed  time.Time `json:"reviewed"`
	By        string    `json:"by"`
	Reason    string    `json:"reason"`
	Now       time.Time `json:"now"`
}

// ApprovalOut says whether they may.
type ApprovalOut struct {
	rule.Why
	Allowed bool `json:"allowed"`
}

// onePersonDelay is how long a firm of one person waits, so that its owner can look
// once more, and shortestReason how much they write down at least.
const (
	onePersonDelay = 24 * time.Hour
	shortestReason = 40
)

// Approval decides who may let records be destroyed: another person than who
// reviewed the list. The decree asks that records are there through their last day
// (bfd:52 and its kin); that two people look before they go is the house's own rule,
// for what is destroyed does not come back.
var Approval = rule.New("destruction_approval", 1, []ident.Norm{"bfd:11", "bfd:14:1", "bfd:15", "bfd:52"}, approval,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"second_person":  "Een ander dan wie de lijst beoordeelde, laat de gegevens vernietigen.",
		"same_person":    "Wie de lijst beoordeelde, mag niet zelf laten vernietigen. Vraag een collega.",
		"one_person":     "De onderneming bestaat uit één persoon. Er is een reden opgeschreven en er is 24 uur gewacht.",
		"reason_missing": "Een onderneming van één persoon schrijft op waarom niemand anders meekijkt. Gebruik ten minste 40 tekens.",
		"too_soon":       "Een onderneming van één persoon wacht 24 uur na het beoordelen. Vernietigen kan vanaf {from}.",
	}))

func approval(in ApprovalIn) (out ApprovalOut) {
	say := func(allowed bool, code string, values ...string) ApprovalOut {
		out.Allowed = allowed
		out.Say(code, "bfd:52", values...)
		return out
	}
	from := in.Reviewed.Add(onePersonDelay)
	switch {
	case in.By != in.Reviewer:
		return say(true, "second_person")
	case !in.OnePerson:
		return say(false, "same_person")
	case utf8.RuneCountInString(strings.TrimSpace(in.Reason)) < shortestReason:
		return say(false, "reason_missing")
	case in.Now.Before(from):
		return say(false, "too_soon", "from", from.UTC().Format("2006-01-02T15:04:05.000Z"))
	}
	return say(true, "one_person")
}
