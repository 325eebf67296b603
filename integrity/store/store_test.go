package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"zorgplicht/calendar"
	"zorgplicht/casework"
	caseworkstore "zorgplicht/casework/store"
	"zorgplicht/ident"
	"zorgplicht/integrity"
	"zorgplicht/integrity/store"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/once"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// strange is an account that the firm does not have.
const strange = "iemand"

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func reasons(err error) (codes []string) {
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			codes = append(codes, d.Reason)
		}
	}
	return codes
}

func TestAFunctionStartsOnlyWhenItMay(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{once.Schema, caseworkstore.Schema, store.Schema}, func(t *testing.T, db *sqldb.DB) {
		facts := map[string]int{}
		cases := &caseworkstore.Store{DB: db, Pen: func(_ *sqldb.Tx, f journal.Fact) error { facts[f.Kind]++; return nil }}
		now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
		s := &integrity.Service{Store: &store.Store{DB: db, Casework: cases.In}, Now: now, NewID: newID, Account: func(_ context.Context, _ ident.Firm, id string) (bool, error) { return id != strange, nil }, Casework: &casework.Service{
			Store: cases, Now: now, NewID: newID, Kinds: []casework.About{{Kind: integrity.Kind, Prefix: "B", Path: "/werk/betrouwbaarheid"}},
			Account: func(context.Context, ident.Firm, string) (bool, error) { return true, nil },
		}}
		by := ident.Actor{Firm: ident.Firm(newID()), Kind: ident.Staff, ID: newID()}
		today := calendar.MustParse("2026-03-02")
		var p integrity.Person
		var err error
		step := func(next integrity.Person, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			p = next
		}
		due := func(code string) string {
			f, err := s.Open(t.Context(), by, p.ID(), "page")
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Under.Dues {
				if len(d.Code) >= len(code) && d.Code[:len(code)] == code {
					return d.Day.String()
				}
			}
			return ""
		}
		p, err = s.Register(t.Context(), by, "", integrity.Entry{Name: "A. Jansen", Account: newID(), Role: integrity.PolicyMaker, Employment: "employee", Started: today})
		step(p, err)
		t.Run("no policy maker before the supervisor's word is recorded", func(t *testing.T) {
			if _, err := s.Appoint(t.Context(), by, p.ID(), p.Case.Revision, today); !slices.Contains(reasons(err), "no_message") {
				t.Fatalf("got %v", err)
			}
			next, err := s.Hear(t.Context(), by, p.ID(), p.Case.Revision, integrity.Word{Day: today, Reference: "M-1"})
			step(next, err)
			early, err := s.Register(t.Context(), by, "", integrity.Entry{Name: "H. Bos", Role: integrity.PolicyMaker, Employment: "employee", Started: today.AddDays(-30)})
			if err == nil {
				early, err = s.Hear(t.Context(), by, early.ID(), early.Case.Revision, integrity.Word{Day: today, Reference: "M-1"})
			}
			if _, tooSoon := s.Appoint(t.Context(), by, early.ID(), early.Case.Revision, today.AddDays(-1)); err != nil || !slices.Contains(reasons(tooSoon), "before_message") {
				t.Fatalf("before the word: %v, %v", err, tooSoon)
			}
			next, err = s.Appoint(t.Context(), by, p.ID(), p.Case.Revision, today)
			step(next, err)
		})
		t.Run("a change is due on the day it was noticed, until it is told in writing", func(t *testing.T) {
			next, err := s.Notice(t.Context(), by, p.ID(), p.Case.Revision, integrity.Change{Noticed: today, What: "Verdachte."})
			step(next, err)
			if got := due("melden:"); got != "2026-03-02" {
				t.Errorf("due on %q", got)
			}
			if _, err := s.Leave(t.Context(), by, p.ID(), p.Case.Revision, today); !slices.Equal(reasons(err), []string{"to-report"}) {
				t.Errorf("leaving ended the duty to tell: %v", err)
			}
			if _, err := s.Tell(t.Context(), by, p.ID(), p.Case.Revision, p.Changes[0].ID, today.AddDays(-1), "letter"); !slices.Equal(reasons(err), []string{"before-noticed"}) {
				t.Errorf("told before it was noticed: %v", err)
			}
			if _, err := s.Tell(t.Context(), by, p.ID(), p.Case.Revision, p.Changes[0].ID, today, "phone"); !slices.Equal(reasons(err), []string{"not-in-writing"}) {
				t.Fatalf("got %v", err)
			}
			next, err = s.Tell(t.Context(), by, p.ID(), p.Case.Revision, p.Changes[0].ID, today, "email")
			step(next, err)
			if got := due("melden:"); got != "" {
				t.Errorf("still due on %q", got)
			}
		})
		t.Run("a change after the word, and before the function, asks a new word", func(t *testing.T) {
			n, err := s.Register(t.Context(), by, "", integrity.Entry{Name: "G. Vos", Role: integrity.CoPolicyMaker, Employment: "employee", Started: today})
			for _, next := range []func() (integrity.Person, error){
				func() (integrity.Person, error) {
					return s.Hear(t.Context(), by, n.ID(), n.Case.Revision, integrity.Word{Day: today.AddDays(-9), Reference: "M-2"})
				},
				func() (integrity.Person, error) {
					return s.Notice(t.Context(), by, n.ID(), n.Case.Revision, integrity.Change{Noticed: today.AddDays(-1), What: "Verdachte."})
				},
			} {
				if err == nil {
					n, err = next()
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Appoint(t.Context(), by, n.ID(), n.Case.Revision, today); !slices.Contains(reasons(err), "changed_facts") || !slices.Contains(reasons(err), "no_message") {
				t.Errorf("got %v", err)
			}
			if n, err = s.Hear(t.Context(), by, n.ID(), n.Case.Revision, integrity.Word{Day: today, Reference: "M-3"}); err != nil || len(n.Barriers(today)) != 0 {
				t.Errorf("with a new word: %v, %v", err, n.Barriers(today))
			}
			for _, c := range []struct {
				name string
				on   calendar.Date
				why  string
			}{
				{"before the first day", today.AddDays(-1), "before-start"},
				{"more than a year ahead", today.AddDays(400), "far-ahead"},
				{"a day that nobody can read", casework.NoDay, "far-ahead"},
			} {
				if _, err := s.Appoint(t.Context(), by, n.ID(), n.Case.Revision, c.on); !slices.Equal(reasons(err), []string{c.why}) {
					t.Errorf("%s: %v", c.name, err)
				}
			}
		})
		t.Run("nobody reads their own", func(t *testing.T) {
			self := by
			self.ID = p.Entry.Account
			before := facts[integrity.KindOpened]
			list, _ := s.List(t.Context(), self, casework.Filter{})
			barred, _ := s.Barred(t.Context(), self)
			if _, err := s.Open(t.Context(), self, p.ID(), "page"); !fault.Has(err, "unknown-case") || slices.ContainsFunc(list, func(one integrity.Person) bool { return one.ID() == p.ID() }) || len(barred) != 1 || facts[integrity.KindOpened] != before {
				t.Errorf("%v, %d listed, %d barred", err, len(list), len(barred))
			}
		})
		t.Run("a program that asks twice under one key registers once", func(t *testing.T) {
			e := integrity.Entry{Name: "C. Mol", Role: integrity.ClientFacing, Employment: "employee", Started: today}
			first, err1 := s.RegisterOnce(t.Context(), by, "sleutel-1", e)
			again, err2 := s.RegisterOnce(t.Context(), by, "sleutel-1", e)
			e.Name = "D. Mol"
			if _, err := s.RegisterOnce(t.Context(), by, "sleutel-1", e); err1 != nil || err2 != nil || first.ID() != again.ID() || !fault.Is(err, fault.Conflict) {
				t.Errorf("%v, %v, %s and %s; another under it: %v", err1, err2, first.ID(), again.ID(), err)
			}
		})
		t.Run("of a bank or an insurer article 6 asks nothing, until they leave", func(t *testing.T) {
			e, err := s.Register(t.Context(), by, "", integrity.Entry{Name: "E. Kok", Role: integrity.ClientFacing, Employment: "employee", Started: today})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Exempt(t.Context(), by, e.ID(), e.Case.Revision, "shop"); !slices.Equal(reasons(err), []string{"unknown-value"}) {
				t.Errorf("got %v", err)
			}
			if _, err := s.Exempt(t.Context(), by, p.ID(), p.Case.Revision, "bank"); !slices.Equal(reasons(err), []string{"policy-maker"}) {
				t.Errorf("of a policy maker: %v", err)
			}
			if e, err = s.Exempt(t.Context(), by, e.ID(), e.Case.Revision, "bank"); err != nil || len(e.Dues()) != 0 || len(e.Barriers(today)) != 0 {
				t.Errorf("%v, due %v", err, e.Dues())
			}
			if e, err = s.Leave(t.Context(), by, e.ID(), e.Case.Revision, today); err != nil {
				t.Fatal(err)
			}
			next, err := s.Register(t.Context(), by, "", e.Entry)
			if err != nil || len(next.Dues()) != 1 {
				t.Errorf("who comes back is measured: %v, due %v", err, next.Dues())
			}
		})
		t.Run("who was there before the Act is not measured by article 6, and is when they come back", func(t *testing.T) {
			old, err := s.Register(t.Context(), by, "", integrity.Entry{Name: "F. Oud", Role: integrity.ClientFacing, Employment: "employee", Started: calendar.MustParse("2004-05-01")})
			if err != nil || len(old.Dues()) != 1 || len(old.Barriers(today)) == 0 {
				t.Fatalf("before anybody looked: %v, due %v", err, old.Dues())
			}
			there := integrity.Transition{Commencement: calendar.MustParse("2006-01-01"), There: true}
			if old, err = s.Find(t.Context(), by, old.ID(), old.Case.Revision, there); err != nil || len(old.Dues()) != 0 || len(old.Barriers(today)) != 0 {
				t.Fatalf("%v, due %v", err, old.Dues())
			}
			if _, err := s.Find(t.Context(), by, p.ID(), p.Case.Revision, there); !slices.Contains(reasons(err), "policy-maker") {
				t.Errorf("of a policy maker: %v", err)
			}
			there.Moved = true
			if gone, err := s.Find(t.Context(), by, old.ID(), old.Case.Revision, there); err != nil || len(gone.Dues()) != 1 {
				t.Fatalf("who went elsewhere since: %v, due %v", err, gone.Dues())
			} else {
				old = gone
			}
			if _, err = s.Leave(t.Context(), by, old.ID(), old.Case.Revision, today); err != nil {
				t.Fatal(err)
			}
			again := old.Entry
			again.Started = today
			if back, err := s.Register(t.Context(), by, "", again); err != nil || len(back.Dues()) != 1 || len(back.Barriers(today)) == 0 {
				t.Errorf("%v, due %v", err, back.Dues())
			}
		})
		p, err = s.Register(t.Context(), by, "", integrity.Entry{Name: "B. Smit", Role: integrity.ClientFacing, Employment: "temp", Started: today})
		step(p, err)
		t.Run("who deals with clients starts with a certificate and without bankruptcy", func(t *testing.T) {
			if got := due("inzien"); got != "2026-03-02" {
				t.Errorf("due on %q", got)
			}
			if _, err := s.Appoint(t.Context(), by, p.ID(), p.Case.Revision, today); !slices.Contains(reasons(err), "no_certificate") {
				t.Fatalf("got %v", err)
			}
			next, err := s.See(t.Context(), by, p.ID(), p.Case.Revision, integrity.Certificate{Reference: "V-1", Issued: today, Seen: today})
			step(next, err)
			next, err = s.Declare(t.Context(), by, p.ID(), p.Case.Revision, new(true), false)
			step(next, err)
			if _, err := s.Appoint(t.Context(), by, p.ID(), p.Case.Revision, today); !slices.Contains(reasons(err), "bankrupt") {
				t.Fatalf("got %v", err)
			}
			next, err = s.Declare(t.Context(), by, p.ID(), p.Case.Revision, new(true), true)
			step(next, err)
			next, err = s.Appoint(t.Context(), by, p.ID(), p.Case.Revision, today)
			step(next, err)
			if got := due("inzien"); got != "" || p.Lapsed() {
				t.Errorf("still due on %q, lapsed %v", got, p.Lapsed())
			}
			if _, err := s.Leave(t.Context(), by, p.ID(), p.Case.Revision, today.AddDays(-1)); !slices.Equal(reasons(err), []string{"before-start"}) {
				t.Errorf("left before the first day: %v", err)
			}
			next, err = s.Declare(t.Context(), by, p.ID(), p.Case.Revision, new(true), false)
			if step(next, err); !p.Lapsed() {
				t.Error("who went bankrupt in function still meets article 6")
			}
			program := ident.Actor{Firm: by.Firm, Kind: ident.Program, ID: newID()}
			e := p.Entry
			e.Account = newID()
			next, err = s.Describe(t.Context(), by, p.ID(), p.Case.Revision, e)
			step(next, err)
			told := e.Account
			e.Account, e.Name = "", "B. Smits"
			next, err = s.Describe(t.Context(), program, p.ID(), p.Case.Revision, e)
			if step(next, err); p.Entry.Account != told || p.Entry.Name != "B. Smits" {
				t.Errorf("a program took the account away: %+v", p.Entry)
			}
		})
		t.Run("an account is one of the firm", func(t *testing.T) {
			e := integrity.Entry{Name: "K. Los", Account: strange, Role: "baas", Employment: "employee", Started: today}
			if _, err := s.Register(t.Context(), by, "", e); !slices.Equal(reasons(err), []string{"missing", "unknown-account"}) {
				t.Errorf("registered with it: %v", err)
			}
			e = p.Entry
			e.Account = strange
			if _, err := s.Describe(t.Context(), by, p.ID(), p.Case.Revision, e); !slices.Equal(reasons(err), []string{"unknown-account"}) {
				t.Errorf("linked to it: %v", err)
			}
		})
		t.Run("what was recorded wrongly is put right with a reason, and stays to be read", func(t *testing.T) {
			n, err := s.Register(t.Context(), by, "", integrity.Entry{Name: "L. Recht", Role: integrity.PolicyMaker, Employment: "employee", Started: today.AddDays(-60)})
			keep := func(next integrity.Person, err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
				n = next
			}
			keep(n, err)
			saw := func() int64 { return n.Case.Revision }
			refused := func(name string, err error, want ...string) {
				t.Helper()
				if !slices.Equal(reasons(err), want) {
					t.Errorf("%s: %v, want %q", name, err, want)
				}
			}
			ctx := t.Context()
			_, err = s.CorrectAppointed(ctx, by, n.ID(), saw(), today, "")
			refused("a function that did not begin", err, "not-appointed", "missing")
			keep(s.Hear(ctx, by, n.ID(), saw(), integrity.Word{Day: today.AddDays(-50), Reference: "M-1"}))
			keep(s.Appoint(ctx, by, n.ID(), saw(), today.AddDays(-30)))
			keep(s.Notice(ctx, by, n.ID(), saw(), integrity.Change{Noticed: today.AddDays(-20), What: "Verdachte."}))
			keep(s.Hear(ctx, by, n.ID(), saw(), integrity.Word{Day: today.AddDays(-10), Reference: "M-2"}))
			for _, c := range []struct {
				name string
				on   calendar.Date
				want string
			}{
				{"the day that stands", today.AddDays(-30), "same"},
				{"before the first day", today.AddDays(-61), "before-start"},
				{"before the word that let it begin", today.AddDays(-55), "before_message"},
				{"nobody can read it", casework.NoDay, "format"},
				{"too far ahead", today.AddDays(400), "far-ahead"},
			} {
				if _, err := s.CorrectAppointed(ctx, by, n.ID(), saw(), c.on, "Brief."); !slices.Contains(reasons(err), c.want) {
					t.Errorf("%s: %v, want %s", c.name, err, c.want)
				}
			}
			keep(s.CorrectAppointed(ctx, by, n.ID(), saw(), today.AddDays(-40), "In de brief staat een andere dag."))
			if n.Appointed != today.AddDays(-40) {
				t.Errorf("it began on %s", n.Appointed)
			}
			change := n.Changes[0].ID
			_, err = s.CorrectChange(ctx, by, n.ID(), saw(), "geen", today, calendar.Date{}, "")
			refused("no change", err, "missing", "missing")
			_, err = s.CorrectChange(ctx, by, n.ID(), saw(), change, today.AddDays(1), today, "Mail.")
			refused("ahead, and not told", err, "future", "not-reported")
			_, err = s.CorrectChange(ctx, by, n.ID(), saw(), change, today.AddDays(-20), calendar.Date{}, "Mail.")
			refused("the day that stands", err, "same")
			keep(s.CorrectChange(ctx, by, n.ID(), saw(), change, today.AddDays(-15), calendar.Date{}, "De mail is van later."))
			if dues := n.Dues(); len(dues) != 1 || dues[0].Day != today.AddDays(-15) {
				t.Errorf("due %v", dues)
			}
			keep(s.Tell(ctx, by, n.ID(), saw(), change, today.AddDays(-15), "email"))
			_, err = s.CorrectChange(ctx, by, n.ID(), saw(), change, calendar.Date{}, today.AddDays(-16), "Mail.")
			refused("told before it was noticed", err, "before-noticed")
			keep(s.CorrectChange(ctx, by, n.ID(), saw(), change, today.AddDays(-16), today.AddDays(-14), "De mail is van toen."))
			if c := n.Changes[0]; c.Noticed != today.AddDays(-16) || c.Reported != today.AddDays(-14) {
				t.Errorf("noticed %s, told %s", c.Noticed, c.Reported)
			}
			if _, err := s.Stay(ctx, by, n.ID(), saw(), "Toch niet."); !fault.Has(err, "person-works") {
				t.Errorf("who works here did not leave: %v", err)
			}
			keep(s.Leave(ctx, by, n.ID(), saw(), today.AddDays(-1)))
			if _, err := s.CorrectAppointed(ctx, by, n.ID(), saw(), today, "Nee."); !fault.Has(err, "person-left") {
				t.Errorf("of who left: %v", err)
			}
			_, err = s.Stay(ctx, by, n.ID(), saw(), " ")
			refused("without a reason", err, "missing")
			if _, err := s.Stay(ctx, by, n.ID(), saw()-1, "Verwisseld."); !fault.Has(err, "case-changed") {
				t.Errorf("with an old page: %v", err)
			}
			other := by
			other.Firm = ident.Firm(newID())
			if _, err := s.Stay(ctx, other, n.ID(), saw(), "Verwisseld."); !fault.Has(err, "unknown-case") {
				t.Errorf("by another firm: %v", err)
			}
			keep(s.Stay(ctx, by, n.ID(), saw(), "Verwisseld met een naamgenoot."))
			if !n.Left.IsZero() || !n.Case.Open() || !n.Ended().IsZero() {
				t.Errorf("left %s, closed %s", n.Left, n.Case.Closed)
			}
			keep(s.CorrectAppointed(ctx, by, n.ID(), saw(), calendar.Date{}, "De benoeming ging niet door."))
			f, err := s.Open(ctx, by, n.ID(), "page")
			if err != nil || !f.Appointed.IsZero() || len(f.Under.Notes) != 5 || facts[integrity.KindStayed] != 1 || facts[integrity.KindAppointmentCorrected] != 2 || facts[integrity.KindChangeCorrected] != 2 {
				t.Errorf("%v: appointed %s, %d notes, facts %v", err, f.Appointed, len(f.Under.Notes), facts)
			}
		})
	})
}
