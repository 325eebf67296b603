package inspection

import (
	"context"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A Shelf is where a room stands its files of one kind.
type Shelf interface {
	// Page gives files that began in the period, the first day first, or the last day
	// where the newest are asked, after a place that an earlier page gave; next is "" on
	// the last page.
	Page(ctx context.Context, by ident.Actor, ask Ask) (files []File, next string, err error)
	// File gives one; fault.NotFound where there is none.
	File(ctx context.Context, by ident.Actor, id string) (File, error)
	// Find gives the id of the file that people know by a number; fault.NotFound.
	Find(ctx context.Context, firm ident.Firm, number string) (string, error)
}

// An Ask says which files are wanted.
type Ask struct {
	From, Through calendar.Date
	Sought        string // words or a number; "" for all
	Newest        bool   // first
	After         string // place
	Most          int
}
