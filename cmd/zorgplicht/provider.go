package main

import (
	"context"
	"strings"

	"zorgplicht/app"
	"zorgplicht/staff"
)

type staffProviderCmd struct {
	Set    providerSetCmd    `cmd:"" help:"Set the provider of a firm, or replace it."`
	Show   providerShowCmd   `cmd:"" help:"Show the provider of a firm, without its secret."`
	Remove providerRemoveCmd `cmd:"" help:"Let people of a firm sign in with a password only."`
}

type providerSetCmd struct {
	place
	forFirm
	Issuer     string   `arg:"" help:"Address of the provider, as https://login.example.nl."`
	ClientID   string   `required:"" help:"How the provider knows this installation."`
	SecretFile string   `required:"" help:"File whose first line is the secret of the client." type:"existingfile"`
	Domain     []string `required:"" help:"Domains of the e-mail addresses of who signs in there."`
	JSON       bool     `help:"Print one JSON object."`
}

func (c *providerSetCmd) Help() string {
	return `Prints the path below the base URL to which the provider must send people back. The secret is kept in
the store, sealed under links.key, and stands in no fact.

It does not make accounts or give roles: whoever signs in there needs an account here
with the same e-mail address.` + usual
}

func (c *providerSetCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		secret, err := app.ReadPassphrase(c.SecretFile)
		if err != nil {
			return err
		}
		f := staff.Federation{Firm: firm, Issuer: c.Issuer, ClientID: c.ClientID, Domains: c.Domain}
		if err := a.Staff.SetFederation(ctx, f, secret); err != nil {
			return err
		}
		return fields(io.out, c.JSON, "issuer", c.Issuer, "return-path", "/werk/aanmelden/terug")
	})
}

type providerShowCmd struct {
	place
	forFirm
	JSON bool `help:"Print one JSON object."`
}

func (c *providerShowCmd) Help() string {
	return `It does not ask the provider whether it answers.` + usual
}

func (c *providerShowCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		f, err := a.Staff.Federation(ctx, firm)
		if err != nil {
			return err
		}
		return fields(io.out, c.JSON, "issuer", f.Issuer, "client", f.ClientID, "domains", strings.Join(f.Domains, ","))
	})
}

type providerRemoveCmd struct {
	place
	forFirm
}

func (c *providerRemoveCmd) Help() string {
	return `Sessions that began there go on until they end. It does not block accounts.` + usual
}

func (c *providerRemoveCmd) Run(ctx context.Context, _ streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		return a.Staff.RemoveFederation(ctx, firm)
	})
}
