package app

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
)

// fillPast lets clients of the past weeks take the test, several at once so that
// they share the store's commits. It returns them with how the test went.
func (a *App) fillPast(ctx context.Context, d Demo, progress func(done, of int)) ([]*pastClient, error) {
	clients := a.clientsOf(d)
	next := make(chan *pastClient)
	var wg sync.WaitGroup
	var done atomic.Int64
	var mu sync.Mutex
	var errs []error
	for range 16 {
		wg.Go(func() {
			for c := range next {
				err := a.pastAttempt(ctx, c)
				mu.Lock()
				errs = append(errs, err)
				progress(int(done.Add(1)), len(clients))
				mu.Unlock()
			}
		})
	}
	for _, c := range clients {
		next <- c
	}
	close(next)
	wg.Wait()
	for _, c := range a.wanderers(d, len(clients)) { // one after the other: it is one client
		errs = append(errs, a.pastAttempt(ctx, c))
		clients = append(clients, c)
	}
	return clients, errors.Join(errs...)
}

// demoDays is how far the past of the demo reaches.
const demoDays = 90

// A pastClient is one client of the past, with the dice that say how much they know
// and where they stop, so that every demo tells the same story.
type pastClient struct {
	firm ident.Firm
	in   appropriateness.Start
	at   time.Time
	dice *mathrand.Rand
	mind *float64 // how much they know; nil: as the dice say, and they may stop halfway

	attempt appropriateness.AttemptID // "" while none was judged
	outcome appropriateness.Outcome
	judged  time.Time
}

// surnames are of nobody in particular.
var surnames = []string{"de Vries", "Jansen", "van den Berg", "Bakker", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "Yıldız", "Dijkstra", "van Leeuwen", "Öztürk", "’t Hart", "Peters", "Hendriks"}

// clientsOf are the clients of the past, of each firm its own: the mortgage house,
// the insurer, and the intermediary with the insurer's tests.
func (a *App) clientsOf(d Demo) (all []*pastClient) {
	for _, f := range []struct {
		firm, provider ident.Firm
		reference      string
		clients        int
		tests          []string
		channels       []string
	}{
		{d.Firm, "", "DL-%05d", 150, []string{demoTest, demoTest, demoTest, demoTarget}, []string{"website", "website", "office"}},
		{d.Provider, "", "HA-%05d", 90, []string{demoModule, demoProtection, demoModule, "beleggingsverzekering-zonder-advies"}, []string{"website"}},
		{d.Office, d.Provider, "NO-%05d", 70, []string{demoModule, demoModule, demoProtection}, []string{"website", "office"}},
		{d.Branch, d.Provider, "ZU-%05d", 12, []string{demoProtection}, []string{"office"}},
	} {
		for n := range f.clients {
			dice := mathrand.New(mathrand.NewPCG(20261121, uint64(len(all))))
			c := &pastClient{firm: f.firm, dice: dice}
			c.at = a.Now().Add(-time.Duration(n)*demoDays*24*time.Hour/time.Duration(f.clients+1) - time.Duration(60+dice.IntN(400))*time.Minute)
			c.in = appropriateness.Start{
				Test: f.tests[n%len(f.tests)], Provider: f.provider, Reference: fmt.Sprintf(f.reference, 4210+n*3), Channel: f.channels[dice.IntN(len(f.channels))],
			}
			if dice.IntN(3) > 0 {
				c.in.Client = appropriateness.Identity{
					FamilyName: surnames[dice.IntN(len(surnames))], BirthDate: fmt.Sprintf("%d-%02d-%02d", 1955+dice.IntN(45), 1+dice.IntN(12), 1+dice.IntN(28)),
					Postcode: fmt.Sprintf("%d AB", 1000+len(all)),
				}
			}
			all = append(all, c)
		}
	}
	return all
}

// wanderers are one client of both intermediaries: who did not pass at the one, and
// did at the other the week after. The insurer's ledger counts both.
func (a *App) wanderers(d Demo, before int) []*pastClient {
	who := appropriateness.Identity{FamilyName: "van Houten", BirthDate: "1984-05-17", Postcode: "3511 CD"}
	little, much := 0.0, 1.0
	at := func(days int) time.Time { return a.Now().AddDate(0, 0, -days) }
	one := &pastClient{firm: d.Office, at: at(30), mind: &little, in: appropriateness.Start{Test: demoProtection, Provider: d.Provider, Reference: "NO-07001", Channel: "website", Client: who}}
	two := &pastClient{firm: d.Branch, at: at(23), mind: &much, in: appropriateness.Start{Test: demoProtection, Provider: d.Provider, Reference: "ZU-00310", Channel: "office", Client: who}}
	for i, c := range []*pastClient{one, two} {
		c.dice = mathrand.New(mathrand.NewPCG(20261121, uint64(before+i)))
	}
	return []*pastClient{one, two}
}

// pastAttempt lets one client of the past take the test, as far as they come.
func (a *App) pastAttempt(ctx context.Context, c *pastClient) error {
	dice, at := c.dice, c.at
	s := *a.Appropriateness
	s.Dice, s.Now = dice, func() time.Time { return at }
	started, err := s.Start(ctx, operator(c.firm), c.in)
	if err != nil {
		return err
	}
	stop := dice.IntN(12)
	if c.mind != nil {
		stop = 11 // goes on to the end
	}
	if stop == 0 {
		return nil // the link was never opened
	}
	if err := s.Begin(ctx, started.Token); err != nil {
		return err
	}
	knows := 0.45 + 0.55*dice.Float64()
	if c.mind != nil {
		knows = *c.mind
	}
	f, err := s.File(ctx, operator(c.firm), started.Attempt.ID)
	if err != nil {
		return err
	}
	for place, asked := range f.Form {
		at = at.Add(time.Duration(15+dice.IntN(70)) * time.Second)
		if stop == 1 && place == len(f.Form)/2 {
			return nil // left halfway
		}
		if stop == 2 && dice.IntN(3) == 0 {
			continue // left open
		}
		q, _ := f.Test.Question(asked.Question)
		option := q.RightOption()
		sure := knows
		switch {
		case c.mind != nil:
		case q.Fixed != appropriateness.NotFixed:
			sure = 0.95
		case q.Element == appropriateness.TargetGroup:
			sure = 0.8
		}
		if dice.Float64() > sure {
			option = asked.Options[dice.IntN(len(asked.Options))]
		}
		if err := s.Answer(ctx, started.Token, place, option); err != nil {
			return err
		}
	}
	at = at.Add(40 * time.Second)
	if c.outcome, err = s.Send(ctx, started.Token); err != nil {
		return err
	}
	c.attempt, c.judged = started.Attempt.ID, at
	at = at.Add(time.Second)
	_, err = s.Result(ctx, started.Token)
	return err
}
