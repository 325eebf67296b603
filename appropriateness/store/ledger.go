package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

var (
	ledgerEntries = sqldb.Tenant(`select attempt, through, match_key, product, test, questions, created, place, until, begun, judged, passed, valid_days
		from appropriateness_ledger where firm = :firm and match_key = ? and product = ? order by created, attempt`)
	lockedEntries = sqldb.Part(`:lock`, ledgerEntries)
	enterLedger   = sqldb.Tenant(`insert into appropriateness_ledger
		(firm, attempt, through, match_key, product, test, questions, created, place, until, begun, valid_days)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
	yieldPlace  = sqldb.Tenant(`update appropriateness_ledger set place = 0 where firm = :firm and attempt = ?`)
	countEntry  = sqldb.Tenant(`update appropriateness_ledger set begun = ?, until = ? where firm = :firm and attempt = ? and place = 1`)
	settleEntry = sqldb.Tenant(`update appropriateness_ledger set judged = ?, passed = ?, place = 0 where firm = :firm and attempt = ?`)
)

// Of turns to the ledger of the firm that owns a test. That is the firm of the
// transaction, or one with which it has or had a distribution agreement: those who
// began before its end go on. Any other firm is fault.Denied "no-agreement".
func (t tx) Of(owner ident.Firm, fn func(appropriateness.Ledger) error) error {
	if owner == t.Firm() {
		return fn(ledger{t})
	}
	all, err := t.Agreements()
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Distributor == t.Firm() && a.Provider == owner {
			return t.As(owner, func(*sqldb.Tx) error { return fn(ledger{t}) })
		}
	}
	return fault.New(fault.Denied, "no-agreement", "")
}

// ledger is the transaction while it looks at the owner of a test.
type ledger struct{ tx }

func (l ledger) Entries(key appropriateness.MatchKey, product string) ([]appropriateness.Entry, error) {
	q := ledgerEntries
	if l.writes {
		q = q.With(lockedEntries)
	}
	rows, err := l.Rows(q, key, product)
	return sqldb.All(rows, err, scanEntry)
}

func scanEntry(scan func(...any) error) (e appropriateness.Entry, err error) {
	var questions string
	var created, until int64
	var begun, judged sql.NullInt64
	var passed sql.NullBool
	err = scan(&e.Attempt, &e.Through, &e.Key, &e.Product, &e.Test, &questions, &created, &e.Place, &until, &begun, &judged, &passed, &e.ValidDays)
	if err != nil {
		return e, err
	}
	e.Created, e.Until, e.Begun, e.Judged, e.Passed = sqldb.Instant(created), sqldb.Instant(until), sqldb.MaybeInstant(begun), sqldb.MaybeInstant(judged), passed.Bool
	return e, json.Unmarshal([]byte(questions), &e.Questions)
}

func (l ledger) Enter(e appropriateness.Entry) error {
	questions, err := json.Marshal(e.Questions)
	if err != nil {
		return err
	}
	n, err := l.Exec(enterLedger, e.Attempt, e.Through, e.Key, e.Product, e.Test, string(questions), e.Created.UnixMilli(),
		e.Place, e.Until.UnixMilli(), sqldb.Millis(e.Begun), e.ValidDays)
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "attempt-raced", string(e.Attempt))
	}
	return err
}

func (l ledger) Yield(id appropriateness.AttemptID) error {
	_, err := l.Exec(yieldPlace, id)
	return err
}

func (l ledger) Count(id appropriateness.AttemptID, begun, until time.Time) (bool, error) {
	n, err := l.Exec(countEntry, begun.UnixMilli(), until.UnixMilli(), id)
	return n == 1, err
}

func (l ledger) Settle(id appropriateness.AttemptID, judged time.Time, passed bool) error {
	_, err := l.Exec(settleEntry, judged.UnixMilli(), passed, id)
	return err
}
