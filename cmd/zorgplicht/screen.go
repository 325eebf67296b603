package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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
	Data  string `required:"" help:"The contracts, a CSV file with names of fields on its first line; - is standard input." placeholder:"FILE"`
	ID    string `default:"id" help:"The column that names the contract."`
	On    string `help:"The day the rules are asked for; without it today." placeholder:"YYYY-MM-DD"`
	Out   string `help:"Where the outcome goes; without it standard output. The file is there whole, or not at all." placeholder:"FILE"`
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
	s := app.Screening{Program: p, Day: day, ID: c.ID, JSON: c.JSON}
	if !c.JSON {
		s.Progress = func(rows int) { fmt.Fprintf(streams.err, "%d rows\n", rows) }
	}
	done, err := c.write(streams.out, func(out io.Writer) (*app.Screened, error) { return s.Run(ctx, in, out) })
	if err != nil {
		return err
	}
	c.tell(streams.err, done)
	if done.Bad > 0 {
		return exit(exitFound)
	}
	return nil
}

// write runs fn on the place of the outcome. A file gets its name when it is whole.
func (c *screenCmd) write(out io.Writer, fn func(io.Writer) (*app.Screened, error)) (*app.Screened, error) {
	if c.Out == "" {
		b := bufio.NewWriterSize(out, 1<<16)
		done, err := fn(b)
		return done, errors.Join(err, b.Flush())
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), ".screen-*")
	if err != nil {
		return nil, fmt.Errorf("write the outcome: %w", err)
	}
	defer os.Remove(f.Name())
	b := bufio.NewWriterSize(f, 1<<16)
	done, err := fn(b)
	if err = errors.Join(err, b.Flush(), f.Close()); err != nil {
		return nil, err
	}
	return done, os.Rename(f.Name(), c.Out)
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
