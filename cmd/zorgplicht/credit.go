package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"zorgplicht/app"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// creditCmd are the calculations of credit: short ways to ask the same rules as
// decide does.
type creditCmd struct {
	Rate     creditRateCmd     `cmd:"" help:"Effective rate of a loan in equal monthly payments."`
	Duration creditDurationCmd `cmd:"" help:"Theoretical duration of a revolving credit (Bijlage 9)."`
	Price    creditPriceCmd    `cmd:"" help:"Total price: monthly charge times months."`
	Ceiling  creditCeilingCmd  `cmd:"" help:"Highest effective rate on a day, with the source of the legal interest."`
	Amount   creditAmountCmd   `cmd:"" help:"Highest charge in euros under a maximum rate."`
	Plan     creditPlanCmd     `cmd:"" help:"Month by month: interest, repayment, balance, and what it costs in all."`
	Figures  creditFiguresCmd  `cmd:"" help:"Figures with which a product is advertised, and its four examples."`
	Account  creditAccountCmd  `cmd:"" help:"Specified statement or final account of a credit, by dates."`
	Change   creditChangeCmd   `cmd:"" help:"What the notice of a changed variable charge says."`
	Watch    creditWatchCmd    `cmd:"" help:"Whether an agreement is above its maximum, and since when."`
	Paper    creditPaperCmd    `cmd:"" help:"Make a document: advertising table, prospectus figures, statement, final account or notice."`
	Proof    creditProofCmd    `cmd:"" help:"Try random schedules: every rate and printed decimal against arithmetic of 60 digits."`
	Ask      creditAskCmd      `cmd:"" help:"Ask any of the calculations with the facts as JSON."`
}

// byteOrderMark is what some editors put before a text.
var byteOrderMark = []byte("\ufeff")

// asJSON is the flag that all calculations share.
type asJSON struct {
	JSON  bool `help:"Print answer and reasons as JSON." name:"json"`
	Batch bool `help:"Read the facts of a question from each line of standard input, as JSON, and answer each on a line with its number as id."`
}

// each answers the facts on each line of standard input by one rule. The flags that
// give facts are for one question: with a batch they are refused.
func (j asJSON) each(ctx context.Context, io streams, name string, given ...string) error {
	if strings.Join(given, "") != "" {
		return usage("--batch takes the facts from standard input: leave out what gives the facts of one question")
	}
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	r, w := pipe()
	go func() {
		nr, lines := 0, bufio.NewReader(io.in)
		for {
			line, err := lines.ReadBytes('\n')
			if nr++; nr == 1 {
				line = bytes.TrimPrefix(line, byteOrderMark)
			}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				if !json.Valid(line) {
					line = []byte(`"no JSON"`) // answered as a question with a fault, like any other
				}
				if _, err := fmt.Fprintf(w, "{\"id\":%d,\"rule\":%q,\"given\":%s}\n", nr, name, line); err != nil {
					return
				}
			}
			if err != nil {
				w.CloseWithError(err) // at the end of the input it is io.EOF, which ends the batch
				return
			}
		}
	}()
	return rules.Batch(ctx, r, io.out)
}

// lacks says which flags a question needs that were not given.
func lacks(pairs ...string) error {
	var names []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			names = append(names, pairs[i])
		}
	}
	if names == nil {
		return nil
	}
	return usage("give " + strings.Join(names, ", ") + ", or --batch")
}

// ask asks a rule and prints the answer, for people or for programs. at says which
// flag gave what stands at a pointer.
func (j asJSON) ask(io streams, name string, given []byte, at flagsAt) error {
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	reply, err := rules.Ask(name, 0, given, nil)
	if err != nil && !j.JSON {
		return at.told(err)
	}
	if err != nil {
		problem, encodeErr := canon.Encode(map[string]rule.Problem{"error": rule.ProblemOf(err)})
		if encodeErr != nil {
			return encodeErr
		}
		fmt.Fprintf(io.out, "%s\n", problem)
		return exit(exitFailed)
	}
	if j.JSON {
		b := rule.AppendReasons(fmt.Appendf(nil, `{"answer":%s,"reasons":`, reply.Answer), reply.Reasons)
		fmt.Fprintf(io.out, "%s,\"rule_version\":%d}\n", b, reply.Version)
		return nil
	}
	answer, err := canon.Parse(reply.Answer)
	if err != nil {
		return err
	}
	t := newTable(io.out, false, "FIELD", "VALUE")
	for key, v := range answer.Members() {
		t.row(key, strings.Trim(string(v.Append(nil)), `"`))
	}
	if err := t.end(nil); err != nil {
		return err
	}
	for _, why := range reply.Reasons {
		fmt.Fprintf(io.out, "- %s (%s)\n", why.Text, why.Norm)
	}
	return nil
}

// flagsAt are the flags that gave the facts, by where these stand in the question.
type flagsAt map[string]string

// told leads each fault to the flag that it came from.
func (at flagsAt) told(err error) error {
	f := fault.As(err)
	if f == nil || len(f.Details) == 0 {
		return err
	}
	details := slices.Clone(f.Details)
	for i, d := range details {
		longest := -1
		for pointer, flag := range at {
			if rest, found := strings.CutPrefix(d.Pointer, pointer); found && (rest == "" || rest[0] == '/') && len(pointer) > longest {
				details[i].Pointer, longest = strings.TrimSpace(flag+" "+rest), len(pointer)
			}
		}
	}
	return fault.All(f.Reason, details)
}

// object writes the facts that were given, leaving out the empty ones.
func object(pairs ...string) []byte {
	facts := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			facts[pairs[i]] = pairs[i+1]
		}
	}
	return canon.Must(facts)
}

