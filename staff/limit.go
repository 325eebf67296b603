package staff

import (
	"fmt"
	"time"

	"zorgplicht/ident"
)

// A Limit is how many sign-ins may fail within a time. The window starts at the
// first failure, so who waits it out starts afresh.
type Limit struct {
	Max    int
	Window time.Duration
}

// How often signing in may fail. Ours, no norm gives a number: five times is more
// than a person errs, and leaves a guesser 480 tries a day from one address
// against one account. All addresses together get no more than PerAccount. An
// address may be a whole office. A browser that signed in to the account before
// is counted by itself alone, so that strangers who guess shut nobody out.
var (
	PerPair    = Limit{5, 15 * time.Minute}
	PerAccount = Limit{20, 15 * time.Minute}
	PerAddress = Limit{50, 15 * time.Minute}
	PerDevice  = Limit{5, 15 * time.Minute}
)

// Tries are the sign-ins that failed, or are under way, since a moment.
type Tries struct {
	Failed int
	Since  time.Time
}

// Admit counts one more try and returns how long to wait instead, zero when it
// may go on. A try counts before its outcome is known, so that many at once get
// no further than many in a row. Tries of the future, left by a clock that went
// back, count from now.
func (l Limit) Admit(t Tries, now time.Time) (Tries, time.Duration) {
	if t.Since.After(now) {
		t.Since = now
	}
	end := t.Since.Add(l.Window)
	if t.Failed == 0 || !now.Before(end) {
		return Tries{1, now}, 0
	}
	if t.Failed >= l.Max {
		return t, end.Sub(now)
	}
	t.Failed++
	return t, 0
}

// Limited tells how long it is before somebody may try to sign in again. It is
// the cause of the fault with reason sign-in-limited.
type Limited struct{ Wait time.Duration }

// Error says how long to wait.
func (l Limited) Error() string { return fmt.Sprintf("too many sign-ins failed, wait %s", l.Wait) }

// A count is a limit with the name under which tries are counted.
type count struct {
	key   ident.Hash
	limit Limit
}

// admit counts the try under all names, or under none when one of them must wait.
func admit(counts []count, before []Tries, now time.Time) (after []Tries, wait time.Duration) {
	after = make([]Tries, len(counts))
	for i, c := range counts {
		var w time.Duration
		after[i], w = c.limit.Admit(before[i], now)
		wait = max(wait, w)
	}
	if wait > 0 {
		return before, wait
	}
	return after, 0
}

// forgive takes back what the one who got in had failed: all under the first name,
// which is theirs alone, and as much under the others.
func forgive(before []Tries) []Tries {
	after := make([]Tries, len(before))
	for i, t := range before {
		if t.Failed -= before[0].Failed; t.Failed > 0 {
			after[i] = t
		}
	}
	return after
}

// A Knock is where a try to sign in comes from: one address for all who share a
// connection, and the secret that a browser was given when it signed in before.
type Knock struct {
	Address string
	Device  string
}

// The names under which tries are counted are hashed, so that the table holds no
// e-mail address and no address of anybody's home in the clear.
func accountKey(email string) ident.Hash { return ident.HashOf([]byte("account\n" + email)) }

func addressKey(address string) ident.Hash { return ident.HashOf([]byte("address\n" + address)) }

func pairKey(email, address string) ident.Hash {
	return ident.HashOf([]byte("pair\n" + email + "\n" + address))
}

func deviceKey(email, device string) ident.Hash {
	return ident.HashOf([]byte("device\n" + email + "\n" + device))
}

// ownKey counts those who are signed in and give a wrong current password.
func ownKey(account string) ident.Hash { return ident.HashOf([]byte("own\n" + account)) }
