package webhook

import (
	"fmt"
	"slices"
	"strings"
)

// A topic is a type of event about something that rooms with cases or the mail room
// keep: what it is called, and where the API tells more.
type topic struct {
	Type  Type
	dutch string
	path  string // before the id of what it is about
}

// topics are the types after those about tests and complaints, in the order in which
// they are offered. The schema of each follows from its path.
var topics = []topic{
	{LetterSent, "Brief aangenomen door de mailserver", "verzendingen"},
	{LetterFailed, "Brief niet aangekomen", "verzendingen"},
	{LetterDoubted, "Onzeker of een brief is aangekomen", "verzendingen"},
	{LetterSettled, "Uitgezocht of een brief is aangekomen", "verzendingen"},
	{MessageReceived, "Bericht binnengekomen", "berichten"},
	{MessageFiled, "Bericht bij een zaak gelegd", "berichten"},
	{MessageAside, "Bericht terzijde gelegd", "berichten"},
	{AdviceRecorded, "Advies vastgelegd", "adviesdossiers"},
	{AdviceCorrected, "Advies aangevuld of verbeterd", "adviesdossiers"},
	{AdviceFollowed, "Afloop van een advies vastgelegd", "adviesdossiers"},
	{DisputeFiled, "Geschil ingeschreven", "geschillen"},
	{DisputeAnswered, "Gereageerd in een geschil", "geschillen"},
	{DisputeEnded, "Uitkomst van een geschil", "geschillen"},
	{DisputePerformed, "Uitkomst van een geschil uitgevoerd", "geschillen"},
	{DisputeDayCorrected, "Begin van een geschil verbeterd", "geschillen"},
	{PersonRegistered, "Persoon ingeschreven voor betrouwbaarheid", "betrouwbaarheid"},
	{PersonAppointed, "Functie begonnen", "betrouwbaarheid"},
	{ChangeNoticed, "Wijziging over een persoon opgemerkt", "betrouwbaarheid"},
	{ChangeReported, "Wijziging aan de toezichthouder gemeld", "betrouwbaarheid"},
	{PersonLeft, "Functie beëindigd", "betrouwbaarheid"},
	{PersonStayed, "Vertrek van een persoon teruggedraaid", "betrouwbaarheid"},
	{PersonCorrected, "Dag bij een persoon verbeterd", "betrouwbaarheid"},
	{IncidentReported, "Incident opgeschreven", "incidenten"},
	{IncidentJudged, "Incident beoordeeld", "incidenten"},
	{IncidentTold, "Incident gemeld aan de toezichthouder", "incidenten"},
	{IncidentConcluded, "Incident afgehandeld", "incidenten"},
	{IncidentReopened, "Incident heropend", "incidenten"},
	{IncidentDayCorrected, "Dag van opmerken van een incident verbeterd", "incidenten"},
	{ComplaintDayCorrected, "Dag van ontvangst van een klacht verbeterd", "klachten"},
	{CaseAssigned, "Zaak toegewezen", "zaken"},
	{CaseNoted, "Notitie bij een zaak geschreven", "zaken"},
	{CaseFiled, "Document bij een zaak gelegd", "zaken"},
	{CaseTaskSet, "Taak bij een zaak gezet", "zaken"},
	{CaseTaskEnded, "Taak bij een zaak klaar", "zaken"},
	{CaseHandedOver, "Termijn of taak van een zaak overgedragen", "zaken"},
}

