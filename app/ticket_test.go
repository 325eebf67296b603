package app

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// keysOf fetches the published keys as a sales system would.
func keysOf(t *testing.T, h *house) jose.JSONWebKeySet {
	t.Helper()
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/.well-known/jwks.json", nil))
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(w.Body.Bytes(), &set); err != nil || w.Code != 200 || len(set.Keys) != 1 {
		t.Fatalf("keys: %d %s (%v)", w.Code, w.Body, err)
	}
	if !set.Keys[0].IsPublic() || strings.Contains(w.Body.String(), `"d"`) {
		t.Fatal("the published key is not only public")
	}
	return set
}

func TestATicketIsCheckedWithThePublishedKeysAlone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, _ := h.take("K-1", right)
		order := appropriateness.TicketOrder{Attempt: id, Audience: "verkoop", Key: "bewijs-een"}
		ticket, err := h.Appropriateness.Ticket(t.Context(), h.operator(), order)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := h.SignTicket(ticket)
		if err != nil {
			t.Fatal(err)
		}
		jws, err := jose.ParseSignedCompact(signed, []jose.SignatureAlgorithm{jose.EdDSA})
		if err != nil {
			t.Fatal(err)
		}
		set := keysOf(t, h)
		body, err := jws.Verify(set)
		if err != nil {
			t.Fatal(err)
		}
		var c claims
		if err := json.Unmarshal(body, &c); err != nil {
			t.Fatal(err)
		}
		if c.Reference != "K-1" || c.Verdict != "appropriate" || c.Product != "mortgage" || c.Audience != "verkoop" ||
			c.Firm != h.firm || c.Attempt != id || !strings.HasPrefix(c.Issuer, h.BaseURL) {
			t.Errorf("the ticket says %+v", c)
		}
		if got := time.Unix(c.Expires, 0).Sub(time.Unix(c.Issued, 0)); got > 90*24*time.Hour || got < 89*24*time.Hour {
			t.Errorf("the ticket holds %v, want the 90 days of the pass", got)
		}
		for i := range signed { // any changed character is found
			changed := []byte(signed)
			changed[i] ^= 1
			if other, err := jose.ParseSignedCompact(string(changed), []jose.SignatureAlgorithm{jose.EdDSA}); err == nil {
				if got, err := other.Verify(set); err == nil && string(got) != string(body) {
					t.Fatalf("a ticket with character %d changed is taken for good", i)
				}
			}
		}
		h.clock.add(time.Hour)
		again, err := h.Appropriateness.Ticket(t.Context(), h.operator(), order)
		if err != nil || again != ticket {
			t.Errorf("the same order twice gives %+v, then %+v (%v)", ticket, again, err)
		}
	})
}

func TestNoTicketAfterAStop(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	for reference, choose := range map[string]func(appropriateness.Question) appropriateness.OptionID{"K-1": wrong, "K-2": open} {
		id, _ := h.take(reference, choose)
		_, err := h.Appropriateness.Ticket(t.Context(), h.operator(), appropriateness.TicketOrder{Attempt: id, Audience: "verkoop"})
		if !fault.Has(err, "gate-shut") {
			t.Errorf("%s: a ticket after a stop gave %v", reference, err)
		}
	}
	h.verifyGreen()
}

func TestOnlyTheLastAttemptOpensTheGate(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s, ctx := h.Appropriateness, t.Context()
		if _, err := s.Publish(ctx, h.operator(), goOnTest()); err != nil {
			t.Fatal(err)
		}
		first, _ := h.take("K-1", wrong)
		if err := s.Choose(ctx, h.Keys.Link(first), appropriateness.ChoseGoOn, true); err != nil {
			t.Fatal(err)
		}
		order := appropriateness.TicketOrder{Attempt: first, Audience: "verkoop"}
		if _, err := s.Ticket(ctx, h.operator(), order); err != nil {
			t.Fatal(err)
		}
		h.clock.add(48 * time.Hour)
		second, token := h.start("K-1")
		if _, err := s.Ticket(ctx, h.operator(), order); err != nil {
			t.Errorf("a link that was not used shut the gate: %v", err)
		}
		if _, err := h.answer(ctx, second, token, wrong); err != nil {
			t.Fatal(err)
		}
		if err := s.Choose(ctx, token, appropriateness.ChoseStop, false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Ticket(ctx, h.operator(), order); !fault.Has(err, "gate-shut") {
			t.Errorf("a ticket of the attempt before gave %v", err)
		}
		f, err := s.File(ctx, h.operator(), first)
		if err != nil || f.Gate.Open {
			t.Errorf("the file shows an open gate (%v)", err)
		}
	})
}
