package advert

import (
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// rateLabel is what article 28(9) prescribes literally.
const rateLabel = "effectieve rente op jaarbasis"

// floorShare is 2% (article 28(3)).
var floorShare = money.MustParse("0.02")

var (
	features  = []string{"effective_rate", "monthly_charge", "sum_or_limit", "term", "total_price", "revolving_or_not"}
	inTable   = features[:5]
	temporary = []string{"period", "teaser_rate", "teaser_period", "rate_after", "temporary_rate"} // of 28(6), where it applies
	banned    = []struct {
		claim string
		norm  ident.Norm
	}{
		{"decision_or_payment_speed", "bfd:28:10:a"},
		{"existing_credit_irrelevant", "bfd:28:10:b"},
		{"tax_benefit_in_features", "bfd:28:10:c"},
	}
)

func (in In) mentions(word string) bool { return slices.Contains(in.Mentions, word) }

// credit answers article 28. An offer is no advertisement: only 28(12) holds.
func (out *Out) credit(in In) {
	out.floor(in)
	applies := out.temporary(in)
	if in.Claims != nil {
		out.BansApply = new(!in.offer())
	}
	if in.offer() {
		out.Say("offer", "bfd:28:12")
		out.table(in, "bfd:28:12", applies)
		return
	}
	triggered := out.shown(in)
	if triggered && (!in.broadcast() || in.Later != nil) {
		out.table(in, "bfd:28:4", applies)
	}
	out.rate(in)
	for _, b := range banned {
		if slices.Contains(in.Claims, b.claim) {
			out.Hold(b.norm, b.claim)
		}
	}
	switch {
	case in.mortgage() && in.Prospectus != nil:
		out.Status = "source_gap"
		out.Say("no_such_prospectus", "bfd:28:11")
	case rule.Fails(in.Prospectus):
		out.Hold("bfd:28:11", "no_prospectus")
	}
}

// shown holds the features against 28(1) or (2), and reports whether what is
// shown calls for them.
func (out *Out) shown(in In) bool {
	rate, monthly, sum := in.mentions("effective_rate"), in.mentions("monthly_charge"), in.mentions("sum_or_limit")
	if !in.broadcast() {
		out.LaterDuty = new(false)
		if !rate && !monthly {
			out.Say("no_trigger", "bfd:28:1")
			return false
		}
		out.lacking(in, "bfd:28:1", features)
		return true
	}
	triggered := rate || monthly && sum
	if rule.Holds(in.RateAndSum) {
		triggered = (rate || monthly) && sum
		out.Say("reading_sum", "bfd:28:2")
	} else if rate && !sum {
		out.Say("reading_rate", "bfd:28:2")
	}
	if out.LaterDuty = &triggered; !triggered {
		out.Say("no_trigger", "bfd:28:2")
		return false
	}
	out.lacking(in, "bfd:28:2:a", []string{"sum_or_limit", "total_price"})
	out.Say("later_due", "bfd:28:2:b")
	if in.Later != nil {
		for _, f := range features {
			if !slices.Contains(*in.Later, f) {
				out.Hold("bfd:28:2:b", "later_lacks", "feature", f)
			}
		}
	}
	out.later(in, "bfd:28:2:b", in.LaterForm)
	return true
}

func (out *Out) lacking(in In, lid ident.Norm, asked []string) {
	for _, f := range asked {
		if !in.mentions(f) {
			out.Missing = append(out.Missing, f)
		}
	}
	if out.Missing != nil {
		out.Hold(lid, "features_lack", "features", strings.Join(out.Missing, ", "))
	}
}

// floor holds the monthly charge shown against 2% of limit or sum.
func (out *Out) floor(in In) {
	base := in.Sum
	if rule.Word(in.Kind) == "revolving" || base == nil {
		base = in.Limit
	}
	if base == nil {
		base = in.Sum
	}
	switch {
	case base == nil && !in.mortgage(), base == nil && in.Monthly == nil:
		return
	case in.mortgage():
		out.Floor = canon.Null[money.Decimal]()
		out.Say("no_floor", "bfd:28:3")
		return
	}
	least := base.Mul(floorShare)
	out.Floor = canon.Some(least)
	if rule.Word(in.Product) == "securities_credit" {
		out.Say("securities_too", "bfd:1::e")
	}
	if in.Monthly == nil || in.Monthly.Cmp(least) >= 0 {
		return
	}
	if in.offer() {
		out.Hold("bfd:28:12", "below_floor", "floor", least.String())
	} else {
		out.Hold("bfd:28:3", "below_floor", "floor", least.String())
	}
}

// table holds how the features stand together against 28(4).
func (out *Out) table(in In, lid ident.Norm, temp bool) {
	if rule.Fails(in.SingleTable) {
		out.Hold(lid, "no_table")
	}
	if in.TableItems == nil {
		return
	}
	for _, item := range *in.TableItems {
		if !slices.Contains(inTable, item) && (!temp || !slices.Contains(temporary, item)) {
			out.Hold(lid, "not_in_table", "item", item)
		}
	}
	for _, f := range inTable {
		if !slices.Contains(*in.TableItems, f) {
			out.Hold(lid, "table_lacks", "item", f)
		}
	}
}

// temporary holds a rate that lasts a while against 28(6), and reports whether
// that applies.
func (out *Out) temporary(in In) bool {
	teaser := in.TeaserRate != nil || in.TeaserMonths != nil
	fixed := in.FixedYears != nil && in.TermYears != nil
	if !teaser && in.FixedYears == nil && in.Period == nil && in.After == nil {
		return false
	}
	applies := (teaser || !fixed || in.FixedYears.Cmp(*in.TermYears) < 0) && !in.offer()
	if out.Temporary = &applies; !applies {
		out.Say("not_temporary", "bfd:28:6")
		return false
	}
	out.Say("temporary", "bfd:28:6")
	if rule.Fails(in.Period) {
		out.Hold("bfd:28:6:a", "no_period")
	}
	if rule.Fails(in.After) {
		out.Hold("bfd:28:6:b", "no_rate_after")
	}
	if in.BasedOn == nil {
		return true
	}
	onTeaser := in.TeaserRate != nil && in.BasedOn.Cmp(*in.TeaserRate) == 0 && (in.RateAfter == nil || in.RateAfter.Cmp(*in.TeaserRate) != 0)
	if onTeaser || in.RateAfter != nil && in.BasedOn.Cmp(*in.RateAfter) != 0 {
		out.Hold("bfd:28:6:c", "based_on_teaser")
	}
	return true
}

// rate holds the rate against what calls for it and what it is called.
func (out *Out) rate(in In) {
	rate := in.mentions("effective_rate")
	if rule.Holds(in.Goods) && !rate {
		out.Hold("bfd:28:5", "goods_without_rate")
	}
	if in.mentions("credit_charge") && !rate {
		out.Hold("bfd:28:7", "charge_without_rate")
	}
	if in.Discount != nil && rule.Fails(in.Base) {
		out.Hold("bfd:28:8", "discount_without_base")
	}
	if in.Label != nil {
		ok := strings.EqualFold(*in.Label, rateLabel)
		if out.LabelOK = &ok; !ok {
			out.Hold("bfd:28:9", "label")
		}
	}
}
