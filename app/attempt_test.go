package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	journalstore "zorgplicht/journal/store"
)

func TestAnAttemptFromLinkToVerdict(t *testing.T) {
	for _, c := range []struct {
		name    string
		choose  func(appropriateness.Question) appropriateness.OptionID
		outcome appropriateness.Outcome
	}{
		{"all right", right, appropriateness.Appropriate},
		{"all wrong", wrong, appropriateness.NotAppropriate},
		{"all open", open, appropriateness.CannotBeJudged},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				id, outcome := h.take("K-1", c.choose)
				if outcome != c.outcome {
					t.Errorf("outcome %s, want %s", outcome, c.outcome)
				}
				facts, err := journalstore.Reader{DB: h.db}.Subject(t.Context(), h.firm, string(id))
				if err != nil {
					t.Fatal(err)
				}
				var kinds []string
				for _, f := range facts {
					kinds = append(kinds, f.Kind)
				}
				want := []string{appropriateness.KindStarted, appropriateness.KindBegun, appropriateness.KindJudged, appropriateness.KindShown}
				if fmt.Sprint(kinds) != fmt.Sprint(want) {
					t.Fatalf("facts %v, want %v", kinds, want)
				}
				var shown struct {
					Notice    appropriateness.Notice
					Decisions []struct {
						Answer struct {
							Compliant bool
						}
					}
				}
				if err := json.Unmarshal(facts[3].Payload, &shown); err != nil {
					t.Fatal(err)
				}
				if warned := shown.Notice.Warning != ""; warned != (c.outcome != appropriateness.Appropriate) || !shown.Decisions[0].Answer.Compliant {
					t.Errorf("the client was shown %+v, and after_test says %+v", shown.Notice, shown.Decisions)
				}
				h.verifyGreen()
			})
		})
	}
}

func TestTheResultIsShownOnceAndReadAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, _ := h.take("K-1", wrong)
		token := h.Keys.Link(id)
		for range 3 {
			if _, err := h.Appropriateness.Result(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		facts, err := journalstore.Reader{DB: h.db}.Subject(t.Context(), h.firm, string(id))
		if err != nil || len(facts) != 4 {
			t.Errorf("%d facts after reading it again, want 4 (%v)", len(facts), err)
		}
	})
}

func TestManyAnswersAreKeptInOrderAndTheLastCounts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, token := h.start("K-1")
		s, ctx := h.Appropriateness, t.Context()
		if err := s.Begin(ctx, token); err != nil {
			t.Fatal(err)
		}
		f, err := s.File(ctx, h.operator(), id)
		if err != nil {
			t.Fatal(err)
		}
		options := f.Form[0].Options
		for _, o := range []appropriateness.OptionID{options[0], options[1], options[1], options[0]} {
			if err := s.Answer(ctx, token, 0, o); err != nil {
				t.Fatal(err)
			}
		}
		if f, err = s.File(ctx, h.operator(), id); err != nil {
			t.Fatal(err)
		}
		if len(f.Given) != 3 {
			t.Errorf("%d answers kept, want 3: to give the same again is nothing new", len(f.Given))
		}
		v, err := s.Visit(ctx, token)
		if err != nil || v.Questions[0].Chosen != options[0] {
			t.Errorf("the page shows %q (%v), want the last answer %q", v.Questions[0].Chosen, err, options[0])
		}
	})
}

func TestTwoSendsAtOnceGiveOneVerdict(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, token := h.start("K-1")
		if err := h.Appropriateness.Begin(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { _, errs[i] = h.Appropriateness.Send(t.Context(), token) })
		}
		wg.Wait()
		sent := 0
		for _, err := range errs {
			switch {
			case err == nil:
				sent++
			case !fault.Has(err, "attempt-closed"):
				t.Errorf("a second send gave %v, want attempt-closed", err)
			}
		}
		facts, err := journalstore.Reader{DB: h.db}.Subject(t.Context(), h.firm, string(id))
		if sent != 1 || err != nil || len(facts) != 3 {
			t.Errorf("%d of 8 sends went through and %d facts are kept (%v), want 1 and 3", sent, len(facts), err)
		}
	})
}

func TestStartingAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s, ctx := h.Appropriateness, t.Context()
		start := func(reference, key string) (appropriateness.Started, error) {
			return s.Start(ctx, h.operator(), appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: reference, Channel: "website", Key: key})
		}
		first, token := h.start("K-1")
		t.Run("a second link resumes the open attempt", func(t *testing.T) {
			again, err := start("K-1", "")
			if err != nil || again.Attempt.ID != first || again.Token != token || !again.Resumed {
				t.Errorf("start again = %+v, %v", again, err)
			}
		})
		t.Run("the same key gives the same attempt, and another body under it is a conflict", func(t *testing.T) {
			one, err := start("K-2", "sleutel-een")
			if err != nil {
				t.Fatal(err)
			}
			two, err := start("K-2", "sleutel-een")
			if err != nil || two.Attempt.ID != one.Attempt.ID || two.Token != one.Token {
				t.Errorf("the same request twice: %v, then %v (%v)", one.Attempt.ID, two.Attempt.ID, err)
			}
			if _, err := start("K-3", "sleutel-een"); !fault.Has(err, "idempotency-key-reused") {
				t.Errorf("another body under the key gave %v", err)
			}
		})
		t.Run("an unused link that lapsed counts for nothing", func(t *testing.T) {
			old, err := start("K-4", "")
			if err != nil {
				t.Fatal(err)
			}
			h.clock.add(14*24*time.Hour + time.Millisecond)
			anew, err := start("K-4", "")
			if err != nil || anew.Attempt.ID == old.Attempt.ID || anew.Resumed {
				t.Errorf("start after the link lapsed = %+v, %v", anew.Attempt.ID, err)
			}
			if _, err := s.Visit(ctx, old.Token); !fault.Has(err, "link-expired") {
				t.Errorf("the old link gives %v, want link-expired", err)
			}
		})
		t.Run("a judged attempt allows no retake", func(t *testing.T) {
			h.take("K-5", wrong)
			if _, err := start("K-5", ""); !fault.Has(err, "retake-not-allowed") {
				t.Errorf("start after a fail gave %v, want retake-not-allowed", err)
			}
		})
		t.Run("an attempt that was begun and left allows none either", func(t *testing.T) {
			_, token := h.start("K-6")
			if err := s.Begin(ctx, token); err != nil {
				t.Fatal(err)
			}
			h.clock.add(24*time.Hour + time.Millisecond)
			if _, err := start("K-6", ""); !fault.Has(err, "retake-not-allowed") {
				t.Errorf("start after leaving gave %v, want retake-not-allowed", err)
			}
			if err := s.Answer(ctx, token, 0, "a"); !fault.Has(err, "attempt-lapsed") {
				t.Errorf("an answer after the end gave %v, want attempt-lapsed", err)
			}
		})
		t.Run("one client started eight times at once has one attempt", func(t *testing.T) {
			var wg sync.WaitGroup
			ids := make([]appropriateness.AttemptID, 8)
			for i := range ids {
				wg.Go(func() {
					got, err := start("K-7", "")
					if err != nil {
						t.Error(err)
					}
					ids[i] = got.Attempt.ID
				})
			}
			wg.Wait()
			for _, id := range ids {
				if id != ids[0] {
					t.Errorf("attempts %v, want one", ids)
				}
			}
		})
		t.Run("a reference that looks like a BSN is refused", func(t *testing.T) {
			_, err := start("111222333", "")
			if f := fault.As(err); f == nil || len(f.Details) != 1 || f.Details[0].Reason != "bsn" {
				t.Errorf("start gave %v, want a fault bsn", err)
			}
		})
		t.Run("all faults of a request come at once", func(t *testing.T) {
			_, err := s.Start(ctx, h.operator(), appropriateness.Start{Channel: "duif"})
			if f := fault.As(err); f == nil || len(f.Details) != 3 {
				t.Errorf("start gave %v, want three faults", err)
			}
		})
		t.Run("with advice no test is needed", func(t *testing.T) {
			_, err := s.Start(ctx, h.operator(), appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: "K-8", Channel: "website", AdviceGiven: true})
			if !fault.Has(err, "test-not-required") {
				t.Errorf("start gave %v, want test-not-required", err)
			}
		})
	})
}

