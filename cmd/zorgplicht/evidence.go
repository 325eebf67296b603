package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht"
	"zorgplicht/app"
	"zorgplicht/appropriateness"
	"zorgplicht/journal"
	"zorgplicht/journal/dossier"
)

type verifyCmd struct {
	place
	Dossier string   `arg:"" optional:"" help:"A dossier, verified without any store; without it the whole journal is." type:"existingfile"`
	Key     string   `help:"Public key of the installation, or a file that holds it. For the journal the installation's own is used." placeholder:"KEY"`
	Earlier []string `help:"Signed checkpoints handed out before; the journal must still hold what they saw." type:"existingfile"`
	JSON    bool     `help:"Print the report as JSON."`
}

func (c *verifyCmd) Help() string {
	return `Reads every fact, payload, leaf, hash and checkpoint. Without --key the journal is held against the key of the installation itself: whoever replaced that key too is found only by a --key, or an --earlier checkpoint, that was kept outside.

It does not change anything, does not say who changed what, and does not ask decisions again, but for those of a dossier (see replay).` + `

Exit codes: 0 all holds; 3 something was changed, or was not signed by this key; 4 all holds, but no key was given, so nobody checked who signed; 1 it could not be read; 2 the command line is wrong.`
}

func (c *verifyCmd) Run(ctx context.Context, io streams) error {
	verifier, err := verifierOf(c.Key)
	if err != nil {
		return err
	}
	if c.Dossier != "" {
		r, err := app.VerifyDossier(ctx, c.Dossier, verifier)
		if err != nil {
			return err
		}
		return c.tellDossier(io, r)
	}
	r, err := c.journal(ctx, io, verifier)
	if err != nil {
		return err
	}
	return c.tell(io, r, r)
}

func (c *verifyCmd) journal(ctx context.Context, io streams, v note.Verifier) (r *journal.Report, err error) {
	var earlier [][]byte
	for _, file := range c.Earlier {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		earlier = append(earlier, b)
	}
	err = c.look(ctx, func(a *app.App) error {
		r, err = a.Verify(ctx, v, earlier, progress(io, c.JSON, "verifying"))
		return err
	})
	return r, err
}

// verifierOf reads a key as given, or from the file of that name.
func verifierOf(key string) (note.Verifier, error) {
	if key == "" {
		return nil, nil
	}
	if b, err := os.ReadFile(key); err == nil {
		key = string(b)
	}
	v, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return nil, errors.New("key: neither a public key (name+digits+letters) nor a file that holds one")
	}
	return v, nil
}

// progress shows on the error stream how far a long work is.
func progress(io streams, quiet bool, what string) func(done, total int64) {
	if quiet || !terminal(io.err) {
		return nil
	}
	last := int64(-1)
	return func(done, total int64) {
		if percent := done * 100 / max(total, 1); percent != last {
			last = percent
			fmt.Fprintf(io.err, "\r%s: %d%%", what, percent)
			if done >= total {
				fmt.Fprintln(io.err)
			}
		}
	}
}

// tellDossier adds what only a dossier has: who says to have signed it, and its
// decisions asked again.
func (c *verifyCmd) tellDossier(io streams, r *dossier.Report) error {
	if !c.JSON {
		if r.Subject != "" { // it could be read that far
			fmt.Fprintf(io.out, "dossier of %s, made %s\nsigned by key %s\n", r.Subject, r.Made.Format("2006-01-02 15:04:05 MST"), r.KeyID)
		}
		if r.Documents > 0 {
			fmt.Fprintf(io.out, "%d documents are byte for byte what a fact names\n", r.Documents)
		}
		if r.Replay != nil {
			tellReplayed(io, r.Replay)
		}
	}
	if err := c.tell(io, &r.Report, r); err != nil {
		return err
	}
	if !r.Green() {
		return exit(exitFound)
	}
	return nil
}

