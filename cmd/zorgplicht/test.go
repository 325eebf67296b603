package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"zorgplicht/app"
	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

type testCmd struct {
	Check   testCheckCmd   `cmd:"" help:"Read a bank file and name every fault in it. Changes nothing."`
	Publish testPublishCmd `cmd:"" help:"Check a bank file, seal it and put it to use."`
	List    testListCmd    `cmd:"" help:"List the tests in use."`
}

type testCheckCmd struct {
	File string `arg:"" help:"Bank file, YAML." type:"existingfile"`
	JSON bool   `help:"Print one JSON object: id and seal, or reason and faults."`
}

func (c *testCheckCmd) Help() string {
	return `Names every fault with its line, pointer and code. It does not need an installation, changes nothing, and does not judge whether a question is a good one.` + usual
}

func (c *testCheckCmd) Run(io streams) error {
	t, err := readBank(c.File)
	if f := fault.As(err); f != nil && c.JSON {
		if err := json.NewEncoder(io.out).Encode(map[string]any{"reason": f.Reason, "faults": faults(f)}); err != nil {
			return err
		}
		return exit(exitFailed)
	}
	if err != nil {
		return err
	}
	_, hash := t.Seal()
	if c.JSON {
		return fields(io.out, true, "id", t.ID, "seal", hash.String())
	}
	_, err = fmt.Fprintf(io.out, "%s: %d questions, forms of %d, no faults\nseal  %s\n", t.ID, len(t.Questions), t.Blueprint.Questions, hash)
	return err
}

// A faultLine is one fault of a file, for a program.
type faultLine struct {
	Line    int    `json:"line,omitempty"`
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Detail  string `json:"detail"`
}

func faults(f *fault.Fault) []faultLine {
	lines := make([]faultLine, len(f.Details))
	for i, d := range f.Details {
		lines[i] = faultLine{d.Line, d.Pointer, d.Reason, d.Text}
	}
	return lines
}

func readBank(file string) (appropriateness.Test, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return appropriateness.Test{}, err
	}
	return appropriateness.ReadBank(b)
}

type testPublishCmd struct {
	place
	forFirm
	File string `arg:"" help:"Bank file, YAML." type:"existingfile"`
	JSON bool   `help:"Print one JSON object."`
}

func (c *testPublishCmd) Help() string {
	return `Attempts that began with the test before keep that one. To publish what is in use already changes nothing. It does not put a file with faults to use, not in part either.` + usual
}

func (c *testPublishCmd) Run(ctx context.Context, io streams) error {
	b, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		p, err := a.Appropriateness.Publish(ctx, operator(firm), b)
		if err != nil {
			return err
		}
		return fields(io.out, c.JSON, "id", p.Test.ID, "seal", p.Hash.String(), "from", p.From.Format(time.RFC3339))
	})
}

func operator(firm ident.Firm) ident.Actor {
	return ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}
}

type testListCmd struct {
	place
	forFirm
	JSON bool `help:"One JSON object a line."`
}

func (c *testListCmd) Help() string {
	return `It does not show tests that were replaced, nor questions and keys.` + usual
}

func (c *testListCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		tests, err := a.Appropriateness.Tests(ctx, operator(firm))
		t := newTable(io.out, c.JSON, "ID", "TITLE", "FROM", "SEAL")
		for _, p := range tests {
			t.row(p.Test.ID, p.Test.Title, p.From.Format(time.RFC3339), p.Hash.String())
		}
		return t.end(err)
	})
}

type linkCmd struct {
	place
	forFirm
	Test      string `arg:"" help:"Id of the test, from test list."`
	Reference string `arg:"" help:"The firm's own reference to the client. Never a BSN."`
	BaseURL   string `help:"Address as clients reach the installation." default:"http://127.0.0.1:8080" env:"ZORGPLICHT_BASE_URL"`
	JSON      bool   `help:"Print one JSON object: link, id of the attempt, and whether it goes on with one that was open."`
}

func (c *linkCmd) Help() string {
	return `A client with an open attempt gets that one again. It does not send anything to the client, and does not start a test where none is needed or no retake is allowed.` + usual
}

func (c *linkCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		s, err := a.Appropriateness.Start(ctx, operator(firm), appropriateness.Start{Test: c.Test, Reference: c.Reference, Channel: "office"})
		if err != nil {
			return err
		}
		link := strings.TrimRight(c.BaseURL, "/") + "/t/" + s.Token
		if c.JSON {
			return json.NewEncoder(io.out).Encode(map[string]any{"link": link, "attempt": s.Attempt.ID, "resumed": s.Resumed})
		}
		_, err = fmt.Fprintln(io.out, link)
		return err
	})
}
