package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/loanbook"
	"zorgplicht/loanbook/store"
	"zorgplicht/rule/ruletest"
)

var schemas = []sqldb.Schema{once.Schema, job.Schema, store.Schema}

// shelf keeps files in memory.
type shelf map[ident.Hash][]byte

func (s shelf) Keep(_ context.Context, _ ident.Firm, write func(io.Writer) error) (ident.Hash, int64, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return ident.Hash{}, 0, err
	}
	h := ident.HashOf(b.Bytes())
	s[h] = b.Bytes()
	return h, int64(b.Len()), nil
}

func (s shelf) Open(_ context.Context, _ ident.Firm, h ident.Hash) (io.Reader, func(), error) {
	return bytes.NewReader(s[h]), func() {}, nil
}

func (s shelf) Plain(_ context.Context, _ ident.Firm, h ident.Hash) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(s[h])), nil
}

func (s shelf) Drop(_ ident.Firm, h ident.Hash) error { delete(s, h); return nil }

// A desk is a room with the facts that it wrote.
type desk struct {
	*loanbook.Service
	t     *testing.T
	by    ident.Actor
	files shelf
	facts []journal.Fact
	now   time.Time
	paper []credit.Agreement
}

func newDesk(t *testing.T, db *sqldb.DB) *desk {
	d := &desk{t: t, by: ident.Actor{Firm: "01900000-0000-7000-8000-000000000001", Kind: ident.Staff, ID: "s1"}, files: shelf{}, now: time.Date(2024, 12, 2, 9, 0, 0, 0, time.UTC)}
	n := 0
	d.Service = &loanbook.Service{
		Store: &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { d.facts = append(d.facts, f); return nil }, Now: func() time.Time { return d.now }},
		Files: d.files, Now: func() time.Time { return d.now }, Salt: func() ident.Hash { return ident.HashOf([]byte("salt")) }, Most: 5000,
		NewID: func() string { n++; return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) },
		Notify: func(_ context.Context, _ ident.Actor, a credit.Agreement) (credit.Paper, error) {
			d.paper = append(d.paper, a)
			return credit.Paper{ID: credit.PaperID(fmt.Sprintf("paper-%d", len(d.paper)))}, nil
		},
	}
	return d
}

const head = "kenmerk;product;bemiddelaar;soort;vergoeding;afgesloten;som;rente;rente_sinds;saldo;maandbedrag;achterstand_sinds\n"

