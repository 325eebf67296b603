package store

import (
	"zorgplicht/appropriateness"
	"zorgplicht/internal/sqldb"
)

var (
	documentsOf = sqldb.Tenant(`select name, type, hash, size from appropriateness_document where firm = :firm and attempt = ? order by nr`)
	oneDocument = sqldb.Tenant(`select name, type, hash, size, body from appropriateness_document where firm = :firm and attempt = ? and name = ?`)
	keepOne     = sqldb.Tenant(`insert into appropriateness_document (firm, attempt, name, nr, type, hash, size, body)
		select :firm, ?, ?, coalesce(max(nr), 0) + 1, ?, ?, ?, ? from appropriateness_document where firm = :firm and attempt = ?`)
)

// Documents tells which documents of the result are kept, oldest first.
func (t tx) Documents(id appropriateness.AttemptID) (docs []appropriateness.Document, err error) {
	err = t.Each(documentsOf, []any{id}, func(scan func(...any) error) error {
		var d appropriateness.Document
		var hash []byte
		err := scan(&d.Name, &d.Type, &hash, &d.Size)
		copy(d.Hash[:], hash)
		docs = append(docs, d)
		return err
	})
	return docs, err
}

// Document returns one of them with its bytes.
func (t tx) Document(id appropriateness.AttemptID, name string) (d appropriateness.Document, err error) {
	var hash []byte
	err = t.Row(oneDocument, id, name).Scan(&d.Name, &d.Type, &hash, &d.Size, &d.Body)
	copy(d.Hash[:], hash)
	return d, sqldb.Found(err, "unknown-document", "")
}

// KeepDocument keeps a document byte for byte.
func (t tx) KeepDocument(id appropriateness.AttemptID, d appropriateness.Document) error {
	_, err := t.Exec(keepOne, id, d.Name, d.Type, d.Hash, d.Size, d.Body, id)
	return err
}
