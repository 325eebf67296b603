package app

import (
	"encoding/json"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
)

// noteOf is the signed checkpoint in an answer of the API.
func noteOf(t testing.TB, h *heard) string {
	t.Helper()
	var body struct{ Note string }
	if err := json.Unmarshal([]byte(h.body), &body); err != nil || body.Note == "" {
		t.Errorf("no checkpoint in %s (%v)", h, err)
	}
	return body.Note
}

// wholeFacts holds the facts of an attempt against its rows: one of each step that
// the rows know, none of any other, and every answer in the fact of the verdict.
func wholeFacts(t *testing.T, a *App, f appropriateness.File) {
	t.Helper()
	facts, err := journalstore.Reader{DB: a.db}.Subject(t.Context(), f.Firm, string(f.ID))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, fact := range facts {
		count[fact.Kind]++
		if fact.Kind != appropriateness.KindJudged {
			continue
		}
		var p struct {
			Given []struct{ Question, Option string }
		}
		if err := json.Unmarshal(fact.Payload, &p); err != nil {
			t.Fatal(err)
		}
		same := len(p.Given) == len(f.Given)
		for i := 0; same && i < len(p.Given); i++ {
			same = p.Given[i].Question == string(f.Given[i].Question) && p.Given[i].Option == string(f.Given[i].Option)
		}
		if !same {
			t.Errorf("attempt %s was judged on %v, and %v is kept", f.ID, p.Given, f.Given)
		}
	}
	for kind, happened := range map[string]bool{
		appropriateness.KindStarted: true,
		appropriateness.KindBegun:   !f.Begun.IsZero(),
		appropriateness.KindJudged:  f.Attempt.State == appropriateness.Judged,
		appropriateness.KindShown:   !f.Shown.IsZero(),
	} {
		if want := map[bool]int{true: 1}[happened]; count[kind] != want {
			t.Errorf("attempt %s in state %s has %d facts %s, want %d", f.ID, f.Attempt.State, count[kind], kind, want)
		}
	}
	if len(f.Given) > 0 && f.Begun.IsZero() {
		t.Errorf("attempt %s has answers and was never begun", f.ID)
	}
}

// opened reads a checkpoint.
func opened(t *testing.T, note []byte) journal.Checkpoint {
	t.Helper()
	c, _, err := journal.OpenCheckpoint(note, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
