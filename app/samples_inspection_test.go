package app

import (
	"testing"

	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/staff"
)

// inspectAll lets everything happen to an inspection that is recorded of it.
func inspectAll(t *testing.T, h *house) {
	t.Helper()
	ctx, s := t.Context(), h.Inspection
	by, handler := h.person(staff.Compliance, "Opener"), h.person(staff.Handler, "Schrijver")
	cs := h.complaints(handler, 1)
	i, guest := h.inspects(by, func(in *inspection.Opening) { in.Files = cs[0].Case.Number })
	var d inspection.Dossier
	for n, step := range []func() error{
		func() error {
			_, err := s.Read(ctx, guest, i.ID, inspection.Ref{Kind: "klacht", ID: string(cs[0].ID())})
			return err
		},
		func() error { return s.Take(ctx, guest, i.ID, "klacht", "csv", 1, ident.HashOf([]byte("lijst"))) },
		func() (err error) { d, err = s.Ask(ctx, guest, i.ID); return err },
		func() error { return s.Work(ctx, by.Firm, d.ID, func() bool { return false }) },
		func() error {
			_, body, err := s.Fetch(ctx, guest, i.ID, d.ID)
			if err != nil {
				return err
			}
			return body.Close()
		},
		func() error { return s.End(ctx, by, i.ID, "het onderzoek is klaar") },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
	}
}
