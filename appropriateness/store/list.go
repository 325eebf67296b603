package store

import (
	"cmp"
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var (
	listAttempts  = sqldb.Tenant(`select ` + columns + ` from appropriateness_attempt where firm = :firm`)
	countAttempts = sqldb.Tenant(`select 1 from appropriateness_attempt where firm = :firm`)

	lists    = []*sqldb.Query{listAttempts, countAttempts, figuresOf, lastAnswers}
	byClient = sqldb.Part(`and client = ?`, lists...)
	byID     = sqldb.Part(`and id = ?`, lists...)
	outcome  = sqldb.Part(`and outcome = ?`, lists...)
	since    = sqldb.Part(`and created >= ?`, lists...)
	before   = sqldb.Part(`and created < ?`, lists...)
	byTest   = sqldb.Part(`and test = ?`, lists...)
	byTestID = sqldb.Part(`and test_id = ?`, lists...)
	channel  = sqldb.Part(`and channel = ?`, lists...)
	// The same where the state lets few through: so written, no index is chosen for it.
	testAmong    = sqldb.Part(`and coalesce(test, test) = ?`, lists...)
	testIDAmong  = sqldb.Part(`and coalesce(test_id, test_id) = ?`, lists...)
	channelAmong = sqldb.Part(`and coalesce(channel, channel) = ?`, lists...)
	lapsedAmong  = sqldb.Part(`and coalesce(state, state) = 'lapsed'`, lists...)
	counted      = sqldb.Part(`and begun is not null`, lists...)
	isJudged     = sqldb.Part(`and state = 'judged'`, lists...)
	// What is open is said twice, so that its own small index serves.
	isReady = sqldb.Part(`and state in ('ready', 'begun') and state = 'ready' and link_until >= ?`, lists...)
	isBegun = sqldb.Part(`and state in ('ready', 'begun') and state = 'begun' and open_until >= ?`, lists...)
	// What lapsed is written down as such, or will be by the next sweep: two statements,
	// each along an index of its own.
	wasLapsed = sqldb.Part(`and state = 'lapsed'`, lists...)
	nowLapsed = sqldb.Part(`and state in ('ready', 'begun') and (state = 'ready' and link_until < ? or state = 'begun' and open_until < ?)`, lists...)
	after     = sqldb.Part(`and (created, id) < (?, ?)`, listAttempts)
	onward    = sqldb.Part(`and (created, id) > (?, ?)`, listAttempts)
	newest    = sqldb.Part(`order by created desc, id desc limit ?`, listAttempts)
	oldest    = sqldb.Part(`order by created, id limit ?`, listAttempts)
	atMost    = sqldb.Part(`limit ?`, countAttempts)
)

// List returns one page, newest first unless the oldest are asked, and how many rows
// the filter lets through up to the limit of counting.
func (t tx) List(f appropriateness.Filter) (appropriateness.Page, error) {
	var p appropriateness.Page
	for _, c := range filters(f, f.State != "" && f.State != appropriateness.Judged) {
		c = c.followed(f.Followed)
		if !f.Uncounted && p.Total <= appropriateness.CountLimit {
			n, err := t.count(c)
			if err != nil {
				return p, err
			}
			p.Total = min(p.Total+n, appropriateness.CountLimit+1)
		}
		if err := t.rows(c, f, &p); err != nil {
			return p, err
		}
	}
	slices.SortFunc(p.Rows, func(a, b appropriateness.Row) int {
		if f.Oldest {
			a, b = b, a
		}
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
	})
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		last := p.Rows[f.Limit-1]
		p.Next = &appropriateness.Cursor{Created: last.Created, ID: last.ID}
	}
	return p, nil
}

// rows adds to the page the first rows after its cursor, one more than it shows.
func (t tx) rows(c conditions, f appropriateness.Filter, p *appropriateness.Page) error {
	next, order := after, newest
	if f.Oldest {
		next, order = onward, oldest
	}
	if f.Cursor.ID != "" {
		c = c.and(next, f.Cursor.Created.UnixMilli(), f.Cursor.ID)
	}
	c = c.and(order, f.Limit+1)
	return t.Each(listAttempts.With(c.parts...), c.args, func(scan func(...any) error) error {
		a, err := t.scan(scan)
		a.Firm = t.Firm()
		p.Rows = append(p.Rows, appropriateness.Row{Attempt: a})
		return err
	})
}

// count counts rows up to the limit plus one, so that a list of a million costs
// no more than one of a thousand.
func (t tx) count(c conditions) (n int, err error) {
	c = c.and(atMost, appropriateness.CountLimit+1)
	err = t.Each(countAttempts.With(c.parts...), c.args, func(func(...any) error) error { n++; return nil })
	return n, err
}

// conditions are pieces of a statement with their arguments.
type conditions struct {
	parts []*sqldb.Fragment
	args  []any
}

func (c conditions) and(part *sqldb.Fragment, args ...any) conditions {
	return conditions{append(slices.Clone(c.parts), part), append(slices.Clone(c.args), args...)}
}

// filters are conditions that together let through what the filter does, and none
// of it twice. Among few, such as those of a state that soon passes, test and channel
// choose no index.
func filters(f appropriateness.Filter, few bool) []conditions {
	c, now := narrowed(f, few), f.Now.UnixMilli()
	switch f.State {
	case appropriateness.Ready:
		return []conditions{c.and(isReady, now)}
	case appropriateness.Begun:
		return []conditions{c.and(isBegun, now)}
	case appropriateness.Judged:
		return []conditions{c.and(isJudged)}
	case appropriateness.Lapsed:
		return []conditions{c.and(wasLapsed), c.and(nowLapsed, now, now)}
	}
	return []conditions{c}
}

// narrowed are the conditions of a filter but for the state.
func narrowed(f appropriateness.Filter, few bool) (c conditions) {
	add := func(part *sqldb.Fragment, args ...any) { c = c.and(part, args...) }
	test, testID, way := byTest, byTestID, channel
	if few {
		test, testID, way = testAmong, testIDAmong, channelAmong
	}
	if f.Client() != "" {
		add(byClient, f.Client())
	}
	if f.ID != "" {
		add(byID, f.ID)
	}
	if f.Outcome != "" {
		add(outcome, f.Outcome)
	}
	if f.Counted {
		add(counted)
	}
	if !f.Test.IsZero() {
		add(test, f.Test)
	}
	if f.TestID != "" {
		add(testID, f.TestID)
	}
	if f.Channel != "" {
		add(way, f.Channel)
	}
	if !f.From.IsZero() {
		add(since, f.From.UnixMilli())
	}
	if !f.Before.IsZero() {
		add(before, f.Before.UnixMilli())
	}
	return c
}
