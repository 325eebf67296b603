package store_test

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/commission"
	"zorgplicht/commission/store"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/job"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

var schemas = []sqldb.Schema{once.Schema, job.Schema, store.Schema}

const firm ident.Firm = "01900000-0000-7000-8000-0000000000f1"

var (
	maker    = ident.Actor{Firm: firm, Kind: ident.Staff, ID: "maker"}
	approver = ident.Actor{Firm: firm, Kind: ident.Staff, ID: "approver"}
)

// A book gives contracts that a test chose.
type book []commission.Contract

// Contracts gives them all, whatever the month.
func (b *book) Contracts(context.Context, ident.Firm, calendar.Date) iter.Seq2[commission.Contract, error] {
	return func(yield func(commission.Contract, error) bool) {
		for _, c := range *b {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// A room is the service with what it wrote.
type room struct {
	*commission.Service
	t     *testing.T
	book  *book
	facts []journal.Fact
	now   time.Time
	alone bool
}

func newRoom(t *testing.T, db *sqldb.DB) *room {
	r := &room{t: t, book: &book{}, now: time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)}
	n := 0
	clock := func() time.Time { return r.now }
	r.Service = &commission.Service{
		Store: &store.Store{DB: db, Now: clock, Pen: func(_ *sqldb.Tx, f journal.Fact) error { r.facts = append(r.facts, f); return nil }},
		Book:  r.book, Now: clock,
		NewID: func() string { n++; return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) },
		Salt:  func() ident.Hash { return ident.HashOf([]byte("salt")) },
		Known: func(_ context.Context, f ident.Firm) (bool, error) { return f == theirs || f == others, nil },
		Alone: func(context.Context, ident.Firm) (bool, error) { return r.alone, nil },
	}
	return r
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

func noord() commission.AgreementWriting {
	return commission.AgreementWriting{Code: "noord", Name: "Assurantiekantoor Noord & Zn.", IBAN: "NL91 ABNA 0417 1643 00", Dated: commission.Dated{
		From: day("2024-01-01"), Percentages: []commission.Agreed{
			{Kind: commission.Revolving, From: day("2024-01-01"), Percent: 250_000}, {Kind: commission.NonRevolving, From: day("2024-01-01"), Percent: 150_000},
		},
	}}
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// run does the run of a month.
func (r *room) run(month string) commission.Run {
	r.t.Helper()
	run, err := r.Start(r.t.Context(), maker, month, "")
	r.must(err)
	r.must(r.Work(r.t.Context(), firm, run.ID, func() bool { return false }))
	run, err = r.Run(r.t.Context(), maker, run.ID)
	r.must(err)
	return run
}

// fill lets so many contracts stand in the book: one in ten is two months in arrears,
// one in seven came without an intermediary.
func (r *room) fill(n int) {
	*r.book = (*r.book)[:0]
	for i := range n {
		c := commission.Contract{Ref: fmt.Sprintf("K-%07d", i), Partner: "Noord", Revolving: i%2 == 0, Concluded: day("2024-05-01"), Balance: money.Cents(100_000 + i)}
		if i%10 == 3 {
			c.Due = day("2025-10-15")
		}
		if i%7 == 5 {
			c.Partner = ""
		}
		*r.book = append(*r.book, c)
	}
}

func (r *room) again(run commission.Run) string {
	r.t.Helper()
	i := slices.IndexFunc(r.facts, func(f journal.Fact) bool { return f.Kind == commission.KindRun && f.Subject == run.ID })
	different, err := r.Again(r.t.Context(), firm, run.ID, r.facts[i].Payload)
	r.must(err)
	return different
}

func TestAMonthIsComputedApprovedPaidAndReplayed(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r, ctx := newRoom(t, db), t.Context()
		a, err := r.WriteAgreement(ctx, maker, noord())
		r.must(err)
		if a.Code != "NOORD" || a.IBAN != "NL91ABNA0417164300" || a.Nr != 1 {
			t.Errorf("%+v", a)
		}
		r.fill(9000) // three blocks
		run := r.run("2026-01")
		var want money.Cents
		for i := range 9000 {
			if i%10 != 3 && i%7 != 5 {
				want += commission.Percent([]int64{250_000, 150_000}[i%2]).Of(money.Cents(100_000 + i))
			}
		}
		share := run.Shares[0]
		if run.State != commission.RunDone || run.Rows != 9000 || len(run.Roots) != 3 || len(run.Shares) != 1 || share.Amount != want || run.Total() != want || share.Total != want {
			t.Fatalf("%s %d rows, %d roots, %+v, want %d", run.State, run.Rows, len(run.Roots), share, want)
		}
		if got := r.again(run); got != "" {
			t.Errorf("replayed it has another %s", got)
		}
		if _, err := r.Approve(ctx, maker, run.ID, ""); !fault.Has(err, "approver-is-starter") {
			t.Errorf("who started it approves: %v", err)
		}
		if _, err := r.MakeBankFile(ctx, approver, run.ID, "2026-02-04"); !fault.Has(err, "not-settled") {
			t.Errorf("paid before approval: %v", err)
		}
		if run, err = r.Approve(ctx, approver, run.ID, ""); err != nil || run.State != commission.RunApproved {
			t.Fatalf("%s, %v", run.State, err)
		}
		if _, err := r.MakeBankFile(ctx, approver, run.ID, "2026-02-04"); !fault.Has(err, "no-payer") {
			t.Errorf("paid from nowhere: %v", err)
		}
		r.must(r.SetPayer(ctx, maker, commission.Payer{Name: "Hypotheekhuis De Linde", IBAN: "NL20INGB0001234567"}))
		if _, err := r.MakeBankFile(ctx, approver, run.ID, "2026-02-02"); !fault.Has(err, "invalid-bank-file") {
			t.Errorf("paid yesterday: %v", err)
		}
		run, err = r.MakeBankFile(ctx, approver, run.ID, "2026-02-04")
		r.must(err)
		r.bankFile(run, want)
		if _, err := r.MakeBankFile(ctx, approver, run.ID, "2026-02-05"); !fault.Has(err, "bank-file-made") {
			t.Errorf("paid twice: %v", err)
		}
		if _, err := r.Start(ctx, maker, "2026-01", ""); !fault.Has(err, "invalid-commission-month") {
			t.Errorf("a settled month is run again: %v", err)
		}
		if _, err := r.Start(ctx, maker, "2026-02", ""); !fault.Has(err, "invalid-commission-month") {
			t.Errorf("a month that is not over is run: %v", err)
		}
		r.replays()
	})
}

// bankFile holds the file against the XML that a bank reads.
func (r *room) bankFile(run commission.Run, want money.Cents) {
	r.t.Helper()
	body, err := run.Pain001()
	r.must(err)
	again, err := run.Pain001()
	r.must(err)
	if string(again) != string(body) || ident.HashOf(body) != run.BankFile.Hash {
		r.t.Error("the same run gives another file")
	}
	var doc struct {
		Header struct {
			Count int    `xml:"NbOfTxs"`
			Sum   string `xml:"CtrlSum"`
		} `xml:"CstmrCdtTrfInitn>GrpHdr"`
		Transfers []struct {
			Amount string `xml:"Amt>InstdAmt"`
			Name   string `xml:"Cdtr>Nm"`
			IBAN   string `xml:"CdtrAcct>Id>IBAN"`
			About  string `xml:"RmtInf>Ustrd"`
		} `xml:"CstmrCdtTrfInitn>PmtInf>CdtTrfTxInf"`
	}
	r.must(xml.Unmarshal(body, &doc))
	euros := fmt.Sprintf("%d.%02d", want/100, want%100)
	if doc.Header.Count != 1 || doc.Header.Sum != euros || len(doc.Transfers) != 1 {
		r.t.Fatalf("%+v, want %s", doc, euros)
	}
	if p := doc.Transfers[0]; p.Amount != euros || p.Name != "Assurantiekantoor Noord + Zn." || p.IBAN != "NL91ABNA0417164300" || p.About != "Provisie januari 2026 NOORD" {
		r.t.Errorf("%+v", p)
	}
}

// replays asks every decision of every fact again.
func (r *room) replays() {
	r.t.Helper()
	desk := ruletest.Desk(r.t, commission.Terms, commission.Monthly, commission.Approval)
	asked := 0
	for _, f := range r.facts {
		n, err := canon.Parse(f.Payload)
		r.must(err)
		for item := range n.Get("decisions").Items() {
			var d rule.Decision
			r.must(canon.Decode(item.Append(nil), &d))
			ruletest.Replays(r.t, desk, d)
			asked++
		}
		if s := string(f.Payload); strings.Contains(s, "NL91") || strings.Contains(s, "Noord &") {
			r.t.Errorf("%s names who is paid, or where", f.Kind)
		}
	}
	if asked == 0 {
		r.t.Error("no fact holds a decision")
	}
}

func TestACorrectionGoesWithTheNextStatement(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r, ctx := newRoom(t, db), t.Context()
		a, err := r.WriteAgreement(ctx, maker, noord())
		r.must(err)
		*r.book = book{{Ref: "A", Partner: "NOORD", Revolving: true, Concluded: day("2025-01-01"), Balance: 10_000_00}}
		run := r.run("2025-12")
		order := commission.CorrectionOrder{Run: run.ID, Contract: "A", Facts: (*r.book)[0], Reason: "Het saldo was nul: afgelost op 30 december."}
		if _, err := r.Correct(ctx, maker, order); !fault.Has(err, "month-not-settled") {
			t.Errorf("a month that was not settled is corrected: %v", err)
		}
		if _, err = r.Approve(ctx, approver, run.ID, ""); err != nil {
			t.Fatal(err)
		}
		short := order
		short.Reason = "fout"
		if _, err := r.Correct(ctx, maker, short); err == nil || len(fault.As(err).Details) != 2 {
			t.Errorf("without reason and difference: %v", err)
		}
		short.Unread = []fault.Detail{{Pointer: "/balance", Reason: "invalid-value", Text: "Geef het saldo."}}
		if _, err := r.Correct(ctx, maker, short); err == nil || len(fault.As(err).Details) != 2 || !fault.Has(err, "invalid-correction") {
			t.Errorf("without reason, and a balance that could not be read: %v", err)
		}
		order.Facts.Balance = 0
		c, err := r.Correct(ctx, maker, order)
		if err != nil || c.Paid != 25_00 || c.Difference != -25_00 || c.Agreement != a.ID {
			t.Fatalf("%+v, %v", c, err)
		}
		*r.book = book{} // nothing more to earn: the next month is below nil and is carried
		next := r.run("2026-01")
		if s := next.Shares[0]; s.Corrected != -25_00 || s.Total != -25_00 || s.Pay() != 0 || next.Total() != 0 {
			t.Errorf("%+v", s)
		}
		if _, err = r.Approve(ctx, approver, next.ID, ""); err != nil {
			t.Fatal(err)
		}
		r.now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		*r.book = book{{Ref: "B", Partner: "NOORD", Revolving: true, Concluded: day("2025-01-01"), Balance: 20_000_00}}
		last := r.run("2026-02")
		if s := last.Shares[0]; s.Carried != -25_00 || s.Corrected != 0 || s.Total != 25_00 {
			t.Errorf("%+v", s)
		}
		st, err := r.Statement(ctx, maker, next.ID, a.ID)
		if err != nil || len(st.Corrections) != 1 || st.Corrections[0].Settled != next.ID {
			t.Errorf("%+v, %v", st.Corrections, err)
		}
		for _, run := range []commission.Run{run, next, last} {
			if got := r.again(run); got != "" {
				t.Errorf("%s replayed has another %s", run.Month, got)
			}
		}
		r.replays()
	})
}