func TestNobodySeesAnotherFirmsAttempts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, _ := h.take("K-1", right)
		other, err := h.Party.AddFirm(t.Context(), "Ander Kantoor", true)
		if err != nil {
			t.Fatal(err)
		}
		stranger := ident.Actor{Firm: other.ID, Kind: ident.Staff, ID: "x"}
		if _, err := h.Appropriateness.File(t.Context(), stranger, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("another firm opens the attempt: %v", err)
		}
		p, err := h.Appropriateness.List(t.Context(), stranger, appropriateness.Filter{})
		if err != nil || p.Total != 0 || len(p.Rows) != 0 {
			t.Errorf("another firm lists %d attempts (%v)", p.Total, err)
		}
		if _, err := h.Appropriateness.Start(t.Context(), stranger, appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: "K-1", Channel: "website"}); !fault.Has(err, "unknown-test") {
			t.Errorf("another firm uses the test: %v", err)
		}
	})
}

func TestListPagesThroughEverythingOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		want := 23
		for n := range want {
			h.start(fmt.Sprintf("K-%d", n))
			if n%3 == 0 {
				h.clock.add(time.Minute) // some share their moment, so that the id decides
			}
		}
		seen := map[appropriateness.AttemptID]bool{}
		f := appropriateness.Filter{Limit: 5}
		for {
			p, err := h.Appropriateness.List(t.Context(), h.operator(), f)
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != want {
				t.Fatalf("total %d, want %d", p.Total, want)
			}
			for _, r := range p.Rows {
				if seen[r.ID] {
					t.Fatalf("attempt %s came twice", r.ID)
				}
				seen[r.ID] = true
			}
			if p.Next == nil {
				break
			}
			f.Cursor = *p.Next
		}
		if len(seen) != want {
			t.Errorf("%d attempts on all pages, want %d", len(seen), want)
		}
		p, err := h.Appropriateness.List(t.Context(), h.operator(), appropriateness.Filter{Reference: "K-7", State: appropriateness.Ready})
		if err != nil || len(p.Rows) != 1 || p.Rows[0].Reference != "K-7" {
			t.Errorf("search for K-7 gives %+v (%v)", p.Rows, err)
		}
	})
}

// goOnTest is the starter test of a firm that lets clients choose after a warning,
// and try again after two days.
func goOnTest() []byte {
	return []byte(strings.NewReplacer(
		"after_fail: stop", "after_fail: go_on\n  after_fail_reason: De klant kan bij ons ook later advies krijgen en wordt na een week gebeld.",
		"retake: never", "retake: {allow: cooling_off, cooling_hours: 48, at_most: 1, within_days: 365, new_families_percent: 50}",
	).Replace(string(starter.Hypotheek)))
}

