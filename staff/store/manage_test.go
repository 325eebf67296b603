package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

func by(a staff.Account) ident.Actor {
	return ident.Actor{Firm: a.Firm, Kind: ident.Staff, ID: a.ID}
}

func (h *house) in(t *testing.T, email, word string) staff.Session {
	t.Helper()
	who, err := h.SignIn(t.Context(), email, word, address)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// holds reports whether a session still opens pages.
func (h *house) holds(t *testing.T, who staff.Session) bool {
	t.Helper()
	_, err := h.Session(t.Context(), staff.Seat{Firm: who.Account.Firm, Account: who.Account.ID, Epoch: who.Account.Epoch})
	if err != nil && !fault.Has(err, staff.SignedOff) {
		t.Fatal(err)
	}
	return err == nil
}

func TestOwnPassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.account(t, de, "jo@delinde.example", staff.Handler)
		const next = "de hond zit op de mat"

		t.Run("all that is wrong is told at once, and nothing changes", func(t *testing.T) {
			who := h.in(t, "jo@delinde.example", password)
			_, err := h.ChangePassword(t.Context(), who, staff.NewPassword{Current: "geraden", Next: "jo", Again: "an"})
			var reasons []string
			for _, d := range fault.As(err).Details {
				reasons = append(reasons, d.Reason)
			}
			if d := cmp.Diff([]string{"password-wrong", "password-short", "password-guessable", "password-differs"}, reasons); d != "" {
				t.Error(d)
			}
			_, err = h.ChangePassword(t.Context(), who, staff.NewPassword{Current: password, Next: password, Again: password})
			if f := fault.As(err); f == nil || f.Details[0].Reason != "password-same" {
				t.Errorf("got %v", err)
			}
			if !h.holds(t, who) {
				t.Error("the session ended")
			}
		})
		t.Run("a new password ends every session but the one that goes on", func(t *testing.T) {
			here, there := h.in(t, "jo@delinde.example", password), h.in(t, "jo@delinde.example", password)
			h.kinds()
			on, err := h.ChangePassword(t.Context(), here, staff.NewPassword{Current: password, Next: next, Again: next})
			if err != nil {
				t.Fatal(err)
			}
			if h.holds(t, here) || h.holds(t, there) || !h.holds(t, on) {
				t.Error("the wrong sessions hold")
			}
			if strings.Contains(string(h.facts[0].Payload), next) {
				t.Error("the fact holds the password")
			}
			if d := cmp.Diff([]string{staff.PasswordChanged}, h.kinds()); d != "" {
				t.Error(d)
			}
			if _, err := h.SignIn(t.Context(), "jo@delinde.example", password, address); !fault.Has(err, staff.Refused) {
				t.Errorf("the old password: %v", err)
			}
			h.in(t, "jo@delinde.example", next)
		})
		t.Run("a thief of a session cannot guess the password at leisure", func(t *testing.T) {
			who := h.in(t, "jo@delinde.example", next)
			var err error
			for range staff.PerDevice.Max + 1 {
				_, err = h.ChangePassword(t.Context(), who, staff.NewPassword{Current: "geraden", Next: password, Again: password})
			}
			if !fault.Has(err, staff.TooMany) {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestManage(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		boss := h.account(t, de, "beheer@delinde.example", staff.Operator)
		jo := h.account(t, de, "jo@delinde.example", staff.Handler)

		t.Run("who is let in gets a password that must be changed", func(t *testing.T) {
			_, word, err := h.Hire(t.Context(), by(boss), staff.Account{Firm: other, Email: "an@delinde.example", Name: "An", Roles: []staff.Role{staff.Author}})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(h.facts[0].Payload), "staff:"+boss.ID) {
				t.Errorf("the fact says %s", h.facts[0].Payload)
			}
			who := h.in(t, "an@delinde.example", word)
			if !who.Account.MustChange || who.Account.Firm != de {
				t.Errorf("got %+v", who.Account)
			}
			who, err = h.ChangePassword(t.Context(), who, staff.NewPassword{Current: word, Next: password, Again: password})
			if err != nil || who.Account.MustChange {
				t.Errorf("got %+v, %v", who.Account, err)
			}
		})
		t.Run("nobody changes their own account, nor one of another firm", func(t *testing.T) {
			for name, do := range map[string]func(ident.Actor, string) error{
				"roles": func(a ident.Actor, id string) error {
					return h.SetRoles(t.Context(), a, id, staff.Roles[:3], time.Time{})
				},
				"block":   func(a ident.Actor, id string) error { return h.Block(t.Context(), a, id) },
				"unblock": func(a ident.Actor, id string) error { return h.Unblock(t.Context(), a, id) },
				"reset":   func(a ident.Actor, id string) error { _, err := h.ResetPassword(t.Context(), a, id); return err },
			} {
				if err := do(by(boss), boss.ID); !fault.Has(err, "own-account") {
					t.Errorf("%s of their own: %v", name, err)
				}
				if err := do(ident.Actor{Firm: other, Kind: ident.Staff, ID: newID()}, jo.ID); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s of another firm: %v", name, err)
				}
			}
		})
		t.Run("a reset ends sessions and the old password, and is told once", func(t *testing.T) {
			who := h.in(t, jo.Email, password)
			h.kinds()
			word, err := h.ResetPassword(t.Context(), by(boss), jo.ID)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{staff.PasswordReset}, h.kinds()); d != "" || h.holds(t, who) {
				t.Errorf("%s, session holds %t", d, h.holds(t, who))
			}
			if _, err := h.SignIn(t.Context(), jo.Email, password, address); !fault.Has(err, staff.Refused) {
				t.Errorf("got %v", err)
			}
			if who = h.in(t, jo.Email, word); !who.Account.MustChange {
				t.Error("the password need not be changed")
			}
		})
		t.Run("a blocked account is shut out until it is freed, and its sessions stay gone", func(t *testing.T) {
			word, err := h.ResetPassword(t.Context(), by(boss), jo.ID)
			if err != nil {
				t.Fatal(err)
			}
			who := h.in(t, jo.Email, word)
			h.kinds()
			for range 2 {
				if err := h.Block(t.Context(), by(boss), jo.ID); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := h.SignIn(t.Context(), jo.Email, word, address); !fault.Has(err, staff.Refused) || h.holds(t, who) {
				t.Errorf("got %v", err)
			}
			if err := h.Unblock(t.Context(), by(boss), jo.ID); err != nil || h.holds(t, who) {
				t.Errorf("got %v", err)
			}
			h.in(t, jo.Email, word)
			if d := cmp.Diff([]string{staff.AccountBlocked, staff.SignInRefused, staff.AccountFreed, staff.SignedIn}, h.kinds()); d != "" {
				t.Error(d)
			}
		})
		t.Run("roles and end hold at the next request, each with its fact", func(t *testing.T) {
			until := h.now.Add(48 * time.Hour)
			h.kinds()
			if err := h.SetRoles(t.Context(), by(boss), jo.ID, []staff.Role{staff.Supervisor, staff.Author}, until); err != nil {
				t.Fatal(err)
			}
			a, err := h.Account(t.Context(), de, jo.ID)
			if err != nil || a.May(staff.MakeLink) || !a.May(staff.WriteQuestions) || !a.Until.Equal(until) || a.Password != "" {
				t.Errorf("got %+v, %v", a, err)
			}
			if d := cmp.Diff([]string{staff.RolesSet, staff.EndSet}, h.kinds()); d != "" {
				t.Error(d)
			}
			err = h.SetRoles(t.Context(), by(boss), jo.ID, []staff.Role{staff.Supervisor}, time.Time{})
			if f := fault.As(err); f == nil || f.Details[0].Reason != "end-missing" {
				t.Errorf("got %v", err)
			}
		})
		t.Run("somebody who manages staff remains, whatever two do to each other at once", func(t *testing.T) {
			second := h.account(t, de, "tweede@delinde.example", staff.Operator)
			var wg sync.WaitGroup
			errs := make([]error, 2)
			wg.Go(func() { errs[0] = h.Block(t.Context(), by(boss), second.ID) })
			wg.Go(func() { errs[1] = h.Block(t.Context(), by(second), boss.ID) })
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !fault.Has(errs[0], "last-manager") && !fault.Has(errs[1], "last-manager") {
				t.Errorf("got %v and %v", errs[0], errs[1])
			}
		})
	})
}

