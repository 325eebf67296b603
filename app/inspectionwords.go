package app

import (
	"encoding/json"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/retention"
)

// happenings say in Dutch what a kind of fact about a file is.
var happenings = map[string]string{
	complaint.KindReceived: "Klacht ontvangen", complaint.KindClassified: "Klacht beschreven", complaint.KindReplied: "Klacht beantwoord", complaint.KindConcluded: "Klacht afgehandeld",
	complaint.KindReopened: "Klacht heropend", complaint.KindForwarded: "Naar de geschilleninstantie", complaint.KindLinked: "Link om te volgen gegeven",
	advice.KindRecorded: "Advies vastgelegd", advice.KindCorrected: "Advies aangevuld of verbeterd", advice.KindFollowed: "Afloop van het advies vastgelegd",
	incident.KindReported: "Incident opgeschreven", incident.KindDescribed: "Beschrijving gewijzigd", incident.KindCircled: "Kring gewijzigd", incident.KindOpened: "Incident gelezen",
	incident.KindJudged: "Incident beoordeeld", incident.KindTold: "Gemeld aan de toezichthouder", incident.KindMeasureSet: "Maatregel vastgelegd", incident.KindMeasureDone: "Maatregel uitgevoerd",
	incident.KindMeasureChecked: "Werking van maatregel beoordeeld", incident.KindConcluded: "Incident afgerond", incident.KindReopened: "Incident heropend",
	integrity.KindRegistered: "Persoon opgenomen", integrity.KindChanged: "Gegevens gewijzigd", integrity.KindSeen: "Verklaring gezien", integrity.KindDeclared: "Faillissement nagegaan",
	integrity.KindWord: "Mededeling van de toezichthouder", integrity.KindAppointed: "Benoemd", integrity.KindNoticed: "Wijziging opgemerkt", integrity.KindReported: "Wijziging gemeld",
	integrity.KindLeft: "Vertrokken", integrity.KindOpened: "Gegevens gelezen",
	lending.KindReceived: "Aanvraag ontvangen", lending.KindChanged: "Opgave gewijzigd", lending.KindJudged: "Aanvraag beoordeeld", lending.KindConsulted: "Kredietregistratie geraadpleegd",
	lending.KindAccepted: "Aanvraag aanvaard", lending.KindDeclined: "Aanvraag afgewezen", lending.KindWithdrawn: "Aanvraag ingetrokken", lending.KindConcluded: "Overeenkomst gesloten",
	lending.KindValued: "Effecten gewaardeerd", lending.KindSettled: "Geheel afgewikkeld", lending.KindTransferred: "Overgedragen",
	casework.KindAssigned: "Toegewezen", casework.KindNoted: "Notitie toegevoegd", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen", casework.KindLetter: "Brief gemaakt", casework.KindLetterSent: "Brief verstuurd",
	retention.KindHeld: "Vastgehouden", retention.KindLifted: "Vrijgegeven", retention.KindDestroyed: "Vernietigd", retention.KindDestroyedAgain: "Opnieuw vernietigd",
	journal.ErasedKind: "Inhoud van een feit gewist",
}

// happened says in Dutch what a kind of fact is.
func happened(kind string) string {
	if s := happenings[kind]; s != "" {
		return s
	}
	return appropriateness.Happened(kind)
}

// byOf is who did it, "" where that was erased.
func byOf(f journal.Recorded) string {
	var p struct{ By string }
	if f.Erased || json.Unmarshal(f.Payload, &p) != nil {
		return ""
	}
	return p.By
}
