package main

import (
	"fmt"
	"slices"
	"strings"

	"zorgplicht/app"
	"zorgplicht/canon"
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
	Ask      creditAskCmd      `cmd:"" help:"Ask any of the calculations with the facts as JSON."`
}

// asJSON is the flag that all calculations share.
type asJSON struct {
	JSON bool `help:"Print answer and reasons as JSON." name:"json"`
}

// ask asks a rule and prints the answer, for people or for programs.
func (j asJSON) ask(io streams, name string, given []byte) error {
	rules, err := app.Registry()
	if err != nil {
		return err
	}
	reply, err := rules.Ask(name, 0, given, nil)
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

type creditRateCmd struct {
	asJSON
	Sum     string `required:"" help:"What the client receives, in euros."`
	Payment string `required:"" help:"What the client pays each month."`
	Months  int    `required:"" help:"How many payments."`
	Fee     string `help:"Costs paid at the start."`
}

func (creditRateCmd) Help() string {
	return `For other schedules, with several drawdowns, dates or unequal amounts: credit ask effective_rate --given JSON.` + usual
}

func (c *creditRateCmd) Run(io streams) error {
	flow := func(amount, t string) map[string]any { return map[string]any{"amount": amount, "t": t} }
	run := flow("-"+c.Payment, "1/12")
	run["step"], run["count"] = "1/12", c.Months
	flows := []any{flow(c.Sum, "0"), run}
	if c.Fee != "" {
		flows = append(flows, flow("-"+c.Fee, "0"))
	}
	return c.ask(io, "effective_rate", canon.Must(map[string]any{"convention": "equal_months", "flows": flows, "enclosure": true}))
}

type creditDurationCmd struct {
	asJSON
	Limit   string `required:"" help:"The credit limit, in euros."`
	Payment string `required:"" help:"The instalment of each term."`
	Rate    string `required:"" help:"The rate per term as a fraction, such as 0.00423."`
	Terms   string `default:"12" help:"Terms a year."`
}

func (creditDurationCmd) Help() string {
	return `Takes equal terms only; it does not take phases: for those, credit ask theoretical_duration.` + usual
}

func (c *creditDurationCmd) Run(io streams) error {
	return c.ask(io, "theoretical_duration", object("K", c.Limit, "T", c.Payment, "im", c.Rate, "m", c.Terms))
}

type creditPriceCmd struct {
	asJSON
	Charge string `required:"" help:"The monthly charge, in euros."`
	Months string `required:"" help:"How many months."`
	Sum    string `help:"The credit sum or limit, to tell the charge apart."`
}

func (creditPriceCmd) Help() string {
	return `The last instalment counts in full, as article 1 has it: it does not tell what is really paid.` + usual
}

func (c *creditPriceCmd) Run(io streams) error {
	return c.ask(io, "credit_total_price", object("K", c.Sum, "maandlast", c.Charge, "n_months", c.Months))
}

type creditCeilingCmd struct {
	asJSON
	Date string `arg:"" help:"The day, as 2006-01-01."`
}

func (creditCeilingCmd) Help() string {
	return `It does not judge an agreement: for that, credit ask maximum_charge_for_agreement. A legal interest without a second source is marked.` + usual
}

func (c *creditCeilingCmd) Run(io streams) error {
	return c.ask(io, "maximum_charge_on", object("date", c.Date))
}

type creditAmountCmd struct {
	asJSON
	Maximum string `required:"" help:"The maximum a year as a fraction, such as 0.16."`
	Balance string `help:"The outstanding balance, in euros."`
}

func (creditAmountCmd) Help() string {
	return `Amounts are rounded down. It does not look up the maximum: for that, credit ceiling.` + usual
}

func (c *creditAmountCmd) Run(io streams) error {
	return c.ask(io, "maximum_charge_amount", object("i", c.Maximum, "R", c.Balance))
}

type creditAskCmd struct {
	asJSON
	Rule  string `arg:"" help:"Name of the calculation."`
	Given string `required:"" help:"The facts, as a JSON object." placeholder:"JSON"`
}

// creditRules are the calculations that credit ask takes.
var creditRules = []string{
	"effective_rate", "interval_years", "theoretical_duration", "theoretical_term", "credit_total_price", "total_price", "displayed_monthly_charge",
	"maximum_charge_on", "maximum_charge_for_agreement", "maximum_charge_amount", "maximum_charge", "balance_statement", "outstanding_balance",
	"credit_conclusion_check", "commission", "commission_schedule",
}

func (creditAskCmd) Help() string {
	return `Calculations: ` + strings.Join(creditRules, ", ") + `. For a file of questions: decide --batch.` + usual
}

func (c *creditAskCmd) Run(io streams) error {
	if !slices.Contains(creditRules, c.Rule) {
		return usage("name one of " + strings.Join(creditRules, ", "))
	}
	return c.ask(io, c.Rule, []byte(c.Given))
}
