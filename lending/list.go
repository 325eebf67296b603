package lending

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/ident"
	"zorgplicht/internal/text"
	"zorgplicht/money"
)

// An Order is how a list is sorted.
type Order string

// The orders.
const (
	Newest  Order = ""
	Oldest  Order = "oudste"
	Largest Order = "bedrag"
	ByName  Order = "naam"
)

// Orders are all orders.
var Orders = []Order{Newest, Oldest, Largest, ByName}

// A Filter chooses applications. Empty fields do not narrow.
type Filter struct {
	Words   []string // stems; an application must be found by each
	State   State
	Verdict Verdict
	Order   Order
	After   *Place
	Limit   int
}

// Search fills in the words of a filter from what somebody typed.
func (f Filter) Search(sought string) Filter {
	f.Words = text.Stems(sought)
	return f
}

// A Place is where a page of a list ends: what it is sorted by, and the id.
type Place struct {
	Key string // day, amount in cents, or name
	ID  casework.ID
}

// A Row is an application as lists show it.
type Row struct {
	ID        casework.ID
	Number    string
	Name      string
	Title     string
	Product   string
	Received  calendar.Date
	Amount    money.Cents
	State     State
	Verdict   Verdict // "" where it is not judged
	Concluded calendar.Date
}

// A Page is a part of a list.
type Page struct {
	Rows []Row
	Next *Place // nil at the end
}

// Applications returns a page of applications in the order of the filter.
func (s *Service) Applications(ctx context.Context, firm ident.Firm, f Filter) (p Page, err error) {
	err = s.Store.View(ctx, firm, func(tx Tx) (err error) {
		p, err = tx.Applications(f)
		return err
	})
	return p, err
}
