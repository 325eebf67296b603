package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
)

var (
	// Few are not rolled yet, so they are read one by one.
	figuresOf = sqldb.Tenant(`select created, test, channel, state, link_until, open_until, begun, judged, outcome
		from appropriateness_attempt where firm = :firm`)
	lastAnswers = sqldb.Tenant(`select form, ` + lastAnswer + `
		from appropriateness_attempt where firm = :firm and begun is not null`)
	unrolled = sqldb.Part(`and rolled = 0`, figuresOf, lastAnswers)

	rollupsOf     = sqldb.Tenant(`select day, test, channel, ` + sums + ` from appropriateness_rollup where firm = :firm`)
	rollupSince   = sqldb.Part(`and day >= ?`, rollupsOf)
	rollupBefore  = sqldb.Part(`and day < ?`, rollupsOf)
	rollupTest    = sqldb.Part(`and test = ?`, rollupsOf)
	rollupTestID  = sqldb.Part(`and test_id = ?`, rollupsOf)
	rollupChannel = sqldb.Part(`and channel = ?`, rollupsOf)

	everInUse = sqldb.Tenant(`select id, hash, title, min(published_from) from appropriateness_test
		where firm = :firm and (published_to is null or published_to > published_from) group by id, hash, title order by 4, 1`)
)

// lastAnswer is the question that was answered last, null for none.
const lastAnswer = `(select question from appropriateness_answer
	where firm = :firm and attempt = appropriateness_attempt.id order by nr desc limit 1)`

func (t tx) Versions() (vs []appropriateness.Version, err error) {
	err = t.Each(everInUse, nil, func(scan func(...any) error) error {
		var v appropriateness.Version
		var from int64
		err := scan(&v.TestID, &v.Hash, &v.Title, &from)
		v.From = sqldb.Instant(from)
		vs = append(vs, v)
		return err
	})
	return vs, err
}

// Figures adds to what was rolled of the days what was not; a filter that days
// cannot answer is counted from every attempt.
func (t tx) Figures(f appropriateness.Filter) (appropriateness.Figures, error) {
	sum := appropriateness.NewSum()
	of := everyOne
	if f.WholeDays() {
		of = notRolled
		if err := t.rolled(f, sum); err != nil {
			return appropriateness.Figures{}, err
		}
	}
	if err := t.direct(f, of, sum); err != nil {
		return appropriateness.Figures{}, err
	}
	return sum.Figures(), nil
}

func (t tx) rolled(f appropriateness.Filter, sum *appropriateness.Sum) error {
	var c conditions
	if !f.From.IsZero() {
		c = c.and(rollupSince, calendar.Of(f.From))
	}
	if !f.Before.IsZero() {
		c = c.and(rollupBefore, calendar.Of(f.Before))
	}
	if !f.Test.IsZero() {
		c = c.and(rollupTest, f.Test)
	}
	if f.TestID != "" {
		c = c.and(rollupTestID, f.TestID)
	}
	if f.Channel != "" {
		c = c.and(rollupChannel, f.Channel)
	}
	return t.Each(rollupsOf.With(c.parts...), c.args, func(scan func(...any) error) error {
		var k cellKey
		var n numbers
		var minutes, places string
		if err := n.scan(scan, &k.day, &k.test, &k.channel, &minutes, &places); err != nil {
			return err
		}
		n.addTo(sum, k.day, appropriateness.Count{Test: k.test, Channel: k.channel})
		return errors.Join(pairs(minutes, sum.Took), pairs(places, sum.Left))
	})
}

// everyOne are the conditions under which every attempt is counted one by one.
func everyOne(f appropriateness.Filter) []conditions { return filters(f, false) }

// notRolled are those of the few that no rollup holds: they are found along an
// index of their own, so no other condition chooses one.
func notRolled(f appropriateness.Filter) []conditions {
	all := filters(f, true)
	for i := range all {
		all[i] = all[i].and(unrolled)
		if at := slices.Index(all[i].parts, wasLapsed); at >= 0 {
			all[i].parts[at] = lapsedAmong
		}
	}
	return all
}

// direct counts attempts one by one.
func (t tx) direct(f appropriateness.Filter, of func(appropriateness.Filter) []conditions, sum *appropriateness.Sum) error {
	for _, c := range of(f) {
		err := t.Each(figuresOf.With(c.parts...), c.args, func(scan func(...any) error) error {
			a, err := scanCounted(scan)
			if err != nil {
				return err
			}
			sum.Add(calendar.Of(a.Created), appropriateness.Count{
				Test: a.Test, Channel: a.Channel, State: a.StateAt(f.Now), Begun: a.Counts(), Outcome: a.Outcome,
			}, 1)
			if a.State == appropriateness.Judged {
				sum.Took(minutes(a), 1)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return t.left(f, of, sum)
}

func scanCounted(scan func(...any) error) (a appropriateness.Attempt, err error) {
	var created, linkUntil int64
	var openUntil, begun, judged sql.NullInt64
	var outcome sql.NullString
	err = scan(&created, &a.Test, &a.Channel, &a.State, &linkUntil, &openUntil, &begun, &judged, &outcome)
	a.Created, a.LinkUntil, a.OpenUntil = sqldb.Instant(created), sqldb.Instant(linkUntil), sqldb.MaybeInstant(openUntil)
	a.Begun, a.Judged, a.Outcome = sqldb.MaybeInstant(begun), sqldb.MaybeInstant(judged), appropriateness.Outcome(outcome.String)
	return a, err
}

// minutes is how many whole minutes an attempt took.
func minutes(a appropriateness.Attempt) int {
	return int((a.Judged.UnixMilli() - a.Begun.UnixMilli()) / 60_000)
}

// left counts where those who dropped out gave their last answer.
func (t tx) left(f appropriateness.Filter, of func(appropriateness.Filter) []conditions, sum *appropriateness.Sum) error {
	if f.State != "" && f.State != appropriateness.Lapsed {
		return nil
	}
	f.State = appropriateness.Lapsed
	for _, c := range of(f) {
		err := t.Each(lastAnswers.With(c.parts...), c.args, func(scan func(...any) error) error {
			var form string
			var question sql.NullString
			err := scan(&form, &question)
			sum.Left(placeIn(form, question.String), 1)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// placeIn returns the place of a question in the text of a form, from 1; 0 where
// it is not there. It counts the questions before it: to decode some thousand
// forms for one number each would take longer than to fetch them.
func placeIn(form, question string) int {
	const key = `{"question":"`
	i := strings.Index(form, key+question+`"`)
	if question == "" || i < 0 {
		return 0
	}
	return strings.Count(form[:i], key) + 1
}
