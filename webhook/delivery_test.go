package webhook

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type fixed float64

func (f fixed) Float64() float64 { return float64(f) }

func TestWhatComesOfATry(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer Answer
		want   Result
		status int
	}{
		{"two hundred arrived", Answer{Result: OK, Status: 200}, OK, 200},
		{"no content arrived too", Answer{Result: OK, Status: 204}, OK, 204},
		{"a redirect is not followed and did not arrive", Answer{Result: OK, Status: 302}, Redirected, 302},
		{"an error of the receiver", Answer{Result: OK, Status: 500}, BadStatus, 500},
		{"a refusal", Answer{Result: OK, Status: 401}, BadStatus, 401},
		{"an answer from nobody has no status", Answer{Result: TooSlow, Status: 200, Body: []byte("x")}, TooSlow, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			y := c.answer.try(noon)
			if y.Result != c.want || y.Status != c.status || (c.answer.Result != OK && y.Response != "") {
				t.Errorf("got %+v", y)
			}
		})
	}
}

func TestOfAnAnswerNoSecretIsKept(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"plain words are kept", "aangenomen\n", "aangenomen\n"},
		{"a secret is covered", `got whsec_AbC123+/= thanks`, "got *** thanks"},
		{"a signature is covered", "bad v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "bad ***"},
		{"a token is covered", "Authorization: Bearer abc.def", "Authorization: ***"},
		{"a citizen service number is left out whole", "klant 111222333 onbekend", "(weggelaten: hierin leek een burgerservicenummer te staan)"},
		{"control characters and bad UTF-8 go", "a\x00b\xffc\x1b[31m", "abc[31m"},
		{"a long answer is cut", strings.Repeat("x", 3000), strings.Repeat("x", KeptResponse)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shown([]byte(c.body)); got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestAMessageIsTriedForThreeDays follows one that never arrives.
func TestAMessageIsTriedForThreeDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dice := fixed(rapid.Float64Range(0, 0.999).Draw(t, "dice"))
		d := Delivery{State: Waiting, Made: noon, Next: noon}
		s := Subscription{Active: true}
		now, longest := noon, time.Duration(0)
		for d.State == Waiting {
			if d.Tries > 60 {
				t.Fatal("it is never given up")
			}
			y := Answer{Result: OK, Status: 503}.try(now)
			d.record(y, now, dice)
			stopped := s.record(y, d, now)
			if stopped != (d.State == GivenUp) {
				t.Fatalf("after %d tries the subscription stopped: %t, the delivery is %s", d.Tries, stopped, d.State)
			}
			if d.State == Waiting {
				if d.Next.Sub(now) < longest*2/3 {
					t.Fatalf("the wait fell from %s to %s", longest, d.Next.Sub(now))
				}
				longest = max(longest, d.Next.Sub(now))
				now = d.Next
			}
		}
		if tried := now.Sub(d.First); tried > TriedFor || tried < TriedFor-8*time.Hour {
			t.Errorf("it was tried for %s", tried)
		}
		if s.Active || s.Why != Unreachable || s.Stopped.IsZero() {
			t.Errorf("the subscription: %+v", s)
		}
	})
}

func TestWhenTheHouseStopsSending(t *testing.T) {
	bad := Try{At: noon, Status: 500, Result: BadStatus}
	for _, c := range []struct {
		name  string
		since time.Time
		try   Try
		state State
		want  Stop
	}{
		{"the first failure only notes since when", time.Time{}, bad, Waiting, ""},
		{"a message given up after another arrived does not stop", noon.Add(-time.Hour), bad, GivenUp, ""},
		{"a message given up while nothing arrived stops", noon.Add(-71 * time.Hour), bad, GivenUp, Unreachable},
		{"a receiver that is gone stops at once", time.Time{}, Try{At: noon, Status: 410, Result: BadStatus}, Waiting, ToldGone},
		{"an arrival ends the failing", noon.Add(-71 * time.Hour), Try{At: noon, Status: 200, Result: OK}, Delivered, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Subscription{Active: true, Failing: c.since}
			stops := s.record(c.try, Delivery{State: c.state}, noon)
			if stops != (c.want != "") || s.Why != c.want || s.Active == stops {
				t.Errorf("stops %t: %+v", stops, s)
			}
			if (c.try.Result == OK) != s.Failing.IsZero() {
				t.Errorf("failing since %s", s.Failing)
			}
		})
	}
}
