package app

import (
	"testing"

	"zorgplicht/credit"
)

// lend lets everything happen to a credit product that is recorded of it.
func lend(t *testing.T, h *house) {
	t.Helper()
	if err := h.fillCredit(t.Context(), h.firm, h.operator()); err != nil {
		t.Fatal(err)
	}
	all, err := h.Credit.Products(t.Context(), h.operator())
	if err != nil || len(all) != len(demoCredits) {
		t.Fatalf("%d products, %v", len(all), err)
	}
	p := all[0]
	if _, err := h.Credit.Write(t.Context(), h.operator(), credit.Writing{ID: p.ID, Saw: p.Nr, Content: p.Content}); err != nil {
		t.Fatal(err)
	}
}
