package app

import (
	"errors"
	"fmt"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/staff"
)

// keepCases lets everything happen to a complaint that is recorded of it.
func keepCases(t *testing.T, h *house) {
	t.Helper()
	ctx, s := t.Context(), h.Complaint
	account, _, err := h.Staff.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Behandelaar", Email: "klachten@kantoor.example", Roles: []staff.Role{staff.Handler}}, "")
	if err != nil {
		t.Fatal(err)
	}
	by := ident.Actor{Firm: h.firm, Kind: ident.Staff, ID: account.ID}
	var c complaint.Complaint
	var task string
	today := calendar.Of(h.Now())
	from := complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Town: "Ons Dorp"}
	keep := func(next complaint.Complaint, err error) error { c = next; return err }
	for i, step := range []func() error{
		func() error {
			return s.SetProcedure(ctx, by, 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: "Kifid", Text: "Zo doen wij het."})
		},
		func() error { return s.ConfirmRead(ctx, by, 1) },
		func() error {
			return keep(s.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Phone, Sort: complaint.Grievance, Original: "De rente klopt niet.", From: from}))
		},
		func() error {
			return h.Casework.SetTask(ctx, by, c.ID(), casework.Task{Title: "Bel terug", Day: today.AddDays(5)})
		},
		func() error {
			f, err := h.Casework.File(ctx, h.firm, c.ID())
			for _, d := range f.Dues {
				if d.Task() {
					task = d.Code
				}
			}
			return err
		},
		func() error { return h.Casework.Snooze(ctx, by, c.ID(), task, today.AddDays(2), "klant is weg") },
		func() error { return h.Casework.HandOver(ctx, by, c.ID(), task, account.ID) },
		func() error { return h.Casework.EndTask(ctx, by, c.ID(), task) },
		func() error {
			return h.Casework.Attach(ctx, by, c.ID(), casework.Document{Name: "brief.pdf", Way: casework.Letter}, []byte("%PDF-1.7"))
		},
		func() error { return h.Casework.Give(ctx, by, c.ID(), c.Case.Revision, account.ID, "Nazorg") },
		func() error {
			return keep(s.Classify(ctx, by, c.ID(), c.Case.Revision+1, complaint.Class{About: "Rente", Cause: complaint.ByPrice, From: from}))
		},
		func() error {
			return keep(s.Reply(ctx, by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "U heeft gelijk. U kunt ook naar Kifid."}, "Kifid"))
		},
		func() error {
			return h.Casework.WriteTemplate(ctx, by, 0, casework.Template{Kind: complaint.Kind, Code: complaint.LetterProgress, Subject: "Uw klacht", Text: "Het duurt langer, {klant}."})
		},
		func() error {
			return keep(s.MakeLetter(ctx, by, c.ID(), c.Case.Revision, casework.Missive{Code: complaint.LetterProgress, Version: 1, From: "Kantoor", To: "A. Jansen", Subject: "Uw klacht", Text: "Het duurt langer."}, "Kifid"))
		},
		func() error {
			f, err := h.Casework.File(ctx, h.firm, c.ID())
			if err != nil {
				return err
			}
			return keep(s.Sent(ctx, by, c.ID(), c.Case.Revision, f.Letters[0].ID, casework.Letter, today, "Kifid"))
		},
		func() error {
			return keep(s.Conclude(ctx, by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Redress: 100, Note: "Hersteld."}))
		},
		func() error { _, err := s.Link(ctx, by, c.ID()); return err },
		func() error {
			late, err := s.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "De brief lag een week.", From: from})
			if err != nil {
				return err
			}
			_, err = s.CorrectReceipt(ctx, by, late.ID(), late.Case.Revision, today.AddDays(-7), "Poststempel.")
			return err
		},
		func() error {
			for range 6 {
				if _, err := s.Receive(ctx, by, complaint.Intake{Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "Dezelfde fout.", From: from, Product: "overbrugging"}); err != nil {
					return err
				}
			}
			ring, err := s.Surges(ctx, h.firm)
			if err != nil || len(ring) == 0 {
				return errors.Join(err, fmt.Errorf("%d surges", len(ring)))
			}
			if err := errors.Join(s.SnoozeSurge(ctx, by, ring[0].Code(), today.AddDays(1), "Wij wachten op cijfers."), s.HandSurge(ctx, by, ring[0].Code(), account.ID)); err != nil {
				return err
			}
			return s.SeeSurge(ctx, by, complaint.PerProduct, "overbrugging", "Een brief met een fout.")
		},
		func() error {
			rows := []complaint.Row{{Row: 2, Intake: complaint.Intake{Key: "OUD-1", Received: today, Way: casework.Letter, Sort: complaint.Grievance, Original: "De premie.", From: from}}}
			im, err := s.Import(ctx, by, ident.HashOf([]byte("oud.csv")), rows, nil, complaint.Whole)
			if err != nil || len(im.Faults) > 0 {
				return errors.Join(err, fmt.Errorf("faults %v", im.Faults))
			}
			_, _, err = s.UndoImport(ctx, by, im.ID, "Het verkeerde bestand.")
			return err
		},
		func() error {
			return keep(s.Correct(ctx, by, c.ID(), c.Case.Revision, complaint.Correction{Sort: complaint.Claim, Product: "krediet", Service: "beheer", Cause: complaint.ByTerms, Why: "De klant wilde geld."}))
		},
		func() error { return keep(s.Reopen(ctx, by, c.ID(), c.Case.Revision, "nieuwe stukken")) },
		func() error {
			return keep(s.Forward(ctx, by, c.ID(), c.Case.Revision, complaint.Dispute{Body: "Kifid", Since: today}))
		},
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
}
