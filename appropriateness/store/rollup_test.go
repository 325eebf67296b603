package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

func update(t testing.TB, s *Store, fn func(appropriateness.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), ours, fn); err != nil {
		t.Fatal(err)
	}
}

// Attempts begin, are answered, sent and lapse in any order, the jobs come by at
// any moment, and a rollup may be made anew: the figures are those of counting
// every attempt.
func TestRollupsAgreeWithCountingAfterAnyHistory(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			h := history{T: r, s: &Store{DB: db}, firm: ident.Firm(fmt.Sprintf("01956c3e-7f00-7000-8000-%012x", round)), now: now.AddDate(0, 0, -9)}
			r.Repeat(map[string]func(*rapid.T){
				"":       h.agree,
				"make":   h.make,
				"begin":  h.begin,
				"answer": h.answer,
				"send":   h.send,
				"wait":   func(r *rapid.T) { h.now = h.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(r, "hours")) * time.Hour) },
				"lapse":  func(r *rapid.T) { h.update(r, func(tx appropriateness.Tx) error { return second(tx.Lapse(h.now, 3)) }) },
				"roll": func(r *rapid.T) {
					h.update(r, func(tx appropriateness.Tx) error { _, _, err := tx.Roll(time.Time{}, 3); return err })
				},
				"recount": h.recount,
			})
		})
	})
}

func second(_ int, err error) error { return err }

// A history is what befell the attempts of one firm.
type history struct {
	*rapid.T
	s    *Store
	firm ident.Firm
	now  time.Time
	all  []past
}

func (h *history) update(r *rapid.T, fn func(appropriateness.Tx) error) {
	if err := h.s.Update(h.Context(), h.firm, fn); err != nil {
		r.Fatal(err)
	}
}

func (h *history) agree(r *rapid.T) {
	days := map[string]appropriateness.Filter{
		"all":   {},
		"today": {From: calendar.Of(h.now).Start()},
		"older": {Before: calendar.Of(h.now).AddDays(-1).Start(), Channel: "office"},
	}
	for name, f := range days {
		f.Now = h.now
		err := h.s.View(h.Context(), h.firm, func(tx appropriateness.Tx) error {
			got, err := tx.Figures(f)
			if d := differ(byHand(h.all, f), got); d != "" {
				return errors.New(name + ": " + d)
			}
			return err
		})
		if err != nil {
			r.Fatal(err)
		}
	}
}

func (h *history) make(r *rapid.T) {
	n := len(h.all)
	p := past{Attempt: appropriateness.Attempt{
		ID: appropriateness.AttemptID(fmt.Sprintf("01956c3e-7f00-7000-8000-%012x", n)), Client: ident.Person(fmt.Sprintf("client-%d", n)),
		Test: ident.HashOf([]byte{byte(n % 2)}), TestID: "een", Title: "Toets", Product: "mortgage", State: appropriateness.Ready,
		Channel: rapid.SampledFrom([]string{"website", "office"}).Draw(r, "channel"), Created: h.now, Touched: h.now, LinkUntil: h.now.Add(48 * time.Hour),
	}}
	for q := range 3 {
		p.Form = append(p.Form, appropriateness.Asked{Question: appropriateness.QuestionID(fmt.Sprintf("vraag-%d", q+1)), Options: []appropriateness.OptionID{"a", "b"}})
	}
	h.update(r, func(tx appropriateness.Tx) error {
		return tx.Insert(p.Attempt, ident.HashOf([]byte(string(h.firm)+string(p.ID))))
	})
	h.all = append(h.all, p)
}

// open is an attempt in this state; without one the step is passed over.
func (h *history) open(r *rapid.T, s appropriateness.State) *past {
	var of []int
	for i, p := range h.all {
		if p.State == s && p.StateAt(h.now) == s {
			of = append(of, i)
		}
	}
	if len(of) == 0 {
		r.Skip("none is open")
	}
	return &h.all[rapid.SampledFrom(of).Draw(r, "attempt")]
}

func (h *history) begin(r *rapid.T) {
	p := h.open(r, appropriateness.Ready)
	p.State, p.Begun, p.OpenUntil = appropriateness.Begun, h.now, h.now.Add(24*time.Hour)
	h.update(r, func(tx appropriateness.Tx) error { return tx.Save(p.Attempt) })
}

