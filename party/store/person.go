package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/party"
)

var (
	insertPerson = sqldb.Tenant(`insert into party_person (firm, id, reference, known_at) values (:firm, ?, ?, ?)
		on conflict (firm, reference) where reference is not null do nothing`)
	selectPerson = sqldb.Tenant(`select id, reference, known_at, forgotten_at from party_person where firm = :firm and id = ?`)
	personByRef  = sqldb.Tenant(`select id from party_person where firm = :firm and reference = ?`)
	forgetPerson = sqldb.Tenant(`update party_person set reference = null, forgotten_at = ? where firm = :firm and id = ? and forgotten_at is null`)
)

// Person returns the id of the client whom the firm of the transaction names by
// this reference, and makes one where the firm never named it before.
func (s *Store) Person(t *sqldb.Tx, ref string) (ident.Person, error) {
	if err := party.CheckReference("/clientReference", ref); err != nil {
		return "", err
	}
	id, err := s.ByReference(t, ref)
	if !fault.Is(err, fault.NotFound) {
		return id, err
	}
	// Two nodes may name a new client at once: whoever comes second finds the
	// row of the first, so ask again instead of trusting the id just made.
	if _, err := t.Exec(insertPerson, s.NewID(), ref, s.Now().UnixMilli()); err != nil {
		return "", fmt.Errorf("make person: %w", err)
	}
	return s.ByReference(t, ref)
}

// ByReference returns the id of the client whom the firm of the transaction names
// by this reference; fault.NotFound when there is none, or none any more.
func (s *Store) ByReference(t *sqldb.Tx, ref string) (id ident.Person, err error) {
	err = t.Row(personByRef, ref).Scan(&id)
	return id, sqldb.Found(err, "person-unknown", "")
}

// many is how many clients are asked after at once: a page of a list.
const many = 50

// manyReferences reads who is forgotten too: where it asked for a reference that is
// there, SQLite went through the index of all references of the firm.
var manyReferences = sqldb.Tenant(`select id, reference from party_person
	where firm = :firm and id in (?` + strings.Repeat(", ?", many-1) + `)`)

// References returns the firm's own references of these clients. Who is forgotten
// or unknown is absent.
func (s *Store) References(t *sqldb.Tx, ids []ident.Person) (map[ident.Person]string, error) {
	refs := make(map[ident.Person]string, len(ids))
	for some := range slices.Chunk(ids, many) {
		args := make([]any, many)
		for i := range args {
			args[i] = some[min(i, len(some)-1)] // the last one fills the places that are left
		}
		if err := collect(t, refs, args); err != nil {
			return nil, err
		}
	}
	return refs, nil
}

func collect(t *sqldb.Tx, refs map[ident.Person]string, args []any) error {
	return t.Each(manyReferences, args, func(columns func(...any) error) error {
		var id ident.Person
		var ref sql.NullString
		err := columns(&id, &ref)
		if ref.Valid {
			refs[id] = ref.String
		}
		return err
	})
}

func scanPerson(t *sqldb.Tx, id ident.Person) (party.Person, error) {
	var (
		p         party.Person
		ref       sql.NullString
		known     int64
		forgotten sql.NullInt64
	)
	if err := t.Row(selectPerson, id).Scan(&p.ID, &ref, &known, &forgotten); err != nil {
		return p, sqldb.Found(err, "person-unknown", string(id))
	}
	p.Reference, p.Known = ref.String, sqldb.Instant(known)
	p.Forgotten = sqldb.MaybeInstant(forgotten)
	return p, nil
}

type tx struct {
	t   *sqldb.Tx
	pen func(*sqldb.Tx, journal.Fact) error
}

func (x tx) AddFirm(f party.Firm, at time.Time) error {
	if x.t.Firm() != f.ID {
		return errors.New("a firm is added in a transaction of its own")
	}
	n, err := x.t.Exec(insertFirm, f.Name, f.OnePerson, at.UnixMilli())
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "firm-exists", string(f.ID))
	}
	return err
}

func (x tx) Person(id ident.Person) (party.Person, error) { return scanPerson(x.t, id) }

func (x tx) Forget(id ident.Person, at time.Time) error {
	n, err := x.t.Exec(forgetPerson, at.UnixMilli(), id)
	if err == nil && n != 1 {
		err = fault.New(fault.Conflict, "person-forgotten", string(id))
	}
	return err
}

func (x tx) Append(f journal.Fact) error { return x.pen(x.t, f) }
