// Package store keeps applications for credit in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/lending"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{Room: "lending", Migrations: migrations, Tenant: []string{"lending_application", "lending_word", "lending_judgement", "lending_norm"}}

// Store keeps what the room holds. Casework is the transaction as the shared room
// knows it, which writes facts too.
type Store struct {
	DB       *sqldb.DB
	Casework func(t *sqldb.Tx, writes bool) casework.Tx
}

var _ lending.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(lending.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, true), t}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(lending.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{s.Casework(t, false), t}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	casework.Tx
	db *sqldb.Tx
}

func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.db, key, request, now)
}

func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.db, key, request, reply)
}

const columns = `id, number, received, state, name, folded, reference, title, product, amount, request, set_name, answers, data, judged, verdict,
	consulted, securities, choice, concluded, agreement, settled, transferred, transferee`

var (
	byID = sqldb.Tenant(`select state, name, reference, request, set_name, answers, data, judged, consulted, securities, choice, concluded, agreement,
		settled, transferred, transferee from lending_application where firm = :firm and id = ?`)
	save = sqldb.Tenant(`insert into lending_application (firm, ` + columns + `)
		values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set state = excluded.state, name = excluded.name, folded = excluded.folded, reference = excluded.reference,
		title = excluded.title, product = excluded.product, amount = excluded.amount, request = excluded.request, set_name = excluded.set_name,
		answers = excluded.answers, data = excluded.data, judged = excluded.judged, verdict = excluded.verdict, consulted = excluded.consulted,
		securities = excluded.securities, choice = excluded.choice, concluded = excluded.concluded, agreement = excluded.agreement,
		settled = excluded.settled, transferred = excluded.transferred, transferee = excluded.transferee`)
	index = sqldb.Tenant(`insert into lending_word (firm, word, application) values (:firm, ?, ?) on conflict (firm, word, application) do nothing`)
)

// Application returns one application. Who changes it holds its case.
func (t tx) Application(id casework.ID) (a lending.Application, err error) {
	if a.Case, err = t.Case(id); err != nil {
		return a, err
	}
	var request, answers, consulted, values, choice string
	var judged int64
	err = t.db.Row(byID, id).Scan(&a.State, &a.Applicant.Name, &a.Applicant.Reference, &request, &a.Set, &answers, &a.Data, &judged, &consulted, &values, &choice,
		&a.Concluded, &a.Agreement, &a.Settled, &a.Transfer, &a.Transferee)
	if err != nil {
		return a, sqldb.Found(err, "unknown-case", "") // a case of another kind
	}
	if err := errors.Join(json.Unmarshal([]byte(request), &a.Request), json.Unmarshal([]byte(answers), &a.Answers), json.Unmarshal([]byte(consulted), &a.Consulted),
		json.Unmarshal([]byte(values), &a.Values), json.Unmarshal([]byte(choice), &a.Choice)); err != nil {
		return a, err
	}
	if judged > 0 {
		j, err := scanJudgement(t.db.Row(judgementNr, id, judged).Scan)
		if err != nil {
			return a, err
		}
		a.Judged = &j
	}
	return a, nil
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // these types hold text, days and numbers only
	}
	return string(b)
}

// SaveApplication keeps an application as it is now.
func (t tx) SaveApplication(a lending.Application) error {
	var judged int64
	var verdict lending.Verdict
	if a.Judged != nil {
		judged, verdict = a.Judged.Nr, a.Judged.Verdict
	}
	_, err := t.db.Exec(save, a.ID(), a.Case.Number, a.Case.Received, a.State, a.Applicant.Name, strings.ToLower(a.Applicant.Name), a.Applicant.Reference,
		a.Case.Title, a.Request.Product, int64(a.Request.Credit()), text(a.Request), a.Set, text(a.Answers), a.Data, judged, verdict,
		text(a.Consulted), text(a.Values), text(a.Choice), a.Concluded, a.Agreement, a.Settled, a.Transfer, a.Transferee)
	return err
}

// IndexApplication adds words by which an application is found.
func (t tx) IndexApplication(id casework.ID, words []string) error {
	for _, w := range words {
		if len(w) < 2 || len(w) > 60 {
			continue
		}
		if _, err := t.db.Exec(index, w, id); err != nil {
			return err
		}
	}
	return nil
}
