package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/journal/dossier"
	journalstore "zorgplicht/journal/store"
	"zorgplicht/rule"
)

// Verify proves the whole journal against its tree, with the installation's own
// key when v is nil, and against checkpoints handed out earlier.
func (a *App) Verify(ctx context.Context, v note.Verifier, earlier [][]byte, progress func(done, total int64)) (*journal.Report, error) {
	if v == nil {
		v = a.Keys.Verifier()
	}
	return journal.Verify(ctx, journalstore.Source{DB: a.db}, journal.VerifyOptions{
		Verifier: v, Earlier: earlier, Now: a.Now(), Progress: progress,
	})
}

// Checkpoint returns the newest signed checkpoint; fault.NotFound "no-checkpoint"
// while nothing was sequenced.
func (a *App) Checkpoint(ctx context.Context) ([]byte, error) { return a.reader().Latest(ctx) }

func (a *App) reader() journalstore.Reader { return journalstore.Reader{DB: a.db} }

// Replay asks every decision in the journal again, under the version of the rule
// that decided it, and compares.
func (a *App) Replay(ctx context.Context, progress func(done int64)) (*journal.Replayed, error) {
	r := a.reader()
	out, err := journal.Replay(ctx, r.All(ctx), a.Rules, func(f ident.Firm) rule.Opener { return r.Opener(ctx, f) }, progress)
	if err != nil {
		return nil, err
	}
	return out, errors.Join(a.replayRuns(ctx, out), a.replayLoans(ctx, out), a.replayCommission(ctx, out))
}

// WriteDossier writes all about one attempt as a zip that proves itself, and
// first records that by took it out of the house.
func (a *App) WriteDossier(ctx context.Context, by ident.Actor, id appropriateness.AttemptID, w io.Writer) error {
	if err := a.Appropriateness.TakenOut(ctx, by, id); err != nil {
		return err
	}
	x, err := a.reader().Extract(ctx, a.sequencer(), by.Firm, string(id))
	if err != nil {
		return fmt.Errorf("dossier of attempt %s: %w", id, err)
	}
	firm, err := a.Party.Firm(ctx, by.Firm)
	if err != nil {
		return err
	}
	documents, err := a.documentsOf(ctx, by, id, x.Facts)
	if err != nil {
		return err
	}
	return dossier.Write(w, x, dossier.Options{
		Signer: a.Keys.Signer(), Made: a.Now(), Title: "Toetspoging " + string(id), Owner: firm.Name,
		Happened: appropriateness.Happened, Sentence: a.sentence, Documents: documents,
	})
}

// documentsOf are the documents of an attempt that a fact still names: what was
// erased takes its documents along.
func (a *App) documentsOf(ctx context.Context, by ident.Actor, id appropriateness.AttemptID, facts []journal.Recorded) (list []dossier.Document, err error) {
	named := map[string]bool{}
	for _, f := range facts {
		for _, n := range dossier.NamedIn(f) {
			named[n.Name] = true
		}
	}
	kept, err := a.Appropriateness.AttemptDocuments(ctx, by, id)
	for _, d := range kept {
		if named[d.Name] {
			list = append(list, dossier.Document{Name: d.Name, Body: d.Body})
		}
	}
	return list, err
}

// sentence says a reason in Dutch, in the words of the rule that gave it.
func (a *App) sentence(d rule.Decision, why rule.Reason) string {
	r, ok := a.Rules.Rule(d.Rule, d.Version).(interface{ Render(rule.Reason) string })
	if !ok {
		return why.Code
	}
	return r.Render(why)
}

// VerifyDossier proves a dossier without store or network, and asks its decisions
// again.
func VerifyDossier(ctx context.Context, file string, v note.Verifier) (*dossier.Report, error) {
	rules, err := Registry()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return dossier.Verify(ctx, f, info.Size(), dossier.VerifyOptions{Verifier: v, Desk: rules})
}

