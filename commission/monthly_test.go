package commission_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/commission"
	"zorgplicht/money"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func date(s string) *calendar.Date { return new(calendar.MustParse(s)) }

func percent(s string) commission.Percent {
	p, ok := commission.ParsePercent(s)
	if !ok {
		panic(s)
	}
	return p
}

func agreed(kind, from, p string, running bool) commission.Agreed {
	return commission.Agreed{Kind: kind, From: calendar.MustParse(from), Percent: percent(p), Running: running}
}

var both = []commission.Agreed{
	agreed(commission.Revolving, "2023-01-01", "0.30", false),
	agreed(commission.Revolving, "2024-06-01", "0.25", true),
	agreed(commission.NonRevolving, "2023-01-01", "0.20", false),
	agreed(commission.NonRevolving, "2024-06-01", "0.10", false),
}

func month(s string) commission.Month { return commission.MonthOf(calendar.MustParse(s + "-01")) }

func codes(list []rule.Reason) (all []string) {
	for _, r := range list {
		all = append(all, r.Code)
	}
	return all
}

func TestAMonthGivesWhatTheNormsSay(t *testing.T) {
	base := commission.MonthIn{Kind: commission.Revolving, Mediated: true, Concluded: date("2023-03-15"), Balance: money.MustParse("8000"), Percentages: both}
	for _, c := range []struct {
		name   string
		month  string
		change func(*commission.MonthIn)
		want   commission.Outcome
		amount string
		says   string
	}{
		{"a claim is the percentage of the balance on the last day", "2024-01", nil, commission.Paid, "24", "first"},
		{"half a cent goes up", "2024-01", func(in *commission.MonthIn) { in.Balance = money.MustParse("1005") }, commission.Paid, "3.02", "claim"},
		{"before 24 months are over a running agreement keeps its percentage", "2025-02", nil, commission.Paid, "24", "first"},
		{"from 24 months it has that for new agreements", "2025-03", nil, commission.Paid, "20", "changed"},
		{"credit that is not revolving keeps that of its conclusion", "2026-01", func(in *commission.MonthIn) { in.Kind = commission.NonRevolving }, commission.Paid, "16", "frozen"},
		{"a new agreement that is not revolving gets the new one", "2026-01", func(in *commission.MonthIn) {
			in.Kind, in.Concluded = commission.NonRevolving, date("2024-06-01")
		}, commission.Paid, "8", "frozen"},
		{"an instalment of the thirtieth of December is two months late at the end of February", "2024-02", func(in *commission.MonthIn) { in.Due = date("2023-12-30") }, commission.InArrears, "0", "arrears"},
		{"an instalment of the first of January is not two months late at the end of February", "2024-02", func(in *commission.MonthIn) { in.Due = date("2024-01-01") }, commission.Paid, "24", "claim"},
		{"two months in arrears gives nothing", "2024-03", func(in *commission.MonthIn) { in.Due = date("2024-01-31") }, commission.InArrears, "0", "no_payment"},
		{"demanded early ends it", "2024-03", func(in *commission.MonthIn) { in.Demanded = date("2024-03-31") }, commission.Demanded, "0", "demanded"},
		{"demanded in the next month does not", "2024-03", func(in *commission.MonthIn) { in.Demanded = date("2024-04-01") }, commission.Paid, "24", "claim"},
		{"dissolved ends it", "2024-03", func(in *commission.MonthIn) { in.Dissolved = date("2024-02-03") }, commission.Dissolved, "0", "dissolved"},
		{"undone it starts anew", "2024-03", func(in *commission.MonthIn) {
			in.Dissolved, in.Undone = date("2024-01-03"), date("2024-03-10")
		}, commission.Paid, "24", "undone"},
		{"without a conclusion there is no claim", "2024-03", func(in *commission.MonthIn) { in.Concluded = nil }, commission.NotConcluded, "0", "not_concluded"},
		{"concluded after the month is not concluded", "2023-02", nil, commission.NotConcluded, "0", "not_concluded"},
		{"without an intermediary there is no claim", "2024-03", func(in *commission.MonthIn) { in.Mediated = false }, commission.Direct, "0", "direct"},
		{"a mortgage is no consumer credit", "2024-03", func(in *commission.MonthIn) { in.Mortgage = true }, commission.Mortgage, "0", "mortgage"},
		{"concluded before anything was agreed", "2024-03", func(in *commission.MonthIn) { in.Concluded = date("2022-12-31") }, commission.Unagreed, "0", "no_agreement"},
		{"a balance in favour of the client gives nothing", "2024-03", func(in *commission.MonthIn) { in.Balance = money.MustParse("-12") }, commission.NoBalance, "0", "no_balance"},
		{"credit of before 1992 that is not revolving follows what was agreed, arrears or not", "2024-03", func(in *commission.MonthIn) {
			in.Kind, in.Concluded, in.Due = commission.NonRevolving, date("1991-12-31"), date("2023-01-01")
			in.Percentages = []commission.Agreed{agreed(commission.NonRevolving, "1990-01-01", "0.5", false)}
		}, commission.Paid, "40", "before_1992"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := base
			in.Month = month(c.month)
			if c.change != nil {
				c.change(&in)
			}
			if wrong := in.Check(); len(wrong) > 0 {
				t.Fatalf("refused: %v", wrong)
			}
			out, d := commission.Monthly.Decide(in)
			if out.Outcome != c.want || out.Amount.String() != c.amount || out.Entitled != (c.want == commission.Paid) || !slices.Contains(codes(out.Because), c.says) {
				t.Errorf("%s %s %v", out.Outcome, out.Amount, codes(out.Because))
			}
			ruletest.Replays(t, desk(t), d)
		})
	}
}

