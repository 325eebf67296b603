package main

import (
	"context"
	"fmt"
	"time"

	"zorgplicht/app"
	"zorgplicht/ident"
	"zorgplicht/staff"
)

type firmCmd struct {
	Add  firmAddCmd  `cmd:"" help:"Take a firm into the installation."`
	List firmListCmd `cmd:"" help:"List the firms."`

	Agree    firmAgreeCmd    `cmd:"" help:"Record a distribution agreement between two firms."`
	EndAgree firmEndAgreeCmd `cmd:"" name:"end-agreement" help:"Give an agreement its last day."`
}

type firmAddCmd struct {
	place
	Name      string `arg:"" help:"Name as clients know it."`
	OnePerson bool   `help:"The firm is one person."`
}

func (c *firmAddCmd) Help() string {
	return `Prints the id of the firm. On an empty folder it makes the keys and the tables first.

It does not make accounts (staff add) or put a test to use (test publish).` + usual
}

func (c *firmAddCmd) Run(ctx context.Context, io streams) error {
	return c.make(ctx, func(a *app.App) error {
		f, err := a.Party.AddFirm(ctx, c.Name, c.OnePerson)
		if err == nil {
			fmt.Fprintln(io.out, f.ID)
		}
		return err
	})
}

type firmListCmd struct {
	place
	JSON bool `help:"One JSON object a line."`
}

func (c *firmListCmd) Help() string {
	return `It does not show clients or accounts.` + usual
}

func (c *firmListCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firms, err := a.Party.Firms(ctx)
		t := newTable(io.out, c.JSON, "ID", "NAME")
		for _, f := range firms {
			t.row(string(f.ID), f.Name)
		}
		return t.end(err)
	})
}

// A forFirm names a firm of the installation; one that is alone need not be named.
type forFirm struct {
	Firm string `help:"Id of the firm; not needed when there is one." env:"ZORGPLICHT_FIRM"`
}

func (f forFirm) find(ctx context.Context, a *app.App) (ident.Firm, error) {
	if f.Firm != "" {
		firm, err := a.Party.Firm(ctx, ident.Firm(f.Firm))
		return firm.ID, err
	}
	firms, err := a.Party.Firms(ctx)
	switch {
	case err != nil:
		return "", err
	case len(firms) == 0:
		return "", fmt.Errorf("there is no firm yet: add one with zorgplicht firm add")
	case len(firms) > 1:
		return "", fmt.Errorf("there are %d firms: name one with --firm (see zorgplicht firm list)", len(firms))
	}
	return firms[0].ID, nil
}

type tokenCmd struct {
	Add    tokenAddCmd    `cmd:"" help:"Make a token. Its secret is printed once."`
	List   tokenListCmd   `cmd:"" help:"List the tokens of a firm."`
	Revoke tokenRevokeCmd `cmd:"" help:"End a token at once."`
}

type tokenAddCmd struct {
	place
	forFirm
	Name  string    `arg:"" help:"What the token is for."`
	Scope []string  `required:"" help:"What it may do: toetspogingen:lezen, toetspogingen:schrijven, regels:vragen, instellingen:lezen, instellingen:schrijven, distributie:lezen, distributie:schrijven, vragen:lezen, vragen:schrijven, toetsen:lezen, toetsen:schrijven, webhooks:lezen, webhooks:schrijven, krediet:lezen, krediet:schrijven, kredietaanvragen:lezen, kredietaanvragen:schrijven, provisie:lezen, provisie:schrijven, regelsets:lezen, regelsets:schrijven, regelsets:beslissen, doorlichten:lezen, doorlichten:schrijven, klachten:lezen, klachten:schrijven, incidenten:lezen, incidenten:schrijven, advies:lezen, advies:schrijven, bewaren:lezen, bewaren:schrijven, inzagen:lezen, geschillen:lezen, geschillen:schrijven, betrouwbaarheid:lezen, betrouwbaarheid:schrijven, post:lezen, post:schrijven, oorzaken:lezen, oorzaken:schrijven, zaken:lezen, zaken:schrijven." enum:"toetspogingen:lezen,toetspogingen:schrijven,regels:vragen,instellingen:lezen,instellingen:schrijven,distributie:lezen,distributie:schrijven,vragen:lezen,vragen:schrijven,toetsen:lezen,toetsen:schrijven,webhooks:lezen,webhooks:schrijven,krediet:lezen,krediet:schrijven,kredietaanvragen:lezen,kredietaanvragen:schrijven,provisie:lezen,provisie:schrijven,regelsets:lezen,regelsets:schrijven,regelsets:beslissen,doorlichten:lezen,doorlichten:schrijven,klachten:lezen,klachten:schrijven,incidenten:lezen,incidenten:schrijven,advies:lezen,advies:schrijven,bewaren:lezen,bewaren:schrijven,inzagen:lezen,geschillen:lezen,geschillen:schrijven,betrouwbaarheid:lezen,betrouwbaarheid:schrijven,post:lezen,post:schrijven,oorzaken:lezen,oorzaken:schrijven,zaken:lezen,zaken:schrijven"`
	Until time.Time `required:"" help:"End of the token, as 2027-01-01." format:"2006-01-02"`
}

func (c *tokenAddCmd) Help() string {
	return `Prints the secret, which is shown this once.

It does not let people sign in; that is staff add.` + usual
}

func (c *tokenAddCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		t := staff.Token{Firm: firm, Name: c.Name, Until: c.Until}
		for _, s := range c.Scope {
			t.Scopes = append(t.Scopes, staff.Scope(s))
		}
		_, secret, err := a.Staff.AddToken(ctx, t)
		if err == nil {
			fmt.Fprintln(io.out, secret)
		}
		return err
	})
}

type tokenListCmd struct {
	place
	forFirm
	JSON bool `help:"One JSON object a line."`
}

func (c *tokenListCmd) Help() string {
	return `It does not show secrets; the store does not hold them.` + usual
}

func (c *tokenListCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		tokens, err := a.Staff.Tokens(ctx, firm)
		t := newTable(io.out, c.JSON, "ID", "NAME", "UNTIL", "REVOKED")
		for _, k := range tokens {
			revoked := ""
			if !k.Revoked.IsZero() {
				revoked = k.Revoked.Format(time.DateOnly)
			}
			t.row(k.ID, k.Name, k.Until.Format(time.DateOnly), revoked)
		}
		return t.end(err)
	})
}

type tokenRevokeCmd struct {
	place
	forFirm
	ID string `arg:"" help:"Id of the token, from token list."`
}

func (c *tokenRevokeCmd) Help() string {
	return `A program with this token is refused from its next request on. It does not remove the token from the list, and cannot be undone.` + usual
}

func (c *tokenRevokeCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		return a.Staff.RevokeToken(ctx, firm, c.ID)
	})
}
