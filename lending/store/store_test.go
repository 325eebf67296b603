package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/credit"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/lending/store"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

var schemas = []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// A desk is the room on a real store, with a clock and criteria set by hand.
type desk struct {
	*lending.Service
	by    ident.Actor
	now   time.Time
	sets  []criteria.Published
	facts []journal.Fact
}

func open(db *sqldb.DB) *desk {
	d := &desk{by: ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}, now: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)}
	cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { d.facts = append(d.facts, f); return nil }}
	now := func() time.Time { return d.now }
	d.Service = &lending.Service{
		Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID,
		Sets:     func(context.Context, ident.Firm, calendar.Date) ([]criteria.Published, error) { return d.sets, nil },
		Casework: &casework.Service{Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: lending.Kind, Prefix: "A", Path: "/werk/kredietaanvragen"}}},
	}
	d.publish(lending.Starter)
	return d
}

// publish puts a text to use as the only criteria.
func (d *desk) publish(text string) {
	p, err := criteria.Read([]byte(text))
	if err != nil {
		panic(err)
	}
	s := p.Set()
	d.sets = []criteria.Published{{Program: p, Release: criteria.Release{Name: s.Name, Title: s.Title, Version: s.Version, Hash: s.Hash(), From: s.From}}}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

// fits is an application that the starter accepts, once the household norm is there.
func fits() lending.Intake {
	return lending.Intake{Received: day("2026-06-01"), Told: lending.Told{
		Applicant: lending.Person{Name: "A. Jansen", Reference: "K-77"},
		Request:   lending.Request{Form: lending.Loan, Amount: 10_000_00, Months: 48, Purpose: lending.ForCar, Household: lending.Alone, Product: "Persoonlijke lening"},
		Answers:   map[string]string{"inkomen": "2800", "woonlasten": "900", "bestaande_kredieten": "0", "termijn": "238.50", "registratie": "schoon", "hobby": "zeilen"},
	}}
}

func (d *desk) norm(t *testing.T, value, from string) {
	t.Helper()
	if _, err := d.SetNorm(t.Context(), d.by, lending.Setting{Name: "leefnorm", Value: value, From: day(from), Source: "Tabel 2026, gelezen op 2 januari 2026"}); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) receive(t *testing.T, in lending.Intake) lending.Application {
	t.Helper()
	a, err := d.Receive(t.Context(), d.by, in)
	if err != nil {
		t.Fatalf("%v %+v", err, fault.As(err))
	}
	return a
}

func at(a lending.Application) lending.At { return lending.At{ID: a.ID(), Saw: a.Case.Revision} }

// done is a step that must go well.
func done(t *testing.T) func(lending.Application, error) lending.Application {
	return func(a lending.Application, err error) lending.Application {
		t.Helper()
		if err != nil {
			t.Fatalf("%v %+v", err, fault.As(err))
		}
		return a
	}
}

func details(err error) string {
	var all []string
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			all = append(all, d.Pointer+" "+d.Reason)
		}
	}
	return strings.Join(all, ", ")
}

// replays asks every decision of the facts again; sealed sets come from the desk.
func (d *desk) replays(t *testing.T, least int) {
	t.Helper()
	r := ruletest.Desk(t, lending.ApplicationValues, lending.ApplicationVerdict, lending.ApplicationDecision, lending.SecuritiesMargin, credit.CreditConclusionCheck, credit.CreditRetention, criteria.Deciding)
	n := 0
	for _, f := range d.facts {
		ds, err := journal.Decisions(f.Payload)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range ds {
			n++
			reply, err := r.Ask(x.Rule, x.Version, x.Given, func(h ident.Hash) ([]byte, error) {
				for _, p := range d.sets {
					if p.Release.Hash == h {
						return canon.Must(p.Program.Set()), nil
					}
				}
				return nil, fmt.Errorf("no set %s", h)
			})
			if err != nil || string(reply.Answer) != string(x.Answer) {
				t.Errorf("%s of %s answers %s, %v", x.Rule, f.Kind, reply.Answer, err)
			}
		}
	}
	if n < least {
		t.Errorf("%d decisions in %d facts", n, len(d.facts))
	}
}

