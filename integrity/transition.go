package integrity

import (
	"maps"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// TransitionIn asks what ReliabilityIn asks, and what article 81 wants to know of
// somebody: what they did when the Act entered into force, with whom, and whether
// they went to another provider since. Where nothing of it is given, the days decide.
type TransitionIn struct {
	ReliabilityIn
	AtCommencement *bool   `json:"at_commencement"` // they dealt with clients under the responsibility of a provider before that day
	ProviderThen   *string `json:"provider_then"`   // "same" as now, or "other"; absent: the same
	MovedSince     *bool   `json:"moved_since"`     // afterwards they did so for another provider
}

// Check asks for readings and providers that are known.
func (in TransitionIn) Check() []fault.Detail {
	wrong := in.ReliabilityIn.Check()
	if p := rule.Word(in.ProviderThen); in.ProviderThen != nil && p != "same" && p != "other" {
		wrong = append(wrong, rule.Unknown("/provider_then", "Kies same of other."))
	}
	return wrong
}

// Reliability decides whom article 6 reaches, by what they are measured and whether
// they meet it.
//
// Norms as Reliability1. The exemption of article 81 is of those who worked for this
// very provider when the Act entered into force, and ends once they did the work for
// another (note to 6). What is told of that goes before what days suggest.
var Reliability = rule.New("reliability", 2, Reliability1.Norms(),
	func(in TransitionIn) ReliabilityOut {
		return reliability(in.ReliabilityIn, func(out *ReliabilityOut) bool { return out.lifted(in) })
	}, rule.Profile(rule.Bfd2005), rule.Texts(transitionTexts()))

func transitionTexts() map[string]string {
	texts := maps.Clone(reliabilityTexts)
	texts["not_there"] = "Deze persoon deed dit werk nog niet toen de wet in werking trad, op {commencement}. De uitzondering van artikel 81 geldt dan niet."
	texts["other_then"] = "Deze persoon deed dit werk toen de wet in werking trad voor een andere dienstverlener. De uitzondering van artikel 81 geldt alleen bij dezelfde (toelichting op artikel 6)."
	texts["moved_since"] = "Deze persoon deed dit werk daarna voor een andere dienstverlener. Daarmee eindigde de uitzondering van artikel 81 (toelichting op artikel 6)."
	return texts
}

// lifted reports whether article 81 lifts the criterion.
func (out *ReliabilityOut) lifted(in TransitionIn) bool {
	switch {
	case rule.Fails(in.AtCommencement):
		out.Say("not_there", "bfd:81", "commencement", out.commencement(in.ReliabilityIn).String())
		return false
	case rule.Word(in.ProviderThen) == "other":
		out.Say("other_then", "bfd:81")
		return false
	case rule.Holds(in.MovedSince):
		out.Say("moved_since", "bfd:81")
		return false
	case in.AtCommencement == nil:
		return out.alreadyThere(in.ReliabilityIn)
	}
	out.Say("already_there", "bfd:81", "commencement", out.commencement(in.ReliabilityIn).String())
	return true
}

// A Transition is what somebody found of a person for article 81.
type Transition struct {
	Commencement calendar.Date // of the Act, as the firm found it: it is not in the decree
	There        bool          // dealt with clients under the responsibility of a provider before that day
	With         string        // the name of that provider; "" this firm
	Moved        bool          // afterwards they did so for another provider
}

// Lifts reports whether article 81 lifts the measure of article 6.
func (t Transition) Lifts() bool { return t.There && t.With == "" && !t.Moved }

// fill tells the rule what was found.
func (t Transition) fill(in *TransitionIn) {
	in.Commencement, in.AtCommencement, in.MovedSince = &t.Commencement, &t.There, &t.Moved
	if then := t.provider(); then != "" {
		in.ProviderThen = &then
	}
}

// provider is with whom they were, in the words of the rule; "" with nobody.
func (t Transition) provider() string {
	switch {
	case !t.There:
		return ""
	case t.With != "":
		return "other"
	}
	return "same"
}

// KindTransition is the fact that somebody found what article 81 asks of a person.
const KindTransition = "integrity.transition_found/1"

type transition1 struct {
	By           string          `json:"by"`
	Commencement string          `json:"commencement"`
	There        bool            `json:"there"`
	Provider     string          `json:"provider_then,omitempty"` // "same" as now, or "other"; absent: not there
	With         ident.Hash      `json:"with_sha256"`
	Moved        bool            `json:"moved"`
	Decisions    []rule.Decision `json:"decisions"` // reliability
}
