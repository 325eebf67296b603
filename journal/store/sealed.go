package store

import (
	"database/sql"
	"errors"
	"fmt"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

var bodyOfSeal = sqldb.Tenant(`select p.body from journal_fact f join journal_payload p on p.fact = f.id and p.firm = f.firm
	where f.firm = :firm and f.seal = ? order by f.id limit 1`)

// Sealed returns the bytes that the firm of the transaction sealed under this
// hash, as that transaction sees them; fault.NotFound "sealed-unknown" when there
// are none.
func Sealed(t *sqldb.Tx, hash ident.Hash) ([]byte, error) {
	var body []byte
	err := t.Row(bodyOfSeal, hash).Scan(&body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.New(fault.NotFound, "sealed-unknown", hash.String())
	case err != nil:
		return nil, fmt.Errorf("sealed thing %s: %w", hash, err)
	case ident.HashOf(body) != hash:
		return nil, fmt.Errorf("sealed thing %s: its bytes have another hash", hash)
	}
	return body, nil
}
