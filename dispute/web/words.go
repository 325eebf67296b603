package web

import (
	"zorgplicht/dispute"
	"zorgplicht/internal/site"
)

var stateChoices = []site.Choice{
	{Text: "Alle"},
	{Value: string(dispute.Recognised), Text: "Erkend"},
	{Value: string(dispute.Asked), Text: "Aanvraag loopt"},
	{Value: string(dispute.Unasked), Text: "Niet erkend"},
	{Value: string(dispute.Refused), Text: "Geweigerd"},
	{Value: string(dispute.Elsewhere), Text: "Door een ander erkend"},
	{Value: string(dispute.Revoked), Text: "Erkenning ingetrokken"},
}

var stateTones = map[dispute.State]site.Tone{
	dispute.Recognised: site.Good, dispute.Asked: site.Warn, dispute.Unasked: site.Neutral, dispute.Refused: site.Bad, dispute.Elsewhere: site.Bad, dispute.Revoked: site.Bad,
}

// topics are what article 55(1) asks of the rules of a body, in plain words.
var topics = map[string]string{
	"a": "Welke geschillen de instantie behandelt",
	"b": "Hoe en door wie een geschil aanhangig wordt gemaakt",
	"c": "Wraking van een lid",
	"d": "Hoe de instantie een geschil behandelt",
	"e": "Partijen komen gelijk aan het woord, mondeling en schriftelijk, desgewenst met hulp",
	"f": "Wanneer een deskundige advies geeft",
	"g": "Wanneer getuigen en deskundigen worden gehoord",
	"h": "Partijen zien alle stukken en kunnen erop reageren",
	"i": "Wanneer een verkorte procedure of een voorlopig oordeel kan",
	"j": "Op welke regels de instantie haar beslissing baseert",
	"k": "Een geschil kan eindigen met een niet-bindend advies",
	"l": "Bindend advies alleen na uitdrukkelijke instemming vooraf",
	"m": "Hoe hoog het bedrag is om een geschil aanhangig te maken",
	"n": "Wie de kosten betaalt, met een maximum",
	"o": "Vorm, inhoud en bekendmaking van de uitkomst: met redenen, ondertekend, schriftelijk",
	"p": "Beroep tegen een uitspraak",
}

var functionChoices = []site.Choice{
	{Text: "Kies"},
	{Value: "none", Text: "Niets"},
	{Value: "university", Text: "Werkt bij een universiteit of hogeschool"},
	{Value: "judge", Text: "Rechter of raadsheer"},
	{Value: "lawyer", Text: "Advocaat"},
	{Value: "consumer organisation", Text: "Werkt bij een consumentenorganisatie"},
	{Value: "government", Text: "Werkt bij de overheid of een toezichthouder"},
	{Value: "financial service provider", Text: "Werkt voor een financiële dienstverlener"},
	{Value: "trade association", Text: "Heeft een functie bij een beroepsorganisatie van financiële dienstverleners"},
}

var outcomesOfBody = []site.Choice{
	{Value: "non_binding", Text: "Niet-bindend advies"},
	{Value: "binding", Text: "Bindend advies"},
	{Value: "settlement", Text: "Schikking"},
}

var ministerChoices = []site.Choice{
	{Text: "Kies"},
	{Value: "minister_of_finance", Text: "De minister van Financiën"},
	{Value: "minister_of_justice", Text: "De minister van Justitie"},
}

var groundChoices = []site.Choice{
	{Text: "Kies"},
	{Value: dispute.OnRequest, Text: "Op verzoek van de instantie zelf"},
	{Value: dispute.FalseData, Text: "Onjuiste of onvolledige gegevens bij de aanvraag"},
	{Value: dispute.NoLongerMet, Text: "De instantie voldoet niet langer aan de artikelen 54 tot en met 58 of doet geen opgave"},
	{Value: dispute.ConditionOff, Text: "De instantie komt een voorschrift niet na"},
}

var howChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(dispute.Brought), Text: "De klant maakte het aanhangig bij de instantie"},
	{Value: string(dispute.Forwarded), Text: "De instantie stuurde de klacht naar ons door"},
}

var outcomeChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(dispute.Advice), Text: "Niet-bindend advies"},
	{Value: string(dispute.Binding), Text: "Bindend advies"},
	{Value: string(dispute.Settlement), Text: "Schikking"},
	{Value: string(dispute.Inadmissible), Text: "Niet in behandeling genomen"},
	{Value: string(dispute.Withdrawn), Text: "Ingetrokken"},
	{Value: string(dispute.Handed), Text: "Als klacht verder behandeld"},
}

var resultChoices = []site.Choice{
	{Text: "Kies"},
	{Value: string(dispute.ForClient), Text: "De klant kreeg gelijk"},
	{Value: string(dispute.InPart), Text: "De klant kreeg deels gelijk"},
	{Value: string(dispute.ForFirm), Text: "Onze onderneming kreeg gelijk"},
	{Value: string(dispute.None), Text: "Er is niet gezegd wie gelijk had"},
}
