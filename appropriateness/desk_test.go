package appropriateness_test

import (
	"bufio"
	"cmp"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/appropriateness"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

func desk(t testing.TB) *rule.Registry {
	t.Helper()
	r, err := rule.NewRegistry(appropriateness.TestRequired, appropriateness.TestResponsible, appropriateness.Scoring,
		appropriateness.Knockout, appropriateness.AfterTest, appropriateness.QuestionCheck, appropriateness.TestContent,
		appropriateness.RetakePolicy, appropriateness.Evaluation, appropriateness.ModelSet)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// worked is a worked example: the answer holds at least these fields, and none
// of the absent ones.
type worked struct {
	ID     string               `json:"id"`
	Rule   string               `json:"rule"`
	Given  canon.Raw            `json:"given"`
	Answer map[string]canon.Raw `json:"answer"`
	Source []string             `json:"source"`
	Says   string               `json:"says,omitempty"`
	Absent []string             `json:"absent,omitempty"`
}

// few are the rules that can be asked in fewer ways than five.
var few = map[string]int{"evaluation": 2, "model_set": 1}

// TestTheDeskAnswersTheWorkedExamples holds the rules against examples made from
// the page of the AFM; source names the passage.
func TestTheDeskAnswersTheWorkedExamples(t *testing.T) {
	f, err := os.Open("testdata/desk.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, asked := desk(t), map[string]int{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var w worked
		if err := canon.Decode(lines.Bytes(), &w); err != nil {
			t.Fatalf("%s: %v", lines.Bytes(), err)
		}
		asked[w.Rule]++
		t.Run(w.ID+" "+w.Says, func(t *testing.T) {
			reply, err := r.Ask(w.Rule, 0, w.Given, nil)
			if err != nil {
				t.Fatal(err)
			}
			w.compare(t, reply)
			explained(t, reply.Reasons)
		})
	}
	for _, a := range r.Rules() {
		if want := cmp.Or(few[a.Name()], 5); asked[a.Name()] < want {
			t.Errorf("%s has %d examples, want %d", a.Name(), asked[a.Name()], want)
		}
	}
}

func (w worked) compare(t *testing.T, reply rule.Reply) {
	t.Helper()
	n, err := canon.Parse(reply.Answer)
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range w.Answer {
		if got := n.Get(field).Append(nil); string(got) != string(want) {
			t.Errorf("%s is %s, want %s", field, got, want)
		}
	}
	for _, field := range w.Absent {
		if n.Get(field).Valid() {
			t.Errorf("%s is answered: %s", field, reply.Answer)
		}
	}
	for _, source := range w.Source {
		if _, err := ident.ParseNorm(source); err != nil {
			t.Error(err)
		}
	}
}

// explained asks that there are reasons, each with a norm that exists and a
// Dutch sentence without holes.
func explained(t rapid.TB, reasons []rule.Reason) {
	t.Helper()
	if len(reasons) == 0 {
		t.Errorf("no reasons")
	}
	for _, why := range reasons {
		if _, err := ident.ParseNorm(string(why.Norm)); err != nil {
			t.Errorf("%s: %v", why.Code, err)
		}
		if why.Text == why.Code || !strings.HasSuffix(why.Text, ".") || strings.ContainsAny(why.Text, "{}") || strings.Contains(why.Text, "()") {
			t.Errorf("%s reads %q", why.Code, why.Text)
		}
	}
}

func TestWhatARuleMustChooseByIsAsked(t *testing.T) {
	r := desk(t)
	for _, c := range []struct{ name, rule, given, want string }{
		{"a product", "test_required", `{}`, "/product missing"},
		{"a product, also when advice is denied", "test_required", `{"advice_given":false}`, "/product missing"},
		{"an empty product is none", "test_required", `{"product":""}`, "/product missing"},
		{"who mediates", "test_responsible", `{"module":"provider"}`, "/intermediary_mediates missing"},
		{"who mediates on a site that tells nothing", "test_responsible", `{"site":"comparison"}`, "/intermediary_mediates missing"},
		{"a result", "after_test", `{"warned":true}`, "/result missing"},
		{"a result that is known", "after_test", `{"result":"good"}`, "/result unknown-value"},
		{
			"yes or no on the need for advice", "knockout", `{"answers":{"need_advice":"maybe","a/b_understand":"sort of","other":"anything"}}`,
			"/answers/a~1b_understand unknown-value /answers/need_advice unknown-value",
		},
		{"an answer that is a word", "knockout", `{"answers":{"need_advice":{}}}`, "/answers/need_advice wrong-type"},
		{"a weight that is a number", "scoring", `{"weight_knowledge":"veel","weight_experience":true}`, "/weight_knowledge wrong-form /weight_experience wrong-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Ask(c.rule, 0, []byte(c.given), nil)
			f := fault.As(err)
			if f == nil {
				t.Fatalf("got %v", err)
			}
			var got []string
			for _, d := range f.Details {
				got = append(got, d.Pointer+" "+d.Reason)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q", strings.Join(got, " "))
			}
		})
	}
}

func TestExemptIsOnlyWhatNeedsNoTest(t *testing.T) {
	for product, advice := range map[string]bool{"mortgage": false, "car_insurance": false} {
		if appropriateness.TestRequired.Ask(appropriateness.RequiredIn{Product: &product, AdviceGiven: &advice}).Exempt() {
			t.Errorf("%s is exempt", product)
		}
	}
	if !appropriateness.TestRequired.Ask(appropriateness.RequiredIn{AdviceGiven: new(true)}).Exempt() {
		t.Error("advice does not exempt")
	}
}

func TestKnowledgeMustWeighMoreByAnyAmount(t *testing.T) {
	drawn := rapid.Custom(func(t *rapid.T) money.Decimal {
		return money.MustParse(rapid.StringMatching(`[0-9](\.[0-9]{1,20})?`).Draw(t, "weight"))
	})
	rapid.Check(t, func(t *rapid.T) {
		knowledge, experience := drawn.Draw(t, "knowledge"), drawn.Draw(t, "experience")
		out := appropriateness.Scoring.Ask(appropriateness.ScoringIn{WeightKnowledge: &knowledge, WeightExperience: &experience})
		if (len(out.Flags) == 0) != (knowledge.Sub(experience).Sign() > 0) {
			t.Fatalf("%s against %s: %v", knowledge, experience, out.Flags)
		}
		explained(t, out.Reasons())
	})
}

func TestNothingUndoesAKnockout(t *testing.T) {
	words := rapid.SampledFrom([]appropriateness.Said{"right", "wrong", "true", "false", "yes", "no", "goed", "fout", "", "iets"})
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.MapOf(rapid.StringMatching(`question_[0-9]`), words).Draw(t, "answers")
		correct := money.MustParse(rapid.StringMatching(`0\.[0-9]{1,3}|1`).Draw(t, "correct"))
		before := appropriateness.Knockout.Ask(appropriateness.KnockoutIn{Answers: answers, OtherCorrect: &correct})
		if before.KnockedOut != (before.Appropriate != nil) {
			t.Fatalf("got %+v", before)
		}
		with := map[string]appropriateness.Said{"need_advice": "yes"}
		for name, said := range answers {
			with[name] = said
		}
		after := appropriateness.Knockout.Ask(appropriateness.KnockoutIn{Answers: with, OtherCorrect: &correct})
		if !after.KnockedOut || after.Appropriate == nil || *after.Appropriate {
			t.Fatalf("got %+v", after)
		}
		explained(t, after.Reasons())
	})
}

