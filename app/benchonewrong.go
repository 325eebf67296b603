package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/internal/fault"
)

// oneWrong screens a CSV file of the book, read from the first byte to the last, in
// which one row has a product that does not exist. It fails unless that row alone is
// named, by line and column, and every other contract has an outcome.
func oneWrong(ctx context.Context, p *criteria.Program, contracts int, tell func(Figure), progress func(string)) error {
	bad := contracts * 2 / 3
	in, write := io.Pipe()
	go func() { write.CloseWithError(bookText(write, p, contracts, bad)) }()
	defer in.Close()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapInuse, m.HeapInuse
	s := Screening{Program: p, Day: yardstick.Day, ID: "id", Progress: func(rows int) {
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
		progress(fmt.Sprintf("screening a file of which one row is wrong, %d rows", rows))
	}}
	var out lineCount
	at := time.Now()
	done, err := s.Run(ctx, in, &out)
	if err != nil {
		return err
	}
	took := time.Since(at)
	wanted := criteria.BadCell{Line: bad + 2, Column: p.Fields()[yardstick.Places(p)[0]].Name, Code: "value"}
	if done.Rows != contracts-1 || done.Bad != 1 || len(done.Wrong) != 1 || int(out) != contracts {
		return fault.New(fault.Conflict, "outcomes-differ", fmt.Sprintf("%d rows, %d bad, %d lines of %d", done.Rows, done.Bad, out, contracts))
	}
	if got := done.Wrong[0]; got.Line != wanted.Line || got.Column != wanted.Column || got.Code != wanted.Code {
		return fault.New(fault.Conflict, "outcomes-differ", fmt.Sprintf("line %d, column %s: %s", got.Line, got.Column, got.Code))
	}
	how := fmt.Sprintf("%d contracts of CSV, one wrong: it alone is named, on line %d, column %s; the others each have an outcome", contracts, wanted.Line, wanted.Column)
	tell(NewFigure("contracts screened from CSV to CSV", "1/s", how, []float64{float64(contracts) / took.Seconds()}))
	tell(NewFigure("memory for that", "MB", "most of the heap in use above what was there before", []float64{float64(most-before) / 1e6}))
	return nil
}

// lineCount counts the lines that are written to it.
type lineCount int

func (n *lineCount) Write(b []byte) (int, error) {
	*n += lineCount(strings.Count(string(b), "\n"))
	return len(b), nil
}

// bookText writes the book as CSV, with a word that does not exist in the first
// column of the row with this number.
func bookText(to io.Writer, p *criteria.Program, contracts, bad int) error {
	w := bufio.NewWriterSize(to, 1<<16)
	places, fields := yardstick.Places(p), p.Fields()
	w.WriteString("id")
	for _, i := range places {
		w.WriteString(";" + fields[i].Name)
	}
	w.WriteString("\n")
	chance := yardstick.Chance(20260101)
	for n := range contracts {
		fmt.Fprintf(w, "C%09d", n)
		for k, v := range yardstick.Contract(&chance) {
			text := fields[places[k]].Type.Plain(criteria.Cell{V: v, Known: true})
			if n == bad && k == 0 {
				text = "bestaat niet"
			}
			w.WriteString(";" + text)
		}
		if _, err := w.WriteString("\n"); err != nil {
			return errors.Join(err, w.Flush())
		}
	}
	return w.Flush()
}
