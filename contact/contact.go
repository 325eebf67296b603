// Package contact is the room of approaching a consumer unasked: the call, what
// follows it, and the message.
//
// Norms: articles 43 and 44 of the decree (Besluit financiële dienstverlening,
// 2005) with their notes. For call centres and who sends mailings. Here stand the
// rules; it keeps nothing yet.
package contact

import (
	"slices"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

const (
	callInfo  ident.Norm = "bfd:43:1"
	afterCall ident.Norm = "bfd:43:2"
)

// CallIn asks whether a call to a consumer went as it must.
type CallIn struct {
	Call         *string   `json:"call"` // "outbound", or "inbound": the consumer called
	Opening      *[]string `json:"opening"`
	Consent      *bool     `json:"express_consent"` // to being told less than article 41 asks
	Items        *[]string `json:"items"`
	Instructions *bool     `json:"practical_instructions"` // on how to rescind: not asked in a call
	Form         *string   `json:"form"`
}

// callItems are the words for each onderdeel of 43(1).
var callItems = []struct {
	word string
	norm ident.Norm
}{
	{"caller_identity_and_relation", "bfd:43:1:a"},
	{"main_features", "bfd:43:1:b"},
	{"total_costs", "bfd:43:1:c"},
	{"other_amounts", "bfd:43:1:d"},
	{"rescission_right", "bfd:43:1:e"},
	{"other_information_available", "bfd:43:1:f"},
}

// Check asks who called.
func (in CallIn) Check() []fault.Detail {
	if c := rule.Word(in.Call); in.Call != nil && c != "outbound" && c != "inbound" {
		return []fault.Detail{rule.Unknown("/call", "Kies outbound of inbound.")}
	}
	return nil
}

// CallOut is the answer of ColdCall.
type CallOut struct {
	law.Finding
	Applies   *bool    `json:"rule_applies"`
	Missing   []string `json:"missing,omitempty"`
	InWriting *bool    `json:"written_form_required"`
}

// ColdCall decides whether an unsolicited call opened plainly and, where the
// consumer expressly agreed to be told less, still told the six items. Norm
// bfd:43:1; without that consent bfd:41:1.
var ColdCall = rule.New("cold_call", 1, []ident.Norm{"bfd:41:1", "bfd:41:1:o", callInfo, "bfd:43:1:a", "bfd:43:1:b", "bfd:43:1:c", "bfd:43:1:d", "bfd:43:1:e", "bfd:43:1:f", "bfd:43:3"},
	coldCall, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"inbound":         "De consument belde zelf. Deze regels gelden alleen voor ongevraagde oproepen.",
		"opening":         "Aan het begin van het gesprek ontbrak: {missing}.",
		"no_consent":      "De consument heeft niet uitdrukkelijk ingestemd met minder informatie. Dan is alle informatie van artikel 41 nodig.",
		"missing":         "Dit onderdeel is niet verteld: {item}.",
		"no_instructions": "Praktische aanwijzingen over ontbinden hoeven niet in het gesprek; zij volgen met de andere informatie van artikel 41.",
		"spoken":          "Deze informatie mag mondeling.",
		"call_right":      "Het gesprek verliep zoals het moet, voor zover hier opgegeven.",
	}))

func coldCall(in CallIn) CallOut {
	var out CallOut
	outbound := rule.Word(in.Call) != "inbound"
	out.Applies = &outbound
	if !outbound {
		out.Close("inbound", callInfo)
		return out
	}
	if in.Opening != nil {
		for _, word := range []string{"identity", "commercial_purpose"} {
			if !slices.Contains(*in.Opening, word) {
				out.Hold(callInfo, "opening", "missing", word)
			}
		}
	}
	if rule.Fails(in.Consent) {
		out.Hold("bfd:41:1", "no_consent")
	} else if in.Items != nil {
		for _, item := range callItems {
			if !slices.Contains(*in.Items, item.word) {
				out.Missing = append(out.Missing, item.word)
				out.Hold(item.norm, "missing", "item", item.word)
			}
		}
	}
	if rule.Fails(in.Instructions) {
		out.Say("no_instructions", "bfd:43:1:e")
	}
	if in.Form != nil {
		out.InWriting = new(false)
		out.Say("spoken", "bfd:43:3")
	}
	out.Close("call_right", callInfo)
	return out
}

