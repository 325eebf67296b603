package advice

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/text"
)

// An Order is how a list lies.
type Order string

// The orders.
const (
	NewestFirst Order = ""
	OldestFirst Order = "oudste"
	ByProduct   Order = "product"
)

// Orders are all orders.
var Orders = []Order{NewestFirst, OldestFirst, ByProduct}

// A State narrows a list by what the files lack.
type State string

// The states.
const (
	AnyState  State = ""
	Lacking   State = "onvolledig"    // something that article 14 asks is missing
	Unproved  State = "zonder-bewijs" // the client's own choice can't be shown
	Complete  State = "volledig"
	Undecided State = "afloop-onbekend"
	ByCourse  State = "procedure" // from the standardised procedure
	AgainstIt State = "afgeweken" // followed the procedure, and advised something else
)

// States are all states, in the order of the form.
var States = []State{AnyState, Lacking, Unproved, Complete, Undecided, ByCourse, AgainstIt}

// A Filter chooses files. Empty fields do not narrow.
type Filter struct {
	State    State
	Kind     ProductKind
	Result   Result
	Recorder string
	Sought   string       // words, or the firm's own reference of a client
	Words    []string     // stems, from Sought; a file must be found by each
	Client   ident.Person // from Sought, where it is the reference of one
	From     calendar.Date
	Through  calendar.Date // of the advice
	Order    Order
	Cursor   Cursor
	Limit    int
}

// A Cursor says where a page of a list begins: after this file.
type Cursor struct {
	Key string // of the order: the day of the advice, or the product
	ID  casework.ID
}

// A Row is a file as lists show it.
type Row struct {
	ID        casework.ID
	Number    string
	Reference string
	Role      Role
	Kind      ProductKind
	Product   string
	Provider  string
	Advised   calendar.Date
	Result    Result
	Contract  calendar.Date
	Other     string // the product that the client chose instead
	Elsewhere bool
	Lacks     []string
	Procedure string
	Deviates  bool
	Recorder  string
	Versions  int64
}

// A Page is a part of a list.
type Page struct {
	Rows []Row
	Next *Cursor
}

// Cursor is the place of a row in this order.
func (r Row) Cursor(o Order) Cursor {
	if o == ByProduct {
		return Cursor{r.Product, r.ID}
	}
	return Cursor{r.Advised.String(), r.ID}
}

// Files returns a page of the list.
func (s *Service) Files(ctx context.Context, firm ident.Firm, f Filter) (p Page, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if f.Client, err = tx.Known(f.Sought); err != nil {
			return err
		}
		if f.Client == "" {
			f.Words = text.Stems(f.Sought)
		}
		p, err = tx.Advices(f)
		return err
	})
	return p, err
}

// A Dossier is a file with what lies under it.
type Dossier struct {
	File
	Versions []Version
	Under    casework.File
	Kept     Kept
	Lacks    WholeOut
	Choice   ChoiceOut // where the client took another product
}

// Advice returns a file with all about it; fault.NotFound "unknown-case".
func (s *Service) Advice(ctx context.Context, firm ident.Firm, id casework.ID) (d Dossier, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		if d.File, err = tx.Advice(id); err != nil {
			return err
		}
		if d.Versions, err = tx.Versions(id); err != nil {
			return err
		}
		all, err := s.exempt(tx, d.File)
		d.Kept = d.kept(all, s.Casework.Today())
		return err
	})
	if err != nil {
		return d, err
	}
	d.Lacks = Whole.Ask(d.Question())
	if d.Outcome.Result == Other {
		d.Choice = Choice.Ask(d.choiceQuestion())
	}
	d.Under, err = s.Casework.File(ctx, firm, id)
	return d, err
}

// LastRole is what the firm was in its newest file; Intermediary before the first.
func (s *Service) LastRole(ctx context.Context, firm ident.Firm) (r Role, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		r, err = tx.LastRole()
		return err
	})
	if r == "" {
		r = Intermediary
	}
	return r, err
}
