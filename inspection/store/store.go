// Package store keeps inspections and their dossiers in SQL, the same in SQLite and
// PostgreSQL.
package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this room keeps.
var Schema = sqldb.Schema{
	Room: "inspection", Migrations: migrations, Tenant: []string{"inspection_inspection", "inspection_number", "inspection_dossier"},
}

// Make is the kind of work that makes a dossier.
const Make = "inzage.dossier"

// Store keeps what the room holds.
type Store struct {
	DB  *sqldb.DB
	Pen func(*sqldb.Tx, journal.Fact) error // writes in the same transaction
	Now func() time.Time
}

var _ inspection.Store = (*Store)(nil)

// Update runs fn in one transaction of this firm.
func (s *Store) Update(ctx context.Context, firm ident.Firm, fn func(inspection.Tx) error) error {
	return s.DB.Write(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, true}) })
}

// View runs fn on one consistent state.
func (s *Store) View(ctx context.Context, firm ident.Firm, fn func(inspection.Tx) error) error {
	return s.DB.Read(ctx, firm, func(t *sqldb.Tx) error { return fn(tx{t, s, false}) })
}

// tx is the transaction as the room knows it.
type tx struct {
	*sqldb.Tx
	store  *Store
	writes bool
}

const (
	columns        = `id, number, authority, reference, purpose, scope, guest, until, opened, by_actor, ended, ended_by, why`
	dossierColumns = `id, inspection, asked, by_actor, state, ended, done, files, facts, lacking, unequal, size, hash`
)

