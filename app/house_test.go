package app

import (
	"context"
	mathrand "math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// A clock goes only when a test says so.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) add(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// A house is a whole installation on a fresh store, with a firm that uses the
// starter test.
type house struct {
	*App
	t     testing.TB
	clock *clock
	firm  ident.Firm
}

// each runs a test in a house on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) { test(t, newHouse(t, e)) })
	}
}

func newHouse(t testing.TB, e sqldb.Engine) *house {
	t.Helper()
	c := Config{Data: t.TempDir(), Rate: -1}
	if e == sqldb.Postgres {
		c.Database = sqldbtest.Address(t, e, Schemas())
	}
	return furnished(t, c)
}

func furnished(t testing.TB, c Config) *house {
	t.Helper()
	h := &house{t: t, clock: newClock()}
	h.App = openHouse(t, c, h.clock)
	f, err := h.Party.AddFirm(t.Context(), "Hypotheekhuis De Linde", false)
	if err != nil {
		t.Fatal(err)
	}
	h.firm = f.ID
	if _, err := h.Appropriateness.Publish(t.Context(), h.operator(), starter.Hypotheek); err != nil {
		t.Fatal(err)
	}
	return h
}

func openHouse(t testing.TB, c Config, at *clock) *App {
	t.Helper()
	c.Now, c.Dice = at.now, &lockedDice{dice: mathrand.New(mathrand.NewPCG(1, 2))}
	a, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return a
}

// lockedDice throws the same in each run, for many at once.
type lockedDice struct {
	mu   sync.Mutex
	dice *mathrand.Rand
}

func (d *lockedDice) IntN(n int) int { d.mu.Lock(); defer d.mu.Unlock(); return d.dice.IntN(n) }

func (h *house) operator() ident.Actor { return operator(h.firm) }

func (h *house) storeFile() string { return filepath.Join(h.Data, "zorgplicht.db") }

// start gives a client a test and returns the secret of its link.
func (h *house) start(reference string) (appropriateness.AttemptID, string) {
	h.t.Helper()
	s, err := h.Appropriateness.Start(h.t.Context(), h.operator(), appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: reference, Channel: "website"})
	if err != nil {
		h.t.Fatal(err)
	}
	return s.Attempt.ID, s.Token
}

// take starts, answers and sends a test; choose picks the option of a question.
func (h *house) take(reference string, choose func(appropriateness.Question) appropriateness.OptionID) (appropriateness.AttemptID, appropriateness.Outcome) {
	h.t.Helper()
	id, token := h.start(reference)
	outcome, err := h.answer(h.t.Context(), id, token, choose)
	if err != nil {
		h.t.Fatal(err)
	}
	return id, outcome
}

func (h *house) answer(ctx context.Context, id appropriateness.AttemptID, token string, choose func(appropriateness.Question) appropriateness.OptionID) (appropriateness.Outcome, error) {
	s := h.Appropriateness
	if err := s.Begin(ctx, token); err != nil {
		return "", err
	}
	f, err := s.File(ctx, h.operator(), id)
	if err != nil {
		return "", err
	}
	for place, asked := range f.Form {
		q, _ := f.Test.Question(asked.Question)
		option := choose(q)
		if option == "" {
			continue
		}
		h.clock.add(time.Second)
		if err := s.Answer(ctx, token, place, option); err != nil {
			return "", err
		}
	}
	h.clock.add(time.Second)
	outcome, err := s.Send(ctx, token)
	if err != nil {
		return "", err
	}
	_, err = s.Result(ctx, token)
	return outcome, err
}

func right(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() }

func wrong(q appropriateness.Question) appropriateness.OptionID {
	for _, o := range q.Options {
		if !o.Right {
			return o.ID
		}
	}
	return ""
}

func open(appropriateness.Question) appropriateness.OptionID { return "" }

func (h *house) verifyGreen() {
	h.t.Helper()
	if err := h.Settle(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.Verify(h.t.Context(), nil, nil, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	if !r.Green() || r.Signer != "checked" || r.Waiting > 0 {
		h.t.Errorf("verify: %d findings %v, signer %s, %d waiting", r.Found, r.Findings, r.Signer, r.Waiting)
	}
}
