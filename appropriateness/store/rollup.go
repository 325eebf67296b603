package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

// sums are the columns of a rollup that count.
const sums = `unused, dropped, appropriate, not_appropriate, cannot_be_judged, minutes, places`

// counts is what is read of an attempt once it is counted. The second look at its
// mark is for who waited for the row of an attempt that another node counted.
const counts = `returning created, test, test_id, channel, state, begun, judged, outcome, form, ` + lastAnswer

var (
	roll = sqldb.Tenant(`update appropriateness_attempt set rolled = 1 where firm = :firm and rolled = 0 and state in ('judged', 'lapsed')
		and id in (select id from appropriateness_attempt where firm = :firm and rolled = 0 and state in ('judged', 'lapsed') and created >= ?
			order by created, id limit ?) ` + counts)
	unrollDay = sqldb.Tenant(`update appropriateness_attempt set rolled = 0 where firm = :firm and rolled = 1 and created >= ? and created < ?`)
	rollDay   = sqldb.Tenant(`update appropriateness_attempt set rolled = 1 where firm = :firm and rolled = 0 and state in ('judged', 'lapsed')
		and created >= ? and created < ? ` + counts)
	dropDay = sqldb.Tenant(`delete from appropriateness_rollup where firm = :firm and day = ?`)

	firstMade = sqldb.Tenant(`select created from appropriateness_attempt where firm = :firm order by created, id limit 1`)
	lastMade  = sqldb.Tenant(`select created from appropriateness_attempt where firm = :firm order by created desc, id desc limit 1`)
	spanOf    = sqldb.Tenant(`select min(day), max(day) from appropriateness_rollup where firm = :firm`)

	makeCell = sqldb.Tenant(`insert into appropriateness_rollup (firm, day, test, test_id, channel, ` + sums + `)
		values (:firm, ?, ?, ?, ?, 0, 0, 0, 0, 0, '', '') on conflict do nothing`)
	lockCell = sqldb.Tenant(`select day, test, channel, ` + sums + ` from appropriateness_rollup
		where firm = :firm and day = ? and test = ? and channel = ? :lock`)
	saveCell = sqldb.Tenant(`update appropriateness_rollup set unused = ?, dropped = ?, appropriate = ?, not_appropriate = ?,
		cannot_be_judged = ?, minutes = ?, places = ? where firm = :firm and day = ? and test = ? and channel = ?`)
)

// A cellKey names a row of the rollups within its firm.
type cellKey struct {
	day     calendar.Date
	test    ident.Hash
	testID  string
	channel string
}

func (k cellKey) compare(l cellKey) int {
	return cmp.Or(k.day.Compare(l.day), slices.Compare(k.test[:], l.test[:]), cmp.Compare(k.channel, l.channel))
}

// A cell is what a row of the rollups counts.
type cell struct {
	numbers
	minutes, places tally
}

// numbers are the columns of a cell that hold one number each.
type numbers struct {
	unused, dropped int
	outcomes        [3]int // in the order of judgements
}

// judgements are the outcomes in the order of their columns.
var judgements = [3]appropriateness.Outcome{appropriateness.Appropriate, appropriateness.NotAppropriate, appropriateness.CannotBeJudged}

func newCell() *cell { return &cell{minutes: tally{}, places: tally{}} }

// Roll counts at most limit attempts in the rows of their day.
func (t tx) Roll(since time.Time, limit int) (int, time.Time, error) {
	from := since.UnixMilli()
	if since.IsZero() {
		from = 0
	}
	return t.roll(roll, from, limit)
}

// Reroll makes the rows of a day anew.
func (t tx) Reroll(day calendar.Date) (int, error) {
	from, before := day.Start().UnixMilli(), day.AddDays(1).Start().UnixMilli()
	if _, err := t.Exec(dropDay, day); err != nil {
		return 0, err
	}
	if _, err := t.Exec(unrollDay, from, before); err != nil {
		return 0, err
	}
	n, _, err := t.roll(rollDay, from, before)
	return n, err
}

func (t tx) roll(q *sqldb.Query, args ...any) (n int, newest time.Time, err error) {
	cells := map[cellKey]*cell{}
	err = t.Each(q, args, func(scan func(...any) error) error {
		made, err := count(cells, scan)
		if n++; made.After(newest) {
			newest = made
		}
		return err
	})
	if err != nil {
		return 0, newest, err
	}
	// In one order, so that two nodes never wait for each other.
	for _, k := range slices.SortedFunc(maps.Keys(cells), cellKey.compare) {
		if err := t.merge(k, cells[k]); err != nil {
			return 0, newest, err
		}
	}
	return n, newest, nil
}