// read reads a file into the book.
func (d *desk) read(day string, mode loanbook.Mode, rows ...string) loanbook.Load {
	d.t.Helper()
	d.now = d.now.Add(time.Minute)
	l, err := d.Import(d.t.Context(), d.by, loanbook.Order{Day: day, Mode: mode}, strings.NewReader(head+strings.Join(rows, "\n")))
	if err == nil {
		err = d.Work(d.t.Context(), d.by.Firm, l.Number, func(int) {}, func() bool { return false })
	}
	if err == nil {
		l, err = d.Load(d.t.Context(), d.by, l.Number)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return l
}

func (d *desk) references(f loanbook.Filter) (list []string) {
	d.t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	p, err := d.Loans(d.t.Context(), d.by, f)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range p.Rows {
		list = append(list, r.Reference)
	}
	return list
}

var october = []string{
	"DK-1;Krediet;B1;doorlopend;variabel;2019-03-01;10.000,00;9;2023-05-01;8.100,50;150;",
	"DK-2;Krediet;B2;doorlopend;variabel;2020-09-01;5.000,00;13,5;;4.000,00;;2024-08-15",
	"PL-1;Lening;;anders;vast;2022-01-15;20.000,00;7,2;;12.345,67;480;",
}

func TestAStandIsWholeOrNotThere(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d := newDesk(t, db)
		if _, err := d.Loans(t.Context(), d.by, loanbook.Filter{Limit: 5}); !fault.Has(err, "no-book") {
			t.Errorf("an empty book: %v", err)
		}
		l := d.read("2024-10-31", loanbook.Whole, october...)
		if l.State != loanbook.LoadDone || l.Rows != 3 || l.Balance != 2_444_617 || l.Scan.Above != 1 || len(d.files) != 0 || len(d.facts) != 1 {
			t.Fatalf("%+v, %d files, %d facts", l, len(d.files), len(d.facts))
		}
		if l.Count(loanbook.Late).Count != 1 || l.Count(loanbook.Running).Count != 2 {
			t.Errorf("states %+v", l.States)
		}
		bad := d.read("2024-11-30", loanbook.Whole, append(october, "DK-1;;;doorlopend;variabel;2019-03-01;1;9;;1;;", "X-1;;;iets;vast;morgen;1.234;101;;x;;2024-12-24")...)
		if bad.State != loanbook.LoadRefused || bad.Bad != 2 || bad.Wrong != 7 || len(d.facts) != 1 {
			t.Errorf("a file with faults: %s, %d rows, %+v", bad.State, bad.Bad, bad.Shown)
		}
		var faults bytes.Buffer
		if err := d.Faults(t.Context(), d.by, bad.Number, &faults); err != nil || strings.Count(faults.String(), "\n") != 8 || !strings.Contains(faults.String(), `5;"kenmerk";"double"`) {
			t.Errorf("faults: %s, %v", faults.String(), err)
		}
		if got := d.references(loanbook.Filter{}); strings.Join(got, " ") != "DK-1 DK-2 PL-1" {
			t.Errorf("the book holds %v", got)
		}
		tried := d.read("2024-11-30", loanbook.Try, october...)
		if tried.State != loanbook.LoadTried || tried.Rows != 3 || len(d.facts) != 1 {
			t.Errorf("a trial: %+v", tried)
		}
		some := d.read("2024-11-30", loanbook.Good, october[0], "X-1;;;iets;vast;2020-01-01;1;1;;1;;")
		if some.State != loanbook.LoadDone || some.Rows != 1 || some.Bad != 1 {
			t.Errorf("good rows alone: %+v", some)
		}
		if got := d.references(loanbook.Filter{}); strings.Join(got, " ") != "DK-1" {
			t.Errorf("the book holds %v", got)
		}
		for _, n := range []int{l.Number, some.Number} {
			if different, err := d.Again(t.Context(), d.by.Firm, n); err != nil || different != "" {
				t.Errorf("stand %d: %s, %v", n, different, err)
			}
		}
		if _, err := d.Undo(t.Context(), d.by, some.Number, " "); !fault.Has(err, "invalid-loan-reason") {
			t.Errorf("no reason: %v", err)
		}
		if _, err := d.Undo(t.Context(), d.by, some.Number, "verkeerd bestand"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Undo(t.Context(), d.by, some.Number, "nog eens"); !fault.Has(err, "load-not-done") {
			t.Errorf("undone twice: %v", err)
		}
		if got := d.references(loanbook.Filter{}); strings.Join(got, " ") != "DK-1 DK-2 PL-1" {
			t.Errorf("after the undoing the book holds %v", got)
		}
		replayed(t, d.facts, 0)
	})
}

func TestAFileThatCannotBeUsedIsRefusedWhole(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		for name, c := range map[string]struct{ file, want string }{
			"a column of citizen service numbers": {"kenmerk;bsn;soort;vergoeding;afgesloten;som;rente;saldo\n", "bsn"},
			"columns are missing":                 {"kenmerk;soort\n", "missing-column missing-column missing-column missing-column missing-column"},
			"a column twice":                      {"kenmerk;reference;soort;vergoeding;afgesloten;som;rente;saldo\n", "double"},
			"references that are citizen service numbers": {
				"kenmerk;soort;vergoeding;afgesloten;som;rente;saldo\n" + "111222333;anders;vast;2020-01-01;1;1;1\n123456782;anders;vast;2020-01-01;1;1;1\n999999990;anders;vast;2020-01-01;1;1;1\n", "bsn",
			},
		} {
			d := newDesk(t, db)
			l, err := d.Import(t.Context(), d.by, loanbook.Order{Day: "2024-10-31", Key: "sleutel-" + name}, strings.NewReader(c.file))
			if err != nil {
				t.Fatal(err)
			}
			again, err := d.Import(t.Context(), d.by, loanbook.Order{Day: "2024-10-31", Key: "sleutel-" + name}, strings.NewReader(c.file))
			if err != nil || again.Number != l.Number {
				t.Errorf("%s: the same key gave %d and %d, %v", name, l.Number, again.Number, err)
			}
			if err := d.Work(t.Context(), d.by.Firm, l.Number, func(int) {}, func() bool { return false }); err != nil {
				t.Fatal(err)
			}
			l, err = d.Load(t.Context(), d.by, l.Number)
			var codes []string
			for _, b := range l.Shown {
				codes = append(codes, b.Code)
			}
			if got := strings.Join(codes, " "); err != nil || l.State != loanbook.LoadFailed || got != c.want {
				t.Errorf("%s: %s with %q, %v", name, l.State, got, err)
			}
		}
		d := newDesk(t, db)
		_, err := d.Import(t.Context(), d.by, loanbook.Order{Day: "2030-01-01", Mode: "x"}, strings.NewReader("a"))
		if got := ruletest.Faults(err); got != "/day invalid-load /mode invalid-load" {
			t.Errorf("got %q", got)
		}
	})
}

