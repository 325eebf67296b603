package main

import (
	"context"
	"fmt"
	"strings"

	"zorgplicht/app"
	"zorgplicht/canon"
	"zorgplicht/rule"
)

type decideCmd struct {
	Rule  string `arg:"" optional:"" help:"Name of the rule."`
	Given string `help:"The facts, as a JSON object." placeholder:"JSON"`
	Batch bool   `help:"Read questions from standard input, one JSON object a line, and answer each on a line, in order."`
	List  bool   `help:"List the rules, with their versions and norms."`
}

func (c *decideCmd) Help() string {
	return `One question: prints {"answer", "reasons", "rule_version"}, or {"error"} with every fault. --batch: each line {"id", "rule", "given"} gets one line with its id, in order; a line with faults gets {"error"} and stops nothing. Empty lines are passed over.

It does not open an installation, and keeps nothing of what is asked.` + `

Exit codes: 0 it was answered, or every line was; 1 the one question has faults, or the batch could not be read or written; 2 the command line is wrong.`
}

func (c *decideCmd) Run(ctx context.Context, io streams) error {
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	switch {
	case c.Rule != "" && (c.Batch || c.List), c.Batch && c.List, c.Given != "" && c.Rule == "":
		return usage("name one rule with --given, or give --batch, or --list")
	case c.List:
		t := newTable(io.out, false, "RULE", "VERSION", "PROFILE", "NORMS")
		for _, r := range rules.Rules() {
			norms := make([]string, len(r.Norms()))
			for i, n := range r.Norms() {
				norms[i] = string(n)
			}
			t.row(r.Name(), fmt.Sprint(r.Version()), r.Profile(), strings.Join(norms, " "))
		}
		return t.end(nil)
	case c.Batch:
		return rules.Batch(ctx, io.in, io.out)
	case c.Rule == "":
		return usage("name a rule, or give --batch or --list")
	}
	given := c.Given
	if given == "" {
		given = "{}"
	}
	reply, err := rules.Ask(c.Rule, 0, []byte(given), nil)
	if err != nil {
		problem, encodeErr := canon.Encode(map[string]rule.Problem{"error": rule.ProblemOf(err)})
		if encodeErr != nil {
			return encodeErr
		}
		fmt.Fprintf(io.out, "%s\n", problem)
		return exit(exitFailed)
	}
	b := rule.AppendReasons(fmt.Appendf(nil, `{"answer":%s,"reasons":`, reply.Answer), reply.Reasons)
	fmt.Fprintf(io.out, "%s,\"rule_version\":%d}\n", b, reply.Version)
	return nil
}

type openapiCmd struct{}

func (openapiCmd) Help() string {
	return `The same document as at /v1/openapi.json. It does not need an installation.` + usual
}

func (openapiCmd) Run(io streams) error {
	spec, err := app.Spec()
	if err == nil {
		_, err = io.out.Write(spec)
	}
	return err
}
