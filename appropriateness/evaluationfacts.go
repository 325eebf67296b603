package appropriateness

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// The kinds of fact about what became of clients, and what was made of it.
const (
	KindSequel              = "appropriateness.sequel_told/1"          // what became of the client of an attempt
	KindSequelWithdrawn     = "appropriateness.sequel_withdrawn/1"     // what was told of a client was not so; holds the reason
	KindEvaluated           = "appropriateness.evaluated/1"            // a test was evaluated; holds figures, conclusion and measures
	KindEvaluationConfirmed = "appropriateness.evaluation_confirmed/1" // a second person agrees
	KindEvaluationPlanned   = "appropriateness.evaluation_planned/1"   // the day of the next evaluation was set
)

type sequel1 struct {
	By   string     `json:"by"`
	What Happening  `json:"what"`
	Day  string     `json:"day"`
	Test ident.Hash `json:"test"`
}

type sequelWithdrawn1 struct {
	By     string     `json:"by"`
	What   Happening  `json:"what"`
	Day    string     `json:"day"`
	Test   ident.Hash `json:"test"`
	Reason string     `json:"reason"`
}

type evaluated1 struct {
	By         string          `json:"by"`
	ID         string          `json:"id"`
	Test       ident.Hash      `json:"test"`
	Conclusion string          `json:"conclusion"`
	Measures   string          `json:"measures"`
	Next       string          `json:"next"`
	Cohorts    []cohort1       `json:"cohorts"`
	Decisions  []rule.Decision `json:"decisions"` // evaluation
}

type cohort1 struct {
	Cohort   Cohort            `json:"cohort"`
	Judged   int               `json:"judged"`
	Followed int               `json:"followed"`
	Signal   int               `json:"signal"`
	Outside  int               `json:"outside"`
	Told     map[Happening]int `json:"told"`
}

func cohorts1(e Effectiveness) []cohort1 {
	list := make([]cohort1, len(e.Cohorts))
	for i, c := range e.Cohorts {
		list[i] = cohort1{c.Cohort, c.Judged, c.Followed, c.Signal, c.Outside, c.Of}
	}
	return list
}

type evaluationConfirmed1 struct {
	By    string `json:"by"`
	ID    string `json:"id"`
	Alone bool   `json:"alone"` // who wrote it confirmed it: the firm has nobody else
}

type evaluationPlanned1 struct {
	By  string `json:"by"`
	Day string `json:"day"`
}

// evaluationHappened says in Dutch what such a fact is, "" for others.
func evaluationHappened(kind string) string {
	switch kind {
	case KindSequel:
		return "Vervolg na de toets vastgelegd"
	case KindSequelWithdrawn:
		return "Vervolg na de toets ingetrokken"
	case KindEvaluated:
		return "Toets geëvalueerd"
	case KindEvaluationConfirmed:
		return "Evaluatie bevestigd"
	case KindEvaluationPlanned:
		return "Evaluatie gepland"
	}
	return ""
}
