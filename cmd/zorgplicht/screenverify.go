package main

import (
	"context"
	"fmt"
	"os"

	"zorgplicht/criteria"
	"zorgplicht/ident"
)

type screenCmds struct {
	Run    screenCmd       `cmd:"" default:"withargs" help:"Hold a file of contracts against a rule set."`
	Verify screenVerifyCmd `cmd:"" help:"Check the proof of one contract, without an installation."`
}

type screenVerifyCmd struct {
	Proof string `arg:"" help:"The proof, as page or API gave it." placeholder:"FILE"`
	Root  string `required:"" help:"The root that the run has in the journal (fact criteria.screened/1), 64 hexadecimal digits." placeholder:"HEX"`
	Rules string `help:"The rule set of the run; with it is told what the proof says." placeholder:"FILE"`
}

func (c *screenVerifyCmd) Help() string {
	return `Holds the proof against the root that you trust: take it from the fact of the run in a journal that you verified, not from the proof. The proof tells nothing of other contracts.

Exit codes: 0 the contract stands under this root; 1 it does not, or a file cannot be read; 2 the command line is wrong.`
}

func (c *screenVerifyCmd) Run(_ context.Context, streams streams) error {
	root, err := ident.ParseHash(c.Root)
	if err != nil {
		return usage("--root: give 64 hexadecimal digits")
	}
	text, err := os.ReadFile(c.Proof)
	if err != nil {
		return fmt.Errorf("read the proof: %w", err)
	}
	p, err := criteria.ParseProof(text)
	if err != nil {
		return err
	}
	if p.Root != root {
		return fmt.Errorf("the proof is of another run: it leads to root %s", p.Root)
	}
	if err := p.Check(); err != nil {
		return err
	}
	fmt.Fprintf(streams.out, "row %d of %d stands under this root\n", p.Row+1, p.Rows)
	if c.Rules == "" {
		return nil
	}
	return c.tell(streams, p)
}

// tell writes what the leaf says, by the rule set.
func (c *screenVerifyCmd) tell(streams streams, p *criteria.Proof) error {
	text, err := os.ReadFile(c.Rules)
	if err != nil {
		return fmt.Errorf("read the rules: %w", err)
	}
	set, err := criteria.Read(text)
	if err != nil {
		return err
	}
	said, err := p.Read(set)
	if err != nil {
		return err
	}
	names := set.Set().Categories
	fmt.Fprintf(streams.out, "contract %s: %s", said.ID, names[said.Category])
	if said.Highest != said.Category {
		fmt.Fprintf(streams.out, ", could be %s", names[said.Highest])
	}
	fmt.Fprintln(streams.out)
	for i, t := range said.Truths {
		fmt.Fprintf(streams.out, "%s %s\n", set.Set().Rules[i].ID, t)
	}
	return nil
}
