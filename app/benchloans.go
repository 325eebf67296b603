package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/credit"
	"zorgplicht/ident"
	"zorgplicht/loanbook"
)

// The budgets of the portfolio at a million agreements.
const (
	scanSeconds = 5
	pageMillis  = 100
)

// BenchLoans measures the portfolio at this many agreements with eight rates each over
// twenty years: reading the file, the scan against all maxima, the pages of the list,
// and going along the end of a month.
func BenchLoans(ctx context.Context, dir string, agreements, rounds int, tell func(Figure), progress func(string)) error {
	a, err := Open(ctx, Config{Data: dir, Rate: -1, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	if err != nil {
		return err
	}
	defer a.Close()
	f, err := a.Party.AddFirm(ctx, "Kredietbank", false)
	if err != nil {
		return err
	}
	day := loanbook.LastOf(calendar.Of(a.Now()).AddMonths(-1))
	progress(fmt.Sprintf("%d agreements of twenty years are read", agreements))
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(writeLoans(w, agreements, day)) }() // never fails
	began := time.Now()
	l, err := a.ImportLoans(ctx, f.ID, loanbook.Order{Day: day.String()}, r, func(int) {})
	if err != nil {
		return err
	}
	if l.State != loanbook.LoadDone || l.Rows != agreements {
		return fmt.Errorf("the file came to %s with %d agreements: %v", l.State, l.Rows, l.Shown)
	}
	took := time.Since(began).Seconds()
	tell(NewFigure("agreements read", "/s", "one file, held against everything, in transactions of some hundreds", []float64{float64(agreements) / took}))
	if err := a.benchScan(ctx, l, f.ID, rounds, tell, progress); err != nil {
		return err
	}
	progress("pages of the list")
	by := operator(f.ID)
	for _, list := range loanLists {
		var millis []float64
		for range 20 * rounds {
			began := time.Now()
			if _, err := a.Loanbook.Loans(ctx, by, list.Filter); err != nil {
				return err
			}
			millis = append(millis, time.Since(began).Seconds()*1000)
		}
		slices.Sort(millis)
		tell(NewFigure("list of agreements, "+list.name+", p95", "ms", "a page of 50 with its count", millis[len(millis)*95/100:][:1]).under(pageMillis))
	}
	return nil
}

func (a *App) benchScan(ctx context.Context, l loanbook.Load, firm ident.Firm, rounds int, tell func(Figure), progress func(string)) error {
	progress("scans of twenty years")
	var scans, ends []float64
	for range rounds {
		began := time.Now()
		scan, _, err := a.Loanbook.Scan(ctx, firm, l.Day, loanbook.ScanYears)
		if err != nil {
			return err
		}
		if scan.Above != l.Scan.Above || scan.Count != l.Scan.Count {
			return fmt.Errorf("the scan counts %d of %d above, the stand %d of %d", scan.Above, scan.Count, l.Scan.Above, l.Scan.Count)
		}
		scans = append(scans, time.Since(began).Seconds())
		began = time.Now()
		for _, err := range a.Loanbook.MonthEnd(ctx, firm, l.Day) {
			if err != nil {
				return err
			}
		}
		ends = append(ends, time.Since(began).Seconds())
	}
	tell(NewFigure("ceiling scan over 20 years", "s", "every agreement of the store, a million in the budget", scans).under(scanSeconds))
	tell(NewFigure("month end of every agreement", "s", "in pages, in constant memory", ends))
	return nil
}

var loanLists = []struct {
	name string
	loanbook.Filter
}{
	{"by reference", loanbook.Filter{Limit: 50}},
	{"far along", loanbook.Filter{Limit: 50, After: &loanbook.Cursor{Reference: "L-00900000"}}},
	{"by balance", loanbook.Filter{Limit: 50, Sort: loanbook.ByBalance}},
	{"in arrears", loanbook.Filter{Limit: 50, Sort: loanbook.ByArrears}},
	{"above the maximum", loanbook.Filter{Limit: 50, Sort: loanbook.BySince, Above: true}},
	{"of an intermediary", loanbook.Filter{Limit: 50, Intermediary: "B017"}},
	{"late with an intermediary", loanbook.Filter{Limit: 50, State: loanbook.Late, Intermediary: "B040"}},
}

// writeLoans writes a file of agreements with eight rates each over twenty years.
func writeLoans(out io.Writer, n int, day calendar.Date) error {
	w := bufio.NewWriterSize(out, 1<<16)
	fmt.Fprintln(w, "kenmerk;product;bemiddelaar;soort;vergoeding;afgesloten;som;rente;renteverloop;saldo;maandbedrag;achterstand_sinds")
	var courses [60]string
	var last [60]string
	for m := range courses {
		concluded := day.AddMonths(-240 + m)
		for c := range 8 {
			last[m] = fmt.Sprintf("%d,%d", 7+(m+c*5)%5, (m*7+c)%10)
			if c > 0 {
				courses[m] += " | "
			}
			courses[m] += concluded.AddMonths(c*20).String() + " " + last[m]
		}
	}
	for i := range n {
		late := ""
		if i%40 == 0 {
			late = day.AddDays(-i % 300).String()
		}
		fmt.Fprintf(w, "L-%08d;P%d;B%03d;doorlopend;%s;%s;%d,00;%s;%s;%d,%02d;%d,00;%s\n",
			i, i%7, i*7919%200, credit.Variable, day.AddMonths(-240+i%60), 5000+i%4*5000, last[i%60], courses[i%60], 100+i*37%9000, i%100, 100+i%4*100, late)
	}
	return w.Flush()
}
