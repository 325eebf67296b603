package complaint_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/complaint"
	"zorgplicht/rule/ruletest"
)

func TestMoreIsRecordedNeverWorse(t *testing.T) {
	fields := rapid.SampledFrom([]string{"name_address", "complaint_and_received_date", "complaint", "description", "handling", "handling_content_only", "other"})
	rapid.Check(t, func(t *rapid.T) {
		has := rapid.SliceOf(fields).Draw(t, "fields")
		channel := rapid.SampledFrom([]string{"letter", "phone"}).Draw(t, "channel")
		less := complaint.Record.Ask(complaint.RecordIn{Channel: &channel, Fields: &has})
		more := append(slices.Clone(has), fields.Draw(t, "more"))
		out := complaint.Record.Ask(complaint.RecordIn{Channel: &channel, Fields: &more})
		if out.Violated != nil {
			for _, v := range *out.Violated {
				if less.Violated == nil || !slices.Contains(*less.Violated, v) {
					t.Fatalf("%v breaches %s, %v does not", more, v, has)
				}
			}
		}
		if out.Compliant != (out.Violated == nil) || out.Compliant != (out.Tariff == "") {
			t.Fatalf("got %+v", out)
		}
		ruletest.Explained(t, out.Reasons())
	})
}

func TestWhoLeftLongerAgoIsNeverLessIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		office := calendar.MustParse("2006-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "office"))
		left := office.AddDays(-rapid.IntRange(0, 1000).Draw(t, "days"))
		earlier := left.AddDays(-rapid.IntRange(0, 500).Draw(t, "more"))
		late := complaint.MemberIndependence.Ask(complaint.SeatIn{MemberIn: complaint.MemberIn{Left: canon.Some(left), Office: &office}})
		early := complaint.MemberIndependence.Ask(complaint.SeatIn{MemberIn: complaint.MemberIn{Left: canon.Some(earlier), Office: &office}})
		if late.Independent && !early.Independent || late.Independent != left.Before(office.AddMonths(-12)) {
			t.Fatalf("left %s: %v, left %s: %v, office %s", left, late.Independent, earlier, early.Independent, office)
		}
		ruletest.Explained(t, late.Reasons())
	})
}

func TestDecisionsOnBodiesReplay(t *testing.T) {
	r := desk(t)
	fact := rapid.SampledFrom([]*bool{nil, new(false), new(true)})
	rapid.Check(t, func(t *rapid.T) {
		outcomes := rapid.SliceOf(rapid.SampledFrom([]string{"binding", "non_binding", "settlement"})).Draw(t, "outcomes")
		in := complaint.ConductIn{
			BodyIn: complaint.BodyIn{Independent: fact.Draw(t, "independent"), Written: fact.Draw(t, "written"), Consent: fact.Draw(t, "consent"), Challenge: fact.Draw(t, "challenge"), Challenges: fact.Draw(t, "rules")},
			Rules:  fact.Draw(t, "has rules"), Keeps: fact.Draw(t, "keeps"), Hears: fact.Draw(t, "hears"), Available: fact.Draw(t, "available"),
		}
		if rapid.Bool().Draw(t, "with outcomes") {
			in.Outcomes = &outcomes
		}
		out, d := complaint.DisputeBody.Decide(in)
		if *out.Compliant != *out.Recognisable || *out.Compliant != (out.Violated == nil) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Replays(t, r, d)
		ruletest.Explained(t, out.Reasons())
	})
}
