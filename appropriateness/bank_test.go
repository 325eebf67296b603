package appropriateness

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"zorgplicht/internal/fault"
)

// bank writes a bank file that holds for every element of the blueprint the
// number of questions asked, times two, each of its own family.
func bank() string {
	var b strings.Builder
	b.WriteString(`format: kennistoets/1
id: proef
title: Proeftoets
product: mortgage
service: execution_only
language: nl
purpose: Om te zien of u dit zelf kunt.
minutes: 15
author: de redactie
form:
  questions: 14
  elements: {product: 3, product_risks: 3, service_risks: 2, own_finances: 2, need_for_advice: 2, experience_product: 1, experience_eo: 1}
scoring: {cut_percent: 70, reason: "Wie 70 procent haalt, kent de risico’s en weet wat er zonder advies niet gebeurt."}
policy: {after_fail: stop, retake: never, open_hours: 24}
questions:
`)
	for _, e := range []struct {
		element Element
		free    int
		fixed   Fixed
	}{{Product, 2, UnderstandsTerms}, {ProductRisks, 3, ""}, {ServiceRisks, 2, ""}, {OwnFinances, 2, ""}, {NeedForAdvice, 1, NeedAdvice}, {ExperienceProduct, 1, ""}, {ExperienceEO, 1, ""}} {
		weight := 2
		if e.element.Experience() {
			weight = 1
		}
		for i := range e.free * 2 {
			name := strings.ReplaceAll(fmt.Sprintf("%s-%d", e.element, i), "_", "-")
			fmt.Fprintf(&b, `  - {id: %s, element: %s, family: f-%s, kind: substantive, side: downside, weight: %d, source: proef, text: Wat gebeurt er bij %s?, right_because: daarom,
     options: [{id: a, text: Eerste, right: true}, {id: b, text: Tweede, wrong_because: nee}, {id: c, text: Derde, wrong_because: nee}]}
`, name, e.element, name, weight, name)
		}
		if e.fixed != "" {
			right := map[Fixed]string{NeedAdvice: "nee", UnderstandsTerms: "ja"}[e.fixed]
			fmt.Fprintf(&b, "  - {id: vast-%s, element: %s, family: vast-%s, kind: self_report, side: neutral, weight: 0, fixed: %s, source: AFM, text: Vast?, options: [", kebabOf(e.fixed), e.element, kebabOf(e.fixed), e.fixed)
			for _, o := range []string{"ja", "nee"} {
				fmt.Fprintf(&b, "{id: %s, text: %s, right: %v}, ", o, o, o == right)
			}
			b.WriteString("]}\n")
		}
	}
	return b.String()
}

func kebabOf(f Fixed) string { return strings.ReplaceAll(string(f), "_", "-") }

func proef(t testing.TB) Test {
	t.Helper()
	test, err := ReadBank([]byte(bank()))
	if err != nil {
		t.Fatalf("the bank of the tests has faults: %v", err)
	}
	return test
}

