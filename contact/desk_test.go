package contact_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/contact"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, contact.ColdCall, contact.AfterCall, contact.UnsolicitedMessage)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }

func TestAnObjectionIsNeverPassedOver(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := contact.MessageIn{
			Technique: new(rapid.SampledFrom([]string{"automatic_call", "email", "fax", "human_call", "letter", "sms"}).Draw(t, "technique")),
			Human:     ruletest.Fact(t, "human"), Consent: ruletest.Fact(t, "consent"), ConsentIn: ruletest.Word(t, "contact", "earlier", "same"),
			Existing: ruletest.Fact(t, "customer"), ObtainedIn: ruletest.Word(t, "obtained", "sale", "quote"), Similar: ruletest.Fact(t, "similar"),
			OptOutThen: ruletest.Fact(t, "then"), OptOutNow: ruletest.Fact(t, "now"), Identity: ruletest.Fact(t, "identity"), StopAddress: ruletest.Fact(t, "stop"),
		}
		out, d := contact.UnsolicitedMessage.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if out.Allowed && len(out.Violated) > 0 {
			t.Fatalf("got %s", d.Answer)
		}
		in.Objected = new(true)
		if contact.UnsolicitedMessage.Ask(in).Allowed {
			t.Fatal("allowed in spite of an objection")
		}
	})
}

func TestMoreToldNeverViolatesMore(t *testing.T) {
	words := []string{"caller_identity_and_relation", "main_features", "total_costs", "other_amounts", "rescission_right", "other_information_available"}
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		told := rapid.SliceOfDistinct(rapid.SampledFrom(words), rapid.ID[string]).Draw(t, "told")
		in := contact.CallIn{Items: &told, Consent: ruletest.Fact(t, "consent"), Call: ruletest.Word(t, "call", "inbound", "outbound")}
		less, d := contact.ColdCall.Decide(in)
		ruletest.Explained(t, less.Reasons())
		ruletest.Replays(t, r, d)
		told = append(told, rapid.SampledFrom(words).Draw(t, "more"))
		if more := contact.ColdCall.Ask(in); len(more.Violated) > len(less.Violated) {
			t.Fatalf("%v became %v", less.Violated, more.Violated)
		}
	})
}
