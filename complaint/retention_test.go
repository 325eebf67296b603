package complaint_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/complaint"
	"zorgplicht/rule/ruletest"
)

func drawn(t *rapid.T) complaint.RetentionIn {
	return complaint.RetentionIn{
		Received: ruletest.MaybeDay(t, "received"), Handled: ruletest.OptDay(t, "handled"), HandledAgain: ruletest.OptDay(t, "again"),
		DisputeBodyRuling: ruletest.MaybeDay(t, "ruling"), RulingCounts: ruletest.Fact(t, "ruling counts"),
	}
}

func TestALaterDeletionIsNeverLessCompliant(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		first, later := ruletest.Day(t, "first"), rapid.IntRange(1, 2000).Draw(t, "days later")
		q := complaint.DeletionIn{RetentionIn: drawn(t), DeletedOn: canon.Some(first)}
		early, d := complaint.ComplaintDeletion.Decide(q)
		q.DeletedOn = canon.Some(first.AddDays(later))
		if late := complaint.ComplaintDeletion.Ask(q); early.Complies() && !late.Complies() {
			t.Fatalf("%s complies, %d days later not", first, later)
		}
		ruletest.Explained(t, early.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestReceiptAndRulingStartNoTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		in.RulingCounts = nil
		with := complaint.ComplaintRetention.Ask(in)
		in.Received, in.DisputeBodyRuling = nil, nil
		if without := complaint.ComplaintRetention.Ask(in); with.Through != without.Through {
			t.Fatalf("with %+v, without %+v", with.Keeping, without.Keeping)
		}
	})
}
