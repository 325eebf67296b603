package care_test

import (
	"testing"

	"zorgplicht/care"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, care.Aftercare)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