func TestWhatMayNotBeAgreedIsRefusedWithEveryFault(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r, ctx := newRoom(t, db), t.Context()
		w := noord()
		w.Name, w.IBAN, w.PaidIn, w.Period = "", "NL00BANK0000000000", "goods", "quarter"
		w.Percentages = append(w.Percentages, commission.Agreed{Kind: commission.NonRevolving, From: day("2024-01-20"), Percent: 1, Running: true})
		_, err := r.WriteAgreement(ctx, maker, w)
		var at []string
		for _, d := range fault.As(err).Details {
			at = append(at, d.Pointer)
			if strings.Contains(d.Text, "NL00") {
				t.Error("a fault says the value again")
			}
		}
		slices.Sort(at)
		if got := strings.Join(at, " "); got != "/iban /name /paidIn /percentages /percentages /period" {
			t.Errorf("faults at %s", got)
		}
		if len(r.facts) != 0 {
			t.Error("what was refused is in the journal")
		}
		_, err = r.WriteAgreement(ctx, maker, noord())
		r.must(err)
		if _, err := r.WriteAgreement(ctx, maker, noord()); !fault.Has(err, "invalid-commission-agreement") {
			t.Errorf("two agreements have one code: %v", err)
		}
	})
}

func TestAFirmOfOnePersonWaitsADay(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r, ctx := newRoom(t, db), t.Context()
		r.alone = true
		_, err := r.WriteAgreement(ctx, maker, noord())
		r.must(err)
		r.must(r.SetPayer(ctx, maker, commission.Payer{Name: "Kantoor", IBAN: "NL20INGB0001234567"}))
		r.fill(5)
		run := r.run("2026-01")
		if _, err := r.Approve(ctx, maker, run.ID, "gezien"); !fault.Has(err, "invalid-approval") {
			t.Errorf("without a reason: %v", err)
		}
		_, err = r.Approve(ctx, maker, run.ID, "Er werkt niemand anders; ik hield de bedragen naast het grootboek.")
		r.must(err)
		if _, err := r.MakeBankFile(ctx, maker, run.ID, "2026-02-05"); !fault.Has(err, "too-early") {
			t.Errorf("paid at once: %v", err)
		}
		r.now = r.now.Add(25 * time.Hour)
		if _, err := r.MakeBankFile(ctx, maker, run.ID, "2026-02-05"); err != nil {
			t.Errorf("after a day: %v", err)
		}
	})
}

