package app

import (
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/loanbook"
)

// keepLoans lets everything happen to a credit portfolio that is recorded of it.
func keepLoans(t *testing.T, h *house) {
	t.Helper()
	ctx, by := t.Context(), h.operator()
	if err := h.fillLoans(ctx, by); err != nil {
		t.Fatal(err)
	}
	waiting, err := h.Loanbook.Notices(ctx, by, loanbook.NoticeFilter{Waiting: true, Limit: 2})
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%d notices wait, %v", len(waiting), err)
	}
	if _, err := h.Loanbook.Tell(ctx, by, waiting[0].ID, calendar.Of(h.Now())); err != nil {
		t.Fatal(err)
	}
	f, err := h.Loanbook.Loan(ctx, by, waiting[0].Reference)
	if err != nil || len(f.Events) != 1 {
		t.Fatalf("%+v, %v", f.Events, err)
	}
	if _, err := h.Loanbook.Withdraw(ctx, by, f.Events[0].ID, "Bij de verkeerde overeenkomst vastgelegd."); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Loanbook.Undo(ctx, by, f.Load.Number, "Verkeerd bestand gestuurd."); err != nil {
		t.Fatal(err)
	}
}
