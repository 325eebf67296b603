package app

import (
	"encoding/json"

	"zorgplicht/advice"
	"zorgplicht/appropriateness"
	"zorgplicht/casework"
	"zorgplicht/cause"
	"zorgplicht/complaint"
	"zorgplicht/dispute"
	"zorgplicht/incident"
	"zorgplicht/integrity"
	"zorgplicht/journal"
	"zorgplicht/lending"
	"zorgplicht/post"
	"zorgplicht/retention"
)

// happenings say in Dutch what a kind of fact about a file is.
var happenings = map[string]string{
	complaint.KindReceived: "Klacht ontvangen", complaint.KindClassified: "Klacht beschreven", complaint.KindCorrected: "Indeling van de klacht verbeterd", complaint.KindReplied: "Klacht beantwoord", complaint.KindConcluded: "Klacht afgehandeld",
	complaint.KindReopened: "Klacht heropend", complaint.KindForwarded: "Naar de geschilleninstantie", complaint.KindLinked: "Link om te volgen gegeven",
	advice.KindRecorded: "Advies vastgelegd", advice.KindCorrected: "Advies aangevuld of verbeterd", advice.KindFollowed: "Afloop van het advies vastgelegd",
	incident.KindReported: "Incident opgeschreven", incident.KindDescribed: "Beschrijving gewijzigd", incident.KindCircled: "Kring gewijzigd", incident.KindOpened: "Incident gelezen",
	incident.KindJudged: "Incident beoordeeld", incident.KindTold: "Gemeld aan de toezichthouder", incident.KindMeasureSet: "Maatregel vastgelegd", incident.KindMeasureDone: "Maatregel uitgevoerd",
	incident.KindMeasureChecked: "Werking van maatregel beoordeeld", incident.KindConcluded: "Incident afgerond", incident.KindReopened: "Incident heropend",
	integrity.KindRegistered: "Persoon opgenomen", integrity.KindChanged: "Gegevens gewijzigd", integrity.KindSeen: "Verklaring gezien", integrity.KindDeclared: "Faillissement nagegaan",
	integrity.KindWord: "Mededeling van de toezichthouder", integrity.KindAppointed: "Benoemd", integrity.KindNoticed: "Wijziging opgemerkt", integrity.KindReported: "Wijziging gemeld",
	"integrity.word_recorded/1": "Mededeling van de toezichthouder", integrity.KindTransition: "Overgangsrecht nagegaan",
	integrity.KindStayed: "Vertrek teruggedraaid", integrity.KindAppointmentCorrected: "Begin van de functie verbeterd", integrity.KindChangeCorrected: "Dagen van een wijziging verbeterd",
	integrity.KindLeft: "Vertrokken", integrity.KindOpened: "Gegevens gelezen",
	lending.KindReceived: "Aanvraag ontvangen", lending.KindChanged: "Opgave gewijzigd", lending.KindJudged: "Aanvraag beoordeeld", lending.KindConsulted: "Kredietregistratie geraadpleegd",
	lending.KindAccepted: "Aanvraag aanvaard", lending.KindDeclined: "Aanvraag afgewezen", lending.KindWithdrawn: "Aanvraag ingetrokken", lending.KindConcluded: "Overeenkomst gesloten",
	lending.KindValued: "Effecten gewaardeerd", lending.KindSettled: "Geheel afgewikkeld", lending.KindTransferred: "Overgedragen",
	casework.KindAssigned: "Toegewezen", casework.KindNoted: "Notitie toegevoegd", casework.KindFiled: "Document toegevoegd", casework.KindTask: "Taak gezet", casework.KindTaskEnded: "Taak klaar",
	casework.KindSnoozed: "Herinnering uitgesteld", casework.KindHanded: "Taak overgedragen", casework.KindLetter: "Brief gemaakt", casework.KindLetterSent: "Brief verstuurd",
	casework.KindRooted: "Oorzaak genoemd", casework.KindReceiptCorrected: "Dag van ontvangst verbeterd",
	dispute.KindRegistered: "Instantie ingeschreven", dispute.KindDescribed: "Gegevens gewijzigd", dispute.KindApplied: "Erkenning aangevraagd", dispute.KindExtended: "Termijn van de minister verlengd",
	dispute.KindRuled: "Besluit van de minister", dispute.KindCondition: "Voorschrift bij de erkenning", dispute.KindRevoked: "Erkenning ingetrokken", dispute.KindRead: "Reglement gelezen",
	dispute.KindLooked: "Orgaan bekeken", dispute.KindWeighed: "Kosten en duur beoordeeld", dispute.KindSeated: "Lid ingeschreven", dispute.KindUnseated: "Lid vertrokken", dispute.KindStated: "Opgave aan de minister gezien",
	dispute.KindFiled: "Geschil ingeschreven", dispute.KindAnswered: "Reactie aan de instantie", dispute.KindEnded: "Uitkomst vastgelegd", dispute.KindPerformed: "Uitkomst uitgevoerd", dispute.KindCompleted: "Gegevens aangevuld",
	cause.KindFound: "Oorzaak gevonden", cause.KindDescribed: "Beschrijving gewijzigd", cause.KindMeasureSet: "Maatregel vastgelegd", cause.KindMeasureDone: "Maatregel uitgevoerd",
	cause.KindMeasureChecked: "Werking van maatregel beoordeeld", cause.KindConcluded: "Oorzaak afgerond", cause.KindReopened: "Oorzaak heropend",
	post.KindAsked: "E-mail klaargezet", post.KindAccepted: "E-mail aangenomen door de mailserver", post.KindRefused: "E-mail niet aangekomen", post.KindUnsure: "Onzeker of de e-mail aankwam",
	post.KindSettled: "Gezegd of de e-mail aankwam", post.KindFiled: "Bericht bij de zaak gelegd",
	complaint.KindProcedure: "Klachtenprocedure vastgesteld", complaint.KindRead: "Klachtenprocedure gelezen", complaint.KindImported: "Klachten ingelezen", complaint.KindImportUndone: "Inlezen teruggedraaid",
	complaint.KindSurgeSeen: "Toename van klachten onderzocht", complaint.KindSurgeSnoozed: "Herinnering aan een toename uitgesteld", complaint.KindSurgeHanded: "Toename aan een collega gegeven", advice.KindNamed: "Procedure aangewezen", advice.KindEnded: "Procedure beëindigd", incident.KindTaken: "Lijst van incidenten meegenomen",
	incident.KindPolicyWritten: "Incidentenbeleid opgeschreven", incident.KindPolicyInForce: "Incidentenbeleid vastgesteld", integrity.KindExempted: "Uitzondering op artikel 6 vastgelegd",
	integrity.KindTaken: "Lijst van personen meegenomen", lending.KindNorm: "Normbedrag vastgelegd", casework.KindTemplate: "Tekst van een brief gewijzigd",
	retention.KindJoined: "Hoort bij een ander dossier", retention.KindHeld: "Vastgehouden", retention.KindLifted: "Vrijgegeven", retention.KindDestroyed: "Vernietigd", retention.KindDestroyedAgain: "Opnieuw vernietigd",
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
