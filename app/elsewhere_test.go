package app

import (
	"net/http"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/dispute"
)

// TestADisputeIsFoundByTheNumberOfItsBody: first of all, however it is typed, by who may
// see disputes and nobody else.
func TestADisputeIsFoundByTheNumberOfItsBody(t *testing.T) {
	c := newCrew(t)
	ctx, by, today := t.Context(), c.by(c.officer), calendar.Of(c.Now())
	body, err := c.Dispute.Register(ctx, by, "", dispute.Entry{Name: "Loket Geschillen", Joined: today.AddDays(-900)})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]string{}
	for _, reference := range []string{"KD-2026.0017", "KD-2026.0018", "17"} {
		d, err := c.Dispute.File(ctx, by, "", dispute.Filing{
			Body: body.ID(), How: dispute.Brought, Filed: today, About: "De rente, zie ook 2026.0017 van een ander.", Detail: dispute.Detail{Reference: reference, Complainant: "B. van Zon"},
		})
		if err != nil {
			t.Fatal(err)
		}
		numbers[reference] = d.Case.Number
	}
	for sought, reference := range map[string]string{"KD-2026.0017": "KD-2026.0017", "kd20260018": "KD-2026.0018", "kd 2026 0018": "KD-2026.0018", "17": "17", "2026.0017": "", "rente": ""} {
		page := sure(t)(c.handler.get("/werk/zoek?zoek="+strings.ReplaceAll(sought, " ", "+"))).mustBe(t, http.StatusOK).body
		for r, number := range numbers {
			if says := strings.Contains(page, "Geschil "+number+", bij de instantie bekend als "+r); says != (r == reference) {
				t.Errorf("%s: %s first is %t", sought, r, says)
			}
		}
	}
}