// count puts the attempt of a row in its cell and returns when it was made.
func count(cells map[cellKey]*cell, scan func(...any) error) (time.Time, error) {
	var k cellKey
	var a appropriateness.Attempt
	var created int64
	var begun, judged sql.NullInt64
	var outcome, question sql.NullString
	var form string
	if err := scan(&created, &k.test, &k.testID, &k.channel, &a.State, &begun, &judged, &outcome, &form, &question); err != nil {
		return time.Time{}, err
	}
	k.day = calendar.Of(sqldb.Instant(created))
	if cells[k] == nil {
		cells[k] = newCell()
	}
	c := cells[k]
	a.Begun, a.Judged = sqldb.MaybeInstant(begun), sqldb.MaybeInstant(judged)
	switch {
	case a.State == appropriateness.Judged:
		c.outcomes[slices.Index(judgements[:], appropriateness.Outcome(outcome.String))]++
		c.minutes[minutes(a)]++
	case a.Counts():
		c.dropped++
		c.places[placeIn(form, question.String)]++
	default:
		c.unused++
	}
	return sqldb.Instant(created), nil
}

// merge adds a cell to the row that is there.
func (t tx) merge(k cellKey, c *cell) error {
	if _, err := t.Exec(makeCell, k.day, k.test, k.testID, k.channel); err != nil {
		return err
	}
	kept := newCell()
	if err := kept.scan(t.Row(lockCell, k.day, k.test, k.channel).Scan, new(calendar.Date), new(ident.Hash), new(string)); err != nil {
		return err
	}
	kept.unused += c.unused
	kept.dropped += c.dropped
	for i, n := range c.outcomes {
		kept.outcomes[i] += n
	}
	kept.minutes.add(c.minutes)
	kept.places.add(c.places)
	_, err := t.Exec(saveCell, kept.unused, kept.dropped, kept.outcomes[0], kept.outcomes[1], kept.outcomes[2],
		kept.minutes.String(), kept.places.String(), k.day, k.test, k.channel)
	return err
}

func (c *cell) scan(scan func(...any) error, key ...any) error {
	var minutes, places string
	if err := c.numbers.scan(scan, append(key, &minutes, &places)...); err != nil {
		return err
	}
	return errors.Join(c.minutes.parse(minutes), c.places.parse(places))
}

// scan reads the numbers, with what stands before them and the two tallies after them.
func (c *numbers) scan(scan func(...any) error, around ...any) error {
	before, tallies := around[:len(around)-2], around[len(around)-2:]
	return scan(slices.Concat(before, []any{&c.unused, &c.dropped, &c.outcomes[0], &c.outcomes[1], &c.outcomes[2]}, tallies)...)
}

// addTo counts the numbers in a sum; of has the test and the channel.
func (c *numbers) addTo(sum *appropriateness.Sum, day calendar.Date, of appropriateness.Count) {
	of.State = appropriateness.Lapsed
	sum.Add(day, of, c.unused)
	of.Begun = true
	sum.Add(day, of, c.dropped)
	of.State = appropriateness.Judged
	for i, n := range c.outcomes {
		of.Outcome = judgements[i]
		sum.Add(day, of, n)
	}
}

// A tally says how often a number came, as text "number:how often".
type tally map[int]int

func (t tally) add(u tally) {
	for v, n := range u {
		t[v] += n
	}
}

// String writes the numbers from low to high.
func (t tally) String() string {
	var b []byte
	for _, v := range slices.Sorted(maps.Keys(t)) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(v), 10)
		b = append(b, ':')
		b = strconv.AppendInt(b, int64(t[v]), 10)
	}
	return string(b)
}

func (t tally) parse(s string) error {
	return pairs(s, func(v, n int) { t[v] = n })
}

// pairs gives the pairs of a tally's text, without making a tally of it.
func pairs(s string, give func(v, n int)) error {
	for pair := range strings.FieldsSeq(s) {
		v, n, _ := strings.Cut(pair, ":")
		value, err := strconv.Atoi(v)
		if err != nil {
			return fmt.Errorf("rollup: %w", err)
		}
		times, err := strconv.Atoi(n)
		if err != nil {
			return fmt.Errorf("rollup: %w", err)
		}
		give(value, times)
	}
	return nil
}

// RolledDays are the first and last day on which an attempt was made, or said to be
// made by a rollup.
func (t tx) RolledDays() (first, last calendar.Date, err error) {
	var lo, hi sql.NullString
	if err = t.Row(spanOf).Scan(&lo, &hi); err != nil {
		return first, last, err
	}
	for _, q := range []*sqldb.Query{firstMade, lastMade} {
		err := t.Each(q, nil, func(scan func(...any) error) error {
			var created int64
			err := scan(&created)
			day := calendar.Of(sqldb.Instant(created)).String()
			if !lo.Valid || day < lo.String {
				lo = sql.NullString{String: day, Valid: true}
			}
			if !hi.Valid || day > hi.String {
				hi = sql.NullString{String: day, Valid: true}
			}
			return err
		})
		if err != nil {
			return first, last, err
		}
	}
	if !lo.Valid {
		return first, last, nil
	}
	if first, err = calendar.Parse(lo.String); err != nil {
		return first, last, err
	}
	last, err = calendar.Parse(hi.String)
	return first, last, err
}
