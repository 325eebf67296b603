package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"

	"zorgplicht/app"
)

// A door is how an installation is reached.
type door struct {
	Listen  string   `default:"127.0.0.1:8080" help:"Address to listen on. Port 0 takes a free one." env:"ZORGPLICHT_LISTEN"`
	BaseURL string   `help:"Address as clients reach it; needed behind a proxy." env:"ZORGPLICHT_BASE_URL"`
	TLSCert string   `name:"tls-cert" help:"Certificate file, PEM." type:"path" env:"ZORGPLICHT_TLS_CERT"`
	TLSKey  string   `name:"tls-key" help:"Key of the certificate, PEM." type:"path" env:"ZORGPLICHT_TLS_KEY"`
	Proxy   []string `help:"Network of a proxy that is believed about address and TLS, such as 10.0.0.0/8." env:"ZORGPLICHT_PROXY"`
	Network []string `name:"webhook-network" help:"Closed network that webhooks may reach, also by plain http, such as 10.1.2.0/24." env:"ZORGPLICHT_WEBHOOK_NETWORK"`
	Upload  int64    `default:"2048" help:"Largest portfolio that pages and API take, in MB." placeholder:"MB" env:"ZORGPLICHT_UPLOAD"`
	Mail    mailbox  `embed:"" prefix:"mail-"`
	Rate    float64  `default:"20" help:"Requests a second allowed from one address; below 0 no limit." env:"ZORGPLICHT_RATE"`
}

// mostUpload is the largest file, in MB, that --upload can allow: a terabyte.
const mostUpload = 1 << 20

// serving opens the installation, listens, and serves until ctx ends. before is
// called once the address is known.
func (d door) serving(ctx context.Context, p place, io streams, before func(*app.App) error) error {
	if d.Upload < 1 || d.Upload > mostUpload {
		return usage(fmt.Sprintf("--upload: give a number of MB from 1 to %d", mostUpload))
	}
	c := p.config()
	c.Upload = d.Upload << 20
	c.TLSCert, c.TLSKey, c.BaseURL, c.Rate = d.TLSCert, d.TLSKey, d.BaseURL, d.Rate
	c.Log = slog.New(slog.NewJSONHandler(io.err, &slog.HandlerOptions{Level: slog.LevelInfo}))
	var err error
	if c.Proxies, err = networks("proxy", d.Proxy); err != nil {
		return err
	}
	c.Mail = d.Mail.config()
	if c.Networks, err = networks("webhook-network", d.Network); err != nil {
		return err
	}
	ln, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", d.Listen, err)
	}
	defer ln.Close()
	c.Listen = ln.Addr().String()
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := before(a); err != nil {
		return err
	}
	return a.Serve(ctx, ln)
}

func networks(flag string, texts []string) (all []netip.Prefix, err error) {
	for _, s := range texts {
		network, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %q is not a network such as 10.0.0.0/8", flag, s)
		}
		all = append(all, network)
	}
	return all, nil
}

type serveCmd struct {
	place
	door
}

func (c *serveCmd) Help() string {
	return `Makes the folder, the keys and the tables of SQLite when they are not there; tables on PostgreSQL are made by migrate. On an interrupt it finishes what is under way. The log goes to the error stream, one JSON object a line.

It does not serve plain http to other machines: give TLS files, or the proxy that does TLS.` + usual
}

func (c *serveCmd) Run(ctx context.Context, io streams) error {
	return c.serving(ctx, c.place, io, func(a *app.App) error {
		fmt.Fprintf(io.out, "zorgplicht serves %s\n", a.BaseURL)
		return nil
	})
}

type migrateCmd struct{ place }

func (c *migrateCmd) Help() string {
	return `On PostgreSQL give the address of the owner of the tables. Run it before a new version serves, after a backup.

It does not go back: an older version does not open a store that was migrated.` + usual
}

func (c *migrateCmd) Run(ctx context.Context, io streams) error {
	if err := app.Migrate(ctx, c.config()); err != nil {
		return err
	}
	fmt.Fprintln(io.out, "the store has the tables of this version")
	return nil
}
