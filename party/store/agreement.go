package store

import (
	"database/sql"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/party"
)

const agreementColumns = `id, provider, distributor, product, from_day, until_day, offered, accepted, reason`

var (
	selectAgreement = sqldb.Tenant(`select ` + agreementColumns + ` from party_agreement where firm = :firm and id = ?`)
	lockAgreement   = sqldb.Part(`:lock`, selectAgreement)
	allAgreements   = sqldb.Tenant(`select ` + agreementColumns + ` from party_agreement where firm = :firm order by offered desc, id desc`)
	insertAgreement = sqldb.Tenant(`insert into party_agreement (firm, ` + agreementColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveAgreement   = sqldb.Tenant(`update party_agreement set until_day = ?, accepted = ?, reason = ? where firm = :firm and id = ?`)
)

func (x tx) Agreement(id string) (party.Agreement, error) {
	a, err := scanAgreement(x.t.Row(selectAgreement, id).Scan)
	return a, sqldb.Found(err, "unknown-agreement", id)
}

func (x tx) LockAgreement(id string) (party.Agreement, error) {
	a, err := scanAgreement(x.t.Row(selectAgreement.With(lockAgreement), id).Scan)
	return a, sqldb.Found(err, "unknown-agreement", id)
}

func (x tx) Agreements() ([]party.Agreement, error) { return agreements(x.t) }

// Agreements returns the agreements of the firm of the transaction, the newest
// first.
func (s *Store) Agreements(t *sqldb.Tx) ([]party.Agreement, error) { return agreements(t) }

func agreements(t *sqldb.Tx) ([]party.Agreement, error) {
	rows, err := t.Rows(allAgreements)
	return sqldb.All(rows, err, scanAgreement)
}

func scanAgreement(into func(...any) error) (a party.Agreement, err error) {
	var reason sql.NullString
	var offered int64
	var accepted sql.NullInt64
	if err = into(&a.ID, &a.Provider, &a.Distributor, &a.Product, &a.From, &a.Until, &offered, &accepted, &reason); err != nil {
		return a, err
	}
	a.Offered, a.Reason = sqldb.Instant(offered), reason.String
	a.Accepted = sqldb.MaybeInstant(accepted)
	return a, nil
}

func (x tx) AddAgreement(a party.Agreement) error {
	_, err := x.t.Exec(insertAgreement, a.ID, a.Provider, a.Distributor, a.Product, a.From, a.Until, a.Offered.UnixMilli(), accepted(a), reason(a))
	return err
}

func (x tx) SaveAgreement(a party.Agreement) error {
	_, err := x.t.Exec(saveAgreement, a.Until, accepted(a), reason(a), a.ID)
	return err
}

func (x tx) As(firm ident.Firm, fn func(party.Tx) error) error {
	return x.t.As(firm, func(t *sqldb.Tx) error { return fn(tx{t, x.pen}) })
}

func (x tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(x.t, key, request, now)
}

func (x tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(x.t, key, request, reply)
}

func accepted(a party.Agreement) any {
	if a.Accepted.IsZero() {
		return nil
	}
	return a.Accepted.UnixMilli()
}

func reason(a party.Agreement) any {
	if a.Reason == "" {
		return nil
	}
	return a.Reason
}
