// Package store keeps commission agreements, runs with their lines, and corrections in
// SQL, the same in SQLite and PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"time"

	"zorgplicht/canon"
	"zorgplicht/commission"
	"zorgplicht/ident"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "commission", Migrations: migrations,
	Tenant: []string{"commission_agreement", "commission_payer", "commission_run", "commission_block", "commission_correction", "commission_received"},
}

// Compute is the kind of work that does a run.
const Compute = "provisie.berekenen"

// Store keeps what the room holds.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
	Now func() time.Time
}

var _ commission.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(commission.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(commission.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

// Append writes a fact in this transaction.
func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

// Once claims a key; see package once.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps the reply to a key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

// Wake puts in the work of a run.
func (t tx) Wake(run string, at time.Time) error {
	return job.Enqueue(t.Tx, job.Task{ID: Compute + "/" + run, Kind: Compute, About: run, Due: at}, t.store.Now())
}

const agreement = `id, code, name, iban, nr, at, actor, body, office`

var (
	agreements    = sqldb.Tenant(`select ` + agreement + ` from commission_agreement where firm = :firm order by name, id`)
	oneAgreement  = sqldb.Tenant(`select ` + agreement + ` from commission_agreement where firm = :firm and id = ?`)
	lockAgreement = sqldb.Tenant(`select nr from commission_agreement where firm = :firm and id = ? :lock`)
	saveAgreement = sqldb.Tenant(`insert into commission_agreement (firm, ` + agreement + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (firm, id) do update set code = excluded.code, name = excluded.name, iban = excluded.iban, nr = excluded.nr, at = excluded.at, actor = excluded.actor, body = excluded.body`)
	nameOffice   = sqldb.Tenant(`update commission_agreement set office = ? where firm = :firm and id = ?`)
	received     = sqldb.Tenant(`select provider, agreement from commission_received where firm = :firm order by provider, agreement`)
	addReceived  = sqldb.Tenant(`insert into commission_received (firm, provider, agreement) values (:firm, ?, ?) on conflict do nothing`)
	dropReceived = sqldb.Tenant(`delete from commission_received where firm = :firm and provider = ? and agreement = ?`)

	onePayer  = sqldb.Tenant(`select name, iban from commission_payer where firm = :firm`)
	savePayer = sqldb.Tenant(`insert into commission_payer (firm, name, iban) values (:firm, ?, ?)
		on conflict (firm) do update set name = excluded.name, iban = excluded.iban`)
)

// Agreements returns all, by name.
func (t tx) Agreements() (all []commission.Agreement, err error) {
	err = t.Each(agreements, nil, func(scan func(...any) error) error {
		a, err := scanAgreement(scan)
		all = append(all, a)
		return err
	})
	return all, err
}

// Agreement returns one, locked till the end where this transaction writes.
func (t tx) Agreement(id string) (commission.Agreement, error) {
	if t.writes {
		var nr int
		if err := t.Row(lockAgreement, id).Scan(&nr); err != nil {
			return commission.Agreement{}, sqldb.Found(err, "unknown-commission-agreement", id)
		}
	}
	a, err := scanAgreement(t.Row(oneAgreement, id).Scan)
	return a, sqldb.Found(err, "unknown-commission-agreement", id)
}

func scanAgreement(scan func(...any) error) (a commission.Agreement, err error) {
	var at int64
	var body []byte
	if err = scan(&a.ID, &a.Code, &a.Name, &a.IBAN, &a.Nr, &at, &a.By, &body, &a.Office); err != nil {
		return a, err
	}
	a.At = sqldb.Instant(at)
	return a, canon.Decode(body, &a.Dated)
}

// SaveAgreement keeps one, new or changed.
func (t tx) SaveAgreement(a commission.Agreement) error {
	_, err := t.Exec(saveAgreement, a.ID, a.Code, a.Name, a.IBAN, a.Nr, a.At.UnixMilli(), a.By, canon.Must(a.Dated), string(a.Office))
	return err
}

// NameOffice says which firm the intermediary is. That firm finds the agreement in its
// own rows, and the one before no longer does; neither sees anything else by it.
func (t tx) NameOffice(a commission.Agreement, office ident.Firm) error {
	if _, err := t.Exec(nameOffice, string(office), a.ID); err != nil {
		return err
	}
	provider := string(t.Firm())
	for firm, q := range map[ident.Firm]*sqldb.Query{a.Office: dropReceived, office: addReceived} {
		if firm == "" {
			continue
		}
		err := t.As(firm, func(theirs *sqldb.Tx) error {
			_, err := theirs.Exec(q, provider, a.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Received returns the agreements of others that name this firm.
func (t tx) Received() (all []commission.Receipt, err error) {
	err = t.Each(received, nil, func(scan func(...any) error) error {
		var c commission.Receipt
		err := scan(&c.Provider, &c.Agreement)
		all = append(all, c)
		return err
	})
	return all, err
}

// Payer returns the account that pays, empty while none was set.
func (t tx) Payer() (p commission.Payer, err error) {
	err = t.Row(onePayer).Scan(&p.Name, &p.IBAN)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	return p, err
}

// SavePayer keeps it.
func (t tx) SavePayer(p commission.Payer) error {
	_, err := t.Exec(savePayer, p.Name, p.IBAN)
	return err
}
