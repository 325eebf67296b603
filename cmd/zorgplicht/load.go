package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"time"

	"zorgplicht/app"
)

type loadCmd struct {
	Dir       string        `default:"." help:"Folder in which the folder of the nodes is made, and removed again." type:"existingdir"`
	Database  string        `help:"Address of a migrated, empty PostgreSQL, which stays full of made-up clients. Without it one node serves on SQLite." placeholder:"ADDRESS"`
	Nodes     int           `default:"2" help:"Nodes that serve at once; on SQLite it is one."`
	Handlers  int           `default:"50" help:"Staff who handle complaints."`
	Clients   int           `default:"200" help:"Clients who file complaints and take tests."`
	For       time.Duration `default:"10m" help:"How long all that goes on."`
	KillEvery time.Duration `default:"45s" help:"A node is killed so often and started again at once; 0 for never."`
	Think     time.Duration `default:"2s" help:"What a person thinks between two pages: from half to one and a half of it."`
	Patience  time.Duration `default:"5m" help:"How long letters may take to leave once nobody writes any more."`
	Seed      uint64        `default:"1" help:"Dice of the persons and the kills. The order in which persons come differs each time all the same."`
	JSON      bool          `help:"Print one JSON object instead of text."`
}

func (c *loadCmd) Help() string {
	return `Starts the nodes as processes of their own, lets staff and clients use them through pages and API, kills nodes without warning, and then reads everything back: nothing that was acknowledged may be lost, no letter may come twice, none that was promised may lack, no request may fail without a kill near it, and the journal must verify. Letters go to a mail server within this command.

Each person has an address of their own, as behind a balancer, and signs in once, so that limits and password hashing weigh as on real days. The load runs on the same machine as the nodes and takes a part of it.

It touches no installation: a database that holds a firm is refused.

Exit codes: 0 all holds; 1 something was lost or wrong, or it could not be found out; 2 the command line is wrong.`
}

func (c *loadCmd) Run(ctx context.Context, io streams) error {
	if c.Nodes < 1 || c.Handlers < 1 || c.Clients < 1 || c.For <= 0 || c.KillEvery < 0 || c.Think < 0 {
		return usage("give at least 1 node, handler and client, and no time below 0")
	}
	if c.Database == "" {
		c.Nodes = 1
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(c.Dir, "zorgplicht-load-")
	if err != nil {
		return err
	}
	r, err := app.Load(ctx, app.Config{Data: dir, Database: c.Database}, app.LoadOptions{
		Program: self, Nodes: c.Nodes, Handlers: c.Handlers, Clients: c.Clients, For: c.For, KillEvery: c.KillEvery, Think: c.Think, Patience: c.Patience, Seed: c.Seed,
		Progress: func(what string) {
			if terminal(io.err) {
				fmt.Fprintf(io.err, "\r\x1b[K%s …\r", what)
			}
		},
	})
	if err != nil {
		return err
	}
	if r.Good() {
		os.RemoveAll(dir)
	}
	if c.JSON {
		err = json.NewEncoder(io.out).Encode(r)
	} else {
		store := "SQLite"
		if c.Database != "" {
			store = "PostgreSQL"
		}
		fmt.Fprintf(io.out, "%s, %s/%s, %d cores, %d nodes on %s, %d handlers and %d clients who think %s to %s between two pages, seed %d\n",
			time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), c.Nodes, store, c.Handlers, c.Clients, c.Think/2, c.Think*3/2, c.Seed)
		err = r.Write(io.out)
	}
	if err != nil || r.Good() {
		return err
	}
	fmt.Fprintf(io.err, "the logs of the nodes lie in %s\n", dir)
	return exit(exitFailed)
}
