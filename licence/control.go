package licence

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// ControlIn asks about the structure of control (zeggenschapsstructuur) a
// provider stands in. What is absent is not at issue.
type ControlIn struct {
	Structure              *string      `json:"structure"`                 // as its reader finds it, such as "clear" or "opaque chain"
	HindersSupervision     *rule.Chance `json:"hinders_supervision"`       // its opacity does
	ThirdCountryLawHinders *rule.Chance `json:"third_country_law_hinders"` // the law of a state that is no member state does
}

var (
	clearStructures  = []string{"clear", "transparent", "simple", "complex", "complex but clear"}
	opaqueStructures = []string{"opaque chain", "opaque", "opaque_chain", "not transparent", "unclear"}
)

// opaque reports whether the structure is opaque, and whether the word tells.
func (in ControlIn) opaque() (is, known bool) {
	s := rule.Word(in.Structure)
	is = slices.Contains(opaqueStructures, s)
	return is, is || slices.Contains(clearStructures, s)
}

// Check asks for a word that tells whether the structure is opaque where that
// decides.
func (in ControlIn) Check() []fault.Detail {
	if _, known := in.opaque(); in.Structure != nil && !known && rule.May(in.HindersSupervision) {
		return []fault.Detail{rule.Unknown("/structure", "Geef aan of de structuur ondoorzichtig is: kies clear, complex of opaque chain.")}
	}
	return nil
}

// ControlOut is the answer of ControlStructure.
type ControlOut struct {
	rule.Why
	law.Breach
}

// ControlStructure decides whether a provider may stand in this structure.
//
// Norms bfd:13::a and bfd:13::b: it is enough that supervision may be hindered
// (kan vormen). No form is forbidden as such (note): an opaque structure that
// does not hinder, and a hindrance that does not come from opacity, are no breach
// of a.
var ControlStructure = rule.New("control_structure", 1, []ident.Norm{opaque, thirdCountry},
	controlStructure, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"opaque_hinders":       "De structuur is zo ondoorzichtig dat zij het toezicht belemmert of kan belemmeren.",
		"opaque_no_hindrance":  "De structuur is ondoorzichtig, maar niet gebleken is dat zij het toezicht belemmert of kan belemmeren. Een bepaalde structuur of rechtsvorm is niet verboden, volgens de toelichting.",
		"hindrance_not_opaque": "Het toezicht wordt belemmerd, maar niet doordat de structuur ondoorzichtig is. Onderdeel a vraagt dat de ondoorzichtigheid de belemmering vormt.",
		"structure_taken":      "Over de structuur is niets opgegeven. Een belemmering van het toezicht is hier gelezen als een gevolg van een ondoorzichtige structuur.",
		"third_country":        "Recht van een staat die geen lidstaat is, belemmert het toezicht of kan het belemmeren. De mogelijkheid is al genoeg.",
		"no_hindrance":         "Niet gebleken is dat de structuur of vreemd recht het toezicht belemmert of kan belemmeren.",
	}))

func controlStructure(in ControlIn) ControlOut {
	var out ControlOut
	var violated []ident.Norm
	isOpaque, _ := in.opaque()
	switch hinders := rule.May(in.HindersSupervision); {
	case hinders && (isOpaque || in.Structure == nil):
		violated = append(violated, opaque)
		if in.Structure == nil {
			out.Say("structure_taken", opaque)
		}
		out.Say("opaque_hinders", opaque)
	case hinders:
		out.Say("hindrance_not_opaque", opaque)
	case isOpaque:
		out.Say("opaque_no_hindrance", opaque)
	}
	if rule.May(in.ThirdCountryLawHinders) {
		violated = append(violated, thirdCountry)
		out.Say("third_country", thirdCountry)
	}
	if out.Because == nil {
		out.Say("no_hindrance", opaque)
	}
	out.Breach = law.Held(violated...)
	return out
}
