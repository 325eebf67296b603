package app

import (
	"bufio"
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

// plainContracts gives a file of contracts as CSV, whatever it is: CSV, Parquet or a
// workbook, of which days tells the columns that hold days. Parquet or a workbook that
// comes as a stream waits in a file of spool: their end is read first. Who is done calls
// end. What is wrong in the midst of such a file is an error of the reader.
func plainContracts(in io.Reader, days func(string) bool, spool func() (*os.File, error)) (out io.Reader, end func(), err error) {
	b := bufio.NewReaderSize(in, 1<<16)
	head, _ := b.Peek(4)
	switch table.FormatOf(head) {
	case table.XLSX:
		return fromEnd(in, b, spool, func(file io.ReaderAt, size int64, w io.Writer) error { return table.Text(file, size, days, w) })
	case table.Parquet:
		return fromEnd(in, b, spool, table.PlainParquet)
	}
	return b, func() {}, nil
}

// A plainer writes a file of some format as CSV.
type plainer func(file io.ReaderAt, size int64, w io.Writer) error

// fromEnd reads a format of which the end must be read first.
func fromEnd(in io.Reader, begun *bufio.Reader, spool func() (*os.File, error), as plainer) (io.Reader, func(), error) {
	if file, size, ok := whole(in); ok {
		out, end := as.piped(file, size)
		return out, end, nil
	}
	return as.spooled(begun, spool)
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
func (as plainer) spooled(in io.Reader, spool func() (*os.File, error)) (io.Reader, func(), error) {
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
	out, end := as.piped(file, size)
	return out, func() { end(); away() }, nil
}

func (as plainer) piped(file io.ReaderAt, size int64) (io.Reader, func()) {
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.CloseWithError(as(file, size, w)) // never fails
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
		return say("too-large", "Dit bestand is te groot om zo te lezen. In een werkboek telt één rij hooguit 1 MB aan tekst, en alle gedeelde teksten samen 256 MB; een groep rijen in Parquet hooguit 1 GB per kolom. Bewaar het als CSV.")
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
