// Command zorgplicht is the conduct system of a Dutch financial service provider.
//
// This is the front door: flags, signals, one file for each command. What a
// command does lies in app and in the rooms.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"zorgplicht/app"
)

// The exit codes, for scripts.
const (
	exitOK        = 0
	exitFailed    = 1 // it could not be done, or the input has faults
	exitUsage     = 2 // the command line is wrong
	exitFound     = 3 // verify and replay: something was changed, or decides otherwise now
	exitUnchecked = 4 // verify: all holds, but nobody checked who signed
)

// usual ends the help of a command without exit codes of its own.
const usual = "\n\nExit codes: 0 done; 1 it could not be done; 2 the command line is wrong."

// commands is the whole command line.
type commands struct {
	Demo       demoCmd       `cmd:"" help:"Make a demo firm in a folder and serve it, with a link to take a test and staff accounts."`
	Serve      serveCmd      `cmd:"" help:"Serve an installation. Stops cleanly on an interrupt."`
	Migrate    migrateCmd    `cmd:"" help:"Bring a store to the tables of this version. On PostgreSQL as the owner."`
	Firm       firmCmd       `cmd:"" help:"Add and list firms."`
	Staff      staffCmd      `cmd:"" help:"Add and list accounts of staff."`
	Token      tokenCmd      `cmd:"" help:"Add, list and revoke tokens of programs."`
	Test       testCmd       `cmd:"" help:"Check, publish and list knowledge-and-experience tests."`
	Link       linkCmd       `cmd:"" help:"Start a test for a client and print the link."`
	Decide     decideCmd     `cmd:"" help:"Ask a rule of the house, one question or a file of them."`
	Credit     creditCmd     `cmd:"" help:"Figures of credit: rate, duration, price, ceiling. The same rules as decide asks."`
	Commission commissionCmd `cmd:"" help:"What intermediaries get by the month on consumer credit."`
	Norms      normsCmd      `cmd:"" help:"Look up the norms of the decree and of the AFM."`
	Loans      loansCmd      `cmd:"" help:"The credit portfolio: read a file, hold it against the ceiling."`
	Screen     screenCmds    `cmd:"" help:"Hold a file of contracts against rules that the firm wrote."`
	Criteria   criteriaCmd   `cmd:"" help:"Look at a rule set that the firm wrote, before it is published."`
	Verify     verifyCmd     `cmd:"" help:"Prove that nothing in the journal, or in a dossier, was changed."`
	Replay     replayCmd     `cmd:"" help:"Ask every recorded decision again and compare."`
	Dossier    dossierCmd    `cmd:"" help:"Export all about one attempt as a file that proves itself."`
	Checkpoint checkpointCmd `cmd:"" help:"Print the latest signed checkpoint of the journal."`
	Backup     backupCmd     `cmd:"" help:"Write the whole store to one file. Keys are backed up apart."`
	Restore    restoreCmd    `cmd:"" help:"Fill an empty store from a backup."`
	Keys       keysCmd       `cmd:"" help:"Show the public key; back up and restore the keys."`
	Jobs       jobsCmd       `cmd:"" help:"Show the work that waits, runs or failed; let it be tried anew."`
	Openapi    openapiCmd    `cmd:"" help:"Print the description of the API (OpenAPI 3.1)."`
	Bench      benchCmd      `cmd:"" help:"Measure this machine against the budgets and print the ratios."`
	Load       loadCmd       `cmd:"" help:"Let staff and clients use several nodes while they are killed, and find out what was lost."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// A place is where an installation lies.
type place struct {
	Data     string `default:"zorgplicht-data" help:"Folder of the keys and, without --database, of the store." type:"path" env:"ZORGPLICHT_DATA"`
	Database string `help:"Address of PostgreSQL, postgres://…; without it the store is SQLite in the data folder." env:"ZORGPLICHT_DATABASE"`
}

func (p place) config() app.Config { return app.Config{Data: p.Data, Database: p.Database} }

// look opens the installation that stands here, runs fn, and closes it. Where
// none stands it makes none: whoever mistypes a folder gets no empty answer.
func (p place) look(ctx context.Context, fn func(*app.App) error) error {
	if err := p.config().Stands(); err != nil {
		return err
	}
	a, err := app.Open(ctx, p.config())
	if err != nil {
		return err
	}
	defer a.Close()
	return fn(a)
}

// with is look for a command that adds something: the facts it leaves get their
// place in the tree before it ends, whether or not anything serves.
func (p place) with(ctx context.Context, fn func(*app.App) error) error {
	if err := p.config().Stands(); err != nil {
		return err
	}
	return p.make(ctx, fn)
}

// make is with for a command that may be the first.
func (p place) make(ctx context.Context, fn func(*app.App) error) error {
	a, err := app.Open(ctx, p.config())
	if err != nil {
		return err
	}
	defer a.Close()
	if err := fn(a); err != nil {
		return err
	}
	return a.Settle(ctx)
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// terminal reports whether somebody looks on: a line that is written over again and
// again says nothing in a file.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// An exit is an error that only sets the exit code: what there is to say was said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// A usage is an error of the command line that only the command itself sees.
type usage string

func (u usage) Error() string { return string(u) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, io streams) int {
	var cli commands
	code := -1
	parser := kong.Must(&cli, kong.Name("zorgplicht"),
		kong.Description("The conduct system of a Dutch financial service provider: duty of care (zorgplicht) that can be shown."),
		kong.Writers(io.out, io.err), kong.Exit(func(c int) { code = c }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help": // as other programs have it
		args = append(args[1:], "--help")
	}
	parsed, err := parser.Parse(args)
	if code >= 0 {
		return code
	}
	if err != nil {
		tellUsage(io.err, err, args)
		return exitUsage
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(io)
	var e exit
	var u usage
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &e):
		return int(e)
	case errors.As(err, &u):
		fmt.Fprintf(io.err, "zorgplicht: %v\nRun %s --help to see what there is.\n", err, parsed.Selected().FullPath())
		return exitUsage
	}
	tell(io.err, err)
	return exitFailed
}