func TestTheWarningDecidesComplianceAndTheConclusionNeverDoes(t *testing.T) {
	r := desk(t)
	fact := rapid.SampledFrom([]*bool{nil, new(false), new(true)})
	rapid.Check(t, func(t *rapid.T) {
		in := appropriateness.AfterIn{
			Result: new(rapid.SampledFrom([]string{"sufficient", "insufficient"}).Draw(t, "result")),
			Warned: fact.Draw(t, "warned"), AdviceRecommended: fact.Draw(t, "advised"),
		}
		quiet := appropriateness.AfterTest.Ask(in)
		in.ConcludedEO = fact.Draw(t, "concluded")
		out, d := appropriateness.AfterTest.Decide(in)
		if (out.Compliant == nil) != (quiet.Compliant == nil) || (out.Compliant != nil && *out.Compliant != *quiet.Compliant) {
			t.Fatalf("the conclusion changed compliance: %s", d.Answer)
		}
		if (len(out.Violated) > 0) != (out.Compliant != nil && !*out.Compliant) || (len(out.Violated) > 0 && !out.WarningNeeded) {
			t.Fatalf("got %s", d.Answer)
		}
		if (out.AFM == "") != (in.ConcludedEO == nil) || (out.AFM == "undesirable") != (out.WarningNeeded && in.ConcludedEO != nil && *in.ConcludedEO) {
			t.Fatalf("got %s", d.Answer)
		}
		explained(t, out.Reasons())
		if found, err := r.Replay(d, nil); err != nil || found != nil {
			t.Fatalf("replay: %v, %v", found, err)
		}
	})
}
