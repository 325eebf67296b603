package advice_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/advice"
	"zorgplicht/canon"
	"zorgplicht/rule/ruletest"
)

func drawn(t *rapid.T) advice.RetentionIn {
	in := advice.RetentionIn{
		Role: ruletest.Word(t, "role", "provider", "advisor", "intermediary"), Advice: ruletest.MaybeDay(t, "advice"),
		ContractOnRecommended: ruletest.Fact(t, "sold"), Contract: ruletest.MaybeDay(t, "contract"),
		ContractOtherProduct: ruletest.MaybeDay(t, "other"), SameChannel: ruletest.Fact(t, "channel"),
		StandardisedProcedure: ruletest.Fact(t, "standard"), VerifiableBySupervisor: ruletest.Fact(t, "verifiable"), AllAdviceResultsFromIt: ruletest.Fact(t, "all"),
	}
	if in.Check() != nil {
		in.Role = new("provider")
	}
	return in
}

func TestALaterDeletionIsNeverLessCompliant(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first, later := ruletest.Day(t, "first"), rapid.IntRange(1, 3000).Draw(t, "days later")
		q := advice.DeletionIn{RetentionIn: drawn(t), DeletedOn: canon.Some(first)}
		early, d := advice.AdviceDeletion.Decide(q)
		q.DeletedOn = canon.Some(first.AddDays(later))
		if late := advice.AdviceDeletion.Ask(q); early.Complies() && !late.Complies() {
			t.Fatalf("%s complies, %d days later not", first, later)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestTheDaysBesideTheTermAreBothSidesOfTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		out := advice.AdviceRetention.Ask(in)
		if out.EarliestDeletion == nil {
			return
		}
		if last := out.Last(); last.DaysUntil(*out.EarliestDeletion) != 1 || last.Day() > in.Advice.Day() || last.Year() != in.Advice.Year()+1 || last.Month() != in.Advice.Month() {
			t.Fatalf("advice of %s is kept through %s", in.Advice, last)
		}
		q := advice.DeletionIn{RetentionIn: in, DeletedOn: out.Through}
		on := advice.AdviceDeletion.Ask(q)
		q.DeletedOn = canon.Some(*out.EarliestDeletion)
		if after := advice.AdviceDeletion.Ask(q); on.Complies() || !after.Complies() {
			t.Fatalf("on the last day %v, the day after %v", on.Complies(), after.Complies())
		}
	})
}

func TestTheExceptionNeverReachesTheOwnChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		in.StandardisedProcedure = nil
		without := advice.AdviceRetention.Ask(in)
		in.StandardisedProcedure, in.VerifiableBySupervisor, in.AllAdviceResultsFromIt = new(true), new(true), new(true)
		with := advice.AdviceRetention.Ask(in)
		if with.Required || (with.ShowOwnChoice == nil) != (without.ShowOwnChoice == nil) || (with.ShowOwnChoice != nil && *with.ShowOwnChoice != *without.ShowOwnChoice) {
			t.Fatalf("without %+v, with %+v", without, with)
		}
	})
}
