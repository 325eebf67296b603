package commission_test

import (
	"testing"

	"zorgplicht/commission"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

// desk has every rule of the room.
func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, commission.Commission1, commission.Commission, commission.Schedule, commission.Terms, commission.Monthly, commission.Approval)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) {
	ruletest.Examples(t, ruletest.Desk(t, commission.Commission, commission.Schedule), 5)
}
