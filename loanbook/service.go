package loanbook

import (
	"context"
	"io"
	"sync"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/journal"
)

// A Store keeps the book. What fn did to the Tx is kept whole, or not at all.
type Store interface {
	Update(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
	View(ctx context.Context, firm ident.Firm, fn func(Tx) error) error
}

// A Tx belongs to one firm and sees one consistent state of the store.
type Tx interface {
	Loads() ([]Load, error)        // the newest first
	Load(number int) (Load, error) // locked till the end of an update; fault.NotFound "unknown-load"
	AddLoad(Load) (int, error)     // returns its number
	SaveLoad(Load) error
	Wake(number int, at time.Time) error // puts in the work

	Stage(load int, r Row) (fresh bool, err error)        // false where the reference is there already
	Unstage(load, most int) (int, error)                  // takes rows out again, at most so many
	Rows(load int, after string, most int) ([]Row, error) // by reference
	ByLine(load int, row func(Row) error) error           // in the order of the file
	Row(load int, reference string) (Row, error)          // fault.NotFound "unknown-loan"
	SaveRow(load int, r Row) error
	List(load int, f Filter) ([]Row, error)
	Count(load int, f Filter, most int) (int, error)
	// Courses gives what a scan needs of every agreement after one reference, up to another.
	Courses(load int, from, until string, row func(Sketch) error) error
	Cut(load, place int) (string, error) // the reference at a place of a stand; "" past its end

	Events(reference string) ([]Event, error)        // the newest first
	EventsAfter(day calendar.Date) ([]string, error) // references of which something happened after a day
	Event(id string) (Event, error)                  // fault.NotFound "unknown-loan-event"
	AddEvent(Event) error
	Withdraw(id, why string) error

	AddNotice(Notice) error
	Notice(id string) (Notice, error) // locked till the end of an update; fault.NotFound "unknown-notice"
	NoticesOf(reference string) ([]Notice, error)
	Notices(f NoticeFilter) ([]Notice, error)
	Waiting(most int) (int, error) // notices that are still to be given
	SaveNotice(Notice) error
	DropNotice(event string) error           // of an event that was taken back, where it was not given
	DropNotices(load, most int) (int, error) // of a stand that is not in the book, at most so many
	TellNotices(load int, on calendar.Date, after string, most int) (last string, n int, err error)

	Once(key string, request ident.Hash, now time.Time) ([]byte, error)
	Keep(key string, request ident.Hash, reply []byte) error
	Append(journal.Fact) error
}

// A Row is an agreement in a stand of the book.
type Row struct {
	Loan
	Line  int   // of the file
	Was   *Loan // as the file had it, where something was told of it since
	Watch Watched
}

// A Sketch is what a scan needs of an agreement.
type Sketch struct {
	Concluded calendar.Date
	Variable  bool
	Falls     bool
	Over      bool // it has ended
	Settled   calendar.Date
	Rates     []byte
}

// Files keeps large files, each under the hash of its bytes.
type Files interface {
	// Keep keeps what write writes. When that fails nothing is kept.
	Keep(ctx context.Context, firm ident.Firm, write func(io.Writer) error) (ident.Hash, int64, error)
	// Open opens a file as rows of text with semicolons, whatever it is; end is called
	// by who is done.
	Open(ctx context.Context, firm ident.Firm, file ident.Hash) (rows io.Reader, end func(), err error)
	// Plain opens a file as it is.
	Plain(ctx context.Context, firm ident.Firm, file ident.Hash) (io.ReadCloser, error)
	// Drop removes a file that is needed no more.
	Drop(firm ident.Firm, file ident.Hash) error
}

// Service is what the rest of the house may ask of this room.
type Service struct {
	Store  Store
	Files  Files
	Notify func(context.Context, ident.Actor, credit.Agreement) (credit.Paper, error) // issues the notice of a changed charge
	Now    func() time.Time
	NewID  func() string // UUIDv7
	Salt   func() ident.Hash
	Most   int // rows of a file
}

// ceilings are all maxima; they are reckoned once.
var ceilings = sync.OnceValue(NewCeilings)

func (s *Service) today() calendar.Date { return calendar.Of(s.Now()) }

// current is the stand that the book shows: of the latest day, and of that day the
// last that was read; fault.NotFound "no-book" where there is none.
func current(tx Tx) (Load, error) {
	loads, err := tx.Loads()
	if err != nil {
		return Load{}, err
	}
	now, found := Current(loads)
	if !found {
		return Load{}, fault.New(fault.NotFound, "no-book", "")
	}
	return now, nil
}

// Current picks the stand that the book shows.
func Current(loads []Load) (now Load, found bool) {
	for _, l := range loads {
		if l.State == LoadDone && (!found || l.Day.After(now.Day) || l.Day == now.Day && l.Number > now.Number) {
			now, found = l, true
		}
	}
	return now, found
}

// of is the stand of a day: the last that was read of it.
func of(loads []Load, day calendar.Date) (on Load, found bool) {
	for _, l := range loads {
		if l.State == LoadDone && l.Day == day && (!found || l.Number > on.Number) {
			on, found = l, true
		}
	}
	return on, found
}
