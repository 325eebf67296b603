package app

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"zorgplicht/appropriateness/starter"
	"zorgplicht/complaint"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/staff"
)

// LoadOptions say who comes, for how long, and how often a node is killed.
type LoadOptions struct {
	Program   string        // file of the program that serves
	Nodes     int           // how many serve at once
	Handlers  int           // staff who work complaints by the pages
	Clients   int           // who file complaints, follow them and take tests
	For       time.Duration // how long all that goes on
	KillEvery time.Duration // a node is killed so often, and started again at once; 0 for never
	Think     time.Duration // what a person thinks between two pages: from half to one and a half of it
	Patience  time.Duration // how long letters may take to leave once nobody writes any more
	Seed      uint64
	Progress  func(what string)
}

// A loadHouse is an installation under load: its nodes, who use it, and what each of
// them was told was done.
type loadHouse struct {
	LoadOptions
	config   Config
	firm     ident.Firm
	secret   string // of a program
	accounts []loadAccount
	line     *loadLine
	nodes    []*loadNode
	post     *loadSink

	mu      sync.Mutex
	matters map[string]*loadMatter // by their mark
	claimed map[string]bool        // complaints that a handler took up, by id
	tests   []*loadTest
}

type loadAccount struct{ email, password string }

// Load lets staff and clients use an installation of several nodes at once, kills a node
// now and then, and then holds everything that was acknowledged against what is there.
// It makes a firm of its own, so it refuses an installation that holds one. What is
// wrong stands in the report; the error is of what kept it from being found out.
func Load(ctx context.Context, c Config, o LoadOptions) (r LoadReport, err error) {
	h := &loadHouse{LoadOptions: o, config: c, matters: map[string]*loadMatter{}, claimed: map[string]bool{}}
	if err := h.furnish(ctx); err != nil {
		return r, err
	}
	if h.post, err = newLoadSink(o.Seed); err != nil {
		return r, err
	}
	defer h.post.close()
	h.line = newLoadLine()
	defer h.line.close()
	defer h.stop() //nolint:errcheck // an orderly end asks for the error itself
	for n := range o.Nodes {
		node, err := h.newNode(n)
		if err != nil {
			return r, err
		}
		h.nodes, h.line.nodes = append(h.nodes, node), append(h.line.nodes, node.url)
	}
	began := time.Now()
	if err := h.crowd(ctx); err != nil {
		return r, err
	}
	took := time.Since(began)
	r = h.line.report()
	r.Seconds = took.Seconds()
	if err := h.check(ctx, &r); err != nil {
		return r, err
	}
	r.Faults = append(r.Faults, h.line.found()...)
	return r, ctx.Err()
}

// furnish makes the firm, with a procedure, a test in use, a token and the accounts of
// the handlers, whose passwords are hashed as anybody's.
func (h *loadHouse) furnish(ctx context.Context) error {
	h.Progress("a firm and its staff")
	a, err := Open(ctx, h.config)
	if err != nil {
		return err
	}
	defer a.Close()
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return err
	}
	if len(firms) > 0 {
		return fault.New(fault.Conflict, "store-not-empty", "load fills the store with made-up clients")
	}
	f, err := a.Party.AddFirm(ctx, "Hypotheekhuis De Linde", false)
	if err != nil {
		return err
	}
	h.firm = f.ID
	if _, err := a.Appropriateness.Publish(ctx, operator(f.ID), starter.Hypotheek); err != nil {
		return err
	}
	if _, h.secret, err = a.Staff.AddToken(ctx, staff.Token{Firm: f.ID, Name: "Website", Scopes: staff.Scopes}); err != nil {
		return err
	}
	err = a.Complaint.SetProcedure(ctx, operator(f.ID), 0, complaint.ProcedureText{Terms: complaint.Usual, DisputeBody: demoDisputeBody, Text: demoProcedure})
	if err != nil {
		return err
	}
	h.accounts = make([]loadAccount, h.Handlers)
	return together(ctx, h.Handlers, 4, func(i int) error {
		one, password, err := a.Staff.AddAccount(ctx, staff.Account{
			Firm: f.ID, Name: fmt.Sprintf("Behandelaar %d", i+1), Email: fmt.Sprintf("behandelaar%d@delinde.example", i+1), Roles: []staff.Role{staff.Handler},
		}, "")
		h.accounts[i] = loadAccount{one.Email, password}
		return err
	})
}

// crowd lets everybody in, each with dice of their own, until the time is over.
func (h *loadHouse) crowd(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, h.For)
	defer cancel()
	var all sync.WaitGroup
	for i := range h.Handlers + h.Clients {
		p := &loadPerson{loadHouse: h, number: i, at: i % h.Nodes, dice: h.dice(i + 1)}
		live := p.client
		if i < h.Handlers {
			live = p.handler
		}
		all.Go(func() { live(ctx) })
	}
	all.Go(func() { h.watch(ctx) })
	err := h.killing(ctx, h.dice(0))
	all.Wait()
	return err
}

// watch tells how far it is.
func (h *loadHouse) watch(ctx context.Context) {
	for start, beat := time.Now(), time.NewTicker(time.Second); ; {
		select {
		case <-ctx.Done():
			beat.Stop()
			return
		case <-beat.C:
			asked, broken, kills := h.line.counts()
			h.Progress(fmt.Sprintf("%s of %s: %d requests answered, %d kills, %d lines broken by them", time.Since(start).Round(time.Second), h.For, asked, kills, broken))
		}
	}
}

// dice are those of one person: the same seed gives the same choices, though the order
// in which people come differs each time.
func (h *loadHouse) dice(n int) *mathrand.Rand {
	return mathrand.New(mathrand.NewPCG(h.Seed, uint64(n)))
}

// killing kills a node now and then, drawn by dice, and starts it again.
func (h *loadHouse) killing(ctx context.Context, dice *mathrand.Rand) error {
	for h.KillEvery > 0 {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(h.KillEvery*3/4 + time.Duration(dice.Int64N(int64(h.KillEvery)/2))):
		}
		node := h.nodes[dice.IntN(len(h.nodes))]
		back := h.line.killed()
		node.kill()
		if err := node.start(); err != nil {
			return err
		}
		back()
	}
	<-ctx.Done()
	return nil
}

// stop ends the nodes as an operator would.
func (h *loadHouse) stop() error {
	var errs []error
	for _, n := range h.nodes {
		errs = append(errs, n.stop())
	}
	return errors.Join(errs...)
}

// logOf is where a node writes its log.
func (h *loadHouse) logOf(n int) string {
	return filepath.Join(h.config.Data, fmt.Sprintf("load-node-%d.log", n+1))
}
