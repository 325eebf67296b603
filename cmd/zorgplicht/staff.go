package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zorgplicht/app"
	"zorgplicht/ident"
	"zorgplicht/staff"
)

type staffCmd struct {
	Add  staffAddCmd  `cmd:"" help:"Let somebody in. Prints the password when none is given."`
	List staffListCmd `cmd:"" help:"List the accounts of a firm."`

	Reset   staffResetCmd   `cmd:"" help:"Give an account a new password. Prints it once."`
	Roles   staffRolesCmd   `cmd:"" help:"Give an account other roles or another end."`
	Block   staffBlockCmd   `cmd:"" help:"Keep an account out, and end its sessions."`
	Unblock staffUnblockCmd `cmd:"" help:"Let a blocked account in again."`
	SignOut staffSignOutCmd `cmd:"" help:"End all sessions of an account."`

	Provider staffProviderCmd `cmd:"" help:"Say where people of a firm sign in with OpenID Connect."`
}

type staffAddCmd struct {
	place
	forFirm
	Email        string    `arg:"" help:"Address to sign in with."`
	Name         string    `required:"" help:"Name as colleagues know it."`
	Role         []string  `required:"" help:"Roles: handler, compliance, operator, supervisor, author, reviewer, publisher, inspector." enum:"handler,compliance,operator,supervisor,author,reviewer,publisher,inspector"`
	Until        time.Time `help:"End of the account, as 2027-01-01; needed for a supervisor." format:"2006-01-02"`
	PasswordFile string    `help:"File whose first line is the password." type:"existingfile"`
	KeepPassword bool      `help:"Do not ask for another password at the first sign-in."`
	JSON         bool      `help:"Print one JSON object."`
}

func (c *staffAddCmd) Help() string {
	return `The password is made and printed once, unless a file gives one. Whoever signs in
with it chooses another before anything else, unless --keep-password is given.

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
		account := staff.Account{Firm: firm, Email: c.Email, Name: c.Name, Until: c.Until, MustChange: !c.KeepPassword}
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
		t := newTable(io.out, c.JSON, "ID", "EMAIL", "NAME", "ROLES", "UNTIL", "BLOCKED")
		for _, s := range accounts {
			roles := make([]string, len(s.Roles))
			for i, r := range s.Roles {
				roles[i] = string(r)
			}
			t.row(s.ID, s.Email, s.Name, strings.Join(roles, ","), dayOf(s.Until), dayOf(s.Blocked))
		}
		return t.end(err)
	})
}

// dayOf is the day of a moment in UTC, empty of none.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// A forAccount names an account of a firm.
type forAccount struct {
	place
	forFirm
	Email string `arg:"" help:"Address that the account signs in with."`
	JSON  bool   `help:"Print one JSON object."`
}

// do finds the account, does one thing to it, and says what came of it.
func (c *forAccount) do(ctx context.Context, io streams, fn func(*app.App, ident.Actor, staff.Account) ([]string, error)) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		accounts, err := a.Staff.Accounts(ctx, firm)
		if err != nil {
			return err
		}
		email := staff.FoldEmail(c.Email)
		i := slices.IndexFunc(accounts, func(s staff.Account) bool { return s.Email == email })
		if i < 0 {
			return fmt.Errorf("the firm has no account with this address (see zorgplicht staff list)")
		}
		said, err := fn(a, ident.Actor{Firm: firm, Kind: ident.House, ID: "zorgplicht"}, accounts[i])
		if err != nil {
			return err
		}
		return fields(io.out, c.JSON, append([]string{"account", email}, said...)...)
	})
}

type staffResetCmd struct{ forAccount }

func (c *staffResetCmd) Help() string {
	return `Prints a password that is made up. Whoever signs in with it chooses another before
anything else. All sessions of the account end.

It does not unblock an account that is blocked.` + usual
}

func (c *staffResetCmd) Run(ctx context.Context, io streams) error {
	return c.do(ctx, io, func(a *app.App, by ident.Actor, s staff.Account) ([]string, error) {
		password, err := a.Staff.ResetPassword(ctx, by, s.ID)
		return []string{"password", password}, err
	})
}

type staffRolesCmd struct {
	forAccount
	Role  []string  `required:"" help:"All roles from now on: handler, compliance, operator, supervisor, author, reviewer, publisher, inspector." enum:"handler,compliance,operator,supervisor,author,reviewer,publisher,inspector"`
	Until time.Time `help:"End of the account, as 2027-01-01; left out, it has none." format:"2006-01-02"`
}

func (c *staffRolesCmd) Help() string {
	return `Roles and end that are not named are gone. They hold from the next request on.

It does not take away the last operator who has no end: make another first.` + usual
}

func (c *staffRolesCmd) Run(ctx context.Context, io streams) error {
	return c.do(ctx, io, func(a *app.App, by ident.Actor, s staff.Account) ([]string, error) {
		var roles []staff.Role
		for _, r := range c.Role {
			roles = append(roles, staff.Role(r))
		}
		said := []string{"roles", strings.Join(c.Role, ",")}
		for _, clash := range staff.Clashes(roles) {
			said = append(said, "warning", fmt.Sprintf("%s and %s in one person", clash.A, clash.B))
		}
		return said, a.Staff.SetRoles(ctx, by, s.ID, roles, c.Until)
	})
}

type staffBlockCmd struct{ forAccount }

func (c *staffBlockCmd) Help() string {
	return `Nobody signs in with the account from this moment on, and its sessions end.

It does not remove the account: what it did stays traceable.` + usual
}

func (c *staffBlockCmd) Run(ctx context.Context, io streams) error {
	return c.do(ctx, io, func(a *app.App, by ident.Actor, s staff.Account) ([]string, error) {
		return []string{"state", "blocked"}, a.Staff.Block(ctx, by, s.ID)
	})
}

type staffUnblockCmd struct{ forAccount }

func (c *staffUnblockCmd) Help() string {
	return `It does not change the password; that is staff reset.` + usual
}

func (c *staffUnblockCmd) Run(ctx context.Context, io streams) error {
	return c.do(ctx, io, func(a *app.App, by ident.Actor, s staff.Account) ([]string, error) {
		return []string{"state", "open"}, a.Staff.Unblock(ctx, by, s.ID)
	})
}

type staffSignOutCmd struct{ forAccount }

func (c *staffSignOutCmd) Help() string {
	return `Whoever is signed in must sign in again, in every browser.

It does not change the password.` + usual
}

func (c *staffSignOutCmd) Run(ctx context.Context, io streams) error {
	return c.do(ctx, io, func(a *app.App, by ident.Actor, s staff.Account) ([]string, error) {
		return []string{"sessions", "ended"}, a.Staff.EndSessions(ctx, by, s.ID)
	})
}
