package competence_test

import (
	"testing"

	"zorgplicht/competence"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, competence.CompetencePerson, competence.CompetenceFirm, competence.ExamInstitute, competence.MinisterRule)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
