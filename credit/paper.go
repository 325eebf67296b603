package credit

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// A PaperID is the id of a document.
type PaperID string

// A PaperKind is what a document is.
type PaperKind string

// The kinds of document.
const (
	AdvertTable PaperKind = "tabel"      // the one table of article 28(4)
	Prospectus  PaperKind = "prospectus" // the figures of article 36
	Statement   PaperKind = "saldo"      // specified statement of the balance, article 49(2)
	FinalBill   PaperKind = "afrekening" // specified final account, article 49(3)
	Notice      PaperKind = "wijziging"  // of a changed variable charge, article 49(1)
)

// PaperKinds are all kinds, in the order in which they are listed.
var PaperKinds = []PaperKind{AdvertTable, Prospectus, Statement, FinalBill, Notice}

// A Paper is a document that was issued: what it says, sealed by hash, and the file
// that was made of it.
type Paper struct {
	ID        PaperID
	Kind      PaperKind
	Title     string
	Product   ProductID // "" where it is about an agreement
	Version   int
	Reference string // of the agreement; "" where it is about a product
	At        time.Time
	By        string
	Hash      ident.Hash // of Body
	Body      []byte     // canonical JSON of the sheet with the decisions
	PDFHash   ident.Hash
	PDF       []byte
}

// A Sheet is what a document says, from which page, PDF and data are made.
type Sheet struct {
	Format  string    `json:"format"`
	Kind    PaperKind `json:"kind"`
	Title   string    `json:"title"`
	Subject string    `json:"subject"`
	Firm    string    `json:"firm"`
	Made    string    `json:"made"` // RFC 3339
	Pieces  []Piece   `json:"pieces"`
}

const sheetFormat = "kredietstuk/1"

// A Piece is one part of a sheet: text, facts by name, or a table, under a heading
// or not.
type Piece struct {
	Heading    string     `json:"heading,omitempty"`
	Text       string     `json:"text,omitempty"`
	Prescribed string     `json:"prescribed,omitempty"` // the norm that prescribes the words of Text literally
	Small      bool       `json:"small,omitempty"`
	Terms      [][]string `json:"terms,omitempty"`
	Columns    []string   `json:"columns,omitempty"`
	Rows       [][]string `json:"rows,omitempty"`
}

type paper1 struct {
	Sheet     Sheet           `json:"sheet"`
	Decisions []rule.Decision `json:"decisions"`
}

// Sheet returns what the document says.
func (p Paper) Sheet() (Sheet, error) {
	var body paper1
	err := canon.Decode(p.Body, &body)
	return body.Sheet, err
}

// A PaperFilter chooses documents.
type PaperFilter struct {
	Kind    PaperKind // "" for all
	Product ProductID
	Limit   int
	Cursor  PaperCursor
}

// A PaperCursor is the last row of the page before; the zero value is the first page.
type PaperCursor struct {
	At time.Time
	ID PaperID
}

// A PaperPage is one page of documents; Next is nil on the last.
type PaperPage struct {
	Rows []Paper
	Next *PaperCursor
}

// Papers returns one page of documents, newest first.
func (s *Service) Papers(ctx context.Context, by ident.Actor, f PaperFilter) (p PaperPage, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		p, err = tx.Papers(f)
		return err
	})
	return p, err
}

// Paper returns one document; fault.NotFound "unknown-credit-paper".
func (s *Service) Paper(ctx context.Context, by ident.Actor, id PaperID) (p Paper, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) (err error) {
		p, err = tx.Paper(id)
		return err
	})
	return p, err
}

// IssueFigures issues the table or the prospectus figures of a version of a product,
// the newest where nr is 0. A product of which an example has no figures is a
// Conflict "no-figures"; a mortgage has no prospectus of article 36: "no-prospectus".
func (s *Service) IssueFigures(ctx context.Context, by ident.Actor, id ProductID, nr int, kind PaperKind, key string) (Paper, error) {
	f, err := s.Product(ctx, by, id)
	if err == nil && nr > 0 {
		f, err = f.Of(nr)
	}
	if err != nil {
		return Paper{}, err
	}
	sheet, d, err := FiguresSheet(f.Version, kind)
	if err != nil {
		return Paper{}, err
	}
	return s.issue(ctx, by, Paper{Kind: kind, Product: id, Version: f.Nr}, sheet, []rule.Decision{d}, key)
}

// An Agreement is what a document on one agreement is about.
type Agreement struct {
	Reference string     // the firm's own; nobody's name
	Cost      string     // charged for the statement, at most what it costs; "" for nothing
	Account   *AccountIn // for a statement or a final account
	Change    *ChangeIn  // for a notice
	Key       string
}

// IssueAccount issues the specified statement or the final account of an agreement.
// What is wrong is one fault.Invalid "invalid-credit-paper".
func (s *Service) IssueAccount(ctx context.Context, by ident.Actor, a Agreement) (Paper, error) {
	return s.issueOf(ctx, by, a)
}

// IssueNotice issues the notice of a changed variable charge. A change of which
// nothing is to be told is a Conflict "no-notice".
func (s *Service) IssueNotice(ctx context.Context, by ident.Actor, a Agreement) (Paper, error) {
	return s.issueOf(ctx, by, a)
}

func (s *Service) issueOf(ctx context.Context, by ident.Actor, a Agreement) (Paper, error) {
	sheet, d, err := AgreementSheet(a)
	if err != nil {
		return Paper{}, err
	}
	return s.issue(ctx, by, Paper{Kind: sheet.Kind, Reference: a.Reference}, sheet, []rule.Decision{d}, a.Key)
}

// issue keeps a document with its file, and writes the fact. The file is made before
// the transaction.
func (s *Service) issue(ctx context.Context, by ident.Actor, p Paper, sheet Sheet, decisions []rule.Decision, key string) (Paper, error) {
	firm, err := s.FirmName(ctx, by.Firm)
	if err != nil {
		return Paper{}, err
	}
	p.ID, p.At, p.By, p.Title = PaperID(s.NewID()), s.Now(), by.String(), sheet.Title
	sheet = sheet.At(firm, p.At)
	p.Body = canon.Must(paper1{sheet, decisions})
	p.Hash = ident.HashOf(p.Body)
	if p.PDF, err = s.Print(firm, p.At, sheet); err != nil {
		return Paper{}, fmt.Errorf("print %s: %w", p.Kind, err)
	}
	p.PDFHash = ident.HashOf(p.PDF)
	asked := fmt.Sprintf("credit paper %s %s %d %s %x", p.Kind, p.Product, p.Version, p.Reference, canon.Must(decisions))
	err = s.Store.Update(ctx, by.Firm, func(tx Tx) error {
		id, err := once(tx, key, asked, p.At, func() (PaperID, error) {
			if err := tx.KeepPaper(p); err != nil {
				return "", err
			}
			return p.ID, tx.Append(s.fact(KindIssued, string(p.ID), by.Firm, issued1{by.String(), p.Kind, p.Product, int64(p.Version), p.Hash, p.PDFHash, decisions}))
		})
		if err == nil && id != p.ID {
			p, err = tx.Paper(id)
		}
		return err
	})
	return p, err
}
