package job

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Work is a kind of work, with how it is done.
type Work struct {
	Kind    string
	Every   time.Duration // above 0: the house does it by itself, once in each such period
	Limit   time.Duration // of one run; 0 is a minute
	Workers int           // most at once on a node; 0 is 1
	Most    int           // tries before it has failed; 0 is 10
	Do      func(context.Context, *Run) error
}

func (w Work) limit() time.Duration {
	if w.Limit == 0 {
		return time.Minute
	}
	return w.Limit
}

// lease is for how long a task is a node's without a sign of life.
func (w Work) lease() time.Duration { return min(w.limit(), lease) + slack }

func (w Work) workers() int { return max(w.Workers, 1) }

func (w Work) most() int {
	if w.Most == 0 {
		return 10
	}
	return w.Most
}

// Later is the error of work that is not finished and knows when to go on: a
// delivery to be tried again, a sweep that left some for the next turn. It is no
// failure.
type Later struct{ At time.Time }

// Error names the moment.
func (l Later) Error() string { return "to go on at " + l.At.UTC().Format(time.RFC3339) }

// The wait after a failure doubles from the first to the longest.
const (
	firstWait   = 5 * time.Second
	longestWait = time.Hour
)

// Dice throw a number from 0 up to 1.
type Dice interface{ Float64() float64 }

// backoff is how long to wait after so many tries: doubling, and spread by a
// quarter either way, so that what failed together does not come back together.
func backoff(tries int, dice Dice) time.Duration {
	wait := longestWait
	if tries < 12 {
		wait = min(firstWait<<max(tries-1, 0), longestWait)
	}
	return time.Duration(float64(wait) * (0.75 + dice.Float64()/2))
}

// after says what becomes of a task when its run ended so: its state, and where it
// waits, until when. reset says that earlier tries no longer count.
func (w Work) after(err error, tries int, now time.Time, dice Dice) (s State, due time.Time, reset bool) {
	var later Later
	switch {
	case err == nil:
		return Done, now, false
	case errors.As(err, &later):
		return Waiting, later.At, true
	case tries >= w.most():
		return Failed, now, false
	}
	return Waiting, now.Add(backoff(tries, dice)), false
}

// do runs the work and turns a panic into an error.
func (w Work) do(ctx context.Context, r *Run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return w.Do(ctx, r)
}

// slot is the id of the task of the period that holds now.
func (w Work) slot(now time.Time) string {
	return w.Kind + "@" + now.UTC().Truncate(w.Every).Format(time.RFC3339)
}
