package credit_test

import (
	"testing"

	"zorgplicht/credit"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, credit.CreditRetention, credit.CreditDeletion)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