func TestAChangedRateAsksForANotice(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(t, db)
		d.read("2024-10-31", loanbook.Whole, october...)
		without := d.read("2024-11-30", loanbook.Whole, strings.Replace(october[0], ";9;2023-05-01;", ";9,5;2023-05-01;", 1))
		if without.State != loanbook.LoadRefused || without.Shown[0].Code != "rate-day" {
			t.Errorf("another rate without its day: %+v", without.Shown)
		}
		l := d.read("2024-11-30", loanbook.Whole, strings.Replace(october[0], ";9;2023-05-01;", ";9,5;2024-11-15;", 1), october[1], october[2])
		if l.Notices != 1 {
			t.Fatalf("%d notices", l.Notices)
		}
		f, err := d.Loan(ctx, d.by, "DK-1")
		if err != nil || len(f.Notices) != 1 || len(f.Rates) != 2 || f.Rates[1].Nominal != 95_000 || len(f.Points) != 2 {
			t.Fatalf("%+v, %v", f, err)
		}
		n, err := d.Issue(ctx, d.by, f.Notices[0].ID)
		if err != nil || n.Paper != "paper-1" || d.paper[0].Change.New.String() != "9.5" || d.paper[0].Change.Old.String() != "9" || d.paper[0].Change.Balance.String() != "8100.5" {
			t.Errorf("%+v, %+v, %v", n, d.paper, err)
		}
		if _, err := d.Tell(ctx, d.by, n.ID, calendar.MustParse("2024-12-01")); !fault.Has(err, "notice-given") {
			t.Errorf("given twice: %v", err)
		}
		if n, err := d.Waiting(ctx, d.by, 10); err != nil || n != 0 {
			t.Errorf("%d wait, %v", n, err)
		}
		e := loanbook.Event{Reference: "DK-2", Kind: loanbook.RateChanged, On: calendar.MustParse("2024-12-01"), Nominal: 60_000}
		if f, err = d.Record(ctx, d.by, e, "sleutel-1"); err != nil || len(f.Notices) != 1 || f.Now().Nominal != 60_000 || f.Watch.Watch != loanbook.Within {
			t.Fatalf("%+v, %v", f, err)
		}
		if again, err := d.Record(ctx, d.by, e, "sleutel-1"); err != nil || len(again.Events) != 1 {
			t.Errorf("the same key: %+v, %v", again.Events, err)
		}
		if f, err = d.Withdraw(ctx, d.by, f.Events[0].ID, "verkeerde klant"); err != nil || len(f.Notices) != 0 || f.Now().Nominal != 135_000 {
			t.Errorf("withdrawn: %+v, %v", f, err)
		}
		if _, err := d.Withdraw(ctx, d.by, f.Events[0].ID, "nog eens"); !fault.Has(err, "event-withdrawn") {
			t.Errorf("withdrawn twice: %v", err)
		}
		replayed(t, d.facts, 2)
		for _, f := range d.facts {
			if strings.Contains(string(f.Payload), "DK-") {
				t.Errorf("%s names the agreement: %s", f.Kind, f.Payload)
			}
		}
	})
}

