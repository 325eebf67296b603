package appropriateness

import (
	"maps"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// KnockoutIn asks whether an answer decides a test by itself. Answers holds the
// knock-out questions by name; how well the others were answered never helps.
type KnockoutIn struct {
	Answers      map[string]Said `json:"answers,omitempty"`
	OtherCorrect *money.Decimal  `json:"other_correct"` // share of the other questions answered right
}

// Said is the answer to a knock-out question as a word: yes, no, right, wrong or
// any other; true and false count as words. "" is no answer.
type Said string

// ReadCanon reads a text, a number, true or false; null is no answer.
func (s *Said) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.Str:
		*s = Said(n.Text())
	case canon.True:
		*s = "true"
	case canon.False:
		*s = "false"
	case canon.Num:
		*s = Said(n.Number())
	case canon.Nil:
		*s = ""
	default:
		return "een tekst, true of false"
	}
	return ""
}

// Shape says in a schema what ReadCanon takes.
func (Said) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string", "boolean", "number", "null"}, About: "een tekst, true of false"}
}

// is reports whether what was said is one of these words, in any case of letters.
func (s Said) is(words ...string) bool {
	return slices.Contains(words, strings.ToLower(strings.TrimSpace(string(s))))
}

func (s Said) yes() bool   { return s.is("yes", "ja", "true") }
func (s Said) no() bool    { return s.is("no", "nee", "false") }
func (s Said) wrong() bool { return s.is("wrong", "incorrect", "fout", "onjuist") }
func (s Said) right() bool { return s.is("", "right", "correct", "goed", "juist") }

// asksAdvice reports whether the question of this name asks after the need for
// advice, asksTerms whether it asks if the client understands the terms.
func asksAdvice(name string) bool {
	return holdsAny(name, "advice", "advies") && holdsAny(name, "need", "want", "wish", "behoefte", "wens")
}

func asksTerms(name string) bool {
	return holdsAny(name, "understand", "understood", "terms", "conditions", "begrijp", "begrepen", "voorwaarden")
}

func holdsAny(name string, words ...string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
}

// Check asks for yes or no where a fixed question was answered in words that do
// not tell which.
func (in KnockoutIn) Check() []fault.Detail {
	var faults []fault.Detail
	for _, name := range slices.Sorted(maps.Keys(in.Answers)) {
		said := in.Answers[name]
		if (asksAdvice(name) || asksTerms(name)) && !said.yes() && !said.no() && !said.wrong() && !said.right() {
			faults = append(faults, fault.Detail{
				Pointer: "/answers/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name),
				Reason:  canon.CodeValue, Text: "Kies een van deze waarden: yes, no.",
			})
		}
	}
	return faults
}

// KnockoutOut is the answer of Knockout. Without a knock-out nothing is said of
// the outcome: that is for the whole test.
type KnockoutOut struct {
	rule.Why
	KnockedOut  bool  `json:"knocked_out"`
	Appropriate *bool `json:"appropriate"`
}

// Knockout decides whether an answer ends the test by itself.
//
// Norms afm:ket:knockout and afm:ket:assess: who needs advice, or does not
// understand the terms, or answers another knock-out question wrong may not go
// on alone, also when all other answers are right.
var Knockout = rule.New("knockout", 1, []ident.Norm{"afm:ket:assess", "afm:ket:knockout"}, knockout,
	rule.Texts(map[string]string{
		"needs_advice":         "De klant heeft behoefte aan advies. Dan is afsluiten zonder advies niet passend.",
		"terms_not_understood": "De klant begrijpt de voorwaarden niet. Dan is afsluiten zonder advies niet passend.",
		"knockout_wrong":       "Een knock-outvraag is fout beantwoord. Dan mag de klant het product niet zelfstandig afsluiten.",
		"others_do_not_help":   "Hoe goed de andere vragen zijn beantwoord, verandert dat niet.",
		"no_knockout":          "Geen antwoord beslist de toets op zichzelf. De andere antwoorden bepalen de uitkomst.",
	}))

func knockout(in KnockoutIn) KnockoutOut {
	var out KnockoutOut
	for _, name := range slices.Sorted(maps.Keys(in.Answers)) {
		if code := knocks(name, in.Answers[name]); code != "" {
			out.Why.Because = append(out.Why.Because, reason(code, "afm:ket:knockout", "question", name))
		}
	}
	if len(out.Why.Because) == 0 {
		out.Why = because(reason("no_knockout", "afm:ket:knockout"))
		return out
	}
	out.KnockedOut, out.Appropriate = true, new(false)
	if in.OtherCorrect != nil {
		out.Why.Because = append(out.Why.Because, reason("others_do_not_help", "afm:ket:assess", "other_correct", in.OtherCorrect.String()))
	}
	return out
}

// knocks returns why this answer knocks out, "" when it does not.
func knocks(name string, said Said) string {
	switch {
	case asksAdvice(name) && (said.yes() || said.wrong()):
		return "needs_advice"
	case asksAdvice(name):
		return ""
	case asksTerms(name) && (said.no() || said.wrong()):
		return "terms_not_understood"
	case said.wrong() || said.is("false"):
		return "knockout_wrong"
	}
	return ""
}
