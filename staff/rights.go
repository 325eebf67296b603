package staff

import (
	"fmt"
	"slices"
)

// A Role is what somebody is in the firm.
type Role string

// The roles.
const (
	Handler    Role = "handler"    // behandelaar: helps clients
	Compliance Role = "compliance" // compliance officer: must be able to show it all
	Operator   Role = "operator"   // beheerder: keeps the installation, sees no clients
	Supervisor Role = "supervisor" // toezichthouder: a guest who reads, with an end date
)

// Roles are all roles, in the order in which they are listed.
var Roles = []Role{Handler, Compliance, Operator, Supervisor}

// Dutch is how a page names the role.
func (r Role) Dutch() string {
	switch r {
	case Handler:
		return "behandelaar"
	case Compliance:
		return "compliance"
	case Operator:
		return "beheerder"
	case Supervisor:
		return "toezichthouder"
	}
	return string(r)
}

func (r Role) known() bool { return slices.Contains(Roles, r) }

// ParseRole returns the role of this name.
func ParseRole(s string) (Role, error) {
	if r := Role(s); r.known() {
		return r, nil
	}
	return "", fmt.Errorf("no role %q: choose from handler, compliance, operator and supervisor", s)
}

// An Action is something that not everybody may do.
type Action string

// The actions.
const (
	SignIn      Action = "sign-in"
	SeeAttempts Action = "see-attempts"      // the list, with its search
	SeeAttempt  Action = "see-attempt"       // one attempt with answers and verdict
	SeeProofs   Action = "see-proofs"        // facts of the journal with their proofs
	Download    Action = "download-dossier"  // take evidence out of the house
	MakeLink    Action = "make-attempt-link" // invite a client to a test
)

// Actions are all actions.
var Actions = []Action{SignIn, SeeAttempts, SeeAttempt, SeeProofs, Download, MakeLink}

// rights is who may do what: the only place that says so. Whoever keeps the
// machine has no business with clients, whoever watches invites nobody, and
// evidence leaves the house by the hand of compliance or supervisor.
var rights = map[Action][]Role{
	SignIn:      {Handler, Compliance, Operator, Supervisor},
	SeeAttempts: {Handler, Compliance, Supervisor},
	SeeAttempt:  {Handler, Compliance, Supervisor},
	SeeProofs:   {Handler, Compliance, Supervisor},
	Download:    {Compliance, Supervisor},
	MakeLink:    {Handler},
}

// Right reports whether the role has the right to do this.
func Right(r Role, do Action) bool { return slices.Contains(rights[do], r) }
