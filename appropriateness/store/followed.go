package store

import (
	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var (
	fewer    = []*sqldb.Query{listAttempts, countAttempts}
	ample    = sqldb.Part(`and outcome = 'appropriate' and points * 100 >= max_points * ?`, fewer...)
	narrow   = sqldb.Part(`and outcome = 'appropriate' and points * 100 < max_points * ?`, fewer...)
	wentOn   = sqldb.Part(`and outcome <> 'appropriate' and choice = 'go_on'`, fewer...)
	stopped  = sqldb.Part(`and outcome <> 'appropriate' and coalesce(choice, '') <> 'go_on'`, fewer...)
	toldAny  = sqldb.Part(`and id in (select attempt from appropriateness_sequel s where s.firm = appropriateness_attempt.firm and s.signal >= ?)`, fewer...)
	toldThis = sqldb.Part(`and id in (select attempt from appropriateness_sequel s where s.firm = appropriateness_attempt.firm and s.what = ?)`, fewer...)
)

// followed are the conditions of what became of the client.
func (c conditions) followed(f appropriateness.Following) conditions {
	switch f.Cohort {
	case appropriateness.AmplePass:
		c = c.and(ample, f.NarrowBelow())
	case appropriateness.NarrowPass:
		c = c.and(narrow, f.NarrowBelow())
	case appropriateness.WentOn:
		c = c.and(wentOn)
	case appropriateness.Stopped:
		c = c.and(stopped)
	}
	switch f.Tells {
	case appropriateness.TellsFollowed:
		c = c.and(toldAny, 0)
	case appropriateness.TellsSignal:
		c = c.and(toldAny, 1)
	case appropriateness.TellsJudged: // each cohort holds who was judged
	}
	if f.What != "" {
		c = c.and(toldThis, f.What)
	}
	return c
}
