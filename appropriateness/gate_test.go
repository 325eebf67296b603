package appropriateness

import (
	"testing"
	"time"
)

func TestGate(t *testing.T) {
	for _, c := range []struct {
		name      string
		outcome   Outcome
		afterFail string
		choice    Course
		later     time.Duration
		verdict   string // "" where the gate stays shut
		code      string
	}{
		{"a pass", Appropriate, Stop, "", 0, TicketAppropriate, "passed"},
		{"a pass on the last moment of its days", Appropriate, Stop, "", 90*24*time.Hour - time.Millisecond, TicketAppropriate, "passed"},
		{"a pass whose days are over", Appropriate, Stop, "", 90 * 24 * time.Hour, "", "out_of_date"},
		{"not yet judged", "", Stop, "", 0, "", "not_judged"},
		{"a fail, the firm stops", NotAppropriate, Stop, "", 0, "", "stop"},
		{"not to be judged, the firm stops", CannotBeJudged, Stop, "", 0, "", "stop"},
		{"a fail and a choice that the firm does not leave", NotAppropriate, Stop, ChoseGoOn, 0, "", "stop"},
		{"a fail, no choice yet", NotAppropriate, GoOn, "", 0, "", "undecided"},
		{"a fail, the client stopped", NotAppropriate, GoOn, ChoseStop, 0, "", "chose_stop"},
		{"a fail, the client went on", NotAppropriate, GoOn, ChoseGoOn, 0, TicketWentOn, "went_on"},
		{"not to be judged, the client went on", CannotBeJudged, GoOn, ChoseGoOn, 0, TicketWentOn, "went_on"},
		{"went on, too long ago", NotAppropriate, GoOn, ChoseGoOn, 91 * 24 * time.Hour, "", "out_of_date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Gate.Ask(GateIn{Outcome: c.outcome, AfterFail: c.afterFail, Choice: c.choice, Judged: noon, ValidDays: 90, Now: noon.Add(c.later)})
			if got.Open != (c.verdict != "") || got.Verdict != c.verdict || got.Because[0].Code != c.code {
				t.Errorf("gate open %v as %q because %s, want %q because %s", got.Open, got.Verdict, got.Because[0].Code, c.verdict, c.code)
			}
		})
	}
}

func TestAGateStaysShutForAllButTheLastAttempt(t *testing.T) {
	for _, in := range []GateIn{
		{Outcome: Appropriate, AfterFail: Stop}, {Outcome: NotAppropriate, AfterFail: GoOn, Choice: ChoseGoOn},
	} {
		in.Judged, in.ValidDays, in.Now = noon, 90, noon
		if got := Gate.Ask(in); !got.Open {
			t.Errorf("%+v: shut because %s", in, got.Because[0].Code)
		}
		in.Later = true
		if got := Gate.Ask(in); got.Open || got.Because[0].Code != "later" {
			t.Errorf("%+v: open %v because %s", in, got.Open, got.Because[0].Code)
		}
	}
}
