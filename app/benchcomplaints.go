package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"zorgplicht/casework"
	"zorgplicht/complaint"
	complaintstore "zorgplicht/complaint/store"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/staff"
)

// Complaints are made by the calls of staff so many at a time, two years of them; the
// others are copies of these.
const (
	toldAtOnce   = 360
	toldTogether = 28
	perCopy      = 2_000 // in one transaction
)

// benchPassword lets the accounts in that employBench makes, in a later run too.
const benchPassword = "drie-lampen-op-een-vensterbank"

// BenchComplaints measures lists, pages and exports of casework with this many
// complaints in the store. A store that it filled before is measured as it is, with the
// keys that it had.
func (a *App) BenchComplaints(ctx context.Context, complaints int, o BenchOptions) error {
	b := &bench{App: a, BenchOptions: o}
	b.Attempts, b.stock = complaints, "complaints"
	firms, err := a.Party.Firms(ctx)
	if err != nil {
		return err
	}
	if len(firms) == 0 {
		err = b.found(ctx, complaints)
	} else if err = a.ownJournal(ctx); err == nil {
		b.refind(firms[0].ID)
	}
	if err != nil {
		return err
	}
	if _, b.demo.APIToken, err = a.Staff.AddToken(ctx, staff.Token{Firm: b.demo.Firm, Name: "Bench", Scopes: staff.Scopes}); err != nil {
		return err
	}
	if _, err := b.Complaint.Fold(ctx, b.demo.Firm); err != nil { // as its job does
		return err
	}
	if err := b.pack(ctx); err != nil {
		return err
	}
	stop, err := b.serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	who := b.demo.Accounts[0]
	if err := b.post(ctx, "/werk/aanmelden", url.Values{"email": {who.Email}, "wachtwoord": {who.Password}}); err != nil {
		return err
	}
	looks, err := b.caseLooks(ctx)
	if err != nil {
		return err
	}
	for _, l := range looks {
		if err := b.look(ctx, l); err != nil {
			return err
		}
	}
	for _, kind := range []string{"csv", "xlsx"} {
		if err := b.export(ctx, kind, complaints); err != nil {
			return err
		}
	}
	return nil
}

// pack packs the words of the cases, as its job does.
func (b *bench) pack(ctx context.Context) error {
	b.Progress("the words of cases are packed")
	began := time.Now()
	n, err := b.desk.casework.Pack(ctx, b.demo.Firm)
	if n > 0 {
		b.Tell(NewFigure("words of cases packed", "s", fmt.Sprintf("%d stretches of cases", n), []float64{time.Since(began).Seconds()}))
	}
	return err
}

// found makes the firm, the accounts of its desk, and the complaints.
func (b *bench) found(ctx context.Context, complaints int) error {
	f, err := b.Party.AddFirm(ctx, DemoFirm, false)
	if err != nil {
		return err
	}
	b.demo.Firm = f.ID
	actors := map[string]ident.Actor{}
	if b.demo.Accounts, err = b.employBench(ctx, f.ID, actors); err != nil {
		return err
	}
	return b.complain(ctx, complaints, actors)
}

// refind knows again what found made in an earlier run.
func (b *bench) refind(firm ident.Firm) {
	b.demo.Firm = firm
	for _, p := range people[:2] {
		b.demo.Accounts = append(b.demo.Accounts, DemoAccount{p.firm, p.email, benchPassword, p.role})
	}
}

// employBench makes the two of the first firm of the demo who handle complaints.
func (a *App) employBench(ctx context.Context, firm ident.Firm, actors map[string]ident.Actor) (all []DemoAccount, err error) {
	for _, p := range people[:2] {
		account, password, err := a.Staff.AddAccount(ctx, staff.Account{Firm: firm, Name: p.name, Email: p.email, Roles: []staff.Role{p.role}}, benchPassword)
		if err != nil {
			return nil, err
		}
		all = append(all, DemoAccount{p.firm, p.email, password, p.role})
		actors[p.email] = staff.Session{Account: account}.Actor()
	}
	return all, nil
}