func TestALifeOfAnApplication(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx, ok := open(db), t.Context(), done(t)
		d.norm(t, "1100", "2026-01-01")
		a := d.receive(t, fits())
		if a.State != lending.Received || a.Judged == nil || a.Judged.Verdict != lending.Fits || a.Judged.Body.Values["leefnorm"] != "1100" || a.Case.Number != "A-2026-0001" {
			t.Fatalf("%+v, judged %+v", a, a.Judged)
		}
		if lacks := a.Lacks(day("2026-06-01")); len(lacks) != 1 || lacks[0].Code != "not_consulted" || lacks[0].Norm != "bfd:60:1" {
			t.Errorf("it lacks %+v", lacks)
		}
		if _, err := d.Conclude(ctx, d.by, at(a), day("2026-06-01"), "L-1"); !fault.Has(err, "application-state") {
			t.Errorf("concluded before anybody decided: %v", err)
		}
		a = ok(d.Decide(ctx, d.by, at(a), true, ""))
		if _, err := d.Conclude(ctx, d.by, at(a), day("2026-06-01"), ""); details(err) != "/reference missing, /lacks not_consulted" {
			t.Errorf("concluded without the register: %s", details(err))
		}
		a = ok(d.Consult(ctx, d.by, at(a), lending.Looking{On: day("2026-06-01"), System: "BKR", Reference: "T-5"}))
		a = ok(d.Conclude(ctx, d.by, at(a), day("2026-06-01"), "L-1"))
		if out := credit.CreditRetention.Ask(a.Keeping()); !out.Through.Null {
			t.Errorf("a running file is kept through %v", out.Through)
		}
		d.now = time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC)
		if _, err := d.Settle(ctx, d.by, at(a), day("2026-05-01")); details(err) != "/on too-early" {
			t.Errorf("settled before it began: %s", details(err))
		}
		a = ok(d.Settle(ctx, d.by, at(a), day("2026-09-30")))
		a = ok(d.Transfer(ctx, d.by, at(a), day("2026-09-30"), "De Overnemer"))
		if out := credit.CreditRetention.Ask(a.Keeping()); out.Last() != day("2031-09-30") || a.Case.Open() {
			t.Errorf("kept through %v, open %t", out.Through, a.Case.Open())
		}
		f, err := d.File(ctx, d.by.Firm, a.ID())
		if err != nil || len(f.Judgements) != 1 || f.Judgements[0].Body.Said().OfVerdict[0].Text != "De criteria staan aanvaarden toe: aanvaarden." {
			t.Errorf("%+v, %v", f.Judgements, err)
		}
		d.replays(t, 9)
		for _, f := range d.facts {
			if s := string(f.Payload); strings.Contains(s, "Jansen") || strings.Contains(s, "K-77") || strings.Contains(s, "Overnemer") {
				t.Errorf("%s names somebody: %s", f.Kind, s)
			}
		}
	})
}

func TestJudgingAnewLeavesTheFormerWhereItIs(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx, ok := open(db), t.Context(), done(t)
		a := d.receive(t, fits())
		if a.Judged.Verdict != lending.Incomplete || len(a.Judged.Body.Missing) != 1 || a.Judged.Body.Missing[0] != "leefnorm" {
			t.Fatalf("without a norm amount: %+v", a.Judged)
		}
		if _, err := d.Decide(ctx, d.by, at(a), true, "het komt goed"); details(err) != "/why not_judged" {
			t.Errorf("accepted while something lacks: %s", details(err))
		}
		d.norm(t, "1750", "2026-01-01")
		if a = ok(d.JudgeAnew(ctx, d.by, at(a))); a.Judged.Nr != 2 || a.Judged.Verdict != lending.Refuse {
			t.Fatalf("%+v", a.Judged)
		}
		if _, err := d.Decide(ctx, d.by, at(a), true, "een goede klant"); details(err) != "/why refused" {
			t.Errorf("accepted against the criteria: %s", details(err))
		}
		better := fits().Told
		better.Answers["inkomen"] = "3400"
		if a = ok(d.Change(ctx, d.by, at(a), better)); a.Data != 2 || a.Judged.Nr != 3 || a.Judged.Verdict != lending.Fits {
			t.Fatalf("%+v", a.Judged)
		}
		a = ok(d.Decide(ctx, d.by, at(a), true, ""))
		d.publish(strings.Replace(lending.Starter, "version: 1", "version: 2", 1))
		if a = ok(d.JudgeAnew(ctx, d.by, at(a))); a.State != lending.Received || a.Judged.Version != 2 {
			t.Errorf("after newer criteria it is %s by version %d", a.State, a.Judged.Version)
		}
		f, err := d.File(ctx, d.by.Firm, a.ID())
		if err != nil || len(f.Judgements) != 4 || f.Judgements[3].Verdict != lending.Incomplete || f.Judgements[2].Body.Norms[0].Value.String() != "1750" {
			t.Errorf("%+v, %v", f.Judgements, err)
		}
		if _, err := d.Decide(ctx, d.by, lending.At{ID: a.ID(), Saw: 1}, true, ""); !fault.Has(err, "case-changed") {
			t.Errorf("who saw an older state: %v", err)
		}
	})
}

