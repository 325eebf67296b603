package incident

import (
	"slices"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/law"
	"zorgplicht/rule"
)

// NotifyIn asks whether the supervisor must be told of an incident. What is absent
// is not at issue.
type NotifyIn struct {
	Conduct
	PoliceReport          *string      `json:"police_report"` // "no", "planned" or "made"
	ContinuityThreat      *rule.Chance `json:"continuity_threat"`
	SeriousForSupervision *bool        `json:"serious_for_supervision"` // by gravity, size or other circumstances
	Notified              *bool        `json:"notified"`                // the supervisor was told
}

var policeReports = map[string]bool{"no": false, "none": false, "planned": true, "will be": true, "made": true, "done": true, "yes": true, "filed": true}

// Check asks for words by which the duty can be judged.
func (in NotifyIn) Check() []fault.Detail {
	wrong := in.Conduct.Check()
	if _, known := policeReports[rule.Word(in.PoliceReport)]; in.PoliceReport != nil && !known {
		wrong = append(wrong, rule.Unknown("/police_report", "Kies no, planned of made: is aangifte gedaan of zal zij worden gedaan?"))
	}
	return wrong
}

// NotifyOut is the answer of IncidentNotify.
type NotifyOut struct {
	rule.Why
	law.Breach              // absent where it was not given whether the supervisor was told
	Notify     bool         `json:"notify"`
	Ground     ident.Norm   `json:"ground,omitempty"` // the first that holds
	Grounds    []ident.Norm `json:"grounds"`          // all that hold
	Record     bool         `json:"record"`           // it must be recorded, told or not
	Tariffs    []string     `json:"tariffs,omitempty"`
}

// IncidentNotify decides whether the supervisor must be told: when a report to the
// authorities is made or will be made, when the provider's survival is or could be
// threatened, or when it is grave enough for supervision. Each is enough.
//
// Norms bfd:12:1:a, b and c. An incident is recorded whether or not it is told
// (bfd:11).
var IncidentNotify = rule.New("incident_notify", 1,
	[]ident.Norm{"bfd:10", "bfd:11", "bfd:12:1", "bfd:12:1:a", "bfd:12:1:b", "bfd:12:1:c"},
	incidentNotify, rule.Profile(rule.Bfd2005), with(map[string]string{
		"police_report":  "Van het incident is of wordt aangifte gedaan. Een voornemen telt al.",
		"continuity":     "Het incident bedreigt het voortbestaan van de dienstverlener of zou dat kunnen bedreigen. De mogelijkheid is al genoeg.",
		"serious":        "Door de ernst, de omvang of andere omstandigheden behoort de toezichthouder te worden geïnformeerd.",
		"no_ground":      "Geen van de drie gronden van artikel 12, eerste lid, doet zich voor. Het incident hoeft niet te worden gemeld.",
		"record_anyway":  "Het incident moet hoe dan ook worden vastgelegd volgens artikel 11.",
		"told":           "De toezichthouder is geïnformeerd.",
		"not_told":       "De toezichthouder is niet geïnformeerd.",
		"two_tariffs":    "Bijlage 10 noemt artikel 12, eerste lid, twee keer: met tarief 2 en met tarief 2a. Aangehouden is de eerste regel, tarief 2.",
		"no_time_number": "Artikel 12 noemt geen termijn. Of de melding op tijd is, moet iemand beoordelen.",
	}))

func incidentNotify(in NotifyIn) NotifyOut {
	out := NotifyOut{Grounds: []ident.Norm{}}
	if in.Perpetrator != nil || in.IntegrityRiskFunction != nil || in.SeriousDanger != nil {
		if _, within := in.say(&out.Why); !within {
			out.told(in)
			return out
		}
	}
	hold := func(norm ident.Norm, code string) {
		out.Grounds = append(out.Grounds, norm)
		out.Say(code, norm)
	}
	if policeReports[rule.Word(in.PoliceReport)] {
		hold("bfd:12:1:a", "police_report")
	}
	if rule.May(in.ContinuityThreat) {
		hold("bfd:12:1:b", "continuity")
	}
	if rule.Holds(in.SeriousForSupervision) {
		hold("bfd:12:1:c", "serious")
	}
	if out.Notify = len(out.Grounds) > 0; out.Notify {
		out.Ground = out.Grounds[0]
		out.Say("no_time_number", "bfd:12:1")
	} else {
		out.Say("no_ground", "bfd:12:1")
	}
	out.Record = true
	out.Say("record_anyway", "bfd:11")
	out.told(in)
	return out
}

// told judges whether the duty was met, where that is asked.
func (out *NotifyOut) told(in NotifyIn) {
	switch {
	case in.Notified == nil:
	case *in.Notified:
		out.Breach = law.Held()
		out.Say("told", "bfd:12:1")
	case !out.Notify:
		out.Breach = law.Held()
	default:
		out.Breach = law.Held("bfd:12:1")
		out.Say("not_told", "bfd:12:1")
		for _, row := range law.TariffRows("bfd:12:1") {
			out.Tariffs = append(out.Tariffs, row.Tariff)
		}
		out.Say("two_tariffs", "bfd:12:1")
	}
}

// NoticeIn asks whether the notice to the supervisor is whole. What is absent is
// not at issue.
type NoticeIn struct {
	Notice *[]string `json:"notice"`
}

// NoticeOut is the answer of IncidentNoticeContent.
type NoticeOut struct {
	rule.Why
	law.Breach
	Missing *[]string `json:"missing"` // absent where the notice was not given
}

// IncidentNoticeContent decides whether the notice holds the facts and
// circumstances and the function of whoever did it. Measures, which the record
// must hold, need not be in it. Norms bfd:12:2:a and b.
var IncidentNoticeContent = rule.New("incident_notice_content", 1, []ident.Norm{"bfd:12:2", "bfd:12:2:a", "bfd:12:2:b"},
	noticeContent, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"part_missing":    "In de melding ontbreekt: {part}.",
		"notice_whole":    "De melding bevat de feiten en omstandigheden en de functie van de dader. Genomen maatregelen hoeven er niet in te staan.",
		"notice_not_told": "De inhoud van de melding is niet opgegeven en daarom niet beoordeeld.",
	}))

func noticeContent(in NoticeIn) NoticeOut {
	var out NoticeOut
	if in.Notice == nil {
		out.Breach = law.Held()
		out.Say("notice_not_told", "bfd:12:2")
		return out
	}
	var violated []ident.Norm
	missing := []string{}
	for _, p := range []struct {
		part string
		norm ident.Norm
	}{{"facts", "bfd:12:2:a"}, {"function", "bfd:12:2:b"}} {
		if !slices.Contains(*in.Notice, p.part) {
			missing, violated = append(missing, p.part), append(violated, p.norm)
			out.Say("part_missing", p.norm, "part", partNames[p.part])
		}
	}
	if out.Missing = &missing; violated == nil {
		out.Say("notice_whole", "bfd:12:2")
	}
	out.Breach = law.Held(violated...)
	return out
}
