package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

// together runs one(0) … one(n-1), this many at a time, until all are done or
// one fails.
func together(ctx context.Context, n, atOnce int, one func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := one(i); err != nil {
					cancel(err)
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// Sizes of a round: a second or so each, on a small machine.
const (
	answersPerRound  = 2016 // 144 clients with 14 questions
	verdictsPerRound = 512
	commitsPerRound  = 2048 // half before the load and half after it, since a disk has moods
)

// decisions measures durable writes through the front door, beside the same
// service without HTTP and, on SQLite, beside the bare driver; in turns.
func (b *bench) decisions(ctx context.Context) error {
	steps := []struct {
		name, how string
		run       func() (float64, error)
	}{
		{"bare commits", fmt.Sprintf("%d rows of 500 bytes, one a commit, one writer, the same driver and settings", b.of(commitsPerRound)), func() (float64, error) { return b.commits(ctx) }},
		{"answers through HTTP", fmt.Sprintf("%d answers of clients, %d writers, each answer one POST and one durable write", b.of(answersPerRound), b.Writers), func() (float64, error) { return b.answers(ctx, b.answerHTTP) }},
		{"verdicts through HTTP", fmt.Sprintf("%d tests sent, %d writers, each judged and recorded in one durable write", b.of(verdictsPerRound), b.Writers), func() (float64, error) { return b.verdicts(ctx, b.sendHTTP) }},
		{"answers without HTTP", "the same, asked of the service", func() (float64, error) { return b.answers(ctx, b.answerDirect) }},
		{"verdicts without HTTP", "the same, asked of the service", func() (float64, error) { return b.verdicts(ctx, b.sendDirect) }},
		{"bare commits after", "", func() (float64, error) { return b.commits(ctx) }},
	}
	if b.db.Engine() == sqldb.Postgres {
		steps = steps[1:5]
	}
	rates := map[string][]float64{}
	for round := range b.Rounds + 1 {
		b.Progress(fmt.Sprintf("durable decisions, round %d of %d", round, b.Rounds))
		for _, s := range steps {
			one, err := s.run()
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			if round > 0 { // the first one warms up
				rates[s.name] = append(rates[s.name], one)
			}
		}
	}
	for i, before := range rates["bare commits"] { // over the time that both halves took
		rates["bare commits"][i] = 2 / (1/before + 1/rates["bare commits after"][i])
	}
	for _, s := range steps {
		if s.how != "" {
			b.Tell(NewFigure(s.name, "1/s", s.how, rates[s.name]))
		}
	}
	for _, unit := range []string{"answers", "verdicts"} {
		through, without := rates[unit+" through HTTP"], rates[unit+" without HTTP"]
		inside := NewFigure(unit+" through HTTP / without", "ratio", "of the two rates, by round", ratios(through, without))
		if b.db.Engine() == sqldb.Postgres {
			b.Tell(inside.atLeast(0.6))
			continue
		}
		b.Tell(inside)
		b.Tell(NewFigure(unit+" through HTTP / bare commits", "ratio", "of the two rates, by round", ratios(through, rates["bare commits"])).atLeast(0.5))
	}
	return nil
}

func ratios(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] / b[i]
	}
	return out
}

// commits is the rate of the driver alone: rows of the size of a fact, each in a
// commit of its own, in a file beside the store.
func (b *bench) commits(ctx context.Context) (float64, error) {
	bare, err := sqldb.Bare(filepath.Join(b.Data, "bare.db"), 1)
	if err != nil {
		return 0, err
	}
	defer bare.Close()
	if _, err := bare.ExecContext(ctx, `create table if not exists bare (id text primary key, body blob) strict`); err != nil {
		return 0, err
	}
	insert, err := bare.PrepareContext(ctx, `insert into bare (id, body) values (?, ?)`)
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	body := make([]byte, 500)
	return rate(ctx, b.of(commitsPerRound)/2, 1, func(int) error {
		_, err := insert.ExecContext(ctx, newID(), body)
		return err
	})
}

// A taking is an open test of a made-up client.
type taking struct {
	id    appropriateness.AttemptID
	token string
	form  appropriateness.Form
}