func TestCreditOnSecuritiesIsWatched(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx, ok := open(db), t.Context(), done(t)
		d.sets = nil // the exemption asks no criteria
		in := fits()
		in.Request = lending.Request{Form: lending.Revolving, Amount: 70_000_00, Purpose: lending.ForSecurities, Collateral: lending.Listed, Value: 100_000_00}
		in.Answers = nil
		a := d.receive(t, in)
		if !a.Exempt(day("2026-06-01")) || len(a.Lacks(day("2026-06-01"))) != 0 {
			t.Fatalf("70%% of listed securities lacks %+v", a.Lacks(day("2026-06-01")))
		}
		a = ok(d.Decide(ctx, d.by, at(a), true, ""))
		a = ok(d.Conclude(ctx, d.by, at(a), day("2026-06-01"), "E-1"))
		due := func() string {
			t.Helper()
			f, err := d.Casework.File(ctx, d.by.Firm, a.ID())
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, x := range f.Dues {
				all = append(all, x.Code+" "+x.Day.String())
			}
			return strings.Join(all, ", ")
		}
		if got := due(); got != "waardering 2026-07-01" {
			t.Errorf("due is %s", got)
		}
		d.now = time.Date(2026, 6, 20, 9, 0, 0, 0, time.UTC)
		a = ok(d.Value(ctx, d.by, at(a), day("2026-06-20"), 99_999_99))
		if got := due(); got != "marge 2026-06-20, waardering 2026-07-20" {
			t.Errorf("over 70%%, due is %s", got)
		}
		if _, err := d.Value(ctx, d.by, at(a), day("2026-06-19"), 1); details(err) != "/on too-early" {
			t.Errorf("a value before the last one: %s", details(err))
		}
		d.now = time.Date(2026, 6, 25, 9, 0, 0, 0, time.UTC)
		a = ok(d.Value(ctx, d.by, at(a), day("2026-06-25"), 120_000_00))
		if got := due(); got != "waardering 2026-07-25" {
			t.Errorf("back within 70%%, due is %s", got)
		}
		a = ok(d.Settle(ctx, d.by, at(a), day("2026-06-25")))
		if got := due(); got != "" {
			t.Errorf("after settlement, due is %s", got)
		}
		d.replays(t, 9)
	})
}

func TestWhatCannotBeKeptIsSaidAtOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx := open(db), t.Context()
		in := lending.Intake{Received: day("2026-06-02"), Told: lending.Told{
			Applicant: lending.Person{Name: "A. Jansen 111222333"},
			Request:   lending.Request{Form: "erfenis", Amount: -1, Down: 5, Purpose: "", Collateral: lending.Listed},
			Answers:   map[string]string{"in komen": "1"},
		}}
		_, err := d.Receive(ctx, d.by, in)
		want := "/received future, /applicant/name bsn, /request/form invalid-value, /request/purpose invalid-value, /request/amount invalid-value, /request/down invalid-value, /request/value invalid-value, /answers unknown-field"
		if details(err) != want {
			t.Errorf("got  %s\nwant %s", details(err), want)
		}
		wrong := fits()
		wrong.Answers["inkomen"], wrong.Answers["registratie"] = "veel", "prima"
		if _, err := d.Receive(ctx, d.by, wrong); details(err) != "/answers/inkomen value, /answers/registratie value" {
			t.Errorf("answers that do not fit: %s", details(err))
		}
		if _, err := d.SetNorm(ctx, d.by, lending.Setting{Name: "Leef norm", Value: "veel", Household: "kraakpand"}); details(err) != "/source missing, /value amount, /name name, /household invalid-value, /from missing" {
			t.Errorf("a norm amount: %s", details(err))
		}
		if len(d.facts) != 0 {
			t.Errorf("%d facts of what was refused", len(d.facts))
		}
	})
}

func TestAKeyDoesAThingOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx := open(db), t.Context()
		in := fits()
		in.Key = "sleutel-1"
		first, second := d.receive(t, in), d.receive(t, in)
		setting := lending.Setting{Name: "leefnorm", Value: "1100.50", From: day("2026-01-01"), Source: "Tabel", Key: "sleutel-2"}
		n, err1 := d.SetNorm(ctx, d.by, setting)
		m, err2 := d.SetNorm(ctx, d.by, setting)
		if first.ID() != second.ID() || err1 != nil || err2 != nil || n.ID != m.ID || n.Value.String() != "1100.5" {
			t.Errorf("%s and %s, %+v and %+v, %v %v", first.ID(), second.ID(), n, m, err1, err2)
		}
		setting.Value = "1200"
		if _, err := d.SetNorm(ctx, d.by, setting); !fault.Has(err, "idempotency-key-reused") {
			t.Errorf("another amount under the key: %v", err)
		}
		first = done(t)(d.Withdraw(ctx, d.by, at(first), "gebeld"))
		if _, err := d.Change(ctx, d.by, at(first), fits().Told); !fault.Has(err, "application-state") || first.Case.Open() {
			t.Errorf("changed after it was withdrawn: %v", err)
		}
	})
}

func TestTheListTurnsInEveryOrder(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx := open(db), t.Context()
		for i, name := range []string{"Bakker", "Aydin", "Dekker", "Claes", "Evers"} {
			in := fits()
			in.Applicant, in.Received = lending.Person{Name: name}, day("2026-05-01").AddDays(i%3)
			in.Request.Amount += []money.Cents{0, 500_00, 200_00, 0, 100_00}[i]
			a := d.receive(t, in)
			if name == "Dekker" {
				done(t)(d.Decide(ctx, d.by, at(a), false, "te hoog"))
			}
		}
		names := func(f lending.Filter) string {
			t.Helper()
			var all []string
			for f.Limit = 2; ; {
				p, err := d.Applications(ctx, d.by.Firm, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range p.Rows {
					all = append(all, r.Name)
				}
				if f.After = p.Next; f.After == nil {
					return strings.Join(all, " ")
				}
			}
		}
		for want, f := range map[string]lending.Filter{
			"Dekker Evers Aydin Claes Bakker": {Order: lending.Newest},
			"Bakker Claes Aydin Evers Dekker": {Order: lending.Oldest},
			"Aydin Dekker Evers Claes Bakker": {Order: lending.Largest},
			"Aydin Bakker Claes Dekker Evers": {Order: lending.ByName},
			"Dekker":                          {State: lending.Declined},
			"Evers":                           lending.Filter{}.Search("evers"),
			"":                                {Verdict: lending.Refuse},
		} {
			if got := names(f); got != want {
				t.Errorf("%+v: %q, want %q", f, got, want)
			}
		}
		p, err := d.Applications(ctx, ident.Firm(newID()), lending.Filter{Limit: 10})
		if err != nil || len(p.Rows) != 0 {
			t.Errorf("another firm sees %d applications, %v", len(p.Rows), err)
		}
	})
}

func TestNormAmountsAndJudgementsStay(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		d, ctx := open(db), t.Context()
		d.norm(t, "1100", "2026-01-01")
		d.receive(t, fits())
		for _, q := range []*sqldb.Query{changeNorm, dropNorm, changeJudgement} {
			err := db.Write(ctx, d.by.Firm, func(tx *sqldb.Tx) error { _, err := tx.Exec(q); return err })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%v", err)
			}
		}
	})
}

var (
	changeNorm      = sqldb.Tenant(`update lending_norm set value = '1' where firm = :firm`)
	dropNorm        = sqldb.Tenant(`delete from lending_norm where firm = :firm`)
	changeJudgement = sqldb.Tenant(`update lending_judgement set verdict = 'accept' where firm = :firm`)
)