func TestKnownBrowser(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		jo := h.account(t, de, "jo@delinde.example", staff.Handler)
		who := h.in(t, jo.Email, password)
		secret, err := h.Remember(t.Context(), who, "zelf bedacht")
		if err != nil || len(secret) != 43 {
			t.Fatalf("%q, %v", secret, err)
		}
		known := staff.Knock{Address: "198.51.100.4", Device: secret}

		t.Run("strangers who guess from everywhere shut out strangers only", func(t *testing.T) {
			for i := range staff.PerAccount.Max {
				from := staff.Knock{Address: "203.0.113." + string(rune('a'+i))}
				if _, err := h.SignIn(t.Context(), jo.Email, "geraden wachtwoord", from); !fault.Has(err, staff.Refused) {
					t.Fatal(err)
				}
			}
			if _, err := h.SignIn(t.Context(), jo.Email, password, address); !fault.Has(err, staff.TooMany) {
				t.Errorf("a browser nobody knows: %v", err)
			}
			if _, err := h.SignIn(t.Context(), jo.Email, password, known); err != nil {
				t.Errorf("the browser that signed in before: %v", err)
			}
		})
		t.Run("one address cannot lock an account for another address", func(t *testing.T) {
			an := h.account(t, de, "an@delinde.example", staff.Handler)
			for range staff.PerPair.Max + 2 {
				h.SignIn(t.Context(), an.Email, "geraden wachtwoord", staff.Knock{Address: "203.0.113.200"})
			}
			if _, err := h.SignIn(t.Context(), an.Email, password, address); err != nil {
				t.Error(err)
			}
		})
		t.Run("a known browser guesses no more than anybody", func(t *testing.T) {
			var err error
			for range staff.PerDevice.Max + 1 {
				_, err = h.SignIn(t.Context(), jo.Email, "geraden wachtwoord", known)
			}
			if !fault.Has(err, staff.TooMany) {
				t.Errorf("got %v", err)
			}
			h.now = h.now.Add(staff.PerDevice.Window)
		})
		t.Run("it is known for that account alone, keeps its secret, and is forgotten at signing out everywhere", func(t *testing.T) {
			again, err := h.Remember(t.Context(), who, secret)
			if err != nil || again != secret {
				t.Errorf("%q, %v", again, err)
			}
			if err := h.EndSessions(t.Context(), by(jo), jo.ID); err != nil {
				t.Fatal(err)
			}
			if h.holds(t, who) {
				t.Error("the session holds")
			}
			var last error
			for range staff.PerPair.Max + 1 {
				_, last = h.SignIn(t.Context(), jo.Email, "geraden wachtwoord", staff.Knock{Address: "198.51.100.9", Device: secret})
			}
			_, err = h.SignIn(t.Context(), jo.Email, password, staff.Knock{Address: "198.51.100.10", Device: secret})
			if !fault.Has(last, staff.TooMany) || err != nil {
				t.Errorf("counted by its own: %v, %v", last, err)
			}
		})
	})
}