// TestARunAgreesWithTheSchedule asks the rule that runs ask beside the one that takes
// a whole agreement, over random months, balances and percentages.
func TestARunAgreesWithTheSchedule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := ruletest.Day(t, "first")
		concluded := first.AddDays(rapid.IntRange(0, 900).Draw(t, "concluded"))
		revolving := rapid.Bool().Draw(t, "revolving")
		in := commission.ScheduleIn{Kind: new("niet-doorlopend"), Concluded: &concluded, Balance: map[string]money.Decimal{}, NewPercent: map[string]money.Decimal{}}
		kind := commission.NonRevolving
		if revolving {
			kind, in.Kind = commission.Revolving, new("doorlopend")
		}
		var list []commission.Agreed
		day := first
		for range rapid.IntRange(1, 5).Draw(t, "percentages") {
			p := commission.Percent(rapid.IntRange(0, 2_000_000).Draw(t, "percent"))
			list = append(list, commission.Agreed{Kind: kind, From: day, Percent: p, Running: revolving})
			in.NewPercent[day.String()] = p.Decimal()
			day = day.AddDays(rapid.IntRange(31, 700).Draw(t, "later"))
		}
		if rapid.Bool().Draw(t, "demand") {
			in.Demanded = new(concluded.AddDays(rapid.IntRange(0, 2000).Draw(t, "demanded")))
		}
		m := commission.MonthOf(concluded.AddDays(rapid.IntRange(0, 3000).Draw(t, "month")))
		key := m.Last().String()[:7]
		in.Balance[key] = commission.Euros(money.Cents(rapid.IntRange(-100, 10_000_000).Draw(t, "balance")))
		whole := commission.Schedule.Ask(in).Months[key]
		out := commission.Monthly.Ask(commission.MonthIn{
			Month: m, Kind: kind, Mediated: true, Concluded: &concluded, Balance: in.Balance[key], Demanded: in.Demanded, Percentages: list,
		})
		if got := out.Amount.Cmp(money.MustParse(whole)); got != 0 {
			t.Fatalf("%s: the run gives %s, the schedule %s (%v)", key, out.Amount, whole, codes(out.Because))
		}
		ruletest.Explained(t, out.Reasons())
	})
}

