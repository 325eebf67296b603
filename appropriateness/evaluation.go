package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// EvaluationIn is what rule evaluation is given of how a product was sold.
type EvaluationIn struct {
	OutsideTargetGroup *string `json:"outside_target_group"` // "none", "incidental" or "more than incidental"
}

// EvaluationOut says what the evaluation asks for.
type EvaluationOut struct {
	rule.Why
	Action string `json:"action,omitempty"` // "review_distribution_strategy"
}

// Evaluation is the rule on what the evaluation of a test leads to.
var Evaluation = rule.New("evaluation", 1, []ident.Norm{"afm:ket:evaluate", "afm:ket:pog"}, evaluate,
	rule.Texts(map[string]string{
		"outside_target_group": "Het product is meer dan incidenteel buiten de doelgroep verkocht. De distributiestrategie past dan waarschijnlijk niet bij de doelgroep: herzie het productdistributieproces.",
		"no_reason":            "Er is geen reden om de distributiestrategie te herzien.",
	}))

func evaluate(in EvaluationIn) EvaluationOut {
	if word0(in.OutsideTargetGroup) == "more than incidental" {
		return EvaluationOut{Action: "review_distribution_strategy", Why: because(reason("outside_target_group", "afm:ket:pog"))}
	}
	return EvaluationOut{Why: because(reason("no_reason", "afm:ket:evaluate"))}
}

// ModelIn asks for nothing.
type ModelIn struct{}

// ModelOut says whether the AFM gives a model test.
type ModelOut struct {
	rule.Why
	Exists bool `json:"exists"`
}

// ModelSet is the rule on whether there is a prescribed set of questions.
var ModelSet = rule.New("model_set", 1, []ident.Norm{"afm:ket:no-model"}, func(ModelIn) ModelOut {
	return ModelOut{Why: because(reason("no_model", "afm:ket:no-model"))}
}, rule.Texts(map[string]string{
	"no_model": "De AFM schrijft geen vragen voor. De onderneming maakt de toets zelf, passend bij haar product en dienst.",
}))
