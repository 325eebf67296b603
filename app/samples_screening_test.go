package app

import (
	"strings"
	"testing"

	"zorgplicht/criteria"
)

// keepRuns lets a portfolio be loaded and screened while the set of keepSets is in
// use.
func keepRuns(t *testing.T, h *house) {
	t.Helper()
	p, err := h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, strings.NewReader(aBook(10, 0)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht"})
	if err == nil {
		err = h.Screener.Work(t.Context(), h.firm, r.ID, func() bool { return false })
	}
	if err == nil {
		p, err = h.Screener.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Beleggingen", Set: "aandacht"}, strings.NewReader(aBook(2, 0)))
	}
	if err == nil {
		_, err = h.Screener.Remove(t.Context(), h.operator(), criteria.RemoveOrder{Portfolio: p.ID, Reason: "De klanten zijn vertrokken."})
	}
	if err != nil {
		t.Fatal(err)
	}
}
