package main

import (
	"context"
	"encoding/json"
	"fmt"

	"zorgplicht/app"
)

type demoCmd struct {
	Data     string `default:"zorgplicht-demo" help:"Folder of the demo. Remove it to start anew." type:"path"`
	Database string `help:"Address of a migrated, empty PostgreSQL; without it the store is SQLite in the data folder."`
	door
	JSON bool `help:"Print one JSON object instead of text."`
}

func (c *demoCmd) Help() string {
	return `Prints the link, the accounts and a token, and serves until it is interrupted. A second start of the same folder keeps all that is there and gives a new link.

It does not touch an installation that is no demo: such a folder is refused. The firms and their clients do not exist.` + usual
}

func (c *demoCmd) Run(ctx context.Context, io streams) error {
	return c.serving(ctx, place{c.Data, c.Database}, io, func(a *app.App) error {
		shown := false
		d, err := a.Demo(ctx, func(done, of int) {
			if !c.JSON && terminal(io.err) {
				shown = true
				fmt.Fprintf(io.err, "\rmaking clients of the past: %d of %d", done, of)
			}
		})
		if shown {
			fmt.Fprintln(io.err)
		}
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(io.out).Encode(d)
		}
		return welcome(io, d)
	})
}

// welcome tells a visitor where to go.
func welcome(io streams, d app.Demo) error {
	fmt.Fprintf(io.out, "\nTake a test as a client:\n  %s\nTake the insurer's test as a client of the intermediary:\n  %s\n\nLook in as staff:\n  %s\n", d.TestLink, d.ModuleLink, d.StaffURL)
	firm := ""
	for _, s := range d.Accounts {
		if s.Firm != firm {
			firm = s.Firm
			fmt.Fprintf(io.out, "  %s\n", firm)
		}
		fmt.Fprintf(io.out, "    %-26s %-18s (%s)\n", s.Email, s.Password, s.Role)
	}
	_, err := fmt.Fprintf(io.out, "\nCall the API:\n  curl -H 'Authorization: Bearer %s' %s/toetspogingen\n\nStop with Ctrl-C. Everything lies in one folder; remove it to start anew.\n", d.APIToken, d.APIURL)
	return err
}