var (
	nextNumber = sqldb.Tenant(`insert into inspection_number (firm, year, latest) values (:firm, ?, 1) on conflict (firm) do update
		set latest = case when inspection_number.year = excluded.year then inspection_number.latest + 1 else 1 end, year = excluded.year returning latest`)

	addInspection = sqldb.Tenant(`insert into inspection_inspection (firm, ` + columns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	endInspection = sqldb.Tenant(`update inspection_inspection set ended = ?, ended_by = ?, why = ? where firm = :firm and id = ?`)
	oneInspection = sqldb.Tenant(`select ` + columns + ` from inspection_inspection where firm = :firm and id = ?`)
	lockedOne     = sqldb.Part(`:lock`, oneInspection)
	inspections   = sqldb.Tenant(`select ` + columns + ` from inspection_inspection where firm = :firm`)
	ofGuest       = sqldb.Part(`and guest = ?`, inspections)
	newestFirst   = sqldb.Part(`order by id desc`, inspections)

	addDossier  = sqldb.Tenant(`insert into inspection_dossier (firm, ` + dossierColumns + `) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	saveDossier = sqldb.Tenant(`update inspection_dossier set state = ?, ended = ?, done = ?, files = ?, facts = ?, lacking = ?, unequal = ?, size = ?, hash = ?
		where firm = :firm and id = ?`)
	oneDossier = sqldb.Tenant(`select ` + dossierColumns + ` from inspection_dossier where firm = :firm and id = ?`)
	dossiersOf = sqldb.Tenant(`select ` + dossierColumns + ` from inspection_dossier where firm = :firm and inspection = ? order by id desc`)
	keptOnes   = sqldb.Tenant(`select ` + dossierColumns + ` from inspection_dossier where firm = :firm and state = 'klaar' order by id`)
)

// Append writes a fact in this transaction.
func (t tx) Append(f journal.Fact) error { return t.store.Pen(t.Tx, f) }

// Once claims an idempotency key.
func (t tx) Once(key string, request ident.Hash, now time.Time) ([]byte, error) {
	return once.Once(t.Tx, key, request, now)
}

// Keep keeps what came of a request under its key.
func (t tx) Keep(key string, request ident.Hash, reply []byte) error {
	return once.Keep(t.Tx, key, request, reply)
}

// NextNumber is the number of the next inspection of a year.
func (t tx) NextNumber(year int) (n int, err error) {
	err = t.Row(nextNumber, year).Scan(&n)
	return n, err
}

// scope is what was opened, as the row holds it.
type scope struct {
	Kinds   []inspection.Kind
	Apart   []inspection.Kind `json:",omitempty"`
	From    calendar.Date     `json:",omitzero"`
	Through calendar.Date     `json:",omitzero"`
	Files   []inspection.Ref  `json:",omitempty"`
}

// Add keeps a new inspection.
func (t tx) Add(i inspection.Inspection) error {
	opens, err := json.Marshal(scope{i.Kinds, i.Apart, i.From, i.Through, i.Files})
	if err != nil {
		return err
	}
	_, err = t.Exec(addInspection, i.ID, i.Number, i.Authority, i.Reference, i.Purpose, string(opens), i.Guest, i.Until, i.Opened.UnixMilli(), i.By,
		sqldb.Millis(i.Ended), i.EndedBy, i.Why)
	return err
}

// End keeps how an inspection was ended.
func (t tx) End(i inspection.Inspection) error {
	_, err := t.Exec(endInspection, sqldb.Millis(i.Ended), i.EndedBy, i.Why, i.ID)
	return err
}

// Inspection returns one, locked where the transaction writes.
func (t tx) Inspection(id string) (inspection.Inspection, error) {
	q := oneInspection
	if t.writes {
		q = q.With(lockedOne)
	}
	i, err := scanInspection(t.Row(q, id).Scan)
	return i, sqldb.Found(err, "unknown-inspection", "")
}

// Inspections returns those of a guest, or all, the newest first.
func (t tx) Inspections(guest string) ([]inspection.Inspection, error) {
	if guest == "" {
		rows, err := t.Rows(inspections.With(newestFirst))
		return sqldb.All(rows, err, scanInspection)
	}
	rows, err := t.Rows(inspections.With(ofGuest, newestFirst), guest)
	return sqldb.All(rows, err, scanInspection)
}

func scanInspection(into func(...any) error) (i inspection.Inspection, err error) {
	var opens string
	var opened int64
	var ended sql.NullInt64
	if err := into(&i.ID, &i.Number, &i.Authority, &i.Reference, &i.Purpose, &opens, &i.Guest, &i.Until, &opened, &i.By, &ended, &i.EndedBy, &i.Why); err != nil {
		return i, err
	}
	var s scope
	err = json.Unmarshal([]byte(opens), &s)
	i.Kinds, i.Apart, i.From, i.Through, i.Files = s.Kinds, s.Apart, s.From, s.Through, s.Files
	i.Opened, i.Ended = sqldb.Instant(opened), sqldb.MaybeInstant(ended)
	return i, err
}

// AddDossier keeps a dossier that was asked.
func (t tx) AddDossier(d inspection.Dossier) error {
	_, err := t.Exec(addDossier, d.ID, d.Inspection, d.Asked.UnixMilli(), d.By, d.State, sqldb.Millis(d.Ended), d.Done, d.Files, d.Facts, d.Lacking, d.Unequal, d.Size, hash(d.Hash))
	return err
}

// SaveDossier keeps how far it is.
func (t tx) SaveDossier(d inspection.Dossier) error {
	_, err := t.Exec(saveDossier, d.State, sqldb.Millis(d.Ended), d.Done, d.Files, d.Facts, d.Lacking, d.Unequal, d.Size, hash(d.Hash), d.ID)
	return err
}

// Dossier returns one; fault.NotFound "unknown-dossier".
func (t tx) Dossier(id string) (inspection.Dossier, error) {
	d, err := scanDossier(t.Row(oneDossier, id).Scan)
	return d, sqldb.Found(err, "unknown-dossier", "")
}

// Dossiers returns those of an inspection, the newest first.
func (t tx) Dossiers(of string) ([]inspection.Dossier, error) {
	rows, err := t.Rows(dossiersOf, of)
	return sqldb.All(rows, err, scanDossier)
}

// Kept returns those whose file is still there.
func (t tx) Kept() ([]inspection.Dossier, error) {
	rows, err := t.Rows(keptOnes)
	return sqldb.All(rows, err, scanDossier)
}

// Wake puts in the work that makes a dossier.
func (t tx) Wake(dossier string, at time.Time) error {
	return job.Enqueue(t.Tx, job.Task{ID: Make + "/" + dossier, Kind: Make, About: dossier, Due: at}, t.store.Now())
}

func scanDossier(into func(...any) error) (d inspection.Dossier, err error) {
	var asked int64
	var ended sql.NullInt64
	var sum []byte
	err = into(&d.ID, &d.Inspection, &asked, &d.By, &d.State, &ended, &d.Done, &d.Files, &d.Facts, &d.Lacking, &d.Unequal, &d.Size, &sum)
	d.Asked, d.Ended = sqldb.Instant(asked), sqldb.MaybeInstant(ended)
	copy(d.Hash[:], sum)
	return d, err
}

func hash(h ident.Hash) any {
	if h.IsZero() {
		return nil
	}
	return h
}