func TestReadBankNamesEveryFaultWithItsLine(t *testing.T) {
	file, err := os.ReadFile("testdata/ten-faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = ReadBank(file)
	f := fault.As(err)
	if f == nil {
		t.Fatalf("ReadBank = %v, want a fault", err)
	}
	lines := strings.Split(string(file), "\n")
	var want []string // a line that holds faults says so: "# fault: code, code"
	for i, line := range lines {
		if _, code, found := strings.Cut(line, "# fault: "); found {
			for c := range strings.SplitSeq(code, ", ") {
				want = append(want, fmt.Sprintf("%d %s", i+1, c))
			}
		}
	}
	var got []string
	for _, d := range f.Details {
		got = append(got, fmt.Sprintf("%d %s", d.Line, d.Reason))
		if d.Text == "" {
			t.Errorf("fault %s at %s says nothing to the author", d.Reason, d.Pointer)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(want) < 10 {
		t.Fatalf("the file holds %d faults, meant are ten", len(want))
	}
}

func TestCheckNamesWhatOnlyTheWholeShows(t *testing.T) {
	for _, c := range []struct {
		name, at, code string
		spoil          func(*Test)
	}{
		{"an element that no form asks after", "/form/elements/own_finances", "element-without-question", func(t *Test) { t.Blueprint.Elements[OwnFinances] = 0 }},
		{"numbers that do not add up", "/form/questions", "invalid-value", func(t *Test) { t.Blueprint.Questions++ }},
		{"a cut without a reason", "/scoring/reason", "missing-reason", func(t *Test) { t.Scoring.Reason = "daarom" }},
		{"a fixed knock-out left out", "/questions", "fixed-question-missing", func(t *Test) { t.Questions[4].Fixed, t.Questions[4].Weight = "", 2 }},
		{"yes to advice as the right answer", "/questions/0/options", "fixed-answer", func(t *Test) {
			q := fixedFirst(t, NeedAdvice)
			q.Options[0].Right, q.Options[1].Right = q.Options[1].Right, q.Options[0].Right
		}},
		{"no to the terms as the right answer", "/questions/0/options", "fixed-answer", func(t *Test) {
			q := fixedFirst(t, UnderstandsTerms)
			q.Options[0].Right, q.Options[1].Right = q.Options[1].Right, q.Options[0].Right
		}},
		{"a fixed question with other answers than yes and no", "/questions/0/options", "fixed-answer", func(t *Test) {
			fixedFirst(t, NeedAdvice).Options[1].Text = "Misschien"
		}},
		{"a fixed question with a longer yes and no", "", "", func(t *Test) {
			q := fixedFirst(t, NeedAdvice)
			for i := range q.Options {
				q.Options[i].Text += ", daar heb ik over nagedacht"
			}
		}},
		{"a knowledge question no heavier than experience", "/questions", "weights", func(t *Test) { t.Questions[0].Weight = 1 }},
		{"self-report in the majority", "/questions", "substantive-share", func(t *Test) {
			for i := range t.Questions {
				t.Questions[i].Kind = "self_report"
			}
		}},
		{"risks without a downside", "/questions", "unbalanced", func(t *Test) {
			for i := range t.Questions {
				t.Questions[i].Side = "upside"
			}
		}},
		{"retakes that the bank cannot fill", "/policy/retake", "retake-impossible", func(t *Test) {
			t.Policy.Retake = Retake{Allow: CoolingOff, CoolingHours: 24, AtMost: 2, WithinDays: 365}
		}},
		{"going on after a fail without a reason", "/policy/after_fail_reason", "missing-reason", func(t *Test) { t.Policy.AfterFail = GoOn }},
		{"one family where the form needs two", "/form", "form-impossible", func(t *Test) {
			for i := range t.Questions {
				if t.Questions[i].Element == ServiceRisks {
					t.Questions[i].Family = "een"
				}
			}
		}},
		{"a product that is no word the rule knows is left to the author", "", "", func(t *Test) { t.Product = "car_insurance" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := proef(t)
			c.spoil(&test)
			found := c.code == "" && len(test.Check()) == 0
			for _, d := range test.Check() {
				found = found || d.Pointer == c.at && d.Reason == c.code
			}
			if !found {
				t.Errorf("Check = %+v, want %s at %s", test.Check(), c.code, c.at)
			}
		})
	}
}

// fixedFirst puts a fixed question first, so that its place is known.
func fixedFirst(t *Test, f Fixed) *Question {
	i := slices.IndexFunc(t.Questions, func(q Question) bool { return q.Fixed == f })
	t.Questions[0], t.Questions[i] = t.Questions[i], t.Questions[0]
	return &t.Questions[0]
}

func TestTheSealIsOfTheContentAlone(t *testing.T) {
	a, b := proef(t), proef(t)
	_, one := a.Seal()
	_, two := b.Seal()
	if one != two {
		t.Errorf("the same file sealed twice: %s and %s", one, two)
	}
	b.Questions[0].Options[1].Text += "."
	if _, three := b.Seal(); three == one {
		t.Error("a full stop in a wrong answer left the seal as it was")
	}
}

func FuzzReadBank(f *testing.F) {
	f.Add([]byte(bank()))
	f.Add([]byte("format: kennistoets/1\nquestions: [{options: [&a [*a]]}]"))
	f.Add([]byte("- x\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		test, err := ReadBank(file)
		if err != nil {
			if fault.As(err) == nil {
				t.Fatalf("a bad file gave %v, not a fault", err)
			}
			return
		}
		if _, err := test.Draw(first{}, Seen{}); err != nil {
			t.Fatalf("a test that passed its check gives no form: %v", err)
		}
	})
}