func TestAllNoticesOfAStandCanBeTickedOff(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(t, db)
		d.read("2024-10-31", loanbook.Whole, october...)
		l := d.read("2024-11-30", loanbook.Whole, strings.Replace(october[0], ";9;2023-05-01;", ";9,5;2024-11-15;", 1), strings.Replace(october[1], ";13,5;;", ";12;2024-11-15;", 1))
		if n, err := d.Waiting(ctx, d.by, 10); err != nil || n != 2 {
			t.Fatalf("%d wait, %v", n, err)
		}
		if _, err := d.TellAll(ctx, d.by, l.Number, calendar.MustParse("2025-01-01")); !fault.Has(err, "invalid-loan-notice") {
			t.Errorf("in the future: %v", err)
		}
		if _, err := d.TellAll(ctx, d.by, l.Number, calendar.MustParse("2024-12-01")); err != nil {
			t.Fatal(err)
		}
		if err := d.Work(ctx, d.by.Firm, l.Number, func(int) {}, func() bool { return false }); err != nil {
			t.Fatal(err)
		}
		all, err := d.Notices(ctx, d.by, loanbook.NoticeFilter{Load: l.Number, Limit: 10})
		if err != nil || len(all) != 2 || all[0].Told.String() != "2024-12-01" {
			t.Errorf("%+v, %v", all, err)
		}
		if _, err := d.TellAll(ctx, d.by, l.Number, calendar.MustParse("2024-12-01")); !fault.Has(err, "notice-given") {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestWhatIsToldLiesOverTheStand(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(t, db)
		d.read("2024-10-31", loanbook.Whole, october...)
		tell := func(reference string, kind loanbook.EventKind, on string) loanbook.File {
			t.Helper()
			d.now = d.now.Add(time.Minute)
			f, err := d.Record(ctx, d.by, loanbook.Event{Reference: reference, Kind: kind, On: calendar.MustParse(on)}, "")
			if err != nil {
				t.Fatalf("%s %s: %v", reference, kind, err)
			}
			return f
		}
		if f := tell("DK-2", loanbook.CaughtUp, "2024-10-20"); f.State() != loanbook.Running || f.Was.State() != loanbook.Late {
			t.Errorf("caught up: %s, was %s", f.State(), f.Was.State())
		}
		tell("PL-1", loanbook.WasSettled, "2024-11-20")
		ends := func(month string) (out []string) {
			for m, err := range d.MonthEnd(ctx, d.by.Firm, calendar.MustParse(month)) {
				if err != nil {
					return []string{fault.As(err).Reason}
				}
				out = append(out, fmt.Sprint(m.Reference, " ", int64(m.Balance), " ", m.Months, " ", m.Settled, " ", m.Intermediary))
			}
			return out
		}
		if got := strings.Join(ends("2024-10-05"), ", "); got != "DK-1 810050 0  B1, DK-2 400000 0  B2, PL-1 1234567 0  " {
			t.Errorf("October: %s", got)
		}
		if got := strings.Join(ends("2024-11-05"), ", "); got != "no-month-end" {
			t.Errorf("November: %s", got)
		}
		// A later stand knows nothing of the settlement: what it says is newer, unless the
		// event is of a later day.
		d.read("2024-11-15", loanbook.Whole, october...)
		f, err := d.Loan(ctx, d.by, "PL-1")
		if err != nil || f.State() != loanbook.Settled || f.Balance != 0 {
			t.Errorf("settled after the stand: %s, %v", f.State(), err)
		}
		l := d.read("2024-11-30", loanbook.Whole, october...)
		if f, err = d.Loan(ctx, d.by, "PL-1"); err != nil || f.State() != loanbook.Running || f.Load.Number != l.Number {
			t.Errorf("the stand of later says otherwise: %s, %v", f.State(), err)
		}
		if got := strings.Join(ends("2024-11-05"), ", "); got != "DK-1 810050 0  B1, DK-2 400000 3  B2, PL-1 1234567 0  " {
			t.Errorf("November: %s", got)
		}
		for _, n := range []int{1, 2, 3} {
			if different, err := d.Again(ctx, d.by.Firm, n); err != nil || different != "" {
				t.Errorf("stand %d: %s, %v", n, different, err)
			}
		}
		_, err = d.Record(ctx, d.by, loanbook.Event{Reference: "PL-1", Kind: loanbook.RateChanged, On: calendar.MustParse("2027-01-01"), Nominal: -1}, "")
		if got := ruletest.Faults(err); got != "/kind invalid-loan-event /on invalid-loan-event /rate invalid-loan-event" {
			t.Errorf("got %q", got)
		}
		other := d.by
		other.Firm = "01900000-0000-7000-8000-000000000002"
		if _, err := d.Loan(ctx, other, "PL-1"); !fault.Has(err, "unknown-loan") {
			t.Errorf("another firm: %v", err)
		}
	})
}

