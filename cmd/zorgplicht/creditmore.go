package main

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"zorgplicht/canon"
)

// pipe is where one part of a command writes what another reads.
func pipe() (*io.PipeReader, *io.PipeWriter) { return io.Pipe() }

// given writes a count that was given, "" for none.
func given(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// A fact is a fact of a question by its name; empty ones are left out.
type fact struct {
	name  string
	text  string // a text, or a number that is read exactly
	json  string // JSON, instead of text
	flag  string // that gave it; its name unless said
	usual string // that the flag has unless given
}

func (f fact) given() string {
	if f.text == f.usual {
		return f.json
	}
	return f.text + f.json
}

func (f fact) from() string {
	return "--" + cmp.Or(f.flag, strings.ReplaceAll(f.name, "_", "-"))
}

func question(facts ...fact) ([]byte, error) {
	all := map[string]canon.Raw{}
	for _, f := range facts {
		switch {
		case f.json != "" && !json.Valid([]byte(f.json)):
			return nil, usage("write " + f.from() + " as JSON")
		case f.json != "":
			b, err := canon.Canonical([]byte(f.json))
			if err != nil {
				return nil, usage("write " + f.from() + " as JSON")
			}
			all[f.name] = b
		case f.text != "":
			all[f.name] = canon.Must(f.text)
		}
	}
	return canon.Must(all), nil
}

// put asks a rule a question, or each of a batch.
func (j asJSON) put(ctx context.Context, io streams, name string, facts ...fact) error {
	given, at := make([]string, len(facts)), flagsAt{}
	for i, f := range facts {
		given[i], at["/"+f.name] = f.given(), f.from()
	}
	if j.Batch {
		return j.each(ctx, io, name, given...)
	}
	asked, err := question(facts...)
	if err != nil {
		return err
	}
	return j.ask(io, name, asked, at)
}

func whole(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

type creditPlanCmd struct {
	asJSON
	Kind        string `help:"annuity, linear, interest_only or revolving." default:"annuity"`
	Amount      string `help:"What is borrowed, in euros."`
	Rate        string `help:"Nominal rate a year in percent, such as 7.5."`
	Months      int64  `help:"How many months; not of a revolving credit."`
	Payment     string `help:"What is paid each month; of a revolving credit."`
	Fee         string `help:"Costs paid at the start."`
	MonthlyFee  string `help:"Costs paid each month."`
	Balloon     string `help:"Left to be paid with the last term."`
	EarlyMonth  int64  `help:"Month after which extra is repaid."`
	EarlyAmount string `help:"How much extra; all that is left unless given."`
	EarlyFee    string `help:"Charge on that, in percent."`
	Rows        bool   `help:"Answer every month."`
}

func (creditPlanCmd) Help() string {
	return `It does not take dates or several drawdowns: for those, credit account, or credit ask effective_rate.` + usual
}

func (c *creditPlanCmd) Run(ctx context.Context, io streams) error {
	rows := ""
	if c.Rows {
		rows = "true"
	}
	return c.put(ctx, io, "credit_plan", fact{name: "kind", text: c.Kind, usual: "annuity"}, fact{name: "amount", text: c.Amount}, fact{name: "rate_percent", text: c.Rate, flag: "rate"},
		fact{name: "months", json: whole(c.Months)}, fact{name: "payment", text: c.Payment}, fact{name: "fee", text: c.Fee}, fact{name: "monthly_fee", text: c.MonthlyFee},
		fact{name: "balloon", text: c.Balloon}, fact{name: "early_month", json: whole(c.EarlyMonth)}, fact{name: "early_amount", text: c.EarlyAmount},
		fact{name: "early_fee_percent", text: c.EarlyFee, flag: "early-fee"}, fact{name: "rows", json: rows})
}

type creditFiguresCmd struct {
	asJSON
	Terms string `help:"The terms of the product, as the JSON that credit_figures takes." placeholder:"JSON"`
}

func (creditFiguresCmd) Help() string {
	return `It makes no document: for that, credit paper tabel or credit paper prospectus.` + usual
}

func (c *creditFiguresCmd) Run(ctx context.Context, io streams) error {
	if c.Batch {
		return c.each(ctx, io, "credit_figures", c.Terms)
	}
	if err := lacks("--terms", c.Terms); err != nil {
		return err
	}
	return c.ask(io, "credit_figures", []byte(c.Terms), flagsAt{"": "--terms"})
}

type creditAccountCmd struct {
	asJSON
	Rates    string `help:"Rates by day, as [{\"from\":\"2026-01-01\",\"rate_percent\":9.8}]." placeholder:"JSON"`
	Entries  string `help:"What was drawn, charged and paid, as [{\"on\":\"2026-01-05\",\"kind\":\"draw\",\"amount\":1000}]." placeholder:"JSON"`
	Until    string `help:"Through this day."`
	Counting string `help:"month_days or act_365." default:"month_days"`
	Settled  bool   `help:"A final account."`
}

func (creditAccountCmd) Help() string {
	return `It makes no document: for that, credit paper saldo or credit paper afrekening.` + usual
}

func (c *creditAccountCmd) Run(ctx context.Context, io streams) error {
	settled := ""
	if c.Settled {
		settled = "true"
	}
	return c.put(ctx, io, "credit_account", fact{name: "rates", json: c.Rates}, fact{name: "entries", json: c.Entries}, fact{name: "until", text: c.Until},
		fact{name: "counting", text: c.Counting, usual: "month_days"}, fact{name: "settled", json: settled})
}

type creditChangeCmd struct {
	asJSON
	On      string `help:"Day of the change."`
	Old     string `help:"Nominal rate a year before, in percent."`
	New     string `help:"Nominal rate a year after, in percent."`
	Balance string `help:"What is owed on that day."`
	Payment string `help:"What is paid each month."`
	Charge  string `help:"vast or variabel: of a fixed charge nothing is told." default:"variabel"`
}

func (creditChangeCmd) Help() string {
	return `It makes no document: for that, credit paper wijziging.` + usual
}

func (c *creditChangeCmd) Run(ctx context.Context, io streams) error {
	return c.put(ctx, io, "charge_change", fact{name: "on", text: c.On}, fact{name: "old_percent", text: c.Old, flag: "old"}, fact{name: "new_percent", text: c.New, flag: "new"},
		fact{name: "balance", text: c.Balance}, fact{name: "payment", text: c.Payment}, fact{name: "charge", text: c.Charge, usual: "variabel"})
}

type creditWatchCmd struct {
	asJSON
	Concluded string `help:"Day of the agreement."`
	Charge    string `help:"vast or variabel."`
	Rates     string `help:"Effective rates by day, as [{\"from\":\"2005-06-01\",\"effective_percent\":20}]." placeholder:"JSON"`
	AsOf      string `help:"The day asked."`
	Ended     string `help:"Day on which it ended."`
	Falls     string `help:"yes or no: whether the balance only fell since the points changed, which the transition rule asks." enum:"yes,no," default:""`
}

func (creditWatchCmd) Help() string {
	return `A legal interest without a second source is marked. It does not watch a portfolio: give --batch a line an agreement.` + usual
}

func (c *creditWatchCmd) Run(ctx context.Context, io streams) error {
	return c.put(ctx, io, "ceiling_watch", fact{name: "concluded", text: c.Concluded}, fact{name: "charge", text: c.Charge}, fact{name: "rates", json: c.Rates},
		fact{name: "as_of", text: c.AsOf}, fact{name: "ended", text: c.Ended}, fact{name: "balance_only_falls", flag: "falls", json: map[string]string{"yes": "true", "no": "false"}[c.Falls]})
}
