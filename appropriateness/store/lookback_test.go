package store

import (
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
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
		month := func(months int) time.Time { return calendar.Of(now.AddDate(0, months, 0)).Start() }
		filters := map[string]appropriateness.Filter{
			"all":                       {},
			"one channel":               {Channel: "office"},
			"one test":                  {TestID: "twee"},
			"one version since a day":   {Test: ident.HashOf([]byte{2}), From: now.AddDate(0, -3, 0)},
			"one channel in a period":   {From: now.AddDate(0, -6, 0), Before: now.AddDate(0, -1, 0), Channel: "website"},
			"those that were begun":     {Counted: true},
			"those that dropped out":    {State: appropriateness.Lapsed, Counted: true},
			"one outcome":               {State: appropriateness.Judged, Outcome: appropriateness.NotAppropriate},
			"a channel without clients": {Channel: "telegraaf"},
			"whole days":                {From: month(-6), Before: month(-1)},
			"a test since a day":        {From: month(-9), TestID: "twee", Channel: "website"},
			"a version until a day":     {Before: month(-2), Test: ident.HashOf([]byte{1})},
		}
		look := func(stage string) {
			for name, f := range filters {
				f.Now = now
				t.Run(name+", "+stage, func(t *testing.T) {
					err := s.View(t.Context(), ours, func(tx appropriateness.Tx) error { compare(t, tx, f, all); return nil })
					if err != nil {
						t.Fatal(err)
					}
				})
			}
		}
		look("nothing rolled")
		update(t, s, func(tx appropriateness.Tx) error { _, _, err := tx.Roll(time.Time{}, 77); return err })
		look("some rolled")
		update(t, s, func(tx appropriateness.Tx) error { _, err := tx.Lapse(now, 20); return err })
		look("some written down as lapsed")
		update(t, s, func(tx appropriateness.Tx) error { _, _, err := tx.Roll(time.Time{}, 10_000); return err })
		look("all rolled that can be")
	})
}

// byHand counts what the filter lets through.
func byHand(all []past, f appropriateness.Filter) appropriateness.Figures {
	sum := appropriateness.NewSum()
	for _, p := range all {
		if !p.passes(f) {
			continue
		}
		s := p.StateAt(f.Now)
		sum.Add(calendar.Of(p.Created), appropriateness.Count{Test: p.Test, Channel: p.Channel, State: s, Begun: p.Counts(), Outcome: p.Outcome}, 1)
		switch {
		case s == appropriateness.Judged:
			sum.Took(int(p.Judged.Sub(p.Begun)/time.Minute), 1)
		case s == appropriateness.Lapsed && p.Counts():
			sum.Left(p.last, 1)
		}
	}
	return sum.Figures()
}

func compare(t *testing.T, tx appropriateness.Tx, f appropriateness.Filter, all []past) {
	t.Helper()
	got, err := tx.Figures(f)
	if err != nil {
		t.Fatal(err)
	}
	if d := differ(byHand(all, f), got); d != "" {
		t.Error(d)
	}
}

// differ says in what two figures differ; their counts come in any order.
func differ(want, got appropriateness.Figures) string {
	anyOrder := cmpopts.SortSlices(func(a, b appropriateness.Count) bool { return fmt.Sprint(a) < fmt.Sprint(b) })
	return cmp.Diff(want, got, anyOrder, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b calendar.Date) bool { return a == b }))
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
