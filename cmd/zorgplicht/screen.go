package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zorgplicht/app"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/criteria"
)

type screenCmd struct {
	Rules string `required:"" help:"The rule set, a YAML file." placeholder:"FILE"`
	Data  string `required:"" help:"The contracts: CSV with names of fields on its first line, Parquet, or a small workbook (XLSX); - is standard input." placeholder:"FILE"`
	ID    string `default:"id" help:"The column that names the contract."`
	On    string `help:"The day the rules are asked for; without it today." placeholder:"YYYY-MM-DD"`
	Out   string `help:"Where the outcome goes; without it standard output. It is there whole, or not at all." placeholder:"FILE"`
	Bad   string `help:"Where every fault goes: line, column, code and what belongs there, as CSV; never a value." placeholder:"FILE"`
	JSON  bool   `name:"json" help:"One JSON object a line for each contract, and the counts as one JSON object on standard error."`
}

func (c *screenCmd) Help() string {
	return `Gives each contract of a file its category and the reasons, by rules that the firm wrote. Rows with a fault are named with line, column and what belongs there, are left out of the outcome, and stop nothing. A field without a column is unknown of every contract: what cannot be decided for that is said, and is never taken for no.

It does not open an installation, and keeps nothing. The language is described in docs/gids/criteria.md.

Exit codes: 0 done; 1 the rule set, the names of the columns or a file has faults, and nothing was written; 2 the command line is wrong; 3 done, but rows had faults.`
}

func (c *screenCmd) Run(ctx context.Context, streams streams) error {
	day := calendar.Of(time.Now())
	if c.On != "" {
		var err error
		if day, err = calendar.Parse(c.On); err != nil {
			return usage("--on: give a day as 2026-11-22")
		}
	}
	if c.Bad != "" && c.Bad == c.Out {
		return usage("--bad: give another file than --out")
	}
	text, err := os.ReadFile(c.Rules)
	if err != nil {
		return fmt.Errorf("read the rules: %w", err)
	}
	p, err := criteria.Read(text)
	if err != nil {
		return err
	}
	if !p.InForce(day) {
		return fmt.Errorf("the rule set is not in force on %s: give another day with --on, or another version", day)
	}
	in := streams.in
	if c.Data != "-" {
		f, err := os.Open(c.Data)
		if err != nil {
			return fmt.Errorf("read the contracts: %w", err)
		}
		defer f.Close()
		in = f
	}
	done, err := c.screen(ctx, streams, in, app.Screening{Program: p, Day: day, ID: c.ID, JSON: c.JSON})
	if err != nil {
		return err
	}
	c.tell(streams.err, done)
	if done.Bad > 0 {
		return exit(exitFound)
	}
	return nil
}

// screen writes the outcome and the bad rows. Files get their names when both are
// whole.
func (c *screenCmd) screen(ctx context.Context, streams streams, in io.Reader, s app.Screening) (*app.Screened, error) {
	if terminal(streams.err) && !c.JSON {
		s.Progress = told(streams.err)
		defer fmt.Fprintln(streams.err)
	}
	bad, err := newWholeFile("the bad rows", c.Bad, io.Discard)
	if err != nil {
		return nil, err
	}
	defer bad.away()
	out, err := newWholeFile("the outcome", c.Out, streams.out)
	if err != nil {
		return nil, err
	}
	defer out.away()
	if c.Out == "" {
		if err := out.hold(streams.out); err != nil {
			return nil, err
		}
	}
	if _, err := bad.WriteString(criteria.BadHeader); err != nil {
		return nil, fmt.Errorf("write the bad rows: %w", err)
	}
	s.Bad = func(b criteria.BadCell) error { _, err := bad.WriteString(b.CSV()); return err }
	done, err := s.Run(ctx, in, out)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(out.Flush(), bad.Flush()); err != nil { // before either has its name
		return nil, fmt.Errorf("write the outcome: %w", err)
	}
	if err := out.keep(); err != nil {
		return nil, err
	}
	return done, bad.keep()
}

// A wholeFile is a file that gets its name when it is whole; without a name it is what
// stands in its place.
type wholeFile struct {
	*bufio.Writer
	file *os.File
	name string
	to   io.Writer // of a file without a name: what gets it all when it is whole
}

func newWholeFile(what, name string, instead io.Writer) (*wholeFile, error) {
	if name == "" {
		return &wholeFile{Writer: bufio.NewWriterSize(instead, 1<<16)}, nil
	}
	var f *os.File
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() { // a pipe or a terminal keeps its name
		f, err = os.OpenFile(name, os.O_WRONLY, 0)
		name = ""
	} else {
		f, err = os.CreateTemp(filepath.Dir(name), ".screen-*")
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("write %s: there is no folder %s", what, filepath.Dir(name))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", what, err)
	}
	return &wholeFile{Writer: bufio.NewWriterSize(f, 1<<16), file: f, name: name}, nil
}

// hold keeps what is written aside until it is whole: of a file that turns out to be
// damaged, nothing is told.
func (w *wholeFile) hold(to io.Writer) (err error) {
	if w.file, err = os.CreateTemp("", "zorgplicht-screen-*"); err != nil {
		return fmt.Errorf("hold the outcome until it is whole: %w", err)
	}
	w.Writer, w.to = bufio.NewWriterSize(w.file, 1<<16), to
	return nil
}

func (w *wholeFile) keep() error {
	if err := w.Flush(); err != nil || w.file == nil {
		return err
	}
	if w.to != nil {
		if _, err := w.file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("read what was held: %w", err)
		}
		_, err := io.Copy(w.to, w.file)
		return err
	}
	if err := w.file.Close(); err != nil {
		return err
	}
	if w.name == "" {
		return nil
	}
	return os.Rename(w.file.Name(), w.name)
}

// away removes what has no name.
func (w *wholeFile) away() {
	if w.file != nil {
		_ = w.file.Close()
	}
	if w.file != nil && (w.name != "" || w.to != nil) {
		_ = os.Remove(w.file.Name()) // has another name when all went well
	}
}

// tell writes the counts, and every bad cell.
func (c *screenCmd) tell(w io.Writer, done *app.Screened) {
	if c.JSON {
		fmt.Fprintf(w, "%s\n", canon.Must(*done))
		return
	}
	for _, b := range done.Wrong {
		fmt.Fprintf(w, "line %d, %s: %s %s\n", b.Line, b.Column, b.Code, b.Text)
	}
	if len(done.Ignored) > 0 {
		fmt.Fprintf(w, "columns that are no field: %s\n", strings.Join(done.Ignored, ", "))
	}
	if len(done.Absent) > 0 {
		fmt.Fprintf(w, "fields without a column, unknown of every contract: %s\n", strings.Join(done.Absent, ", "))
	}
	fmt.Fprintf(w, "%s version %d on %s: %s, %d not certain; %s left out\n", done.Set, done.Version, done.Day, count(done.Rows, "contract"), done.Open, count(done.Bad, "row"))
	t := newTable(w, false, "CATEGORY", "CONTRACTS")
	for _, n := range done.Categories {
		t.row(n.Name, fmt.Sprint(n.Count))
	}
	_ = t.end(nil)
	t = newTable(w, false, "RULE", "CONTRACTS", "NOT CERTAIN")
	for _, n := range done.Rules {
		t.row(n.Name, fmt.Sprint(n.Count), fmt.Sprint(n.Open))
	}
	_ = t.end(nil)
}
