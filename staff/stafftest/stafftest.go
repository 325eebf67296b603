// Package stafftest signs somebody in for the tests of the pages of staff: a site, the
// guard that the pages of a room ask, and the facts that its stores write.
package stafftest

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/site"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/staff"
)

// FirmName is the name of the firm of whoever is signed in.
const FirmName = "De Linde"

// A Workplace is a site with somebody signed in. It is the guard of the pages mounted
// on it, and its Pen the end of the journal.
type Workplace struct {
	sitetest.Visitor
	Who   staff.Account
	Facts []journal.Fact // as the pen wrote them, also where the transaction was thrown away
}

// New returns a workplace with a member of staff of a new firm, who has these roles.
func New(t testing.TB, roles ...staff.Role) *Workplace {
	w := &Workplace{Visitor: sitetest.Visitor{Site: sitetest.New(), T: t}, Who: staff.Account{Firm: ident.Firm(NewID()), Name: "Jo de Wit"}}
	w.Be(roles...)
	return w
}

// NewID returns a new id.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Be signs somebody else of the firm in.
func (w *Workplace) Be(roles ...staff.Role) { w.Who.ID, w.Who.Roles = NewID(), roles }

// Move signs somebody of another firm in.
func (w *Workplace) Move(roles ...staff.Role) {
	w.Who.Firm = ident.Firm(NewID())
	w.Be(roles...)
}

// As does this for every role, each signed in once, and signs in again who was.
func (w *Workplace) As(roles []staff.Role, do func(staff.Role)) {
	mine := w.Who
	defer func() { w.Who = mine }()
	for _, r := range roles {
		w.Be(r)
		do(r)
	}
}

// Session is the session of who is signed in.
func (w *Workplace) Session() staff.Session {
	return staff.Session{Account: w.Who, FirmName: FirmName}
}

// Staff lets in who may do it.
func (w *Workplace) Staff(do staff.Action, page func(*http.Request, staff.Session) (site.Reply, error)) site.Handler {
	return func(r *http.Request) (site.Reply, error) {
		who := w.Session()
		if !who.May(do) {
			return nil, fault.New(fault.Denied, "not-allowed", "")
		}
		return page(r, who)
	}
}

// Frame is a page without a menu.
func (w *Workplace) Frame(_ *http.Request, who staff.Session, title string) site.Work {
	return site.Work{Title: title, Firm: who.FirmName, Actor: who.Account.Name}
}

// Pen keeps a fact.
func (w *Workplace) Pen(_ *sqldb.Tx, f journal.Fact) error {
	w.Facts = append(w.Facts, f)
	return nil
}

// Count returns how many facts of a kind were written.
func (w *Workplace) Count(kind string) (n int) {
	for _, f := range w.Facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// Keeps fails the test where this writes a fact.
func (w *Workplace) Keeps(do func()) {
	w.T.Helper()
	before := len(w.Facts)
	do()
	if n := len(w.Facts) - before; n != 0 {
		w.T.Errorf("%d facts were written, the first %s", n, w.Facts[before].Kind)
	}
}
