// Package inspectiontest is a reading room for tests: on a real store, with files,
// guests, journal and archive of its own.
package inspectiontest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/inspection"
	"zorgplicht/inspection/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
)

// Schemas are what the room keeps its rows in.
func Schemas() []sqldb.Schema { return []sqldb.Schema{job.Schema, once.Schema, store.Schema} }

// Start is the moment at which a room begins.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// NewID returns a new id.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// A Room is the service, with all that it asks of others.
type Room struct {
	*inspection.Service
	T        testing.TB
	Clock    time.Time
	Facts    []journal.Fact // that were kept
	Files    map[ident.Firm][]inspection.File
	Accounts []inspection.Guest
	Made     map[ident.Hash]string // dossiers, by their hash
	Fails    error                 // what making a dossier ends in
}

// Open returns a room on this store: complaints in the open, incidents apart.
func Open(t testing.TB, db *sqldb.DB) *Room {
	r := &Room{T: t, Clock: Start, Files: map[ident.Firm][]inspection.File{}, Made: map[ident.Hash]string{}}
	now := func() time.Time { return r.Clock }
	pen := func(t *sqldb.Tx, f journal.Fact) error { r.Facts = append(r.Facts, f); return nil }
	r.Service = &inspection.Service{
		Store: &store.Store{DB: db, Pen: pen, Now: now}, Guests: guests{r}, Journal: book{r}, Archive: archive{r}, Now: now, NewID: NewID,
		Shelves: []inspection.Standing{
			{About: inspection.About{Kind: "klacht", Dutch: "klacht", Plural: "klachten", Day: "ontvangen", Norm: "bfd:51"}, Shelf: shelf{r, "klacht"}},
			{About: inspection.About{Kind: "incident", Dutch: "incident", Plural: "incidenten", Day: "opgemerkt", Norm: "bfd:11", Apart: true}, Shelf: shelf{r, "incident"}},
		},
	}
	return r
}

// Add puts a file of a kind on its shelf, of a day: with a name that a norm wants, or
// without.
func (r *Room) Add(firm ident.Firm, k inspection.Kind, day, name string) inspection.File {
	n := len(r.Files[firm]) + 1
	f := inspection.File{
		Ref: inspection.Ref{Kind: k, ID: NewID(), Number: fmt.Sprintf("%s-2026-%04d", strings.ToUpper(string(k[:1])), n)}, Began: calendar.MustParse(day), State: "open",
		Title: fmt.Sprintf("Stuk %d", n), Fields: []inspection.Field{{Name: "Naam", Norm: "bfd:51::a", Value: name, Missing: name == ""}},
	}
	r.Files[firm] = append(r.Files[firm], f)
	return f
}

// Count returns how many facts of a kind were kept.
func (r *Room) Count(kind string) (n int) {
	for _, f := range r.Facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

type shelf struct {
	*Room
	kind inspection.Kind
}

func (s shelf) Page(_ context.Context, by ident.Actor, ask inspection.Ask) (files []inspection.File, next string, err error) {
	var all []inspection.File
	for _, f := range s.Files[by.Firm] {
		if f.Kind == s.kind && !f.Began.Before(ask.From) && !f.Began.After(ask.Through) && strings.Contains(f.Number+f.Title, ask.Sought) {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b inspection.File) int { return a.Began.Compare(b.Began) })
	if ask.Newest {
		slices.Reverse(all)
	}
	from := slices.IndexFunc(all, func(f inspection.File) bool { return f.ID == ask.After }) + 1
	files = all[from:min(from+ask.Most, len(all))]
	if from+len(files) < len(all) {
		next = files[len(files)-1].ID
	}
	return files, next, nil
}

func (s shelf) one(firm ident.Firm, is func(inspection.File) bool) (inspection.File, error) {
	i := slices.IndexFunc(s.Files[firm], func(f inspection.File) bool { return f.Kind == s.kind && is(f) })
	if i < 0 {
		return inspection.File{}, fault.New(fault.NotFound, "unknown-file", "")
	}
	return s.Files[firm][i], nil
}

func (s shelf) File(_ context.Context, by ident.Actor, id string) (inspection.File, error) {
	return s.one(by.Firm, func(f inspection.File) bool { return f.ID == id })
}

func (s shelf) Find(_ context.Context, firm ident.Firm, number string) (string, error) {
	f, err := s.one(firm, func(f inspection.File) bool { return strings.EqualFold(f.Number, number) })
	return f.ID, err
}

type guests struct{ *Room }

func (g guests) Guests(context.Context, ident.Firm) ([]inspection.Guest, error) {
	return g.Accounts, nil
}

func (g guests) Invite(_ context.Context, _ ident.Actor, name, _ string, through calendar.Date) (inspection.Guest, string, error) {
	g.Accounts = append(g.Accounts, inspection.Guest{ID: NewID(), Name: name, Until: through.AddDays(1).Start()})
	return g.Accounts[len(g.Accounts)-1], "geheim-wachtwoord", nil
}

type book struct{ *Room }

func (b book) Facts(_ context.Context, firm ident.Firm, subject string) (all []journal.Recorded, err error) {
	for _, f := range b.Room.Facts {
		if f.Firm == firm && f.Subject == subject {
			all = append(all, journal.Recorded{Fact: f})
		}
	}
	return all, nil
}

func (b book) Evidence(ctx context.Context, firm ident.Firm, subject string) (e inspection.Evidence, err error) {
	facts, err := b.Facts(ctx, firm, subject)
	for _, f := range facts {
		e.Facts = append(e.Facts, inspection.Witnessed{Recorded: f, Proven: true})
	}
	e.Signed = true
	return e, err
}

type archive struct{ *Room }

// Make lists the numbers of all files.
func (a archive) Make(ctx context.Context, firm ident.Firm, i inspection.Inspection, _ inspection.Dossier, tell func(int64) error, stopping func() bool) (t inspection.Tally, h ident.Hash, size int64, err error) {
	if a.Fails != nil {
		return t, h, 0, a.Fails
	}
	var b strings.Builder
	err = a.Each(ctx, ident.Actor{Firm: firm, Kind: ident.House}, i, 2, func(_ inspection.About, files []inspection.File) error {
		for _, f := range files {
			b.WriteString(f.Number + "\n")
			if len(f.Lacks()) > 0 {
				t.Lacking++
			}
		}
		if t.Files += int64(len(files)); stopping() {
			return inspection.ErrStopped
		}
		return tell(t.Files)
	})
	h = ident.HashOf([]byte(b.String()))
	if err == nil {
		a.Made[h] = b.String()
	}
	return t, h, int64(b.Len()), err
}

func (a archive) Open(_ context.Context, _ ident.Firm, h ident.Hash) (io.ReadCloser, error) {
	if s, ok := a.Made[h]; ok {
		return io.NopCloser(strings.NewReader(s)), nil
	}
	return nil, fault.New(fault.NotFound, "unknown-file", "")
}

func (a archive) Remove(_ context.Context, _ ident.Firm, h ident.Hash) error {
	delete(a.Made, h)
	return nil
}
