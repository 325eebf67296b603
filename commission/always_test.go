package commission_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

func drawMonths(t *rapid.T) []commission.Month {
	first := ruletest.Day(t, "first month")
	var months []commission.Month
	for i := range rapid.IntRange(1, 24).Draw(t, "months") {
		months = append(months, commission.MonthOf(first.AddMonths(i)))
	}
	return months
}

func TestALaterClearanceNeverGivesMoreCommission(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		due := ruletest.Day(t, "due")
		cleared := due.AddDays(rapid.IntRange(0, 400).Draw(t, "cleared"))
		later := cleared.AddDays(rapid.IntRange(1, 200).Draw(t, "later"))
		in := commission.AgreementIn{Months: drawMonths(t), Due: &due, Cleared: &cleared}
		early, d := commission.Commission.Decide(in)
		in.Cleared = &later
		late := commission.Commission.Ask(in)
		if len(*late.EntitledMonths) > len(*early.EntitledMonths) {
			t.Fatalf("cleared %s gives %v, %s gives %v", cleared, *early.EntitledMonths, later, *late.EntitledMonths)
		}
		if len(*early.EntitledMonths)+len(*early.LostMonths) != len(in.Months) || *early.PaidBack {
			t.Fatalf("months lost: %+v", early)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestNoMonthAfterAnEarlyDemandIsPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months, demanded := drawMonths(t), ruletest.Day(t, "demanded")
		balance := map[string]money.Decimal{}
		for _, m := range months {
			balance[m.String()] = money.Whole(rapid.Int64Range(1000, 9000).Draw(t, "balance"))
		}
		p := money.MustParse("0.25")
		out := commission.Schedule.Ask(commission.ScheduleIn{Percent: &p, Balance: balance, Demanded: &demanded})
		for _, m := range months {
			if paid := out.Months[m.String()] != "0.00"; paid != m.Last().Before(demanded) {
				t.Fatalf("demanded %s, %s pays %s", demanded, m, out.Months[m.String()])
			}
		}
	})
}

func TestThePercentageChangesAtMostOnceIn24Months(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.MustParse("2006-01-15")
		fresh := map[string]money.Decimal{"2006-01-01": money.MustParse("0.10")}
		for range rapid.IntRange(0, 8).Draw(t, "changes") {
			fresh[ruletest.Day(t, "change").String()] = money.Whole(rapid.Int64Range(1, 9).Draw(t, "percent"))
		}
		balance := map[string]money.Decimal{}
		for i := range 120 {
			balance[commission.MonthOf(start.AddMonths(i)).String()] = money.Whole(100)
		}
		kind := "doorlopend"
		out := commission.Schedule.Ask(commission.ScheduleIn{Kind: &kind, Concluded: &start, Balance: balance, NewPercent: fresh})
		last := 0
		for i := 1; i < 120; i++ {
			if out.Months[commission.MonthOf(start.AddMonths(i)).String()] == out.Months[commission.MonthOf(start.AddMonths(i-1)).String()] {
				continue
			}
			if i-last < 24 {
				t.Fatalf("changed in month %d and %d: %v", last, i, fresh)
			}
			last = i
		}
	})
}
