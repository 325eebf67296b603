package care

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// AftercareIn asks how the care of a firm stands beside the principles. Each part
// is answered where its facts are given.
type AftercareIn struct {
	Ambition              *bool          `json:"ambition"`               // formulated, with an approach
	Optout                *bool          `json:"optout"`                 // agreed with the client: no work during the term
	ConsequencesDiscussed *bool          `json:"consequences_discussed"` // of that choice
	LegalDutiesKept       *bool          `json:"legal_duties_kept"`      // such as to tell of material changes
	Channel               *string        `json:"channel"`                // such as "execution_only"; the principle holds for every one
	ExpectationsTold      *bool          `json:"expectations_told"`      // what the client may expect and what not
	Signal                *string        `json:"signal"`
	Count                 *money.Decimal `json:"count"`  // how often the signal came
	Action                *string        `json:"action"` // what the firm does on it
	Tool                  *string        `json:"tool"`   // such as "app" or "questionnaire"
	Consent               *bool          `json:"consent"`
	Evaluated             *bool          `json:"evaluated"` // whether it helps clients, in practice
	Claim                 *string        `json:"claim"`     // what is said of a gap, such as "violation"
}

// What a signal tells of.
const (
	distress = iota + 1
	underperformance
	lifeEvent
)

var signals = map[string]int{
	"reversed_direct_debit": distress, "arrears": distress, "payment_problems": distress, "cost_of_living": distress,
	"job_loss": distress, "death_of_partner": distress,
	"underperformance": underperformance,
	"life_event":       lifeEvent, "changed_wishes": lifeEvent,
}

// claims says of each claim about a gap in principles whether it is correct.
var claims = map[string]bool{
	"violation": false, "breach": false, "enforceable": false, "fine": false,
	"not_enforceable": true, "principle": true, "gap": true, "improvement": true, "dialogue": true,
}

// segmented are the actions that go beyond telling everybody the same.
var segmented = []string{"segment_and_prompt", "segmentation", "prompt", "segmented_prompt", "via_adviser", "call", "adviser_call", "personal_contact"}

// needConsent are the tools that work with the client's own financial data.
var needConsent = []string{"app", "dashboard", "account_information", "data_link"}

// Check asks for words by which the answer turns.
func (in AftercareIn) Check() (wrong []fault.Detail) {
	if in.Signal != nil && signals[*in.Signal] == 0 {
		wrong = append(wrong, rule.Unknown("/signal", "Kies reversed_direct_debit, arrears, underperformance of life_event."))
	}
	if _, known := claims[rule.Word(in.Claim)]; in.Claim != nil && !known {
		wrong = append(wrong, rule.Unknown("/claim", "Kies violation, principle, gap of not_enforceable."))
	}
	return wrong
}

// AftercareOut is the answer of Aftercare. Each part is absent where it was not at
// issue.
type AftercareOut struct {
	rule.Why
	Gap          string   `json:"gap,omitempty"`  // the first principle that is not followed
	Gaps         []string `json:"gaps,omitempty"` // all of them
	Enforceable  *bool    `json:"enforceable"`    // never of a principle; of legal duties this rule does not say
	Acceptable   *bool    `json:"acceptable"`
	Reason       string   `json:"reason,omitempty"`
	Improvement  string   `json:"improvement,omitempty"` // a good practice that is missing
	Improvements []string `json:"improvements,omitempty"`
	Action       string   `json:"action,omitempty"` // a good practice that fits the signal
	Correct      *bool    `json:"correct"`          // the claim is
}

