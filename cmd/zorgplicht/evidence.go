package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/app"
	"zorgplicht/journal"
)

type verifyCmd struct {
	place
	Dossier string   `arg:"" optional:"" help:"A dossier, verified without any store; without it the whole journal is." type:"existingfile"`
	Key     string   `help:"Public key of the installation, or a file that holds it. For the journal the installation's own is used." placeholder:"KEY"`
	Earlier []string `help:"Signed checkpoints handed out before; the journal must still hold what they saw." type:"existingfile"`
	JSON    bool     `help:"Print the report as JSON."`
}

func (c *verifyCmd) Help() string {
	return `Exit codes: 0 all holds; 3 something was changed; 4 all holds, but no key was given, so nobody checked who signed; 1 it could not be read.`
}

func (c *verifyCmd) Run(ctx context.Context, io streams) error {
	verifier, err := verifierOf(c.Key)
	if err != nil {
		return err
	}
	var r *journal.Report
	{
		r, err = c.journal(ctx, io, verifier)
	}
	if err != nil {
		return err
	}
	return c.tell(io, r)
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
	err = c.with(ctx, func(a *app.App) error {
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
	if quiet {
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

func (c *verifyCmd) tell(io streams, r *journal.Report) error {
	if c.JSON {
		if err := json.NewEncoder(io.out).Encode(r); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(io.out, "%d facts, %d payloads, %d erased, %d waiting, tree of %d, %d checkpoints, %d earlier ones held\n",
			r.Facts, r.Payloads, r.Erased, r.Waiting, r.Size, r.Checkpoints, r.Earlier)
		if r.Latest != nil {
			fmt.Fprintf(io.out, "latest checkpoint: size %d of %s\n", r.Latest.Size, r.Latest.At.Format("2006-01-02 15:04:05 MST"))
		}
		for _, f := range r.Findings {
			fmt.Fprintf(io.out, "CHANGED  %s\n", f)
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

func (c *checkpointCmd) Run(ctx context.Context, io streams) error {
	return c.with(ctx, func(a *app.App) error {
		note, err := a.Checkpoint(ctx)
		if err == nil {
			_, err = io.out.Write(note)
		}
		return err
	})
}