func TestWhatMayBeAgreed(t *testing.T) {
	good := commission.TermsIn{From: calendar.MustParse("2024-01-01"), PaidIn: "transfer", Period: "month", Percentages: []commission.Agreed{
		agreed(commission.Revolving, "2024-01-01", "0.3", true), agreed(commission.Revolving, "2024-02-01", "0.2", true), agreed(commission.NonRevolving, "2024-01-01", "0.2", false),
	}}
	for _, c := range []struct {
		name   string
		change func(*commission.TermsIn)
		want   string // reason codes
		norms  string
	}{
		{"a month each, by transfer, by the month", func(*commission.TermsIn) {}, "allowed", ""},
		{"cash is refused", func(in *commission.TermsIn) { in.PaidIn = "cash" }, "no_cash", "bfd:67:2"},
		{"goods are refused", func(in *commission.TermsIn) { in.PaidIn = "goods" }, "no_cash", "bfd:67:2"},
		{"by the quarter is refused", func(in *commission.TermsIn) { in.Period = "quarter" }, "period", "bfd:64:1"},
		{"at once is refused", func(in *commission.TermsIn) { in.Upfront = new(money.Whole(100)) }, "upfront", "bfd:64:1"},
		{"29 days are no month", func(in *commission.TermsIn) {
			in.Percentages = append(in.Percentages, agreed(commission.NonRevolving, "2024-01-30", "0.1", false))
		}, "too_short", "bfd:64:2:a"},
		{"running credit that is not revolving stays", func(in *commission.TermsIn) {
			in.Percentages = append(in.Percentages, agreed(commission.NonRevolving, "2024-03-01", "0.1", true))
		}, "frozen", "bfd:64:2:b"},
		{"an end within the month is refused", func(in *commission.TermsIn) { in.Until = date("2024-02-20") }, "ends_early", "bfd:64:2:a"},
		{"the last day of that month may be the end", func(in *commission.TermsIn) { in.Until = date("2024-02-29") }, "allowed", ""},
		{"nothing agreed is no agreement", func(in *commission.TermsIn) { in.Percentages = nil }, "none", "bfd:64:1"},
		{"what was settled stays", func(in *commission.TermsIn) {
			in.Before, in.Closed = in.Percentages[:1], date("2024-02-29")
		}, "settled settled", "bfd:64:2"},
		{"all faults at once", func(in *commission.TermsIn) {
			in.PaidIn, in.Period = "services", "year"
			in.Percentages = append(in.Percentages, agreed(commission.NonRevolving, "2023-12-01", "0.1", true))
		}, "no_cash period not_yet frozen", "bfd:64:1 bfd:64:2 bfd:64:2:b bfd:67:2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := good
			in.Percentages = slices.Clone(good.Percentages)
			c.change(&in)
			out, d := commission.Terms.Decide(in)
			var norms []string
			for _, n := range out.Violated {
				norms = append(norms, string(n))
			}
			slices.Sort(norms)
			if got := strings.Join(codes(out.Because), " "); got != c.want || strings.Join(norms, " ") != c.norms || out.Allowed != (c.norms == "") {
				t.Errorf("%s; %v; allowed %t", got, norms, out.Allowed)
			}
			ruletest.Replays(t, desk(t), d)
		})
	}
}

func TestWhoMayApprove(t *testing.T) {
	why := "Er werkt niemand anders; ik keek de bedragen zelf nog eens na."
	for _, c := range []struct {
		name string
		in   commission.ApproveIn
		want string
	}{
		{"another person may", commission.ApproveIn{Starter: "staff:a", By: "staff:b", Person: true}, "second_person"},
		{"who started it may not", commission.ApproveIn{Starter: "staff:a", By: "staff:a", Person: true}, "same_person"},
		{"a program is no second pair of eyes", commission.ApproveIn{Starter: "staff:a", By: "program:b"}, "no_person"},
		{"a firm of one person gives a reason", commission.ApproveIn{OnePerson: true, Starter: "staff:a", By: "staff:a", Person: true, Reason: "zo"}, "reason_missing"},
		{"and then waits", commission.ApproveIn{OnePerson: true, Starter: "staff:a", By: "staff:a", Person: true, Reason: why}, "one_person"},
		{"at a firm of one person an invited colleague may", commission.ApproveIn{OnePerson: true, Starter: "staff:a", By: "staff:b", Person: true}, "second_person"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := commission.Approval.Ask(c.in)
			if out.Because[0].Code != c.want || out.Allowed != (out.PayFrom != nil) {
				t.Errorf("%+v", out)
			}
			if c.want == "one_person" && out.PayFrom.Sub(c.in.Now).Hours() != 24 {
				t.Errorf("paid from %s", out.PayFrom)
			}
		})
	}
}

