package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"zorgplicht/app"
	"zorgplicht/credit"
)

// creditPaperCmd makes a document with figures from facts alone.
type creditPaperCmd struct {
	Kind  string `arg:"" enum:"tabel,prospectus,saldo,afrekening,wijziging" help:"tabel (article 28(4)), prospectus (36), saldo, afrekening or wijziging (49)."`
	Given string `help:"The facts, as JSON: of a product name, from and terms (as credit figures takes them); of an agreement reference with account or change (as credit account and credit change take them). Without it they come from standard input." placeholder:"JSON"`
	Firm  string `required:"" help:"Name of the firm that gives it."`
	Out   string `help:"File to write: its ending says pdf, html, csv or json. Without it JSON goes to standard output." placeholder:"FILE"`
}

func (creditPaperCmd) Help() string {
	return `The same document as the pages of staff make, but nothing is kept and nothing recorded: what is given to clients is issued there or through the API. A file that is there is replaced.` + usual
}

func (c *creditPaperCmd) Run(ctx context.Context, streams streams) error {
	form := "json"
	if c.Out != "" {
		form = strings.TrimPrefix(strings.ToLower(filepath.Ext(c.Out)), ".")
	}
	if form != "pdf" && form != "html" && form != "csv" && form != "json" {
		return usage("--out: let the name end in .pdf, .html, .csv or .json")
	}
	if strings.TrimSpace(c.Firm) == "" {
		return usage("--firm: give the name of the firm")
	}
	given := []byte(c.Given)
	if c.Given == "" {
		var err error
		if given, err = io.ReadAll(io.LimitReader(streams.in, 1<<20)); err != nil {
			return fmt.Errorf("read the facts: %w", err)
		}
		if given = bytes.TrimSpace(bytes.TrimPrefix(given, byteOrderMark)); len(given) == 0 {
			return usage("give the facts with --given, or on standard input")
		}
	}
	out, err := newWholeFile("the document", c.Out, streams.out)
	if err != nil {
		return err
	}
	defer out.away()
	if err := app.MakePaper(ctx, out, app.PaperOrder{Kind: credit.PaperKind(c.Kind), Given: given, Form: form, Firm: c.Firm, Made: time.Now()}); err != nil {
		return err
	}
	return out.keep()
}