func (h *history) answer(r *rapid.T) {
	p := h.open(r, appropriateness.Begun)
	p.last = rapid.IntRange(1, 3).Draw(r, "place")
	h.update(r, func(tx appropriateness.Tx) error {
		return tx.Give(p.ID, appropriateness.Given{Question: p.Form[p.last-1].Question, Option: "a", At: h.now})
	})
}

func (h *history) send(r *rapid.T) {
	p := h.open(r, appropriateness.Begun)
	p.State, p.Judged, p.Points, p.Out = appropriateness.Judged, h.now, 1, 3
	p.Outcome = rapid.SampledFrom(judgements[:]).Draw(r, "outcome")
	h.update(r, func(tx appropriateness.Tx) error { return tx.Save(p.Attempt) })
}

func (h *history) recount(r *rapid.T) {
	s := appropriateness.Service{Store: h.s, Now: func() time.Time { return h.now }}
	if err := s.Recount(h.Context(), h.firm, func(calendar.Date, int) {}); err != nil {
		r.Fatal(err)
	}
}

func TestARecountMendsRollupsThatAreWrong(t *testing.T) {
	spoil := sqldb.Tenant(`update appropriateness_rollup set dropped = dropped + 7, minutes = '3:1' where firm = :firm`)
	ghost := sqldb.Tenant(`insert into appropriateness_rollup (firm, day, test, test_id, channel, ` + sums + `)
		values (:firm, ?, ?, 'een', 'website', 4, 0, 0, 0, 0, '', '')`)
	all := pasts(120)
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		s := keep(t, db, ours, all)
		service := appropriateness.Service{Store: s, Now: func() time.Time { return now }}
		if n, err := service.Roll(t.Context(), ours); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		update(t, s, func(x appropriateness.Tx) error {
			if _, err := x.(tx).Exec(spoil); err != nil {
				return err
			}
			return second2(x.(tx).Exec(ghost, "2019-01-01", ident.HashOf(nil)))
		})
		counted := 0
		if err := service.Recount(t.Context(), ours, func(_ calendar.Date, n int) { counted += n }); err != nil {
			t.Fatal(err)
		}
		if counted == 0 {
			t.Error("nothing was counted")
		}
		err := s.View(t.Context(), ours, func(tx appropriateness.Tx) error { compare(t, tx, appropriateness.Filter{Now: now}, all); return nil })
		if err != nil {
			t.Fatal(err)
		}
	})
}

func second2(_ int64, err error) error { return err }

