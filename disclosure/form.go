package disclosure

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// FormIn asks whether information came in the form it must have.
type FormIn struct {
	Medium       *string `json:"medium"`
	Durable      *bool   `json:"durable_medium"` // decides for words not known here, and for a site that lets the consumer keep it
	AddressKnown *bool   `json:"address_known"`
	Checked      *bool   `json:"means_checked"`     // that the consumer can read it
	Saved        *bool   `json:"saved_by_consumer"` // at the consumer's own risk
}

// The carriers, by what article 26 and its note make of them.
var (
	onPaper  = []string{"paper", "letter", "post", "fax", "written", "in_writing", "policy"}
	durable  = []string{"email", "e-mail", "cd_rom", "cd-rom", "diskette", "floppy", "hard_disk", "usb", "durable_medium"}
	fleeting = []string{"website", "internet", "online", "oral", "phone", "telephone", "voice", "spoken", "sms", "tv", "radio", "mailbox", "provider_space", "cloud_storage"}
)

// Check asks for a carrier that can be judged.
func (in FormIn) Check() []fault.Detail {
	if in.Durable != nil {
		return nil
	}
	return wantWord("/medium", in.Medium, "Kies paper, email, cd_rom, website of oral, of geef met durable_medium aan of het een duurzame drager is.", slices.Concat(onPaper, durable, fleeting)...)
}

// FormOut is the answer of DeliveryForm.
type FormOut struct{ law.Finding }

// DeliveryForm decides whether information for a consumer was given in writing,
// or on another durable medium that the consumer can read. Norm bfd:26:1.
var DeliveryForm = rule.New("delivery_form", 1, []ident.Norm{inWriting}, deliveryForm, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"not_durable":     "Dit is geen papier en geen duurzame drager. Een website is dat in beginsel niet: de consument kan de informatie er niet onveranderd bewaren.",
	"means_unchecked": "De informatie kwam op een duurzame drager, maar er is niet nagegaan of de consument die kan lezen.",
	"address_no_test": "Dat de consument een adres heeft gegeven is een aanwijzing, maar nog geen controle of hij de informatie kan openen.",
	"own_risk":        "Of de consument het bericht bewaart, is niet het risico van de dienstverlener.",
	"form_met":        "De vorm is in orde: op papier, of op een duurzame drager die de consument kan lezen.",
}))

func deliveryForm(in FormIn) FormOut {
	var out FormOut
	medium := rule.Word(in.Medium)
	keeps := rule.Holds(in.Durable) || in.Durable == nil && slices.Contains(durable, medium)
	switch {
	case medium == "" && in.Durable == nil, slices.Contains(onPaper, medium):
	case !keeps:
		out.Hold(inWriting, "not_durable")
	case rule.Fails(in.Checked):
		out.Hold(inWriting, "means_unchecked")
		if rule.Holds(in.AddressKnown) {
			out.Say("address_no_test", inWriting)
		}
	}
	if keeps && rule.Fails(in.Saved) {
		out.Say("own_risk", inWriting)
	}
	out.Close("form_met", inWriting)
	return out
}

// LanguageIn asks whether information came in a language it may have.
type LanguageIn struct {
	Language         *string `json:"language"`
	Requested        *bool   `json:"consumer_requested"`
	Agreed           *bool   `json:"provider_agreed"`
	ForeignLaw       *bool   `json:"foreign_law"` // the parties chose it
	Channel          *string `json:"channel"`
	Document         *string `json:"document"`
	RequestedBy      *string `json:"requested_by"`
	SupervisorAgreed *bool   `json:"supervisor_agreed"`
}

var (
	dutchWords = []string{"", "nl", "nld", "dut", "nl-NL", "nl-BE", "dutch", "Dutch", "nederlands", "Nederlands"}
	fundWords  = []string{"fund", "fund_manager", "manager", "investment_institution"}
)

// LanguageOut is the answer of DeliveryLanguage.
type LanguageOut struct{ law.Finding }

