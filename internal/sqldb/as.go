package sqldb

import (
	"errors"
	"fmt"

	"zorgplicht/ident"
)

// As runs fn as part of this transaction on the rows of another firm, and comes
// back to the own firm after it. All of it is kept, or nothing. At each moment the
// transaction sees the rows of one firm only, on PostgreSQL by row-level security
// too: a statement cannot join what belongs to two.
//
// It is for what two firms agreed to keep together. Who calls it has looked at
// that agreement first; a store says in its own words which.
func (t *Tx) As(firm ident.Firm, fn func(*Tx) error) error {
	switch {
	case t.house || firm == "":
		return errors.New("only a firm's transaction turns to another firm")
	case t.failed != nil:
		return t.failed
	case firm == t.firm:
		return fn(t)
	}
	own := t.firm
	if err := t.turn(firm); err != nil {
		return err
	}
	defer func() { t.firm = own }() // also when fn panics: nothing of it is kept
	if err := fn(t); err != nil {
		return t.back(own, err)
	}
	return t.back(own, nil)
}

// back turns to the own firm again, unless the transaction is lost already.
func (t *Tx) back(own ident.Firm, err error) error {
	if t.open != nil {
		t.open.Close()
	}
	if t.failed != nil {
		if err == nil {
			err = t.failed
		}
		return err
	}
	if lost := t.turn(own); err == nil {
		err = lost
	}
	return err
}

func (t *Tx) turn(firm ident.Firm) error {
	if t.open != nil {
		return errors.New("rows are still open: read them to the end before turning to another firm")
	}
	if t.engine == Postgres {
		if _, err := t.tx.ExecContext(t.ctx, setFirm, string(firm)); err != nil {
			t.failed = fmt.Errorf("turn to another firm: %w", mapped(err))
			return t.failed
		}
	}
	t.firm = firm
	return nil
}
