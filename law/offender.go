package law

import (
	"strings"

	"zorgplicht/canon"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// An Offender is who breached a provision, as far as Bijlage 10 looks at it. The
// size of types a to d is the balance sheet total, of type e the staff directly
// engaged in financial services; the total staff never counts.
type Offender struct {
	Type       *string        `json:"provider_type"`      // "a" to "e", article 2 of Bijlage 10
	AlsoType   *string        `json:"also_provider_type"` // of an insurer that is of two types
	Precedence *string        `json:"precedence"`         // "lower" (taken) or "higher": which of two types weighs
	Staff      *money.Decimal `json:"fte_directly_engaged_in_financial_services"`
	TotalStaff *money.Decimal `json:"total_staff_fte"`
	Balance    *money.Decimal `json:"balance_sheet_total_eur"`
	SizeData   *string        `json:"size_data"` // "not supplied"
	Requested  *bool          `json:"requested"`
	Answered   *bool          `json:"answered_within_term"`
}

// bounds are where the categories II to V of each type begin (Bijlage 10, article 3(1)).
var bounds = map[string][4]money.Decimal{
	"a": limits("45378000", "453780000", "4537800000", "45378020000"),
	"b": limits("4538000", "22689000", "113445000", "453780000"),
	"c": limits("13613000", "68067000", "340335000", "1361340000"),
	"d": limits("4538000", "22689000", "113445000", "453780000"),
	"e": limits("5", "10", "15", "20"),
}

func limits(two, three, four, five string) [4]money.Decimal {
	return [4]money.Decimal{money.MustParse(two), money.MustParse(three), money.MustParse(four), money.MustParse(five)}
}

// categories are the names of the categories by their factor.
var categories = [...]string{"", "I", "II", "III", "IV", "V"}

// check names a type that the annex does not know and sizes below zero.
func (o Offender) check() (wrong []fault.Detail) {
	for _, given := range []struct {
		at   string
		kind *string
	}{{"/provider_type", o.Type}, {"/also_provider_type", o.AlsoType}} {
		if _, ok := bounds[rule.Word(given.kind)]; given.kind != nil && !ok {
			wrong = append(wrong, rule.Unknown(given.at, "Kies de soort dienstverlener van artikel 2 van bijlage 10: a, b, c, d of e."))
		}
	}
	if p := rule.Word(o.Precedence); p != "" && p != "lower" && p != "higher" {
		wrong = append(wrong, rule.Unknown("/precedence", "Kies “lower” of “higher”."))
	}
	for _, given := range []struct {
		at   string
		size *money.Decimal
	}{{"/fte_directly_engaged_in_financial_services", o.Staff}, {"/balance_sheet_total_eur", o.Balance}, {"/total_staff_fte", o.TotalStaff}} {
		if given.size != nil && given.size.Sign() < 0 {
			wrong = append(wrong, fault.Detail{Pointer: given.at, Reason: canon.CodeRange, Text: "Geef een getal van nul of meer."})
		}
	}
	return wrong
}

// unanswered reports whether a request for the size was not met in its term.
func (o Offender) unanswered() bool { return rule.Fails(o.Answered) && !rule.Fails(o.Requested) }

// withheld reports whether the size was not made available. An answer in time
// mends that.
func (o Offender) withheld() bool {
	return strings.ReplaceAll(rule.Word(o.SizeData), "_", " ") == "not supplied" && !rule.Holds(o.Answered)
}

// measure returns the size by which this type is placed.
func (o Offender) measure(kind string) *money.Decimal {
	if kind == "e" {
		return o.Staff
	}
	return o.Balance
}

// size returns the factor, which is also the number of the category: 0 where
// nothing tells it. It says why.
func (o Offender) size(why *rule.Why) int {
	kind, other := rule.Word(o.Type), rule.Word(o.AlsoType)
	if o.unanswered() {
		why.Say("category_unanswered", "bijlage10:3:3")
		return 5
	}
	if kind == "" {
		kind, other = other, ""
	}
	if kind == "" {
		why.Say("type_unknown", "bijlage10:2")
		return 0
	}
	if o.withheld() || o.measure(kind) == nil {
		if kind == "e" && o.TotalStaff != nil {
			why.Say("fte_counts_client_staff", "bijlage10:3:1")
		}
		if rule.Holds(o.Requested) && o.Answered == nil {
			why.Say("size_awaited", "bijlage10:3:3")
		} else {
			why.Say("size_unknown", "bijlage10:3:3")
		}
		return 0
	}
	size := o.placed(kind, why)
	if other != "" && other != kind && o.measure(other) != nil {
		size = o.chosen(kind, other, size, why)
	}
	if kind == "e" && o.TotalStaff != nil {
		why.Say("fte_counts_client_staff", "bijlage10:3:1")
	}
	return size
}

// atMost is the size under the reading of two types that weighs heaviest, the same
// as size where precedence was chosen.
func (o Offender) atMost() int {
	if rule.Word(o.Precedence) == "" {
		o.Precedence = new("higher")
	}
	return o.size(&rule.Why{})
}

// placed returns the category of this type and says so. A bound belongs to the
// category that it opens: "at least" and "less than".
func (o Offender) placed(kind string, why *rule.Why) int {
	size, n := 1, *o.measure(kind)
	for _, from := range bounds[kind] {
		if n.Cmp(from) >= 0 {
			size++
		}
	}
	unit := " euro"
	if kind == "e" {
		unit = " fte"
	}
	why.Say("category_by_size", "bijlage10:3:1", "size", n.String()+unit, "type", kind, "category", categories[size], "factor", string(rune('0'+size)))
	if kind == "a" && size >= 3 {
		why.Say("mixed_number_format", "bijlage10:3:1")
	}
	return size
}

// chosen weighs the second type of an insurer of two types.
func (o Offender) chosen(kind, other string, size int, why *rule.Why) int {
	second := o.placed(other, why)
	code, result := "two_types_lower", min(size, second)
	switch {
	case size == second:
		code = "two_types_same"
	case rule.Word(o.Precedence) == "higher":
		code, result = "two_types_higher", max(size, second)
	}
	why.Say(code, "bijlage10:2", "type", kind, "other", other)
	return result
}