// forget makes one block as it was kept before its highest amount was.
var forget = sqldb.Tenant(`update commission_block set highest = 9223372036854775807 where firm = :firm and nr = 1`)

func TestLinesAreFoundFilteredSortedAndProved(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	r, ctx := newRoom(t, db), t.Context()
	_, err := r.WriteAgreement(ctx, maker, noord())
	r.must(err)
	r.fill(9000)
	run := r.run("2026-01")
	for _, c := range []struct {
		name   string
		filter commission.LineFilter
		takes  func(i int) bool
	}{
		{"all", commission.LineFilter{}, func(int) bool { return true }},
		{"in arrears", commission.LineFilter{Outcome: commission.InArrears}, func(i int) bool { return i%10 == 3 && i%7 != 5 }},
		{"of one intermediary", commission.LineFilter{Partner: "NOORD"}, func(i int) bool { return i%7 != 5 }},
		{"by how they begin", commission.LineFilter{Search: "K-00085"}, func(i int) bool { return i/100 == 85 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got, want []string
			for from := 0; from >= 0; {
				p, err := r.Lines(ctx, maker, run.ID, c.filter, from, 700)
				r.must(err)
				for _, l := range p.Lines {
					got = append(got, l.Ref)
				}
				from = p.Next
			}
			for i := range 9000 {
				if c.takes(i) {
					want = append(want, fmt.Sprintf("K-%07d", i))
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d lines, want %d", len(got), len(want))
			}
		})
	}
	p, err := r.Lines(ctx, maker, run.ID, commission.LineFilter{Highest: true}, 0, 10)
	if err != nil || len(p.Lines) != 10 || p.Next != 10 || !slices.IsSortedFunc(p.Lines, func(a, b commission.Line) int { return int(b.Amount - a.Amount) }) || p.Lines[0].Amount != 272 {
		t.Errorf("%+v, %v", p, err)
	}
	t.Run("by amount each page is that of all lines in order, also where a block does not know its highest", func(t *testing.T) {
		var all []commission.Line
		r.must(r.EachLine(ctx, maker, run.ID, commission.LineFilter{Partner: "NOORD"}, func(l commission.Line) error { all = append(all, l); return nil }))
		slices.SortFunc(all, func(a, b commission.Line) int {
			return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Ref, b.Ref))
		})
		same := func(from int) {
			p, err := r.Lines(ctx, maker, run.ID, commission.LineFilter{Partner: "NOORD", Highest: true}, from, 70)
			if err != nil || !slices.Equal(p.Lines, all[from:min(from+70, len(all))]) {
				t.Errorf("from %d: %d lines, next %d, %v", from, len(p.Lines), p.Next, err)
			}
		}
		for _, from := range []int{0, 70, 2100, len(all) - 70} {
			same(from)
		}
		r.must(db.Write(ctx, firm, func(tx *sqldb.Tx) error { _, err := tx.Exec(forget); return err }))
		same(140)
	})
	for _, ref := range []string{"K-0000000", "K-0004095", "K-0004096", "K-0008999"} {
		x, err := r.Explain(ctx, maker, run.ID, ref)
		if err != nil || x.Line.Ref != ref || x.Proof.Root != run.Root || x.Answer.Outcome != x.Line.Outcome {
			t.Errorf("%s: %+v, %v", ref, x.Line, err)
		}
	}
	if _, err := r.Explain(ctx, maker, run.ID, "K-x"); !fault.Has(err, "unknown-commission-contract") {
		t.Errorf("a contract that is not there: %v", err)
	}
}