// fraction refuses a rate of one or more where a fraction is asked: that is a
// percentage that was not divided by a hundred.
func fraction(flag, text, like string) error {
	if d, err := money.Parse(text); err == nil && d.Cmp(money.Whole(1)) >= 0 {
		return usage(flag + ": give a fraction below one, such as " + like)
	}
	return nil
}

type creditRateCmd struct {
	asJSON
	Sum     string `help:"What the client receives, in euros."`
	Payment string `help:"What the client pays each month."`
	Months  int    `help:"How many payments."`
	Fee     string `help:"Costs paid at the start."`
}

func (creditRateCmd) Help() string {
	return `For other schedules, with several drawdowns, dates or unequal amounts: credit ask effective_rate --given JSON.` + usual
}

func (c *creditRateCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "effective_rate", c.Sum, c.Payment, given(c.Months), c.Fee)
	}
	if err := lacks("--sum", c.Sum, "--payment", c.Payment, "--months", given(c.Months)); err != nil {
		return err
	}
	flow := func(amount, t string) map[string]any { return map[string]any{"amount": amount, "t": t} }
	run := flow("-"+c.Payment, "1/12")
	run["step"], run["count"] = "1/12", c.Months
	flows := []any{flow(c.Sum, "0"), run}
	if c.Fee != "" {
		flows = append(flows, flow("-"+c.Fee, "0"))
	}
	return c.ask(io, "effective_rate", canon.Must(map[string]any{"convention": "equal_months", "flows": flows, "enclosure": true}),
		flagsAt{"/flows/0/amount": "--sum", "/flows/1/amount": "--payment", "/flows/1/count": "--months", "/flows/1/t": "--months", "/flows": "--months", "/flows/2/amount": "--fee"})
}

type creditDurationCmd struct {
	asJSON
	Limit   string `help:"The credit limit, in euros."`
	Payment string `help:"The instalment of each term."`
	Rate    string `help:"The rate per term as a fraction, such as 0.00423."`
	Terms   string `default:"12" help:"Terms a year."`
}

func (creditDurationCmd) Help() string {
	return `Takes equal terms only; it does not take phases: for those, credit ask theoretical_duration.` + usual
}

func (c *creditDurationCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "theoretical_duration", c.Limit, c.Payment, c.Rate)
	}
	if err := lacks("--limit", c.Limit, "--payment", c.Payment, "--rate", c.Rate); err != nil {
		return err
	}
	if err := fraction("--rate", c.Rate, "0.00423"); err != nil {
		return err
	}
	return c.ask(io, "theoretical_duration", object("K", c.Limit, "T", c.Payment, "im", c.Rate, "m", c.Terms), flagsAt{"/K": "--limit", "/T": "--payment", "/im": "--rate", "/m": "--terms"})
}

type creditPriceCmd struct {
	asJSON
	Charge string `help:"The monthly charge, in euros."`
	Months string `help:"How many months."`
	Sum    string `help:"The credit sum or limit, to tell the charge apart."`
}

func (creditPriceCmd) Help() string {
	return `The last instalment counts in full, as article 1 has it: it does not tell what is really paid.` + usual
}

func (c *creditPriceCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "credit_total_price", c.Charge, c.Months, c.Sum)
	}
	if err := lacks("--charge", c.Charge, "--months", c.Months); err != nil {
		return err
	}
	return c.ask(io, "credit_total_price", object("K", c.Sum, "maandlast", c.Charge, "n_months", c.Months), flagsAt{"/K": "--sum", "/maandlast": "--charge", "/n_months": "--months"})
}

type creditCeilingCmd struct {
	asJSON
	Date string `arg:"" optional:"" help:"The day, as 2006-01-01."`
}

func (creditCeilingCmd) Help() string {
	return `It does not judge an agreement: for that, credit ask maximum_charge_for_agreement. A legal interest without a second source is marked.` + usual
}

func (c *creditCeilingCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "maximum_charge_on", c.Date)
	}
	if err := lacks("a day", c.Date); err != nil {
		return err
	}
	return c.ask(io, "maximum_charge_on", object("date", c.Date), flagsAt{"/date": "the day"})
}

type creditAmountCmd struct {
	asJSON
	Maximum string `help:"The maximum a year as a fraction, such as 0.16."`
	Balance string `help:"The outstanding balance, in euros."`
}

func (creditAmountCmd) Help() string {
	return `Amounts are rounded down. It does not look up the maximum: for that, credit ceiling.` + usual
}

func (c *creditAmountCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "maximum_charge_amount", c.Maximum, c.Balance)
	}
	if err := lacks("--maximum", c.Maximum); err != nil {
		return err
	}
	if err := fraction("--maximum", c.Maximum, "0.16"); err != nil {
		return err
	}
	return c.ask(io, "maximum_charge_amount", object("i", c.Maximum, "R", c.Balance), flagsAt{"/i": "--maximum", "/R": "--balance"})
}

type creditAskCmd struct {
	asJSON
	Rule  string `arg:"" help:"Name of the calculation."`
	Given string `help:"The facts, as a JSON object." placeholder:"JSON"`
}

func (creditAskCmd) Help() string {
	return `Calculations: ` + strings.Join(credit.Calculations, ", ") + `. For a file of questions to several: decide --batch.` + usual
}

func (c *creditAskCmd) Run(ctx context.Context, io streams) error {
	if !slices.Contains(credit.Calculations, c.Rule) {
		return usage("name one of " + strings.Join(credit.Calculations, ", "))
	}
	if c.Batch {
		return c.each(ctx, io, c.Rule, c.Given)
	}
	if err := lacks("--given", c.Given); err != nil {
		return err
	}
	return c.ask(io, c.Rule, []byte(c.Given), nil)
}
