package appropriateness

import "strings"

// marks are parts of words by which a question shows that it is about its
// product.
var marks = map[string][]string{
	"mortgage": {"hypothe", "woning", "huis", "nhg", "taxat", "rentevast", "overwaarde", "restschuld", "aflos", "annuït", "oversluit", "notaris", "onderpand", "woonlast", "koopsom", "appartement", "eigenwoning", "overbrugging", "rente", "lening", "geldverstrekker", "maandbedrag", "maandlast"},
	"individual_disability_insurance": {
		"arbeidsongeschikt", "aov", "wachttijd", "eigenrisicoperiode", "eigen risicoperiode", "eindleeftijd", "ziek", "beroep", "verzekerd", "uitkering", "premie", "verzekeraar", "klachten", "gezondheid", "polis",
	},
	"payment_protection": {
		"overlijd", "betalingsbescherm", "orv", "werkloos", "ontslag", "arbeidsongeschikt", "maandlast", "woonlast", "verzekerd", "verzekering", "uitkering", "premie", "verzekeraar", "polis", "hypothe", "lening", "dekking",
	},
	"investment_linked_insurance": {
		"beleg", "fonds", "koers", "inleg", "polis", "verzeker", "rendement", "poliswaarde", "afkoop", "eindkapitaal", "aandelen", "obligatie", "premie", "uitkering",
	},
	"investment_object":               {"object", "beleg", "rendement", "inleg", "aanbieder", "waarde", "plantage", "kunst", "vastgoed", "grondstof"},
	"second_pillar_pension_insurance": {"pensioen", "werkgever", "werknemer", "premie", "uitkering", "verzeker", "aow"},
	"complex_product":                 {"product", "beleg", "verzeker", "premie", "inleg", "rendement", "aanbieder", "fonds", "uitkering"},
}

// ofService are parts of words by which a question shows that it is about buying
// without advice, about advice, or about the client's own affairs.
var ofService = []string{"advies", "advis", "zonder advies", "afsluit", "sluit", "aanbieder", "execution", "bemiddel", "intermediair", "contract", "bedenktijd", "offerte", "informatieblad", "voorwaarden"}

var ofOwn = []string{"inkomen", "maandlast", "woonlast", "schuld", "spaar", "buffer", "uitgaven", "vermogen", "salaris", "loon", "geld", "pensioen", "partner", "werk", "bedrijf", "winst", "begroting", "lasten"}

// specific reports whether the words say anything of the product or of buying it
// without advice. The product's name in the title of the test is not enough: a
// question is read by itself.
func (l *linter) specific() bool {
	all := strings.ToLower(l.in.Scenario + " " + l.in.Text)
	for _, o := range l.in.Options {
		all += " " + strings.ToLower(o.Text)
	}
	list := marks[l.in.Product]
	if l.in.Product == "" {
		for _, m := range marks {
			list = append(list, m...)
		}
	}
	for _, some := range [][]string{list, ofService, ofOwn} {
		for _, m := range some {
			if strings.Contains(all, m) {
				return true
			}
		}
	}
	return false
}
