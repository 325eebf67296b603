package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/canon"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
)

// Who prepared a change on what is no longer there may not write it.
func TestWhatWasPreparedTooEarlyIsNotSaved(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		room := roomtest.On(t, db)
		id, _ := room.Begin(room.Firm, "K-1")
		var before appropriateness.Attempt
		update := func(fn func(appropriateness.Tx) error) {
			t.Helper()
			if err := room.Store.Update(t.Context(), room.Firm.ID, fn); err != nil {
				t.Fatal(err)
			}
		}
		update(func(tx appropriateness.Tx) (err error) { before, err = tx.Attempt(id); return err })
		update(func(tx appropriateness.Tx) error { // somebody else, in the very same millisecond
			saved, err := tx.SaveFrom(before, before)
			return errors.Join(err, want(saved, true))
		})
		update(func(tx appropriateness.Tx) error {
			saved, err := tx.SaveFrom(before, before)
			return errors.Join(err, want(saved, false))
		})
	})
}

func want(got, want bool) error {
	if got != want {
		return errors.New("saved what had changed, or did not save what had not")
	}
	return nil
}

// While clients answer and send at once, the verdict's fact holds every answer that
// was acknowledged and no other, and no answer comes after it.
func TestTheVerdictHoldsEveryAnswerThatWasAcknowledged(t *testing.T) {
	sqldbtest.Each(t, roomtest.Schemas, func(t *testing.T, db *sqldb.DB) {
		room := roomtest.On(t, db)
		for range 8 {
			id, secret := room.Begin(room.Firm, roomtest.NewID())
			f, err := room.File(t.Context(), roomtest.Staff(room.Firm), id)
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for place, asked := range f.Form {
				all.Go(func() {
					for _, o := range asked.Options {
						if err := room.Answer(t.Context(), secret, place, o); err != nil && !fault.Has(err, "attempt-closed") {
							t.Error(err)
						}
					}
				})
			}
			all.Go(func() {
				if _, err := room.Send(t.Context(), secret); err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			compareAnswers(t, room, id)
		}
	})
}

// compareAnswers holds the rows of an attempt against the fact of its verdict.
func compareAnswers(t *testing.T, room *roomtest.Room, id appropriateness.AttemptID) {
	t.Helper()
	f, err := room.File(t.Context(), roomtest.Staff(room.Firm), id)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := room.Journal.Subject(t.Context(), room.Firm.ID, string(id))
	if err != nil {
		t.Fatal(err)
	}
	var judged []canon.Raw
	for _, fact := range facts {
		if fact.Kind == appropriateness.KindJudged {
			judged = append(judged, fact.Payload)
		}
	}
	if len(judged) != 1 {
		t.Fatalf("%d verdicts", len(judged))
	}
	var kept struct {
		Answers []appropriateness.Given `json:"answers"`
	}
	n, err := canon.Parse(judged[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range n.Members() {
		if name == "given" {
			v.Decode(&kept.Answers, "")
		}
	}
	if diff := cmp.Diff(f.Given, kept.Answers); diff != "" && len(f.Given)+len(kept.Answers) > 0 {
		t.Errorf("answers kept and answers judged differ:\n%s", diff)
	}
	if slices.ContainsFunc(f.Given, func(g appropriateness.Given) bool { return g.At.After(f.Judged) }) {
		t.Error("an answer came after the verdict")
	}
}
