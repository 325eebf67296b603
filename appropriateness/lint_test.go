package appropriateness_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"zorgplicht/appropriateness"
)

type labelled struct {
	Expected []string
	Given    appropriateness.LintIn
}

func labels(t testing.TB) (list []labelled) {
	t.Helper()
	b, err := os.ReadFile("testdata/lint.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		var l labelled
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

// The labels were given by hand before the rule was asked. Every fault must be
// found, and nothing in a sound question: the set is small and ours.
func TestEveryLabelIsFoundAndNoOther(t *testing.T) {
	hit, false1, missed, clean, flagged := 0, 0, 0, 0, 0
	for _, l := range labels(t) {
		got := appropriateness.QuestionLint.Ask(l.Given).Flags
		for _, code := range got {
			if slices.Contains(l.Expected, code) {
				hit++
			} else {
				false1++
				t.Logf("%s is not so of %q", code, l.Given.Text)
			}
		}
		for _, code := range l.Expected {
			if !slices.Contains(got, code) {
				missed++
				t.Logf("%s is missed in %q: %v", code, l.Given.Text, l.Given.Options)
			}
		}
		if len(l.Expected) == 0 {
			clean++
			if len(got) > 0 {
				flagged++
			}
		}
	}
	f1 := 2 * float64(hit) / float64(2*hit+false1+missed)
	t.Logf("F1 %.3f, %d found, %d wrongly, %d missed; %d of %d sound questions flagged", f1, hit, false1, missed, flagged, clean)
	if f1 < 0.97 || flagged > 0 {
		t.Errorf("F1 %.3f; %d of %d sound questions flagged", f1, flagged, clean)
	}
}

func TestLintIsQuick(t *testing.T) {
	list := labels(t)
	start := time.Now()
	for range 20 {
		for _, l := range list {
			appropriateness.QuestionLint.Ask(l.Given)
		}
	}
	t.Logf("%v a question", time.Since(start)/time.Duration(20*len(list)))
}
