package app

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/journal/dossier"
	"zorgplicht/staff"
)

// complaints writes some down, of which every other one by phone without a description.
func (h *house) complaints(by ident.Actor, n int) (all []complaint.Complaint) {
	h.t.Helper()
	for i := range n {
		way := casework.Letter
		if i%2 == 1 {
			way = casework.Phone
		}
		c, err := h.Complaint.Receive(h.t.Context(), by, complaint.Intake{
			Received: calendar.Of(h.Now()), Way: way, Sort: complaint.Grievance, Original: "De rente klopt niet.",
			From: complaint.Person{Name: "A. Jansen", Address: "Dorpsstraat 1", Town: "Ons Dorp"},
		})
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// handled answers a complaint and ends it.
func (h *house) handled(by ident.Actor, c complaint.Complaint) {
	h.t.Helper()
	ctx, s := h.t.Context(), h.Complaint
	keep := func(next complaint.Complaint, err error) error { c = next; return err }
	for _, step := range []func() error{
		func() error {
			return keep(s.Classify(ctx, by, c.ID(), c.Case.Revision, complaint.Class{About: "De rente.", Cause: complaint.ByTerms, From: c.From}))
		},
		func() error {
			return keep(s.Reply(ctx, by, c.ID(), c.Case.Revision, complaint.Reply{Kind: complaint.Final, Way: casework.Letter, Text: "U hebt gelijk. U kunt naar Kifid."}, "Kifid"))
		},
		func() error {
			return keep(s.Conclude(ctx, by, c.ID(), c.Case.Revision, complaint.Conclusion{Outcome: complaint.Upheld, Note: "Hersteld."}))
		},
	} {
		if err := step(); err != nil {
			h.t.Fatal(err)
		}
	}
}

// inspects opens an inspection of complaints for a new guest.
func (h *house) inspects(by ident.Actor, change func(*inspection.Opening)) (inspection.Inspection, inspection.Reader) {
	h.t.Helper()
	today := calendar.Of(h.Now())
	in := inspection.Opening{
		Authority: "Autoriteit Financiële Markten", Reference: "2026/17", Purpose: "Onderzoek naar de behandeling van klachten.", Kinds: []inspection.Kind{"klacht"},
		From: today.AddDays(-30).String(), Through: today.String(), Until: today.AddDays(14).String(), Name: "I. Kijker", Email: newID()[24:] + "@afm.example",
	}
	if change != nil {
		change(&in)
	}
	made, err := h.Inspection.Open(h.t.Context(), by, in)
	if err != nil {
		h.t.Fatal(err)
	}
	return made.Inspection, inspection.Reader{Actor: ident.Actor{Firm: by.Firm, Kind: ident.Staff, ID: made.Guest.ID}}
}

func TestAGuestReadsWhatWasOpenedAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, s := t.Context(), h.Inspection
		by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
		cs := h.complaints(handler, 3)
		i, guest := h.inspects(by, nil)
		leaf, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "klacht", Most: 2})
		if err != nil || len(leaf.Files) != 2 || leaf.Next == "" {
			t.Fatalf("the first page: %+v, %v", leaf, err)
		}
		rest, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "klacht", Most: 2, After: leaf.Next})
		if err != nil || len(rest.Files) != 1 || rest.Next != "" {
			t.Fatalf("the second page: %+v, %v", rest, err)
		}
		lacking, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "klacht", Most: 50, Lacks: true})
		if err != nil || len(lacking.Files) != 1 || lacking.Files[0].ID != string(cs[1].ID()) {
			t.Errorf("the incomplete ones: %+v, %v", lacking.Files, err)
		}
		r, err := s.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(cs[1].ID())})
		if err != nil {
			t.Fatal(err)
		}
		if lacks := r.File.Lacks(); len(lacks) != 1 || lacks[0].Says() != "ontbreekt: omschrijving van de klacht, artikel 51, onderdeel c, Bfd" {
			t.Errorf("what is missing: %+v", lacks)
		}
		if !r.Evidence.Green() || len(r.Evidence.Facts) != 1 || !r.Evidence.Facts[0].Proven {
			t.Errorf("the evidence: %+v", r.Evidence)
		}
		deeds, err := s.Deeds(ctx, inspection.Reader{Actor: by, All: true}, i.ID)
		if err != nil || len(deeds) != 2 || deeds[0].Kind != inspection.KindSeen || deeds[0].About.ID != string(cs[1].ID()) || deeds[0].By != guest.String() {
			t.Errorf("what compliance sees of it: %+v, %v", deeds, err)
		}
		for name, c := range map[string]struct {
			by     inspection.Reader
			ref    inspection.Ref
			reason string
		}{
			"a kind that was not opened":            {guest, inspection.Ref{Kind: "advies", ID: newID()}, "unknown-file"},
			"a complaint that is none":              {guest, inspection.Ref{Kind: "klacht", ID: newID()}, "unknown-file"},
			"a guest of another inspection":         {inspection.Reader{Actor: ident.Actor{Firm: by.Firm, Kind: ident.Staff, ID: newID()}}, inspection.Ref{Kind: "klacht", ID: string(cs[0].ID())}, "unknown-inspection"},
			"a program, which is nobody's guest":    {inspection.Reader{Actor: ident.Actor{Firm: by.Firm, Kind: ident.Program, ID: guest.ID}}, inspection.Ref{Kind: "klacht", ID: string(cs[0].ID())}, "unknown-inspection"},
			"an incident, by the id of a complaint": {guest, inspection.Ref{Kind: "incident", ID: string(cs[0].ID())}, "unknown-file"},
		} {
			if _, err := s.Read(ctx, c.by, i.ID, c.ref); !fault.Has(err, c.reason) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.clock.add(15 * 24 * time.Hour)
		for name, do := range map[string]func() error{
			"a list": func() error {
				_, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "klacht", Most: 1})
				return err
			},
			"a file": func() error {
				_, err := s.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(cs[0].ID())})
				return err
			},
			"a dossier":    func() error { _, err := s.Ask(ctx, guest, i.ID); return err },
			"a list along": func() error { return s.Take(ctx, guest, i.ID, "klacht", "csv", 1, ident.Hash{}) },
		} {
			if err := do(); !fault.Has(err, "inspection-over") || !fault.Is(err, fault.Denied) {
				t.Errorf("%s after the last day: %v", name, err)
			}
		}
	})
}

