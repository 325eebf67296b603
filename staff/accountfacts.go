package staff

import "zorgplicht/journal"

// The facts of what happens to an account after it was added. None of them holds a
// password, an address or a name.
const (
	PasswordChanged = "staff.password_changed/1" // by who has the account
	PasswordReset   = "staff.password_reset/1"   // by somebody else
	RolesSet        = "staff.roles_set/1"
	EndSet          = "staff.end_set/1"
	AccountBlocked  = "staff.account_blocked/1"
	AccountFreed    = "staff.account_freed/1"
	SessionsEnded   = "staff.sessions_ended/1"
)

// account1 is every fact that says no more than whose account it is about. It is
// released and never changes, like the encodings below.
type account1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
}

type rolesSet1 struct {
	By      string   `json:"by"`
	Account string   `json:"account"`
	Was     []string `json:"was"`
	Roles   []string `json:"roles"`
}

type endSet1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Until   string `json:"until,omitempty"` // instant, RFC 3339 in UTC, to the millisecond
}

// sessionsEnded1 holds which: one of them, or all.
type sessionsEnded1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Which   string `json:"which"`
}

func (w scribe) about(kind, account string) journal.Fact {
	return w.fact(kind, account, account1{w.by.String(), account})
}

func (w scribe) passwordChanged(account string) journal.Fact {
	return w.about(PasswordChanged, account)
}

func (w scribe) passwordReset(account string) journal.Fact { return w.about(PasswordReset, account) }

func (w scribe) blocked(account string) journal.Fact { return w.about(AccountBlocked, account) }

func (w scribe) unblocked(account string) journal.Fact { return w.about(AccountFreed, account) }

func (w scribe) rolesSet(was, is Account) journal.Fact {
	return w.fact(RolesSet, is.ID, rolesSet1{w.by.String(), is.ID, names(was.Roles), names(is.Roles)})
}

func (w scribe) endSet(a Account) journal.Fact {
	return w.fact(EndSet, a.ID, endSet1{w.by.String(), a.ID, instant(a.Until)})
}

func (w scribe) sessionsEnded(account, which string) journal.Fact {
	return w.fact(SessionsEnded, account, sessionsEnded1{w.by.String(), account, which})
}
