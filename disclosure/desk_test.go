package disclosure_test

import (
	"testing"

	"zorgplicht/disclosure"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, disclosure.WebsiteRetention)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
