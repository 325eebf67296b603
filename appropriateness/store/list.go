package store

import (
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var (
	listAttempts  = sqldb.Tenant(`select ` + columns + ` from appropriateness_attempt where firm = :firm`)
	countAttempts = sqldb.Tenant(`select 1 from appropriateness_attempt where firm = :firm`)

	lists    = []*sqldb.Query{listAttempts, countAttempts, countsOf, hoursOf, durationsOf, lastAnswers}
	byClient = sqldb.Part(`and client = ?`, lists...)
	byID     = sqldb.Part(`and id = ?`, lists...)
	outcome  = sqldb.Part(`and outcome = ?`, lists...)
	since    = sqldb.Part(`and created >= ?`, lists...)
	before   = sqldb.Part(`and created < ?`, lists...)
	byTest   = sqldb.Part(`and test = ?`, lists...)
	byTestID = sqldb.Part(`and test_id = ?`, lists...)
	channel  = sqldb.Part(`and channel = ?`, lists...)
	counted  = sqldb.Part(`and begun is not null`, lists...)
	isJudged = sqldb.Part(`and state = 'judged'`, lists...)
	isReady  = sqldb.Part(`and (state = 'ready' and link_until >= ?)`, lists...)
	isBegun  = sqldb.Part(`and (state = 'begun' and open_until >= ?)`, lists...)
	isLapsed = sqldb.Part(`and (state = 'lapsed' or (state = 'ready' and link_until < ?) or (state = 'begun' and open_until < ?))`, lists...)
	after    = sqldb.Part(`and (created, id) < (?, ?)`, listAttempts)
	newest   = sqldb.Part(`order by created desc, id desc limit ?`, listAttempts)
	atMost   = sqldb.Part(`limit ?`, countAttempts)
)

// List returns one page, newest first, and how many rows the filter lets through
// up to the limit of counting.
func (t tx) List(f appropriateness.Filter) (appropriateness.Page, error) {
	parts, args := filter(f)
	var p appropriateness.Page
	var err error
	if !f.Uncounted {
		if p.Total, err = t.count(parts, args); err != nil {
			return p, err
		}
	}
	if f.Cursor.ID != "" {
		parts, args = append(parts, after), append(args, f.Cursor.Created.UnixMilli(), f.Cursor.ID)
	}
	rows, err := t.Rows(listAttempts.With(append(parts, newest)...), append(args, f.Limit+1)...)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	for rows.Next() {
		a, err := t.scan(rows.Scan)
		if err != nil {
			return p, err
		}
		a.Firm = t.Firm()
		p.Rows = append(p.Rows, appropriateness.Row{Attempt: a})
	}
	if len(p.Rows) > f.Limit {
		p.Rows = p.Rows[:f.Limit]
		last := p.Rows[f.Limit-1]
		p.Next = &appropriateness.Cursor{Created: last.Created, ID: last.ID}
	}
	return p, rows.Err()
}

// count counts rows up to the limit plus one, so that a list of a million costs
// no more than one of a thousand.
func (t tx) count(parts []*sqldb.Fragment, args []any) (n int, err error) {
	rows, err := t.Rows(countAttempts.With(append(slices.Clone(parts), atMost)...), append(slices.Clone(args), appropriateness.CountLimit+1)...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func filter(f appropriateness.Filter) (parts []*sqldb.Fragment, args []any) {
	add := func(part *sqldb.Fragment, values ...any) {
		parts, args = append(parts, part), append(args, values...)
	}
	now := f.Now.UnixMilli()
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
		add(byTest, f.Test)
	}
	if f.TestID != "" {
		add(byTestID, f.TestID)
	}
	if f.Channel != "" {
		add(channel, f.Channel)
	}
	if !f.From.IsZero() {
		add(since, f.From.UnixMilli())
	}
	if !f.Before.IsZero() {
		add(before, f.Before.UnixMilli())
	}
	switch f.State {
	case appropriateness.Ready:
		add(isReady, now)
	case appropriateness.Begun:
		add(isBegun, now)
	case appropriateness.Judged:
		add(isJudged)
	case appropriateness.Lapsed:
		add(isLapsed, now, now)
	}
	return parts, args
}
