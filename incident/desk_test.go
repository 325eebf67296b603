package incident_test

import (
	"testing"

	"zorgplicht/incident"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, incident.IncidentScope, incident.IncidentRecord, incident.IncidentNotify, incident.IncidentNoticeContent, incident.IncidentRetention,
		incident.Clock, incident.MeasureClock)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
