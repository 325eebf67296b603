package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/credit/store"
	"zorgplicht/credit/web"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

var schemas = []sqldb.Schema{once.Schema, store.Schema}

// A desk is a room with the facts that it wrote.
type desk struct {
	*credit.Service
	by    ident.Actor
	facts []journal.Fact
	now   time.Time
}

func newDesk(db *sqldb.DB) *desk {
	d := &desk{by: ident.Actor{Firm: "01900000-0000-7000-8000-000000000001", Kind: ident.Staff, ID: "s1"}, now: time.Date(2024, 8, 1, 9, 0, 0, 0, time.UTC)}
	n := 0
	d.Service = &credit.Service{
		Store: &store.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { d.facts = append(d.facts, f); return nil }},
		Now:   func() time.Time { return d.now }, Print: web.PDF,
		NewID:    func() string { n++; return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) },
		FirmName: func(context.Context, ident.Firm) (string, error) { return "De Linde", nil },
	}
	return d
}

func loan() credit.Content {
	return credit.Content{Name: "Lening", From: calendar.MustParse("2024-08-01"), Terms: credit.Terms{
		Kind: credit.Annuity, Charge: credit.Fixed, Rate: new(money.MustParse("7.2")), Months: new(int64(48)), EarlyFee: new(money.Whole(1)),
		Amounts: []money.Decimal{money.Whole(5000), money.Whole(10000), money.Whole(15000), money.Whole(20000)},
	}}
}

func TestAVersionStaysAsItWasAndItsFactReplays(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(db)
		p, err := d.Write(ctx, d.by, credit.Writing{Content: loan(), Key: "sleutel-1"})
		if err != nil || p.Nr != 1 || !p.Active || p.Open {
			t.Fatalf("%+v, %v", p, err)
		}
		if again, err := d.Write(ctx, d.by, credit.Writing{Content: loan(), Key: "sleutel-1"}); err != nil || again.ID != p.ID || len(d.facts) != 1 {
			t.Errorf("the same key gave %s with %d facts, %v", again.ID, len(d.facts), err)
		}
		higher := loan()
		higher.Terms.Rate = new(money.MustParse("8"))
		if p, err = d.Write(ctx, d.by, credit.Writing{ID: p.ID, Saw: 1, Content: higher}); err != nil || p.Nr != 2 {
			t.Fatalf("%+v, %v", p, err)
		}
		if _, err := d.Write(ctx, d.by, credit.Writing{ID: p.ID, Saw: 1, Content: loan()}); !fault.Has(err, "product-changed") {
			t.Errorf("a version that was overtaken: %v", err)
		}
		f, err := d.Product(ctx, d.by, p.ID)
		if err != nil || len(f.Versions) != 2 || f.Terms.Rate.String() != "8" || len(f.Figures.Examples) != 4 {
			t.Fatalf("%+v, %v", f, err)
		}
		first, err := f.Of(1)
		_, hash := loan().Seal()
		if format := f.Versions[1].Content; err != nil || first.Terms.Rate.String() != "7.2" || first.Hash == hash && format.Format == "" {
			t.Errorf("the first version is %+v, %v", first.Version, err)
		}
		if _, sealed := first.Seal(); sealed != first.Hash {
			t.Errorf("the first version has hash %s and is sealed as %s", sealed, first.Hash)
		}
		if _, err := f.Of(3); !fault.Has(err, "unknown-credit-product") {
			t.Errorf("version 3: %v", err)
		}
		replayed(t, d.facts, 4)
	})
}

