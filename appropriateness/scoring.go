package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/money"
	"zorgplicht/rule"
)

// ScoringIn asks whether the points of a test are divided well.
type ScoringIn struct {
	WeightKnowledge  *money.Decimal `json:"weight_knowledge"`  // points of a right answer on substance
	WeightExperience *money.Decimal `json:"weight_experience"` // points of an answer on experience
}

// KnowledgeShouldWeighMore is the flag of a test in which knowledge does not
// count for more than experience.
const KnowledgeShouldWeighMore = "knowledge should weigh more"

// ScoringOut is the answer of Scoring.
type ScoringOut struct {
	rule.Why
	Flags []string `json:"flags"`
}

// Scoring decides whether knowledge counts for more than experience.
//
// Norm afm:ket:weights: a right answer to a question of substance earns a higher
// score than one on experience; an equal score is not higher.
var Scoring = rule.New("scoring", 1, []ident.Norm{"afm:ket:weights"}, scoring, rule.Texts(map[string]string{
	"weight_absent":                  "Niet van beide soorten vragen is het gewicht gegeven. Over de verdeling valt dan niets te zeggen.",
	"knowledge_above_experience":     "Een kennisvraag ({knowledge}) telt zwaarder dan een ervaringsvraag ({experience}). Dat maakt de uitkomst betrouwbaarder.",
	"knowledge_not_above_experience": "Een kennisvraag ({knowledge}) telt niet zwaarder dan een ervaringsvraag ({experience}). Geef kennisvragen meer punten: dat maakt de uitkomst betrouwbaarder.",
}))

func scoring(in ScoringIn) ScoringOut {
	if in.WeightKnowledge == nil || in.WeightExperience == nil {
		return ScoringOut{Flags: []string{}, Why: because(reason("weight_absent", "afm:ket:weights"))}
	}
	code, flags := "knowledge_above_experience", []string{}
	if in.WeightKnowledge.Cmp(*in.WeightExperience) <= 0 {
		code, flags = "knowledge_not_above_experience", []string{KnowledgeShouldWeighMore}
	}
	return ScoringOut{Flags: flags, Why: because(reason(code, "afm:ket:weights",
		"knowledge", in.WeightKnowledge.String(), "experience", in.WeightExperience.String()))}
}
