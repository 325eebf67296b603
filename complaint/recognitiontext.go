package complaint

import (
	"strconv"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// Recognition is the rule on recognition by the minister (articles 20 and 53).
var Recognition = rule.New("recognition", 1,
	[]ident.Norm{
		"bfd:20:1", "bfd:20:3", "bfd:20:4", "bfd:20:4:c", "bfd:20:5", "bfd:21:6", "bfd:21:9", "bfd:22",
		"bfd:53:1", "bfd:53:3", "bfd:53:4", "bfd:53:5", "bfd:53:5:b", "bfd:53:5:c", "bfd:53:6",
	},
	recognition, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
		"all_shown":          "De aanvrager heeft aangetoond dat hij aan alle gevraagde bepalingen kan voldoen.",
		"not_shown":          "De aanvrager heeft niet aangetoond dat hij kan voldoen aan {provision}.",
		"funded":             "Voor een bekostigde instelling voor hoger onderwijs gelden het tweede en derde lid van artikel 21 niet.",
		"no_21_4":            "Artikel 20 vraagt bij de aanvraag niet naar artikel 21, vierde lid (tijdig aangepaste examens).",
		"condition_new":      "De minister kan aan een te verlenen erkenning voorschriften verbinden. Een voorschrift is geen extra voorwaarde om de erkenning te krijgen.",
		"condition_existing": "De minister kan ook aan een erkenning die er al is, voorschriften verbinden (toelichting).",
		"announced":          "Het besluit is in de Staatscourant meegedeeld.",
		"not_announced":      "Het besluit is niet in de Staatscourant meegedeeld. Dat moet, ook bij intrekking.",
		"data_given":         "Dat gevraagde gegevens zijn geweigerd, is niet gegeven.",
		"data_withheld":      "Het exameninstituut heeft de gegevens niet verstrekt die de minister vroeg.",
		"no_data_duty":       "Een geschilleninstantie doet jaarlijks opgave. Een plicht om op verzoek andere gegevens te geven, kent het besluit voor haar niet.",
		"on_request":         "De instantie vraagt zelf om intrekking.",
		"false_data":         "De gegevens bij de aanvraag waren onjuist of onvolledig. Met de juiste gegevens was de erkenning niet, of niet zonder voorschriften, verleend.",
		"no_longer_met":      "De instantie voldoet niet langer aan wat het besluit van haar vraagt.",
		"condition_not_met":  "De instantie voldoet niet aan een voorschrift dat aan de erkenning is verbonden.",
		"names_a_power":      "Het artikel noemt hier ook het derde lid. Dat is een bevoegdheid van de minister en geen plicht van de instantie.",
		"no_ground":          "Geen van de gronden voor intrekking doet zich voor. Andere gronden, zoals een klacht alleen, zijn er niet.",
		"by_finance":         "De minister van Financiën heeft erkend. Die erkenning geldt voor het besluit.",
		"by_another":         "Niet de minister van Financiën heeft erkend. Zo'n erkenning geldt niet voor het besluit; andersom geldt hetzelfde.",
		"nothing_asked":      "Er is niets gegeven waarover dit artikel iets zegt.",
	}))

// RecognitionTerm1 is RecognitionTerm, and takes a body that it does not know for a
// dispute body.
var RecognitionTerm1 = rule.New("recognition_term", 1, []ident.Norm{"bfd:20:2", "bfd:53:2"}, recognitionTerm,
	rule.Profile(rule.Bfd2005), rule.Texts(termTexts))

// RecognitionTerm is the rule on the minister's term: four months after the
// application, made longer by two months at most twice (articles 20(2) and 53(2)).
var RecognitionTerm = rule.New("recognition_term", 2, RecognitionTerm1.Norms(),
	func(in BodyTermIn) TermOut { return recognitionTerm(in.TermIn) }, rule.Profile(rule.Bfd2005), rule.Texts(termTexts))

func recognitionTerm(in TermIn) TermOut {
	times := 0
	if in.Extensions != nil {
		times = *in.Extensions
	}
	counted := min(times, mostExtensions)
	out := TermOut{DecideBy: in.Application.AddMonths(decideMonths + extendMonths*counted)}
	norm := pick(rule.Word(in.Body), "bfd:20:2", "bfd:53:2")
	out.Say("term", norm, "application", in.Application.String(), "months", strconv.Itoa(decideMonths+extendMonths*counted), "by", out.DecideBy.String())
	if times > counted {
		out.Say("extended_too_often", norm)
	}
	return out
}

var termTexts = map[string]string{
	"term":               "De aanvraag is van {application}. De minister heeft {months} maanden en beslist uiterlijk op {by}.",
	"extended_too_often": "De termijn kan hoogstens twee keer met twee maanden worden verlengd. Verdere verlengingen tellen niet mee.",
}