func TestAFirmThatLetsClientsChooseAndTryAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		s, ctx := h.Appropriateness, t.Context()
		if _, err := s.Publish(ctx, h.operator(), goOnTest()); err != nil {
			t.Fatal(err)
		}
		first, _ := h.take("K-1", wrong)
		token := h.Keys.Link(first)
		if err := s.Choose(ctx, token, appropriateness.ChoseGoOn, false); !fault.Has(err, "invalid-choice") {
			t.Errorf("to go on without reading gave %v", err)
		}
		for range 2 {
			if err := s.Choose(ctx, token, appropriateness.ChoseGoOn, true); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Choose(ctx, token, appropriateness.ChoseStop, true); !fault.Has(err, "already-chosen") {
			t.Errorf("another choice gave %v", err)
		}
		facts, err := journalstore.Reader{DB: h.db}.Subject(ctx, h.firm, string(first))
		if err != nil || facts[len(facts)-1].Kind != appropriateness.KindChosen || len(facts) != 5 {
			t.Errorf("%d facts, want 5 with the choice last (%v)", len(facts), err)
		}
		if said := `"words":["Ik heb de waarschuwing gelezen.","Verder zonder advies"]`; !strings.Contains(string(facts[len(facts)-1].Payload), said) {
			t.Errorf("the fact of the choice is %s, without %s", facts[len(facts)-1].Payload, said)
		}
		again := appropriateness.Start{Test: "hypotheek-zonder-advies", Reference: "K-1", Channel: "website"}
		if _, err := s.Start(ctx, h.operator(), again); !fault.Has(err, "retake-too-early") {
			t.Errorf("a retake at once gave %v", err)
		}
		h.clock.add(48 * time.Hour)
		second, outcome := h.take("K-1", right)
		if outcome != appropriateness.Appropriate {
			t.Errorf("the retake came out as %s", outcome)
		}
		one, err := s.File(ctx, h.operator(), first)
		if err != nil {
			t.Fatal(err)
		}
		two, err := s.File(ctx, h.operator(), second)
		if err != nil {
			t.Fatal(err)
		}
		var seen appropriateness.Seen
		seen.Add(one.Test, one.Form)
		for _, q := range two.Form.Questions() {
			if seen.Questions[q] {
				t.Errorf("question %s stands in both forms", q)
			}
		}
		if _, err := s.Start(ctx, h.operator(), again); !fault.Has(err, "test-still-valid") {
			t.Errorf("a start after a pass gave %v", err)
		}
		h.verifyGreen()
		r, err := h.Replay(ctx, nil)
		if err != nil || !r.Green() || r.Rules["test_attempt_allowed/2"] == 0 {
			t.Errorf("replay: %+v (%v)", r, err)
		}
	})
}

// A program that holds a link changes one answer all day long.
func TestAnswersCannotBeChangedWithoutEnd(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	s, ctx := h.Appropriateness, t.Context()
	id, token := h.start("K-1")
	if err := s.Begin(ctx, token); err != nil {
		t.Fatal(err)
	}
	kept := 0
	var refused error
	for n := range 2000 {
		if _, refused = s.Pick(ctx, token, 0, n%2); refused != nil {
			break
		}
		kept++
	}
	if !fault.Has(refused, "too-many-changes") {
		t.Fatalf("%d changes, and then %v", kept, refused)
	}
	if _, err := s.Pick(ctx, token, 1, 0); err != nil {
		t.Errorf("an open question can no longer be answered: %v", err)
	}
	if _, err := s.Send(ctx, token); err != nil {
		t.Fatal(err)
	}
	f, err := s.File(ctx, h.operator(), id)
	if err != nil || len(f.Given) != kept+1 {
		t.Errorf("%d answers kept, want %d (%v)", len(f.Given), kept+1, err)
	}
}

// What was shown is shown again, also when our words have changed since: here the
// words that were kept are made to differ from those of today.
func TestTheWordsThatWereShownAreShownAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id, _ := h.take("K-1", wrong)
		err := h.Appropriateness.Store.Update(t.Context(), h.firm, func(tx appropriateness.Tx) error {
			kept, err := tx.Notices(id)
			if err != nil || len(kept) != 1 {
				return fmt.Errorf("the words were not kept: %w", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		other, token := h.start("K-2")
		before := appropriateness.NoticeOf(appropriateness.NotAppropriate, appropriateness.Stop, "mortgage", "De Oude Naam")
		if err := h.Appropriateness.Store.Update(t.Context(), h.firm, func(tx appropriateness.Tx) error { return tx.KeepNotice(other, before) }); err != nil {
			t.Fatal(err)
		}
		if err := h.Appropriateness.Begin(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Appropriateness.Send(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		v, err := h.Appropriateness.Visit(t.Context(), token)
		if err != nil || !strings.Contains(strings.Join(v.Notice.Paragraphs, " "), "De Oude Naam") {
			t.Errorf("the client reads %+v (%v), want the words that were kept", v.Notice, err)
		}
		f, err := h.Appropriateness.File(t.Context(), h.operator(), other)
		if err != nil || !strings.Contains(strings.Join(f.Notice.Paragraphs, " "), "De Oude Naam") {
			t.Errorf("staff read %+v (%v), want the words that were kept", f.Notice, err)
		}
	})
}
