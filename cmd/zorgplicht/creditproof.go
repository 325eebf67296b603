package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"time"

	"zorgplicht/credit"
)

// proofBatch is how many schedules share a seed.
const proofBatch = 2_500

type creditProofCmd struct {
	Schedules int  `default:"10000" help:"How many random schedules are tried."`
	JSON      bool `help:"Print one JSON object." name:"json"`
}

func (creditProofCmd) Help() string {
	return `Makes random schedules, one in ten with its rate exactly between two printed decimals, and holds every rate and every printed decimal against arithmetic of 60 digits by other means. It ends at the first that is wrong. All cores work; a million takes an hour or so on two. The same number of schedules is the same schedules each time.

It does not prove a schedule of yours: for that, credit rate --json answers two rates that are proved to lie around the right one.` + usual
}

// proofSaid is what a proof gave, as programs read it.
type proofSaid struct {
	Schedules int     `json:"schedules"`
	Ties      int     `json:"ties"`
	Seconds   float64 `json:"seconds"`
	Wrong     string  `json:"wrong,omitempty"`
}

func (c *creditProofCmd) Run(ctx context.Context, io streams) error {
	if c.Schedules < 1 || c.Schedules > 100_000_000 {
		return usage("give --schedules of 1 to 100,000,000")
	}
	began := time.Now()
	said, err := c.prove(ctx, func(done int) {
		line := fmt.Sprintf("%d of %d schedules, %s", done, c.Schedules, time.Since(began).Round(time.Second))
		switch {
		case terminal(io.err):
			fmt.Fprint(io.err, "\r"+line)
		case done == c.Schedules || done%100_000 == 0:
			fmt.Fprintln(io.err, line)
		}
	})
	if terminal(io.err) {
		fmt.Fprintln(io.err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	said.Seconds = time.Since(began).Round(time.Millisecond).Seconds()
	if err != nil {
		said.Wrong = err.Error()
	}
	if c.JSON {
		b, encodeErr := json.Marshal(said)
		if encodeErr != nil {
			return encodeErr
		}
		fmt.Fprintf(io.out, "%s\n", b)
	} else if err == nil {
		fmt.Fprintf(io.out, "%d schedules, %d of them on a tie: no printed figure is wrong, no rate is off by 1e-10 percent point.\n", said.Schedules, said.Ties)
	} else {
		fmt.Fprintln(io.err, "zorgplicht:", err)
	}
	if err != nil {
		return exit(exitFailed)
	}
	return nil
}

// prove gives the batches to all cores and returns the sum, or the first that is wrong.
func (c *creditProofCmd) prove(ctx context.Context, tell func(done int)) (said proofSaid, err error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	seeds := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for seed := range seeds {
				n := min(proofBatch, c.Schedules-(seed-1)*proofBatch)
				ties, wrong := credit.Prove(uint64(seed), n)
				mu.Lock()
				said.Schedules, said.Ties = said.Schedules+n, said.Ties+ties
				if err == nil {
					err = wrong
				}
				tell(said.Schedules)
				mu.Unlock()
			}
		})
	}
	stopped := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return err != nil || ctx.Err() != nil
	}
	for seed := 1; (seed-1)*proofBatch < c.Schedules && !stopped(); seed++ {
		seeds <- seed
	}
	close(seeds)
	all.Wait()
	return said, err
}