func TestABookOutOfOrderFailsTheRunAndAStopBeginsItAnew(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, schemas)
	r, ctx := newRoom(t, db), t.Context()
	_, err := r.WriteAgreement(ctx, maker, noord())
	r.must(err)
	*r.book = book{{Ref: "B"}, {Ref: "A"}}
	if run := r.run("2026-01"); run.State != commission.RunFailed || run.Why != "contracts-unordered" {
		t.Errorf("%s %s", run.State, run.Why)
	}
	r.fill(100)
	run, err := r.Start(ctx, maker, "2026-01", "sleutel")
	r.must(err)
	if same, err := r.Start(ctx, maker, "2026-01", "sleutel"); err != nil || same.ID != run.ID {
		t.Errorf("the same key: %v", err)
	}
	if _, err := r.Start(ctx, maker, "2026-01", ""); !fault.Has(err, "run-under-way") {
		t.Errorf("two at once: %v", err)
	}
	if err := r.Work(ctx, firm, run.ID, func() bool { return true }); !errors.Is(err, commission.ErrStopped) {
		t.Fatalf("stopped: %v", err)
	}
	r.must(r.Work(ctx, firm, run.ID, func() bool { return false }))
	r.must(r.Work(ctx, firm, run.ID, func() bool { return false }))
	done, err := r.Run(ctx, maker, run.ID)
	if err != nil || done.State != commission.RunDone || done.Rows != 100 {
		t.Errorf("%s, %d rows, %v", done.State, done.Rows, err)
	}
	if n := len(r.facts); n != 2 {
		t.Errorf("%d facts", n)
	}
	r.now = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	if _, err := r.Start(ctx, maker, "2026-02", ""); !fault.Has(err, "month-not-approved") {
		t.Errorf("the month before waits for approval: %v", err)
	}
	if again := r.run("2026-01"); again.Root != done.Root {
		t.Error("the same month over the same contracts has another root")
	}
	if old, err := r.Run(ctx, maker, run.ID); err != nil || old.State != commission.RunOvertaken {
		t.Errorf("the run before is %s, %v", old.State, err)
	}
}

