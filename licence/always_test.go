package licence_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/licence"
	"zorgplicht/money"
	"zorgplicht/rule/ruletest"
)

func amount(t *rapid.T, name string) *money.Decimal {
	return new(money.MustParse(rapid.SampledFrom([]string{"0", "999999.99", "1000000", "1000000.01", "1499999.99", "1500000", "1500000.01", "99999999"}).Draw(t, name)))
}

func cover(t *rapid.T) licence.CoverIn {
	return licence.CoverIn{
		Activity:      ruletest.Word(t, "activity", "insurance_mediation", "reinsurance_mediation", "credit_mediation"),
		CoveredAsTied: ruletest.Fact(t, "tied"), PerClaim: amount(t, "claim"), PerYear: amount(t, "year"),
		Territory: ruletest.Word(t, "territory", "EEA", "NL", "world", "EU"), AsOf: ruletest.MaybeDay(t, "as of"), InsurerAuthorised: ruletest.Fact(t, "authorised"),
		Facility: ruletest.Word(t, "facility", "guarantee", "insurance"), Unconditional: ruletest.Fact(t, "unconditional"),
		Guarantor: ruletest.Word(t, "guarantor", "credit_institution", "group_company"), GuarantorSeat: ruletest.Word(t, "seat", "NL", "US", "IN", "NO", "RO"),
		GuarantorSupervised: ruletest.Fact(t, "supervised"),
	}
}

func TestMoreCoverIsNeverWorse(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := cover(t)
		less, d := licence.LiabilityCover.Decide(in)
		more := money.Whole(rapid.Int64Range(0, 1_000_000).Draw(t, "more"))
		in.PerClaim, in.PerYear = new(in.PerClaim.Add(more)), new(in.PerYear.Add(more))
		if wider := licence.LiabilityCover.Ask(in); less.Complies() && !wider.Complies() || len(wider.Violated) > len(less.Violated) {
			t.Fatalf("with %s more: %v became %v", more, less.Violated, wider.Violated)
		}
		if less.Tariff != "" || less.Complies() != (len(less.Violated) == 0 && less.Status == "" || !less.Duty) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, less.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestAWiderTerritoryIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := cover(t)
		narrow := licence.LiabilityCover.Ask(in)
		in.Territory = new("world")
		if wide := licence.LiabilityCover.Ask(in); narrow.Complies() && !wide.Complies() {
			t.Fatalf("%v became %v", narrow.Violated, wide.Violated)
		}
	})
}

func TestTheAmountsOfADayAreThoseTheCoverIsHeldAgainst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := ruletest.Day(t, "on")
		list := []licence.Adjusted{{From: ruletest.Day(t, "from"), PerClaim: money.Whole(1_120_200), PerYear: money.Whole(1_680_300)}}
		amounts := licence.LiabilityAmounts.Ask(licence.AmountsIn{AsOf: &on, Adjusted: list})
		if (amounts.PerClaim == nil) != (amounts.Status != "") {
			t.Fatalf("got %+v", amounts)
		}
		if amounts.PerClaim == nil {
			return
		}
		in := licence.CoverIn{AsOf: &on, Adjusted: list, PerClaim: amounts.PerClaim, PerYear: amounts.PerYear}
		if out := licence.LiabilityCover.Ask(in); !out.Complies() {
			t.Fatalf("on %s the least amounts do not comply: %v", on, out.Violated)
		}
		in.PerClaim = new(amounts.PerClaim.Sub(money.MustParse("0.01")))
		if out := licence.LiabilityCover.Ask(in); out.Complies() {
			t.Fatalf("on %s a cent less complies", on)
		}
	})
}

func TestAFullerEntryIsNeverLessComplete(t *testing.T) {
	words := []string{"name", "address", "legal_form", "statutory_seat", "statutory_name", "trade_names", "coc_number", "licence_date", "licence_number", "products_services", "conditions", "x"}
	fields := rapid.SliceOfDistinct(rapid.SampledFrom(words), rapid.ID[string])
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		some := fields.Draw(t, "some")
		in := licence.EntryIn{
			Person: ruletest.Word(t, "person", "legal", "natural"), Fields: &some, RegisteredInTradeRegister: ruletest.Fact(t, "trade register"),
			Basis: ruletest.Word(t, "basis", "licence", "exemption", "tied_intermediary", "wfd_13"), CollectiveLicence: ruletest.Fact(t, "collective"), ConditionsAttached: ruletest.Fact(t, "conditions"),
		}
		out, d := licence.RegisterEntryCheck.Decide(in)
		for _, m := range *out.Missing {
			if slices.Contains(some, m) || !slices.Contains(out.Required, m) {
				t.Fatalf("%s is missing from %v", m, some)
			}
		}
		all := append(append([]string{}, *out.Missing...), some...)
		in.Fields = &all
		if whole := licence.RegisterEntryCheck.Ask(in); !*whole.Complete {
			t.Fatalf("with all that was missing it lacks %v", *whole.Missing)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
	})
}