// complain fills the store: some thousands of complaints by the calls of staff, and
// copies of those.
func (b *bench) complain(ctx context.Context, n int, actors map[string]ident.Actor) error {
	d := demoDesks[0]
	keeper := b.teller(actors[d.keeper], 0)
	if err := keeper.procedure(ctx, actors[d.keeper], d.firm, d.terms); err != nil {
		return err
	}
	began := time.Now()
	told := min(n, toldAtOnce*toldTogether)
	var done atomic.Int64
	err := together(ctx, toldTogether, toldTogether, func(i int) error {
		t := b.teller(actors[[]string{d.handler, d.keeper}[i%2]], i)
		of := told / toldTogether
		for k := range of {
			if err := t.complaint(ctx, d.sorts[t.dice.IntN(len(d.sorts))], k, of); err != nil {
				return err
			}
			if done.Add(1)%500 == 0 {
				b.Progress(fmt.Sprintf("complaints of two years, %d of %d", done.Load(), n))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.copyCases(ctx, n); err != nil {
		return err
	}
	b.Tell(NewFigure("complaints in the store", "1/s", fmt.Sprintf("%d of them with facts and notes, the others copies with what lists and search read", done.Load()), []float64{float64(n) / time.Since(began).Seconds()}))
	return nil
}

// copyCases copies the complaints until there are this many, some at a time.
func (b *bench) copyCases(ctx context.Context, n int) error {
	var ids []casework.ID
	err := b.desk.casework.View(ctx, b.demo.Firm, func(tx casework.Tx) error {
		f := casework.Filter{Kind: complaint.Kind, Order: casework.Oldest, Limit: toldAtOnce * toldTogether}
		page, err := tx.Cases(f)
		for _, c := range page.Rows {
			ids = append(ids, c.ID)
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	slices.Sort(ids)
	room := &complaintstore.Store{DB: b.db}
	for copied, round := len(ids), 1; copied < n; round++ {
		prefix := fmt.Sprintf("%03x", 0x100+round)
		for from := 0; from < len(ids) && copied < n; from += perCopy {
			some := ids[from:min(from+perCopy, len(ids), from+n-copied)]
			err := b.db.Write(ctx, b.demo.Firm, func(t *sqldb.Tx) error {
				if err := b.desk.casework.Multiply(t, prefix, some[0], some[len(some)-1]); err != nil {
					return err
				}
				return room.Multiply(t, prefix, some[0], some[len(some)-1])
			})
			if err != nil {
				return err
			}
			copied += len(some)
			b.Progress(fmt.Sprintf("complaints of two years, %d of %d", copied, n))
		}
	}
	return nil
}

// caseLooks are the lists of complaints with each of their filters, and what else
// handlers read all day.
func (b *bench) caseLooks(ctx context.Context) ([]look, error) {
	const list = "/werk/klachten"
	var deep, one string
	var most []casework.ID
	err := b.desk.casework.View(ctx, b.demo.Firm, func(tx casework.Tx) error {
		newest, err := tx.Cases(casework.Filter{Kind: complaint.Kind, Limit: 100})
		if err != nil || len(newest.Rows) == 0 {
			return err
		}
		for _, c := range newest.Rows {
			most = append(most, c.ID)
		}
		one = newest.Rows[len(newest.Rows)-1].Number
		middle, err := tx.Cases(casework.Filter{Kind: complaint.Kind, Through: b.Casework.Today().AddDays(-demoComplaintDays / 2), Limit: 100})
		if n := middle.Next; n != nil {
			deep = fmt.Sprintf("?na=5000.%s.%d.%s", n.Received, 0, n.ID)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	all := []look{{"list of complaints", same(list), false}, {"list, a later page", same(list + deep), false}}
	add := func(name, query string) { all = append(all, look{"list, " + name, same(list + "?" + query), false}) }
	add("open", "stand=open")
	add("handled", "stand=gesloten")
	add("oldest first", "volgorde="+string(casework.Oldest))
	add("ended last first", "volgorde="+string(casework.Ended))
	add("one cause", complaint.FacetCause+"="+string(complaint.ByAdvice))
	add("one outcome", complaint.FacetOutcome+"="+string(complaint.Upheld))
	add("cause and outcome", complaint.FacetCause+"="+string(complaint.ByAdvice)+"&"+complaint.FacetOutcome+"="+string(complaint.Upheld))
	add("open of one cause", "stand=open&"+complaint.FacetCause+"="+string(complaint.ByTime))
	add("one product", "product=hypotheek")
	add("nobody's", "behandelaar="+casework.None)
	add("a month", "van="+b.Casework.Today().AddDays(-400).String()+"&tot="+b.Casework.Today().AddDays(-370).String())
	add("a common word", "zoek=rente")
	add("two words", "zoek=rente+advies")
	lastYear := strconv.Itoa(b.Casework.Today().Year() - 1)
	add("a word of old ones", "zoek="+lastYear)
	add("two words of old ones", "zoek="+lastYear+"+verkoper")
	add("a number", "zoek="+url.QueryEscape(one))
	add("a word that stands nowhere", "zoek=nergenswoord")
	file := func(i int) string { return list + "/" + string(most[i%len(most)]) }
	return append(all,
		look{"one complaint", file, false},
		look{"list of all cases", same("/werk/zaken"), false},
		look{"what is due today, mine", same("/werk/vandaag"), false},
		look{"what is due today, the firm's", same("/werk/vandaag?van=alle"), false},
		look{"search everywhere", same("/werk/zoek?zoek=rente"), false},
		look{"figures of a year", same(list + "/cijfers"), false},
		look{"radar of surges", same(list + "/radar"), false},
		look{"API, list of complaints", same("/v1/klachten"), true},
		look{"API, one complaint", func(i int) string { return "/v1/klachten/" + string(most[i%len(most)]) }, true},
	), nil
}

// export takes the whole list along as a file, and watches how much memory that takes.
func (b *bench) export(ctx context.Context, kind string, rows int) error {
	b.Progress("the whole list as " + kind)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	most, done := atomic.Uint64{}, make(chan struct{})
	go func() {
		for beat := time.NewTicker(50 * time.Millisecond); ; {
			select {
			case <-done:
				beat.Stop()
				return
			case <-beat.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapInuse))
			}
		}
	}()
	defer close(done)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.BaseURL+"/werk/klachten/lijst."+kind, nil)
	if err != nil {
		return err
	}
	c := *b.client
	c.Timeout = 0 // as long as it takes
	began := time.Now()
	reply, err := c.Do(r)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	var lines lineCount
	n, err := io.Copy(&lines, reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		return fmt.Errorf("the list as %s: %s, %w", kind, reply.Status, err)
	}
	if kind == "csv" && int(lines) != rows+1 {
		return fmt.Errorf("the list has %d rows, not %d: a store that was kept is measured with its own number", lines-1, rows)
	}
	took := time.Since(began).Seconds()
	grew := float64(int64(most.Load())-int64(before.HeapInuse)) / 1e6 //nolint:gosec // sizes of memory
	b.Tell(NewFigure("export as "+strings.ToUpper(kind), "rows/s", fmt.Sprintf("%d rows, %d MB, while the heap grew by at most %.0f MB", rows, n/1e6, max(grew, 0)), []float64{float64(rows) / took}))
	return nil
}
