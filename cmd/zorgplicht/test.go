package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"zorgplicht/app"
	"zorgplicht/appropriateness"
	"zorgplicht/ident"
)

type testCmd struct {
	Check   testCheckCmd   `cmd:"" help:"Read a bank file and name every fault in it. Changes nothing."`
	Publish testPublishCmd `cmd:"" help:"Check a bank file, seal it and put it to use."`
	List    testListCmd    `cmd:"" help:"List the tests in use."`
}

type testCheckCmd struct {
	File string `arg:"" help:"Bank file, YAML." type:"existingfile"`
}

func (c *testCheckCmd) Run(io streams) error {
	t, err := readBank(c.File)
	if err != nil {
		return err
	}
	_, hash := t.Seal()
	fmt.Fprintf(io.out, "%s: %d questions, forms of %d, no faults\nseal  %s\n", t.ID, len(t.Questions), t.Blueprint.Questions, hash)
	return nil
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
		if err == nil {
			fmt.Fprintf(io.out, "%s is in use\nseal  %s\n", p.Test.ID, p.Hash)
		}
		return err
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

func (c *testListCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
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
}

func (c *linkCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		s, err := a.Appropriateness.Start(ctx, operator(firm), appropriateness.Start{Test: c.Test, Reference: c.Reference, Channel: "office"})
		if err == nil {
			fmt.Fprintf(io.out, "%s/t/%s\n", c.BaseURL, s.Token)
		}
		return err
	})
}
