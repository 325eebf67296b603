package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"time"

	"zorgplicht/internal/fault"
)

// BenchOptions say how much Bench measures.
type BenchOptions struct {
	Attempts int  // in the store while pages are measured
	Recorded int  // of these, how many have their answers and facts too
	Rounds   int  // of everything that is a rate
	Writers  int  // at once
	Small    bool // a tenth of every round, to see that it works
	Tell     func(Figure)
	Progress func(what string)
}

// A Figure is one thing that was measured.
type Figure struct {
	Name   string  `json:"name"`
	Unit   string  `json:"unit"`
	Median float64 `json:"median"`
	Least  float64 `json:"least"`
	Most   float64 `json:"most"`
	Times  int     `json:"times"`             // rounds that the median is of
	How    string  `json:"how"`               // what was done in one round
	Floor  float64 `json:"floor,omitempty"`   // the budget: at least this
	Ceil   float64 `json:"ceiling,omitempty"` // the budget: less than this
}

// Reached says whether the median keeps the budget; ok is false where there is none.
func (f Figure) Reached() (reached, ok bool) {
	switch {
	case f.Floor > 0:
		return f.Median >= f.Floor, true
	case f.Ceil > 0:
		return f.Median < f.Ceil, true
	}
	return false, false
}

// of is how many of n are done in a round.
func (b *bench) of(n int) int {
	if b.Small {
		n /= 10
	}
	return n
}

// NewFigure sums up what the rounds gave.
func NewFigure(name, unit, how string, rounds []float64) Figure {
	s := slices.Sorted(slices.Values(rounds))
	f := Figure{Name: name, Unit: unit, How: how, Times: len(s)}
	if len(s) > 0 {
		f.Least, f.Most = s[0], s[len(s)-1]
		f.Median = (s[(len(s)-1)/2] + s[len(s)/2]) / 2
	}
	return f
}

// atLeast and under give a figure its budget.
func (f Figure) atLeast(floor float64) Figure { f.Floor = floor; return f }
func (f Figure) under(ceil float64) Figure    { f.Ceil = ceil; return f }

// bench is one run of Bench.
type bench struct {
	*App
	BenchOptions
	demo   Demo
	client *http.Client
	opened int    // tests started so far, to give each a client of its own
	stock  string // what there are so many of while pages are measured
}

// Bench measures this machine against the budgets, with the load in the same
// process. It fills the installation with made-up clients, so it refuses one that
// holds a firm. The figures go to Tell as they come.
func (a *App) Bench(ctx context.Context, o BenchOptions) error {
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return err
	}
	if len(firms) > 0 {
		return fault.New(fault.Conflict, "store-not-empty", "a bench fills the store with made-up clients")
	}
	b := &bench{App: a, BenchOptions: o, stock: "attempts"}
	b.Progress("a firm and its clients of the past")
	if b.demo, err = a.fillDemo(ctx, func(int, int) {}); err != nil {
		return err
	}
	stop, err := b.serve(ctx) // after the past is made: what serves ends attempts whose time is over
	if err != nil {
		return err
	}
	defer stop()
	for _, part := range []func(context.Context) error{b.decisions, b.fill, b.verification, b.hashing, b.pages, b.replaying, b.batch} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("bench: %w", err)
		}
	}
	return nil
}

// serve opens the door on a free port of this machine, with all that a serving
// node does beside it.
func (b *bench) serve(ctx context.Context) (stop func(), err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b.BaseURL = "http://" + ln.Addr().String()
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- b.Serve(ctx, ln) }()
	jar, err := cookiejar.New(nil)
	b.client = &http.Client{
		Jar:           jar,
		Timeout:       time.Minute,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 2 * b.Writers},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func() { b.client.CloseIdleConnections(); cancel(); <-ended }, err
}

// rate runs one(0) … one(n-1) with this many at a time and returns how many a
// second were done.
func rate(ctx context.Context, n, atOnce int, one func(i int) error) (float64, error) {
	start := time.Now()
	err := together(ctx, n, atOnce, one)
	return float64(n) / time.Since(start).Seconds(), err
}
