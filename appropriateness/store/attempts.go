package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

const columns = `id, client, test, test_id, title, product, channel, form, state, created, link_until,
	begun, open_until, touched, judged, outcome, points, max_points, shown, choice, chosen, changes`

// byKey are the attempts of the client with this match key.
const byKey = `select k.attempt from appropriateness_recognition k where k.firm = :firm and k.match_key = ?`

var (
	attemptByID = sqldb.Tenant(`select ` + columns + ` from appropriateness_attempt where firm = :firm and id = ?`)
	locked      = sqldb.Part(`:lock`, attemptByID, attemptsOf, attemptsKnown)

	attemptsOf = sqldb.Tenant(`select ` + columns + ` from appropriateness_attempt
		where firm = :firm and client = ? and product = ? order by created, id`)
	attemptsKnown = sqldb.Tenant(`select ` + columns + ` from appropriateness_attempt
		where firm = :firm and id in (` + byKey + `) and product = ? order by created, id`)

	laterCounts = sqldb.Tenant(`select 1 from appropriateness_attempt
		where firm = :firm and client = ? and product = ? and begun is not null and (created, id) > (?, ?) limit 1`)
	laterKnown = sqldb.Tenant(`select 1 from appropriateness_attempt
		where firm = :firm and id in (` + byKey + `) and product = ? and begun is not null and (created, id) > (?, ?) limit 1`)

	insertAttempt = sqldb.Tenant(`insert into appropriateness_attempt (firm, ` + columns + `)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

	insertLink = sqldb.Tenant(`insert into appropriateness_link (firm, token, attempt) values (:firm, ?, ?)`)

	saveAttempt = sqldb.Tenant(`update appropriateness_attempt set state = ?, begun = ?, open_until = ?, touched = ?,
		judged = ?, outcome = ?, points = ?, max_points = ?, shown = ?, choice = ?, chosen = ?, changes = changes + 1 where firm = :firm and id = ?`)

	saveFrom = sqldb.Tenant(`update appropriateness_attempt set state = ?, begun = ?, open_until = ?, touched = ?,
		judged = ?, outcome = ?, points = ?, max_points = ?, shown = ?, choice = ?, chosen = ?, changes = changes + 1
		where firm = :firm and id = ? and changes = ? and state = ?`)

	redrawForm = sqldb.Tenant(`update appropriateness_attempt set form = ? where firm = :firm and id = ? and state = 'ready'`)

	answersOf = sqldb.Tenant(`select question, option, at from appropriateness_answer
		where firm = :firm and attempt = ? order by nr`)

	noticesOf  = sqldb.Tenant(`select body from appropriateness_notice where firm = :firm and attempt = ? order by nr`)
	keepNotice = sqldb.Tenant(`insert into appropriateness_notice (firm, attempt, language, nr, body)
		select :firm, ?, ?, coalesce(max(nr), 0) + 1, ? from appropriateness_notice where firm = :firm and attempt = ?`)

	giveAnswer = sqldb.Tenant(`insert into appropriateness_answer (firm, attempt, nr, question, option, at)
		select :firm, ?, coalesce(max(nr), 0) + 1, ?, ?, ? from appropriateness_answer where firm = :firm and attempt = ?`)
)

func (t tx) Attempt(id appropriateness.AttemptID) (appropriateness.Attempt, error) {
	return t.attempt(attemptByID, id)
}

func (t tx) attempt(q *sqldb.Query, args ...any) (appropriateness.Attempt, error) {
	a, err := t.scan(t.Row(t.lock(q), args...).Scan)
	a.Firm = t.Firm()
	return a, sqldb.Found(err, "unknown-attempt", "")
}

// lock keeps what is read for writing from being changed by others meanwhile.
func (t tx) lock(q *sqldb.Query) *sqldb.Query {
	if t.writes {
		return q.With(locked)
	}
	return q
}

// Attempts are found by the client and by the key in two statements, each along an
// index of its own.
func (t tx) Attempts(client ident.Person, key appropriateness.MatchKey, product string) ([]appropriateness.Attempt, error) {
	all, err := t.attempts(attemptsOf, client, product)
	if err != nil || key.IsZero() {
		return all, err
	}
	known, err := t.attempts(attemptsKnown, key, product)
	if err != nil {
		return nil, err
	}
	for _, a := range known {
		if !slices.ContainsFunc(all, func(b appropriateness.Attempt) bool { return a.ID == b.ID }) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b appropriateness.Attempt) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

func (t tx) attempts(q *sqldb.Query, args ...any) ([]appropriateness.Attempt, error) {
	rows, err := t.Rows(t.lock(q), args...)
	return sqldb.All(rows, err, func(into func(...any) error) (appropriateness.Attempt, error) {
		a, err := t.scan(into)
		a.Firm = t.Firm()
		return a, err
	})
}

func (t tx) Later(a appropriateness.Attempt, key appropriateness.MatchKey) (bool, error) {
	found, err := t.exists(laterCounts, a.Client, a.Product, a.Created.UnixMilli(), a.ID)
	if err != nil || found || key.IsZero() {
		return found, err
	}
	return t.exists(laterKnown, key, a.Product, a.Created.UnixMilli(), a.ID)
}

func (t tx) exists(q *sqldb.Query, args ...any) (bool, error) {
	var one int
	return sqldb.There(t.Row(q, args...).Scan(&one))
}

func (t tx) scan(into func(...any) error) (a appropriateness.Attempt, err error) {
	var form string
	var created, linkUntil, touched int64
	var begun, openUntil, judged, points, out, shown, chosen sql.NullInt64
	var outcome, choice sql.NullString
	err = into(&a.ID, &a.Client, &a.Test, &a.TestID, &a.Title, &a.Product, &a.Channel, &form, &a.State, &created, &linkUntil,
		&begun, &openUntil, &touched, &judged, &outcome, &points, &out, &shown, &choice, &chosen, &a.Changes)
	if err != nil {
		return a, err
	}
	a.Created, a.LinkUntil, a.Touched = sqldb.Instant(created), sqldb.Instant(linkUntil), sqldb.Instant(touched)
	a.Begun, a.OpenUntil, a.Judged, a.Shown = sqldb.MaybeInstant(begun), sqldb.MaybeInstant(openUntil), sqldb.MaybeInstant(judged), sqldb.MaybeInstant(shown)
	a.Choice, a.Chosen = appropriateness.Course(choice.String), sqldb.MaybeInstant(chosen)
	a.Outcome, a.Points, a.Out = appropriateness.Outcome(outcome.String), int(points.Int64), int(out.Int64)
	a.Form, err = t.store.forms.of(form, func() (f appropriateness.Form, err error) {
		return f, json.Unmarshal([]byte(form), &f)
	})
	return a, err
}

// or writes v, or null when absent.
func or[T any](absent bool, v T) any {
	if absent {
		return nil
	}
	return v
}

func (t tx) Insert(a appropriateness.Attempt, token ident.Hash) error {
	form, err := json.Marshal(a.Form)
	if err != nil {
		return err
	}
	_, err = t.Exec(insertAttempt, a.ID, a.Client, a.Test, a.TestID, a.Title, a.Product, a.Channel, string(form), a.State,
		a.Created.UnixMilli(), a.LinkUntil.UnixMilli(), sqldb.Millis(a.Begun), sqldb.Millis(a.OpenUntil), a.Touched.UnixMilli(),
		sqldb.Millis(a.Judged), or(a.Outcome == "", a.Outcome), or(a.Judged.IsZero(), a.Points), or(a.Judged.IsZero(), a.Out), sqldb.Millis(a.Shown),
		or(a.Choice == "", a.Choice), sqldb.Millis(a.Chosen), a.Changes)
	if sqldb.IsUnique(err) {
		return fault.New(fault.Conflict, "attempt-raced", string(a.Client))
	}
	if err != nil {
		return err
	}
	_, err = t.Exec(insertLink, token, a.ID)
	return err
}

func (t tx) Save(a appropriateness.Attempt) error {
	_, err := t.Exec(saveAttempt, append(saved(a), a.ID)...)
	return err
}

func (t tx) SaveFrom(before, after appropriateness.Attempt) (bool, error) {
	n, err := t.Exec(saveFrom, append(saved(after), after.ID, before.Changes, before.State)...)
	return n == 1, err
}

// saved is what can change of an attempt.
func saved(a appropriateness.Attempt) []any {
	return []any{
		a.State, sqldb.Millis(a.Begun), sqldb.Millis(a.OpenUntil), a.Touched.UnixMilli(),
		sqldb.Millis(a.Judged), or(a.Outcome == "", a.Outcome), or(a.Judged.IsZero(), a.Points), or(a.Judged.IsZero(), a.Out), sqldb.Millis(a.Shown),
		or(a.Choice == "", a.Choice), sqldb.Millis(a.Chosen),
	}
}

// Redraw gives a link that was not used another form.
func (t tx) Redraw(id appropriateness.AttemptID, f appropriateness.Form) error {
	form, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = t.Exec(redrawForm, string(form), id)
	return err
}

func (t tx) Give(id appropriateness.AttemptID, g appropriateness.Given) error {
	_, err := t.Exec(giveAnswer, id, g.Question, g.Option, g.At.UnixMilli(), id)
	return err
}

func (t tx) Given(id appropriateness.AttemptID) ([]appropriateness.Given, error) {
	rows, err := t.Rows(answersOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (g appropriateness.Given, err error) {
		var at int64
		err = into(&g.Question, &g.Option, &at)
		g.At = sqldb.Instant(at)
		return g, err
	})
}

func (t tx) Notices(id appropriateness.AttemptID) ([]appropriateness.Notice, error) {
	rows, err := t.Rows(noticesOf, id)
	return sqldb.All(rows, err, func(into func(...any) error) (n appropriateness.Notice, err error) {
		var body string
		if err := into(&body); err != nil {
			return n, err
		}
		return n, canon.Decode([]byte(body), &n)
	})
}

func (t tx) KeepNotice(id appropriateness.AttemptID, n appropriateness.Notice) error {
	_, err := t.Exec(keepNotice, id, n.Language, string(canon.Must(n)), id)
	return err
}
