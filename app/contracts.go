package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/table"
)

// The largest workbook of contracts. More come as CSV or Parquet.
const (
	mostBook     = 20 << 20
	mostBookRows = 200_000
)

// plainContracts gives a file of contracts as CSV, whatever it is: CSV, Parquet or a
// small workbook, of which days tells the columns that hold days. Parquet that comes
// as a stream waits in a file of spool. Who is done calls end. What is wrong in the
// midst of a Parquet file is an error of the reader.
func plainContracts(in io.Reader, days func(string) bool, spool func() (*os.File, error)) (out io.Reader, end func(), err error) {
	b := bufio.NewReaderSize(in, 1<<16)
	head, _ := b.Peek(4)
	switch table.FormatOf(head) {
	case table.XLSX:
		out, err = plainBook(b, days)
		return out, func() {}, err
	case table.Parquet:
		if file, size, ok := whole(in); ok {
			out, end = plainParquet(file, size)
			return out, end, nil
		}
		return spooled(b, spool)
	}
	return b, func() {}, nil
}

func plainBook(in io.Reader, days func(string) bool) (io.Reader, error) {
	book, err := io.ReadAll(io.LimitReader(in, mostBook+1))
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	if len(book) > mostBook {
		return nil, table.ErrTooLarge
	}
	var b bytes.Buffer
	return &b, table.Text(book, mostBookRows, days, &b)
}

// whole reports whether what is read is a file on disk, of which the end can be read
// first.
func whole(in io.Reader) (file *os.File, size int64, ok bool) {
	if file, ok = in.(*os.File); !ok {
		return nil, 0, false
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, 0, false
	}
	return file, info.Size(), true
}

// spooled keeps a stream in a file until the end of the reading.
func spooled(in io.Reader, spool func() (*os.File, error)) (io.Reader, func(), error) {
	file, err := spool()
	if err != nil {
		return nil, nil, fmt.Errorf("keep the file: %w", err)
	}
	away := func() { _ = file.Close(); _ = os.Remove(file.Name()) }
	size, err := io.Copy(file, in)
	if err != nil {
		away()
		return nil, nil, fmt.Errorf("keep the file: %w", err)
	}
	out, end := plainParquet(file, size)
	return out, func() { end(); away() }, nil
}

func plainParquet(file io.ReaderAt, size int64) (io.Reader, func()) {
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.CloseWithError(table.PlainParquet(file, size, w)) // never fails
	}()
	return r, func() { _ = r.Close(); <-done }
}

// unread says of a file that cannot be read what to do; other errors stay.
func unread(err error) error {
	say := func(code, text string) error {
		return fault.All(criteria.BadFile, []fault.Detail{{Reason: code, Text: text}})
	}
	switch {
	case errors.Is(err, table.ErrTooMany), errors.Is(err, table.ErrTooLarge):
		return say("too-large", "Dit bestand is te groot om zo te lezen. Een werkboek telt hooguit 20 MB en 200.000 rijen; een groep rijen in Parquet hooguit 1 GB per kolom. Bewaar het als CSV.")
	case errors.Is(err, table.ErrFormula):
		return say("formula", "Er staat een formule in het werkboek. Plak de waarden zonder formules, en stuur het opnieuw.")
	case errors.Is(err, table.ErrNested):
		return say("nested", "Het Parquet-bestand heeft een kolom met iets anders dan één gewone waarde per rij. Geef elke waarde een eigen kolom: tekst, getal, ja of nee, dag of tijdstip.")
	case errors.Is(err, table.ErrUnread), errors.Is(err, table.ErrNotUTF8):
		return say("file-unread", "Dit bestand is beschadigd of niet te lezen. Maak het opnieuw als CSV (UTF-8), Parquet of XLSX.")
	}
	return err
}

// screenDesk is the room for who sends files: it takes all that can be read.
type screenDesk struct {
	*criteria.Screener
	files *runFiles
}

func (a *App) screenDesk() screenDesk {
	return screenDesk{a.Screener, newRunFiles(a.portfolios())}
}

// Load reads a portfolio of any kind of file and keeps it.
func (d screenDesk) Load(ctx context.Context, by ident.Actor, o criteria.LoadOrder, in io.Reader) (criteria.Portfolio, error) {
	sets, err := d.SetsToday(ctx, by)
	if err != nil {
		return criteria.Portfolio{}, err
	}
	plain, end, err := plainContracts(in, func(column string) bool {
		for _, s := range sets {
			if s.Name == o.Set {
				return s.Program.IsDay(column)
			}
		}
		return false
	}, func() (*os.File, error) { return d.files.spool(by.Firm) })
	if err != nil {
		return criteria.Portfolio{}, unread(err)
	}
	defer end()
	p, err := d.Screener.Load(ctx, by, o, plain)
	return p, unread(err)
}
