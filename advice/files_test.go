package advice_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/advice"
	"zorgplicht/calendar"
	"zorgplicht/journal"
	"zorgplicht/rule/ruletest"
)

func drawnWhole(t *rapid.T) advice.WholeIn {
	yes := func(name string) bool { return rapid.Bool().Draw(t, name) }
	in := advice.WholeIn{
		Role: rapid.SampledFrom([]string{"provider", "advisor", "intermediary"}).Draw(t, "role"), Advice: ruletest.Day(t, "advice"),
		Position: yes("position"), Knowledge: yes("knowledge"), Experience: yes("experience"), Objectives: yes("objectives"), Risk: yes("risk"),
		Product: yes("product"), Explained: yes("explained"), Result: rapid.SampledFrom([]string{"open", "recommended", "other", "none"}).Draw(t, "result"),
		Needed: yes("needed"), Shown: yes("shown"),
	}
	if in.Result == "recommended" || in.Result == "other" {
		in.Contract = new(in.Advice.AddDays(rapid.IntRange(0, 400).Draw(t, "days")))
	}
	return in
}

func TestWhoFillsInMoreNeverLacksMore(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := drawnWhole(t)
		before, d := advice.Whole.Decide(in)
		ruletest.Explained(t, before.Reasons())
		ruletest.Replays(t, r, d)
		in.Position, in.Risk, in.Product, in.Shown = true, true, true, true
		after := advice.Whole.Ask(in)
		for _, part := range after.Missing {
			if !slices.Contains(before.Missing, part) {
				t.Fatalf("with more in it the file lacks %s", part)
			}
		}
		if before.Complete != (len(before.Missing) == 0) || (before.Complete && !before.FillBy.Null) {
			t.Fatalf("%+v", before)
		}
	})
}

func TestAnOwnChoiceIsShownOnlyByAWarningInTimeAndWordsOfTheClient(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := advice.ChoiceIn{
			Role: rapid.SampledFrom([]string{"provider", "advisor", "intermediary"}).Draw(t, "role"), Contract: ruletest.Day(t, "contract"),
			SameChannel: ruletest.Fact(t, "same channel"), Warned: ruletest.OptDay(t, "warned"),
			Said: rapid.Bool().Draw(t, "said"), Written: rapid.Bool().Draw(t, "written"),
		}
		out, d := advice.Choice.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		told := in.Warned.Given && !in.Warned.Null && !in.Warned.V.After(in.Contract)
		if out.Shown != (out.Needed && told && (in.Said || in.Written)) {
			t.Fatalf("%+v gives %+v", in, out)
		}
		if out.Needed && in.Role == "advisor" {
			t.Fatal("an adviser concludes nothing")
		}
	})
}

func TestTheClosingDayOfARebuiltFileIsTheEndOfThatDayInAmsterdam(t *testing.T) {
	day := calendar.MustParse("2026-03-29") // the day on which clocks go forward
	end := day.AddDays(1).Start()
	for _, c := range []struct {
		says   string
		before bool
	}{{"a fact of a moment before midnight counts", true}, {"one at midnight does not", false}} {
		at := end
		if c.before {
			at = end.Add(-1)
		}
		if got := len(advice.Until([]journal.Recorded{{Fact: journal.Fact{Recorded: at}}}, day)); (got == 1) != c.before {
			t.Errorf("%s: %d", c.says, got)
		}
	}
}
