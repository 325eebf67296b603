package appropriateness

import (
	"time"

	"zorgplicht/ident"
)

// Kept is what retention needs to know of an attempt. No source asks to keep one: how
// long it stays is the firm's own policy.
type Kept struct {
	ID      AttemptID
	Client  ident.Person // "" once its content was destroyed
	Created time.Time
	Ended   time.Time // when it was judged or ran out of time; zero: it is open
}

// Gone reports whether its content was destroyed.
func (k Kept) Gone() bool { return k.Client == "" }
