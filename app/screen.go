package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/table"
)

// A Screening holds a file of contracts against a rule set. It needs no
// installation and keeps nothing.
type Screening struct {
	Program  *criteria.Program
	Day      calendar.Date
	ID       string // the column that names the contract
	JSON     bool   // a line of JSON a contract, else CSV
	Progress func(rows int)
	Bad      func(criteria.BadCell) error // hears of each bad cell; may be nil
}

// Screened is what came of a screening: how many contracts per category and per
// rule, and every bad cell. A row with a bad cell is in no count.
type Screened struct {
	Language   int                `json:"language"`
	Set        string             `json:"set"`
	Version    int                `json:"version"`
	Day        calendar.Date      `json:"day"`
	Rows       int                `json:"rows"`
	Bad        int                `json:"bad"`
	Open       int                `json:"open"` // contracts of which the category is not certain
	Categories []Counted          `json:"categories"`
	Rules      []Counted          `json:"rules"`
	Ignored    []string           `json:"ignored_columns"`
	Absent     []string           `json:"absent_fields"`
	Wrong      []criteria.BadCell `json:"wrong"`
}

// A Counted is how many contracts a category or a rule has.
type Counted struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
	Open  int    `json:"open,omitempty"` // of a rule: not known
}

// A screenedRow is what is written of one contract.
type screenedRow struct {
	ID       string         `json:"id"`
	Category string         `json:"category"`
	Highest  string         `json:"highest,omitempty"` // what it could be, where that is more
	Rules    []screenedRule `json:"rules"`
	Open     []string       `json:"open,omitempty"` // rules that cannot be decided
}

type screenedRule struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// screenRows is how many rows are held at a time.
const screenRows = 64 * criteria.Block

// maxBad is how many bad cells are kept; all are counted.
const maxBad = 10_000

// Run reads rows, screens them in portions and writes each contract with its
// category and reasons. It fails where the file cannot be read or written; bad
// rows do not stop it.
func (s Screening) Run(ctx context.Context, in io.Reader, out io.Writer) (*Screened, error) {
	plain, end, err := plainContracts(in, s.Program.IsDay, func() (*os.File, error) { return os.CreateTemp("", "zorgplicht-*.parquet") })
	if err != nil {
		return nil, unread(err)
	}
	defer end()
	done, err := s.plain(ctx, plain, out)
	return done, unread(err)
}

func (s Screening) plain(ctx context.Context, in io.Reader, out io.Writer) (*Screened, error) {
	sheet, err := s.Program.Open(in, s.ID, s.Day)
	if err != nil {
		return nil, err
	}
	sheet.Once = true
	write, end, err := s.writer(out)
	if err != nil {
		return nil, err
	}
	set := s.Program.Set()
	done := &Screened{Language: set.Language, Set: set.Name, Version: set.Version, Day: s.Day, Ignored: sheet.Ignored, Absent: sheet.Absent}
	for _, c := range set.Categories {
		done.Categories = append(done.Categories, Counted{Name: c})
	}
	for _, r := range set.Rules {
		done.Rules = append(done.Rules, Counted{Name: r.ID})
	}
	for more := true; more; {
		var p portion
		if more, err = s.portion(ctx, sheet, &p, done); err != nil {
			return nil, err
		}
		if err := s.decide(ctx, &p, done, write); err != nil {
			return nil, err
		}
		if s.Progress != nil {
			s.Progress(done.Rows + done.Bad)
		}
	}
	return done, end()
}

// A portion is some rows in columns.
type portion struct {
	ids     []string
	columns []*criteria.Column
}

// portion reads the next rows and reports whether there are more.
func (s Screening) portion(ctx context.Context, sheet *criteria.Sheet, p *portion, done *Screened) (bool, error) {
	p.columns = s.Program.Columns(screenRows)
	for len(p.ids) < screenRows {
		id, row, wrong, err := sheet.Next()
		switch {
		case errors.Is(err, io.EOF):
			return false, nil
		case fault.As(err) != nil:
			return false, err
		case err != nil:
			return false, fmt.Errorf("read the contracts: %w", err)
		case ctx.Err() != nil:
			return false, ctx.Err()
		case len(wrong) > 0:
			done.Bad++
			done.Wrong = append(done.Wrong, wrong[:min(len(wrong), maxBad-len(done.Wrong))]...)
			if err := s.tellBad(wrong); err != nil {
				return false, err
			}
			continue
		}
		p.ids = append(p.ids, id)
		for f, c := range p.columns {
			if c != nil {
				c.Append(row[f])
			}
		}
	}
	return true, nil
}

func (s Screening) tellBad(wrong []criteria.BadCell) error {
	for _, b := range wrong {
		if s.Bad == nil {
			continue
		}
		if err := s.Bad(b); err != nil {
			return fmt.Errorf("write the bad rows: %w", err)
		}
	}
	return nil
}

func (s Screening) decide(ctx context.Context, p *portion, done *Screened, write func(screenedRow) error) error {
	for _, c := range p.columns {
		if c != nil {
			c.Close()
		}
	}
	result := s.Program.NewResult(len(p.ids))
	if err := s.Program.Screen(ctx, s.Day, p.columns, result); err != nil {
		return err
	}
	row := s.Program.Row(s.Day)
	for i, id := range p.ids {
		for f, c := range p.columns {
			if c != nil {
				row[f] = c.Cell(i)
			}
		}
		if err := write(s.one(id, i, row, result, done)); err != nil {
			return fmt.Errorf("write contract: %w", err)
		}
	}
	done.Rows += len(p.ids)
	return nil
}

// one counts a contract and says of it what is written.
func (s Screening) one(id string, i int, row criteria.Row, r *criteria.Result, done *Screened) screenedRow {
	out := screenedRow{ID: id, Category: done.Categories[r.Category[i]].Name}
	done.Categories[r.Category[i]].Count++
	if r.Highest[i] != r.Category[i] {
		done.Open++
		out.Highest = done.Categories[r.Highest[i]].Name
	}
	for rule := range done.Rules {
		switch r.Truth(i, rule) {
		case criteria.Yes:
			done.Rules[rule].Count++
			out.Rules = append(out.Rules, screenedRule{done.Rules[rule].Name, s.Program.Reason(rule, row)})
		case criteria.Unknown:
			done.Rules[rule].Open++
			out.Open = append(out.Open, done.Rules[rule].Name)
		}
	}
	return out
}

// writer returns what writes a contract, and what ends the file.
func (s Screening) writer(out io.Writer) (write func(screenedRow) error, end func() error, err error) {
	if s.JSON {
		return func(r screenedRow) error {
			b, err := canon.Encode(r)
			if err != nil {
				return err
			}
			_, err = out.Write(append(b, '\n'))
			return err
		}, func() error { return nil }, nil
	}
	w, err := s.sheet(out)
	if err != nil {
		return nil, nil, err
	}
	return func(r screenedRow) error {
		var ids, reasons []string
		for _, rule := range r.Rules {
			ids, reasons = append(ids, rule.ID), append(reasons, rule.Reason)
		}
		return w.Row(r.ID, r.Category, r.Highest, strings.Join(ids, " "), strings.Join(reasons, " "), strings.Join(r.Open, " "))
	}, w.Close, nil
}

func (Screening) sheet(out io.Writer) (table.Writer, error) {
	return table.New(table.CSV, out, table.Sheet{Name: "Contracten", Columns: []table.Column{
		{Name: "kenmerk"}, {Name: "categorie"}, {Name: "hoogst mogelijk"}, {Name: "regels"}, {Name: "redenen"}, {Name: "onbeslist"},
	}})
}