// Aftercare holds what a firm does for clients during the term beside the
// principles and good practices of the AFM.
//
// Principles are not enforceable (afm:pri:status): who does not follow one has a
// gap, and no breach. Legal duties can never be excluded from care (afm:pri:optout).
var Aftercare = rule.New("aftercare", 1,
	[]ident.Norm{"afm:pri:1", "afm:pri:2", "afm:pri:3", "afm:pri:distress", "afm:pri:eo", "afm:pri:lifeevent", "afm:pri:optout", "afm:pri:status", "afm:pri:underperform"},
	aftercare, rule.Texts(map[string]string{
		"ambition_missing":      "De onderneming heeft niet vastgelegd wat zij in de beheerfase voor klanten wil betekenen en hoe zij dat aanpakt. Dat vraagt principe 1.",
		"ambition":              "De onderneming heeft een ambitie en een aanpak voor de beheerfase, zoals principe 1 vraagt.",
		"expectations_untold":   "Klanten horen niet wat zij wel en niet mogen verwachten. Dat vraagt principe 2.",
		"expectations_told":     "Klanten horen wat zij wel en niet mogen verwachten, zoals principe 2 vraagt.",
		"execution_only_too":    "Ook zonder advies moet duidelijk zijn wat de klant niet mag verwachten, en wanneer hij beter naar een adviseur kan gaan.",
		"not_evaluated":         "De onderneming toetst niet of haar dienstverlening klanten in de praktijk helpt. Dat vraagt principe 3.",
		"evaluated":             "De onderneming toetst of haar dienstverlening klanten helpt, zoals principe 3 vraagt.",
		"not_enforceable":       "De AFM kan op de principes niet handhaven. Zij vervangen de wettelijke eisen ook niet.",
		"claim_wrong":           "Wie een principe niet volgt, overtreedt daarmee geen regel.",
		"claim_right":           "Zo mag dit worden gezegd: het gaat om een principe, niet om een wettelijke eis.",
		"claim_of_law":          "Wettelijke zorgplichten zijn uitgesloten. Dat is wel een overtreding, maar van de wet en niet van een principe.",
		"optout_acceptable":     "De klant mag met de adviseur afspreken dat er in de beheerfase niets wordt gedaan.",
		"legal_duties_excluded": "Wettelijke zorgplichten, zoals het melden van wezenlijke wijzigingen, kunnen nooit worden uitgesloten.",
		"discuss_consequences":  "Bespreek met de klant wat deze keuze betekent: hij moet dan zelf opletten en op tijd contact opnemen.",
		"underperformance":      "De waardeontwikkeling valt tegen. Verdeel klanten in risicogroepen en zet wie dat nodig heeft aan tot actie: wie alleen informatie krijgt, komt mogelijk niet op tijd in actie.",
		"segmented":             "De waardeontwikkeling valt tegen, en de onderneming zet klanten gericht aan tot actie.",
		"distress":              "Er is een vroeg teken van betalingsproblemen. Benader de klant actief en via meer dan één kanaal, en help hem.",
		"no_threshold":          "De AFM noemt geen aantal. Elk teken is aanleiding om te laten beoordelen of contact nodig is.",
		"signal_zero":           "Het teken deed zich niet voor.",
		"life_event":            "De omstandigheden of wensen van de klant veranderen. Nodig hem op een laagdrempelige manier uit om te bespreken of onderhoud nodig is.",
		"consent_missing":       "De klant heeft geen toestemming gegeven om zijn financiële gegevens te gebruiken. Dit hulpmiddel kan zo niet worden ingezet.",
		"tool_acceptable":       "Dit hulpmiddel helpt om op tijd te zien of persoonlijk contact zinvol is.",
		"nothing_at_issue":      "Er is niets opgegeven dat van de principes afwijkt.",
	}))

