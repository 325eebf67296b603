package incident_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/incident"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func conduct(t *rapid.T) incident.Conduct {
	return incident.Conduct{
		Perpetrator:           ruletest.Word(t, "who", "policy_maker", "manager", "client_facing", "other", "external"),
		IntegrityRiskFunction: ruletest.Fact(t, "risk"), SeriousDanger: ruletest.Fact(t, "serious"),
	}
}

func TestALaterDeletionIsNeverLessCompliant(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first, later := ruletest.Day(t, "first"), rapid.IntRange(1, 4000).Draw(t, "days later")
		q := incident.RetentionIn{RecordedOn: ruletest.MaybeDay(t, "recorded"), CompletedOn: ruletest.MaybeDay(t, "completed"), DeletedOn: canon.Some(first)}
		early, d := incident.IncidentRetention.Decide(q)
		q.DeletedOn = canon.Some(first.AddDays(later))
		if late := incident.IncidentRetention.Ask(q); early.Complies() && !late.Complies() {
			t.Fatalf("%s complies, %d days later not", first, later)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestAFullerRecordIsNeverWorse(t *testing.T) {
	parts := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"facts", "function", "measures", "names"}), rapid.ID[string])
	rapid.Check(t, func(t *rapid.T) {
		some, more := parts.Draw(t, "some"), parts.Draw(t, "more")
		all := append(append([]string{}, more...), some...) // another order too
		who := conduct(t)
		record := incident.IncidentRecord.Ask(incident.RecordIn{Conduct: who, Record: &some})
		notice := incident.IncidentNoticeContent.Ask(incident.NoticeIn{Notice: &some})
		if record.Complies() && !incident.IncidentRecord.Ask(incident.RecordIn{Conduct: who, Record: &all}).Complies() {
			t.Fatalf("a record of %v complies, of %v not", some, all)
		}
		if notice.Complies() && !incident.IncidentNoticeContent.Ask(incident.NoticeIn{Notice: &all}).Complies() {
			t.Fatalf("a notice of %v complies, of %v not", some, all)
		}
		ruletest.Explained(t, record.Reasons())
		ruletest.Explained(t, notice.Reasons())
	})
}

func TestWhatIsToldIsAlwaysAnIncidentThatIsRecorded(t *testing.T) {
	chance := rapid.SampledFrom([]*rule.Chance{nil, new(rule.Never), new(rule.Possible), new(rule.Certain)})
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := incident.NotifyIn{
			Conduct: conduct(t), PoliceReport: ruletest.Word(t, "report", "no", "planned", "made"),
			ContinuityThreat: chance.Draw(t, "threat"), SeriousForSupervision: ruletest.Fact(t, "grave"), Notified: ruletest.Fact(t, "told"),
		}
		out, d := incident.IncidentNotify.Decide(in)
		within := incident.IncidentScope.Ask(incident.ScopeIn{Conduct: in.Conduct}).InScope
		if out.Record != within || (out.Notify && !out.Record) || (out.Ground != "") != out.Notify || out.Notify != (len(out.Grounds) > 0) {
			t.Fatalf("got %s, within article 10: %v", d.Answer, within)
		}
		if in.Notified != nil && out.Complies() != (*in.Notified || !out.Notify) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}
