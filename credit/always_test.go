package credit_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/credit"
	"zorgplicht/rule/ruletest"
)

func drawn(t *rapid.T) credit.RetentionIn {
	return credit.RetentionIn{
		Role: ruletest.Word(t, "role", "provider", "provider", "intermediary"), Product: ruletest.Word(t, "product", "credit", "mortgage_credit", "life"),
		Offered: ruletest.MaybeDay(t, "offered"), Contract: ruletest.OptDay(t, "contract"), Settled: ruletest.OptDay(t, "settled"),
		Transferred: ruletest.MaybeDay(t, "transferred"), AsOf: ruletest.MaybeDay(t, "as of"),
	}
}

func TestALaterDeletionIsNeverLessCompliant(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first, later := ruletest.Day(t, "first"), rapid.IntRange(1, 4000).Draw(t, "days later")
		q := credit.DeletionIn{RetentionIn: drawn(t), DeletedOn: canon.Some(first)}
		early, d := credit.CreditDeletion.Decide(q)
		q.DeletedOn = canon.Some(first.AddDays(later))
		if late := credit.CreditDeletion.Ask(q); early.Complies() && !late.Complies() {
			t.Fatalf("%s complies, %d days later not", first, later)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestATransferNeverShortensTheTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		with := credit.CreditRetention.Ask(in)
		in.Transferred = nil
		if without := credit.CreditRetention.Ask(in); with.Required != without.Required || with.Through != without.Through {
			t.Fatalf("with %+v, without %+v", with.Keeping, without.Keeping)
		}
	})
}

func TestALaterSettlementNeverEndsTheTermSooner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := ruletest.Day(t, "settled")
		in := credit.RetentionIn{Settled: canon.Some(first)}
		early := credit.CreditRetention.Ask(in)
		in.Settled = canon.Some(first.AddDays(rapid.IntRange(1, 400).Draw(t, "days later")))
		if late := credit.CreditRetention.Ask(in); late.Last().Before(early.Last()) {
			t.Fatalf("settled %s is kept through %s, %s through %s", first, early.Last(), in.Settled.V, late.Last())
		}
	})
}
