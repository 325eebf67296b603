package appropriateness

import (
	"context"
	"fmt"
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// ImportRows is how many questions one import may hold.
const ImportRows = 2000

// An Import is one question of a file, with the row it stood in.
type Import struct {
	Row     int
	Content BankContent
	Else    QuestionID // the id to take where its own belongs to another product; "" for none
}

// What an import does with a question.
const (
	ImportNew     = "new"     // it was not there
	ImportVersion = "version" // it was there with other words: a new version
	ImportDraft   = "draft"   // the importer's own draft gets these words
	ImportSame    = "same"    // it was there with these words: nothing is done
)

// An Imported says what was, or would be, done with a row.
type Imported struct {
	Row  int
	ID   QuestionID
	Does string
}

// A Report is what an import did, or in a dry run would do. With faults nothing
// was done.
type Report struct {
	Rows   []Imported
	Faults []RowFault
}

// Count returns how many rows it does this with.
func (r Report) Count(does string) (n int) {
	for _, row := range r.Rows {
		if row.Does == does {
			n++
		}
	}
	return n
}

// ImportQuestions keeps questions as drafts, all or none: with a fault in any row
// nothing is kept, and the report holds every fault. A question whose newest words
// are those of the file is left as it is, so that the same file may be sent again.
// A dry run goes the same way and keeps nothing.
func (s *Service) ImportQuestions(ctx context.Context, by ident.Actor, list []Import, origin string, dry bool) (Report, error) {
	var r Report
	do := s.Store.Update
	if dry {
		do = s.Store.View
	}
	given := checkImport(list)
	key := s.key
	if dry {
		key = "" // it keeps nothing, so there is nothing to do twice
	}
	err := do(ctx, by.Firm, func(tx Tx) error {
		r = Report{Faults: []RowFault{}, Rows: []Imported{}}
		return s.once(tx, key, map[string]any{"import": hashesOf(list)}, &r, func() (err error) {
			r, err = s.importIn(tx, by, list, given, origin, dry)
			return err
		})
	})
	if err != nil {
		return Report{}, fmt.Errorf("import questions: %w", err)
	}
	return r, nil
}

func hashesOf(list []Import) []string {
	out := []string{}
	for _, in := range list {
		_, h := in.Content.Seal()
		out = append(out, h.String())
	}
	return out
}

// importIn looks at all rows, and keeps them where nothing is wrong with any.
func (s *Service) importIn(tx Tx, by ident.Actor, list []Import, given []RowFault, origin string, dry bool) (Report, error) {
	r := Report{Faults: append([]RowFault{}, given...), Rows: []Imported{}}
	writings := make([]Writing, 0, len(list))
	for _, in := range list {
		in, err := in.named(tx)
		if err != nil {
			return r, err
		}
		does, saw, refused, err := meet(tx, by, in)
		if err != nil {
			return r, err
		}
		if refused != nil {
			r.Faults = append(r.Faults, *refused)
		}
		r.Rows = append(r.Rows, Imported{in.Row, in.Content.Question.ID, does})
		if does != ImportSame {
			writings = append(writings, Writing{Content: in.Content, Saw: saw, Origin: origin})
		}
	}
	if len(r.Faults) > 0 {
		slices.SortStableFunc(r.Faults, func(a, b RowFault) int { return a.Row - b.Row })
		r.Rows = []Imported{}
		return r, nil
	}
	if dry {
		return r, nil
	}
	for _, w := range writings {
		if _, _, err := s.write(tx, by, w); err != nil {
			return r, err
		}
	}
	return r, nil
}

// checkImport looks at each question by itself, and for two of one id.
func checkImport(list []Import) (faults []RowFault) {
	if len(list) > ImportRows {
		return []RowFault{{Row: ImportRows + 1, Code: "too-many-rows", Text: fmt.Sprintf("Eén bestand mag %d vragen hebben. Verdeel ze over meer bestanden.", ImportRows)}}
	}
	rows := map[QuestionID]int{}
	for _, in := range list {
		id := in.Content.Question.ID
		if first, ok := rows[id]; ok && id != "" {
			faults = append(faults, RowFault{in.Row, "kenmerk", "duplicate-id", fmt.Sprintf("Dit kenmerk staat ook in rij %d. Geef elke vraag een eigen kenmerk.", first)})
			continue
		}
		rows[id] = in.Row
		for _, d := range in.Content.Check() {
			faults = append(faults, RowFault{in.Row, sheetColumn(d.Pointer), d.Reason, d.Text})
		}
	}
	return faults
}

// named gives the question its other id where its own is taken by a question about
// another product.
func (in Import) named(tx Tx) (Import, error) {
	if in.Else == "" {
		return in, nil
	}
	before, err := tx.Newest(in.Content.Question.ID)
	if err == nil && before.Product != in.Content.Product {
		in.Content.Question.ID = in.Else
	}
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return in, err
}

// meet says what is to be done with a row, beside what the bank holds.
func meet(tx Tx, by ident.Actor, in Import) (does string, saw Edition, refused *RowFault, err error) {
	before, err := tx.Newest(in.Content.Question.ID)
	if fault.Is(err, fault.NotFound) {
		return ImportNew, saw, nil, nil
	}
	if err != nil {
		return "", saw, nil, err
	}
	_, hash := in.Content.Seal()
	saw = before.Edition()
	own := len(before.Writers) == 1 && before.Writers[0] == by.String()
	switch {
	case before.Hash == hash && before.State != Retired && before.State != Returned:
		return ImportSame, saw, nil, nil
	case before.State == InReview:
		return "", saw, &RowFault{in.Row, "kenmerk", "question-in-review", "Deze vraag ligt ter beoordeling. Wacht op de beoordeling of neem de vraag terug."}, nil
	case before.Product != in.Content.Product:
		return "", saw, &RowFault{in.Row, "kenmerk", "other-product", "Dit kenmerk hoort al bij een vraag over een ander product. Kies een ander kenmerk."}, nil
	case before.State == Drafted && !own:
		return "", saw, &RowFault{in.Row, "kenmerk", "draft-of-another", "Een ander schrijft aan deze vraag: er staat een concept. Laat dat eerst aanbieden of vervallen."}, nil
	case before.State == Drafted:
		return ImportDraft, saw, nil, nil
	}
	return ImportVersion, saw, nil, nil
}
