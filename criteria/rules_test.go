package criteria_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, criteria.Deciding, criteria.Reviewing, criteria.Publishing)
}

func TestTheRulesAnswerTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 3) }

func TestNobodyPublishesTheirOwnAtOnce(t *testing.T) {
	r := desk(t)
	people := rapid.SampledFrom([]string{"staff:a", "staff:b", "staff:c", ""})
	rapid.Check(t, func(t *rapid.T) {
		in := criteria.UseIn{
			Purpose: rapid.SampledFrom(criteria.Purposes).Draw(t, "purpose"), OnePerson: rapid.Bool().Draw(t, "alone"), LastEditor: "staff:a",
			Reviewer: people.Draw(t, "reviewer"), By: rapid.SampledFrom([]string{"staff:a", "staff:b"}).Draw(t, "by"), Person: rapid.Bool().Draw(t, "person"),
			Reason: strings.Repeat("x", rapid.IntRange(0, 60).Draw(t, "reason")), Rows: rapid.IntRange(0, 3).Draw(t, "rows"), Findings: []criteria.FindingSaid{},
			From: ruletest.Day(t, "from"), Now: calendar.MustParse("2026-11-22").Start(),
		}
		if rapid.Bool().Draw(t, "finding") {
			in.Findings = append(in.Findings, criteria.FindingSaid{ID: "gap", Fault: rapid.Bool().Draw(t, "fault"), Reason: rapid.SampledFrom([]string{"", "Zo bedoeld."}).Draw(t, "why")})
		}
		out, d := criteria.Publishing.Decide(in)
		switch {
		case out.Allowed && !in.OnePerson && (in.By == in.LastEditor || in.Reviewer == "" || in.Reviewer == in.LastEditor || !in.Person):
			t.Fatalf("no four eyes: %s", d.Given)
		case out.Allowed && in.By == in.LastEditor && out.From.Before(calendar.MustParse("2026-11-24")):
			t.Fatalf("one person, and no day to look again: %s", d.Answer)
		case out.Allowed && (in.Rows == 0 || len(in.Findings) > 0 && (in.Findings[0].Fault || in.Findings[0].Reason == "")):
			t.Fatalf("untried or with a finding: %s", d.Given)
		case out.Allowed && out.From.Before(in.From):
			t.Fatalf("before its own first day: %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestAPlainValueIsReadBack(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	rapid.Check(t, func(t *rapid.T) {
		for _, f := range p.Fields() {
			c := criteria.Cell{V: rapid.Int64Range(f.From, f.Through).Draw(t, f.Name), Known: rapid.Bool().Draw(t, f.Name+" known")}
			if !c.Known {
				c.V = 0
			}
			if got, wrong := f.Read(f.Type.Plain(c)); wrong != "" || got != c {
				t.Fatalf("%s: %+v is written %q and read %+v (%s)", f.Name, c, f.Type.Plain(c), got, wrong)
			}
		}
	})
}