func TestFilesByNameAndCompartments(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	ctx, s := t.Context(), h.Inspection
	by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
	cs := h.complaints(handler, 2)
	i, guest := h.inspects(by, func(in *inspection.Opening) {
		in.Kinds, in.From, in.Through, in.Files = nil, "", "", strings.ToLower(cs[0].Case.Number)
	})
	leaf, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "klacht", Most: 50})
	if err != nil || len(leaf.Files) != 1 || leaf.Files[0].ID != string(cs[0].ID()) {
		t.Errorf("the named one: %+v, %v", leaf.Files, err)
	}
	if _, err := s.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(cs[1].ID())}); !fault.Has(err, "file-not-opened") {
		t.Errorf("the other one: %v", err)
	}
	if _, err := s.Files(ctx, guest, i.ID, inspection.Look{Kind: "incident", Most: 50}); !fault.Has(err, "file-not-opened") {
		t.Errorf("a compartment that was not opened: %v", err)
	}
	t.Run("a compartment among the ordinary kinds opens nothing", func(t *testing.T) {
		_, err := s.Open(ctx, by, inspection.Opening{
			Authority: "AFM", Purpose: "iets", Kinds: []inspection.Kind{"incident"}, From: "2026-01-01", Through: "2026-02-01", Until: "2099-01-01", Name: "x", Email: "x@y.example",
		})
		if !fault.Has(err, "invalid-inspection") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("all that is wrong is told at once", func(t *testing.T) {
		_, err := s.Open(ctx, by, inspection.Opening{Kinds: []inspection.Kind{"klacht"}, From: "gisteren", Files: "K-1999-0001"})
		f := fault.As(err)
		if f == nil {
			t.Fatal(err)
		}
		at := map[string]bool{}
		for _, d := range f.Details {
			at[d.Pointer] = true
		}
		for _, p := range []string{"/authority", "/purpose", "/until", "/from", "/through", "/files", "/name", "/email"} {
			if !at[p] {
				t.Errorf("nothing is said of %s", p)
			}
		}
	})
	t.Run("what was ended opens no more, and only once", func(t *testing.T) {
		if err := s.End(ctx, by, i.ID, "het onderzoek is klaar"); err != nil {
			t.Fatal(err)
		}
		if err := s.End(ctx, by, i.ID, "nog eens"); !fault.Has(err, "inspection-not-open") {
			t.Errorf("ended twice: %v", err)
		}
		if _, err := s.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(cs[0].ID())}); !fault.Has(err, "inspection-ended") {
			t.Errorf("read after the end: %v", err)
		}
	})
}

func TestADossierOfAnInspectionProvesItself(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, s := t.Context(), h.Inspection
		by, handler := h.person(staff.Compliance, "Toon"), h.person(staff.Handler, "Bea")
		cs := h.complaints(handler, 5)
		h.handled(handler, cs[0])
		i, guest := h.inspects(by, nil)
		d, err := s.Ask(ctx, guest, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := s.Ask(ctx, guest, i.ID); err != nil || again.ID != d.ID {
			t.Errorf("asked twice: %v, %v", again.ID, err)
		}
		if err := s.Work(ctx, by.Firm, d.ID, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		d, body, err := s.Fetch(ctx, guest, i.ID, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		if d.Files != 5 || d.Facts < 8 || d.Lacking != 2 || d.Unequal != 0 {
			t.Errorf("it holds %+v", d.Tally)
		}
		file := filepath.Join(t.TempDir(), "inzage.zip")
		whole, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := VerifyDossier(ctx, file, h.Keys.Verifier())
		if err != nil || !r.Green() || r.Signer != journal.SignerChecked || r.Facts < 8 || r.Replay == nil || r.Replay.Decisions == 0 || r.Replay.Same != r.Replay.Decisions {
			t.Fatalf("verification: %+v, %v", r, err)
		}
		for at := 40; at < len(whole); at += len(whole)/60 + 1 {
			whole[at] ^= 1
			bad, err := dossier.Verify(ctx, strings.NewReader(string(whole)), int64(len(whole)), dossier.VerifyOptions{Verifier: h.Keys.Verifier()})
			if err != nil || bad.Green() && bad.Signer == journal.SignerChecked {
				t.Errorf("a changed byte at %d of %d is not found: %v", at, len(whole), err)
			}
			whole[at] ^= 1
		}
		h.clock.add(15 * 24 * time.Hour)
		if n, err := s.Tidy(ctx, by.Firm); err != nil || n != 1 {
			t.Errorf("tidied %d, %v", n, err)
		}
		if _, err := h.Inspection.Archive.Open(ctx, by.Firm, d.Hash); err == nil {
			t.Error("the file outlives the inspection")
		}
	})
}
