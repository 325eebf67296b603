package advice_test

import (
	"testing"

	"zorgplicht/advice"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, advice.AdviceRetention, advice.AdviceDeletion, advice.Whole, advice.Choice, advice.ProcedureCheck)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
