package app

import (
	"context"
	"fmt"

	"zorgplicht/appropriateness/store"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
	poststore "zorgplicht/post/store"
)

// A desk is what the stores of the rooms share within one transaction.
type desk struct {
	pen    func(*sqldb.Tx, journal.Fact) error
	open   func(*sqldb.Tx, ident.Hash) ([]byte, error)
	people store.People

	casework *caseworkstore.Store
	post     *poststore.Store
}

func (a *App) furnishJournal() {
	a.desk.pen = journalstore.Pen{Salt: random}.Append
	a.desk.open = journalstore.Sealed
}

// sequencer moves waiting facts into the tree and signs checkpoints.
func (a *App) sequencer() *journalstore.Sequencer {
	return &journalstore.Sequencer{
		DB: a.db, Signer: a.Keys.Signer(), Now: a.Now,
		Failed: func(err error) { a.Log.Error("sequence", "error", err.Error()) },
	}
}

// sequence runs until ctx ends.
func (a *App) sequence(ctx context.Context) { a.sequencer().Run(ctx) }

// Settle moves every waiting fact into the tree now.
func (a *App) Settle(ctx context.Context) error {
	if err := a.ownJournal(ctx); err != nil {
		return err
	}
	for {
		n, err := a.sequencer().Step(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
}

// ownJournal refuses a journal that was signed by other keys than these, which a
// node with a folder of its own would otherwise go on with in another name.
func (a *App) ownJournal(ctx context.Context) error {
	msg, err := a.Checkpoint(ctx)
	if fault.Has(err, "no-checkpoint") {
		return nil
	}
	if err != nil {
		return err
	}
	if _, signed, err := journal.OpenCheckpoint(msg, a.Keys.Verifier()); err != nil || !signed {
		return fmt.Errorf("the journal was signed by other keys than those in %s: every node needs the keys of the installation (zorgplicht keys restore)", a.KeysDir())
	}
	return nil
}
