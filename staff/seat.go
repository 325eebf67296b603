package staff

import (
	"encoding/json"
	"strconv"
	"time"

	"zorgplicht/ident"
)

// A Seat is one session of an account: somebody who is signed in, in one browser.
type Seat struct {
	ID      string // as its owner names it, to end it; no secret
	Firm    ident.Firm
	Account string
	Epoch   int    // of the account when it began
	Browser string // in words: "Firefox op Windows"
	Means   Means  // how its owner came in
	Started time.Time
	Seen    time.Time // of the last request, to the minute
}

// Means is how somebody came in.
type Means string

// The means.
const (
	ByPassword Means = "" // also of sessions from before there were others
	ByProvider Means = "oidc"
	ByPasskey  Means = "passkey"
)

// The names under which a session holds its values.
const (
	seatID      = "seat"
	seatFirm    = "firm"
	seatAccount = "account"
	seatEpoch   = "epoch"
	seatBrowser = "browser"
	seatMeans   = "means"
)

// Values are what the session of this seat holds, by name.
func (s Seat) Values() map[string]string {
	return map[string]string{
		seatID: s.ID, seatFirm: string(s.Firm), seatAccount: s.Account, seatEpoch: strconv.Itoa(s.Epoch), seatBrowser: s.Browser,
		seatMeans: string(s.Means),
	}
}

// SeatOf reads what Values gives. A session from before there were epochs is of
// the first.
func SeatOf(value func(name string) string) Seat {
	epoch, _ := strconv.Atoi(value(seatEpoch))
	return Seat{
		ID: value(seatID), Firm: ident.Firm(value(seatFirm)), Account: value(seatAccount), Epoch: epoch,
		Browser: value(seatBrowser), Means: Means(value(seatMeans)),
	}
}

// Kept is a session as it is written down.
type Kept struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

// Seat is the seat of a session that was written down; of what is no such thing it
// is the zero Seat.
func (k Kept) Seat() Seat { return SeatOf(func(name string) string { return k.Values[name] }) }

// ReadKept reads a session that was written down as JSON.
func ReadKept(b []byte) (k Kept, err error) { return k, json.Unmarshal(b, &k) }
