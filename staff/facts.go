package staff

import (
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
)

// The facts of this room. Each names an account or token by its id only; that of
// a token also by its name, which is that of a program.
const (
	SignedIn      = "staff.signed_in/1"
	SignInRefused = "staff.sign_in_refused/1"
	SignedOut     = "staff.signed_out/1"
	AccountAdded  = "staff.account_added/1"
	TokenAdded    = "staff.token_added/1"
	TokenRevoked  = "staff.token_revoked/1"
)

// The encodings, one struct each. They are released and never change.

// signed1 is both staff.signed_in/1 and staff.signed_out/1.
type signed1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
}

// signInRefused1 holds why: wrong-password or account-ended. A try that the
// limits turned away is no fact, or anybody could fill the journal from outside.
type signInRefused1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Reason  string `json:"reason"`
}

type accountAdded1 struct {
	By      string   `json:"by"`
	Account string   `json:"account"`
	Roles   []string `json:"roles"`
	Until   string   `json:"until,omitempty"` // instant, RFC 3339 in UTC, to the millisecond
}

type tokenAdded1 struct {
	By     string   `json:"by"`
	Token  string   `json:"token"`
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	Until  string   `json:"until,omitempty"`
}

type tokenRevoked1 struct {
	By    string `json:"by"`
	Token string `json:"token"`
}

// A scribe writes facts of one moment and firm.
type scribe struct {
	id  func() string
	by  ident.Actor
	now time.Time
}

func (w scribe) fact(kind, subject string, payload any) journal.Fact {
	return journal.Fact{
		ID: w.id(), Firm: w.by.Firm, Kind: kind, Subject: subject,
		Valid: w.now, Recorded: w.now, Payload: canon.Must(payload),
	}
}

func (w scribe) signed(kind, account string) journal.Fact {
	return w.fact(kind, account, signed1{w.by.String(), account})
}

func (w scribe) refused(account, reason string) journal.Fact {
	return w.fact(SignInRefused, account, signInRefused1{w.by.String(), account, reason})
}

func (w scribe) accountAdded(a Account) journal.Fact {
	return w.fact(AccountAdded, a.ID, accountAdded1{w.by.String(), a.ID, names(a.Roles), instant(a.Until)})
}

func (w scribe) tokenAdded(t Token) journal.Fact {
	return w.fact(TokenAdded, t.ID, tokenAdded1{w.by.String(), t.ID, t.Name, names(t.Scopes), instant(t.Until)})
}

func (w scribe) tokenRevoked(id string) journal.Fact {
	return w.fact(TokenRevoked, id, tokenRevoked1{w.by.String(), id})
}

func names[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}
