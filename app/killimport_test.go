package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/loanbook"
)

// importRows is how many agreements are read while the program is killed.
const importRows = 4_000

// TestAKilledImportLeavesNothingHalfAndIsDoneAnew kills the program while it reads a
// file of agreements. Until then the book shows what it showed; an hour later the file is
// read whole, each agreement once, each notice once, and the tree over it is proved.
func TestAKilledImportLeavesNothingHalfAndIsDoneAnew(t *testing.T) {
	for _, e := range sqldbtest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			in, dice := install(t, e), mathrand.New(mathrand.NewPCG(seed(t), 0))
			last := calendar.Of(time.Now()).AddMonths(-2)
			before := in.readWhole(t, last, 7)
			number := in.cutImport(t, last.AddMonths(1), 8, 1+dice.IntN(importRows/2), before)
			a := in.open(t, func() time.Time { return time.Now().Add(loanTime + time.Minute) })
			defer a.Close()
			l := in.doneAnew(t, a, number)
			if l.State != loanbook.LoadDone || l.Rows != importRows || l.Bad != 0 || l.Notices != importRows/10 || l.Balance != before.Balance || in.staged(t, a, number) != importRows {
				t.Errorf("read anew it is %s: %d rows, %d bad, %d notices, %d cents, %d staged", l.State, l.Rows, l.Bad, l.Notices, l.Balance, in.staged(t, a, number))
			}
			page, err := a.Loanbook.Loans(t.Context(), operator(in.firm), loanbook.Filter{Limit: 1})
			if err != nil || page.Load.Number != number {
				t.Errorf("the book shows stand %d, %v", page.Load.Number, err)
			}
			if facts, err := a.reader().Subject(t.Context(), in.firm, l.ID); err != nil || len(facts) != 1 {
				t.Errorf("%d facts, %v", len(facts), err)
			}
			if out, err := a.Replay(t.Context(), nil); err != nil || !out.Green() || out.Rules[loanbook.KindLoaded] != 2 {
				t.Errorf("replay %+v, %v", out, err)
			}
			if left, err := os.ReadDir(filepath.Join(in.data, "loans", string(in.firm))); err == nil {
				for _, f := range left {
					if !strings.HasPrefix(f.Name(), ".new-") { // what was being written when it was killed; swept later
						t.Errorf("a file was left: %s", f.Name())
					}
				}
			}
		})
	}
}

// loanFile is a file of agreements; each tenth has a variable rate that a stand of another
// rate changes.
func loanFile(day calendar.Date, rate int) string {
	var b strings.Builder
	b.WriteString("kenmerk;soort;vergoeding;afgesloten;som;rente;rente_sinds;saldo;maandbedrag\n")
	for i := range importRows {
		charge, now, since := "vast", 7, day.AddMonths(-12)
		if i%10 == 0 {
			charge, now, since = "variabel", rate, day.AddDays(-1)
		}
		fmt.Fprintf(&b, "L-%06d;doorlopend;%s;%s;10000;%d;%s;%d;200\n", i, charge, day.AddMonths(-24-i%60), now, since, 1000+i)
	}
	return b.String()
}

// staged is how many agreements of a stand are there, in the book or not.
func (in *installation) staged(t *testing.T, a *App, number int) (n int) {
	t.Helper()
	if err := a.db.Read(t.Context(), in.firm, func(tx *sqldb.Tx) error { return tx.Row(countStaged, number).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

var countStaged = sqldb.Tenant(`select count(*) from loanbook_row where firm = :firm and load = ?`)

// readWhole reads a stand that nobody cuts off.
func (in *installation) readWhole(t *testing.T, day calendar.Date, rate int) loanbook.Load {
	t.Helper()
	a := in.open(t, nil)
	defer a.Close()
	l, err := a.ImportLoans(t.Context(), in.firm, loanbook.Order{Day: day.String()}, strings.NewReader(loanFile(day, rate)), func(int) {})
	if err != nil || l.State != loanbook.LoadDone || l.Rows != importRows {
		t.Fatalf("%s with %d rows: %+v, %v", l.State, l.Rows, l.Shown, err)
	}
	return l
}

// cutImport lets a program begin to read a stand and kills it once so many agreements
// are there. It returns the number of the stand.
func (in *installation) cutImport(t *testing.T, day calendar.Date, rate, least int, before loanbook.Load) int {
	t.Helper()
	a := in.open(t, nil)
	l, err := a.Loanbook.Import(t.Context(), operator(in.firm), loanbook.Order{Day: day.String()}, strings.NewReader(loanFile(day, rate)))
	if err != nil {
		t.Fatal(err)
	}
	n := in.serve(t, in.data)
	for end := time.Now().Add(time.Minute); in.staged(t, a, l.Number) < least; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the reading does not begin")
		}
	}
	n.kill()
	a.Close()
	in.alone()
	a = in.open(t, nil)
	defer a.Close()
	l, err = a.Loanbook.Load(t.Context(), operator(in.firm), l.Number)
	if there := in.staged(t, a, l.Number); err != nil || l.State == loanbook.LoadDone || there == importRows {
		t.Fatalf("the kill came too late: %s with %d agreements, %v", l.State, there, err)
	}
	page, err := a.Loanbook.Loans(t.Context(), operator(in.firm), loanbook.Filter{Limit: 1, Search: "L-000000"})
	if err != nil || page.Load.Number != before.Number || len(page.Rows) != 1 || page.Rows[0].Now().Nominal.String() != "7" {
		t.Errorf("half-way the book shows stand %d: %+v, %v", page.Load.Number, page.Rows, err)
	}
	if facts, err := a.reader().Subject(t.Context(), in.firm, l.ID); err != nil || len(facts) != 0 {
		t.Errorf("a stand that was cut off has %d facts, %v", len(facts), err)
	}
	return l.Number
}

// doneAnew waits till the jobs of this program have read a stand that was cut off.
func (in *installation) doneAnew(t *testing.T, a *App, number int) (l loanbook.Load) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); a.work(ctx) }()
	defer func() { stop(); <-done }()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var err error
		if l, err = a.Loanbook.Load(t.Context(), operator(in.firm), number); err != nil {
			t.Fatal(err)
		}
		if !l.Ended.IsZero() {
			return l
		}
	}
	t.Errorf("stand %d was not read anew", number)
	return l
}
