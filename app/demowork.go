package app

import (
	"zorgplicht/appropriateness"
)

// demoReworded is a starter question of which a new version is being written, with
// the words that are new in it.
const (
	demoReworded  = appropriateness.QuestionID("rentevast-afloop")
	demoRewording = "Wat kan er na die 10 jaar gebeuren met het bedrag dat hij elke maand betaalt?"
)

// A demoQuestion is a question of the mortgage house that was not finished, or is
// gone again: the first answer is right, behind each of the others stands why it is
// wrong.
type demoQuestion struct {
	id       appropriateness.QuestionID
	state    appropriateness.QuestionState
	days     int // ago it was written
	note     string
	remark   string // of who gave it back or took it out
	element  appropriateness.Element
	side     string
	source   string
	scenario string
	text     string
	right    [2]string
	wrong    [][2]string
}

func (q demoQuestion) content() appropriateness.BankContent {
	c := appropriateness.BankContent{Format: appropriateness.BankFormat, Product: "mortgage", Language: "nl", Question: appropriateness.Question{
		ID: q.id, Element: q.element, Family: string(q.id), Kind: "substantive", Side: q.side, Weight: 2, Source: q.source, Scenario: q.scenario, Text: q.text, Right: q.right[1],
	}}
	c.Question.Options = []appropriateness.Option{{ID: "a", Text: q.right[0], Right: q.right[0] != ""}}
	for i, w := range q.wrong {
		c.Question.Options = append(c.Question.Options, appropriateness.Option{ID: appropriateness.OptionID("bcdef"[i : i+1]), Text: w[0], Wrong: w[1]})
	}
	return c
}

var demoWork = []demoQuestion{
	{
		id: "verhuisregeling", state: appropriateness.InReview, days: 3, note: "Nieuw: klanten vragen hier aan de telefoon naar.",
		element: appropriateness.Product, side: "upside", source: "Voorwaarden De Linde Hypotheek, artikel 12",
		scenario: "Rachid heeft een rente van 2 procent, nog acht jaar vast. Hij verkoopt zijn huis en koopt een ander huis. Nieuwe klanten betalen nu 4 procent. Zijn aanbieder kent een verhuisregeling.",
		text:     "Wat kan Rachid met de verhuisregeling?",
		right:    [2]string{"Zijn 2 procent meenemen voor het bedrag dat hij nu leent, tot het einde van de acht jaar", "De regeling laat de rente en de rest van de rentevaste periode meegaan naar het nieuwe huis, voor de schuld die er al was."},
		wrong: [][2]string{
			{"Zijn 2 procent meenemen, ook voor het bedrag dat hij extra leent", "Voor een hoger bedrag geldt de rente van het moment waarop hij het leent."},
			{"Zijn hypotheek laten staan op het huis dat hij verkocht", "Bij de verkoop wordt de hypotheek op het oude huis afgelost."},
			{"Acht jaar lang geen rente betalen over het nieuwe huis", "De regeling zegt welke rente geldt. Hij blijft rente betalen."},
		},
	},
	{
		id: "aanbod-voor-overdracht", state: appropriateness.InReview, days: 1,
		element: appropriateness.ServiceRisks, side: "downside", source: "Voorwaarden De Linde Hypotheek, artikel 3",
		scenario: "Sanne kreeg een aanbod voor een hypotheek dat drie maanden geldig is. Zij sluit zonder advies af. De overdracht van haar huis schuift op naar de vierde maand. De rente is intussen gestegen.",
		text:     "Wat gebeurt er als zij niets doet?",
		right:    [2]string{"Het aanbod vervalt, en voor een nieuw aanbod geldt de hogere rente", "Zonder adviseur houdt zij zelf de datum in de gaten. Na drie maanden is de aanbieder niet meer aan de rente gebonden."},
		wrong: [][2]string{
			{"De aanbieder verlengt het aanbod uit zichzelf met dezelfde rente", "Verlengen moet zij vragen. De aanbieder hoeft het niet te doen."},
			{"De verkoper betaalt het verschil in rente", "De verkoper heeft met haar lening niets te maken."},
		},
	},
	{
		id: "rente-en-looptijd", state: appropriateness.Returned, days: 12,
		remark:  "Dit zijn twee vragen in één: de rente en de looptijd. Splits ze. En “meestal” zegt niet hoe vaak.",
		element: appropriateness.Product, side: "neutral", source: "Voorwaarden De Linde Hypotheek, artikel 5",
		text:  "Hoelang duurt een hypotheek meestal en wanneer verandert de rente?",
		right: [2]string{"Dertig jaar, en de rente verandert na de rentevaste periode", "De looptijd en de rentevaste periode zijn twee dingen."},
		wrong: [][2]string{
			{"Dertig jaar, en de rente verandert elke maand", "Dat is zo bij een variabele rente, niet bij een vaste."},
			{"Zolang u in het huis woont, met één vaste rente", "De lening heeft een einddatum."},
		},
	},
	{
		id: "spaarhypotheek-opbouw", state: appropriateness.Retired, days: 40,
		remark:  "De Linde verkoopt geen spaarhypotheken meer.",
		element: appropriateness.Product, side: "upside", source: "Productblad Linde Spaarhypotheek",
		scenario: "Els spaart in een verzekering om haar hypotheek op de einddatum in één keer af te lossen.",
		text:     "Wat gebeurt er met haar schuld tijdens de looptijd?",
		right:    [2]string{"Die blijft gelijk tot de einddatum", "Zij lost pas aan het einde af, met het geld dat zij spaarde."},
		wrong: [][2]string{
			{"Die daalt elke maand met wat zij spaart", "Het spaargeld staat apart. De schuld daalt pas als zij aflost."},
			{"Die stijgt elke maand met de rente", "De rente betaalt zij elke maand. Die komt niet bij de schuld."},
		},
	},
	{
		id: "erfpacht-canon", state: appropriateness.Drafted, days: 5,
		element: appropriateness.OwnFinances, side: "downside", source: "",
		scenario: "Joost koopt een appartement op grond van de gemeente. Naast zijn hypotheek betaalt hij elk jaar canon: een vergoeding voor het gebruik van de grond. De gemeente stelt de canon over vijf jaar opnieuw vast.",
		text:     "Waar houdt Joost rekening mee als hij uitrekent wat hij kan betalen?",
		right:    [2]string{"De canon kan over vijf jaar hoger zijn, naast zijn maandbedrag voor de hypotheek", ""},
		wrong:    [][2]string{{"De canon zit in zijn maandbedrag voor de hypotheek", "De gemeente int de canon. De aanbieder staat daarbuiten."}},
	},
	{
		id: "bijdrage-vve", state: appropriateness.Drafted, days: 0,
		element: appropriateness.OwnFinances, side: "downside", source: "Modelreglement splitsing in appartementsrechten",
		text: "Welke kosten heeft de koper van een appartement naast de hypotheek?",
	},
}
