package cause_test

import (
	"testing"

	"zorgplicht/cause"
	"zorgplicht/rule/ruletest"
)

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) {
	ruletest.Examples(t, ruletest.Desk(t, cause.Clock), 5)
}
