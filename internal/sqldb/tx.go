package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Tx is one transaction, of one firm or of the house. It lives as long as the
// function it was given to, and is used by one goroutine at a time.
//
// The first statement that fails fails the whole transaction, on both engines:
// what follows returns the same error and nothing is kept. So an insert that may
// meet an existing row says `on conflict do nothing` and looks at the count.
type Tx struct {
	ctx    context.Context // of the caller: no statement starts after it has ended
	engine Engine
	pool   *pool
	tx     *sql.Tx
	firm   ident.Firm
	house  bool
	reads  bool
	failed error    // what the next statement gets
	lost   error    // why the database may have undone the whole transaction
	open   *Rows    // rows still being read: PostgreSQL cannot run a statement meanwhile
	wanted []*Query // statements that deserve to be prepared
}

var errTxOver = errors.New("transaction used after its function returned")

// Firm returns the firm to whom the transaction belongs, empty for the house.
func (t *Tx) Firm() ident.Firm { return t.firm }

// ReadOnly reports whether the transaction only reads: what it sees was committed.
func (t *Tx) ReadOnly() bool { return t.reads }

// Engine returns the engine that runs the transaction, for the rare statement
// that cannot be the same on both.
func (t *Tx) Engine() Engine { return t.engine }

// Exec runs a statement and returns how many rows it touched.
func (t *Tx) Exec(q *Query, args ...any) (int64, error) {
	run, err := t.ready(q, args)
	if err != nil {
		return 0, err
	}
	var res sql.Result
	if run.stmt != nil {
		res, err = run.stmt.ExecContext(run.ctx, run.args...)
	} else {
		res, err = t.tx.ExecContext(run.ctx, run.text, run.args...)
	}
	if err != nil {
		return 0, t.fail(q, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, t.fail(q, err)
	}
	return n, nil
}

// Row runs a statement that gives at most one row. Scan returns sql.ErrNoRows
// when it gave none.
func (t *Tx) Row(q *Query, args ...any) *Row {
	rows, err := t.Rows(q, args...)
	return &Row{rows: rows, err: err}
}

// Rows runs a statement that gives rows. Read them to the end or close them
// before the next statement; the end of the transaction closes them too.
func (t *Tx) Rows(q *Query, args ...any) (*Rows, error) {
	run, err := t.ready(q, args)
	if err != nil {
		return nil, err
	}
	var rows *sql.Rows
	if run.stmt != nil {
		rows, err = run.stmt.QueryContext(run.ctx, run.args...)
	} else {
		rows, err = t.tx.QueryContext(run.ctx, run.text, run.args...)
	}
	if err != nil {
		return nil, t.fail(q, err)
	}
	t.open = &Rows{Rows: rows, t: t, q: q}
	return t.open, nil
}

// A Row is the one row that a statement gave, or the error instead of it.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns, as sql.Row does.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}

// Rows are read with Next and Scan, as sql.Rows are.
type Rows struct {
	*sql.Rows
	t *Tx
	q *Query
}

// Next moves to the next row; after the last one the rows are closed.
func (r *Rows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.done()
	return false
}

// Close ends the reading early.
func (r *Rows) Close() error {
	r.done()
	return r.Rows.Close()
}

func (r *Rows) done() {
	if r.t.open == r {
		r.t.open = nil
	}
}

// Err returns what ended the rows early, mapped as all errors of a transaction.
func (r *Rows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return r.t.fail(r.q, err)
	}
	return nil
}

type prepared struct {
	ctx  context.Context
	stmt *sql.Stmt
	text string
	args []any
}

// ready checks that the statement may run here and finds it prepared, if it is.
//
// On SQLite a statement never runs under the caller's context: to interrupt it
// would undo the transaction of every neighbour in the group.
func (t *Tx) ready(q *Query, args []any) (prepared, error) {
	if t.failed != nil {
		return prepared{}, t.failed
	}
	if q.house != t.house {
		return prepared{}, fmt.Errorf("%s: a tenant's statement needs a tenant's transaction, a house statement the house", q.origin)
	}
	if t.open != nil {
		return prepared{}, fmt.Errorf("%s: the rows of %s are still open", q.origin, t.open.q.origin)
	}
	if err := t.ctx.Err(); err != nil {
		return prepared{}, t.fail(q, err)
	}
	c := q.on(t.engine)
	bound, err := c.bind(string(t.firm), args)
	if err != nil {
		return prepared{}, fmt.Errorf("%s: %w", q.origin, err)
	}
	p := prepared{ctx: t.ctx, text: c.text, args: bound}
	if t.engine == SQLite {
		p.ctx = context.WithoutCancel(t.ctx)
		if p.stmt = t.pool.stmt(q); p.stmt != nil {
			p.stmt = t.tx.StmtContext(p.ctx, p.stmt)
		} else {
			t.wanted = append(t.wanted, q)
		}
	}
	return p, nil
}

// fail remembers the first error of a statement; after it nothing runs.
func (t *Tx) fail(q *Query, err error) error {
	if t.failed == nil {
		t.failed = fmt.Errorf("%s: %w", q.origin, mapped(err))
		if fault.Is(t.failed, fault.Unavailable) {
			t.lost = t.failed
		}
	}
	return t.failed
}

// end closes what fn left open and bars later use. It returns what must be
// returned to the caller of Write or Read.
func (t *Tx) end(err error) error {
	if t.open != nil {
		t.open.Close()
	}
	if err == nil {
		err = t.failed
	}
	t.failed = errTxOver
	return err
}
