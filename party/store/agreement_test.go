package store_test

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/party"
	"zorgplicht/party/store"
)

func TestAgreements(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		h := open(db)
		insurer, office, stranger := h.firm(t, "Verzekeraar"), h.firm(t, "Kantoor"), h.firm(t, "Derde")
		by := func(f party.Firm) ident.Actor { return ident.Actor{Firm: f.ID, Kind: ident.Staff, ID: newID()} }
		today := calendar.Of(monday)
		offer := party.Offer{Distributor: office.ID, Product: "mortgage", From: today}
		h.facts = nil
		a, err := h.Offer(t.Context(), by(insurer), offer)
		if err != nil {
			t.Fatal(err)
		}
		theirs := func(f party.Firm) party.Agreement {
			t.Helper()
			all, err := h.Agreements(t.Context(), by(f))
			if err != nil || len(all) != 1 {
				t.Fatalf("%s has %v, %v", f.Name, all, err)
			}
			return all[0]
		}
		t.Run("both firms have it, and a third has nothing", func(t *testing.T) {
			if theirs(insurer) != theirs(office) || theirs(office) != a {
				t.Errorf("%+v beside %+v", theirs(insurer), theirs(office))
			}
			if all, err := h.Agreements(t.Context(), by(stranger)); err != nil || len(all) != 0 {
				t.Errorf("a third firm sees %v, %v", all, err)
			}
		})
		t.Run("an offer is not in force", func(t *testing.T) {
			if a.InForce(today) {
				t.Error("it is")
			}
		})
		t.Run("a second one for the same product meets the first", func(t *testing.T) {
			if _, err := h.Offer(t.Context(), by(insurer), offer); !fault.Has(err, "agreement-overlaps") {
				t.Errorf("got %v", err)
			}
		})
		t.Run("only the distributor accepts, once", func(t *testing.T) {
			if _, err := h.Accept(t.Context(), by(insurer), a.ID, ""); !fault.Is(err, fault.Denied) {
				t.Errorf("the provider: %v", err)
			}
			if _, err := h.Accept(t.Context(), by(stranger), a.ID, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("a stranger: %v", err)
			}
			if _, err := h.Accept(t.Context(), by(office), a.ID, ""); err != nil || !theirs(insurer).InForce(today) {
				t.Errorf("%v, in force at the provider: %t", err, theirs(insurer).InForce(today))
			}
			if _, err := h.Accept(t.Context(), by(office), a.ID, ""); !fault.Has(err, "agreement-accepted") {
				t.Errorf("twice: %v", err)
			}
		})
		t.Run("it does not end in the past, or without a reason", func(t *testing.T) {
			_, err := h.End(t.Context(), by(office), party.Ending{Agreement: a.ID, Last: today.AddDays(-1), Reason: " "})
			if f := fault.As(err); f == nil || len(f.Details) != 2 {
				t.Errorf("got %v", err)
			}
		})
		t.Run("either firm ends it, and its last day still counts", func(t *testing.T) {
			if _, err := h.End(t.Context(), by(office), party.Ending{Agreement: a.ID, Last: today, Reason: "Wij stoppen met dit product."}); err != nil {
				t.Fatal(err)
			}
			if b := theirs(insurer); !b.InForce(today) || b.InForce(today.AddDays(1)) || b.Reason == "" {
				t.Errorf("got %+v", b)
			}
		})
		t.Run("each act is a fact in both journals, which names a member of staff at their own firm alone", func(t *testing.T) {
			if len(h.facts) != 6 {
				t.Fatalf("%d facts", len(h.facts))
			}
			for _, f := range h.facts {
				if f.Subject != a.ID || f.Firm != insurer.ID && f.Firm != office.ID {
					t.Errorf("fact %s of %s about %s", f.Kind, f.Firm, f.Subject)
				}
			}
			if string(h.facts[0].Payload) == string(h.facts[1].Payload) {
				t.Error("the distributor reads who at the provider offered it")
			}
		})
		t.Run("an offer to nobody tells all that is wrong", func(t *testing.T) {
			_, err := h.Offer(t.Context(), by(insurer), party.Offer{Product: "Hypotheek!", Until: today})
			if f := fault.As(err); f == nil || len(f.Details) != 3 {
				t.Errorf("got %v", err)
			}
			if _, err := h.Offer(t.Context(), by(insurer), party.Offer{Distributor: ident.Firm(newID()), Product: "mortgage", From: today}); !fault.Has(err, "firm-unknown") {
				t.Errorf("an unknown firm: %v", err)
			}
		})
	})
}