// AfterIn asks whether the information followed a contract made by voice.
type AfterIn struct {
	Product    *string           `json:"product"`
	Channel    *string           `json:"channel"`              // "voice" when absent
	Days       *money.Decimal    `json:"delivered_days_after"` // after the contract
	PolicyDays *money.Decimal    `json:"policy_days_after"`    // when the policy was handed over
	Delivered  canon.Opt[string] `json:"delivered"`            // null: not
	Medium     *string           `json:"medium"`
}

var (
	insurances = []string{"non_life", "life", "unit_linked_life", "term_life", "funeral_in_kind"}
	others     = []string{"consumer_credit", "mortgage_credit", "securities_credit", "credit", "savings", "payment", "investment_object", "securities", "complex", "complex_product", "funeral_fund_formation"}
	voices     = []string{"voice", "phone", "telephone"}
	channels   = []string{"sms", "email", "internet", "website", "letter", "fax", "branch"}
	atOnce     = []string{"immediately after", "immediately", "at once", "without delay", "same day", "before"}
	byPolicy   = []string{"with policy", "with the policy", "before policy"}
	tooLate    = []string{"after policy", "after the policy", "after", "later"}
	fleeting   = []string{"website", "phone", "oral", "voice"}
	lasting    = []string{"paper", "letter", "post", "email", "cd_rom", "fax", "durable_medium"}
)

func want(at string, word *string, text string, among ...string) []fault.Detail {
	if word == nil || slices.Contains(among, *word) {
		return nil
	}
	return []fault.Detail{rule.Unknown(at, text)}
}

// Check asks for words by which time and form can be judged.
func (in AfterIn) Check() []fault.Detail {
	wrong := want("/product", in.Product, "Kies non_life, life, funeral_in_kind, consumer_credit of savings.", slices.Concat(insurances, others)...)
	wrong = append(wrong, want("/channel", in.Channel, "Kies voice, sms, email of internet.", slices.Concat(voices, channels)...)...)
	if in.Delivered.Given && !in.Delivered.Null {
		wrong = append(wrong, want("/delivered", &in.Delivered.V, "Kies immediately after, with policy of after policy, of geef null.", slices.Concat(atOnce, byPolicy, tooLate)...)...)
	}
	return append(wrong, want("/medium", in.Medium, "Kies paper, email, website of phone.", slices.Concat(fleeting, lasting)...)...)
}

// AfterOut is the answer of AfterCall.
type AfterOut struct{ law.Finding }

// AfterCall decides whether, after a contract made by voice, all information of
// article 41 followed in writing: on the same day, of insurance at the latest with
// the policy. Norm bfd:43:2.
var AfterCall = rule.New("after_call", 1, []ident.Norm{"bfd:26:1", "bfd:42:2:a", "bfd:42:2:b", afterCall}, following, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"not_voice":    "De overeenkomst kwam niet via spraaktelefonie tot stand. Artikel 43, tweede lid, geldt niet.",
	"not_given":    "De informatie is na het gesprek niet gegeven.",
	"not_at_once":  "De informatie kwam niet onmiddellijk na de overeenkomst; onmiddellijk is hier gelezen als op dezelfde dag.",
	"after_policy": "De informatie kwam na de polis.",
	"policy_day":   "Bij een verzekering mag de informatie uiterlijk tegelijk met de polis komen. De dag daarvan is niet opgegeven.",
	"not_written":  "De informatie kwam niet op papier of een andere duurzame drager.",
	"followed":     "De informatie volgde op tijd, voor zover hier opgegeven.",
}))

func following(in AfterIn) AfterOut {
	var out AfterOut
	if in.Channel != nil && !slices.Contains(voices, *in.Channel) {
		out.Close("not_voice", afterCall)
		return out
	}
	insured := slices.Contains(insurances, rule.Word(in.Product)) || rule.Word(in.Product) == "funeral_fund_formation"
	word := in.Delivered.V
	switch {
	case in.Delivered.Null:
		out.Hold(afterCall, "not_given")
	case insured && (word == "after policy" || word == "after the policy" || in.Days != nil && in.PolicyDays != nil && in.Days.Cmp(*in.PolicyDays) > 0):
		out.Hold(afterCall, "after_policy")
	case insured && in.Days != nil && in.PolicyDays == nil:
		out.Say("policy_day", "bfd:42:2:a")
	case !insured && (in.Days != nil && in.Days.Sign() > 0 || word != "" && !slices.Contains(atOnce, word)):
		out.Hold(afterCall, "not_at_once")
	}
	if slices.Contains(fleeting, rule.Word(in.Medium)) {
		out.Hold("bfd:26:1", "not_written")
	}
	out.Close("followed", afterCall)
	return out
}
