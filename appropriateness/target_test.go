package appropriateness

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// groupTest is a test that asks two criteria of the target group beside ten
// questions of knowledge.
func groupTest(outside string) Test {
	t := Test{
		Format: Format3, Scoring: Cut{Percent: 70}, Policy: Policy{AfterFail: Stop, Outside: outside},
		Target: []Question{group("risico"), group("uitsluiting")},
	}
	for _, id := range []QuestionID{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		t.Questions = append(t.Questions, Question{ID: id, Element: Product, Weight: 1, Options: []Option{{ID: "goed", Right: true}, {ID: "fout"}}})
	}
	return t
}

func group(id QuestionID) Question {
	return Question{ID: id, Element: TargetGroup, Options: []Option{{ID: "binnen", Right: true}, {ID: "buiten"}}}
}

// sit answers right so many questions, leaves the rest wrong, and answers the two
// criteria as told; "" leaves one open.
func sit(t Test, right int, first, second OptionID) Sitting {
	s := Sitting{Answers: map[QuestionID]OptionID{}}
	_, h := t.Seal()
	s.Test = sealedTest(h, t)
	for i, q := range t.Questions {
		s.Form = append(s.Form, q.ID)
		s.Answers[q.ID] = "fout"
		if i < right {
			s.Answers[q.ID] = "goed"
		}
	}
	for id, option := range map[QuestionID]OptionID{"risico": first, "uitsluiting": second} {
		s.Form = append(s.Form, id)
		if option != "" {
			s.Answers[id] = option
		}
	}
	return s
}

func TestTheTargetGroupIsJudgedBesideKnowledge(t *testing.T) {
	for name, c := range map[string]struct {
		policy        string
		right         int
		first, second OptionID
		outcome       Outcome
		fit           Fit
		warns         bool
		last          string
	}{
		"inside and enough knowledge passes":                       {Stop, 7, "binnen", "binnen", Appropriate, Inside, false, "inside_target_group"},
		"inside and too little knowledge does not":                 {Stop, 6, "binnen", "binnen", NotAppropriate, Inside, true, "warning_due"},
		"outside does not pass though all is known, under stop":    {Stop, 10, "buiten", "binnen", NotAppropriate, Outside, true, "warning_target"},
		"outside passes with a warning, under warn":                {Warn, 10, "buiten", "binnen", Appropriate, Outside, true, "warning_target"},
		"outside never makes up for knowledge, under warn":         {Warn, 6, "buiten", "binnen", NotAppropriate, Outside, true, "warning_target"},
		"an open criterion leaves a pass untold":                   {Stop, 10, "", "binnen", CannotBeJudged, Unplaced, true, "target_open"},
		"an open criterion changes no fail":                        {Stop, 2, "", "binnen", NotAppropriate, Unplaced, true, "warning_due"},
		"one outside decides though the other is open, under stop": {Stop, 10, "", "buiten", NotAppropriate, Outside, true, "warning_target"},
	} {
		t.Run(name, func(t *testing.T) {
			v := GradingTarget.Ask(sit(groupTest(c.policy), c.right, c.first, c.second))
			if v.Outcome != c.outcome || v.Fit != c.fit || v.WarnOwed != c.warns || v.Because[len(v.Because)-1].Code != c.last {
				t.Errorf("%s, %s, warns %v, reasons %v", v.Outcome, v.Fit, v.WarnOwed, codes(v.Because))
			}
			if v.Points != c.right || v.Out != 10 {
				t.Errorf("%d of %d points: a criterion earns none", v.Points, v.Out)
			}
		})
	}
}

// TestNoCriterionHelpsAnybodyPass: whatever the answers, who passes with criteria
// passes on knowledge alone.
func TestNoCriterionHelpsAnybodyPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := []OptionID{"", "binnen", "buiten"}
		s := sit(groupTest(rapid.SampledFrom([]string{Stop, Warn}).Draw(t, "policy")), rapid.IntRange(0, 10).Draw(t, "right"),
			rapid.SampledFrom(some).Draw(t, "first"), rapid.SampledFrom(some).Draw(t, "second"))
		v := GradingTarget.Ask(s)
		s.Form = s.Form[:10]
		if alone := GradingParts.Ask(s); v.Outcome == Appropriate && alone.Outcome != Appropriate || v.Knowledge != alone.Outcome {
			t.Fatalf("%s with criteria, %s without, knowledge told as %s", v.Outcome, alone.Outcome, v.Knowledge)
		}
	})
}

