package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
	"zorgplicht/party"
)

// many is how many attempts are asked after at once: a page of a list.
const many = 50

var (
	recognitionOf = sqldb.Tenant(`select attempt, owner, match_key, under_key, agreement from appropriateness_recognition where firm = :firm and attempt = ?`)
	manyKnown     = sqldb.Tenant(`select attempt, owner, match_key, under_key, agreement from appropriateness_recognition
		where firm = :firm and attempt in (?` + strings.Repeat(", ?", many-1) + `)`)
	keepKnown = sqldb.Tenant(`insert into appropriateness_recognition (firm, attempt, owner, product, match_key, under_key, agreement)
		values (:firm, ?, ?, ?, ?, ?, ?) on conflict (firm, attempt) do update set match_key = excluded.match_key, under_key = excluded.under_key`)
	asksClient = sqldb.Tenant(`select ask from appropriateness_ask_client where firm = :firm`)
	askClient  = sqldb.Tenant(`insert into appropriateness_ask_client (firm, ask) values (:firm, ?)
		on conflict (firm) do update set ask = excluded.ask`)
)

// Recognition returns by what the client of the attempt is known, and whose test
// it is.
func (t tx) Recognition(id appropriateness.AttemptID) (appropriateness.Recognition, error) {
	_, r, err := scanKnown(t.Row(recognitionOf, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return appropriateness.Recognition{Owner: t.Firm()}, nil
	}
	return r, err
}

// Recognitions returns the same of many attempts: those that have a row.
func (t tx) Recognitions(ids []appropriateness.AttemptID) (map[appropriateness.AttemptID]appropriateness.Recognition, error) {
	all := make(map[appropriateness.AttemptID]appropriateness.Recognition, len(ids))
	for some := range slices.Chunk(ids, many) {
		args := make([]any, many)
		for i := range args {
			args[i] = some[min(i, len(some)-1)] // the last one fills the places that are left
		}
		rows, err := t.Rows(manyKnown, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			id, r, err := scanKnown(rows.Scan)
			if err != nil {
				rows.Close()
				return nil, err
			}
			all[id] = r
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func scanKnown(scan func(...any) error) (id appropriateness.AttemptID, r appropriateness.Recognition, err error) {
	var key, under []byte
	var agreement sql.NullString
	if err = scan(&id, &r.Owner, &key, &under, &agreement); err != nil {
		return id, r, err
	}
	copy(r.Key[:], key)
	copy(r.Under[:], under)
	r.Agreement = agreement.String
	return id, r, nil
}

// Recognise keeps by what the client of the attempt is known.
func (t tx) Recognise(a appropriateness.Attempt, r appropriateness.Recognition) error {
	_, err := t.Exec(keepKnown, a.ID, r.Owner, a.Product, or(r.Key.IsZero(), r.Key), or(r.Under.IsZero(), r.Under), or(r.Agreement == "", r.Agreement))
	return err
}

// AsksClient reports whether clients of the firm are asked who they are.
func (t tx) AsksClient() (ask bool, err error) {
	err = t.Row(asksClient).Scan(&ask)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return ask, err
}

// AskClient sets whether they are.
func (t tx) AskClient(ask bool) error {
	_, err := t.Exec(askClient, ask)
	return err
}

// Agreements are those of the firm, from room party.
func (t tx) Agreements() ([]party.Agreement, error) { return t.store.People.Agreements(t.Tx) }