// Two more firms of the installation.
const theirs, others ident.Firm = "01900000-0000-7000-8000-0000000000f2", "01900000-0000-7000-8000-0000000000f3"

func TestAnIntermediaryReadsItsOwnStatementsAndNothingElse(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		r, ctx := newRoom(t, db), t.Context()
		office, other := ident.Actor{Firm: theirs, Kind: ident.Staff, ID: "noord"}, ident.Actor{Firm: others, Kind: ident.Staff, ID: "zuid"}
		a, err := r.WriteAgreement(ctx, maker, noord())
		r.must(err)
		r.fill(20)
		run := r.run("2026-01")
		for _, wrong := range []string{"noord", string(firm), "01900000-0000-7000-8000-0000000000ff"} {
			if _, err := r.NameOffice(ctx, maker, a.ID, wrong, ""); !fault.Has(err, "invalid-office") {
				t.Errorf("%s: %v", wrong, err)
			}
		}
		if _, err := r.NameOffice(ctx, office, a.ID, string(theirs), ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("the intermediary names itself: %v", err)
		}
		a, err = r.NameOffice(ctx, maker, a.ID, string(theirs), "sleutel")
		if _, again := r.NameOffice(ctx, maker, a.ID, string(theirs), "sleutel"); err != nil || again != nil || a.Office != theirs || len(r.facts) != 3 {
			t.Errorf("%+v, %v, %v, %d facts", a, err, again, len(r.facts))
		}
		c := commission.Receipt{Provider: firm, Agreement: a.ID}
		if list, err := r.Received(ctx, office); err != nil || len(list) != 0 {
			t.Errorf("before it is approved: %+v, %v", list, err)
		}
		if _, err := r.ReceivedStatement(ctx, office, c, run.ID, nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("before it is approved: %v", err)
		}
		_, err = r.Approve(ctx, approver, run.ID, "")
		r.must(err)
		list, err := r.Received(ctx, office)
		if err != nil || len(list) != 1 || list[0].Receipt != c || list[0].Code != "NOORD" {
			t.Fatalf("%+v, %v", list, err)
		}
		lines := 0
		st, err := r.ReceivedStatement(ctx, office, c, run.ID, func(l commission.Line) error {
			if lines++; l.Partner != "NOORD" {
				t.Errorf("a line of %s", l.Partner)
			}
			return nil
		})
		if err != nil || lines != st.Share.Rows || lines == 0 || lines == len(*r.book) {
			t.Errorf("%d lines of %d, %v", lines, st.Share.Rows, err)
		}
		changed := noord()
		changed.ID, changed.Saw, changed.Name = a.ID, a.Nr, "Noord B.V."
		if kept, err := r.WriteAgreement(ctx, maker, changed); err != nil || kept.Office != theirs {
			t.Errorf("a new version of the agreement forgets who reads along: %+v, %v", kept, err)
		}
		for name, who := range map[string]ident.Actor{"another firm": other, "the provider in its own name": maker} {
			if list, err := r.Received(ctx, who); err != nil || len(list) != 0 {
				t.Errorf("%s: %+v, %v", name, list, err)
			}
			if _, err := r.ReceivedStatement(ctx, who, c, run.ID, nil); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = r.NameOffice(ctx, maker, a.ID, string(others), "")
		r.must(err)
		if list, err := r.Received(ctx, other); err != nil || len(list) != 1 {
			t.Errorf("named instead: %+v, %v", list, err)
		}
		_, err = r.NameOffice(ctx, maker, a.ID, "", "")
		r.must(err)
		for _, who := range []ident.Actor{office, other} {
			if list, err := r.Received(ctx, who); err != nil || len(list) != 0 {
				t.Errorf("no longer named: %+v, %v", list, err)
			}
			if _, err := r.ReceivedStatement(ctx, who, c, run.ID, nil); !fault.Is(err, fault.NotFound) {
				t.Errorf("no longer named: %v", err)
			}
		}
	})
}
