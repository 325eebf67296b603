package complaint

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// RecordIn is what the administration holds of a complaint. Fields absent: what
// is recorded is not at issue.
type RecordIn struct {
	Channel   *string        `json:"channel"` // "letter" or "phone"
	Fields    *[]string      `json:"fields"`
	Identical *bool          `json:"identical"` // standard complaints, all handled in the same way
	Count     *money.Decimal `json:"count"`     // how many of them
	Grouped   *bool          `json:"grouped"`   // recorded by kind, with their number
}

// RecordOut says which onderdelen of article 51 the record lacks.
type RecordOut struct {
	rule.Why
	Compliant bool      `json:"compliant"`
	Violated  *[]string `json:"violated"`
	Tariff    string    `json:"tariff,omitempty"`
}

// broken returns the violated provisions and the tariff of the first in the decree.
func broken(norms ...ident.Norm) (*[]string, string) {
	list := make([]string, len(norms))
	for i, n := range norms {
		list[i] = string(n)
	}
	tariff, _ := law.TariffOf(norms)
	return &list, tariff
}

func record(in RecordIn) (out RecordOut) {
	var violated []ident.Norm
	breach := func(norm ident.Norm, code string) {
		if !slices.Contains(violated, norm) {
			violated = append(violated, norm)
		}
		out.Say(code, norm)
	}
	grouped := out.grouped(in, breach)
	if in.Fields != nil {
		out.fields(in, grouped, breach)
	}
	out.Compliant = len(violated) == 0
	if !out.Compliant {
		out.Violated, out.Tariff = broken(violated...)
	} else if len(out.Because) == 0 {
		out.Say("complete", "bfd:51")
	}
	return out
}

// grouped decides whether grouping by kind takes the place of a description of
// each: many complaints of one kind, handled in one way, with their number.
func (out *RecordOut) grouped(in RecordIn, breach func(ident.Norm, string)) bool {
	switch {
	case !rule.Holds(in.Grouped):
		return false
	case rule.Fails(in.Identical):
		breach("bfd:51::d", "grouped_unlike")
		return false
	case in.Count != nil && in.Count.Cmp(money.Whole(1)) <= 0:
		breach("bfd:51::d", "grouped_single")
		return false
	}
	out.Say("grouped", "bfd:51::d")
	return true
}

// fields holds the record against the onderdelen. A letter usually describes the
// complaint itself, a call does not. How a complaint was handled is its substance
// and its time: the one without the other is not enough.
func (out *RecordOut) fields(in RecordIn, grouped bool, breach func(ident.Norm, string)) {
	has := func(words ...string) bool {
		return slices.ContainsFunc(*in.Fields, func(f string) bool { return slices.Contains(words, f) })
	}
	if !has("name_address") {
		breach("bfd:51::a", "no_name")
	}
	received := has("complaint_and_received_date") || has("complaint") && has("received_date")
	switch {
	case received:
	case has("complaint"):
		breach("bfd:51::b", "no_received_date")
	default:
		breach("bfd:51::b", "no_complaint")
	}
	switch {
	case has("description") || grouped:
	case rule.Word(in.Channel) == "letter" && has("complaint_and_received_date", "complaint"):
		out.Say("letter_describes", "bfd:51::c")
	default:
		breach("bfd:51::c", "no_description")
	}
	switch {
	case has("handling") || grouped:
	case has("handling_content_only"):
		breach("bfd:51::d", "no_lead_time")
	default:
		breach("bfd:51::d", "no_handling")
	}
}

// Record is the rule on what is recorded of a complaint (article 51).
var Record = rule.New("complaint_record", 1, []ident.Norm{"bfd:51", "bfd:51::a", "bfd:51::b", "bfd:51::c", "bfd:51::d"}, record,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"complete":         "De administratie bevat alles wat artikel 51 vraagt. Zij hoeft niet centraal te zijn.",
		"no_name":          "De naam en het adres van de consument ontbreken.",
		"no_complaint":     "De ontvangen klacht, met de dag van ontvangst, ontbreekt.",
		"no_received_date": "De klacht is er, maar zonder de dag waarop zij is ontvangen.",
		"no_description":   "Een omschrijving van de klacht ontbreekt. Bij een telefonische klacht volstaat een korte telefoonnotitie.",
		"letter_describes": "De klachtbrief bevat meestal zelf al een omschrijving van de klacht. Dat volstaat.",
		"no_handling":      "Een beschrijving van de behandeling ontbreekt.",
		"no_lead_time":     "De beschrijving gaat alleen over de inhoud van de behandeling. Zij moet ook de doorlooptijd laten zien: wanneer is er gereageerd en wat volgde daarop.",
		"grouped":          "Standaardklachten die op gelijke wijze worden behandeld, mogen naar soort worden gerangschikt, met hun aantal.",
		"grouped_unlike":   "Deze klachten zijn niet van dezelfde soort of niet op gelijke wijze behandeld. Dan mag groeperen niet de plaats innemen van een beschrijving per klacht.",
		"grouped_single":   "Groeperen kan alleen bij soortgelijke klachten die veel voorkomen. Eén klacht is geen groep.",
	}))
