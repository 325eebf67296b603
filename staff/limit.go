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
// than a person errs, and leaves a guesser 480 tries a day against one account.
// An address may be a whole office.
var (
	PerAccount = Limit{5, 15 * time.Minute}
	PerAddress = Limit{50, 15 * time.Minute}
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

// accountKey and addressKey are the names under which tries are counted. They are
// hashed, so that the table holds no e-mail address and no address of anybody's
// home in the clear.
func accountKey(email string) ident.Hash { return ident.HashOf([]byte("account\n" + email)) }

func addressKey(address string) ident.Hash { return ident.HashOf([]byte("address\n" + address)) }
