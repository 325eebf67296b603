package app

import (
	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/care"
	"zorgplicht/competence"
	"zorgplicht/complaint"
	"zorgplicht/credit"
	"zorgplicht/disclosure"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/law"
	"zorgplicht/licence"
	"zorgplicht/retention"
	"zorgplicht/rule"
)

// Registry returns every rule of the house, in every version that ever decided
// something: what the desk, the batch and the replay ask by name. The list is
// kept by hand, so that it is an inventory.
func Registry() (*rule.Registry, error) {
	return rule.NewRegistry(
		appropriateness.TestRequired1,
		appropriateness.TestRequired,
		appropriateness.TestResponsible,
		appropriateness.Scoring,
		appropriateness.Knockout,
		appropriateness.AfterTest,
		appropriateness.Grading,
		appropriateness.GradingParts,
		appropriateness.RetakePolicy,
		appropriateness.QuestionCheck,
		appropriateness.TestContent,
		appropriateness.Evaluation,
		appropriateness.ModelSet,
		appropriateness.AttemptAllowed1,
		appropriateness.AttemptAllowed,
		appropriateness.Gate,
		appropriateness.PublicationCheck,
		appropriateness.PublicationWay1,
		appropriateness.PublicationWay,
		appropriateness.QuestionReview,
		appropriateness.QuestionLint,
		complaint.Procedure,
		complaint.Record,
		complaint.DisputeBody,
		complaint.DisputeBodyReport,
		complaint.MemberIndependence,
		complaint.Recognition,
		complaint.RecognitionTerm,
		competence.CompetencePerson,
		competence.CompetenceFirm,
		competence.ExamInstitute,
		competence.MinisterRule,
		law.Fine,
		law.TariffLookup,
		law.FinePossible,
		law.Exposure,
		law.Classify,
		law.AffiliatedParty,
		law.ApplicableSets,
		law.DelegatedRule,
		law.RuleInForce,

		licence.RegisterEntryCheck,
		licence.RegisterExtraFields,
		licence.RegisterChange,
		licence.ControlStructure,
		licence.LiabilityCover,
		licence.LiabilityAmounts,
		licence.LiabilityAdjustmentDates,
		licence.MandateOrChain,
		integrity.Reliability,
		integrity.Appointment,
		integrity.AntecedentChange,
		incident.IncidentScope,
		incident.IncidentRecord,
		incident.IncidentNotify,
		incident.IncidentNoticeContent,
		incident.IncidentRetention,
		advice.AdviceRetention,
		advice.AdviceDeletion,
		credit.CreditRetention,
		credit.CreditDeletion,
		retention.CreditAndAdvice,
		complaint.ComplaintRetention,
		complaint.ComplaintDeletion,
		disclosure.WebsiteRetention,
		care.Aftercare,
	)
}