// TestAnApprovalReplaysWhateverTheZone approves on a clock that tells Amsterdam's hours.
func TestAnApprovalReplaysWhateverTheZone(t *testing.T) {
	in := commission.ApproveIn{Starter: "staff:a", By: "staff:b", Person: true, Now: calendar.MustParse("2026-08-02").Start()}
	_, d := commission.Approval.Decide(in)
	ruletest.Replays(t, desk(t), d)
}

func TestAPercentageIsReadAndWrittenExactly(t *testing.T) {
	for text, want := range map[string]string{"0,35": "0.35", "0.125000": "0.125", "100": "100", " 1,5 % ": "1.5", "0": "0"} {
		if p, ok := commission.ParsePercent(text); !ok || p.String() != want {
			t.Errorf("%q gives %s, %t", text, p, ok)
		}
	}
	for _, text := range []string{"", "x", "-0.1", "100.1", "0.1234567", "1,2,3"} {
		if p, ok := commission.ParsePercent(text); ok {
			t.Errorf("%q gives %s", text, p)
		}
	}
}

func TestAnAccountNumberIsHeldAgainstItsCheckDigits(t *testing.T) {
	for _, iban := range []string{"NL91ABNA0417164300", "NL20INGB0001234567", "DE89370400440532013000", "BE68539007547034"} {
		if !commission.ValidIBAN(iban) {
			t.Errorf("%s is refused", iban)
		}
	}
	for _, iban := range []string{"", "NL91ABNA0417164301", "NL91ABNA041716430", "nl91abna0417164300", "91NLABNA0417164300", "NL91ABNA04171643000"} {
		if commission.ValidIBAN(iban) {
			t.Errorf("%s is taken", iban)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		good := []byte("NL91ABNA0417164300")
		at := rapid.IntRange(8, 17).Draw(t, "at")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		same := good[at] == digit
		good[at] = digit
		if commission.ValidIBAN(string(good)) != same {
			t.Fatalf("%s", good)
		}
	})
}

func TestALineIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) (d calendar.Date) {
			if rapid.Bool().Draw(t, label+" came") {
				d = ruletest.Day(t, label)
			}
			return d
		}
		l := commission.Line{
			Contract: commission.Contract{
				Ref: rapid.String().Draw(t, "ref"), Partner: rapid.StringN(0, 9, -1).Draw(t, "partner"), Revolving: rapid.Bool().Draw(t, "revolving"), Mortgage: rapid.Bool().Draw(t, "mortgage"),
				Concluded: day("concluded"), Balance: money.Cents(rapid.Int64().Draw(t, "balance")), Due: day("due"), Demanded: day("demanded"), Dissolved: day("dissolved"), Undone: day("undone"),
			},
			Outcome: rapid.SampledFrom(commission.Outcomes).Draw(t, "outcome"), Percent: commission.Percent(rapid.IntRange(0, 100_000_000).Draw(t, "percent")),
			Since: day("since"), Amount: money.Cents(rapid.Int64().Draw(t, "amount")),
		}
		b := l.Bytes()
		if back, err := commission.ParseLine(b); err != nil || back != l {
			t.Fatalf("%+v comes back as %+v, %v", l, back, err)
		}
		if _, err := commission.ParseLine(b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]); err == nil {
			t.Fatal("a line that was cut off is read")
		}
	})
}
