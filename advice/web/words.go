package web

import (
	"strings"

	"zorgplicht/advice"
	"zorgplicht/casework"
	"zorgplicht/internal/site"
)

var roleChoices = []site.Choice{
	{Value: string(advice.Intermediary), Text: "Bemiddelaar"},
	{Value: string(advice.Provider), Text: "Aanbieder"},
	{Value: string(advice.Adviser), Text: "Alleen adviseur, zonder bemiddeling"},
}

var levelChoices = []site.Choice{
	{Text: "Nog niet gevraagd"}, {Value: "geen", Text: "Geen"}, {Value: "weinig", Text: "Weinig"}, {Value: "voldoende", Text: "Voldoende"}, {Value: "ruim", Text: "Ruim"},
}

var resultChoices = []site.Choice{
	{Value: string(advice.Open), Text: "Nog niet bekend"},
	{Value: string(advice.Followed), Text: "De klant sloot het geadviseerde product"},
	{Value: string(advice.Other), Text: "De klant sloot een ander product"},
	{Value: string(advice.Nothing), Text: "Er kwam geen overeenkomst"},
}

var wayChoices = []site.Choice{
	{Text: "Nog niet vastgelegd"},
	{Value: string(casework.Visit), Text: "In een gesprek"},
	{Value: string(casework.Phone), Text: "Aan de telefoon"},
	{Value: string(casework.Mail), Text: "Per e-mail"},
	{Value: string(casework.Letter), Text: "Per brief of met een handtekening"},
}

var stateChoices = []site.Choice{
	{Text: "Alle dossiers"},
	{Value: string(advice.Lacking), Text: "Er ontbreekt iets"},
	{Value: string(advice.Unproved), Text: "Eigen keuze niet aangetoond"},
	{Value: string(advice.Complete), Text: "Volledig"},
	{Value: string(advice.Undecided), Text: "Afloop nog niet bekend"},
	{Value: string(advice.ByCourse), Text: "Volgens een procedure"},
	{Value: string(advice.AgainstIt), Text: "Afgeweken van de procedure"},
}

var orderChoices = []site.Choice{
	{Text: "Nieuwste advies eerst"}, {Value: string(advice.OldestFirst), Text: "Oudste advies eerst"}, {Value: string(advice.ByProduct), Text: "Op product"},
}

func kindChoices(none string) (choices []site.Choice) {
	choices = append(choices, site.Choice{Text: none})
	for _, k := range advice.ProductKinds {
		choices = append(choices, site.Choice{Value: string(k), Text: kindText(k)})
	}
	return choices
}

func kindText(k advice.ProductKind) string {
	if k == "anders" {
		return "Iets anders"
	}
	return strings.ToUpper(string(k[:1])) + string(k[1:])
}

// chosen is the value where it is one of the choices, else "".
func chosen(choices []site.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return value
		}
	}
	return ""
}

// lackText says in a word or two what a file lacks.
func lackText(part string) string {
	switch part {
	case "position":
		return "financiële positie"
	case "knowledge":
		return "kennis"
	case "experience":
		return "ervaring"
	case "objectives":
		return "doelstellingen"
	case "risk":
		return "risicobereidheid"
	case "product":
		return "kenmerken van het product"
	case "own_choice":
		return "bewijs van eigen keuze"
	}
	return part
}

func lackTexts(parts []string) string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, lackText(p))
	}
	return strings.Join(texts, ", ")
}

func filled(parts ...string) (some []string) {
	for _, s := range parts {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}
