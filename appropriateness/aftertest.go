package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// AfterIn asks whether a firm does right by a client after the test. What is
// absent is not at issue: of a warning whose words are not told, it is taken
// that they point to advice.
type AfterIn struct {
	Result            *string `json:"result" enum:"insufficient,sufficient"`
	Warned            *bool   `json:"warned"`
	AdviceRecommended *bool   `json:"advice_recommended"` // by the warning
	ConcludedEO       *bool   `json:"concluded_eo"`       // the product was concluded without advice
}

// Check asks for the result, on which all turns.
func (in AfterIn) Check() []fault.Detail {
	if in.Result != nil {
		return nil
	}
	return missing("/result", "Geef aan of het resultaat van de toets voldoende was.")
}

// AfterOut is the answer of AfterTest. Compliant is told of the warning, AFM and
// Legal of the conclusion; each only when it is at issue.
type AfterOut struct {
	rule.Why
	WarningNeeded bool         `json:"warning_needed"`
	Compliant     *bool        `json:"compliant"`
	Violated      []ident.Norm `json:"violated,omitempty"`
	Legal         string       `json:"legal,omitempty"` // "allowed"
	AFM           string       `json:"afm,omitempty"`   // "in_line" or "undesirable"
}

// AfterTest decides what the result asks of the firm, and whether it was done.
//
// Norms wft:4:24:3 and afm:ket:warn: after an insufficient result the client is
// warned, and the warning says that taking advice is wise. The law goes no
// further; the AFM finds it undesirable that the product is then concluded
// without advice all the same (afm:ket:no-eo-after-fail), and the norms on
// product development forbid to sell outside the target group as a pattern
// (afm:ket:pog).
var AfterTest = rule.New("after_test", 1,
	[]ident.Norm{"wft:4:24:3", "afm:ket:warn", "afm:ket:no-eo-after-fail", "afm:ket:assess", "afm:ket:pog"},
	afterTest, rule.Texts(map[string]string{
		"result_sufficient":      "Het resultaat van de toets is voldoende. Een waarschuwing is niet nodig.",
		"warning_needed":         "Het resultaat van de toets is onvoldoende. De klant moet worden gewaarschuwd dat de dienst niet passend is.",
		"warned":                 "De klant is gewaarschuwd.",
		"not_warned":             "De klant is niet gewaarschuwd. Dat moet wel.",
		"advice_not_recommended": "De waarschuwing wijst de klant er niet op dat het raadzaam is om advies in te winnen. Dat moet wel.",
		"conclusion_allowed":     "De wet verbiedt niet dat de klant het product zonder advies afsluit.",
		"conclusion_undesirable": "De AFM vindt het onwenselijk dat een klant met een onvoldoende resultaat het product zonder advies afsluit.",
		"target_group":           "Let op de normen voor productontwikkeling: verkoop niet structureel buiten de doelgroep.",
		"not_concluded":          "Het product is niet zonder advies afgesloten. Dat past bij wat de AFM vraagt.",
		"concluded_in_line":      "De klant sloot het product zonder advies af na een voldoende resultaat. Dat past bij wat de AFM vraagt.",
	}))

func afterTest(in AfterIn) AfterOut {
	var out AfterOut
	if word0(in.Result) == "insufficient" {
		out.WarningNeeded = true
		out.add("warning_needed", "wft:4:24:3")
		out.judgeWarning(in)
	} else {
		out.add("result_sufficient", "afm:ket:assess")
		out.Compliant = new(true)
	}
	if in.ConcludedEO != nil {
		out.judgeConclusion(*in.ConcludedEO)
	}
	return out
}

func (o *AfterOut) add(code string, norm ident.Norm) {
	o.Why.Because = append(o.Why.Because, reason(code, norm))
}

// judgeWarning judges the warning that is due.
func (o *AfterOut) judgeWarning(in AfterIn) {
	if in.Warned == nil && in.AdviceRecommended == nil {
		return
	}
	switch {
	case fails(in.Warned):
		o.add("not_warned", "wft:4:24:3")
	case fails(in.AdviceRecommended):
		o.add("advice_not_recommended", "wft:4:24:3")
	default:
		o.add("warned", "afm:ket:warn")
		o.Compliant = new(true)
		return
	}
	o.Compliant, o.Violated = new(false), []ident.Norm{"wft:4:24:3"}
}

// judgeConclusion judges that the product was, or was not, concluded without advice.
func (o *AfterOut) judgeConclusion(concluded bool) {
	o.AFM = "in_line"
	switch {
	case !concluded:
		o.add("not_concluded", "afm:ket:no-eo-after-fail")
		return
	case o.WarningNeeded:
		o.AFM = "undesirable"
		o.add("conclusion_allowed", "wft:4:24:3")
		o.add("conclusion_undesirable", "afm:ket:no-eo-after-fail")
		o.add("target_group", "afm:ket:pog")
	default:
		o.add("concluded_in_line", "afm:ket:no-eo-after-fail")
	}
	o.Legal = "allowed"
}
