package complaint_test

import (
	"testing"

	"zorgplicht/complaint"
	"zorgplicht/rule"
	"zorgplicht/rule/ruletest"
)

func desk(t ruletest.T) *rule.Registry {
	return ruletest.Desk(t, complaint.ComplaintRetention, complaint.ComplaintDeletion, complaint.Procedure, complaint.Record, complaint.Clock, complaint.DisputeBody,
		complaint.DisputeBodyReport, complaint.MemberIndependence, complaint.Recognition, complaint.RecognitionTerm, complaint.Surge)
}

func TestTheDeskAnswersTheWorkedExamples(t *testing.T) { ruletest.Examples(t, desk(t), 5) }
