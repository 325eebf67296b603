package web

import (
	"zorgplicht/casework"
	"zorgplicht/complaint"
	"zorgplicht/internal/site"
)

var sortChoices = []site.Choice{
	{Value: string(complaint.Grievance), Text: "Een klacht", Hint: "De klant is ontevreden en wil een antwoord."},
	{Value: string(complaint.Claim), Text: "Een claim", Hint: "De klant wil een vergoeding."},
	{Value: string(complaint.Unease), Text: "Alleen ongenoegen", Hint: "De klant vraagt niets. Wij tellen het mee, en er loopt geen termijn."},
}

// Sorts are what whoever complains may want, for the pages of other rooms.
func Sorts() []site.Choice { return sortChoices }

var wayChoices = []site.Choice{
	{Value: string(casework.Phone), Text: "Telefoon"},
	{Value: string(casework.Letter), Text: "Brief"},
	{Value: string(casework.Mail), Text: "E-mail"},
	{Value: string(casework.Visit), Text: "Gesprek"},
}

var causeChoices = []site.Choice{
	{Text: "Kies een oorzaak"},
	{Value: string(complaint.ByAdvice), Text: "Advies"},
	{Value: string(complaint.ByInformation), Text: "Informatie"},
	{Value: string(complaint.ByCompetence), Text: "Deskundigheid"},
	{Value: string(complaint.ByAdministration), Text: "Administratie"},
	{Value: string(complaint.ByTerms), Text: "Voorwaarden"},
	{Value: string(complaint.ByPrice), Text: "Prijs of kosten"},
	{Value: string(complaint.ByTime), Text: "Behandelduur"},
	{Value: string(complaint.ByOther), Text: "Iets anders"},
}

var outcomeChoices = []site.Choice{
	{Text: "Kies een uitkomst"},
	{Value: string(complaint.Upheld), Text: "Gegrond"},
	{Value: string(complaint.Partly), Text: "Deels gegrond"},
	{Value: string(complaint.Rejected), Text: "Ongegrond"},
	{Value: string(complaint.Settled), Text: "Geschikt, zonder oordeel"},
	{Value: string(complaint.Withdrawn), Text: "Ingetrokken door de klant"},
}

var replyChoices = []site.Choice{
	{Value: string(complaint.Acknowledge), Text: "Bevestiging", Hint: "Wij hebben de klacht; dit gebeurt er nu."},
	{Value: string(complaint.Interim), Text: "Tussenbericht", Hint: "Het duurt langer; dit is de reden."},
	{Value: string(complaint.Final), Text: "Antwoord", Hint: "Dit is ons oordeel."},
}

func harmChoices() (choices []site.Choice) {
	for _, h := range casework.Harms {
		choices = append(choices, site.Choice{Value: string('0' + rune(h)), Text: h.Dutch()})
	}
	return choices
}
