package contact

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// MessageIn describes a message that a consumer did not ask for.
type MessageIn struct {
	Technique     *string        `json:"technique"`
	Human         *bool          `json:"human"` // a person takes part in the call
	Consent       *bool          `json:"prior_consent"`
	ConsentIn     *string        `json:"consent_contact"` // an "earlier" contact, or the "same"
	ConsentCost   *money.Decimal `json:"consent_cost"`
	Existing      *bool          `json:"existing_customer"`
	ObtainedIn    *string        `json:"obtained_in"` // "sale", or another occasion
	Similar       *bool          `json:"own_similar_product"`
	OptOutThen    *bool          `json:"optout_at_collection"`
	ObjectedThen  *bool          `json:"objected_at_collection"`
	OptOutNow     *bool          `json:"optout_in_message"`
	ObjectedLater *bool          `json:"objected_later"`
	Objected      *bool          `json:"objected"`
	ObjectionCost *money.Decimal `json:"objection_cost"`
	Identity      *bool          `json:"sender_identity"`
	StopAddress   *bool          `json:"stop_address"`
}

// A way is how article 44 sees a technique.
type way struct{ consent, electronic bool }

var ways = map[string]way{
	"automatic_call": {consent: true}, "fax": {consent: true},
	"email": {true, true}, "sms": {true, true}, "mms": {true, true}, "app_message": {true, true}, "whatsapp": {true, true},
	"human_call": {}, "phone": {}, "letter": {}, "post": {}, "visit": {},
}

// Check asks for a technique that article 44 tells apart.
func (in MessageIn) Check() []fault.Detail {
	const text = "Kies automatic_call, fax, email, sms, human_call of letter."
	if in.Technique == nil {
		return []fault.Detail{rule.Missing("/technique", text)}
	}
	if _, known := ways[*in.Technique]; !known {
		return []fault.Detail{rule.Unknown("/technique", text)}
	}
	return nil
}

// MessageOut is the answer of UnsolicitedMessage.
type MessageOut struct {
	rule.Why
	Allowed  bool         `json:"allowed"` // it breaches nothing of article 44
	Violated []ident.Norm `json:"violated,omitempty"`
	Tariff   string       `json:"tariff,omitempty"`
}

// UnsolicitedMessage decides whether a message to a consumer that promotes a
// distance contract breaches nothing of article 44: prior consent, or a customer's
// own address for similar products; no objection; at no cost; and plain who sends.
// Violated holds only 44(2), second sentence, and 44(4).
var UnsolicitedMessage = rule.New("unsolicited_message", 1, []ident.Norm{"bfd:44:1", "bfd:44:2", "bfd:44:3", "bfd:44:4", "bfd:44:4:a", "bfd:44:4:b"}, unsolicited,
	rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"no_consent":     "Voor deze techniek is voorafgaande toestemming nodig, en die is er niet.",
		"same_contact":   "De toestemming is in hetzelfde contact gevraagd. Zij moet in een eerder contact zijn gegeven.",
		"consent_costs":  "Aan toestemming geven waren kosten verbonden. Dat mag niet.",
		"own_customer":   "De gegevens komen van een verkoop aan een eigen klant, die steeds bezwaar kon maken. Dan is toestemming niet nodig.",
		"no_exception":   "De uitzondering voor eigen klanten gaat niet op: {failed}.",
		"objected":       "De consument wil deze berichten niet ontvangen.",
		"objection_cost": "Aan bezwaar maken waren kosten verbonden. Dat mag niet.",
		"with_human":     "Aan deze oproep doet een mens mee. Het regime van het tweede lid geldt.",
		"no_identity":    "Het bericht noemt niet namens wie het komt.",
		"no_stop":        "Het bericht noemt geen geldig adres of nummer om te stoppen.",
		"no_tariff":      "Bijlage 10 geeft het eerste, tweede en derde lid geen tarief.",
		"allowed":        "Het bericht is met niets van artikel 44 in strijd, voor zover hier opgegeven.",
	}))

func unsolicited(in MessageIn) MessageOut {
	var f law.Finding
	w := ways[*in.Technique]
	if *in.Technique == "automatic_call" && rule.Holds(in.Human) {
		w = way{}
		f.Say("with_human", "bfd:44:2")
	}
	breach := false
	against := func(norm ident.Norm, code string) { breach = true; f.Say(code, norm) }
	costs := in.ObjectionCost != nil && in.ObjectionCost.Sign() > 0
	objected := rule.Holds(in.Objected) || rule.Holds(in.ObjectedLater)
	switch {
	case !w.consent && costs:
		f.Hold("bfd:44:2", "objection_cost")
	case w.consent && costs:
		against("bfd:44:3", "objection_cost")
	}
	if objected {
		if w.consent {
			against("bfd:44:1", "objected")
		} else {
			against("bfd:44:2", "objected")
		}
	}
	if w.consent {
		if code := in.consent(); code != "" && (!w.electronic || !in.customer(&f)) {
			against("bfd:44:1", code)
		}
		if in.ConsentCost != nil && in.ConsentCost.Sign() > 0 {
			against("bfd:44:1", "consent_costs")
		}
	}
	if w.electronic && rule.Fails(in.Identity) {
		f.Hold("bfd:44:4:a", "no_identity")
	}
	if w.electronic && rule.Fails(in.StopAddress) {
		f.Hold("bfd:44:4:b", "no_stop")
	}
	out := MessageOut{Allowed: !breach && len(f.Violated) == 0}
	f.Breach = law.Held(f.Violated...)
	switch {
	case out.Allowed:
		f.Say("allowed", "bfd:44:1")
	case f.Tariff == "":
		f.Say("no_tariff", "bfd:44:1")
	}
	out.Why, out.Violated, out.Tariff = f.Why, f.Violated, f.Tariff
	return out
}

// consent returns why there is no prior consent, "" where there is or where it is
// not at issue. Absent beside facts on a customer it is none.
func (in MessageIn) consent() string {
	asCustomer := in.Existing != nil || in.ObtainedIn != nil || in.Similar != nil || in.OptOutThen != nil || in.ObjectedThen != nil || in.OptOutNow != nil
	switch {
	case rule.Fails(in.Consent), in.Consent == nil && asCustomer:
		return "no_consent"
	case rule.Word(in.ConsentIn) == "same":
		return "same_contact"
	}
	return ""
}

// customer reports whether the exception of article 44(3) holds. That somebody is
// a customer, or that the address came from a sale, must be given.
func (in MessageIn) customer(f *law.Finding) bool {
	if !rule.Holds(in.Existing) && rule.Word(in.ObtainedIn) != "sale" {
		return false
	}
	for _, c := range []struct {
		fails bool
		what  string
	}{
		{rule.Fails(in.Existing), "het is geen klant"},
		{in.ObtainedIn != nil && *in.ObtainedIn != "sale", "de gegevens komen niet van een verkoop"},
		{rule.Fails(in.Similar), "het gaat niet om een eigen gelijksoortig product"},
		{rule.Fails(in.OptOutThen), "bij het verkrijgen kon de consument geen bezwaar maken"},
		{rule.Holds(in.ObjectedThen), "de consument maakte bij het verkrijgen bezwaar"},
		{rule.Fails(in.OptOutNow), "het bericht biedt geen gelegenheid om bezwaar te maken"},
	} {
		if c.fails {
			f.Say("no_exception", "bfd:44:3", "failed", c.what)
			return false
		}
	}
	f.Say("own_customer", "bfd:44:3")
	return true
}
