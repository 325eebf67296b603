package criteria

import (
	"context"
	"fmt"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// Effect counts what another version of a set does to the newest file of a
// portfolio. Nothing is kept. It is NotFound "unknown-portfolio", a Conflict
// "portfolio-removed", and Invalid "portfolio-misfit" where the fields of the file are
// not those of both versions.
func (s *Screener) Effect(ctx context.Context, by ident.Actor, portfolio string, was, is *Program, day calendar.Date) (*Effect, error) {
	p, err := s.Portfolio(ctx, by, portfolio)
	if err != nil {
		return nil, err
	}
	if p.Removed != nil {
		return nil, fault.New(fault.Conflict, GonePortfolio, p.ID)
	}
	c, end, err := s.columns(ctx, by.Firm, p.Newest().Hash, false)
	if err != nil {
		return nil, err
	}
	defer end()
	e := NewEffect(was, is, day, MostMoves)
	if err := e.Screen(ctx, c); err != nil {
		return nil, fmt.Errorf("effect on portfolio %s: %w", p.ID, err)
	}
	return e, nil
}

// Screen counts every contract of a column file, stripe by stripe.
func (e *Effect) Screen(ctx context.Context, c *Columns) error {
	was, err := e.was.fit(c)
	if err != nil {
		return err
	}
	is, err := e.is.fit(c)
	if err != nil {
		return err
	}
	for i := range c.starts {
		s, err := c.Stripe(i)
		if err != nil {
			return err
		}
		before, after := e.was.NewResult(len(s.IDs)), e.is.NewResult(len(s.IDs))
		if err := e.was.Screen(ctx, e.day, was.columns(e.was, s), before); err != nil {
			return err
		}
		if err := e.is.Screen(ctx, e.day, is.columns(e.is, s), after); err != nil {
			return err
		}
		e.add(s.IDs, before, after)
	}
	return ctx.Err()
}

// add counts the rows of a stripe as each version decided them.
func (e *Effect) add(ids []string, before, after *Result) {
	e.Rows += len(ids)
	for i, id := range ids {
		from, to := before.Category[i], after.Category[i]
		e.Moved[from][to]++
		e.Certain[0] += oneIf(from == before.Highest[i])
		e.Certain[1] += oneIf(to == after.Highest[i])
		if e.Before[from] != e.After[to] && len(e.List) < e.room {
			e.List = append(e.List, Move{id, int(from), int(to)})
		}
	}
	for i, pair := range e.pairs {
		r := &e.Rules[i]
		for b := range (len(ids) + Block - 1) / Block {
			did, does := before.holds(b, pair[0]), after.holds(b, pair[1])
			r.Before += did.count()
			r.After += does.count()
			for w := range words {
				did[w], does[w] = did[w]&^does[w], does[w]&^did[w]
			}
			r.Stopped += did.count()
			r.Started += does.count()
		}
	}
}

// holds are the rows of a block for which a rule holds; none for rule -1.
func (r *Result) holds(block, rule int) (b bitmap) {
	if rule >= 0 {
		copy(b[:], r.yes[(block*r.rules+rule)*words:])
	}
	return b
}
