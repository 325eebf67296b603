package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

var (
	addFact = sqldb.Tenant(`insert into journal_fact (id, firm, kind, subject, valid, recorded, seal, erases, digest)
		values (?, :firm, ?, ?, ?, ?, ?, ?, ?)`)
	addPayload = sqldb.Tenant(`insert into journal_payload (fact, firm, salt, body) values (?, :firm, ?, ?)`)
	addWaiting = sqldb.Tenant(`insert into journal_waiting (fact, firm) values (?, :firm)`)
	aboutFact  = sqldb.Tenant(`select subject, seal, erases from journal_fact where firm = :firm and id = ?`)
	erasedBy   = sqldb.Tenant(`select count(*) from journal_fact where firm = :firm and erases = ?`)
	erasable   = sqldb.Tenant(`select f.id from journal_fact f join journal_payload p on p.fact = f.id and p.firm = f.firm
		where f.firm = :firm and f.subject = ? and f.seal is null and f.erases is null and f.kind not like ? order by f.id`)
	dropBody = sqldb.Tenant(`delete from journal_payload where firm = :firm and fact = ?`)
)

// A Pen writes facts. Salt gives the randomness that hides payloads behind their
// digests; it must be safe for use by many goroutines, as crypto/rand.Reader is.
type Pen struct{ Salt io.Reader }

// Append adds a fact in the caller's transaction: it is kept if that is. The
// fact's firm must be the transaction's. A fact in bad form is an error of the
// caller, as is one that says it erases: see Erase.
func (p Pen) Append(t *sqldb.Tx, f journal.Fact) error {
	if f.Erases != "" || f.Kind == journal.ErasedKind {
		return errors.New("append fact: what is erased is told by Erase alone")
	}
	return p.append(t, f)
}

func (p Pen) append(t *sqldb.Tx, f journal.Fact) error {
	if err := f.Check(); err != nil {
		return fmt.Errorf("append fact %s of kind %q: %w", f.ID, f.Kind, err)
	}
	if f.Firm != t.Firm() {
		return fmt.Errorf("append fact %s of kind %q: it is of another firm than the transaction", f.ID, f.Kind)
	}
	salt := make([]byte, journal.SaltSize)
	if _, err := io.ReadFull(p.Salt, salt); err != nil {
		return fmt.Errorf("append fact %s: salt: %w", f.ID, err)
	}
	var seal, erases any
	if f.Sealed {
		seal = f.Seal()
	}
	if f.Erases != "" {
		erases = f.Erases
	}
	if _, err := t.Exec(addFact, f.ID, f.Kind, f.Subject, f.Valid.UnixMilli(), f.Recorded.UnixMilli(),
		seal, erases, journal.Digest(salt, f.Payload)); err != nil {
		return fmt.Errorf("append fact %s: %w", f.ID, err)
	}
	if _, err := t.Exec(addPayload, f.ID, salt, f.Payload); err != nil {
		return fmt.Errorf("append payload of fact %s: %w", f.ID, err)
	}
	if _, err := t.Exec(addWaiting, f.ID); err != nil {
		return fmt.Errorf("queue fact %s: %w", f.ID, err)
	}
	return nil
}

// Erase removes payload and salt of a fact and appends the fact that says so, in
// the caller's transaction. All proofs still hold. It is a conflict to erase a
// payload twice, a sealed thing, or the fact of an erasure itself.
func (p Pen) Erase(t *sqldb.Tx, e journal.Erasure) error {
	fail := func(err error) error { return fmt.Errorf("erase payload of fact %s: %w", e.Fact, err) }
	var subject string
	var seal []byte
	var erases sql.NullString
	err := t.Row(aboutFact, e.Fact).Scan(&subject, &seal, &erases)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fail(fault.New(fault.NotFound, "fact-unknown", e.Fact))
	case err != nil:
		return fail(err)
	case seal != nil:
		return fail(fault.New(fault.Conflict, "sealed-fact-stays", e.Fact))
	case erases.Valid:
		return fail(fault.New(fault.Conflict, "erasure-stays", e.Fact))
	}
	var before int
	if err := t.Row(erasedBy, e.Fact).Scan(&before); err != nil {
		return fail(err)
	}
	if before > 0 {
		return fail(fault.New(fault.Conflict, "already-erased", e.Fact))
	}
	if err := p.append(t, e.Tell(t.Firm(), subject)); err != nil {
		if sqldb.IsUnique(err) { // another transaction erased it meanwhile
			return fail(fault.Because(fault.Conflict, "already-erased", err))
		}
		return fail(err)
	}
	n, err := t.Exec(dropBody, e.Fact)
	if err != nil {
		return fail(err)
	}
	if n != 1 {
		return fail(errors.New("it had no payload, and no fact says why"))
	}
	return nil
}

// EraseAbout erases the payloads of all facts about a subject that can be erased and
// still have one, and returns how many. Facts of the room spare stay: they tell of the
// erasing. Of e, Fact is filled in and NewID names each fact that tells of one.
func (p Pen) EraseAbout(t *sqldb.Tx, subject, spare string, e journal.Erasure, newID func() string) (int64, error) {
	rows, err := t.Rows(erasable, subject, spare+".%")
	ids, err := sqldb.All(rows, err, func(into func(...any) error) (id string, err error) { return id, into(&id) })
	if err != nil {
		return 0, fmt.Errorf("erase payloads about %s: %w", subject, err)
	}
	for _, id := range ids {
		e.ID, e.Fact = newID(), id
		if err := p.Erase(t, e); err != nil {
			return 0, err
		}
	}
	return int64(len(ids)), nil
}
