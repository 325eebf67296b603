package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"zorgplicht/ident"
)

// group is the one writer of a SQLite file. Those who come while it is busy wait
// together and share its next commit, so that one fsync serves them all. Each
// has its own savepoint: who fails takes back his own work only.
type group struct {
	pool  *pool
	most  int
	queue chan *writer
	quit  chan struct{}
	once  sync.Once
	done  chan struct{}

	commits atomic.Int64 // so far; beside the number of writes it tells what sharing saves
}

// writer is one call of Write. Its function runs on the caller's own goroutine,
// so that a panic unwinds there.
type writer struct {
	ctx   context.Context
	firm  ident.Firm
	taken atomic.Bool // by the group, or by a caller who left before his turn
	turn  chan *Tx    // the group hands over the transaction
	ran   chan bool   // the caller gives it back: whether to keep
	kept  chan error  // the outcome of the commit, or why there was no turn
}

var errClosed = errors.New("store is closed")

func newGroup(p *pool, most int) *group {
	g := &group{pool: p, most: most, queue: make(chan *writer, 4*most), quit: make(chan struct{}), done: make(chan struct{})}
	go g.serve()
	return g
}

func (g *group) write(ctx context.Context, firm ident.Firm, fn func(*Tx) error) error {
	w := &writer{ctx: ctx, firm: firm, turn: make(chan *Tx, 1), ran: make(chan bool, 1), kept: make(chan error, 1)}
	select {
	case <-g.quit:
		return errClosed
	case <-ctx.Done():
		return mapped(ctx.Err())
	case g.queue <- w:
	}
	select {
	case t := <-w.turn:
		return w.run(t, fn)
	case err := <-w.kept:
		return err
	case <-ctx.Done():
	case <-g.done:
	}
	if w.taken.CompareAndSwap(false, true) {
		if err := ctx.Err(); err != nil {
			return mapped(err)
		}
		return errClosed
	}
	select { // the turn came at the same moment
	case t := <-w.turn:
		return w.run(t, fn)
	case err := <-w.kept:
		return err
	}
}

// run does the caller's part of his turn. The transaction goes back to the group
// even when fn panics or ends its goroutine.
func (w *writer) run(t *Tx, fn func(*Tx) error) error {
	keep := false
	defer func() {
		if !keep {
			t.end(nil)
			w.ran <- false
		}
	}()
	if err := t.end(fn(t)); err != nil {
		return err
	}
	keep = true
	w.ran <- true
	return <-w.kept
}

func (g *group) serve() {
	defer close(g.done)
	for {
		select {
		case w := <-g.queue:
			g.commit(w)
		case <-g.quit:
			return
		}
	}
}

func (g *group) close() error {
	g.once.Do(func() { close(g.quit) })
	<-g.done
	return g.pool.Close()
}

// commit runs the first writer, then everyone who waits by now, and commits.
func (g *group) commit(first *writer) {
	if !first.taken.CompareAndSwap(false, true) {
		return
	}
	tx, err := g.pool.BeginTx(context.Background(), nil)
	if err != nil {
		first.kept <- mapped(err)
		return
	}
	var members []*writer
	var wanted []*Query
	turns := 0 // also of those who failed: a row of failures must not keep the others waiting
	for w := first; w != nil; w = g.waiting(turns) {
		turns++
		var keep bool
		if keep, err = g.turn(tx, w, &wanted); err != nil {
			break
		}
		if keep {
			members = append(members, w)
		}
	}
	if err != nil {
		tx.Rollback()
	} else {
		err = mapped(tx.Commit())
	}
	g.commits.Add(1)
	for _, w := range members {
		w.kept <- err
	}
	g.pool.prepare(wanted)
}

// waiting takes the next writer from the queue, nil when there is none or the
// group is full.
func (g *group) waiting(turns int) *writer {
	for turns < g.most {
		select {
		case w := <-g.queue:
			if w.taken.CompareAndSwap(false, true) {
				return w
			}
		default:
			return nil
		}
	}
	return nil
}

const (
	mark   = "savepoint turn"
	keepIt = "release turn"
	undoIt = "rollback to turn; release turn"
)

// turn lends the transaction to one writer. Its error says that the transaction
// is lost for all, such as when the disk is full and SQLite took back everything.
func (g *group) turn(tx *sql.Tx, w *writer, wanted *[]*Query) (keep bool, err error) {
	if _, err := tx.Exec(mark); err != nil {
		w.kept <- mapped(err)
		return false, mapped(err)
	}
	t := &Tx{ctx: w.ctx, engine: SQLite, pool: g.pool, tx: tx, firm: w.firm, house: w.firm == ""}
	w.turn <- t
	keep = <-w.ran
	*wanted = append(*wanted, t.wanted...)
	end := undoIt
	if keep {
		end = keepIt
	}
	if _, err := tx.Exec(end); err != nil {
		lost := t.lost
		if lost == nil {
			lost = fmt.Errorf("end of turn: %w", mapped(err))
		}
		if keep {
			w.kept <- lost
		}
		return false, lost
	}
	return keep, nil
}