func TestTwoNodesThatRollAtOnceCountNothingTwice(t *testing.T) {
	all := pasts(300)
	sqldbtest.Each(t, []sqldb.Schema{Schema}, func(t *testing.T, db *sqldb.DB) {
		s := keep(t, db, ours, all)
		var nodes sync.WaitGroup
		var mu sync.Mutex
		sum := 0
		for range 4 {
			nodes.Go(func() {
				for {
					n := 0
					err := s.Update(t.Context(), ours, func(tx appropriateness.Tx) (err error) { n, _, err = tx.Roll(time.Time{}, 40); return err })
					mu.Lock()
					sum += n
					mu.Unlock()
					if err != nil {
						t.Error(err)
					}
					if err != nil || n == 0 {
						return
					}
				}
			})
		}
		nodes.Wait()
		settled := 0
		for _, p := range all {
			if p.State.Settled() {
				settled++
			}
		}
		if sum < settled { // who waited for another may find less than he looked for, and comes again
			update(t, s, func(tx appropriateness.Tx) error { n, _, err := tx.Roll(time.Time{}, 1000); sum += n; return err })
		}
		if sum != settled {
			t.Errorf("%d counted of %d", sum, settled)
		}
		err := s.View(t.Context(), ours, func(tx appropriateness.Tx) error { compare(t, tx, appropriateness.Filter{Now: now}, all); return nil })
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A list and the figures never read all attempts of a firm to find a few.
func TestListsAndFiguresGoAlongAnIndex(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{Schema})
	keep(t, db, ours, pasts(50))
	for name, c := range map[string]struct {
		f     appropriateness.Filter
		index []string
	}{
		"all":            {appropriateness.Filter{}, []string{"newest"}},
		"ready":          {appropriateness.Filter{State: appropriateness.Ready}, []string{"open"}},
		"begun":          {appropriateness.Filter{State: appropriateness.Begun}, []string{"open"}},
		"lapsed":         {appropriateness.Filter{State: appropriateness.Lapsed}, []string{"lapsed", "open"}},
		"one outcome":    {appropriateness.Filter{Outcome: appropriateness.NotAppropriate}, []string{"outcome"}},
		"one test":       {appropriateness.Filter{TestID: "een"}, []string{"test_id"}},
		"one version":    {appropriateness.Filter{Test: ident.HashOf(nil)}, []string{"test"}},
		"one channel":    {appropriateness.Filter{Channel: "office"}, []string{"channel"}},
		"begun, a way":   {appropriateness.Filter{State: appropriateness.Begun, Channel: "office", Test: ident.HashOf(nil)}, []string{"open"}},
		"lapsed, a test": {appropriateness.Filter{State: appropriateness.Lapsed, TestID: "een"}, []string{"lapsed", "open"}},
	} {
		for i, c2 := range filters(c.f, c.f.State != "") {
			plan := planOf(t, db, listAttempts, c2.and(newest, 50))
			if !strings.Contains(plan, "INDEX appropriateness_attempt_"+c.index[i]+" (") || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("%s: %s", name, plan)
			}
		}
	}
	dropped := filters(appropriateness.Filter{State: appropriateness.Lapsed, Counted: true, Channel: "office", Test: ident.HashOf(nil), From: now}, true)[0]
	if plan := planOf(t, db, countAttempts, dropped.and(atMost, 50)); !strings.Contains(plan, "COVERING INDEX appropriateness_attempt_lapsed (") {
		t.Errorf("to count drop-outs the attempts are read: %s", plan)
	}
	if plan := planOf(t, db, lapse, conditions{args: []any{0, 0, 0, 0, 9}}); !strings.Contains(plan, "INDEX appropriateness_attempt_open (") {
		t.Errorf("what lapsed is sought otherwise: %s", plan)
	}
	for _, f := range []appropriateness.Filter{{}, {Channel: "office"}, {TestID: "een", From: now}, {Test: ident.HashOf(nil), Before: now}} {
		all := map[*sqldb.Query][]conditions{figuresOf: notRolled(f)}
		f.State = appropriateness.Lapsed
		all[lastAnswers] = notRolled(f)
		for q, cs := range all {
			for _, c := range cs {
				plan := planOf(t, db, q, c)
				if !strings.Contains(plan, "INDEX appropriateness_attempt_unrolled (") && !strings.Contains(plan, "INDEX appropriateness_attempt_open (") {
					t.Errorf("figures of %+v: %s", f, plan)
				}
			}
		}
	}
}

func planOf(t *testing.T, db *sqldb.DB, q *sqldb.Query, c conditions) string {
	t.Helper()
	explain := sqldb.Tenant("explain query plan " + q.With(c.parts...).String())
	var steps []string
	err := db.Read(t.Context(), ours, func(x *sqldb.Tx) error {
		return tx{x, nil, false}.Each(explain, c.args, func(scan func(...any) error) error {
			var id, parent, unused int
			var detail string
			err := scan(&id, &parent, &unused, &detail)
			steps = append(steps, detail)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "; ")
}

func TestATallyIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := tally(rapid.MapOf(rapid.IntRange(0, 50_000), rapid.IntRange(1, 1_000_000)).Draw(r, "tally"))
		out := tally{}
		if err := out.parse(in.String()); err != nil || fmt.Sprint(in) != fmt.Sprint(out) {
			r.Fatalf("%v is read as %v, %v", in, out, err)
		}
	})
	for _, bad := range []string{"3", "a:1", "1:b", "1:2:3"} {
		if err := (tally{}).parse(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
	if got := (tally{12: 1, 3: 40}).String(); got != "3:40 12:1" {
		t.Error(got)
	}
}