// answers gives every answer of fresh tests, each test by one client at a time.
func (b *bench) answers(ctx context.Context, answer func(context.Context, taking, int) error) (float64, error) {
	open, err := b.open(ctx, b.of(answersPerRound)/14, false)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, t := range open {
		n += len(t.form)
	}
	per, err := rate(ctx, len(open), b.Writers, func(i int) error {
		for place := range open[i].form {
			if err := answer(ctx, open[i], place); err != nil {
				return err
			}
		}
		return nil
	})
	return per * float64(n) / float64(len(open)), err
}

func (b *bench) verdicts(ctx context.Context, send func(context.Context, taking) error) (float64, error) {
	open, err := b.open(ctx, b.of(verdictsPerRound), true)
	if err != nil {
		return 0, err
	}
	return rate(ctx, len(open), b.Writers, func(i int) error { return send(ctx, open[i]) })
}

func (b *bench) answerHTTP(ctx context.Context, t taking, place int) error {
	return b.post(ctx, fmt.Sprintf("/t/%s/vraag/%d", t.token, place+1), url.Values{"antwoord": {"1"}, "actie": {"verder"}})
}

func (b *bench) answerDirect(ctx context.Context, t taking, place int) error {
	return b.Appropriateness.Answer(ctx, t.token, place, t.form[place].Options[0])
}

func (b *bench) sendHTTP(ctx context.Context, t taking) error {
	return b.post(ctx, "/t/"+t.token+"/versturen", nil)
}

func (b *bench) sendDirect(ctx context.Context, t taking) error {
	_, err := b.Appropriateness.Send(ctx, t.token)
	return err
}

// post sends a form as a browser does, and expects to be sent on.
func (b *bench) post(ctx context.Context, path string, form url.Values) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.BaseURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.ask(r, http.StatusSeeOther)
}

// ask sends a request and reads the whole answer, which must have this status.
func (b *bench) ask(r *http.Request, want int) error {
	reply, err := b.client.Do(r)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return err
	}
	if reply.StatusCode != want {
		return fmt.Errorf("%s %s answers %s, not %d", r.Method, r.URL.Path, reply.Status, want)
	}
	return nil
}

// open starts tests for fresh clients, many in one transaction, and answers all
// questions when asked to.
func (b *bench) open(ctx context.Context, n int, answered bool) ([]taking, error) {
	var out []taking
	err := b.Appropriateness.Store.Update(ctx, b.demo.Firm, func(tx appropriateness.Tx) error {
		s := *b.Appropriateness
		one := &oneTx{tx, map[ident.Hash]appropriateness.AttemptID{}, b.demo.Firm}
		s.Store = one
		for range n {
			b.opened++
			started, err := s.Start(ctx, operator(b.demo.Firm), appropriateness.Start{Test: demoTest, Reference: fmt.Sprintf("OPEN-%07d", b.opened), Channel: "website"})
			if err == nil {
				err = s.Begin(ctx, started.Token)
			}
			if err != nil {
				return err
			}
			t := taking{started.Attempt.ID, started.Token, started.Attempt.Form}
			for place := 0; answered && place < len(t.form); place++ {
				if err := s.Answer(ctx, t.token, place, t.form[place].Options[0]); err != nil {
					return err
				}
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// oneTx is a store whose every call belongs to one transaction: the service does
// what it always does, and a thousand clients share one commit.
type oneTx struct {
	appropriateness.Tx
	links map[ident.Hash]appropriateness.AttemptID
	firm  ident.Firm
}

func (o *oneTx) Update(_ context.Context, _ ident.Firm, fn func(appropriateness.Tx) error) error {
	return fn(o)
}

func (o *oneTx) View(_ context.Context, _ ident.Firm, fn func(appropriateness.Tx) error) error {
	return fn(o)
}

func (o *oneTx) ByLink(_ context.Context, token ident.Hash) (ident.Firm, appropriateness.AttemptID, error) {
	return o.firm, o.links[token], nil
}

// Insert remembers the link, which nobody else sees yet.
func (o *oneTx) Insert(a appropriateness.Attempt, token ident.Hash) error {
	o.links[token] = a.ID
	return o.Tx.Insert(a, token)
}
