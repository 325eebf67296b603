package staff

import "zorgplicht/journal"

// The facts of passkeys. They hold the id of one, never its name or key.
const (
	PasskeyAdded   = "staff.passkey_added/1"
	PasskeyRemoved = "staff.passkey_removed/1"
	PasskeyDoubted = "staff.passkey_doubted/1" // its counter went back: there may be a copy
)

// passkey1 is every fact about one passkey. It is released and never changes.
type passkey1 struct {
	By      string `json:"by"`
	Account string `json:"account"`
	Passkey string `json:"passkey"`
}

func (w scribe) passkey(kind, account, id string) journal.Fact {
	return w.fact(kind, account, passkey1{w.by.String(), account, id})
}

func (w scribe) passkeyAdded(p Passkey) journal.Fact {
	return w.passkey(PasskeyAdded, p.Account, p.ID)
}

func (w scribe) passkeyRemoved(account, id string) journal.Fact {
	return w.passkey(PasskeyRemoved, account, id)
}

func (w scribe) passkeyDoubted(account, id string) journal.Fact {
	return w.passkey(PasskeyDoubted, account, id)
}
