package dispute_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/dispute"
	"zorgplicht/rule/ruletest"
)

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) {
	ruletest.Examples(t, ruletest.Desk(t, dispute.Clock), 5)
}

func TestADisputeHasOneThingToDoAtMost(t *testing.T) {
	r := ruletest.Desk(t, dispute.Clock)
	rapid.Check(t, func(t *rapid.T) {
		in := dispute.ClockIn{
			AnswerBy: ruletest.OptDay(t, "answer by"), Answered: ruletest.OptDay(t, "answered"), Ended: ruletest.OptDay(t, "ended"),
			PerformBy: ruletest.OptDay(t, "perform by"), Performed: ruletest.OptDay(t, "performed"),
		}
		if len(in.Check()) > 0 {
			t.Skip("no question")
		}
		out, d := dispute.Clock.Decide(in)
		if !out.Answer.Null && !out.Perform.Null {
			t.Fatalf("both to be answered and performed: %s", d.Answer)
		}
		if !out.Answer.Null && out.Answer.V != in.AnswerBy.V || !out.Perform.Null && out.Perform.V != in.PerformBy.V {
			t.Fatalf("a day of our own making: %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func recognised(on string, years ...int) dispute.Body {
	b := dispute.Body{Applied: calendar.MustParse(on).AddMonths(-3), Ruling: &dispute.Ruling{Granted: new(true), Day: calendar.MustParse(on), Minister: "minister_of_finance"}}
	for _, y := range years {
		b.Statements = append(b.Statements, dispute.Statement{Year: y, Sent: calendar.MustParse(strconv.Itoa(y+1) + "-01-01"), Firms: true, Nature: true, Results: true})
	}
	return b
}

func TestTheFirstYearWithoutAStatementIsDue(t *testing.T) {
	for _, c := range []struct {
		says string
		of   dispute.Body
		code string
		day  string
	}{
		{"the year of recognition itself", recognised("2024-05-01"), "opgave:2024", "2025-06-30"},
		{"the year after those that were seen", recognised("2024-05-01", 2024, 2025), "opgave:2026", "2027-06-30"},
		{"a gap before what was seen", recognised("2024-05-01", 2025), "opgave:2024", "2025-06-30"},
		{"the same year where the statement lacks what article 53(4)(b) asks", func() dispute.Body {
			b := recognised("2024-05-01", 2024)
			b.Statements[0].Results = false
			return b
		}(), "opgave:2024", "2025-06-30"},
		{"nothing of a body that another minister recognised", func() dispute.Body {
			b := recognised("2024-05-01")
			b.Ruling.Minister = "minister_of_justice"
			return b
		}(), "", ""},
		{"the term of the minister while he decides", dispute.Body{Applied: calendar.MustParse("2026-01-31")}, "besluit", "2026-05-31"},
		{"and with two extensions", dispute.Body{Applied: calendar.MustParse("2026-01-31"), Extensions: make([]calendar.Date, 2)}, "besluit", "2026-09-30"},
		{"nothing before an application", dispute.Body{}, "", ""},
	} {
		t.Run(c.says, func(t *testing.T) {
			code, day := "", ""
			for _, d := range c.of.Dues() {
				code, day = d.Code, d.Day.String()
			}
			if code != c.code || day != c.day {
				t.Errorf("got %s on %s, want %s on %s", code, day, c.code, c.day)
			}
		})
	}
}

func TestAStatementLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.SliceOfNDistinct(rapid.IntRange(2020, 2040), 0, 15, rapid.ID[int]).Draw(t, "years")
		b := recognised("2020-03-01", years...)
		next := b.NextStatement()
		if slices.Contains(years, next) {
			t.Fatalf("%d was seen", next)
		}
		for y := 2020; y < next; y++ {
			if !slices.Contains(years, y) {
				t.Fatalf("%d comes before %d", y, next)
			}
		}
		if dues := b.Dues(); len(dues) != 1 || dues[0].Code != "opgave:"+strconv.Itoa(next) {
			t.Fatalf("got %v", dues)
		}
	})
}

func TestWhatNobodyLookedAtIsNotGood(t *testing.T) {
	b := dispute.Body{}
	if b.Looked() || b.Missing() != nil {
		t.Error("an empty record was looked at")
	}
	b.Reading = &dispute.Reading{Topics: map[string]dispute.Topic{}}
	for _, l := range dispute.Letters {
		b.Reading.Topics[string(l)] = dispute.Topic{Held: dispute.Found, Where: "artikel 1"}
	}
	b.Reading.Topics["p"] = dispute.Topic{Held: dispute.NotOffered}
	b.Organ = &dispute.Organ{Independent: new(true), Expert: new(true), Written: new(true), Lawyer: new(true), Outcomes: []string{"non_binding"}, Other: new(false), FilingFee: "50", Claim: "1000"}
	if out := b.Verdict(); out.Compliant != nil || out.ViolatedIf != "bfd:56" {
		t.Errorf("a fee is for a person to weigh: %+v", out)
	}
	if got := b.Missing(); !slices.Equal(got, []string{"56", "57"}) {
		t.Errorf("missing %v", got)
	}
	b.Weighing = &dispute.Weighing{FeeFine: new(true), TermFine: new(true)}
	if got := b.Missing(); len(got) != 0 {
		t.Errorf("missing %v", got)
	}
	office := calendar.MustParse("2026-01-01")
	b.Members = []dispute.Member{{Office: office, LastWorked: office.AddMonths(-11), Function: "none"}}
	if out := b.Verdict(); out.Compliant == nil || *out.Compliant {
		t.Error("a member who came from the sector makes the organ dependent")
	}
	b.Members[0].Ended = office.AddDays(9)
	if out := b.Verdict(); out.Compliant != nil {
		t.Error("one who left does not")
	}
	b.Reading.Topics["h"] = dispute.Topic{Held: dispute.Lacking}
	if out := b.Verdict(); out.Violated == nil || !slices.Equal(*out.Violated, []string{"bfd:55:1:h"}) || !slices.Contains(b.Missing(), "55") {
		t.Errorf("got %+v, missing %v", out, b.Missing())
	}
}

func TestFigures(t *testing.T) {
	day := calendar.MustParse("2026-01-01")
	past := func(days int, r dispute.Result) dispute.Past {
		return dispute.Past{Filed: day, Ended: day.AddDays(days), Outcome: dispute.Advice, Result: r}
	}
	f := dispute.Count([]dispute.Past{past(10, dispute.ForFirm), past(300, dispute.ForClient), past(50, dispute.ForClient), {Filed: day}})
	if f.Open != 1 || f.Ended != 3 || f.Days != 50 || f.Results[dispute.ForClient] != 2 {
		t.Errorf("got %+v", f)
	}
	if none := dispute.Count(nil); none.Days != 0 {
		t.Errorf("got %+v", none)
	}
}
