package credit_test

import (
	"testing"

	"zorgplicht/credit"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, credit.CreditRetention, credit.CreditDeletion, credit.EffectiveRate1, credit.EffectiveRate, credit.IntervalYears, credit.TheoreticalDuration,
		credit.TheoreticalTerm, credit.CreditTotalPrice, credit.TotalPrice, credit.DisplayedMonthlyCharge, credit.MaximumChargeOn, credit.MaximumChargeForAgreement,
		credit.MaximumChargeAmount, credit.MaximumCharge, credit.BalanceStatement, credit.OutstandingBalance, credit.CreditConclusionCheck, credit.CreditPlan, credit.CreditFigures, credit.CreditAccount, credit.ChargeChange, credit.CeilingWatch)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