// Backup writes the store as it is at one moment to a new file, and the portfolios
// to another beside it.
func (a *App) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(BooksBeside(file)); err == nil {
		return fault.New(fault.Conflict, "backup-exists", BooksBeside(file))
	}
	if err := sqldb.Backup(ctx, a.db, file); err != nil {
		return err
	}
	return a.backupBooks(ctx, BooksBeside(file))
}

const kindRestored = "house.restored/1"

type restored1 struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
	Rows   int64  `json:"rows"`
	Size   int64  `json:"size"` // of the tree in the backup
}

// Restore fills an empty store from a backup, with the portfolios beside it, and records in the journal that it
// did and why. The keys must be in place: the journal goes on under the same key.
// On PostgreSQL owner is the address of who makes the tables, and c names the
// login that serves, since nobody else may write a fact.
func Restore(ctx context.Context, c Config, owner, file, reason string) error {
	c, err := c.complete()
	if err != nil {
		return err
	}
	keys, err := readKeys(c.KeysDir())
	if err != nil {
		return fmt.Errorf("keys in %s: %w; restore them first (zorgplicht keys restore)", c.KeysDir(), err)
	}
	if err := keys.signed(ctx, file); err != nil {
		return err
	}
	if owner, err = ownerOf(ctx, c, owner); err != nil {
		return err
	}
	// Portfolios go first: a file that no store names yet does no harm.
	if err := restoreBooks(ctx, BooksBeside(file), filepath.Join(c.Data, "portfolios")); err != nil {
		return err
	}
	rows, err := sqldb.Restore(ctx, file, owner, Schemas())
	if err != nil {
		return err
	}
	a, err := Open(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.recordRestored(ctx, reason, rows); err != nil {
		return err
	}
	if err := a.destroyAgain(ctx); err != nil {
		return err
	}
	return a.Settle(ctx)
}

// ownerOf returns the address to restore with. A login with which nobody will
// serve is refused here, while nothing was written yet.
func ownerOf(ctx context.Context, c Config, owner string) (string, error) {
	if c.Database == "" {
		return c.Address(), nil
	}
	if owner == "" {
		return "", errors.New("on PostgreSQL give both addresses: of the owner, who makes the tables, and of the login that serves, who writes the fact. Nothing was written")
	}
	db, err := sqldb.Open(ctx, c.Database, sqldb.Options{PoolSize: 1})
	switch {
	case err == nil:
		return owner, db.Close()
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Unavailable):
		return "", err
	}
	return owner, nil // without tables yet
}

// signed refuses a backup whose journal was signed by other keys, before
// anything is written: the journal would go on in another name.
func (k *Keys) signed(ctx context.Context, file string) error {
	var newest int64
	var note []byte
	err := sqldb.Peek(ctx, file, "journal_checkpoint", []string{"number", "note"}, func(row []any) error {
		if number, ok := row[0].(int64); ok && number > newest {
			newest = number
			note, _ = row[1].([]byte)
		}
		return nil
	})
	if err != nil || newest == 0 {
		return err
	}
	if _, signed, err := journal.OpenCheckpoint(note, k.Verifier()); err != nil || !signed {
		return errors.New("the journal in the backup was signed by other keys; restore the keys that belong to it first. Nothing was written")
	}
	return nil
}

func (a *App) recordRestored(ctx context.Context, reason string, rows int64) error {
	counts, err := journalstore.Source{DB: a.db}.Counts(ctx)
	if err != nil {
		return err
	}
	at := a.Now()
	err = a.db.Write(ctx, journal.House, func(t *sqldb.Tx) error {
		return a.desk.pen(t, journal.Fact{
			ID: newID(), Firm: journal.House, Kind: kindRestored, Subject: "store", Valid: at, Recorded: at,
			Payload: canon.Must(restored1{operator(journal.House).String(), reason, rows, counts.Leaves}),
		})
	})
	if err != nil {
		return fmt.Errorf("record the restore: %w", err)
	}
	return a.Settle(ctx)
}
