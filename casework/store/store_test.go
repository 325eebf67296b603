package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	"zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// monday is the day on which these tests stand.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// An office is the room on a real store, with two kinds of case.
type office struct {
	*casework.Service
	by    ident.Actor
	store *store.Store
	facts []journal.Fact
}

const colleague = "0192a000-0000-7000-8000-00000000000a"

func open(db *sqldb.DB) *office {
	o := &office{by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}}
	o.store = &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { o.facts = append(o.facts, f); return nil }}
	o.Service = &casework.Service{
		Store: o.store, Now: func() time.Time { return monday }, NewID: newID,
		Kinds:   []casework.About{{Kind: "klacht", Prefix: "K", Path: "/werk/klachten"}, {Kind: "incident", Prefix: "I", Path: "/werk/incidenten"}},
		Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id == colleague, nil },
	}
	return o
}

func (o *office) open(t *testing.T, kind casework.Kind, title string, dues ...casework.Due) casework.Case {
	t.Helper()
	var c casework.Case
	err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) (err error) {
		c, err = o.Open(tx, casework.Case{Kind: kind, Title: title, Received: calendar.Of(monday), Handler: o.by.ID}, "Jansen")
		if err != nil {
			return err
		}
		return o.Put(tx, c, dues)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (o *office) titles(t *testing.T, f casework.ItemFilter) (titles []string) {
	t.Helper()
	f.Account = o.by.ID
	items, _, err := o.Items(t.Context(), o.by.Firm, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		titles = append(titles, i.Title)
	}
	return titles
}

func day(n int) calendar.Date { return calendar.Of(monday).AddDays(n) }

func TestWhatMustBeDone(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		light := casework.Due{Code: "a", Title: "licht", Day: day(2), Norm: "bfd:50"}
		late := casework.Due{Code: "b", Title: "te laat", Day: day(-1), Norm: "bfd:50"}
		far := casework.Due{Code: "c", Title: "later", Day: day(31), Norm: "bfd:50"}
		heavy := casework.Due{Code: "d", Title: "zwaar", Day: day(7), Norm: "bfd:36:1"}
		month := casework.Due{Code: "e", Title: "deze maand", Day: day(30), Norm: "bfd:50"}
		c := o.open(t, "klacht", "Te veel rente betaald", light, late, far, heavy, month)
		o.open(t, "incident", "Zoek geraakt", casework.Due{Code: "a", Title: "melden", Day: day(0), Norm: "bfd:12:1"})
		all := casework.ItemFilter{Whose: casework.Firms}
		hidden := casework.ItemFilter{Whose: casework.Firms, Sight: casework.Sight{Hidden: []casework.Kind{"incident"}}}

		t.Run("stands by band, the heaviest first", func(t *testing.T) {
			if diff := cmp.Diff([]string{"te laat", "zwaar", "licht", "deze maand"}, o.titles(t, hidden)); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("is counted by band, what lies further off too", func(t *testing.T) {
			_, counts, err := o.Items(t.Context(), o.by.Firm, hidden)
			want := map[casework.Band]int{casework.Overdue: 1, casework.Week: 2, casework.Month: 1, casework.Later: 1}
			if diff := cmp.Diff(want, counts); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
		t.Run("each band shows as many as it counts", func(t *testing.T) {
			for _, b := range casework.Bands {
				f := all
				f.Band = b
				items, counts, err := o.Items(t.Context(), o.by.Firm, f)
				if err != nil || len(items) != counts[b] {
					t.Errorf("%s: %d lines, %d counted, %v", b, len(items), counts[b], err)
				}
			}
		})
		t.Run("a kind that is kept from somebody is in no line of theirs", func(t *testing.T) {
			if slices.Contains(o.titles(t, hidden), "melden") || !slices.Contains(o.titles(t, all), "melden") {
				t.Error("the compartment leaks, or hides all")
			}
		})
		t.Run("a reminder put off is gone till its day, never past the due day", func(t *testing.T) {
			if err := o.Snooze(t.Context(), o.by, c.ID, "a", day(3), "te ver"); !fault.Has(err, "invalid-snooze") {
				t.Errorf("past the due day: %v", err)
			}
			if err := o.Snooze(t.Context(), o.by, c.ID, "a", day(2), "klant is op vakantie"); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(o.titles(t, all), "licht") {
				t.Error("it is still shown")
			}
		})
		t.Run("putting the dues in anew keeps that, where the day is the same", func(t *testing.T) {
			err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error {
				return o.Put(tx, c, []casework.Due{light, heavy})
			})
			if diff := cmp.Diff([]string{"zwaar", "melden"}, o.titles(t, all)); diff != "" || err != nil {
				t.Error(diff, err)
			}
			light.Day = day(1)
			if err := o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error { return o.Put(tx, c, []casework.Due{light}) }); err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(o.titles(t, all), "licht") {
				t.Error("a new day is a new reminder")
			}
		})
		t.Run("a due handed over is the other's alone", func(t *testing.T) {
			if err := o.HandOver(t.Context(), o.by, c.ID, "a", "0192a000-0000-7000-8000-00000000000b"); !fault.Has(err, "invalid-handler") {
				t.Errorf("to a stranger: %v", err)
			}
			if err := o.HandOver(t.Context(), o.by, c.ID, "a", colleague); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(o.titles(t, casework.ItemFilter{Whose: casework.Mine}), "licht") {
				t.Error("it is still mine")
			}
		})
		t.Run("a task is ended by people, what a rule asks is not", func(t *testing.T) {
			if err := o.SetTask(t.Context(), o.by, c.ID, casework.Task{Title: "Bel terug", Day: day(1)}); err != nil {
				t.Fatal(err)
			}
			f, err := o.File(t.Context(), o.by.Firm, c.ID)
			if err != nil || len(f.Dues) != 2 {
				t.Fatalf("%v %v", f.Dues, err)
			}
			for _, d := range f.Dues {
				err := o.EndTask(t.Context(), o.by, c.ID, d.Code)
				if d.Task() != (err == nil) {
					t.Errorf("%s: %v", d.Code, err)
				}
			}
		})
	})
}

func TestCases(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		var all []casework.Case
		for i := range 5 {
			all = append(all, o.open(t, "klacht", fmt.Sprintf("Rente van jaar %d", 2020+i)))
		}
		hidden := o.open(t, "incident", "Rente verduisterd")
		list := func(f casework.Filter) (found []string) {
			t.Helper()
			f.Limit = max(f.Limit, 1)
			for {
				p, err := o.Cases(t.Context(), o.by.Firm, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range p.Rows {
					found = append(found, c.Number)
				}
				if p.Next == nil {
					return found
				}
				f.Cursor = *p.Next
			}
		}
		t.Run("numbers run on within kind and year", func(t *testing.T) {
			if all[0].Number != "K-2026-0001" || all[4].Number != "K-2026-0005" || hidden.Number != "I-2026-0001" {
				t.Error(all[0].Number, all[4].Number, hidden.Number)
			}
		})
		t.Run("pages of any size hold every case once", func(t *testing.T) {
			for size := 1; size < 8; size++ {
				found := list(casework.Filter{Limit: size})
				if slices.Sort(found); len(slices.Compact(found)) != 6 || len(found) != 6 {
					t.Errorf("by %d: %v", size, found)
				}
			}
		})
		t.Run("a word is found in any inflection, all words must be there", func(t *testing.T) {
			if n := len(list(casework.Filter{Kind: "klacht"}.Search("renten"))); n != 5 {
				t.Errorf("renten: %d", n)
			}
			if got := list(casework.Filter{}.Search("Jansen 2022 rente")); !slices.Equal(got, []string{"K-2026-0003"}) {
				t.Error(got)
			}
			for _, vain := range []string{"de", "van de", "a", "%", "."} {
				if got := list(casework.Filter{}.Search(vain)); len(got) != 0 {
					t.Errorf("%q finds %v", vain, got)
				}
			}
			if some, every := list(casework.Filter{}.Search("de rente")), list(casework.Filter{}.Search("rente")); len(every) == 0 || !slices.Equal(some, every) {
				t.Errorf("a word that says nothing narrows: %v of %v", some, every)
			}
			if len(list(casework.Filter{}.Search("  "))) == 0 {
				t.Error("nothing typed finds nothing")
			}
			if got := list(casework.Filter{}.Search("rente fiets")); len(got) != 0 {
				t.Error(got)
			}
		})
		t.Run("search shows nothing of a compartment", func(t *testing.T) {
			if got := list(casework.Filter{Sight: casework.Sight{Hidden: []casework.Kind{"incident"}}}.Search("verduisterd")); len(got) != 0 {
				t.Error(got)
			}
		})
		t.Run("another firm finds nothing", func(t *testing.T) {
			p, err := o.Cases(t.Context(), ident.Firm(newID()), casework.Filter{Limit: 50})
			if err != nil || len(p.Rows) != 0 {
				t.Error(p, err)
			}
			if _, err := o.File(t.Context(), ident.Firm(newID()), all[0].ID); !fault.Has(err, "unknown-case") {
				t.Error(err)
			}
		})
		t.Run("whoever saves an older revision is told so", func(t *testing.T) {
			save := func(c casework.Case) error {
				return o.store.Update(t.Context(), o.by.Firm, func(tx casework.Tx) error {
					_, err := o.Assign(t.Context(), tx, o.by, c, colleague, "Nazorg")
					return err
				})
			}
			if err := save(all[0]); err != nil {
				t.Fatal(err)
			}
			if err := save(all[0]); !fault.Has(err, "case-changed") {
				t.Error(err)
			}
		})
		t.Run("one that was never handled is not open once it is destroyed", func(t *testing.T) {
			err := db.Write(t.Context(), o.by.Firm, func(tx *sqldb.Tx) error {
				_, err := o.store.Empty(tx, all[1].ID, day(0), [3]string{})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			f, err := o.File(t.Context(), o.by.Firm, all[1].ID)
			if err != nil || f.Open() || f.Closed.IsZero() || slices.Contains(list(casework.Filter{State: casework.IsOpen}), f.Number) || !slices.Contains(list(casework.Filter{State: casework.IsClosed}), f.Number) {
				t.Errorf("%+v %v", f.Case, err)
			}
		})
	})
}

func TestWhatLiesUnderACase(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{store.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := open(db)
		c := o.open(t, "klacht", "Rente")
		update := func(fn func(tx casework.Tx) error) error { return o.store.Update(t.Context(), o.by.Firm, fn) }
		pdf := []byte("%PDF-1.7 enzovoort")
		err := update(func(tx casework.Tx) error {
			if _, err := o.AddNote(tx, o.by, c, casework.Note{Way: casework.Phone, Text: "Klant belde over de boeteclausule."}); err != nil {
				return err
			}
			_, err := o.AddDocument(tx, o.by, c, casework.Document{Name: "brief.pdf", Way: casework.Letter}, pdf)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		f, err := o.File(t.Context(), o.by.Firm, c.ID)
		if err != nil || len(f.Notes) != 2 || len(f.Documents) != 1 { // of a PDF that cannot be read a note says so
			t.Fatalf("%+v %v", f, err)
		}
		t.Run("a document comes back byte for byte, by its hash", func(t *testing.T) {
			d, content, err := o.Document(t.Context(), o.by.Firm, c.ID, f.Documents[0].ID)
			if err != nil || string(content) != string(pdf) || d.Hash != ident.HashOf(pdf) || d.Media != "application/pdf" {
				t.Errorf("%+v %v", d, err)
			}
		})
		t.Run("a case is found by what was noted", func(t *testing.T) {
			p, err := o.Cases(t.Context(), o.by.Firm, casework.Filter{Limit: 5}.Search("klanten"))
			if err != nil || len(p.Rows) != 1 {
				t.Error(p, err)
			}
		})
		t.Run("facts name note and document by hash and hold no text", func(t *testing.T) {
			for _, fact := range o.facts {
				if s := string(fact.Payload); len(s) == 0 || strings.Contains(s, "boete") || strings.Contains(s, "brief.pdf") || strings.Contains(s, "Rente") {
					t.Errorf("%s: %s", fact.Kind, s)
				}
			}
			if len(o.facts) != 3 { // the note on what could not be read is one
				t.Errorf("%d facts", len(o.facts))
			}
		})
		for name, file := range map[string]struct {
			name    string
			content string
			want    string
		}{
			"an empty file":                        {"leeg.txt", "", "empty"},
			"a program":                            {"virus.exe", "MZ", "format"},
			"a page of the web that says it's PDF": {"brief.pdf", "<html>", "format"},
			"text that holds bytes of a program":   {"brief.txt", "a\x00b", "format"},
			"a citizen service number in the name": {"111222333.pdf", "%PDF-", "bsn"},
			"a citizen service number in the text": {"brief.txt", "mijn bsn is 111222333", "bsn"},
			"a file that is too large":             {"groot.txt", string(make([]byte, casework.LargestDocument+1)), "too-large"},
		} {
			t.Run(name+" is refused", func(t *testing.T) {
				err := update(func(tx casework.Tx) error {
					_, err := o.AddDocument(tx, o.by, c, casework.Document{Name: file.name, Way: casework.Mail}, []byte(file.content))
					return err
				})
				if f := fault.As(err); f == nil || len(f.Details) != 1 || f.Details[0].Reason != file.want {
					t.Errorf("got %v, want %s", err, file.want)
				}
			})
		}
	})
}
