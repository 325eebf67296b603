package disclosure

import (
	"cmp"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// DocumentIn describes a standard document as far as its article looks at it.
type DocumentIn struct {
	Document     *string        `json:"document"`
	Kind         *string        `json:"kind"` // of credit; revolving when absent
	LimitsShown  *money.Decimal `json:"limits_shown"`
	Limit        *money.Decimal `json:"limit"`
	Monthly      *money.Decimal `json:"monthly_shown"`
	Criteria     *money.Decimal `json:"criteria_examples"`
	RateSentence *string        `json:"rate_sentence"`
	EarlyFee     *bool          `json:"early_fee"` // one is due at early repayment
	FeeExamples  *money.Decimal `json:"early_fee_examples"`
	FeeStated    *bool          `json:"early_fee_stated"`
	Extra        *[]string      `json:"extra_topics"`
	Container    *string        `json:"container"` // the document it stands in
	Separated    *bool          `json:"graphically_separated"`
	Topics       *[]string      `json:"topics"` // letters of the document's own article, and other words
	Called       *string        `json:"called"`
	Personal     *bool          `json:"personalised"`
	Affiliates   *bool          `json:"affiliate_transactions"`
	Tied         *bool          `json:"tied_contract"` // another contract must be made too
	Clause       *string        `json:"clause"`        // the provision of the Wck that the tying clause falls under
	Choice       *bool          `json:"choice_statement"`
	Credit602    *bool          `json:"credit_60_2"`
	Register     *bool          `json:"register_statements"`
}

// rateSentence is prescribed literally by article 36(3)(h).
const rateSentence = "De effectieve rente op jaarbasis is een prijsaanduiding voor het krediet. Hierin komen alle kosten van het krediet tot uitdrukking."

// A form is what an article says of its document.
type form struct {
	topics   string // letters that must be treated
	optional string // letters that may be
	lid      ident.Norm
	closed   ident.Norm // nothing else may stand in it
}

var forms = map[string]form{
	"credit_prospectus": {"abdegh", "cf", "bfd:36:3", "bfd:36:7"},
	"object_prospectus": {"abcdefgij", "h", "bfd:35:3", "bfd:35:4"},
	"leaflet_39_1":      {"abcdefg", "h", "bfd:39:1", "bfd:39:3"},
	"leaflet_39_2":      {"abcdefgh", "i", "bfd:39:2", "bfd:39:3"},
	"offer":             {lid: "bfd:28:12"},
}

// Check asks for a document and a kind of credit that are known.
func (in DocumentIn) Check() (wrong []fault.Detail) {
	const text = "Kies credit_prospectus, object_prospectus, leaflet_39_1, leaflet_39_2 of offer."
	if _, known := forms[rule.Word(in.Document)]; in.Document == nil {
		wrong = append(wrong, rule.Missing("/document", text))
	} else if !known {
		wrong = append(wrong, rule.Unknown("/document", text))
	}
	return append(wrong, wantWord("/kind", in.Kind, "Kies revolving of non_revolving.", "revolving", "non_revolving")...)
}

// DocumentOut is the answer of DocumentCheck.
type DocumentOut struct {
	rule.Why
	Compliant *bool             `json:"compliant"`
	Violated  []ident.Norm      `json:"violated,omitempty"`
	Tariff    canon.Opt[string] `json:"tariff"` // null: the table has none for the first
	CountOK   *bool             `json:"count_ok"`
	Missing   []string          `json:"missing,omitempty"`
	Reason    string            `json:"reason,omitempty"` // a ban that only the note holds
}

// DocumentCheck decides whether a prospectus, leaflet or offer holds what it must
// and nothing else. Norms bfd:28:12, 35:3, 35:4, 36:3-7 and 39:1-3.
var DocumentCheck = rule.New("document_check", 1, []ident.Norm{
	"bfd:28:12", "bfd:35:3", "bfd:35:3:h", "bfd:35:4", "bfd:36:3", "bfd:36:3:b", "bfd:36:3:c", "bfd:36:3:f:2", "bfd:36:3:h", "bfd:36:4", "bfd:36:5:a",
	"bfd:36:5:d", "bfd:36:6:a", "bfd:36:6:d", "bfd:36:7", leaflet, "bfd:39:1", "bfd:39:2", "bfd:39:2:h", "bfd:39:3",
}, documentCheck, rule.Profile(rule.Bfd2005), rule.Texts(documentTexts))

func documentCheck(in DocumentIn) DocumentOut {
	var f law.Finding
	var out DocumentOut
	name := *in.Document
	own := forms[name]
	out.topics(in, own, &f)
	if name == "credit_prospectus" {
		out.examples(in, &f)
		statements(in, &f)
		earlyRepayment(in, &f)
	}
	if in.Limit != nil && in.Monthly != nil && belowFloor(*in.Monthly, *in.Limit) && (name == "credit_prospectus" || name == "offer") {
		f.Hold("bfd:28:12", "below_floor")
	}
	isLeaflet := strings.HasPrefix(name, "leaflet") || slices.Contains([]string{"financiële bijsluiter", "financial leaflet"}, rule.Word(in.Called))
	if isLeaflet && rule.Holds(in.Personal) {
		out.Reason = "leaflet_must_use_reference_persons"
		f.Say("personal", leaflet)
	}
	if out.Reason != "" {
		f.Breach = law.Held(f.Violated...)
		f.Compliant = new(false)
	} else {
		f.Close("in_order", own.lid)
	}
	out.Why, out.Compliant, out.Violated = f.Why, f.Compliant, f.Violated
	switch {
	case f.Tariff != "":
		out.Tariff = canon.Some(f.Tariff)
	case len(f.Violated) > 0:
		out.Tariff = canon.Null[string]()
	}
	return out
}

// belowFloor reports whether a monthly charge lies below 2% of the limit or sum.
func belowFloor(monthly, of money.Decimal) bool {
	return monthly.Cmp(of.Mul(money.MustParse("0.02"))) < 0
}

// topics holds what is treated against the letters of the article.
func (out *DocumentOut) topics(in DocumentIn, own form, f *law.Finding) {
	name := *in.Document
	required, extra := own.topics, []string{}
	if in.Extra != nil {
		extra = slices.Clone(*in.Extra)
	}
	given := in.Topics
	if given != nil && name == "leaflet_39_2" && among(given, "tax") {
		given = new(append(slices.Clone(*given), "h"))
		f.Say("tax_is_h", "bfd:39:2:h")
	}
	if name == "object_prospectus" && rule.Holds(in.Affiliates) {
		required += "h"
	}
	if name == "credit_prospectus" && !rule.Holds(in.Credit602) {
		required += "c"
	}
	if name == "credit_prospectus" && rule.Holds(in.Tied) {
		required += "f"
	}
	if given != nil && own.topics != "" {
		for _, t := range *given {
			known := len(t) == 1 && strings.Contains(own.topics+own.optional, t)
			if !known && (name != "leaflet_39_2" || t != "tax") {
				extra = append(extra, t)
			}
		}
		if out.Missing = lacking(required, given, nil); out.Missing != nil {
			slices.Sort(out.Missing)
			f.Hold(own.lid, "missing", "letters", strings.Join(out.Missing, ", "))
		}
	}
	if name == "leaflet_39_2" {
		extra = slices.DeleteFunc(extra, func(t string) bool { return t == "tax" })
	}
	apart := rule.Holds(in.Separated) || in.Container != nil && in.Separated == nil
	mixed := len(extra) > 0 && !apart || in.Container != nil && rule.Fails(in.Separated)
	switch {
	case own.closed == "":
	case mixed:
		f.Hold(own.closed, "mixed", "topics", cmp.Or(strings.Join(extra, ", "), rule.Word(in.Container)))
		if own.closed == "bfd:35:4" {
			f.Say("no_tariff", "bfd:35:4")
		}
	case apart:
		f.Say("apart", own.closed)
	}
}

// examples holds the counts of a credit prospectus against article 36.
func (out *DocumentOut) examples(in DocumentIn, f *law.Finding) {
	if in.LimitsShown != nil {
		four := in.LimitsShown.Cmp(money.Whole(4)) == 0
		if out.CountOK = &four; !four {
			f.Hold(in.byKind("bfd:36:5:a", "bfd:36:6:a"), "not_four")
		}
	}
	if in.Criteria != nil && in.Criteria.Cmp(money.Whole(2)) < 0 {
		f.Hold("bfd:36:3:b", "few_criteria")
	}
	if in.RateSentence != nil && *in.RateSentence != rateSentence {
		f.Hold("bfd:36:3:h", "other_sentence")
		f.Say("refers_28_7", "bfd:36:3:h")
	}
}

func (in DocumentIn) byKind(revolving, other ident.Norm) ident.Norm {
	if rule.Word(in.Kind) == "non_revolving" {
		return other
	}
	return revolving
}

// statements holds what a credit prospectus must say against 36(3)(c) and (f).
func statements(in DocumentIn, f *law.Finding) {
	if rule.Fails(in.Register) {
		if rule.Holds(in.Credit602) {
			f.Say("register_exempt", "bfd:36:3:c")
		} else {
			f.Hold("bfd:36:3", "no_register")
		}
	}
	if !rule.Holds(in.Tied) || !rule.Fails(in.Choice) {
		return
	}
	if rule.Word(in.Clause) == "wck:33:b:2" {
		f.Say("clause_exempt", "bfd:36:4")
		return
	}
	f.Hold("bfd:36:3", "no_choice")
}

// earlyRepayment holds the fee at early repayment against 36(5)(d) and (6)(d).
func earlyRepayment(in DocumentIn, f *law.Finding) {
	if !rule.Holds(in.EarlyFee) {
		return
	}
	norm := in.byKind("bfd:36:5:d", "bfd:36:6:d")
	if rule.Fails(in.FeeStated) {
		f.Hold(norm, "fee_not_stated")
	}
	if in.FeeExamples != nil && in.FeeExamples.Cmp(money.Whole(1)) < 0 {
		if norm == "bfd:36:6:d" {
			f.Hold(norm, "no_fee_example")
		} else {
			f.Say("no_example_needed", norm)
		}
	}
}

var documentTexts = map[string]string{
	"in_order":          "Het stuk bevat wat het moet bevatten en niets anders, voor zover hier opgegeven.",
	"missing":           "Deze onderdelen worden niet behandeld: {letters}.",
	"mixed":             "Het stuk bevat ook andere informatie, die er niet duidelijk van is gescheiden: {topics}.",
	"no_tariff":         "Bijlage 10 geeft artikel 35, vierde lid, geen tarief, terwijl dezelfde regel in de artikelen 36 en 39 er wel een heeft.",
	"apart":             "Andere informatie mag in hetzelfde document, als zij grafisch duidelijk van dit stuk is gescheiden.",
	"tax_is_h":          "Fiscale aspecten horen in deze bijsluiter: artikel 39, tweede lid, onderdeel h.",
	"not_four":          "Er staan geen vier representatieve limieten of sommen in. Het moeten er precies vier zijn.",
	"few_criteria":      "Er staan minder dan twee voorbeelden van de criteria in.",
	"other_sentence":    "De zin over de effectieve rente wijkt af van de voorgeschreven bewoordingen.",
	"refers_28_7":       "Onderdeel h verwijst naar artikel 28, zevende lid; de aanduiding staat in het negende lid.",
	"no_register":       "De vermeldingen over de kredietregistratie ontbreken.",
	"register_exempt":   "Bij krediet als bedoeld in artikel 60, tweede lid, hoeven de vermeldingen over kredietregistratie niet.",
	"no_choice":         "De consument moet nog een overeenkomst sluiten. Het stuk zegt niet dat hij zelf mag kiezen met wie.",
	"clause_exempt":     "Bij een beding als bedoeld in artikel 33, onderdeel b, onder 2°, van de Wet op het consumentenkrediet hoeft die vermelding niet.",
	"fee_not_stated":    "De vergoeding bij vervroegde aflossing is niet genoemd.",
	"no_fee_example":    "Bij niet-doorlopend krediet hoort ten minste één rekenvoorbeeld van de vergoeding bij vervroegde aflossing.",
	"no_example_needed": "Bij doorlopend krediet hoeft geen rekenvoorbeeld van deze vergoeding.",
	"below_floor":       "De getoonde maandlast is lager dan 2% van de limiet of som. Die ondergrens geldt ook buiten reclame.",
	"personal":          "Een financiële bijsluiter rekent met maatmensen. Informatie op maat mag, maar mag niet als bijsluiter worden gepresenteerd (toelichting bij artikel 38).",
}
