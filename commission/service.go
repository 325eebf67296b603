package commission

import (
	"context"
	"iter"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/money"
)

// A Store keeps agreements, runs and corrections. What fn did to the Tx is kept
// whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	Agreements() ([]Agreement, error)       // by name
	Agreement(id string) (Agreement, error) // fault.NotFound "unknown-commission-agreement"
	SaveAgreement(Agreement) error
	NameOffice(a Agreement, office ident.Firm) error // in place of that of a; in the rows of both firms
	Received() ([]Receipt, error)                    // whose agreements name this firm
	Payer() (Payer, error)                           // empty while none was set
	SavePayer(Payer) error
	Runs() ([]Run, error)       // the latest month first, of one month the newest
	Run(id string) (Run, error) // locked till the end of an Update; fault.NotFound "unknown-commission-run"
	AddRun(Run) error
	SaveRun(Run) error
	Wake(run string, at time.Time) error // puts in the work
	AddBlock(run string, b Block) error
	DropBlocks(run string) error                                // all that it has
	EachBlock(run string, from int, fn func(Block) error) error // by number
	// ByHighest gives the lines of each block, the highest amount it may hold first.
	ByHighest(run string, fn func(highest money.Cents, body []byte) error) error
	BlockOf(run, ref string) (Block, error)             // in which the contract must stand; fault.NotFound "unknown-commission-contract"
	Corrections() ([]Correction, error)                 // the newest first
	AddCorrection(Correction) error                     //
	SettleCorrections(run string, ids []string) error   // they are in the statements of that run
	Once(string, ident.Hash, time.Time) ([]byte, error) //
	Keep(string, ident.Hash, []byte) error              //
	Append(journal.Fact) error
}

// A Book knows the contracts of a firm.
type Book interface {
	// Contracts gives every contract as it stood on the last day of a month, by its
	// reference, each once.
	Contracts(ctx context.Context, firm ident.Firm, last calendar.Date) iter.Seq2[Contract, error]
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store Store
	Book  Book
	Now   func() time.Time
	NewID func() string                                   // UUIDv7
	Salt  func() ident.Hash                               // 256 bits that nobody can foresee
	Known func(context.Context, ident.Firm) (bool, error) // whether this installation has that firm
	Alone func(context.Context, ident.Firm) (bool, error) // whether one person is the firm
}

func (s *Service) today() calendar.Date { return calendar.Of(s.Now()) }

// once does what a program asks under an idempotency key one time, and gives the
// kept reply after that. Without a key it just does it.
func once[T any](tx Tx, key, what string, now time.Time, do func() (T, error)) (reply T, err error) {
	if key == "" {
		return do()
	}
	request := ident.HashOf([]byte(what))
	prior, err := tx.Once(key, request, now)
	if err != nil {
		return reply, err
	}
	if prior != nil {
		return reply, canon.Decode(prior, &reply)
	}
	if reply, err = do(); err != nil {
		return reply, err
	}
	return reply, tx.Keep(key, request, canon.Must(reply))
}