// DeliveryLanguage decides whether information, also that of an unsolicited
// call, is in Dutch or in a language that one of the three exceptions allows.
// Norm bfd:26:2. What shows that an exception is relied on must be given; its
// other condition, when absent, is taken as met.
var DeliveryLanguage = rule.New("delivery_language", 1, []ident.Norm{inDutch, "bfd:26:2:a", "bfd:26:2:b", "bfd:26:2:c", "bfd:43:1"}, deliveryLanguage,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"dutch":        "De informatie is in het Nederlands, of een andere taal is niet gebleken.",
		"spoken_too":   "Ook wat artikel 43 aan de telefoon voorschrijft, moet in het Nederlands, al is het mondeling.",
		"asked":        "De consument vroeg om deze taal en de dienstverlener stemde ermee in.",
		"law_chosen":   "Partijen hebben voor het recht van een andere staat gekozen.",
		"fund_leaflet": "Een beleggingsinstelling of beheerder vroeg om deze taal en de toezichthouder stemde ermee in.",
		"not_dutch":    "De informatie is niet in het Nederlands en geen van de drie uitzonderingen gaat op.",
	}))

func deliveryLanguage(in LanguageIn) LanguageOut {
	var out LanguageOut
	if rule.Word(in.Channel) == "cold_call" {
		out.Say("spoken_too", "bfd:43:1")
	}
	fund := slices.Contains(fundWords, rule.Word(in.RequestedBy)) && !rule.Fails(in.SupervisorAgreed) ||
		in.RequestedBy == nil && rule.Holds(in.SupervisorAgreed)
	switch {
	case slices.Contains(dutchWords, rule.Word(in.Language)):
		out.Close("dutch", inDutch)
	case rule.Holds(in.Requested) && !rule.Fails(in.Agreed):
		out.Close("asked", "bfd:26:2:a")
	case rule.Holds(in.ForeignLaw):
		out.Close("law_chosen", "bfd:26:2:b")
	case rule.Word(in.Document) == "leaflet_39_2" && fund:
		out.Close("fund_leaflet", "bfd:26:2:c")
	default:
		out.Hold(inDutch, "not_dutch")
		out.Close("", inDutch)
	}
	return out
}

// RepeatIn asks whether information that was given before must be given again.
type RepeatIn struct {
	Earlier   *string `json:"earlier_delivery"`
	Unchanged *bool   `json:"unchanged"`
	Directed  *bool   `json:"directed_at_consumer"` // decides for words not known here
}

var (
	toAll = []string{"newspaper_ad", "advertisement", "tv", "radio", "tv_ad", "radio_ad", "website", "billboard", "general_brochure", "print"}
	toOne = []string{"personal_brochure", "brochure", "offer", "personal_offer", "leaflet", "email", "letter", "prospectus"}
)

// Check asks for an earlier delivery that can be judged.
func (in RepeatIn) Check() []fault.Detail {
	if in.Directed != nil {
		return nil
	}
	return wantWord("/earlier_delivery", in.Earlier, "Kies newspaper_ad, website, personal_brochure of offer, of geef met directed_at_consumer aan of het aan deze consument was gericht.", slices.Concat(toAll, toOne)...)
}

// RepeatOut is the answer of RepeatNeeded.
type RepeatOut struct {
	rule.Why
	Again bool `json:"deliver_again"`
}

// RepeatNeeded decides whether information must be given again. What was given to
// this consumer and is still the same need not; what was addressed to the public
// was not given. Norm bfd:26:1, by the general part of the notes.
var RepeatNeeded = rule.New("repeat_needed", 1, []ident.Norm{inWriting}, repeatNeeded, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"public":    "Wat op een algemeen publiek was gericht, zoals een advertentie of een website, telt niet als verstrekt: het is niet bekend of het deze consument heeft bereikt.",
	"changed":   "De informatie is sindsdien veranderd. De consument heeft nog niet kunnen oordelen over wat nu geldt.",
	"given":     "De consument kreeg dezelfde informatie al, aan hem gericht. Zij hoeft niet nog eens.",
	"not_given": "Er is geen eerdere verstrekking opgegeven. De informatie moet worden gegeven.",
}))

func repeatNeeded(in RepeatIn) RepeatOut {
	out := RepeatOut{Again: true}
	directed := rule.Holds(in.Directed) || in.Directed == nil && slices.Contains(toOne, rule.Word(in.Earlier))
	switch {
	case in.Earlier == nil && in.Directed == nil:
		out.Say("not_given", inWriting)
	case !directed:
		out.Say("public", inWriting)
	case rule.Fails(in.Unchanged):
		out.Say("changed", inWriting)
	default:
		out.Again = false
		out.Say("given", inWriting)
	}
	return out
}
