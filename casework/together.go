package casework

import (
	"cmp"
	"context"
	"errors"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Chosen is a case with the revision that was looked at.
type Chosen struct {
	ID  ID
	Saw int64
}

// errTried ends a transaction of which nothing is kept.
var errTried = errors.New("tried only")

// Regive gives a case to somebody or to a team, as one of several. An empty handler or
// team leaves that as it is, None takes it away. With try nothing is kept, and the answer
// says what would be. About a case that is closed: Conflict "case-closed".
func (s *Service) Regive(ctx context.Context, by ident.Actor, one Chosen, handler, team string, try bool) (was, is Case, err error) {
	err = s.on(ctx, by, one.ID, "assign", func(tx Tx, c Case) error {
		was, is = c, c
		switch {
		case !c.Open():
			return fault.New(fault.Conflict, "case-closed", string(one.ID))
		case c.Revision != one.Saw:
			return fault.New(fault.Conflict, "case-changed", string(one.ID))
		}
		handler, team := given(handler, c.Handler), given(team, c.Team)
		if handler == c.Handler && team == c.Team {
			return nil
		}
		var err error
		if is, err = s.Assign(ctx, tx, by, c, handler, team); err == nil && try {
			err = errTried
		}
		return err
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return was, is, err
}

func given(to, now string) string {
	if to == None {
		return ""
	}
	return cmp.Or(to, now)
}
