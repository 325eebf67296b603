package main

import (
	"context"
	"errors"
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

func (c *decideCmd) Run(ctx context.Context, io streams) error {
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	switch {
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
		return errors.New("decide: name a rule, or give --batch or --list")
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

func (openapiCmd) Run(io streams) error {
	spec, err := app.Spec()
	if err == nil {
		_, err = io.out.Write(spec)
	}
	return err
}
