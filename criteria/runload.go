package criteria

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// BadHeader is the first line of a file of bad cells.
const BadHeader = "\ufeff\"regel\";\"kolom\";\"code\";\"wat te doen\"\r\n"

// CSV is the line of a bad cell in a file of them.
func (b BadCell) CSV() string {
	return fmt.Sprintf("%d;\"%s\";\"%s\";\"%s\"\r\n", b.Line, b.Column, b.Code, strings.ReplaceAll(b.Text, `"`, `""`))
}

// A Loaded is what came of reading a portfolio.
type Loaded struct {
	Rows    int        `json:"rows"`
	Bad     int        `json:"bad"`     // rows that were left out
	Faults  int        `json:"faults"`  // cells that are wrong
	Shown   []BadCell  `json:"shown"`   // the first of them
	Codes   []RunCount `json:"codes"`   // faults by code
	Fields  []string   `json:"fields"`  // with a column
	Ignored []string   `json:"ignored"` // columns that are no field
	Absent  []string   `json:"absent"`  // fields without a column
}

// shownFaults is how many faults are told; all are counted, and written where the
// caller wants them.
const shownFaults = 100

// BSNColumn is the code of a column that holds citizen service numbers.
const BSNColumn = "bsn"

// Load reads a sheet, in which each contract stands once, and writes it as a column
// file. A row with a fault is told to bad, which may be nil, and left out; it stops nothing. What does stop it is a
// column of citizen service numbers, a file that cannot be read, and more rows than
// most.
func (s *Sheet) Load(ctx context.Context, w io.Writer, salt ident.Hash, most int, bad func(BadCell) error, told func(rows int)) (*Loaded, error) {
	s.Once = true
	fields := s.loaded()
	c, err := s.p.NewColumnsWriter(w, salt, fields)
	if err != nil {
		return nil, err
	}
	l := &loader{sheet: s, c: c, fields: fields, cells: make([]Cell, len(fields)), bad: bad, codes: map[string]int{}}
	l.out = Loaded{Ignored: s.Ignored, Absent: s.Absent, Shown: []BadCell{}, Codes: []RunCount{}, Fields: []string{}}
	for _, f := range fields {
		l.out.Fields = append(l.out.Fields, s.p.fields[f].Name)
	}
	for n := 0; ; n++ {
		more, err := l.row()
		switch {
		case err != nil:
			return nil, err
		case !more:
			return l.end()
		case n == most:
			return nil, fault.All(BadFile, []fault.Detail{{Line: n + 2, Reason: "too-many", Text: "Splits het bestand: meer dan " + strconv.Itoa(most) + " rijen leest dit programma niet."}})
		}
		if n%StripeRows == StripeRows-1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if told != nil {
				told(n + 1)
			}
		}
	}
}

// loaded returns the fields that have a column.
func (s *Sheet) loaded() (list []int) {
	for f := range s.p.fields {
		if slices.Contains(s.into, f) {
			list = append(list, f)
		}
	}
	return list
}

// saysBSN reports whether a column says to hold citizen service numbers.
func saysBSN(name string) bool {
	switch strings.ToLower(name) {
	case "bsn", "burgerservicenummer", "sofinummer", "sofi":
		return true
	}
	return false
}

const withoutBSN = "Haal de burgerservicenummers uit het bestand: dit programma mag ze niet bewaren. Gebruik het nummer van het contract."

type loader struct {
	sheet  *Sheet
	c      *ColumnsWriter
	fields []int
	cells  []Cell
	bad    func(BadCell) error
	codes  map[string]int
	out    Loaded
}

// row reads one row and reports whether there was one.
func (l *loader) row() (bool, error) {
	id, row, wrong, err := l.sheet.Next()
	switch {
	case errors.Is(err, io.EOF):
		return false, nil
	case fault.As(err) != nil:
		return false, err
	case err != nil:
		return false, fmt.Errorf("read the contracts: %w", err)
	}
	if len(wrong) > 0 {
		l.out.Bad++
		return true, l.tell(wrong)
	}
	for i, f := range l.fields {
		l.cells[i] = row[f]
	}
	return true, l.c.Add(id, l.cells)
}

func (l *loader) tell(wrong []BadCell) error {
	for _, b := range wrong {
		l.out.Faults++
		l.codes[b.Code]++
		if len(l.out.Shown) < shownFaults {
			l.out.Shown = append(l.out.Shown, b)
		}
		if l.bad == nil {
			continue
		}
		if err := l.bad(b); err != nil {
			return err
		}
	}
	return nil
}

// leastBSN is how many names must look like a citizen service number, and be most
// of all, before they are taken for such: one number in eleven does by chance.
const leastBSN = 3

func (l *loader) end() (*Loaded, error) {
	if err := l.c.Close(); err != nil {
		return nil, err
	}
	l.out.Rows = l.c.Rows()
	for code := range l.codes {
		l.out.Codes = append(l.out.Codes, RunCount{Name: code, Count: l.codes[code]})
	}
	slices.SortFunc(l.out.Codes, func(a, b RunCount) int { return strings.Compare(a.Name, b.Name) })
	return &l.out, nil
}

// seen holds names by 64 bits of their hash: of ten million, two share one with a
// chance of three in a million.
type seen map[uint64]struct{}

func (s seen) add(id string) bool {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	// FNV alone leaves short names close together.
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h ^= h >> 31
	if _, ok := s[h]; ok {
		return false
	}
	s[h] = struct{}{}
	return true
}

// IsDay reports whether a column of this name holds days.
func (p *Program) IsDay(column string) bool {
	for i := range p.fields {
		if f := &p.fields[i]; f.Name == column || f.English == column && column != "" {
			return f.Type.Kind == Date
		}
	}
	return false
}