func TestPublicationLooksAtTheTargetGroup(t *testing.T) {
	find := func(out PublicationOut, code string) bool {
		return slices.Contains(out.Refused, code) || slices.Contains(out.Advised, code)
	}
	for name, c := range map[string]struct {
		change func(*Test)
		code   string
		refuse bool
	}{
		"a policy without a question":       {func(t *Test) { t.Format, t.Target = Format2, nil }, "target_without_question", true},
		"a warning without a reason":        {func(t *Test) { t.Policy.Outside = Warn }, "warn_without_reason", true},
		"too many criteria":                 {func(t *Test) { t.Target = slices.Repeat(t.Target, 6) }, "too_many_targets", true},
		"a warning with a reason":           {func(t *Test) { t.Policy.Outside, t.Policy.WhyOutside = Warn, strings.Repeat("Want zo is het. ", 4) }, "outside_may_go_on", false},
		"nothing asked of the target group": {func(t *Test) { t.Format, t.Target, t.Policy.Outside = Format2, nil, "" }, "target_unasked", false},
		"a client who judges themselves":    {func(t *Test) { t.Target[0].Kind = "self_report" }, "target_self_report", false},
	} {
		t.Run(name, func(t *testing.T) {
			test := groupTest(Stop)
			c.change(&test)
			_, h := test.Seal()
			out := PublicationTarget.Ask(PublicationIn{sealedTest(h, test)})
			if !find(out, c.code) || slices.Contains(out.Refused, c.code) != c.refuse {
				t.Errorf("refused %v, advised %v, want %s", out.Refused, out.Advised, c.code)
			}
			if len(out.Because) != len(out.Refused)+len(out.Advised) {
				t.Errorf("%d reasons for %d codes", len(out.Because), len(out.Refused)+len(out.Advised))
			}
			before := PublicationCheck.Ask(PublicationIn{sealedTest(h, test)})
			if find(before, c.code) {
				t.Errorf("version 1 speaks of %s", c.code)
			}
		})
	}
}

// TestEveryFormAsksAllCriteria: a retake too, for they ask after the client.
func TestEveryFormAsksAllCriteria(t *testing.T) {
	test := groupTest(Stop)
	for i := range test.Questions {
		test.Questions[i].Family = string(test.Questions[i].ID)
	}
	test.Blueprint = Blueprint{Questions: 5, Elements: map[Element]int{Product: 5}}
	var seen Seen
	for range 2 {
		f, err := test.Draw(&steady{3}, seen)
		if err != nil {
			t.Fatal(err)
		}
		if ids := f.Questions(); len(ids) != 7 || ids[5] != "risico" || ids[6] != "uitsluiting" {
			t.Errorf("the form asks %v", ids)
		}
		seen.Add(test, f)
	}
	if seen.Questions["risico"] || len(seen.Questions) != 10 {
		t.Errorf("seen are %v: a criterion is none", seen.Questions)
	}
}

func TestTheNoticeToldOutsideTheTargetGroup(t *testing.T) {
	for name, c := range map[string]struct {
		v        Verdict
		says     []string
		saysNot  string
		language string
	}{
		"not meant, but known":  {Verdict{Outcome: NotAppropriate, Knowledge: Appropriate, Fit: Outside}, []string{"U weet genoeg", "niet is bedoeld voor iemand in uw situatie", "raden u aan om advies"}, "artikel 4:24", "nl"},
		"not meant, and warned": {Verdict{Outcome: Appropriate, Knowledge: Appropriate, Fit: Outside}, []string{"niet voor u bedoeld", "U kunt wel verder zonder advies", "raden u aan om advies"}, "artikel 4:24", "nl"},
		"neither":               {Verdict{Outcome: NotAppropriate, Knowledge: NotAppropriate, Fit: Outside}, []string{"niet is bedoeld voor iemand in uw situatie", "artikel 4:24"}, "U weet genoeg", "nl"},
		"inside says nothing":   {Verdict{Outcome: Appropriate, Knowledge: Appropriate, Fit: Inside}, []string{"U kunt verder zonder advies"}, "bedoeld", "nl"},
		"in English":            {Verdict{Outcome: Appropriate, Knowledge: Appropriate, Fit: Outside}, []string{"not meant for you", "take advice"}, "U kunt", "en"},
	} {
		t.Run(name, func(t *testing.T) {
			n := NoticeOf(c.v.Outcome, Stop, "mortgage", "De Linde")
			if c.language == "en" {
				n = englishNotice(c.v.Outcome, Stop, "mortgage", "De Linde")
			}
			n = n.placed(c.v, "mortgage", "De Linde")
			all := strings.Join(append([]string{n.Title, n.Warning}, append(n.Paragraphs, n.Next...)...), " ")
			for _, words := range c.says {
				if !strings.Contains(all, words) {
					t.Errorf("it lacks %q: %s", words, all)
				}
			}
			if strings.Contains(all, c.saysNot) {
				t.Errorf("it says %q: %s", c.saysNot, all)
			}
		})
	}
}
