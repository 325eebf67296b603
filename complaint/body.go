package complaint

import (
	"slices"
	"strings"

	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// BodyIn describes a dispute body (geschilleninstantie). What is absent is not at
// issue.
type BodyIn struct {
	Independent *bool          `json:"independent"`
	Expert      *bool          `json:"expert"`
	ChairDegree *string        `json:"chair_degree"`      // "law" for a master of laws
	Written     *bool          `json:"written_procedure"` // for the appointment of members
	Topics      *[]string      `json:"topics"`            // letters of article 55(1) that its rules settle
	Appeal      *bool          `json:"appeal_possible"`   // without it letter p asks nothing
	Challenge   *bool          `json:"challenge_offered"` // of a member (wraking)
	Challenges  *bool          `json:"challenge_rules"`
	Outcomes    *[]string      `json:"outcomes"` // "non_binding", "binding", "settlement"
	Consent     *bool          `json:"binding_prior_consent"`
	RulesFee    *money.Decimal `json:"rules_fee"` // what a copy of the rules costs
	FilingFee   *money.Decimal `json:"filing_fee"`
	Claim       *money.Decimal `json:"claim"`
	Months      *money.Decimal `json:"months"`    // that a dispute takes
	Condition   *string        `json:"condition"` // for joining the body
	CodeUsed    *bool          `json:"code_used"` // a code of the sector weighs in a decision
	CodeSigned  *bool          `json:"party_signed_code"`
}

// BodyOut says what the body breaches and whether it could be recognised as it
// is. Where the source gives no number, a person must look: Review says so and
// ViolatedIf what would be breached.
type BodyOut struct {
	rule.Why
	Compliant    *bool     `json:"compliant"`
	Recognisable *bool     `json:"recognisable"`
	Violated     *[]string `json:"violated"`
	Missing      *[]string `json:"missing"`
	Review       string    `json:"review,omitempty"`
	ViolatedIf   string    `json:"violated_if,omitempty"`
}

// A finding collects what a body breaches.
type finding struct {
	*BodyOut
	violated []ident.Norm
}

func (f *finding) breach(norm ident.Norm, code string, values ...string) {
	if !slices.Contains(f.violated, norm) {
		f.violated = append(f.violated, norm)
	}
	f.Say(code, norm, values...)
}

func body(in ConductIn) (out BodyOut) {
	f := &finding{BodyOut: &out}
	f.members(in.BodyIn)
	f.conduct(in)
	f.regulation(in.BodyIn)
	f.available(in)
	f.outcomes(in.BodyIn)
	f.joining(in.BodyIn)
	f.review(in.BodyIn)
	compliant := len(f.violated) == 0
	if compliant && out.Review != "" {
		return out // nothing is breached for certain, and a person must look
	}
	out.Compliant, out.Recognisable = &compliant, new(compliant)
	if compliant {
		f.Say("nothing_wrong", "bfd:53:1")
		return out
	}
	out.Violated, _ = broken(f.violated...)
	f.Say("not_recognisable", "bfd:53:1")
	return out
}

// members holds the organ against article 54.
func (f *finding) members(in BodyIn) {
	if rule.Fails(in.Independent) {
		f.breach("bfd:54:1", "not_independent")
	}
	if rule.Fails(in.Expert) {
		f.breach("bfd:54:1", "not_expert")
	}
	if in.ChairDegree != nil && !slices.Contains([]string{"law", "master_of_laws", "mr", "meester in de rechten"}, strings.ToLower(*in.ChairDegree)) {
		f.breach("bfd:54:3", "chair_no_lawyer")
	}
	if rule.Fails(in.Written) {
		f.breach("bfd:54:4", "procedure_not_written")
	}
}

// bodyTopics are the letters of article 55(1).
const bodyTopics = "abcdefghijklmnop"

// regulation holds the rules of the body against article 55, apart from the outcomes.
func (f *finding) regulation(in BodyIn) {
	if in.Topics != nil {
		missing := []string{}
		for _, letter := range strings.Split(bodyTopics, "") {
			lacks := !slices.Contains(*in.Topics, letter)
			switch {
			case !lacks || letter == "p" && rule.Fails(in.Appeal) || letter == "c" && rule.Fails(in.Challenge):
			default:
				missing = append(missing, letter)
				f.breach(ident.Norm("bfd:55:1:"+letter), "topic_missing", "letter", letter)
			}
		}
		f.Missing = &missing
	}
	if rule.Fails(in.Challenges) {
		if rule.Holds(in.Challenge) {
			f.breach("bfd:55:1:c", "challenge_without_rules")
		} else {
			f.Say("challenge_not_needed", "bfd:55:1:c")
		}
	}
	if in.RulesFee != nil && in.RulesFee.Sign() > 0 {
		f.breach("bfd:55:2", "rules_cost_money", "fee", in.RulesFee.String())
	}
}

// outcomes holds the ways in which a dispute can end against article 55(1)(k) and (l).
func (f *finding) outcomes(in BodyIn) {
	if in.Outcomes != nil {
		if slices.Contains(*in.Outcomes, "non_binding") {
			f.Say("non_binding_offered", "bfd:55:1:k")
		} else {
			f.breach("bfd:55:1:k", "no_non_binding")
		}
	}
	binding := in.Outcomes == nil || slices.Contains(*in.Outcomes, "binding")
	if binding && rule.Fails(in.Consent) {
		f.breach("bfd:55:1:l", "binding_without_consent")
	}
}

// about are conditions that do concern the bringing and handling of a dispute.
var about = []string{"procedure", "dispute", "filing", "handling", "geschil", "behandeling"}

// joining holds what the body asks of a firm against article 58.
func (f *finding) joining(in BodyIn) {
	condition := strings.ToLower(rule.Word(in.Condition))
	switch {
	case condition == "" || condition == "none":
	case slices.ContainsFunc(about, func(w string) bool { return strings.Contains(condition, w) }) && !strings.Contains(condition, "code"):
		f.Say("condition_about_disputes", "bfd:58")
	default:
		f.breach("bfd:58", "other_condition")
	}
	switch {
	case rule.Holds(in.CodeUsed) && rule.Fails(in.CodeSigned):
		f.breach("bfd:58", "code_not_signed")
	case rule.Holds(in.CodeUsed) && rule.Holds(in.CodeSigned):
		f.Say("code_signed", "bfd:58")
	}
}

// review names what the source gives no number for.
func (f *finding) review(in BodyIn) {
	if in.FilingFee != nil {
		f.Review, f.ViolatedIf = "human_review", "bfd:56"
		claim := "onbekende hoogte"
		if in.Claim != nil {
			claim = "€ " + in.Claim.String()
		}
		f.Say("fee_for_a_person", "bfd:56", "fee", in.FilingFee.String(), "claim", claim)
	}
	if in.Months != nil {
		if f.Review == "" {
			f.Review, f.ViolatedIf = "human_review", "bfd:57"
		}
		f.Say("months_for_a_person", "bfd:57", "months", in.Months.String())
	}
}

// DisputeBody1 is DisputeBody without whether a body keeps to its rules, has them at
// hand, and hears both sides whatever the procedure.
var DisputeBody1 = rule.New("dispute_body", 1,
	[]ident.Norm{"bfd:53:1", "bfd:54:1", "bfd:54:3", "bfd:54:4", "bfd:55:1", "bfd:55:1:c", "bfd:55:1:k", "bfd:55:1:l", "bfd:55:2", "bfd:56", "bfd:57", "bfd:58"},
	func(in BodyIn) BodyOut { return body(ConductIn{BodyIn: in}) }, rule.Profile(rule.Bfd2005), rule.Texts(bodyTexts))

var bodyTexts = map[string]string{
	"not_independent":          "Het orgaan dat geschillen behandelt, is niet onafhankelijk.",
	"not_expert":               "Het orgaan dat geschillen behandelt, is niet deskundig.",
	"chair_no_lawyer":          "De voorzitter is geen meester in de rechten. Dat moet wel.",
	"procedure_not_written":    "De procedure om leden te benoemen ligt niet schriftelijk vast.",
	"topic_missing":            "Het reglement regelt onderdeel {letter} van artikel 55, eerste lid, niet. De letters in de toelichting lopen niet gelijk met die van het artikel; die van het artikel zijn gebruikt.",
	"challenge_without_rules":  "Wraking is mogelijk, maar het reglement regelt dat niet.",
	"challenge_not_needed":     "Wraking hoeft niet mogelijk te zijn. Alleen als zij mogelijk is, moet het reglement dat regelen (toelichting).",
	"rules_cost_money":         "Het reglement kost € {fee}. Het moet kosteloos zijn voor iedere belanghebbende.",
	"non_binding_offered":      "Een geschil kan eindigen in een niet-bindend advies. Dat is verplicht; schikking en bindend advies mogen daarnaast.",
	"no_non_binding":           "Een geschil kan niet eindigen in een niet-bindend advies. Dan wordt de instantie niet erkend.",
	"binding_without_consent":  "Een bindend advies kan zonder dat partijen daarmee vooraf uitdrukkelijk hebben ingestemd. Dat mag niet.",
	"condition_about_disputes": "De voorwaarde voor aansluiting gaat over het aanhangig maken of behandelen van geschillen. Dat mag.",
	"other_condition":          "De voorwaarde voor aansluiting gaat over iets anders dan het aanhangig maken of behandelen van geschillen. Dat mag niet.",
	"code_not_signed":          "Een gedragscode telt mee in de uitspraak, maar de dienstverlener heeft die niet ondertekend. Dat mag niet.",
	"code_signed":              "De dienstverlener heeft de gedragscode zelf ondertekend. Dan mag eraan worden getoetst.",
	"fee_for_a_person":         "Een geschil aanhangig maken kost € {fee} bij een vordering van {claim}. De bron noemt geen grens: iemand moet beoordelen of dit de toegang onredelijk belemmert.",
	"months_for_a_person":      "De behandeling duurt {months} maanden. De bron zegt niet wat een redelijke termijn is: iemand moet dat beoordelen.",
	"not_recognisable":         "Zo kan de instantie niet worden erkend, en kan een erkenning worden ingetrokken.",
	"nothing_wrong":            "Er is niets gevonden dat erkenning in de weg staat.",
}
