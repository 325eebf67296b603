package store

import (
	"zorgplicht/credit"
	"zorgplicht/internal/sqldb"
)

const paper = `id, kind, title, product, version, reference, at, actor, hash, pdf_hash`

var (
	keepPaper = sqldb.Tenant(`insert into credit_paper (firm, ` + paper + `, body, pdf) values (:firm, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	paperByID = sqldb.Tenant(`select ` + paper + `, body, pdf from credit_paper where firm = :firm and id = ?`)
	papers    = sqldb.Tenant(`select ` + paper + ` from credit_paper where firm = :firm`)
	ofKind    = sqldb.Part(`and kind = ?`, papers)
	ofProduct = sqldb.Part(`and product = ?`, papers)
	after     = sqldb.Part(`and (at, id) < (?, ?)`, papers)
	newest    = sqldb.Part(`order by at desc, id desc limit ?`, papers)
)

// KeepPaper keeps a document with its file.
func (t tx) KeepPaper(p credit.Paper) error {
	_, err := t.Exec(keepPaper, p.ID, p.Kind, p.Title, p.Product, p.Version, p.Reference, p.At.UnixMilli(), p.By, p.Hash, p.PDFHash, p.Body, p.PDF)
	return err
}

// Paper returns one document with its file.
func (t tx) Paper(id credit.PaperID) (credit.Paper, error) {
	p, err := scanPaper(t.Row(paperByID, id).Scan, true)
	return p, sqldb.Found(err, "unknown-credit-paper", "")
}

// Papers returns one page of documents, newest first, without what they say.
func (t tx) Papers(f credit.PaperFilter) (page credit.PaperPage, err error) {
	parts, args := []*sqldb.Fragment{}, []any{}
	if f.Kind != "" {
		parts, args = append(parts, ofKind), append(args, f.Kind)
	}
	if f.Product != "" {
		parts, args = append(parts, ofProduct), append(args, f.Product)
	}
	if f.Cursor.ID != "" {
		parts, args = append(parts, after), append(args, f.Cursor.At.UnixMilli(), f.Cursor.ID)
	}
	rows, err := t.Rows(papers.With(append(parts, newest)...), append(args, f.Limit+1)...)
	page.Rows, err = sqldb.All(rows, err, func(into func(...any) error) (credit.Paper, error) { return scanPaper(into, false) })
	if len(page.Rows) > f.Limit {
		page.Rows = page.Rows[:f.Limit]
		last := page.Rows[f.Limit-1]
		page.Next = &credit.PaperCursor{At: last.At, ID: last.ID}
	}
	return page, err
}

func scanPaper(into func(...any) error, whole bool) (p credit.Paper, err error) {
	var at int64
	to := []any{&p.ID, &p.Kind, &p.Title, &p.Product, &p.Version, &p.Reference, &at, &p.By, &p.Hash, &p.PDFHash}
	if whole {
		to = append(to, &p.Body, &p.PDF)
	}
	err = into(to...)
	p.At = sqldb.Instant(at)
	return p, err
}
