package party

import (
	"context"
	"fmt"
	"sync"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
)

// lookLives is how long a look is remembered: every page of a client asks for it.
// What is set on one node is seen on the others after that time at most.
const lookLives = 5 * time.Second

// looks remembers what was read a moment ago.
type looks struct {
	mu   sync.Mutex
	kept map[ident.Firm]keptLook
}

type keptLook struct {
	look Look
	read time.Time
}

// of is what is remembered of a firm; a clock that went back remembers nothing.
func (k *looks) of(firm ident.Firm, now time.Time) (Look, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	l, ok := k.kept[firm]
	return l.look, ok && !now.Before(l.read) && now.Sub(l.read) < lookLives
}

func (k *looks) keep(firm ident.Firm, l Look, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[ident.Firm]keptLook{}
	}
	k.kept[firm] = keptLook{l, now}
}

// Look returns how clients see a firm, as it was at most a few seconds ago.
func (s *Service) Look(ctx context.Context, firm ident.Firm) (Look, error) {
	now := s.Now()
	if l, ok := s.looks.of(firm, now); ok {
		return l, nil
	}
	l, err := s.Store.Look(ctx, firm)
	if err != nil {
		return Look{}, fmt.Errorf("look of firm %s: %w", firm, err)
	}
	s.looks.keep(firm, l, now)
	return l, nil
}

// CheckLook returns what is wrong with a look as it would be kept, and that look.
func (s *Service) CheckLook(l Look) (Look, error) {
	l = l.tidy()
	near := s.Near
	if near == nil {
		near = func(string) (string, float64) { return "", 0 }
	}
	return l, CheckLook(l, near)
}

// SetLook changes how clients see the firm of by, and returns the look as it is
// kept; fault.Invalid with all that is wrong with it. To set what holds already
// changes nothing. A key makes it happen once: another look under a key that lives
// is fault.Conflict "idempotency-key-reused"; "" is none.
func (s *Service) SetLook(ctx context.Context, by ident.Actor, l Look, key string) (Look, error) {
	l, err := s.CheckLook(l)
	if err != nil {
		return l, err
	}
	now := s.Now()
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		if key != "" {
			request := ident.HashOf(canon.Must(lookSet1{"", l.Name, l.Accent, l.Band, l.Origins}))
			prior, err := tx.Once(key, request, now)
			if err != nil || prior != nil {
				return err
			}
			if err := tx.Keep(key, request, nil); err != nil {
				return err
			}
		}
		before, err := tx.Look()
		if err != nil || before.equal(l) {
			return err
		}
		if err := tx.SaveLook(l, now); err != nil {
			return err
		}
		return tx.Append(lookSet(s.NewID(), l, by, now))
	})
	if err != nil {
		return l, fmt.Errorf("set look of firm %s: %w", by.Firm, err)
	}
	s.looks.keep(by.Firm, l, now)
	return l, nil
}
