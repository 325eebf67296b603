package integrity_test

import (
	"testing"

	"zorgplicht/integrity"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, integrity.Reliability, integrity.Appointment, integrity.AntecedentChange)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
