package appropriateness

import (
	"slices"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/money"
)

func TestExemptions(t *testing.T) {
	day := func(s string) *calendar.Date { d := calendar.MustParse(s); return &d }
	amount := func(n int64) *money.Decimal { d := money.Whole(n); return &d }
	green := RequiredIn{
		Product: new("mortgage"), Use: new("sustainability"), Date: day("2026-11-22"), Amount: amount(25_000), MortgageSince: day("2021-11-22"),
	}
	with := func(change func(*RequiredIn)) RequiredIn { in := green; change(&in); return in }
	for _, c := range []struct {
		says     string
		in       RequiredIn
		possible bool
	}{
		{"to the euro and to the day", green, true},
		{"a euro more", with(func(in *RequiredIn) { in.Amount = amount(25_001) }), false},
		{"a day more than five years after", with(func(in *RequiredIn) { in.MortgageSince = day("2021-11-21") }), false},
		{"a mortgage that is yet to come", with(func(in *RequiredIn) { in.MortgageSince = day("2027-01-01") }), false},
		{"the day before it began", with(func(in *RequiredIn) { in.Date, in.MortgageSince = day("2021-03-31"), day("2020-01-01") }), false},
		{"the day it began", with(func(in *RequiredIn) { in.Date, in.MortgageSince = day("2021-04-01"), day("2020-01-01") }), true},
		{"another use", with(func(in *RequiredIn) { in.Use = new("kitchen") }), false},
		{"another product", with(func(in *RequiredIn) { in.Product = new("payment_protection") }), false},
		{"no word of the use: not at issue", with(func(in *RequiredIn) { in.Use = nil }), false},
		{"only the use: it may be", RequiredIn{Product: new("mortgage"), Use: new("sustainability")}, true},
	} {
		t.Run(c.says, func(t *testing.T) {
			out := TestRequired.Ask(c.in)
			if (len(out.PossiblyExempt) == 1) != c.possible {
				t.Errorf("got %+v", out)
			}
			if out.Required != MustTest || out.Exemption != "" {
				t.Errorf("what nobody verified lifted the duty: %+v", out)
			}
			verified := slices.Clone(Exemptions)
			verified[0].Verified = true
			sure := c.possible && c.in.Date != nil && c.in.Amount != nil && c.in.MortgageSince != nil
			if out := lifted(c.in, required(c.in.first()), verified); out.Exempt() != sure {
				t.Errorf("had it been verified: %+v", out)
			}
		})
	}
	t.Run("who advises asks no exemption", func(t *testing.T) {
		out := TestRequired.Ask(with(func(in *RequiredIn) { in.AdviceGiven = new(true) }))
		if out.Required != NoTest || out.PossiblyExempt != nil || out.Because != "" {
			t.Errorf("got %+v", out)
		}
	})
}

// TestExemptionsAreFrozen: the list belongs to version 2 of the rule. A change needs
// a new file and a new version, or what was decided no longer replays.
func TestExemptionsAreFrozen(t *testing.T) {
	if got := ident.HashOf(exemptions2).String(); got != frozenExemptions2 {
		t.Errorf("exemptions2.yaml changed after its release: %s", got)
	}
}

const frozenExemptions2 = "cc1af18a56195df3c8ec7f19e7d8faa157abe36978dc4fb954da142b582debf8"
