package store

import (
	"database/sql"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

var (
	insertToken = sqldb.Tenant(`insert into staff_token (firm, id, name, scopes, hash, added_at, until)
		values (:firm, ?, ?, ?, ?, ?, ?)`)
	listTokens = sqldb.Tenant(`select firm, id, name, scopes, hash, added_at, until, revoked_at from staff_token
		where firm = :firm order by added_at desc, id desc`)
	revokeToken = sqldb.Tenant(`update staff_token set revoked_at = ? where firm = :firm and id = ? and revoked_at is null`)
	tokenByHash = sqldb.House(`select firm, id, name, scopes, hash, added_at, until, revoked_at from staff_token where hash = ?`)
)

func (x tx) Tokens() ([]staff.Token, error) { return list(x.t, listTokens, scanToken) }

func (x tx) AddToken(k staff.Token) error {
	_, err := x.t.Exec(insertToken, k.ID, k.Name, join(k.Scopes), k.Hash, k.Added.UnixMilli(), sqldb.Millis(k.Until))
	return err
}

func (x tx) RevokeToken(id string, at time.Time) error {
	n, err := x.t.Exec(revokeToken, at.UnixMilli(), id)
	if err == nil && n != 1 {
		err = fault.New(fault.NotFound, "token-unknown", id)
	}
	return err
}

func scanToken(into func(...any) error) (k staff.Token, err error) {
	var (
		scopes                string
		added, until, revoked sql.NullInt64
	)
	err = into(&k.Firm, &k.ID, &k.Name, &scopes, &k.Hash, &added, &until, &revoked)
	k.Scopes, k.Added, k.Until, k.Revoked = split[staff.Scope](scopes), sqldb.MaybeInstant(added), sqldb.MaybeInstant(until), sqldb.MaybeInstant(revoked)
	return k, err
}
