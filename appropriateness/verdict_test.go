package appropriateness

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// sitting answers the whole bank of the tests but for what change says: "" opens
// a question, "b" misses it.
func sitting(test Test, change map[QuestionID]OptionID) Sitting {
	_, hash := test.Seal()
	s := Sitting{Test: sealedTest(hash, test), Answers: map[QuestionID]OptionID{}}
	for _, q := range test.Questions {
		s.Form = append(s.Form, q.ID)
		s.Answers[q.ID] = q.RightOption()
		if o, ok := change[q.ID]; ok {
			if s.Answers[q.ID] = o; o == "" {
				delete(s.Answers, q.ID)
			}
		}
	}
	return s
}

// The bank of the tests holds 20 questions of 2 points and 4 of 1: 44 points in
// all, so that the cut of 70% (30.8) lies at 31.
func TestGrading(t *testing.T) {
	test := proef(t)
	miss := func(option OptionID, ids ...QuestionID) map[QuestionID]OptionID {
		m := map[QuestionID]OptionID{}
		for _, id := range ids {
			m[id] = option
		}
		return m
	}
	six := []QuestionID{"product-0", "product-1", "product-2", "product-3", "product-risks-0", "product-risks-1"}
	for _, c := range []struct {
		name    string
		change  map[QuestionID]OptionID
		outcome Outcome
		code    string
		points  int
	}{
		{"all right", nil, Appropriate, "cut_reached", 44},
		{"six missed: 32 of 44, above the cut", miss("b", six...), Appropriate, "cut_reached", 32},
		{"six and one of experience missed: 31 of 44, on the cut", miss("b", append(six, "experience-eo-0")...), Appropriate, "cut_reached", 31},
		{"one more of experience missed: 30 of 44, below", miss("b", append(six, "experience-eo-0", "experience-eo-1")...), NotAppropriate, "below_cut", 30},
		{"seven missed: 30 of 44", miss("b", append(six, "product-risks-2")...), NotAppropriate, "below_cut", 30},
		{"needs advice, all else right", map[QuestionID]OptionID{"vast-need-advice": "ja"}, NotAppropriate, "knocked_out", 44},
		{"does not understand the terms, all else right", map[QuestionID]OptionID{"vast-understand-terms": "nee"}, NotAppropriate, "knocked_out", 44},
		{"a knock-out wrong and the rest open", func() map[QuestionID]OptionID {
			m := map[QuestionID]OptionID{}
			for _, q := range test.Questions {
				m[q.ID] = ""
			}
			m["vast-need-advice"] = "ja"
			return m
		}(), NotAppropriate, "knocked_out", 0},
		{"six open: the cut is reached whatever they are", miss("", six...), Appropriate, "cut_reached", 32},
		{"seven open: they could turn it", miss("", append(six, "product-risks-2")...), CannotBeJudged, "open_could_turn", 30},
		{"all points, a knock-out open", miss("", "vast-need-advice"), CannotBeJudged, "open_could_turn", 44},
		{"nothing answered", func() map[QuestionID]OptionID {
			m := map[QuestionID]OptionID{}
			for _, q := range test.Questions {
				m[q.ID] = ""
			}
			return m
		}(), CannotBeJudged, "open_could_turn", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Grading.Ask(sitting(test, c.change))
			if v.Outcome != c.outcome || v.Points != c.points || v.Because[0].Code != c.code {
				t.Errorf("outcome %s with %d points because %s; want %s, %d, %s", v.Outcome, v.Points, v.Because[0].Code, c.outcome, c.points, c.code)
			}
			if v.Out != 44 || v.Cut != 31 {
				t.Errorf("cut %d of %d, want 31 of 44", v.Cut, v.Out)
			}
			warns := v.Because[len(v.Because)-1].Norm == "wft:4:24:3"
			if want := c.outcome != Appropriate; v.WarnOwed != want || warns != want {
				t.Errorf("warning needed %v, in the reasons %v, want %v", v.WarnOwed, warns, want)
			}
		})
	}
}

func TestNoAnswerToAnOpenQuestionTurnsADecidedOutcome(t *testing.T) {
	test := proef(t)
	rapid.Check(t, func(t *rapid.T) {
		s := sitting(test, nil)
		for _, id := range s.Form {
			q, _ := test.Question(id)
			switch n := rapid.IntRange(0, len(q.Options)).Draw(t, string(id)); n {
			case 0:
				delete(s.Answers, id)
			default:
				s.Answers[id] = q.Options[n-1].ID
			}
		}
		v := Grading.Ask(s)
		if len(v.Open) == 0 && v.Outcome == CannotBeJudged {
			t.Fatal("everything was answered and yet it cannot be judged")
		}
		before := v.Outcome
		for _, id := range v.Open {
			q, _ := test.Question(id)
			s.Answers[id] = q.Options[rapid.IntRange(0, len(q.Options)-1).Draw(t, "then "+string(id))].ID
		}
		after := Grading.Ask(s).Outcome
		if before != CannotBeJudged && after != before {
			t.Fatalf("decided as %s, and %s once the open questions were answered", before, after)
		}
	})
}

func TestASittingThatDoesNotBelongToItsTestIsRefused(t *testing.T) {
	test := proef(t)
	sealed, hash := test.Seal()
	s := sitting(test, nil)
	s.Form = append(s.Form, s.Form[0], "van-elders")
	s.Answers["product-0"] = "z"
	s.Answers["van-elders"] = "a"
	err := s.Open(func(ident.Hash) ([]byte, error) { return sealed, nil })
	if f := fault.As(err); f == nil || len(f.Details) != 4 {
		t.Fatalf("Open = %v, want four faults", err)
	}
	s = sitting(test, nil)
	if err := s.Open(func(h ident.Hash) ([]byte, error) {
		if h != hash {
			t.Errorf("asked for %s, sealed was %s", h, hash)
		}
		return sealed, nil
	}); err != nil {
		t.Errorf("a sitting of this test does not open: %v", err)
	}
}

func TestAVerdictIsReplayedFromItsDecision(t *testing.T) {
	test := proef(t)
	sealed, _ := test.Seal()
	registry, err := rule.NewRegistry(Grading)
	if err != nil {
		t.Fatal(err)
	}
	open := func(ident.Hash) ([]byte, error) { return sealed, nil }
	for _, change := range []map[QuestionID]OptionID{nil, {"vast-need-advice": "ja"}, {"product-0": ""}} {
		_, d := Grading.Decide(sitting(test, change))
		if diff, err := registry.Replay(d, open); err != nil || len(diff) > 0 {
			t.Errorf("replay of %v: %v, %v", change, diff, err)
		}
		d.Answer = []byte(`{"outcome":"appropriate"}`)
		if diff, err := registry.Replay(d, open); err != nil || len(diff) == 0 {
			t.Errorf("replay of another outcome found no difference (%v)", err)
		}
	}
}