// replayed asks every decision in the facts again.
func replayed(t *testing.T, facts []journal.Fact, want int) {
	t.Helper()
	r, n := ruletest.Desk(t, credit.CreditFigures, credit.MaximumChargeOn, credit.CreditAccount, credit.ChargeChange), 0
	for _, f := range facts {
		if err := canonical(f.Payload); err != nil {
			t.Errorf("%s: %v", f.Kind, err)
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

func canonical(b []byte) error {
	c, err := canon.Canonical(b)
	if err == nil && string(c) != string(b) {
		err = fmt.Errorf("not canonical: %s", b)
	}
	return err
}

func TestDocumentsAreKeptAsTheyWereIssued(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(db)
		p, err := d.Write(ctx, d.by, credit.Writing{Content: loan()})
		if err != nil {
			t.Fatal(err)
		}
		day := func(s string) *calendar.Date { return new(calendar.MustParse(s)) }
		account := &credit.AccountIn{
			Rates: []credit.RateFrom{{From: day("2024-01-01"), Rate: new(money.Whole(12))}}, Until: day("2024-01-31"),
			Entries: []credit.Entry{{On: day("2024-01-01"), Kind: "draw", Amount: new(money.Whole(1000))}},
		}
		change := &credit.ChangeIn{On: day("2024-09-01"), Old: new(money.Whole(8)), New: new(money.Whole(9))}
		issues := []func() (credit.Paper, error){
			func() (credit.Paper, error) {
				return d.IssueFigures(ctx, d.by, p.ID, 0, credit.AdvertTable, "tabel-01")
			},
			func() (credit.Paper, error) { return d.IssueFigures(ctx, d.by, p.ID, 1, credit.Prospectus, "") },
			func() (credit.Paper, error) {
				return d.IssueAccount(ctx, d.by, credit.Agreement{Reference: "L-1", Account: account, Cost: "2.50"})
			},
			func() (credit.Paper, error) {
				return d.IssueNotice(ctx, d.by, credit.Agreement{Reference: "L-1", Change: change})
			},
		}
		for i, issue := range issues {
			d.now = d.now.Add(time.Hour)
			made, err := issue()
			if err != nil {
				t.Fatalf("document %d: %v", i, err)
			}
			kept, err := d.Paper(ctx, d.by, made.ID)
			if err != nil || kept.Hash != ident.HashOf(kept.Body) || kept.PDFHash != ident.HashOf(kept.PDF) || !strings.HasPrefix(string(kept.PDF), "%PDF-1.7") {
				t.Errorf("document %d: %v", i, err)
			}
			sheet, err := kept.Sheet()
			again, printErr := web.PDF("De Linde", kept.At, sheet)
			if err != nil || printErr != nil || string(again) != string(kept.PDF) {
				t.Errorf("document %d prints otherwise: %v, %v", i, err, printErr)
			}
		}
		if same, err := issues[0](); err != nil || same.Kind != credit.AdvertTable || len(d.facts) != 5 {
			t.Errorf("the same key: %v, %d facts", err, len(d.facts))
		}
		first, err := d.Papers(ctx, d.by, credit.PaperFilter{Limit: 3})
		if err != nil || len(first.Rows) != 3 || first.Rows[0].Kind != credit.Notice || first.Next == nil {
			t.Fatalf("first page %+v, %v", first, err)
		}
		rest, err := d.Papers(ctx, d.by, credit.PaperFilter{Limit: 3, Cursor: *first.Next})
		if err != nil || len(rest.Rows) != 1 || rest.Rows[0].Kind != credit.AdvertTable || rest.Next != nil {
			t.Errorf("second page %+v, %v", rest, err)
		}
		some, err := d.Papers(ctx, d.by, credit.PaperFilter{Limit: 9, Kind: credit.Prospectus, Product: p.ID})
		if err != nil || len(some.Rows) != 1 {
			t.Errorf("by kind and product %+v, %v", some, err)
		}
		replayed(t, d.facts, 6)
		for _, f := range d.facts {
			if strings.Contains(string(f.Payload), "L-1") {
				t.Errorf("%s names the agreement: %s", f.Kind, f.Payload)
			}
		}
	})
}

func TestWhatCannotBeIssuedIsRefused(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, d := t.Context(), newDesk(db)
		write := func(change func(*credit.Content)) credit.ProductID {
			t.Helper()
			c := loan()
			change(&c)
			p, err := d.Write(ctx, d.by, credit.Writing{Content: c})
			if err != nil {
				t.Fatal(err)
			}
			return p.ID
		}
		mortgage := write(func(c *credit.Content) { c.Terms.Mortgage = new(true) })
		never := write(func(c *credit.Content) {
			c.Terms.Kind, c.Terms.Months, c.Terms.Share, c.Terms.Rate = credit.Revolving, nil, new(money.Whole(2)), new(money.Whole(40))
		})
		for _, c := range []struct {
			id   credit.ProductID
			kind credit.PaperKind
			want string
		}{
			{mortgage, credit.Prospectus, "no-prospectus"},
			{never, credit.AdvertTable, "no-figures"},
			{mortgage, credit.Statement, "unknown-paper-kind"},
			{"01900000-0000-7000-8000-999999999999", credit.AdvertTable, "unknown-credit-product"},
		} {
			if _, err := d.IssueFigures(ctx, d.by, c.id, 0, c.kind, ""); !fault.Has(err, c.want) {
				t.Errorf("%s of %s: got %v, want %s", c.kind, c.id, err, c.want)
			}
		}
		other := d.by
		other.Firm = "01900000-0000-7000-8000-000000000002"
		if _, err := d.Product(ctx, other, mortgage); !fault.Has(err, "unknown-credit-product") {
			t.Errorf("another firm: %v", err)
		}
		if _, err := d.Public(ctx, d.by.Firm, mortgage); !fault.Has(err, "unknown-credit-product") {
			t.Errorf("a product that is not open: %v", err)
		}
		if p, err := d.Set(ctx, d.by, mortgage, true, true, ""); err != nil || !p.Open {
			t.Fatalf("%+v, %v", p, err)
		}
		if p, err := d.Public(ctx, d.by.Firm, mortgage); err != nil || p.Name != "Lening" {
			t.Errorf("an open product: %+v, %v", p, err)
		}
		if p, err := d.Set(ctx, d.by, mortgage, false, true, ""); err != nil || p.Open {
			t.Errorf("a product that is no longer offered stays open: %+v, %v", p, err)
		}
	})
}

func TestAllThatIsWrongIsToldAtOnce(t *testing.T) {
	d := newDesk(nil)
	_, err := d.Write(t.Context(), d.by, credit.Writing{Content: credit.Content{Name: " ", Insurance: "polis 111222333", Terms: credit.Terms{Kind: "geen"}}})
	if got, want := ruletest.Faults(err), "/from invalid-credit-product /insurance invalid-credit-product /name invalid-credit-product /terms/amounts invalid-credit-product"; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err = d.IssueAccount(t.Context(), d.by, credit.Agreement{Reference: "", Cost: "veel", Account: &credit.AccountIn{Settled: new(true)}})
	if got, want := ruletest.Faults(err), "/cost invalid-credit-paper /entries invalid-credit-paper /rates invalid-credit-paper /reference invalid-credit-paper /until invalid-credit-paper"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
