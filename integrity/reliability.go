package integrity

import (
	"slices"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// ReliabilityIn asks about a person who works under the responsibility of a
// provider. What is absent is not at issue.
type ReliabilityIn struct {
	ClientContact      *bool          `json:"client_contact"` // of substance; to put a caller through is none
	VOG                *bool          `json:"vog"`            // can show a certificate of conduct (verklaring omtrent het gedrag)
	Bankrupt           *bool          `json:"bankrupt"`       // was declared bankrupt before
	Rehabilitated      *bool          `json:"rehabilitated"`  // article 212 of the bankruptcy act
	ProviderType       *string        `json:"provider_type"`
	Employment         *string        `json:"employment"` // such as "temp"; any is within reach
	StartedAtProvider  *calendar.Date `json:"started_at_provider"`
	ClientContactSince *calendar.Date `json:"client_contact_since"` // where that came later than the start
	Commencement       *calendar.Date `json:"commencement"`         // of the Act (Wfd)
	Article81          *string        `json:"article_81"`           // reading: "article" (lifts 6(2)) or "memorandum" (lifts the whole of 6)
	SameDayCounts      *bool          `json:"same_day_counts"`      // reading: who starts on the day of commencement was already there
}

// exempt are the banks and insurers of articles 13 and 14 Wfd.
var exempt = []string{"bank", "insurer", "bank_wfd13", "bank_wfd14", "insurer_wfd13", "insurer_wfd14"}

// Check asks for a known reading.
func (in ReliabilityIn) Check() []fault.Detail {
	if a := rule.Word(in.Article81); in.Article81 != nil && a != "article" && a != "memorandum" {
		return []fault.Detail{rule.Unknown("/article_81", "Kies article of memorandum.")}
	}
	return nil
}

// ReliabilityOut is the answer of Reliability.
type ReliabilityOut struct {
	rule.Why
	Reliable  *bool `json:"reliable"`              // absent where 6(2) does not apply, or nothing it asks was given
	InScope   bool  `json:"in_scope"`              // article 6(1) reaches this person
	Criterion bool  `json:"criterion_6_2_applies"` // certificate and bankruptcy decide
}

// Reliability1 decides whom article 6 reaches, by what they are measured and
// whether they meet it. Who was there before the Act it takes from days alone.
//
// Norms bfd:6:1, bfd:6:2, and bfd:81 for those who were already with the same
// provider. The staff of banks and insurers under articles 13 and 14 Wfd are out
// of reach (note to 6).
var Reliability1 = rule.New("reliability", 1, []ident.Norm{"bfd:6:1", "bfd:6:2", "bfd:81"},
	func(in ReliabilityIn) ReliabilityOut {
		return reliability(in, func(out *ReliabilityOut) bool { return out.alreadyThere(in) })
	}, rule.Profile(rule.Bfd2005), rule.Texts(reliabilityTexts))

var reliabilityTexts = map[string]string{
	"no_client_contact":       "Deze persoon heeft geen inhoudelijk contact met klanten. Artikel 6 geldt niet; alleen doorverbinden telt niet als contact.",
	"bank_or_insurer":         "De dienstverlener is een bank of verzekeraar als bedoeld in artikel 13 of 14 Wfd. Artikel 6 geldt niet voor zijn klantmedewerkers.",
	"in_scope":                "Deze persoon houdt zich onder verantwoordelijkheid van de dienstverlener rechtstreeks bezig met financiële dienstverlening. Zijn betrouwbaarheid moet buiten twijfel staan.",
	"other_person":            "Artikel 6 geldt ook voor anderen dan werknemers, zoals uitzendkrachten en gedetacheerden.",
	"already_there":           "Deze persoon deed dit werk al bij deze dienstverlener toen de wet in werking trad, op {commencement}. Artikel 6, tweede lid, geldt dan niet.",
	"already_there_note":      "De toelichting zegt dat artikel 6 dan in het geheel niet geldt. Artikel 81 zondert alleen het tweede lid uit, en het artikel gaat voor.",
	"already_there_whole":     "Gekozen is voor de lezing van de toelichting: voor wie dit werk al bij deze dienstverlener deed, geldt artikel 6 in het geheel niet.",
	"started_later":           "Deze persoon begon niet vóór {commencement} met dit werk bij deze dienstverlener. De uitzondering van artikel 81 geldt dan niet.",
	"same_day":                "Deze persoon begon op de dag waarop de wet in werking trad. ‘Reeds’ is hier gelezen als: vóór die dag. Met same_day_counts kiest u de andere lezing.",
	"commencement_assumed":    "De dag waarop de wet in werking trad, is niet opgegeven en staat niet in de bron. Aangenomen is {commencement}.",
	"no_certificate":          "Deze persoon kan geen verklaring omtrent het gedrag tonen.",
	"certificate":             "Deze persoon kan een verklaring omtrent het gedrag tonen.",
	"bankrupt":                "Deze persoon is eerder failliet verklaard en niet gerehabiliteerd.",
	"rehabilitated":           "Deze persoon is eerder failliet verklaard, maar gerehabiliteerd.",
	"not_bankrupt":            "Deze persoon is niet eerder failliet verklaard.",
	"reliability_not_decided": "Over de verklaring omtrent het gedrag en een faillissement is niets opgegeven. Of deze persoon betrouwbaar is, is niet beoordeeld.",
	"measured_otherwise":      "Zijn betrouwbaarheid moet nog steeds buiten twijfel staan. Het besluit zegt niet waaraan dat dan wordt gemeten.",
}

// reliability decides; lifted says whether article 81 lifts the criterion.
func reliability(in ReliabilityIn, lifted func(*ReliabilityOut) bool) ReliabilityOut {
	var out ReliabilityOut
	switch {
	case slices.Contains(exempt, rule.Word(in.ProviderType)):
		out.Say("bank_or_insurer", "bfd:6:1")
		return out
	case rule.Fails(in.ClientContact):
		out.Say("no_client_contact", "bfd:6:1")
		return out
	}
	there := lifted(&out)
	if there && rule.Word(in.Article81) == "memorandum" {
		out.Say("already_there_whole", "bfd:81")
		return out
	}
	out.InScope, out.Criterion = true, !there
	out.Say("in_scope", "bfd:6:1")
	if e := rule.Word(in.Employment); e != "" && e != "employee" {
		out.Say("other_person", "bfd:6:1")
	}
	if there {
		out.Say("already_there_note", "bfd:81")
		out.Say("measured_otherwise", "bfd:6:1")
		return out
	}
	out.measure(in)
	return out
}

// alreadyThere reports whether article 81 lifts the criterion: the person dealt
// with clients for this provider when the Act entered into force.
func (out *ReliabilityOut) alreadyThere(in ReliabilityIn) bool {
	if in.StartedAtProvider == nil && in.ClientContactSince == nil {
		return false
	}
	var since calendar.Date
	for _, d := range []*calendar.Date{in.StartedAtProvider, in.ClientContactSince} {
		if d != nil && d.After(since) {
			since = *d
		}
	}
	commencement := out.commencement(in)
	if since == commencement && !rule.Holds(in.SameDayCounts) {
		out.Say("same_day", "bfd:81")
	}
	if since.Before(commencement) || (since == commencement && rule.Holds(in.SameDayCounts)) {
		out.Say("already_there", "bfd:81", "commencement", commencement.String())
		return true
	}
	out.Say("started_later", "bfd:81", "commencement", commencement.String())
	return false
}

// commencement is the day on which the Act entered into force: as given, or as assumed.
func (out *ReliabilityOut) commencement(in ReliabilityIn) calendar.Date {
	if in.Commencement != nil {
		return *in.Commencement
	}
	out.Say("commencement_assumed", "bfd:81", "commencement", assumedCommencement.String())
	return assumedCommencement
}

// measure holds the person against 6(2). Of two facts the absent one is not at
// issue; without either there is nothing to decide.
func (out *ReliabilityOut) measure(in ReliabilityIn) {
	if in.VOG == nil && in.Bankrupt == nil {
		out.Say("reliability_not_decided", "bfd:6:2")
		return
	}
	switch {
	case rule.Holds(in.VOG):
		out.Say("certificate", "bfd:6:2")
	case in.VOG != nil:
		out.Say("no_certificate", "bfd:6:2")
	}
	lapsed := rule.Holds(in.Bankrupt) && !rule.Holds(in.Rehabilitated)
	switch {
	case lapsed:
		out.Say("bankrupt", "bfd:6:2")
	case rule.Holds(in.Bankrupt):
		out.Say("rehabilitated", "bfd:6:2")
	case in.Bankrupt != nil:
		out.Say("not_bankrupt", "bfd:6:2")
	}
	out.Reliable = new(!rule.Fails(in.VOG) && !lapsed)
}
