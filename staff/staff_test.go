package staff_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

func TestCheckAccount(t *testing.T) {
	good := staff.Account{Email: "jo@delinde.example", Name: "Jo de Wit", Roles: []staff.Role{staff.Handler}}
	for _, c := range []struct {
		name    string
		change  func(*staff.Account)
		reasons []string
	}{
		{"an account with a name, an address and a role", func(*staff.Account) {}, nil},
		{"a guest with an end", func(a *staff.Account) {
			a.Roles, a.Until = []staff.Role{staff.Supervisor}, noon.Add(time.Hour)
		}, nil},
		{"a supervisor without an end", func(a *staff.Account) { a.Roles = []staff.Role{staff.Supervisor} }, []string{"end-missing"}},
		{"an end that is now is past", func(a *staff.Account) { a.Until = noon }, []string{"end-past"}},
		{"an address without a name", func(a *staff.Account) { a.Email = "@delinde.example" }, []string{"email-invalid"}},
		{"an address with a space", func(a *staff.Account) { a.Email = "jo de@wit.example" }, []string{"email-invalid"}},
		{
			"all at once", func(a *staff.Account) { *a = staff.Account{Roles: []staff.Role{"owner"}} },
			[]string{"email-invalid", "name-length", "role-unknown"},
		},
		{"no role", func(a *staff.Account) { a.Roles = nil }, []string{"role-missing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := good
			c.change(&a)
			var got []string
			if f := fault.As(staff.CheckAccount(a, noon)); f != nil {
				for _, d := range f.Details {
					got = append(got, d.Reason)
				}
			}
			if d := cmp.Diff(c.reasons, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFoldEmail(t *testing.T) {
	if got := staff.FoldEmail(" Jo.DE.Wit@DeLinde.example\n"); got != "jo.de.wit@delinde.example" {
		t.Errorf("got %q", got)
	}
	if staff.FoldEmail("rene\u0301@x.example") != staff.FoldEmail("ren\u00e9@x.example") {
		t.Error("one address in two spellings is two")
	}
}