// The types of topics.
const (
	LetterSent      Type = "nl.zorgplicht.brief.aangenomen"
	LetterFailed    Type = "nl.zorgplicht.brief.niet-aangekomen"
	LetterDoubted   Type = "nl.zorgplicht.brief.onzeker"
	LetterSettled   Type = "nl.zorgplicht.brief.uitgezocht"
	MessageReceived Type = "nl.zorgplicht.bericht.ontvangen"
	MessageFiled    Type = "nl.zorgplicht.bericht.bij-zaak"
	MessageAside    Type = "nl.zorgplicht.bericht.terzijde"

	AdviceRecorded  Type = "nl.zorgplicht.advies.vastgelegd"
	AdviceCorrected Type = "nl.zorgplicht.advies.verbeterd"
	AdviceFollowed  Type = "nl.zorgplicht.advies.afgelopen"

	DisputeFiled     Type = "nl.zorgplicht.geschil.ingeschreven"
	DisputeAnswered  Type = "nl.zorgplicht.geschil.beantwoord"
	DisputeEnded     Type = "nl.zorgplicht.geschil.geeindigd"
	DisputePerformed Type = "nl.zorgplicht.geschil.uitgevoerd"

	DisputeDayCorrected   Type = "nl.zorgplicht.geschil.begin-verbeterd"
	IncidentDayCorrected  Type = "nl.zorgplicht.incident.opmerkdag-verbeterd"
	ComplaintDayCorrected Type = "nl.zorgplicht.klacht.ontvangst-verbeterd"

	PersonRegistered Type = "nl.zorgplicht.betrouwbaarheid.ingeschreven"
	PersonAppointed  Type = "nl.zorgplicht.betrouwbaarheid.in-functie"
	ChangeNoticed    Type = "nl.zorgplicht.betrouwbaarheid.wijziging-opgemerkt"
	ChangeReported   Type = "nl.zorgplicht.betrouwbaarheid.wijziging-gemeld"
	PersonLeft       Type = "nl.zorgplicht.betrouwbaarheid.uit-functie"
	PersonStayed     Type = "nl.zorgplicht.betrouwbaarheid.vertrek-teruggedraaid"
	PersonCorrected  Type = "nl.zorgplicht.betrouwbaarheid.dag-verbeterd"

	CaseAssigned   Type = "nl.zorgplicht.zaak.toegewezen"
	CaseNoted      Type = "nl.zorgplicht.zaak.notitie-geschreven"
	CaseFiled      Type = "nl.zorgplicht.zaak.document-gelegd"
	CaseTaskSet    Type = "nl.zorgplicht.zaak.taak-gezet"
	CaseTaskEnded  Type = "nl.zorgplicht.zaak.taak-klaar"
	CaseHandedOver Type = "nl.zorgplicht.zaak.overgedragen"

	IncidentReported  Type = "nl.zorgplicht.incident.opgeschreven"
	IncidentJudged    Type = "nl.zorgplicht.incident.beoordeeld"
	IncidentTold      Type = "nl.zorgplicht.incident.gemeld"
	IncidentConcluded Type = "nl.zorgplicht.incident.afgehandeld"
	IncidentReopened  Type = "nl.zorgplicht.incident.heropend"
)

func topicTypes() (all []Type) {
	for _, t := range topics {
		all = append(all, t.Type)
	}
	return all
}

// topic returns what an event of this type is about, where it is one of topics.
func (t Type) topic() (topic, bool) {
	i := slices.IndexFunc(topics, func(o topic) bool { return o.Type == t })
	if i < 0 {
		return topic{}, false
	}
	return topics[i], true
}

// Dutch is how a page names a type about a case or the mail, "" for any other.
func (t Type) Dutch() string {
	o, _ := t.topic()
	return o.dutch
}

// topicSchema is the schema of the data of a topic, by its file name; nil when there is
// none.
func topicSchema(name string) []byte {
	for _, t := range topics {
		if name == t.Type.name()+"-1.json" {
			return fmt.Appendf(nil, strings.TrimLeft(schemaOfTopic, "\n"), t.dutch, t.path)
		}
	}
	return nil
}

const schemaOfTopic = `
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": %q,
  "description": "Id is that of what the event is about, link its place in the API. The data of the event hold nothing of a person.",
  "type": "object",
  "required": [
    "id",
    "link"
  ],
  "additionalProperties": false,
  "properties": {
    "id": {
      "type": "string",
      "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    },
    "link": {
      "type": "string",
      "format": "uri",
      "pattern": "^https?://[^/]+/v1/%s/[0-9a-f-]{36}$"
    }
  }
}
`
