package main

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/app"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/party"
)

type firmAgreeCmd struct {
	place
	Provider    string    `required:"" help:"Id of the firm that owns the test."`
	Distributor string    `required:"" help:"Id of the firm whose clients take it."`
	Product     string    `required:"" help:"Product, as the tests name it: mortgage, individual_disability_insurance and so on."`
	From        time.Time `help:"First day, as 2027-01-01; today when not given." format:"2006-01-02"`
	Until       time.Time `help:"Last day; without it the agreement has no end." format:"2006-01-02"`
}

func (c *firmAgreeCmd) Help() string {
	return `Offers and accepts in the name of both firms, and prints the id of the agreement. Both journals keep both facts.

It does not ask either firm: their own people offer and accept on the page Distributie.` + usual
}

func (c *firmAgreeCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		agreement, err := a.Agree(ctx, party.Offer{
			Distributor: ident.Firm(c.Distributor), Product: c.Product, From: day(c.From), Until: day(c.Until),
		}, ident.Firm(c.Provider))
		if err == nil {
			fmt.Fprintln(io.out, agreement.ID)
		}
		return err
	})
}

type firmEndAgreeCmd struct {
	place
	forFirm
	ID     string    `arg:"" help:"Id of the agreement."`
	Last   time.Time `help:"Last day, as 2027-01-01; today when not given." format:"2006-01-02"`
	Reason string    `required:"" help:"Why it ends; both firms read it."`
}

func (c *firmEndAgreeCmd) Help() string {
	return `From the day after its last one nobody starts a test under the agreement. Who began before goes on.

It does not stop tests that were begun, and cannot be undone.` + usual
}

func (c *firmEndAgreeCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		return a.EndAgreement(ctx, firm, party.Ending{Agreement: c.ID, Last: day(c.Last), Reason: c.Reason})
	})
}

// day is the day of a flag, zero where it was not given.
func day(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	d, _ := calendar.New(t.Year(), t.Month(), t.Day())
	return d
}
