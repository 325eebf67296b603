package integrity_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/integrity"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

func TestALaterAppointmentIsNeverLessCompliant(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first := ruletest.Day(t, "appointed")
		in := integrity.AbsenceIn{AppointmentIn: integrity.AppointmentIn{
			Role: ruletest.Word(t, "role", "policy_maker", "co_policy_maker", "employee"), AssessmentCommunicated: ruletest.OptDay(t, "message"),
			Appointed: &first, ChangedFacts: ruletest.Fact(t, "changed"),
		}, Absence: ruletest.Word(t, "absence", integrity.Absences...)}
		if act := ruletest.Word(t, "act", "Wte 1995", "Wtk 1992", "another"); act != nil {
			in.EarlierPositive = canon.Some(*act)
		}
		if rapid.Bool().Draw(t, "away") {
			in.YearsOutsideSector = new(money.Whole(rapid.Int64Range(0, 20).Draw(t, "years")))
		}
		early, d := integrity.Appointment.Decide(in)
		in.Appointed = new(first.AddDays(rapid.IntRange(1, 900).Draw(t, "days later")))
		if late := integrity.Appointment.Ask(in); early.Complies() && !late.Complies() {
			t.Fatalf("%s complies, %s not", first, *in.Appointed)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestTheCriterionHoldsOnlyWithinReachAndArticle81LiftsOnlyIt(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := integrity.TransitionIn{ReliabilityIn: integrity.ReliabilityIn{
			ClientContact: ruletest.Fact(t, "contact"), VOG: ruletest.Fact(t, "vog"), Bankrupt: ruletest.Fact(t, "bankrupt"), Rehabilitated: ruletest.Fact(t, "rehabilitated"),
			ProviderType: ruletest.Word(t, "type", "bank_wfd14", "intermediary"), Employment: ruletest.Word(t, "employment", "temp", "employee"),
			StartedAtProvider: ruletest.MaybeDay(t, "started"), Commencement: ruletest.MaybeDay(t, "commencement"),
		}, AtCommencement: ruletest.Fact(t, "there"), ProviderThen: ruletest.Word(t, "with", "same", "other"), MovedSince: ruletest.Fact(t, "moved")}
		out, d := integrity.Reliability.Decide(in)
		if in.AtCommencement == nil && in.ProviderThen == nil && in.MovedSince == nil {
			if old := integrity.Reliability1.Ask(in.ReliabilityIn); !reflect.DeepEqual(old, out) {
				t.Fatalf("without what is new it answers %+v, and version 1 %+v", out, old)
			}
		}
		if in.MovedSince != nil && *in.MovedSince && out.InScope && !out.Criterion {
			t.Fatal("whoever went to another provider is still exempt")
		}
		if out.Criterion && !out.InScope || (out.Reliable != nil && !out.Criterion) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.StartedAtProvider, in.AtCommencement = nil, nil
		if later := integrity.Reliability.Ask(in); later.InScope != out.InScope || later.Criterion != later.InScope {
			t.Fatalf("without a start: %+v", later)
		}
		in.VOG = new(true)
		if better := integrity.Reliability.Ask(in); out.Reliable != nil && *out.Reliable && !*better.Reliable {
			t.Fatal("with a certificate it is no longer reliable")
		}
	})
}

func TestAnEarlierReportIsNeverWorseAndNobodyMustSearch(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := integrity.AntecedentIn{
			NoticedOn: ruletest.OptDay(t, "noticed"), ReportedOn: ruletest.OptDay(t, "reported"),
			Medium: ruletest.Word(t, "medium", "email", "phone"), AsOf: ruletest.MaybeDay(t, "as of"),
		}
		out, d := integrity.AntecedentChange.Decide(in)
		if out.InvestigationDuty || (in.NoticedOn.Null && !out.Complies()) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if in.ReportedOn.Given && !in.ReportedOn.Null {
			in.ReportedOn = canon.Some(in.ReportedOn.V.AddDays(-1))
			if early := integrity.AntecedentChange.Ask(in); out.Complies() && !early.Complies() {
				t.Fatal("a day earlier it does not comply")
			}
		}
	})
}
