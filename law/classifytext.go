package law

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// Classify is the rule on what a product is under the definitions of the decree.
var Classify = rule.New("classify", 1,
	[]ident.Norm{"bfd:1::d", "bfd:1::d:1", "bfd:1::d:2", "bfd:1::d:3", "bfd:1::d:4", "bfd:1::d:5", "bfd:1::d:6", "bfd:1::e", "bfd:1::j", "bfd:3", "bfd:4", "bfd:38:4"},
	classify, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"only_death":             "Deze levensverzekering keert alleen uit bij overlijden voor een bepaalde datum. Zij is dan geen complex product.",
		"life_that_builds":       "Een levensverzekering die niet alleen uitkeert bij overlijden voor een bepaalde datum, is een complex product.",
		"object":                 "Een beleggingsobject is een complex product.",
		"fund":                   "Een recht van deelneming dat wordt ingekocht of niet verhandelbaar is, is een complex product.",
		"no_limb":                "Geen van de zes onderdelen van de definitie van complex product is van toepassing.",
		"mortgage_and_builds":    "Een hypothecair krediet samen met een levensverzekering die kapitaal opbouwt, of met een spaarrekening, is een complex product.",
		"with_complex":           "Een combinatie waarin een complex product zit, is zelf ook een complex product.",
		"market_combination":     "Een combinatie van producten waarvan er een afhangt van financiële of andere markten, is een complex product.",
		"own_leaflet":            "De bijsluiter moet over de hele combinatie gaan, ook over hoe de delen op elkaar inwerken.",
		"advice_makes_none":      "De producten zijn in een adviesgesprek voor één klant bij elkaar gebracht. Volgens de toelichting ontstaat daardoor geen nieuw complex product.",
		"designated":             "Het product is vanaf {from} bij ministeriële regeling aangewezen als complex product.",
		"designated_later":       "De aanwijzing als complex product geldt pas vanaf {from}.",
		"mortgage_now":           "Bij het aangaan wordt een recht van hypotheek gevestigd. Het is een hypothecair krediet.",
		"mortgage_before":        "Er was al een recht van hypotheek gevestigd, en de rente is gebruikelijk voor hypotheken van de aanbieder. Het is een hypothecair krediet.",
		"rate_not_customary":     "Er was al een recht van hypotheek gevestigd, maar dat de rente gebruikelijk is voor hypotheken van de aanbieder, is niet gegeven. Het is een consumptief krediet.",
		"mortgage_by_name":       "Het product is opgegeven als hypothecair krediet.",
		"no_mortgage":            "Krediet dat geen hypothecair krediet is, is consumptief krediet.",
		"securities_credit":      "Effectenkrediet is geen hypothecair krediet en dus consumptief krediet.",
		"no_right":               "Het gaat niet om een recht op het rendement of de opbrengst van een zaak. Artikel 3 is niet van toepassing.",
		"not_paid":               "Het recht wordt niet tegen betaling verkregen. Artikel 3 is niet van toepassing.",
		"no_return_held_out":     "Er wordt geen rendement in geld in het vooruitzicht gesteld. Artikel 3 is niet van toepassing.",
		"managed_elsewhere":      "Het beheer ligt niet hoofdzakelijk bij de dienstverlener of bij een derde in opdracht. Artikel 3 is niet van toepassing.",
		"other_product":          "Het is al een ander financieel product in de zin van de wet. Artikel 3 is niet van toepassing.",
		"object_rules":           "Dit recht is aangewezen als financieel product. De regels voor beleggingsobjecten gelden ook hiervoor.",
		"regular_and_paid_along": "De dienst wordt geregeld verleend en de consument betaalt tijdens die periode in termijnen. Zo'n dienst is niet aangewezen.",
		"regular_paid_otherwise": "De dienst wordt geregeld verleend, maar dat de consument tijdens die periode in termijnen moet betalen, is niet gegeven. De dienst is dan aangewezen.",
		"designated_service":     "Deze dienst is aangewezen: krediet ervoor is goederenkrediet.",
	}))