func (c *verifyCmd) tell(io streams, r *journal.Report, whole any) error {
	if c.JSON {
		if err := json.NewEncoder(io.out).Encode(whole); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(io.out, "%d facts, %d payloads, %d erased, %d waiting, tree of %d, %d checkpoints, %d earlier ones held\n",
			r.Facts, r.Payloads, r.Erased, r.Waiting, r.Size, r.Checkpoints, r.Earlier)
		if r.Latest != nil {
			fmt.Fprintf(io.out, "latest checkpoint: size %d of %s\n", r.Latest.Size, r.Latest.At.Format("2006-01-02 15:04:05 MST"))
		}
		for _, f := range r.Findings {
			fmt.Fprintf(io.out, "FOUND  %s\n", f)
		}
		if hidden := r.Found - int64(len(r.Findings)); hidden > 0 {
			fmt.Fprintf(io.out, "and %d more\n", hidden)
		}
		fmt.Fprintf(io.out, "signer: %s\n", r.Signer)
	}
	switch {
	case !r.Green() || r.Signer == journal.SignerWrong:
		return exit(exitFound)
	case r.Signer == journal.SignerNotChecked && r.Size > 0:
		return exit(exitUnchecked)
	}
	if !c.JSON {
		fmt.Fprintln(io.out, "everything holds")
	}
	return nil
}

type checkpointCmd struct{ place }

func (c *checkpointCmd) Help() string {
	return `Keep it outside the house: later, verify --earlier proves that the journal still holds what it saw. It does not sign a new one; serve does that.` + usual
}

func (c *checkpointCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		note, err := a.Checkpoint(ctx)
		if err == nil {
			_, err = io.out.Write(note)
		}
		return err
	})
}

type replayCmd struct {
	place
	JSON bool `help:"Print the outcome as JSON."`
}

func (c *replayCmd) Help() string {
	return `Each decision is asked of the version of the rule that gave it, and outcome, reasons, norms and values are compared. It does not change anything, and does not prove that what was recorded is what happened (see verify).` + `

Exit codes: 0 every decision came out as it was recorded; 3 one did not; 1 it could not be read; 2 the command line is wrong.`
}

func (c *replayCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		r, err := a.Replay(ctx, nil)
		if err != nil {
			return err
		}
		if c.JSON {
			if err := json.NewEncoder(io.out).Encode(r); err != nil {
				return err
			}
		} else {
			tellReplayed(io, r)
		}
		if !r.Green() {
			return exit(exitFound)
		}
		return nil
	})
}

func tellReplayed(io streams, r *journal.Replayed) {
	fmt.Fprintf(io.out, "%d facts, %d decisions asked again, %d the same\n", r.Facts, r.Decisions, r.Same)
	for _, u := range r.Unequal {
		fmt.Fprintf(io.out, "DIFFERS  fact %s, rule %s %s\n", u.Fact, u.Rule, u.Problem)
		for _, d := range u.Differences {
			fmt.Fprintf(io.out, "         %+v\n", d)
		}
	}
}

type dossierCmd struct {
	place
	forFirm
	Attempt string `arg:"" help:"Id of the attempt."`
	File    string `arg:"" help:"File to write; it must not exist yet." type:"path"`
}

func (c *dossierCmd) Help() string {
	return `The journal records that the file was made. The file holds the answers of one client in the clear. It does not hold the key of the installation: whoever verifies has that from elsewhere.` + usual
}

func (c *dossierCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		firm, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := a.WriteDossier(ctx, operator(firm), appropriateness.AttemptID(c.Attempt), &b); err != nil {
			return err
		}
		if err := writeNew(c.File, b.Bytes()); err != nil {
			return err
		}
		fmt.Fprintf(io.out, "written to %s; anyone verifies it with zorgplicht verify %s --key KEY\n", c.File, c.File)
		return nil
	})
}

// writeNew writes a file that only this user may read, and overwrites nothing.
func writeNew(file string, b []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

type versionCmd struct{}

func (versionCmd) Help() string {
	return `It does not open an installation.` + usual
}

func (versionCmd) Run(io streams) error {
	_, err := fmt.Fprintf(io.out, "zorgplicht %s\n", zorgplicht.Version)
	return err
}
