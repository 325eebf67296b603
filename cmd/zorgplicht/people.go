package main

import (
	"context"
	"fmt"
	"strings"
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

type staffCmd struct {
	Add  staffAddCmd  `cmd:"" help:"Let somebody in. Prints the password when none is given."`
	List staffListCmd `cmd:"" help:"List the accounts of a firm."`
}

type staffAddCmd struct {
	place
	forFirm
	Email        string    `arg:"" help:"Address to sign in with."`
	Name         string    `required:"" help:"Name as colleagues know it."`
	Role         []string  `required:"" help:"Roles: handler, compliance, operator, supervisor, author, reviewer, publisher." enum:"handler,compliance,operator,supervisor,author,reviewer,publisher"`
	Until        time.Time `help:"End of the account, as 2027-01-01; needed for a supervisor." format:"2006-01-02"`
	PasswordFile string    `help:"File whose first line is the password." type:"existingfile"`
	JSON         bool      `help:"Print one JSON object."`
}

func (c *staffAddCmd) Help() string {
	return `The password is made and printed once, unless a file gives one.

It does not change an account that exists.` + usual
}

func (c *staffAddCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		password := ""
		if c.PasswordFile != "" {
			if password, err = app.ReadPassphrase(c.PasswordFile); err != nil {
				return err
			}
		}
		account := staff.Account{Firm: firm, Email: c.Email, Name: c.Name, Until: c.Until}
		for _, r := range c.Role {
			account.Roles = append(account.Roles, staff.Role(r))
		}
		account, made, err := a.Staff.AddAccount(ctx, account, password)
		if err != nil {
			return err
		}
		said := []string{"account", account.Email}
		if password == "" {
			said = append(said, "password", made)
		}
		return fields(io.out, c.JSON, said...)
	})
}

type staffListCmd struct {
	place
	forFirm
	JSON bool `help:"One JSON object a line."`
}

func (c *staffListCmd) Help() string {
	return `It does not show passwords; the store does not hold them.` + usual
}

func (c *staffListCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		accounts, err := a.Staff.Accounts(ctx, firm)
		t := newTable(io.out, c.JSON, "ID", "EMAIL", "NAME", "ROLES")
		for _, s := range accounts {
			roles := make([]string, len(s.Roles))
			for i, r := range s.Roles {
				roles[i] = string(r)
			}
			t.row(s.ID, s.Email, s.Name, strings.Join(roles, ","))
		}
		return t.end(err)
	})
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
	Scope []string  `required:"" help:"What it may do: toetspogingen:lezen, toetspogingen:schrijven, regels:vragen, instellingen:lezen, instellingen:schrijven, distributie:lezen, distributie:schrijven, vragen:lezen, vragen:schrijven." enum:"toetspogingen:lezen,toetspogingen:schrijven,regels:vragen,instellingen:lezen,instellingen:schrijven,distributie:lezen,distributie:schrijven,vragen:lezen,vragen:schrijven"`
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
