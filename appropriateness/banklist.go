package appropriateness

import (
	"context"
	"time"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A BankFilter narrows the list of questions. Empty fields do not narrow.
type BankFilter struct {
	Text     string        // words that the question, its answers, id, family or source hold
	State    QuestionState // the newest version is in this state; Active: a version is active
	Product  string
	Language string
	Element  Element
	Family   string
	Kind     string
	Side     string
	Weighs   string     // "knockout", "fixed" or "points"
	After    QuestionID // only ids after this one, where the list is sorted by id
	Sort     BankSort
	Limit    int // rows a page: 50 when 0, at most 500
	Offset   int
}

// A BankSort is an order of the list.
type BankSort string

// The orders.
const (
	ByID      BankSort = ""
	ByWritten BankSort = "written" // last changed first
	ByElement BankSort = "element" // in the order of the AFM page's words, then family
)

// A BankPage is one page of the list.
type BankPage struct {
	Rows  []BankRow
	Total int
}

// A BankRow is a version of a question as the list shows it: the newest, or the
// active one where those were asked for.
type BankRow struct {
	BankQuestion
	InUse int // the active version, 0 for none
}

// A Use is a test in use that holds a question of the bank.
type Use struct {
	TestID string
	Title  string
	Same   bool // with the very words of the version it was asked for
}

// A QuestionFile is all there is to see of one question.
type QuestionFile struct {
	Versions []BankQuestion // newest first
	Uses     []Use
	Lint     LintOut // of the newest words
}

// Newest is the version that came last.
func (f QuestionFile) Newest() BankQuestion { return f.Versions[0] }

// Questions returns a page of the bank.
func (s *Service) Questions(ctx context.Context, by ident.Actor, f BankFilter) (p BankPage, err error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 500)
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		p, err = tx.Questions(f)
		return err
	})
	return p, err
}

// EachQuestion calls fn for every row that the filter lets through, whatever page
// it asks for.
func (s *Service) EachQuestion(ctx context.Context, by ident.Actor, f BankFilter, fn func(BankRow) error) error {
	f.Limit, f.Offset = 500, 0
	for {
		p, err := s.Questions(ctx, by, f)
		if err != nil {
			return err
		}
		for _, row := range p.Rows {
			if err := fn(row); err != nil {
				return err
			}
		}
		if f.Offset += len(p.Rows); len(p.Rows) == 0 || f.Offset >= p.Total {
			return nil
		}
	}
}

// Question returns all of one question; fault.NotFound "unknown-question".
func (s *Service) Question(ctx context.Context, by ident.Actor, id QuestionID) (f QuestionFile, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		if f.Versions, err = tx.VersionsOf(id); err != nil {
			return err
		}
		uses, err := usesOf(tx, s.Now(), f.Versions)
		f.Uses = uses[id]
		return err
	})
	if err == nil {
		f.Lint = f.Newest().Content().Lint()
	}
	return f, err
}

// Uses returns the newest version of each question that is there, with the tests
// in use that hold it: what a firm looks at before it retires them.
func (s *Service) Uses(ctx context.Context, by ident.Actor, ids []QuestionID) (list []QuestionFile, err error) {
	err = s.Store.View(ctx, by.Firm, func(tx Tx) error {
		list = nil
		for _, id := range ids {
			q, err := tx.Newest(id)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			uses, err := usesOf(tx, s.Now(), []BankQuestion{q})
			if err != nil {
				return err
			}
			list = append(list, QuestionFile{Versions: []BankQuestion{q}, Uses: uses[id]})
		}
		return nil
	})
	return list, err
}

// usesOf looks for versions of questions in the tests that are in use.
func usesOf(tx Tx, now time.Time, versions []BankQuestion) (map[QuestionID][]Use, error) {
	tests, err := tx.Tests(now)
	if err != nil {
		return nil, err
	}
	uses := map[QuestionID][]Use{}
	for _, t := range tests {
		for _, v := range versions[:1] {
			q, ok := t.Test.Question(v.ID)
			if !ok {
				continue
			}
			_, hash := BankContent{Format: BankFormat, Product: t.Test.Product, Language: t.Test.Language, Question: q}.Seal()
			uses[v.ID] = append(uses[v.ID], Use{TestID: t.Test.ID, Title: t.Test.Title, Same: hash == v.Hash})
		}
	}
	return uses, nil
}
