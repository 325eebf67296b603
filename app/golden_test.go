package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"zorgplicht/canon"
	"zorgplicht/rule"
)

// The golden files guard what each released version of a rule answers: one file a
// version, one line an example. For a new rule or version:
//
//	go test ./app -run TestGolden -update
//
// It writes a file for what has none, and never changes one that is there: a rule
// that fails here answers otherwise than it did, and needs a new version instead.
const goldenDir = "testdata/golden"

// A golden line is a question with all that was answered.
type golden struct {
	Given   canon.Raw     `json:"given"`
	Answer  canon.Raw     `json:"answer"`
	Reasons []rule.Reason `json:"reasons"`
}

func goldenFile(name string, version int) string {
	return filepath.Join(goldenDir, fmt.Sprintf("%s-%d.jsonl", name, version))
}

// examples are the questions of all rooms' worked examples, by rule.
func examples(t *testing.T) map[string][]canon.Raw {
	t.Helper()
	files, err := filepath.Glob("../*/testdata/desk.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("worked examples in %v (%v)", files, err)
	}
	all := map[string][]canon.Raw{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			var e struct {
				Rule  string
				Given json.RawMessage
			}
			if err := json.Unmarshal(line, &e); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			given, err := canon.Canonical(e.Given)
			if err != nil {
				continue // an example of a question that is wrong
			}
			if !slices.ContainsFunc(all[e.Rule], func(g canon.Raw) bool { return bytes.Equal(g, given) }) {
				all[e.Rule] = append(all[e.Rule], given)
			}
		}
	}
	return all
}

// answered asks a rule all its examples. Those that this version does not take are
// passed over.
func answered(t *testing.T, r rule.Asked, questions []canon.Raw) (lines []byte) {
	t.Helper()
	for _, given := range questions {
		reply, err := r.AskJSON(given, nil)
		if err != nil {
			continue
		}
		for i := range reply.Reasons {
			reply.Reasons[i].Text = ""
		}
		lines = append(append(lines, canon.Must(golden{given, reply.Answer, reply.Reasons})...), '\n')
	}
	return lines
}

func TestGolden(t *testing.T) {
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	asked := examples(t)
	held := holds(t, samples(t))
	for _, r := range rules.Rules() {
		file := goldenFile(r.Name(), r.Version())
		b, err := os.ReadFile(file)
		if os.IsNotExist(err) && *update {
			if b = answered(t, r, asked[r.Name()]); len(b) > 0 {
				if err := os.MkdirAll(goldenDir, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			err = nil
		}
		switch {
		case err != nil && (len(asked[r.Name()]) > 0 || !held.rules[versioned(r.Name(), r.Version())]):
			t.Errorf("no golden file of %s/%d: see the top of this file", r.Name(), r.Version())
			continue
		}
		lines := 0
		for line := range bytes.Lines(b) {
			lines++
			var g golden
			if err := canon.Decode(line, &g); err != nil {
				t.Fatalf("%s:%d: %v", file, lines, err)
			}
			now := answered(t, r, []canon.Raw{g.Given})
			if !bytes.Equal(now, line) {
				t.Errorf("%s:%d: a released version answers otherwise.\nwas %snow %s", file, lines, line, now)
			}
		}
	}
	files, err := filepath.Glob(goldenDir + "/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.ContainsFunc(rules.Rules(), func(r rule.Asked) bool { return goldenFile(r.Name(), r.Version()) == file }) {
			t.Errorf("%s is of a version that can be asked no more", file)
		}
	}
}