func aftercare(in AftercareIn) AftercareOut {
	var out AftercareOut
	out.principle(in.Ambition, "principle_1", "afm:pri:1", "ambition", "ambition_missing")
	out.principle(in.ExpectationsTold, "principle_2", "afm:pri:2", "expectations_told", "expectations_untold")
	if rule.Fails(in.ExpectationsTold) && rule.Word(in.Channel) == "execution_only" {
		out.Say("execution_only_too", "afm:pri:eo")
	}
	out.principle(in.Evaluated, "principle_3", "afm:pri:3", "evaluated", "not_evaluated")
	if len(out.Gaps) > 0 {
		out.Gap, out.Enforceable = out.Gaps[0], new(false)
		out.Say("not_enforceable", "afm:pri:status")
	}
	out.optout(in)
	out.signal(in)
	out.tool(in)
	out.claim(in)
	if len(out.Improvements) > 0 {
		out.Improvement = out.Improvements[0]
	}
	if out.Because == nil {
		out.Say("nothing_at_issue", "afm:pri:status")
	}
	return out
}

func (out *AftercareOut) principle(followed *bool, gap string, norm ident.Norm, met, missed string) {
	switch {
	case rule.Holds(followed):
		out.Say(met, norm)
	case followed != nil:
		out.Gaps = append(out.Gaps, gap)
		out.Say(missed, norm)
	}
}

// optout judges the agreement that nothing is done. That legal duties are kept
// decides whether it is acceptable, with or without such an agreement.
func (out *AftercareOut) optout(in AftercareIn) {
	switch {
	case rule.Fails(in.LegalDutiesKept):
		out.Acceptable, out.Reason = new(false), "legal_duties_cannot_be_excluded"
		out.Say("legal_duties_excluded", "afm:pri:optout")
	case rule.Holds(in.Optout):
		out.Acceptable = new(true)
		out.Say("optout_acceptable", "afm:pri:optout")
	}
	if rule.Holds(in.Optout) && rule.Fails(in.ConsequencesDiscussed) {
		out.improve("discuss_consequences", "discuss_consequences", "afm:pri:optout")
	}
}

func (out *AftercareOut) improve(improvement, code string, norm ident.Norm) {
	out.Improvements = append(out.Improvements, improvement)
	out.Say(code, norm)
}

func (out *AftercareOut) signal(in AftercareIn) {
	if in.Signal == nil {
		return
	}
	if in.Count != nil && in.Count.Sign() <= 0 {
		out.Say("signal_zero", "afm:pri:distress")
		return
	}
	switch signals[*in.Signal] {
	case distress:
		out.Action = "early_multichannel_contact"
		out.Say("distress", "afm:pri:distress")
		if in.Count != nil {
			out.Say("no_threshold", "afm:pri:distress")
		}
	case underperformance:
		if slices.Contains(segmented, rule.Word(in.Action)) {
			out.Say("segmented", "afm:pri:underperform")
			return
		}
		out.improve("segment_and_prompt", "underperformance", "afm:pri:underperform")
	case lifeEvent:
		out.Action = "invite_review"
		out.Say("life_event", "afm:pri:lifeevent")
	}
}

// tool judges a tool that looks whether contact makes sense. An app with the
// client's financial data needs consent; silence on it is not at issue.
func (out *AftercareOut) tool(in AftercareIn) {
	if in.Tool == nil {
		return
	}
	if slices.Contains(needConsent, *in.Tool) && rule.Fails(in.Consent) {
		out.Acceptable = new(false)
		out.Say("consent_missing", "afm:pri:lifeevent")
		return
	}
	if out.Acceptable == nil {
		out.Acceptable = new(true)
	}
	out.Say("tool_acceptable", "afm:pri:lifeevent")
}

// claim judges what is said of a gap. Only the exclusion of legal duties is a
// violation, of the law.
func (out *AftercareOut) claim(in AftercareIn) {
	if in.Claim == nil {
		return
	}
	correct := claims[*in.Claim]
	switch {
	case correct:
		out.Say("claim_right", "afm:pri:status")
	case rule.Fails(in.LegalDutiesKept):
		correct = true
		out.Say("claim_of_law", "afm:pri:optout")
	default:
		out.Reason = "not_enforceable"
		out.Enforceable = new(false)
		out.Say("claim_wrong", "afm:pri:status")
		out.Say("not_enforceable", "afm:pri:status")
	}
	out.Correct = &correct
}
