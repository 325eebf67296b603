package law_test

import (
	"testing"

	"zorgplicht/law"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, law.Fine, law.TariffLookup, law.FinePossible, law.Exposure, law.Classify, law.AffiliatedParty,
		law.ApplicableSets, law.DelegatedRule, law.RuleInForce)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
