package sqldb

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// CheckPlans asks SQLite how it would carry out each registered statement of a firm, with
// each piece that belongs to it, and returns all that find their rows neither by the firm
// nor by what only one row has: such a statement goes through the rows of everybody, and
// takes longer the more there are. A suite that links all rooms calls it; on PostgreSQL,
// whose plans depend on what the tables hold, it checks nothing.
func CheckPlans(ctx context.Context, db *DB) error {
	if db.engine != SQLite {
		return nil
	}
	unique, err := db.uniqueIndexes(ctx)
	if err != nil {
		return err
	}
	registry.Lock()
	queries, parts := slices.Clone(registry.queries), slices.Clone(registry.parts)
	registry.Unlock()
	var errs []error
	for _, q := range queries {
		for _, c := range append([]*Query{q}, q.seen()...) {
			errs = append(errs, db.plans(ctx, c, unique))
		}
	}
	for _, f := range parts {
		for _, q := range f.of {
			errs = append(errs, db.plans(ctx, q.With(f), unique))
		}
	}
	return errors.Join(errs...)
}

// uniqueIndexes are the names of those that were made so; others come with a key of their
// table, and are called after it.
func (db *DB) uniqueIndexes(ctx context.Context) (map[string]bool, error) {
	rows, err := db.read.QueryContext(ctx, `select name from sqlite_master where type = 'index' and sql like 'create unique%'`)
	if err != nil {
		return nil, mapped(err)
	}
	defer rows.Close()
	unique := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		unique[name] = true
	}
	return unique, mapped(rows.Err())
}

func (db *DB) plans(ctx context.Context, q *Query, unique map[string]bool) error {
	if q.house {
		return nil
	}
	c := q.on(SQLite)
	rows, err := db.read.QueryContext(ctx, "explain query plan "+c.text, make([]any, len(c.args))...)
	if err != nil {
		return fmt.Errorf("%s: %w: %s", q.origin, err, q.text)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return err
		}
		steps = append(steps, step)
	}
	if wide := wideSteps(steps, unique); len(wide) > 0 {
		return fmt.Errorf("%s: %s: %s", q.origin, strings.Join(wide, "; "), q.text)
	}
	return rows.Err()
}

var (
	keyed    = regexp.MustCompile(`USING (?:INTEGER |)PRIMARY KEY \(\w+=\?|INDEX (\w+) \(\w+=\?`)
	planned  = regexp.MustCompile(`^(SCAN|SEARCH) (\S+)(.*)$`)
	imagined = regexp.MustCompile(`^(?:CO-ROUTINE|MATERIALIZE) (\S+)`) // a table that the statement itself makes
)

// wideSteps are the steps of a plan that go through rows of a table which neither the firm
// nor a unique key narrows.
func wideSteps(steps []string, unique map[string]bool) (wide []string) {
	made := map[string]bool{}
	for _, s := range steps {
		if m := imagined.FindStringSubmatch(s); m != nil {
			made[m[1]] = true
		}
	}
	for _, s := range steps {
		m := planned.FindStringSubmatch(s)
		if m == nil || made[m[2]] || strings.HasPrefix(m[2], "(") || m[2] == "CONSTANT" || strings.Contains(m[3], "VIRTUAL TABLE") {
			continue
		}
		if m[1] == "SEARCH" {
			by := keyed.FindStringSubmatch(m[3])
			if strings.Contains(m[3], "(firm=?") || by != nil && (by[1] == "" || unique[by[1]] || strings.HasPrefix(by[1], "sqlite_autoindex_")) {
				continue
			}
		}
		wide = append(wide, s)
	}
	return wide
}
