package store

import (
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
)

var multiply = sqldb.Tenant(`insert into party_person (firm, id, reference, known_at)
	select :firm, ? || substr(id, 4), reference || ?, known_at
	from party_person where firm = :firm and id >= ? and id <= ? and reference is not null`)

// Multiply copies the clients with these ids, from the first to the last, for a
// benchmark that needs a million of them. A copy is told from its like by the three
// characters that its id begins with, and its reference ends with.
func Multiply(t *sqldb.Tx, prefix string, first, last ident.Person) error {
	_, err := t.Exec(multiply, prefix, "-"+prefix, first, last)
	return err
}
