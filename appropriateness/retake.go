package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// RetakeIn is what rule retake is given of a firm's way with retakes.
type RetakeIn struct {
	Retake                 *bool `json:"retake"`                  // a client who did not pass may try again
	SubstantiallyDifferent *bool `json:"substantially_different"` // with other subjects or new scenarios
	CoolingOff             *bool `json:"cooling_off"`             // after a time of waiting
}

// RetakeOut says what law and AFM think of it.
type RetakeOut struct {
	rule.Why
	Legal string `json:"legal"` // "allowed"
	AFM   string `json:"afm"`   // "in_line", "undesirable_form_acceptable" or "not_in_line"
}

// RetakePolicy is the rule on offering retakes (herkansing).
var RetakePolicy = rule.New("retake", 1, []ident.Norm{"afm:ket:retake"}, retake,
	rule.Texts(map[string]string{
		"not_forbidden":           "De wet verbiedt een herkansing niet.",
		"no_retake":               "Er is geen herkansing. Dat past bij wat de AFM vraagt.",
		"retake_undesirable":      "De AFM vindt een herkansing onwenselijk.",
		"substantially_different": "De herkansing wijkt wezenlijk af van de eerste toets, zoals de AFM dan verwacht.",
		"cooling_off":             "De klant moet wachten voordat hij de herkansing mag maken. De AFM noemt dat als mogelijkheid.",
		"same_test":               "De herkansing wijkt niet wezenlijk af en er is geen afkoelingsperiode. Zo kan de klant slagen omdat hij de toets al kent.",
	}))

// retake judges the form. Every retake is undesirable; a test that differs
// essentially, or a cooling-off, makes its form acceptable. An absent fact about
// the form is not met: who offers a retake says how.
func retake(in RetakeIn) RetakeOut {
	out := RetakeOut{Legal: "allowed", AFM: "in_line"}
	if !holds(in.Retake) {
		out.Why = because(reason("no_retake", "afm:ket:retake"))
		return out
	}
	out.Why = because(reason("not_forbidden", "afm:ket:retake"), reason("retake_undesirable", "afm:ket:retake"))
	out.AFM = "undesirable_form_acceptable"
	switch {
	case holds(in.SubstantiallyDifferent):
		out.Because = append(out.Because, reason("substantially_different", "afm:ket:retake"))
	case holds(in.CoolingOff):
		out.Because = append(out.Because, reason("cooling_off", "afm:ket:retake"))
	default:
		out.AFM = "not_in_line"
		out.Because = append(out.Because, reason("same_test", "afm:ket:retake"))
	}
	return out
}
