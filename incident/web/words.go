package web

import (
	"strings"

	"zorgplicht/casework"
	"zorgplicht/incident"
	"zorgplicht/internal/site"
)

var whoChoices = []site.Choice{
	{Text: "Nog niet bekend"},
	{Value: string(incident.PolicyMaker), Text: "Wie het dagelijks beleid bepaalt of medebepaalt"},
	{Value: string(incident.Manager), Text: "Een andere leidinggevende"},
	{Value: string(incident.ClientFacing), Text: "Een medewerker met klantcontact"},
	{Value: string(incident.OtherStaff), Text: "Een andere medewerker"},
	{Value: string(incident.Outsider), Text: "Iemand van buiten"},
}

var stageWords = map[incident.Stage]site.Tag{
	incident.ToJudge:  {Tone: site.Warn, Text: "te beoordelen"},
	incident.ToTell:   {Tone: site.Bad, Text: "te melden"},
	incident.Told:     {Tone: site.Good, Text: "gemeld"},
	incident.NotTold:  {Tone: site.Neutral, Text: "hoeft niet gemeld"},
	incident.OutScope: {Tone: site.Neutral, Text: "buiten artikel 10"},
}

var policeChoices = []site.Choice{
	{Text: "Kies"}, {Value: "no", Text: "Nee"}, {Value: "planned", Text: "Nog niet, maar die komt er"}, {Value: "made", Text: "Ja"},
}

var continuityChoices = []site.Choice{
	{Text: "Kies"}, {Value: "no", Text: "Nee"}, {Value: "possible", Text: "Het zou kunnen"}, {Value: "yes", Text: "Ja"},
}

var yesNo = []site.Choice{{Value: "ja", Text: "Ja"}, {Value: "nee", Text: "Nee"}}

var kindChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(incident.OnPerson), Text: "De persoon die het deed"},
	{Value: string(incident.OnProcedure), Text: "De werkwijze of een controle"},
	{Value: string(incident.OnPolicy), Text: "Het beleid"},
	{Value: string(incident.OnClients), Text: "Herstel voor klanten"},
	{Value: string(incident.NoMeasure), Text: "Er is geen maatregel nodig"},
}

var effectChoices = []site.Choice{
	{Text: "Kies"}, {Value: string(incident.Works), Text: "Ja"}, {Value: string(incident.WorksPart), Text: "Voor een deel"}, {Value: string(incident.WorksNever), Text: "Nee"},
}

var wayChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(casework.Mail), Text: "E-mail"},
	{Value: string(casework.Letter), Text: "Brief"},
	{Value: string(casework.Phone), Text: "Telefoon"},
	{Value: string(casework.Visit), Text: "Gesprek"},
	{Value: string(casework.Internal), Text: "Portaal van de toezichthouder"},
}

func harmChoices() (choices []site.Choice) {
	for _, h := range casework.Harms {
		choices = append(choices, site.Choice{Value: string('0' + rune(h)), Text: h.Dutch()})
	}
	return choices
}

// wordOf is the text of a choice, "nog niet bekend" of none.
func wordOf(choices []site.Choice, value string) string {
	return c(site.WordOf(choices, value, "nog niet bekend"))
}

// c begins with a small letter, for within a sentence.
func c(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// name is the name of an actor, as far as it is known.
func name(names map[string]string, actor string) string {
	kind, id, _ := strings.Cut(actor, ":")
	switch {
	case kind == "program":
		return "een systeem van uw onderneming"
	case names[id] != "":
		return names[id]
	}
	return "een andere medewerker"
}
