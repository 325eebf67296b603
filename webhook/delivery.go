package webhook

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"zorgplicht/internal/text"
)

// A DeliveryID is the id (UUIDv7) of a delivery.
type DeliveryID string

// A State says what became of a delivery.
type State string

// The states.
const (
	Waiting   State = "waiting"   // for its first or next try
	Delivered State = "delivered" // the receiver answered 2xx
	GivenUp   State = "given_up"  // tried for as long as messages are tried
)

// A Delivery (aflevering) is one event on its way to one subscription. An event
// that is sent again has another delivery.
type Delivery struct {
	ID           DeliveryID
	Subscription ID
	Event        string
	Type         Type
	Subject      string
	State        State
	Again        bool // asked for by hand
	Tries        int
	Made         time.Time
	First        time.Time // try; zero before it
	Next         time.Time // when it is tried, while it waits
	Ended        time.Time // zero while it waits
	Status       int       // of the last answer; 0 where there was none
	Result       Result    // of the last try
}

// A Try (poging) is one time that a message was sent.
type Try struct {
	At       time.Time
	Took     time.Duration
	Status   int    // 0 where nobody answered
	Result   Result // what came of it
	Response string // the beginning of what was answered, where it can be shown
}

// A Result is what came of a try, as a stable code.
type Result string

// The results.
const (
	OK         Result = "ok"
	BadStatus  Result = "bad-status"          // an answer that is not 2xx
	Redirected Result = "redirected"          // 3xx: we follow nobody
	NotAllowed Result = "address-not-allowed" // the name leads into a closed network
	NoName     Result = "name-not-found"
	TooSlow    Result = "timeout"
	BadTLS     Result = "tls"
	NoLine     Result = "no-connection"
)

// An Answer is what a Sender heard.
type Answer struct {
	Status int
	Result Result // OK where there was an answer, whatever its status
	Body   []byte // its beginning, KeptResponse bytes at most
	Took   time.Duration
}

// KeptResponse is how many bytes of an answer are kept.
const KeptResponse = 1024

// try reads an answer.
func (a Answer) try(at time.Time) Try {
	t := Try{At: at, Took: a.Took, Status: a.Status, Result: a.Result, Response: shown(a.Body)}
	switch {
	case a.Result != OK:
		t.Status, t.Response = 0, ""
	case a.Status >= 300 && a.Status < 400:
		t.Result = Redirected
	case a.Status < 200 || a.Status >= 300:
		t.Result = BadStatus
	}
	return t
}

var secretIn = regexp.MustCompile(`whsec_[A-Za-z0-9+/=_-]*|v1,[A-Za-z0-9+/=]{20,}|(?i)\bbearer\s+\S+`)

// shown is what is kept of an answer: readable text without what looks like a
// secret. An answer that seems to hold a citizen service number is left out.
func shown(b []byte) string {
	if len(b) > KeptResponse {
		b = b[:KeptResponse]
	}
	s := strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsPrint(r) && r != unicode.ReplacementChar {
			return r
		}
		return -1
	}, strings.ToValidUTF8(string(b), ""))
	if text.HoldsBSN(s) {
		return "(weggelaten: hierin leek een burgerservicenummer te staan)"
	}
	return secretIn.ReplaceAllString(s, "***")
}

// TriedFor is how long a message is tried before it is given up.
const TriedFor = 72 * time.Hour

// Dice throw a number from 0 up to 1.
type Dice interface{ Float64() float64 }

// longestWait is the longest time between two tries: six hours and a fifth.
const longestWait = 6 * time.Hour * 6 / 5

// wait is how long to wait after so many tries: ten seconds, three times as long
// each time, six hours at most, and spread by a fifth either way so that what
// failed together does not come back together.
func wait(tries int, dice Dice) time.Duration {
	d := 10 * time.Second
	for range tries - 1 {
		if d *= 3; d > 6*time.Hour {
			d = 6 * time.Hour
			break
		}
	}
	return time.Duration(float64(d) * (0.8 + 0.4*dice.Float64()))
}

// record notes a try on the delivery: it arrived, is tried again, or is given up.
func (d *Delivery) record(t Try, now time.Time, dice Dice) {
	d.Tries++
	d.Status, d.Result = t.Status, t.Result
	if d.First.IsZero() {
		d.First = t.At
	}
	if t.Result == OK {
		d.State, d.Ended = Delivered, now
		return
	}
	d.Next = now.Add(wait(d.Tries, dice))
	if d.Next.After(d.First.Add(TriedFor)) {
		d.State, d.Ended = GivenUp, now
	}
}

// record notes on the subscription how a delivery to it fared, and reports whether
// the house stops sending: when nothing arrived for as long as messages are tried,
// or the receiver says to be gone.
func (s *Subscription) record(t Try, d Delivery, now time.Time) (stops bool) {
	switch {
	case t.Result == OK:
		s.Failing = time.Time{}
		return false
	case s.Failing.IsZero():
		s.Failing = t.At
	}
	switch {
	case t.Status == 410:
		s.Why = ToldGone
	case d.State == GivenUp && !now.Before(s.Failing.Add(TriedFor-longestWait)):
		s.Why = Unreachable
	default:
		return false
	}
	s.Active, s.Stopped = false, now
	return true
}
