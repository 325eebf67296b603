package lending

import "zorgplicht/criteria"

// Catalogue are the fields by which this room speaks of an application. A firm's
// criteria may ask for any of them and for others of their own; those marked as filled
// in are not asked of the applicant.
var Catalogue = []criteria.FieldText{
	{Name: "dag", English: "day", Type: "date", Run: true, From: "2020-01-01", Through: "2045-12-31"},
	{Name: "gevraagd", English: "requested", Type: "euro", From: "0", Through: "10000000", Source: "aanvraag"},
	{Name: "looptijd", English: "term", Type: "months", From: "0", Through: "600", Source: "aanvraag", Question: "Over hoeveel maanden wil de klant aflossen?"},
	{Name: "bestedingsdoel", English: "purpose", Type: "choice", Values: words(Purposes), Source: "aanvraag"},
	{Name: "huishouden", English: "household", Type: "choice", Values: words(Households), Source: "aanvraag", Question: "Hoe ziet het huishouden eruit?"},
	{Name: "kinderen", English: "children", Type: "number", From: "0", Through: "20", Source: "aanvraag"},
	{Name: "inkomen", English: "income", Type: "euro", From: "0", Through: "100000", Source: "loonstrook", Question: "Wat is het netto inkomen per maand?"},
	{Name: "inkomen_partner", English: "partner_income", Type: "euro", From: "0", Through: "100000", Source: "loonstrook", Question: "Wat is het netto inkomen van de partner per maand?"},
	{Name: "woonlasten", English: "housing_costs", Type: "euro", From: "0", Through: "50000", Source: "huurcontract of hypotheekoverzicht", Question: "Wat zijn de woonlasten per maand?"},
	{Name: "vaste_lasten", English: "fixed_costs", Type: "euro", From: "0", Through: "50000", Source: "aanvraag", Question: "Wat zijn de andere vaste lasten per maand?"},
	{Name: "bestaande_kredieten", English: "existing_credits", Type: "euro", From: "0", Through: "50000", Source: "kredietregister", Question: "Wat betaalt de klant per maand op andere kredieten?"},
	{Name: "termijn", English: "instalment", Type: "euro", From: "0", Through: "100000", Source: "offerte", Question: "Wat wordt het maandbedrag van dit krediet?"},
	{Name: "registratie", English: "registration", Type: "choice", Values: []string{"schoon", "hersteld", "achterstand"}, Source: "kredietregister", Question: "Hoe staat de klant in het kredietregister?"},
	{Name: "in_dienst_sinds", English: "employed_since", Type: "date", From: "1950-01-01", Through: "2045-12-31", Source: "werkgeversverklaring", Question: "Sinds wanneer heeft de klant dit werk?"},
	{Name: "borg", English: "guarantor", Type: "yesno", Source: "aanvraag", Question: "Staat iemand borg?"},
	{Name: "leefnorm", English: "household_norm", Type: "euro", From: "0", Through: "20000", Source: "normbedragen van de onderneming"},
}

func words[T ~string](all []T) (list []string) {
	for _, w := range all {
		list = append(list, string(w))
	}
	return list
}

// FilledIn says which fields of a set this room fills in by itself: from the request,
// or from the firm's norm amounts.
func FilledIn(f criteria.FieldText, norms []SetNorm) bool {
	if f.Run {
		return true
	}
	for _, name := range []string{f.Name, f.English} {
		switch name {
		case "gevraagd", "requested", "looptijd", "term", "bestedingsdoel", "purpose", "huishouden", "household", "kinderen", "children":
			return true
		}
		for _, n := range norms {
			if n.Name == name && name != "" {
				return true
			}
		}
	}
	return false
}

// Starter is an example of criteria with the fields of Catalogue, to begin with: the
// amounts and bounds are the firm's own to choose.
const Starter = `# Voorbeeld van acceptatiecriteria (artikel 61). Kies uw eigen grenzen.
language: 1
name: acceptatie
title: Acceptatie van consumptief krediet
version: 1
from: 2026-01-01
categories: [aanvaarden, bespreken, weigeren]
fields:
  - {name: dag, english: day, type: date, run: true, from: 2020-01-01, through: 2045-12-31}
  - {name: gevraagd, english: requested, type: euro, from: 0, through: 10000000, source: aanvraag}
  - {name: inkomen, english: income, type: euro, from: 0, through: 100000, source: loonstrook, question: Wat is het netto inkomen per maand?}
  - {name: woonlasten, english: housing_costs, type: euro, from: 0, through: 50000, source: huurcontract of hypotheekoverzicht, question: Wat zijn de woonlasten per maand?}
  - {name: bestaande_kredieten, english: existing_credits, type: euro, from: 0, through: 50000, source: kredietregister, question: Wat betaalt de klant per maand op andere kredieten?}
  - {name: termijn, english: instalment, type: euro, from: 0, through: 100000, source: offerte, question: Wat wordt het maandbedrag van dit krediet?}
  - {name: registratie, english: registration, type: choice, values: [schoon, hersteld, achterstand], source: kredietregister, question: Hoe staat de klant in het kredietregister?}
  - {name: leefnorm, english: household_norm, type: euro, from: 0, through: 20000, source: normbedragen van de onderneming}
criteria:
  - {name: ruimte_te_klein, when: inkomen - woonlasten - bestaande_kredieten - leefnorm < termijn, title: Het maandbedrag past niet}
rules:
  - id: A1
    category: weigeren
    when: ruimte_te_klein
    reason: Van {inkomen} blijft na woonlasten, andere kredieten en {leefnorm} om van te leven minder over dan {termijn}.
    norm: bfd:61:1
  - id: A2
    category: weigeren
    when: registratie == "achterstand"
    reason: In het kredietregister staat een {registratie}.
    norm: bfd:61:1
  - id: A3
    category: bespreken
    when: registratie == "hersteld"
    reason: In het kredietregister staat een achterstand die is {registratie}.
    norm: bfd:61:1
  - id: A4
    category: bespreken
    when: gevraagd > inkomen * 12
    reason: Gevraagd is {gevraagd}, meer dan twaalf keer het inkomen van {inkomen}.
    norm: bfd:61:1
`
