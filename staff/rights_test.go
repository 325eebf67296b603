package staff_test

import (
	"strings"
	"testing"

	"zorgplicht/staff"
)

// cells is the table of rights once more, written by another hand: whoever gives
// a right away must say so twice. Of the guest of an inspection TestRights tells all.
const cells = `
                   handler compliance operator supervisor author reviewer publisher
sign-in            yes     yes        yes      yes        yes    yes      yes
see-attempts       yes     yes        no       yes        no     no       no
see-attempt        yes     yes        no       yes        no     no       no
see-proofs         yes     yes        no       yes        no     no       no
download-dossier   no      yes        no       yes        no     no       no
make-attempt-link  yes     no         no       no         no     no       no
see-questions      no      yes        no       yes        yes    yes      yes
write-questions    no      no         no       no         yes    no       no
review-questions   no      no         no       no         no     yes      no
see-tests          yes     yes        no       yes        yes    yes      yes
write-tests        no      no         no       no         yes    no       no
publish-tests      no      no         no       no         no     no       yes
tell-sequels       yes     yes        no       no         no     no       no
evaluate-tests     no      yes        no       no         no     no       yes
see-distribution   yes     yes        no       yes        no     no       no
make-agreement     no      yes        no       no         no     no       no
see-sets           yes     yes        no       yes        yes    yes      yes
write-sets         no      yes        no       no         yes    no       no
review-sets        no      yes        no       no         no     yes      no
publish-sets       no      yes        no       no         no     no       yes
see-screenings     yes     yes        no       yes        no     no       no
make-screenings    no      yes        no       no         no     no       no
ask-rules          yes     yes        yes      yes        yes    yes      yes
set-look           no      yes        yes      no         no     no       no
see-webhooks       no      yes        yes      yes        no     no       no
keep-webhooks      no      no         yes      no         no     no       no
see-credit         yes     yes        no       yes        no     no       no
write-credit       no      yes        no       no         no     no       no
issue-credit       yes     yes        no       no         no     no       no
see-staff          no      yes        yes      yes        no     no       no
manage-staff       no      no         yes      no         no     no       no
see-tasks          no      yes        yes      yes        no     no       no
retry-tasks        no      no         yes      no         no     no       no
see-complaints     yes     yes        no       yes        no     no       no
handle-complaints  yes     yes        no       no         no     no       no
set-complaint-procedure no yes        no       no         no     no       no
set-letters        no      yes        no       no         no     no       no
see-applications   yes     yes        no       yes        no     no       no
handle-applications yes    yes        no       no         no     no       no
set-norm-amounts   no      yes        no       no         no     no       no
see-commission     yes     yes        no       yes        no     no       no
agree-commission   no      yes        no       no         no     no       no
run-commission     yes     yes        no       no         no     no       no
approve-commission no      yes        no       no         no     no       no
see-advice         yes     yes        no       yes        no     no       no
record-advice      yes     yes        no       no         no     no       no
set-advice-procedure no yes           no       no         no     no       no
see-retention      yes     yes        no       yes        no     no       no
hold-records       yes     yes        no       no         no     no       no
destroy-records    no      yes        no       no         no     no       no
see-incidents      no      yes        no       yes        no     no       no
handle-incidents   no      yes        no       no         no     no       no
report-incidents   yes     yes        yes      no         yes    yes      yes
set-incident-policy no     yes        no       no         no     yes      yes
see-reliability    no      yes        no       yes        no     no       no
keep-reliability   no      yes        no       no         no     no       no
see-post           yes     yes        no       yes        no     no       no
handle-post        yes     yes        no       no         no     no       no
see-disputes       yes     yes        no       yes        no     no       no
handle-disputes    yes     yes        no       no         no     no       no
keep-dispute-bodies no     yes        no       no         no     no       no
see-causes         yes     yes        no       yes        no     no       no
handle-causes      yes     yes        no       no         no     no       no
work               yes     yes        yes      yes        yes    yes      yes
read-inspections   no      yes        no       no         no     no       no
open-inspections   no      yes        no       no         no     no       no
`

func TestEveryRoleAndAction(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(cells), "\n")
	roles := strings.Fields(lines[0])
	if len(roles)+1 != len(staff.Roles) || len(lines)-1 != len(staff.Actions) {
		t.Fatalf("the table has %d roles and %d actions, the room %d and %d", len(roles), len(lines)-1, len(staff.Roles), len(staff.Actions))
	}
	for i, line := range lines[1:] {
		field := strings.Fields(line)
		if staff.Action(field[0]) != staff.Actions[i] {
			t.Fatalf("line %d is about %s, the room lists %s", i+1, field[0], staff.Actions[i])
		}
		for j, name := range roles {
			role, err := staff.ParseRole(name)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := staff.Right(role, staff.Actions[i]), field[j+1] == "yes"; got != want {
				t.Errorf("%s may %s: got %t, want %t", name, field[0], got, want)
			}
		}
	}
}

func TestRights(t *testing.T) {
	t.Run("a role nobody knows may do nothing", func(t *testing.T) {
		for _, do := range staff.Actions {
			if staff.Right("owner", do) {
				t.Errorf("may %s", do)
			}
		}
		if _, err := staff.ParseRole("owner"); err == nil {
			t.Error("the role was read")
		}
	})
	t.Run("an action nobody knows is for nobody", func(t *testing.T) {
		for _, r := range staff.Roles {
			if staff.Right(r, "see-everything") {
				t.Errorf("%s may", r)
			}
		}
	})
	t.Run("two roles may what either may", func(t *testing.T) {
		a := staff.Account{Roles: []staff.Role{staff.Handler, staff.Compliance}}
		if !a.May(staff.MakeLink) || !a.May(staff.Download) {
			t.Error("a right of one role is lost")
		}
	})
	t.Run("a guest of an inspection may sign in and read what was opened, and nothing else", func(t *testing.T) {
		for _, do := range staff.Actions {
			if want := do == staff.SignIn || do == staff.ReadInspections; staff.Right(staff.Inspector, do) != want {
				t.Errorf("an inspector may %s: %t", do, !want)
			}
		}
	})
	t.Run("every role has a Dutch name", func(t *testing.T) {
		for _, r := range staff.Roles {
			if r.Dutch() == "" || r.Dutch() == "operator" {
				t.Errorf("%s is called %q", r, r.Dutch())
			}
		}
	})
}
