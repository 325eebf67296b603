package appropriateness

import (
	"testing"

	"pgregory.net/rapid"
)

// The bank of the tests earns 40 points for knowledge, 12 of them for risks of the
// product, and 4 for experience.
func TestGradingByParts(t *testing.T) {
	six := map[QuestionID]OptionID{}
	for i := range 6 {
		six[QuestionID("product-risks-"+string(rune('0'+i)))] = "b"
	}
	noExperience := map[QuestionID]OptionID{"experience-eo-0": "b", "experience-eo-1": "b", "experience-product-0": "b"}
	for _, c := range []struct {
		name    string
		cut     Cut
		change  map[QuestionID]OptionID
		outcome Outcome
		code    string
	}{
		{"all right", Cut{Percent: 70, Knowledge: 80, Elements: map[Element]int{ProductRisks: 100}}, nil, Appropriate, "cut_reached"},
		{"all risks wrong, without a cut of their own", Cut{Percent: 70}, six, Appropriate, "cut_reached"},
		{"all risks wrong, with one", Cut{Percent: 70, Elements: map[Element]int{ProductRisks: 1}}, six, NotAppropriate, "part_below_cut"},
		{"knowledge below its cut", Cut{Percent: 70, Knowledge: 71}, six, NotAppropriate, "part_below_cut"},
		{"knowledge on its cut", Cut{Percent: 70, Knowledge: 70}, six, Appropriate, "cut_reached"},
		{"experience below its cut", Cut{Percent: 70, Experience: 26}, noExperience, NotAppropriate, "part_below_cut"},
		{"experience on its cut", Cut{Percent: 70, Experience: 25}, noExperience, Appropriate, "cut_reached"},
		{"the whole reached, a part still open", Cut{Percent: 70, Elements: map[Element]int{ProductRisks: 90}}, map[QuestionID]OptionID{"product-risks-0": "", "product-risks-1": ""}, CannotBeJudged, "open_could_turn"},
		{"a knock-out comes first", Cut{Percent: 70, Elements: map[Element]int{ProductRisks: 1}}, map[QuestionID]OptionID{"vast-need-advice": "ja"}, NotAppropriate, "knocked_out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := proef(t)
			test.Format, test.Scoring = Format2, c.cut
			v := test.grading().Ask(sitting(test, c.change))
			if v.Outcome != c.outcome || v.Because[0].Code != c.code {
				t.Errorf("got %s because of %+v, want %s because of %s", v.Outcome, v.Because, c.outcome, c.code)
			}
			if last := v.Because[len(v.Because)-1].Code; (last == "warning_due") != (c.outcome != Appropriate) {
				t.Errorf("the last reason is %s", last)
			}
		})
	}
}

func drawAnswers(t *rapid.T, test Test) map[QuestionID]OptionID {
	m := map[QuestionID]OptionID{}
	for _, q := range test.Questions {
		m[q.ID] = rapid.SampledFrom([]OptionID{"", q.Options[0].ID, q.Options[1].ID}).Draw(t, string(q.ID))
	}
	return m
}

func TestVersionsOfTheVerdictAgreeWhereNoPartHasACut(t *testing.T) {
	test := proef(t)
	rapid.Check(t, func(t *rapid.T) {
		s := sitting(test, drawAnswers(t, test))
		one, two := Grading.Ask(s), GradingParts.Ask(s)
		if one.Outcome != two.Outcome || one.Points != two.Points || one.Cut != two.Cut || two.Parts != nil {
			t.Fatalf("version 1 says %+v, version 2 %+v", one, two)
		}
	})
}

func TestACutOfAPartNeverLetsMorePass(t *testing.T) {
	test := proef(t)
	rapid.Check(t, func(t *rapid.T) {
		answers := drawAnswers(t, test)
		loose, strict := test, test
		loose.Scoring, strict.Scoring = drawCut(t), Cut{}
		strict.Scoring = loose.Scoring
		strict.Scoring.Knowledge = min(100, loose.Scoring.Knowledge+rapid.IntRange(0, 50).Draw(t, "more"))
		a, b := GradingParts.Ask(sitting(loose, answers)).Outcome, GradingParts.Ask(sitting(strict, answers)).Outcome
		if b == Appropriate && a != Appropriate {
			t.Fatalf("%s under the loose cut, %s under the strict one", a, b)
		}
	})
}

func TestATestIsJudgedByTheVersionOfItsFormat(t *testing.T) {
	test := proef(t)
	if v := test.grading().Version(); v != 1 {
		t.Errorf("a kennistoets/1 is judged by version %d", v)
	}
	test.Format = Format2
	if v := test.grading().Version(); v != 2 {
		t.Errorf("a kennistoets/2 is judged by version %d", v)
	}
}
