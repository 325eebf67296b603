package competence

import (
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// InstituteIn holds a recognised examination institute (erkend exameninstituut)
// against article 21. What is absent is not at issue.
type InstituteIn struct {
	Funded      *bool          `json:"state_funded"` // bekostigde instelling voor hoger onderwijs
	Commercial  *bool          `json:"commercial"`   // this is about its commercial activities, which the exception does not reach
	Open        *bool          `json:"open_to_all"`
	Accounts    *bool          `json:"separate_accounts"`
	StaffAccess *bool          `json:"course_staff_access"` // to the material of the exams
	TermsOn     *calendar.Date `json:"terms_published"`
	AdaptedOn   *calendar.Date `json:"exam_adapted"`
	AntiFraud   *bool          `json:"anti_fraud"`
	Sound       *bool          `json:"sound_assessment"`
	Topics      *[]string      `json:"topics"` // letters of article 21(7) that the rules of the exams settle
	ReportYear  *int           `json:"report_year"`
	ReportSent  *calendar.Date `json:"report_sent"`
}

// InstituteOut says what the institute breaches, and which letters of article
// 21(7) its rules lack.
type InstituteOut struct {
	rule.Why
	Compliant bool      `json:"compliant"`
	Violated  *[]string `json:"violated"`
	Missing   *[]string `json:"missing"`
}

// topics are the letters of article 21(7).
const topics = "abcdefghijklmno"

func institute(in InstituteIn) (out InstituteOut) {
	violated := []string{}
	breach := func(norm ident.Norm, code string, values ...string) {
		if !slices.Contains(violated, string(norm)) {
			violated = append(violated, string(norm))
		}
		out.Say(code, norm, values...)
	}
	exempt := rule.Holds(in.Funded) && !rule.Holds(in.Commercial)
	excepted := func(fails bool, norm ident.Norm, code string) {
		switch {
		case fails && exempt:
			out.Say("funded", "bfd:21:9")
		case fails:
			breach(norm, code)
		}
	}
	excepted(rule.Fails(in.Accounts), "bfd:21:2:a", "one_administration")
	excepted(rule.Holds(in.StaffAccess), "bfd:21:2:b", "staff_access")
	excepted(rule.Fails(in.Open), "bfd:21:3", "not_open")
	if in.TermsOn != nil && in.AdaptedOn != nil && in.AdaptedOn.After(in.TermsOn.AddMonths(examMonths)) {
		breach("bfd:21:4", "adapted_late", "deadline", in.TermsOn.AddMonths(examMonths).String())
	}
	if rule.Fails(in.AntiFraud) {
		breach("bfd:21:5", "no_anti_fraud")
	}
	if rule.Fails(in.Sound) {
		breach("bfd:21:6", "unsound")
	}
	if in.Topics != nil {
		missing := []string{}
		for _, letter := range strings.Split(topics, "") {
			if !slices.Contains(*in.Topics, letter) {
				missing = append(missing, letter)
				breach("bfd:21:7", "topic_missing", "letter", letter)
			}
		}
		out.Missing = &missing
	}
	if in.ReportYear != nil && in.ReportSent != nil {
		if due, err := calendar.New(*in.ReportYear+1, 7, 1); err == nil && !in.ReportSent.Before(due) {
			breach("bfd:21:8", "report_late", "before", due.String())
		}
	}
	out.Compliant = len(violated) == 0
	if !out.Compliant {
		out.Violated = &violated
	}
	if len(out.Because) == 0 {
		out.Say("nothing_wrong", "bfd:21:1")
	}
	return out
}

// ExamInstitute is the rule on what a recognised examination institute owes.
var ExamInstitute = rule.New("exam_institute", 1,
	[]ident.Norm{"bfd:21:1", "bfd:21:2:a", "bfd:21:2:b", "bfd:21:3", "bfd:21:4", "bfd:21:5", "bfd:21:6", "bfd:21:7", "bfd:21:7:n", "bfd:21:8", "bfd:21:9"},
	institute, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"funded":             "Voor een bekostigde instelling voor hoger onderwijs gelden het tweede en derde lid niet. Voor haar commerciële onderwijs gelden ze wel.",
		"one_administration": "De administraties voor opleidingen en examens zijn niet gescheiden.",
		"staff_access":       "Werknemers die bij de opleiding betrokken zijn, kunnen bij het examenmateriaal. Dat moet worden voorkomen.",
		"not_open":           "De examens staan niet voor iedereen open. Dat moet, ook voor wie geen opleiding bij het instituut volgde.",
		"adapted_late":       "Het examen voldeed pas na {deadline} aan de nieuwe toetstermen. Dat is later dan zes maanden na de openbaarmaking.",
		"no_anti_fraud":      "Er zijn geen redelijke maatregelen tegen fraude bij het examen. Dat geldt ook voor bekostigde instellingen.",
		"unsound":            "De examens worden niet vakinhoudelijk juist en objectief beoordeeld.",
		"topic_missing":      "Het examenreglement regelt onderdeel {letter} van het zevende lid niet.",
		"report_late":        "De jaarlijkse opgave is niet voor {before} gedaan.",
		"nothing_wrong":      "Er is niets gevonden dat in strijd is met artikel 21.",
	}))
