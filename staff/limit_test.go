package staff_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/staff"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestLimit(t *testing.T) {
	l := staff.Limit{Max: 3, Window: 15 * time.Minute}
	for _, c := range []struct {
		name   string
		before staff.Tries
		failed int
		wait   time.Duration
	}{
		{"the first try goes on", staff.Tries{}, 1, 0},
		{"the last one allowed goes on", staff.Tries{2, noon.Add(-time.Minute)}, 3, 0},
		{"one more waits for the window to close", staff.Tries{3, noon.Add(-5 * time.Minute)}, 3, 10 * time.Minute},
		{"when the window closes the count starts afresh", staff.Tries{3, noon.Add(-15 * time.Minute)}, 1, 0},
		{"a clock that went back makes nobody wait longer than the window", staff.Tries{3, noon.Add(time.Hour)}, 3, 15 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			after, wait := l.Admit(c.before, noon)
			if after.Failed != c.failed || wait != c.wait {
				t.Errorf("got %+v, wait %s", after, wait)
			}
		})
	}
}

// However a guesser times it, no window holds more than twice the maximum: once
// at its end and once at the start of the next.
func TestLimitHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := staff.Limit{Max: rapid.IntRange(1, 6).Draw(t, "max"), Window: time.Minute}
		now, tries := noon, staff.Tries{}
		var admitted []time.Time
		for range rapid.IntRange(1, 80).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "pause")) * time.Second)
			after, wait := l.Admit(tries, now)
			if wait == 0 {
				admitted = append(admitted, now)
			} else if wait > l.Window {
				t.Fatalf("a wait of %s is longer than the window", wait)
			}
			tries = after
		}
		for i, at := range admitted {
			n := 0
			for _, other := range admitted[i:] {
				if other.Sub(at) < l.Window {
					n++
				}
			}
			if n > 2*l.Max {
				t.Fatalf("%d tries within one window, with a maximum of %d", n, l.Max)
			}
		}
	})
}
