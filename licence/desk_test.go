package licence_test

import (
	"testing"

	"zorgplicht/licence"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, licence.RegisterEntryCheck, licence.RegisterExtraFields, licence.RegisterChange, licence.ControlStructure, licence.MandateOrChain, licence.LiabilityCover, licence.LiabilityAmounts, licence.LiabilityAdjustmentDates)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
