package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"zorgplicht/app"
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/loanbook"
)

// loansCmd are the commands of the credit portfolio.
type loansCmd struct {
	Import  loansImportCmd  `cmd:"" help:"Read a file with every agreement as it stood on a day."`
	Ceiling loansCeilingCmd `cmd:"" help:"Hold every running agreement against its maximum, over many years."`
}

type loansImportCmd struct {
	place
	forFirm
	File string `arg:"" help:"CSV, Parquet, or a workbook (XLSX) without formulas; - is standard input."`
	Day  string `required:"" help:"On which the agreements stood so." placeholder:"YYYY-MM-DD"`
	Mode string `default:"alles" enum:"alles,goede,proef" help:"alles: with one fault nothing is taken; goede: rows with a fault are left out; proef: nothing is taken."`
	Bad  string `help:"Where every fault goes: line, column, code and what belongs there, as CSV; never a value." placeholder:"FILE"`
	JSON bool   `name:"json" help:"What came of it as one JSON object."`
}

func (c *loansImportCmd) Help() string {
	return `The portfolio changes in one step, when the whole file is read. A variable rate that is another than in the stand before asks for a notice (article 49). A stand can be taken out again on the page or through the API.

Exit codes: 0 done; 1 the file cannot be used, and nothing was taken; 2 the command line is wrong; 3 rows had faults.` + usual
}

func (c *loansImportCmd) Run(ctx context.Context, streams streams) error {
	in := streams.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("read the agreements: %w", err)
		}
		defer f.Close()
		in = f
	}
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		l, err := a.ImportLoans(ctx, firm, loanbook.Order{Day: c.Day, Mode: loanbook.Mode(c.Mode)}, in, told(streams.err))
		if err != nil {
			return err
		}
		if c.Bad != "" && !l.Faults.IsZero() {
			if err := c.faults(ctx, a, l); err != nil {
				return err
			}
		}
		return c.tell(streams, l)
	})
}

// told shows how far it is, to who sits at a terminal.
func told(w io.Writer) func(rows int) {
	if !terminal(w) {
		return func(int) {}
	}
	return func(rows int) { fmt.Fprintf(w, "\r%d rows", rows) }
}

func (c *loansImportCmd) faults(ctx context.Context, a *app.App, l loanbook.Load) error {
	out, err := newWholeFile("the faults", c.Bad, nil)
	if err != nil {
		return err
	}
	defer out.away()
	firm, err := c.find(ctx, a)
	if err == nil {
		err = a.Loanbook.Faults(ctx, ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}, l.Number, out)
	}
	if err != nil {
		return err
	}
	return out.keep()
}

func (c *loansImportCmd) tell(streams streams, l loanbook.Load) error {
	if c.JSON {
		fmt.Fprintf(streams.out, "%s\n", canon.Must(map[string]any{"number": l.Number, "state": string(l.State), "result": l.Result}))
	} else {
		for _, b := range l.Shown {
			where := fmt.Sprintf("line %d", b.Line)
			if b.Column != "" {
				where += ", " + b.Column
			}
			fmt.Fprintf(streams.err, "%s: %s: %s\n", where, b.Code, b.Text)
		}
		fmt.Fprintf(streams.out, "stand %d of %s: %s, %s, %s with faults, %s\n", l.Number, l.Day, l.State, count(l.Rows, "agreement"), count(l.Bad, "row"), count(l.Notices, "notice"))
	}
	switch {
	case l.State == loanbook.LoadFailed:
		return exit(exitFailed)
	case l.Bad > 0:
		return exit(exitFound)
	}
	return nil
}

type loansCeilingCmd struct {
	place
	forFirm
	On    string `help:"The day of the scan; without it today." placeholder:"YYYY-MM-DD"`
	Years int    `default:"20" help:"Over how many years, this one included."`
	JSON  bool   `name:"json" help:"As one JSON object."`
}

func (c *loansCeilingCmd) Help() string {
	return `Legal interest and points of the day of the agreement or of the last change of a variable charge (article 77). A maximum that rests on a legal interest without a second source is counted apart, and never taken for sure. Agreements that have ended are not counted. It keeps nothing.` + usual
}

func (c *loansCeilingCmd) Run(ctx context.Context, io streams) error {
	day := calendar.Of(time.Now())
	if c.On != "" {
		var err error
		if day, err = calendar.Parse(c.On); err != nil {
			return usage("--on: give a day as 2026-11-22")
		}
	}
	if c.Years < 1 || c.Years > 60 {
		return usage("--years: give 1 to 60")
	}
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		scan, l, err := a.Loanbook.Scan(ctx, firm, day, c.Years)
		if err != nil {
			return err
		}
		if c.JSON {
			fmt.Fprintf(io.out, "%s\n", canon.Must(scan))
			return nil
		}
		fmt.Fprintf(io.out, "stand of %s, on %s: %s; above %d, above an unconfirmed maximum %d, within %d, within an unconfirmed maximum %d\n",
			l.Day, day, count(scan.Count, "agreement"), scan.Above, scan.Unsure, scan.Within, scan.Doubt)
		t := newTable(io.out, false, "YEAR", "AGREEMENTS", "ABOVE", "ABOVE UNCONFIRMED")
		for _, y := range scan.Years {
			t.row(fmt.Sprint(y.Year), fmt.Sprint(y.Count), fmt.Sprint(y.Above), fmt.Sprint(y.Unsure))
		}
		return t.end(nil)
	})
}
