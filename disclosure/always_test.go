package disclosure_test

import (
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/disclosure"
	"zorgplicht/rule/ruletest"
)

// some draws a list of these words, or none at all.
func some(t *rapid.T, name string, words ...string) *[]string {
	if rapid.Bool().Draw(t, name+" absent") {
		return nil
	}
	list := rapid.SliceOfDistinct(rapid.SampledFrom(words), rapid.ID[string]).Draw(t, name)
	return &list
}

// with returns the list with one more of the words.
func with(t *rapid.T, list *[]string, words ...string) *[]string {
	if list == nil {
		return nil
	}
	more := append(append([]string{}, *list...), rapid.SampledFrom(words).Draw(t, "more"))
	return &more
}

func TestMoreGeneralInformationNeverViolatesMore(t *testing.T) {
	words := []string{"name_address", "nature_of_service", "complaints_procedure", "dispute_body", "registration", "something_else"}
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := disclosure.GeneralIn{Delivered: some(t, "delivered", words...), Before: ruletest.Fact(t, "before")}
		less, d := disclosure.GeneralInformation.Decide(in)
		ruletest.Explained(t, less.Reasons())
		ruletest.Replays(t, r, d)
		in.Delivered = with(t, in.Delivered, words...)
		if more := disclosure.GeneralInformation.Ask(in); len(more.Violated) > len(less.Violated) || len(more.Missing) > len(less.Missing) {
			t.Fatalf("%v became %v", less.Violated, more.Violated)
		}
	})
}

func TestPaperIsNeverWorseThanAnotherCarrier(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := disclosure.FormIn{
			Medium: ruletest.Word(t, "medium", "email", "paper", "website", "oral"), Durable: ruletest.Fact(t, "durable"),
			AddressKnown: ruletest.Fact(t, "address"), Checked: ruletest.Fact(t, "checked"), Saved: ruletest.Fact(t, "saved"),
		}
		out, d := disclosure.DeliveryForm.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.Medium = new("paper")
		if paper := disclosure.DeliveryForm.Ask(in); !paper.Complies() {
			t.Fatalf("paper violates %v", paper.Violated)
		}
	})
}

func TestDutchIsAlwaysAllowed(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := disclosure.LanguageIn{
			Language: ruletest.Word(t, "language", "en", "de"), Requested: ruletest.Fact(t, "requested"), Agreed: ruletest.Fact(t, "agreed"),
			ForeignLaw: ruletest.Fact(t, "law"), Channel: ruletest.Word(t, "channel", "cold_call"), Document: ruletest.Word(t, "document", "leaflet_39_2"),
			RequestedBy: ruletest.Word(t, "by", "fund", "consumer"), SupervisorAgreed: ruletest.Fact(t, "supervisor"),
		}
		out, d := disclosure.DeliveryLanguage.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if out.Tariff != "" && out.Tariff != "2a" {
			t.Fatalf("got %s", d.Answer)
		}
		in.Language = new("nl")
		if dutch := disclosure.DeliveryLanguage.Ask(in); !dutch.Complies() {
			t.Fatalf("Dutch violates %v", dutch.Violated)
		}
	})
}

func TestADocumentOnTheSiteIsNeverWorse(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := disclosure.AvailabilityIn{
			Product: new(rapid.SampledFrom([]string{"complex_product", "consumer_credit", "fund_unit", "investment_object", "mortgage_credit", "securities_credit", "ucits", "life"}).Draw(t, "product")),
			Website: ruletest.Fact(t, "site"), OnSite: ruletest.Fact(t, "on site"), Requested: ruletest.Fact(t, "requested"), Before: ruletest.Fact(t, "before"),
			Purpose: ruletest.Word(t, "purpose", "car", "finance_securities"), Collateral: ruletest.Word(t, "collateral", "listed", "unlisted"),
			Clients: ruletest.Word(t, "clients", "abroad_only", "business_only"), Statement: ruletest.Fact(t, "statement"), General: ruletest.Fact(t, "general"),
			Elements: some(t, "elements", "life", "mortgage_credit", "investment_object", "non_life"), Leaflets: some(t, "leaflets", "life", "combination"),
		}
		out, d := disclosure.Availability.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if !out.Duty && !out.Complies() {
			t.Fatalf("no duty and yet %s", d.Answer)
		}
		in.Website, in.OnSite = new(true), new(true)
		if on := disclosure.Availability.Ask(in); len(on.Violated) > len(out.Violated) {
			t.Fatalf("%v became %v", out.Violated, on.Violated)
		}
	})
}

var insurances = []string{"non_life", "life", "unit_linked_life", "funeral_in_kind", "funeral_fund_formation"}

func TestALaterRescissionIsNeverMoreValid(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		product := rapid.SampledFrom(insurances).Draw(t, "product")
		received, rescinded := ruletest.Day(t, "received"), ruletest.Day(t, "rescinded")
		in := disclosure.ValidIn{Product: &product, Received: &received, Rescinded: &rescinded}
		out, d := disclosure.RescissionValid.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.Rescinded = new(rescinded.AddDays(rapid.IntRange(1, 60).Draw(t, "later")))
		if later := disclosure.RescissionValid.Ask(in); later.Valid && !out.Valid {
			t.Fatalf("valid on %s and not on %s", in.Rescinded, rescinded)
		}
		deadline := disclosure.RescissionDeadline.Ask(disclosure.DeadlineIn{Product: &product, Received: &received})
		if out.Valid != !rescinded.After(*deadline.Last) {
			t.Fatalf("valid is %v, the last day is %s", out.Valid, deadline.Last)
		}
	})
}

func TestMoreItemsNeverViolateMore(t *testing.T) {
	letters := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"}
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := disclosure.ItemsIn{
			Product: new(rapid.SampledFrom(insurances).Draw(t, "product")), Delivered: some(t, "delivered", letters...), Before: ruletest.Fact(t, "before"),
			Indexation: ruletest.Fact(t, "indexation"), Investment: ruletest.Fact(t, "investment"), NotApplicable: some(t, "not applicable", letters...),
		}
		out, d := disclosure.InformationItems.Decide(in)
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.Delivered = with(t, in.Delivered, letters...)
		if more := disclosure.InformationItems.Ask(in); len(more.Violated) > len(out.Violated) || len(more.Missing) > len(out.Missing) {
			t.Fatalf("%v became %v", out.Missing, more.Missing)
		}
		far := disclosure.DistanceIn{Delivered: in.Delivered, NotApplicable: in.NotApplicable, MinimumTerm: in.Before, Renewal: in.Indexation, RenewalStated: in.Investment}
		less, kept := disclosure.DistanceInformation.Decide(far)
		ruletest.Explained(t, less.Reasons())
		ruletest.Replays(t, r, kept)
		far.Delivered = with(t, far.Delivered, letters[:19]...)
		if more := disclosure.DistanceInformation.Ask(far); len(more.Violated) > len(less.Violated) {
			t.Fatalf("%v became %v", less.Violated, more.Violated)
		}
	})
}
