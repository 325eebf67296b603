package appropriateness

import (
	"testing"
	"time"

	"zorgplicht/internal/fault"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func ready() Attempt {
	return Attempt{
		ID: "a", State: Ready, Created: noon, Touched: noon, LinkUntil: noon.AddDate(0, 0, 14),
		Form: Form{{"een", []OptionID{"a", "b"}}, {"twee", []OptionID{"a", "b"}}},
	}
}

func begunAt(at time.Time) Attempt {
	a := ready()
	if _, err := a.Begin(at, 24*time.Hour); err != nil {
		panic(err)
	}
	return a
}

func TestBegin(t *testing.T) {
	for _, c := range []struct {
		name   string
		at     time.Time
		reason string
	}{
		{"the moment the link was given", noon, ""},
		{"the last moment of the link", noon.AddDate(0, 0, 14), ""},
		{"a millisecond later", noon.AddDate(0, 0, 14).Add(time.Millisecond), "attempt-lapsed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ready()
			began, err := a.Begin(c.at, 24*time.Hour)
			if began != (c.reason == "") || c.reason != "" && !fault.Has(err, c.reason) {
				t.Errorf("Begin = %v, %v; want reason %q", began, err, c.reason)
			}
		})
	}
}

func TestToBeginAgainChangesNothing(t *testing.T) {
	a := begunAt(noon)
	until := a.OpenUntil
	if began, err := a.Begin(noon.Add(time.Hour), 24*time.Hour); began || err != nil || a.OpenUntil != until {
		t.Errorf("Begin = %v, %v, open until %v; want no change from %v", began, err, a.OpenUntil, until)
	}
}

func TestGive(t *testing.T) {
	for _, c := range []struct {
		name     string
		attempt  Attempt
		at       time.Time
		question QuestionID
		option   OptionID
		reason   string
	}{
		{"an option of the question", begunAt(noon), noon, "een", "b", ""},
		{"an option of no question", begunAt(noon), noon, "een", "c", "foreign-option"},
		{"a question of another form", begunAt(noon), noon, "drie", "a", "foreign-option"},
		{"the last moment it is open", begunAt(noon), noon.Add(24 * time.Hour), "een", "a", ""},
		{"a millisecond after the end", begunAt(noon), noon.Add(24*time.Hour + time.Millisecond), "een", "a", "attempt-lapsed"},
		{"before the start", ready(), noon, "een", "a", "attempt-not-begun"},
		{"after it was sent", func() Attempt { a := begunAt(noon); a.State, a.Judged = Judged, noon; return a }(), noon, "een", "a", "attempt-closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := c.attempt.Give(c.at, c.question, c.option)
			if c.reason == "" && (err != nil || g.Option != c.option) || c.reason != "" && !fault.Has(err, c.reason) {
				t.Errorf("Give = %v, %v; want reason %q", g, err, c.reason)
			}
		})
	}
}

func TestAClockThatGoesBackReordersAndReopensNothing(t *testing.T) {
	a := begunAt(noon)
	late := noon.Add(25 * time.Hour)
	if _, err := a.Give(noon.Add(23*time.Hour), "een", "a"); err != nil {
		t.Fatal(err)
	}
	g, err := a.Give(noon.Add(-time.Hour), "twee", "b")
	if err != nil || g.At != noon.Add(23*time.Hour) {
		t.Errorf("answer at %v, %v; want it at the last moment known, %v", g.At, err, noon.Add(23*time.Hour))
	}
	a.Touched = late
	if s := a.StateAt(noon); s != Lapsed {
		t.Errorf("state %s after the clock went back from %v, want it lapsed", s, late)
	}
}

func TestAVerdictIsGivenOnce(t *testing.T) {
	test := proef(t)
	_, hash := test.Seal()
	form, err := test.Draw(first{}, Seen{})
	if err != nil {
		t.Fatal(err)
	}
	a := ready()
	a.Form, a.Test = form, hash
	if _, err := a.Begin(noon, time.Hour); err != nil {
		t.Fatal(err)
	}
	v, d, err := a.Close(noon.Add(time.Minute), test, nil)
	if err != nil || v.Outcome != CannotBeJudged || d.Rule != "test_verdict" {
		t.Fatalf("Close = %s, %s, %v", v.Outcome, d.Rule, err)
	}
	if _, _, err := a.Close(noon.Add(2*time.Minute), test, nil); !fault.Has(err, "attempt-closed") {
		t.Errorf("a second Close gave %v, want attempt-closed", err)
	}
}
