package main

import (
	"context"
	"fmt"
	"strings"

	"zorgplicht/app"
	"zorgplicht/canon"
	"zorgplicht/commission"
)

type commissionCmd struct {
	Run       commissionRunCmd       `cmd:"" help:"Compute what every intermediary gets over a month."`
	Statement commissionStatementCmd `cmd:"" help:"Show what a month gives for each contract of one intermediary."`
}

type commissionRunCmd struct {
	place
	forFirm
	Month string `arg:"" help:"A month that is over, as 2026-10."`
	JSON  bool   `help:"Print one JSON object." name:"json"`
}

func (c *commissionRunCmd) Help() string {
	return `Asks the rule commission_month of every agreement in the credit portfolio, with its balance on the last day of the month, and keeps what came out. A run of the same month that was not approved is overtaken.

It does not approve and pays nothing: a member of staff does, below /werk/provisie.` + usual
}

// failedRun says what to do about a run that failed.
var failedRun = map[string]string{
	"no-month-end":        "the portfolio has no stand of the last day of that month: read the balances of that day first",
	"contracts-unordered": "the portfolio names an agreement twice: mend that first",
}

func (c *commissionRunCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		r, err := a.ComputeMonth(ctx, firm, c.Month)
		if err != nil {
			return err
		}
		if r.State == commission.RunFailed {
			return fmt.Errorf("the run failed, %s: %s", r.Why, failedRun[r.Why])
		}
		if c.JSON {
			_, err := fmt.Fprintf(io.out, "%s\n", canon.Must(runSaid(r)))
			return err
		}
		if err := fields(io.out, false, "run", r.ID, "month", commission.MonthKey(r.Month), "contracts", fmt.Sprint(r.Rows), "to-pay", commission.EuroText(r.Total()), "root", r.Root.String()); err != nil {
			return err
		}
		t := newTable(io.out, false, "OUTCOME", "CONTRACTS", "BALANCE", "COMMISSION", "NORM")
		for _, n := range r.Outcomes {
			t.row(string(n.Outcome), fmt.Sprint(n.Rows), commission.EuroText(n.Balance), commission.EuroText(n.Amount), string(n.Outcome.Norm()))
		}
		return t.end(nil)
	})
}

// shareSaid is what an intermediary gets, as programs read it.
type shareSaid struct {
	Code        string `json:"code"`
	Contracts   int    `json:"contracts"`
	Amount      string `json:"amount"`
	Corrections string `json:"corrections"`
	Carried     string `json:"carried"`
	Total       string `json:"total"`
	Pay         string `json:"pay"`
}

// monthSaid is a run, as programs read it.
type monthSaid struct {
	Run       string         `json:"run"`
	Month     string         `json:"month"`
	State     string         `json:"state"`
	Contracts int            `json:"contracts"`
	Root      string         `json:"root"`
	Pay       string         `json:"pay"`
	Outcomes  map[string]int `json:"outcomes"`
	Shares    []shareSaid    `json:"shares"`
}

func shareOf(r commission.Run, s commission.Share) shareSaid {
	e := commission.EuroText
	return shareSaid{r.Used(s.Agreement).Code, s.Rows, e(s.Amount), e(s.Corrected), e(s.Carried), e(s.Total), e(s.Pay())}
}

func runSaid(r commission.Run) monthSaid {
	m := monthSaid{r.ID, commission.MonthKey(r.Month), string(r.State), r.Rows, r.Root.String(), commission.EuroText(r.Total()), map[string]int{}, []shareSaid{}}
	for _, n := range r.Outcomes {
		m.Outcomes[string(n.Outcome)] = n.Rows
	}
	for _, s := range r.Shares {
		m.Shares = append(m.Shares, shareOf(r, s))
	}
	return m
}

type commissionStatementCmd struct {
	place
	forFirm
	Month   string `arg:"" help:"The month, as 2026-10."`
	Partner string `arg:"" help:"Code of the intermediary, as the agreements have it."`
	JSON    bool   `help:"One JSON object a line: first the sums, then each contract." name:"json"`
}

func (c *commissionStatementCmd) Help() string {
	return `Of the run of that month that holds or waits for approval. The same statement as page, PDF and CSV lies below /werk/provisie.` + usual
}

func (c *commissionStatementCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		r, err := a.CommissionOf(ctx, firm, c.Month)
		if err != nil {
			return err
		}
		partner := strings.ToUpper(c.Partner)
		share, used, err := r.Share(r.ByCode(partner).ID)
		if err != nil {
			return err
		}
		if c.JSON {
			if _, err := fmt.Fprintf(io.out, "%s\n", canon.Must(shareOf(r, share))); err != nil {
				return err
			}
		} else {
			e := commission.EuroText
			if err := fields(io.out, false, "intermediary", used.Name, "state", string(r.State), "amount", e(share.Amount), "corrections", e(share.Corrected), "carried", e(share.Carried), "to-pay", e(share.Pay())); err != nil {
				return err
			}
		}
		t := newTable(io.out, c.JSON, "CONTRACT", "BALANCE", "PERCENT", "OUTCOME", "NORM", "COMMISSION")
		err = a.EachCommission(ctx, firm, r.ID, partner, func(l commission.Line) error {
			t.row(l.Ref, commission.EuroText(l.Balance), l.Percent.String(), string(l.Outcome), string(l.Outcome.Norm()), commission.EuroText(l.Amount))
			return nil
		})
		return t.end(err)
	})
}
