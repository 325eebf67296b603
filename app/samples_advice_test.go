package app

import (
	"testing"

	"zorgplicht/advice"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/party"
	"zorgplicht/staff"
)

// advise lets everything happen to an advice file that is recorded of it.
func advise(t *testing.T, h *house) {
	t.Helper()
	ctx, s := t.Context(), h.Advice
	account, _, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Adviseur", Email: "advies@kantoor.example", Roles: []staff.Role{staff.Compliance}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
	today := calendar.Of(h.Now())
	publishSet(t, h, "spaaradvies", adviceSet)
	var f advice.File
	keep := func(next advice.File, err error) error { f = next; return err }
	profile := advice.Profile{
		Position: advice.Position{Income: new(int64(4_500_000))}, Knowledge: advice.Graded{Level: "voldoende"}, Experience: advice.Graded{Level: "weinig"},
		Objectives: "Sparen voor later.", Risk: advice.Graded{Level: "geen"},
	}
	advised := advice.Recommendation{Day: today, Kind: "sparen", Provider: "De Bank", Why: "Er is geen haast en geen risico."}
	entry := advice.Entry{Reference: "K-14", Procedure: "spaaradvies", Answers: savingAnswers, Content: advice.Content{Role: advice.Intermediary, Profile: profile, Advice: advised}}
	for i, step := range []func() error{
		func() error { return s.Name(ctx, by, "spaaradvies", "sparen") },
		func() error { return keep(s.Record(ctx, by, entry)) },
		func() error {
			advised.Product, advised.Terms = f.Advice.Product, "Rente 2 procent, drie jaar vast"
			return keep(s.Correct(ctx, by, f.ID(), f.Case.Revision, advice.Correction{Role: f.Role, Profile: profile, Advice: advised, Why: "De kenmerken ontbraken."}))
		},
		func() error {
			return keep(s.Follow(ctx, by, f.ID(), f.Case.Revision, advice.Sequel{
				Outcome: advice.Outcome{Result: advice.Other, Day: today, Product: "Beleggingsrekening"},
				Choice:  &advice.OwnChoice{Warned: today, Way: casework.Mail, Words: "Ik weet dat u sparen adviseert en kies zelf voor beleggen."},
			}))
		},
		func() error {
			all, err := s.Procedures(ctx, h.firm)
			if err != nil {
				return err
			}
			return s.End(ctx, by, all[0].ID, "Er komt een nieuwe versie.")
		},
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
}

// adviceSet is a standardised procedure, as small as one can be.
const adviceSet = `language: 1
name: spaaradvies
title: Advies over sparen
version: 1
from: 2020-01-01
categories: [onbeslist, spaarrekening, deposito]
fields:
  - {name: buffer, type: euro, from: 0, through: 1000000, source: positie, question: "Hoeveel spaargeld heeft de klant?"}
  - {name: weet_vast, type: yesno, source: kennis, question: "Weet de klant dat een deposito vast staat?"}
  - {name: eerder, type: yesno, source: ervaring, question: "Had de klant eerder een deposito?"}
  - {name: lang, type: yesno, source: doelstelling, question: "Kan het geld drie jaar vast staan?"}
  - {name: zeker, type: yesno, source: risico, question: "Wil de klant zekerheid over de rente?"}
rules:
  - {id: S1, category: spaarrekening, when: buffer <= euro(10000) || !lang || !zeker || !weet_vast && !eerder, reason: Het geld moet vrij blijven., norm: "bfd:14:4"}
  - {id: S2, category: deposito, when: buffer > euro(10000) && lang && zeker && (weet_vast || eerder), reason: Het geld kan vast staan., norm: "bfd:14:4"}
`

var savingAnswers = map[string]string{"buffer": "25000", "weet_vast": "ja", "eerder": "nee", "lang": "ja", "zeker": "ja"}

// publishSet lets a rule set be written, tried, approved and put to use.
func publishSet(t *testing.T, h *house, name, words string) {
	t.Helper()
	ctx, s, f := t.Context(), h.Criteria, party.Firm{ID: h.firm}
	author, reviewer, publisher := roomtest.Staff(f), roomtest.Staff(f), roomtest.Staff(f)
	d, err := s.Write(ctx, author, criteria.Writing{Name: name, Purpose: criteria.OtherPurpose, Text: words})
	if err == nil {
		_, err = s.Try(ctx, author, criteria.Trying{Name: name, Saw: d.Revision, Sample: []byte("id;buffer;weet_vast;eerder;lang;zeker\nC1;25000;ja;nee;ja;ja\n"), ID: "id"})
	}
	if err == nil {
		d, err = s.Ask(ctx, author, criteria.Offer{Name: name, Saw: d.Revision, Note: "Onze procedure."})
	}
	if err == nil {
		d, err = s.Approve(ctx, reviewer, criteria.Approval{Name: name, Set: d.Asked.Set, Note: "Akkoord."})
	}
	if err == nil {
		_, err = s.Publish(ctx, publisher, criteria.Publication{Name: name, Set: d.Asked.Set})
	}
	if err != nil {
		t.Fatal(err)
	}
}
