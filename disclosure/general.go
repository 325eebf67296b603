package disclosure

import (
	"slices"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// GeneralIn asks whether a consumer got the information of article 30(1).
type GeneralIn struct {
	Product   *string   `json:"product"` // any: the article makes no difference
	Delivered *[]string `json:"delivered"`
	Before    *bool     `json:"before_contract"`
}

// generalItems are the words for each onderdeel of 30(1).
var generalItems = []struct {
	word string
	norm ident.Norm
}{
	{"name_address", "bfd:30:1:a"},
	{"nature_of_service", "bfd:30:1:b"},
	{"complaints_procedure", "bfd:30:1:c"},
	{"dispute_body", "bfd:30:1:c"},
	{"registration", "bfd:30:1:d"},
}

// GeneralOut is the answer of GeneralInformation.
type GeneralOut struct {
	law.Finding
	Missing []string `json:"missing,omitempty"`
}

// GeneralInformation decides whether a consumer got, before the contract, who the
// provider is, what it does, where to complain and how it is registered.
// Norm bfd:30:1.
var GeneralInformation = rule.New("general_information", 1, []ident.Norm{general, "bfd:30:1:a", "bfd:30:1:b", "bfd:30:1:c", "bfd:30:1:d"},
	generalInformation, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"missing":    "Dit onderdeel ontbreekt: {item}.",
		"too_late":   "De informatie kwam niet voor de overeenkomst.",
		"both_parts": "Onderdeel c vraagt twee dingen: de eigen klachtenprocedure en de geschilleninstantie.",
		"complete":   "De informatie van artikel 30 is gegeven, voor zover hier opgegeven.",
	}))

func generalInformation(in GeneralIn) GeneralOut {
	var out GeneralOut
	if rule.Fails(in.Before) {
		out.Hold(general, "too_late")
	}
	for _, item := range generalItems {
		if in.Delivered == nil || among(in.Delivered, item.word) || among(in.Delivered, string(item.norm[len("bfd:"):])) {
			continue
		}
		out.Missing = append(out.Missing, item.word)
		out.Hold(item.norm, "missing", "item", item.word)
	}
	if slices.Contains(out.Missing, "dispute_body") != slices.Contains(out.Missing, "complaints_procedure") {
		out.Say("both_parts", "bfd:30:1:c")
	}
	out.Close("complete", general)
	return out
}

// OralIn asks whether information could be given orally.
type OralIn struct {
	Product   *string           `json:"product"`
	Immediate *rule.Said        `json:"immediate_cover"` // needed; or how that showed, such as "express consent"
	Requested *bool             `json:"consumer_requested_oral"`
	After     canon.Opt[string] `json:"written_after"`   // when it followed in writing; null: not
	Checked   *bool             `json:"urgency_checked"` // nobody has to
}

var (
	asked    = []string{"express consent", "express_consent", "express request", "express_request", "requested", "yes", "needed"}
	notAsked = []string{"no", "none", "implied", "implied consent", "tacit consent", "not needed"}
	promptly = []string{"immediately", "immediately after", "at once", "without delay", "same day", "directly"}
)

// Check asks for a known product, and for how the urgency showed.
func (in OralIn) Check() (wrong []fault.Detail) {
	if in.Product != nil {
		wrong = wantKind(in.Product, chooseProduct)
	}
	if in.Immediate != nil && in.Immediate.Word != "" {
		wrong = append(wrong, wantWord("/immediate_cover", &in.Immediate.Word, "Kies true, false, “express consent” of “implied consent”.", slices.Concat(asked, notAsked)...)...)
	}
	return wrong
}

// OralOut is the answer of OralInformation.
type OralOut struct{ law.Finding }

// OralInformation decides whether information on an insurance might be given
// orally: when the consumer asked for it and cover is needed at once, and it
// follows in writing at once. Norm bfd:30:2; where the exception does not hold,
// bfd:26:1.
var OralInformation = rule.New("oral_information", 1, []ident.Norm{inWriting, atOnce}, oralInformation, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"no_insurance":   "De uitzondering geldt alleen voor een verzekering. De informatie moet schriftelijk.",
	"not_urgent":     "Onmiddellijke dekking was niet nodig: de consument heeft er niet uitdrukkelijk om gevraagd en er niet uitdrukkelijk mee ingestemd.",
	"not_requested":  "De consument heeft niet om mondelinge informatie gevraagd.",
	"consent_counts": "Uitdrukkelijk instemmen met directe dekking is genoeg, volgens de toelichting.",
	"no_check_duty":  "De dienstverlener hoeft niet na te gaan of de dekking echt dringend is.",
	"not_written":    "De informatie is niet onmiddellijk na de overeenkomst schriftelijk gegeven.",
	"oral_allowed":   "De informatie mocht mondeling en is daarna onmiddellijk schriftelijk gegeven, voor zover hier opgegeven.",
}))

func oralInformation(in OralIn) OralOut {
	var out OralOut
	urgent := in.Immediate == nil || in.Immediate.Is || slices.Contains(asked, in.Immediate.Word)
	if in.Product != nil && !kindOf(in.Product).insurance() {
		out.Hold(inWriting, "no_insurance")
	}
	if !urgent {
		out.Hold(inWriting, "not_urgent")
	}
	if rule.Fails(in.Requested) {
		out.Hold(inWriting, "not_requested")
	}
	if rule.Fails(in.Checked) {
		out.Say("no_check_duty", atOnce)
	}
	if urgent && in.Immediate != nil && in.Immediate.Word != "" {
		out.Say("consent_counts", atOnce)
	}
	if len(out.Violated) == 0 && in.After.Given && (in.After.Null || !slices.Contains(promptly, in.After.V)) {
		out.Hold(atOnce, "not_written")
	}
	out.Close("oral_allowed", atOnce)
	return out
}
