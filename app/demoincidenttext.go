package app

import (
	"zorgplicht/casework"
	"zorgplicht/incident"
)

const demoPolicy = `Een incident is gedrag dat een ernstig gevaar is voor onze integriteit: fraude, misbruik van gegevens of geld, belangenverstrengeling, of het omzeilen van onze controles.

1. Wie iets ziet of hoort, schrijft het dezelfde dag op. Twijfel is geen reden om te wachten.
2. Compliance beoordeelt binnen twee dagen of het onder artikel 10 valt en of de toezichthouder het moet weten, en schrijft op waarom.
3. Alleen compliance en wie voor de behandeling nodig is, mag het lezen. Wie het betreft nooit.
4. Moet het worden gemeld, dan gebeurt dat de volgende dag. Het bewijs van verzending gaat in het dossier.
5. Wij leggen feiten, functie en maatregelen vast. Een naam schrijven wij alleen op als het niet anders kan.
6. Van elke maatregel kijken wij na drie maanden of zij werkt. Werkt zij niet, dan komt er een andere.`

// A demoIncident is a sort of incident that happens at a firm of the demo.
type demoIncident struct {
	title, facts, function string
	who                    incident.Perpetrator
	harm                   casework.Harm
	risk, danger, grave    bool
	police, continuity     string
	why                    string
	kind                   incident.MeasureKind
	measure                string
	effect                 incident.Effect
	found                  string
}

func (d demoIncident) assessment() incident.Assessment {
	return incident.Assessment{Danger: &d.danger, RiskFunction: d.risk, Police: d.police, Continuity: d.continuity, Grave: &d.grave, Why: d.why}
}

var demoIncidents = []demoIncident{
	{
		"Inkomensgegevens aangepast in een aanvraag", "Bij een steekproef bleek een loonstrook in een aanvraag te zijn gewijzigd. Het bedrag lag 600 euro boven dat van de werkgever. De aanvraag was nog niet goedgekeurd.",
		"Hypotheekadviseur", incident.ClientFacing, casework.GreatHarm, false, true, true, "planned", "no",
		"Vervalsing van stukken door een medewerker. Wij doen aangifte; daarom moet het worden gemeld.",
		incident.OnPerson, "Medewerker op non-actief gesteld en het dienstverband beëindigd.", incident.Works, "Geen toegang meer; alle aanvragen van het laatste jaar zijn nagelopen.",
	},
	{
		"Klantdossiers bekeken zonder reden", "Uit het logboek bleek dat dossiers van bekenden zijn geopend zonder dat daar werk voor was. Er is niets gekopieerd.",
		"Medewerker klantcontact", incident.ClientFacing, casework.SomeHarm, false, true, false, "no", "no",
		"Ernstig, maar beperkt van omvang: vier dossiers, niets naar buiten. De toezichthouder hoeft dit niet te weten.",
		incident.OnProcedure, "Inzage buiten de eigen klanten vraagt voortaan een reden, en wordt elke maand bekeken.", incident.Works, "Drie maandrapporten zonder nieuwe gevallen.",
	},
	{
		"Cadeau van een aanbieder niet gemeld", "Een leidinggevende nam een reis aan van een aanbieder en meldde die niet. Een collega zag de foto's.",
		"Teamleider advies", incident.Manager, casework.NoHarm, false, true, false, "no", "no",
		"Er is geen advies door beïnvloed; dat is nagegaan in de dossiers van dat kwartaal. Geen van de gronden van artikel 12 geldt.",
		incident.OnPerson, "Schriftelijke waarschuwing; de waarde van de reis is terugbetaald.", incident.WorksPart, "Betaald. In het register staan nog steeds weinig meldingen van anderen.",
	},
	{
		"Premies op een eigen rekening ontvangen", "Twee klanten betaalden hun premie op een rekening die niet van ons is. De medewerker had het rekeningnummer in zijn e-mail gezet.",
		"Medewerker incasso", incident.OtherStaff, casework.SevereHarm, true, true, true, "made", "possible",
		"Verduistering door iemand die geld beheert. Aangifte is gedaan op de dag van ontdekking.",
		incident.OnClients, "De twee klanten zijn schadeloos gesteld en hun dekking is met terugwerkende kracht hersteld.", incident.Works, "Beide klanten bevestigden dat alles klopt.",
	},
	{
		"Verkeerde bijlage aan een klant gestuurd", "Een klant kreeg het rapport van een ander. Hij belde zelf en wiste het bestand.",
		"Medewerker binnendienst", incident.OtherStaff, casework.SomeHarm, false, false, false, "no", "no",
		"Een vergissing zonder opzet. Het is een datalek en loopt langs die weg; het is geen gevaar voor de integriteit.",
		incident.NoMeasure, "Geen maatregel nodig buiten de procedure voor datalekken.", incident.Works, "",
	},
	{
		"Eigen hypotheek buiten het vierogenprincipe", "Een bestuurder keurde een uitzondering goed voor een familielid. De tweede handtekening ontbrak.",
		"Directeur", incident.PolicyMaker, casework.NoHarm, false, true, true, "no", "no",
		"Het gaat om een beleidsbepaler en om onze acceptatie. Door wie het is, behoort de toezichthouder het te weten.",
		incident.OnProcedure, "Aanvragen van bestuurders en hun familie gaan altijd langs een externe beoordelaar.", incident.Works, "Twee aanvragen gingen langs de beoordelaar.",
	},
	{
		"Toets van een klant ingevuld door een medewerker", "Een klant vertelde dat de medewerker aan de telefoon de antwoorden zelf koos.",
		"Medewerker klantcontact", incident.ClientFacing, casework.GreatHarm, false, true, false, "no", "no",
		"Eén geval, hersteld: de klant maakte de toets opnieuw. Gesprekken van drie maanden zijn beluisterd zonder tweede geval.",
		incident.OnProcedure, "De toets gaat alleen nog met de link van de klant; aan de telefoon invullen is afgesloten.", incident.WorksPart, "In de maand erna nog één poging, door het systeem tegengehouden.",
	},
}