func TestAnEarlierReportIsNeverWorse(t *testing.T) {
	r := desk(t)
	rapid.Check(t, func(t *rapid.T) {
		in := licence.ChangeIn{
			Change: ruletest.Word(t, "change", "address", "logo", "trade_names"), ChangedOn: ruletest.MaybeDay(t, "changed"), ReportedOn: ruletest.OptDay(t, "reported"),
			Medium: ruletest.Word(t, "medium", "email", "phone", "letter"), AsOf: ruletest.MaybeDay(t, "as of"),
		}
		out, d := licence.RegisterChange.Decide(in)
		if out.Duty == (in.Change != nil && *in.Change == "logo") || (!out.Duty && !out.Complies()) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		if !in.ReportedOn.Given || in.ReportedOn.Null {
			return
		}
		in.ReportedOn = canon.Some(in.ReportedOn.V.AddDays(-rapid.IntRange(1, 900).Draw(t, "days earlier")))
		if early := licence.RegisterChange.Ask(in); out.Complies() && !early.Complies() {
			t.Fatalf("reported on %s it does not comply", in.ReportedOn.V)
		}
	})
}

func TestOnlyASignalMakesTheDutyToCheck(t *testing.T) {
	r := desk(t)
	roles := []string{"intermediary", "sub_intermediary", "agent", "sub_agent"}
	others := []string{"intermediary", "agent", "sub_agent", "provider"}
	rapid.Check(t, func(t *rapid.T) {
		in := licence.MandateIn{
			ModelFollowed: ruletest.Fact(t, "model"), Against: ruletest.Word(t, "against", "client", "sub_agent"), By: ruletest.Word(t, "by", "agent", "provider"),
			Mandate: ruletest.Word(t, "mandate", "agent", "sub_agent"), OwnMandateActive: ruletest.Fact(t, "active"), ActiveFor: ruletest.Word(t, "reading", "agent", "both"),
			Signal: ruletest.Fact(t, "signal"), Checked: ruletest.Fact(t, "checked"),
			Role: ruletest.Word(t, "role", roles...), Counterparty: ruletest.Word(t, "counterparty", others...),
		}
		out, d := licence.MandateOrChain.Decide(in)
		signalled := in.Signal != nil && *in.Signal
		if out.CheckDuty != nil && *out.CheckDuty && !signalled {
			t.Fatalf("got %s", d.Answer)
		}
		if out.Violated != nil && out.Tariff != "2" {
			t.Fatalf("articles 68 and 69 have tariff 2: %s", d.Answer)
		}
		if (out.LimitInvocable == nil) != (in.Against == nil) || (out.Allowed == nil) != (in.By == nil) {
			t.Fatalf("got %s", d.Answer)
		}
		ruletest.Explained(t, out.Reasons())
		ruletest.Replays(t, r, d)
		in.Checked = new(true)
		if again := licence.MandateOrChain.Ask(in); out.Complies() && !again.Complies() {
			t.Fatal("who looked it up complies no longer")
		}
	})
}

func TestTheDatesLieFiveYearsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.IntRange(1, 2100).Draw(t, "from"), rapid.IntRange(1, 2100).Draw(t, "to")
		out := licence.LiabilityAdjustmentDates.Ask(licence.DatesIn{FromYear: &from, ToYear: &to})
		want := 0
		for year := max(from, 2008); year <= to; year++ {
			if (year-2008)%5 == 0 {
				want++
			}
		}
		if len(out.Dates) != want {
			t.Fatalf("from %d to %d: %v", from, to, out.Dates)
		}
		for _, d := range out.Dates {
			if d.Month() != 1 || d.Day() != 1 || d.Year() < from || d.Year() > to {
				t.Fatalf("from %d to %d: %v", from, to, out.Dates)
			}
		}
		ruletest.Explained(t, out.Reasons())
	})
}
