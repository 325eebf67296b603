package store

import (
	"encoding/json"
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

const ours, theirs ident.Firm = "01956c3e-7f00-7000-8000-00000000000a", "01956c3e-7f00-7000-8000-00000000000b"

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A past is one attempt with the place of its last answer.
type past struct {
	appropriateness.Attempt
	last int
}

// pasts are attempts of every kind, spread over the year before now.
func pasts(n int) (all []past) {
	dice := mathrand.New(mathrand.NewPCG(7, 9))
	outcomes := []appropriateness.Outcome{appropriateness.Appropriate, appropriateness.NotAppropriate, appropriateness.CannotBeJudged}
	for i := range n {
		p := past{Attempt: appropriateness.Attempt{
			ID: appropriateness.AttemptID(fmt.Sprintf("01956c3e-7f00-7000-8000-%012x", i)), Client: ident.Person(fmt.Sprintf("client-%d", i)),
			Test: ident.HashOf([]byte{byte(i % 3)}), TestID: []string{"een", "twee", "twee"}[i%3], Title: "Toets", Product: "mortgage",
			Channel: []string{"website", "office", "intermediary"}[dice.IntN(3)], State: appropriateness.Ready,
			Created: now.Add(-time.Duration(i) * (365 * 24 * time.Hour / time.Duration(n))).Truncate(time.Millisecond),
		}}
		for q := range 12 {
			p.Form = append(p.Form, appropriateness.Asked{Question: appropriateness.QuestionID(fmt.Sprintf("vraag-%d", q+1)), Options: []appropriateness.OptionID{"b", "a", "c"}})
		}
		p.LinkUntil, p.Touched = p.Created.Add(14*24*time.Hour), p.Created
		if dice.IntN(10) > 0 {
			p.State, p.Begun, p.OpenUntil = appropriateness.Begun, p.Created.Add(time.Hour), p.Created.Add(25*time.Hour)
			p.last = dice.IntN(13)
			if dice.IntN(5) > 0 {
				p.State, p.Judged, p.Points, p.Out = appropriateness.Judged, p.Begun.Add(time.Duration(dice.IntN(3000))*time.Second+time.Millisecond), 9, 20
				p.Outcome = outcomes[dice.IntN(3)]
			}
		}
		all = append(all, p)
	}
	return all
}

func keep(t testing.TB, db *sqldb.DB, firm ident.Firm, all []past) *Store {
	t.Helper()
	s := &Store{DB: db}
	for chunk := range slices.Chunk(all, 1000) {
		err := s.Update(t.Context(), firm, func(tx appropriateness.Tx) error {
			for _, p := range chunk {
				if err := tx.Insert(p.Attempt, ident.HashOf([]byte(string(firm)+string(p.ID)))); err != nil {
					return err
				}
				if p.State != appropriateness.Begun {
					continue
				}
				// Two answers, the one that counts given last.
				for _, place := range []int{12, p.last} {
					if p.last == 0 {
						break
					}
					if err := tx.Give(p.ID, appropriateness.Given{Question: p.Form[place-1].Question, Option: "a", At: p.Begun}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (p past) passes(f appropriateness.Filter) bool {
	return (f.State == "" || p.StateAt(f.Now) == f.State) && (f.Outcome == "" || p.Outcome == f.Outcome) &&
		(!f.Counted || p.Counts()) && (f.Test.IsZero() || p.Test == f.Test) && (f.TestID == "" || p.TestID == f.TestID) &&
		(f.Channel == "" || p.Channel == f.Channel) && !p.Created.Before(f.From) && (f.Before.IsZero() || p.Created.Before(f.Before))
}

func TestFiguresAgreeWithEveryAttemptCountedByHand(t *testing.T) {
	all := pasts(600)
	schemas := []sqldb.Schema{Schema}
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		s := keep(t, db, ours, all)
		keep(t, db, theirs, all[:50])
		for name, f := range map[string]appropriateness.Filter{
			"all":                       {},
			"one channel":               {Channel: "office"},
			"one test":                  {TestID: "twee"},
			"one version since a day":   {Test: ident.HashOf([]byte{2}), From: now.AddDate(0, -3, 0)},
			"one channel in a period":   {From: now.AddDate(0, -6, 0), Before: now.AddDate(0, -1, 0), Channel: "website"},
			"those that were begun":     {Counted: true},
			"those that dropped out":    {State: appropriateness.Lapsed, Counted: true},
			"one outcome":               {State: appropriateness.Judged, Outcome: appropriateness.NotAppropriate},
			"a channel without clients": {Channel: "telegraaf"},
		} {
			f.Now = now
			t.Run(name, func(t *testing.T) {
				err := s.View(t.Context(), ours, func(tx appropriateness.Tx) error { compare(t, tx, f, all); return nil })
				if err != nil {
					t.Fatal(err)
				}
			})
		}
	})
}

func compare(t *testing.T, tx appropriateness.Tx, f appropriateness.Filter, all []past) {
	t.Helper()
	counts, hours, took := map[appropriateness.Count]int{}, map[int64][2]int{}, map[int]int{}
	var places []int
	for _, p := range all {
		if !p.passes(f) {
			continue
		}
		counts[appropriateness.Count{Test: p.Test, Channel: p.Channel, State: p.StateAt(now), Begun: p.Counts(), Outcome: p.Outcome}]++
		h := hours[p.Created.Unix()/3600]
		h[0]++
		if p.State == appropriateness.Judged {
			h[1]++
			took[int(p.Judged.Sub(p.Begun)/time.Second)]++
		}
		hours[p.Created.Unix()/3600] = h
		if p.StateAt(now) == appropriateness.Lapsed && p.Counts() {
			places = append(places, p.last)
		}
	}
	gotCounts := map[appropriateness.Count]int{}
	cs, err := tx.Counts(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cs {
		n := c.N
		c.N = 0
		gotCounts[c] += n
	}
	if d := cmp.Diff(counts, gotCounts); d != "" {
		t.Error(d)
	}
	gotHours := map[int64][2]int{}
	hs, err := tx.Hours(f)
	if err != nil || !slices.IsSortedFunc(hs, func(a, b appropriateness.Hour) int { return a.At.Compare(b.At) }) {
		t.Errorf("hours %v, %v", hs, err)
	}
	for _, h := range hs {
		gotHours[h.At.Unix()/3600] = [2]int{h.Made, h.Judged}
	}
	if !maps.Equal(hours, gotHours) {
		t.Errorf("hours %v, not %v", gotHours, hours)
	}
	ds, err := tx.Durations(f)
	if err != nil {
		t.Fatal(err)
	}
	gotTook := map[int]int{}
	for _, d := range ds {
		gotTook[d.Seconds] = d.N
	}
	if !maps.Equal(took, gotTook) {
		t.Errorf("durations %v, not %v", gotTook, took)
	}
	got, err := tx.LastPlaces(f, 1000)
	if err != nil || !slices.Equal(got, places) {
		t.Errorf("last places %v, not %v, %v", got, places, err)
	}
	if some, err := tx.LastPlaces(f, 3); err != nil || !slices.Equal(some, places[:min(3, len(places))]) {
		t.Errorf("of the newest three %v, %v", some, err)
	}
}

func TestTheIndexHoldsAllThatFiguresRead(t *testing.T) {
	db := sqldbtest.New(t, sqldb.SQLite, []sqldb.Schema{Schema})
	keep(t, db, ours, pasts(50))
	for name, q := range map[string]*sqldb.Query{"counts": countsOf, "hours": hoursOf, "durations": durationsOf} {
		explain := sqldb.Tenant("explain query plan " + q.String())
		err := db.Read(t.Context(), ours, func(x *sqldb.Tx) error {
			var args []any
			if q == countsOf {
				args = []any{1, 1}
			}
			return tx{x, nil, false}.each(explain, args, func(scan func(...any) error) error {
				var id, parent, unused int
				var detail string
				if err := scan(&id, &parent, &unused, &detail); err != nil {
					return err
				}
				if want := "SEARCH appropriateness_attempt USING COVERING INDEX appropriateness_attempt_newest (firm=?)"; parent == 0 && detail != want && id < 20 {
					t.Errorf("%s: %s", name, detail)
				}
				return nil
			})
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestThePlaceOfAQuestionInAForm(t *testing.T) {
	form := pasts(1)[0].Form
	text, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range form {
		if got := placeIn(string(text), string(a.Question)); got != i+1 {
			t.Errorf("%s stands at %d, not %d", a.Question, got, i+1)
		}
	}
	for _, strange := range []string{"", "vraag", "raag-1", "a"} {
		if got := placeIn(string(text), strange); got != 0 {
			t.Errorf("%q stands at %d", strange, got)
		}
	}
}
