package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"zorgplicht/appropriateness"
)

const (
	askersAtOnce  = 4   // requests at a time, as of so many people who look at once
	asksPerRound  = 200 // of each page
	pageLimit     = 100 // milliseconds, of the slowest but 5%
	questionsOpen = 40  // clients whose question page is asked for
)

// A look is one page or call that is measured; path gives the one for request i.
type look struct {
	name string
	path func(i int) string
	api  bool
}

// pages measures how long pages and calls take on a store of many attempts.
func (b *bench) pages(ctx context.Context) error {
	looks, err := b.looks(ctx)
	if err != nil {
		return err
	}
	who := b.demo.Accounts[0]
	if err := b.post(ctx, "/werk/aanmelden", url.Values{"email": {who.Email}, "wachtwoord": {who.Password}}); err != nil {
		return err
	}
	for _, l := range looks {
		if err := b.look(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) looks(ctx context.Context) ([]look, error) {
	page, err := b.Appropriateness.List(ctx, operator(b.demo.Firm), appropriateness.Filter{Limit: 200, State: appropriateness.Judged})
	if err != nil {
		return nil, err
	}
	open, err := b.open(ctx, questionsOpen, false)
	if err != nil {
		return nil, err
	}
	same := func(path string) func(int) string { return func(int) string { return path } }
	one := func(i int) string { return "/toetspogingen/" + string(page.Rows[i%len(page.Rows)].ID) }
	return []look{
		{"list of attempts", same("/werk/toetspogingen"), false},
		{"list, one outcome", same("/werk/toetspogingen?uitkomst=" + string(appropriateness.CannotBeJudged)), false},
		{"list, one client", func(i int) string { return fmt.Sprintf("/werk/toetspogingen?zoek=BENCH-%07d", i%b.Attempts) }, false},
		{"results of 90 days", same("/werk/toetsresultaten"), false},
		{"one attempt", func(i int) string { return "/werk" + one(i) }, false},
		{"question of a client", func(i int) string {
			return fmt.Sprintf("/t/%s/vraag/%d", open[i%len(open)].token, 1+i%12)
		}, false},
		{"API, list", same("/v1/toetspogingen"), true},
		{"API, one attempt", func(i int) string { return "/v1" + one(i) }, true},
	}, nil
}

// look asks for one page many times, a few at once, and tells the 95th percentile.
func (b *bench) look(ctx context.Context, l look) error {
	var rounds []float64
	for round := range b.Rounds + 1 {
		b.Progress(fmt.Sprintf("%s, round %d of %d", l.name, round, b.Rounds))
		took := make([]time.Duration, b.of(asksPerRound))
		err := together(ctx, b.of(asksPerRound), askersAtOnce, func(i int) error {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.BaseURL+l.path(i), nil)
			if err != nil {
				return err
			}
			if l.api {
				r.Header.Set("Authorization", "Bearer "+b.demo.APIToken)
			}
			at := time.Now()
			err = b.ask(r, http.StatusOK)
			took[i] = time.Since(at)
			return err
		})
		if err != nil {
			return err
		}
		if round > 0 {
			slices.Sort(took)
			rounds = append(rounds, took[len(took)*95/100].Seconds()*1000)
		}
	}
	how := fmt.Sprintf("p95 of %d requests, %d at once, %d attempts in the store", b.of(asksPerRound), askersAtOnce, b.Attempts)
	b.Tell(NewFigure(l.name, "ms", how, rounds).under(pageLimit))
	return nil
}
