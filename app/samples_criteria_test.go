package app

import (
	"testing"

	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/criteria"
	"zorgplicht/party"
)

// keptSet is a rule set of which everything that is recorded can be said.
const keptSet = `language: 1
name: aandacht
title: Aandacht tijdens de looptijd
version: 1
from: 2026-01-01
categories: [groen, rood]
fields:
  - {name: achterstand, type: months, from: 0, through: 120, question: Hoeveel maanden is de klant achter?}
rules:
  - {id: R1, category: rood, norm: "afm:pri:distress", when: achterstand >= months(3), reason: "De achterstand is {achterstand}."}
`

// keepSets lets a rule set be written, tried, given back, approved, published, asked
// and withdrawn.
func keepSets(t *testing.T, h *house) {
	t.Helper()
	ctx, s, f := t.Context(), h.Criteria, party.Firm{ID: h.firm}
	author, reviewer, publisher := roomtest.Staff(f), roomtest.Staff(f), roomtest.Staff(f)
	d, err := s.Write(ctx, author, criteria.Writing{Name: "aandacht", Purpose: criteria.Attention, Text: keptSet})
	if err == nil {
		_, err = s.Try(ctx, author, criteria.Trying{Name: "aandacht", Saw: d.Revision, Sample: []byte("id;achterstand\nC1;4\nC2;0\nC3;\n"), ID: "id"})
	}
	for _, note := range []string{"De grens is nieuw.", "Nu met een reden."} {
		if err == nil {
			d, err = s.Ask(ctx, author, criteria.Offer{Name: "aandacht", Saw: d.Revision, Note: note})
		}
		if err == nil && note == "De grens is nieuw." {
			d, err = s.GiveBack(ctx, reviewer, criteria.Return{Name: "aandacht", Note: "Schrijf op waarom."})
		}
	}
	if err == nil {
		d, err = s.Approve(ctx, reviewer, criteria.Approval{Name: "aandacht", Set: d.Asked.Set, Note: "Akkoord."})
	}
	if err == nil {
		_, err = s.Publish(ctx, publisher, criteria.Publication{Name: "aandacht", Set: d.Asked.Set})
	}
	if err == nil {
		_, err = s.Decide(ctx, author, criteria.Question{Name: "aandacht", Values: map[string]string{"achterstand": "4"}, Reference: "C-1"})
	}
	if err == nil {
		_, err = s.Withdraw(ctx, publisher, criteria.Withdrawal{Name: "aandacht", Version: 1, To: s.Today().AddDays(1).String(), Reason: "Het product is er niet meer."})
	}
	if err != nil {
		t.Fatal(err)
	}
}
