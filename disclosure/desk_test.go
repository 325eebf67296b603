package disclosure_test

import (
	"testing"

	"zorgplicht/disclosure"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, disclosure.DeliveryForm, disclosure.DeliveryLanguage, disclosure.RepeatNeeded, disclosure.GeneralInformation,
		disclosure.OralInformation, disclosure.WhoDelivers, disclosure.WhoDeliversGeneral, disclosure.WhoReceives, disclosure.RuleSet,
		disclosure.ChannelClass, disclosure.Availability, disclosure.WebsiteRetention,
		disclosure.InformationItem, disclosure.InformationItems, disclosure.LaterInformationAllowed, disclosure.RescissionDeadline,
		disclosure.RescissionValid, disclosure.RescissionCharge, disclosure.NoticeTerm, disclosure.ValueChangeClause,
		disclosure.InTermInformation, disclosure.PeriodicInformation, disclosure.FundPolicyInformation,
		disclosure.DistanceInformation, disclosure.DistanceEquivalence, disclosure.DistanceTiming, disclosure.DuringDistanceContract, disclosure.DocumentCheck)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 3) }
