package app

import (
	"testing"
	"time"

	"zorgplicht/staff"
)

// keepAccounts lets everything happen to an account that is recorded of it.
func keepAccounts(t *testing.T, h *house) {
	t.Helper()
	ctx, s := t.Context(), h.Staff
	a, password, err := s.AddAccount(ctx, staff.Account{Firm: h.firm, Name: "Auteur", Email: "auteur@kantoor.example", Roles: []staff.Role{staff.Author}}, "")
	if err != nil {
		t.Fatal(err)
	}
	var who staff.Session
	for i, step := range []func() error{
		func() (err error) {
			who, err = s.SignIn(ctx, a.Email, password, staff.Knock{Address: "192.0.2.1"})
			return err
		},
		func() (err error) {
			who, err = s.ChangePassword(ctx, who, staff.NewPassword{Current: password, Next: "de kat zit op de mat", Again: "de kat zit op de mat"})
			return err
		},
		func() error {
			return s.SetRoles(ctx, h.operator(), a.ID, []staff.Role{staff.Author, staff.Reviewer}, h.Now().Add(48*time.Hour))
		},
		func() error { return s.EndSessions(ctx, who.Actor(), a.ID) },
		func() error { _, err := s.ResetPassword(ctx, h.operator(), a.ID); return err },
		func() error { return s.Block(ctx, h.operator(), a.ID) },
		func() error { return s.Unblock(ctx, h.operator(), a.ID) },
	} {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	keepPasskeys(t, h)
	federate(t, h, h.firm)
	if err := (jobDesk{h.App}).Retry(ctx, h.operator(), h.failTask(h.firm, "de ontvanger antwoordt niet")); err != nil {
		t.Fatal(err)
	}
}
