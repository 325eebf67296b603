package main

import (
	"context"
	"fmt"
	"os"

	"zorgplicht/app"
)

type backupCmd struct {
	place
	File string `arg:"" help:"File to write; it must not exist yet." type:"path"`
}

func (c *backupCmd) Help() string {
	return `The store keeps serving meanwhile; the backup is of one moment. Either engine restores it. Portfolios that were loaded come in a second file beside it, FILE.portfolios.zip. It does not hold the keys (keys backup), and is not encrypted: keep it as the store itself.` + usual
}

func (c *backupCmd) Run(ctx context.Context, io streams) error {
	return c.look(ctx, func(a *app.App) error {
		if err := a.Backup(ctx, c.File); err != nil {
			return err
		}
		fmt.Fprintf(io.out, "written to %s; the keys are apart: zorgplicht keys backup\n", c.File)
		if _, err := os.Stat(app.BooksBeside(c.File)); err == nil {
			fmt.Fprintf(io.out, "the portfolios lie beside it: keep %s with it\n", app.BooksBeside(c.File))
		}
		return nil
	})
}

type restoreCmd struct {
	place
	Owner  string `help:"Address of the owner of the PostgreSQL, who makes the tables." env:"ZORGPLICHT_OWNER"`
	File   string `arg:"" help:"A backup." type:"existingfile"`
	Reason string `required:"" help:"Why it is restored; kept in the journal."`
}

func (c *restoreCmd) Help() string {
	return `The keys of the installation must lie in the folder already (keys restore). Portfolios come from FILE.portfolios.zip where that lies beside the backup; without it, runs say that their file is missing. On PostgreSQL give two addresses: --owner makes the tables, and --database is the login that serves and writes the fact. That it was restored, and why, becomes a fact.

It does not write into a store that holds anything, and nothing of a file that is damaged or signed by other keys. What was erased after the backup was made must be erased again.` + usual
}

func (c *restoreCmd) Run(ctx context.Context, io streams) error {
	if err := app.Restore(ctx, c.config(), c.Owner, c.File, c.Reason); err != nil {
		return err
	}
	fmt.Fprintln(io.out, "restored; run zorgplicht verify")
	return nil
}

type keysCmd struct {
	Show    keysShowCmd    `cmd:"" help:"Print the public key, to give to whoever verifies."`
	Backup  keysBackupCmd  `cmd:"" help:"Write the keys to one file, encrypted under a passphrase."`
	Restore keysRestoreCmd `cmd:"" help:"Read the keys from their backup into the data folder."`
}

type keysShowCmd struct{ place }

func (c *keysShowCmd) Help() string {
	return `It does not show the private keys.` + usual
}

func (c *keysShowCmd) Run(io streams) error {
	b, err := os.ReadFile(c.config().PublicKeyFile())
	if err == nil {
		_, err = io.out.Write(b)
	}
	return err
}

type keysBackupCmd struct {
	place
	File       string `arg:"" help:"File to write; it must not exist yet." type:"path"`
	Passphrase string `required:"" help:"File whose first line is the passphrase, at least 12 characters." type:"existingfile" name:"passphrase-file"`
}

func (c *keysBackupCmd) Help() string {
	return `It does not hold the store (backup).` + usual
}

func (c *keysBackupCmd) Run(io streams) error {
	passphrase, err := app.ReadPassphrase(c.Passphrase)
	if err != nil {
		return err
	}
	sealed, err := app.SealKeys(c.config().KeysDir(), passphrase)
	if err != nil {
		return err
	}
	if err = writeNew(c.File, sealed); err == nil {
		fmt.Fprintf(io.out, "written to %s; without the passphrase it is of no use\n", c.File)
	}
	return err
}

type keysRestoreCmd struct {
	place
	File       string `arg:"" help:"Backup of the keys." type:"existingfile"`
	Passphrase string `required:"" help:"File whose first line is the passphrase." type:"existingfile" name:"passphrase-file"`
}

func (c *keysRestoreCmd) Help() string {
	return `It does not overwrite keys.` + usual
}

func (c *keysRestoreCmd) Run(io streams) error {
	passphrase, err := app.ReadPassphrase(c.Passphrase)
	if err != nil {
		return err
	}
	sealed, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	if err := app.RestoreKeys(c.config().KeysDir(), passphrase, sealed); err != nil {
		return err
	}
	fmt.Fprintln(io.out, "the keys are back")
	return nil
}