func TestListsAreSortedAndTurned(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d := newDesk(t, db)
		var rows []string
		for i := range 900 {
			late := ""
			if i%10 == 0 {
				late = calendar.MustParse("2024-01-01").AddDays(i % 70).String()
			}
			rows = append(rows, fmt.Sprintf("K-%04d;P%d;B%d;doorlopend;variabel;2021-01-01;5000,00;%d,5;;%d,00;;%s", (i*7)%900, i%3, i%2, 8+i%5, 1000+(i*37)%2000, late))
		}
		l := d.read("2024-10-31", loanbook.Whole, rows...)
		if l.Rows != 900 {
			t.Fatalf("%+v", l.Result)
		}
		for name, f := range map[string]loanbook.Filter{
			"by reference": {}, "by balance": {Sort: loanbook.ByBalance}, "by arrears": {Sort: loanbook.ByArrears}, "by since": {Sort: loanbook.BySince},
			"of a product": {Product: "P1", Sort: loanbook.ByBalance}, "of an intermediary": {Intermediary: "B1"}, "late": {State: loanbook.Late}, "late with an intermediary": {State: loanbook.Late, Intermediary: "B0"}, "above": {Above: true}, "sought": {Search: "K-00"},
		} {
			seen, last := map[string]bool{}, loanbook.Row{}
			f.Limit = 77
			count := 0
			for first := true; first || f.After != nil; first = false {
				p, err := d.Loans(t.Context(), d.by, f)
				if err != nil {
					t.Fatal(err)
				}
				count = p.Count
				for _, r := range p.Rows {
					if seen[r.Reference] {
						t.Errorf("%s: %s comes twice", name, r.Reference)
					}
					seen[r.Reference] = true
					if last.Reference != "" && !ordered(f.Sort, last, r) {
						t.Errorf("%s: %s stands before %s", name, last.Reference, r.Reference)
					}
					last = r
				}
				f.After = p.Next
			}
			if len(seen) != count || count == 0 {
				t.Errorf("%s: %d seen, %d counted", name, len(seen), count)
			}
			n := 0
			for _, err := range d.Each(t.Context(), d.by, f) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			if n != count {
				t.Errorf("%s: an export of %d, counted %d", name, n, count)
			}
		}
		scan, _, err := d.Scan(t.Context(), d.by.Firm, calendar.MustParse("2024-10-31"), loanbook.ScanYears)
		if err != nil || string(canon.Must(scan)) != string(canon.Must(*l.Scan)) {
			t.Errorf("the scan gives %+v, the stand %+v, %v", scan, l.Scan, err)
		}
	})
}

func ordered(s loanbook.Sort, a, b loanbook.Row) bool {
	switch s {
	case loanbook.ByBalance:
		return a.Balance > b.Balance || a.Balance == b.Balance && a.Reference < b.Reference
	case loanbook.ByArrears:
		return a.Arrears.Before(b.Arrears) || a.Arrears == b.Arrears && a.Reference < b.Reference
	case loanbook.BySince:
		return a.Watch.Since.Before(b.Watch.Since) || a.Watch.Since == b.Watch.Since && a.Reference < b.Reference
	}
	return a.Reference < b.Reference
}

// replayed asks every decision in the facts again.
func replayed(t *testing.T, facts []journal.Fact, want int) {
	t.Helper()
	r, n := ruletest.Desk(t, credit.ChargeChange, credit.CeilingWatch), 0
	for _, f := range facts {
		if c, err := canon.Canonical(f.Payload); err != nil || string(c) != string(f.Payload) {
			t.Errorf("%s: not canonical: %s, %v", f.Kind, f.Payload, err)
		}
		all, err := journal.Decisions(f.Payload)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			ruletest.Replays(t, r, d)
			n++
		}
	}
	if n != want {
		t.Errorf("%d decisions are kept, want %d", n, want)
	}
}
