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

// The facts of ways in beside the password.
const (
	SignedInBy        = "staff.signed_in/2" // by other means than a password
	FederationSet     = "staff.federation_set/1"
	FederationRemoved = "staff.federation_removed/1"
	AccountLinked     = "staff.account_linked/1"
)

type signedIn2 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Means   string `json:"means"`
}

// federationSet1 holds no secret, sealed or not.
type federationSet1 struct {
	By       string   `json:"by"`
	Issuer   string   `json:"issuer"`
	ClientID string   `json:"client"`
	Domains  []string `json:"domains"`
}

type federationRemoved1 struct {
	By string `json:"by"`
}

type accountLinked1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Issuer  string `json:"issuer"`
}

func (w scribe) signedBy(means Means, account string) journal.Fact {
	return w.fact(SignedInBy, account, signedIn2{w.by.String(), account, string(means)})
}

func (w scribe) federationSet(f Federation) journal.Fact {
	return w.fact(FederationSet, string(f.Firm), federationSet1{w.by.String(), f.Issuer, f.ClientID, f.Domains})
}

func (w scribe) federationRemoved() journal.Fact {
	return w.fact(FederationRemoved, string(w.by.Firm), federationRemoved1{w.by.String()})
}

func (w scribe) linked(account, issuer string) journal.Fact {
	return w.fact(AccountLinked, account, accountLinked1{w.by.String(), account, issuer})
}
