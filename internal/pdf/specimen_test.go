package pdf

import "time"

// specimen is what a client keeps of a knowledge test that did not go well: every
// kind of block, on two pages.
func specimen() Document {
	return Document{
		Title:   "Een hypotheek zonder advies past niet bij u",
		Subject: "Uitslag van uw kennis- en ervaringstoets van 21 november 2026",
		Author:  "Hypotheekhuis De Linde B.V.",
		Footer:  "Hypotheekhuis De Linde B.V. – kenmerk 7F3A-20C1, versie 2",
		Made:    time.Date(2026, 11, 21, 14, 5, 0, 0, time.FixedZone("CET", 3600)),
		Blocks: []Block{
			Paragraph{Plain("U hebt een toets gemaakt over hypotheken. Met die toets kijken wij of u genoeg weet om een hypotheek af te sluiten zonder advies. Uit uw antwoorden blijkt dat dit voor u niet verstandig is.")},
			Panel{Tone: Warn, Title: "Let op: wij raden u aan om advies te vragen", Blocks: []Block{
				Paragraph{Join(Plain("Een hypotheek is een grote lening met een lange looptijd. Wie niet weet wat er kan gebeuren, loopt het risico dat de maandlast later te hoog wordt. "), Bold("Vraag daarom advies voordat u een hypotheek kiest."))},
			}},
			Terms{
				{"Toets", Plain("Kennis- en ervaringstoets hypotheek, versie 3")},
				{"Gemaakt op", Plain("21 november 2026, 15.05 uur")},
				{"Uitslag", Bold("Niet passend")},
				{"Kenmerk", Plain("7F3A-20C1")},
			},
			Heading{2, "Waarom u deze uitslag krijgt"},
			Paragraph{Plain("De wet vraagt ons om te kijken of een hypotheek zonder advies bij u past. Wij letten daarbij op wat u weet en op wat u eerder hebt gedaan. U hebt minder punten gehaald dan nodig is. Dat zegt niets over de vraag of u een hypotheek kunt krijgen.")},
			Heading{2, "Wat u nu kunt doen"},
			List{Items: []Text{
				Plain("Vraag een adviseur om u te helpen. Een adviseur kijkt naar uw inkomen, uw plannen en wat er kan tegenzitten."),
				Plain("Vraag vooraf wat het advies kost. U kunt adviseurs met elkaar vergelijken."),
				Join(Plain("Lees meer over hypotheken op "), Link("www.afm.nl", "https://www.afm.nl/nl-nl/consumenten"), Plain(".")),
			}},
			Heading{2, "Wat er met uw antwoorden gebeurt"},
			Paragraph{Plain("Wij bewaren uw antwoorden en deze uitslag. Zo kunnen wij later laten zien wat wij u hebben gevraagd en wat wij u hebben laten weten.")},
			Heading{3, "Wie uw antwoorden ziet"},
			List{Numbered: true, Items: []Text{
				Plain("Onze medewerkers die uw aanvraag behandelen."),
				Plain("De AFM, als zij daarom vraagt."),
			}},
			Heading{3, "Wat in de toets aan bod kwam"},
			Table{
				Columns: []Column{{"Onderdeel", 5, false}, {"Waar het over gaat", 7, false}, {"Vragen", 2, true}, {"Kosten", 3, true}},
				RowHead: true,
				Rows: [][]Text{
					{Plain("Het product"), Plain("Hoe een hypotheek werkt en wat u per maand betaalt"), Plain("4"), Plain("€\u00a00,00")},
					{Plain("De risico’s"), Plain("Rentevaste periode, restschuld, waardedaling van het huis"), Plain("5"), Plain("€\u00a01.234,56")},
					{Plain("Uw situatie"), Plain("Inkomen, geïnde toeslagen, scheiding, werkloosheid"), Plain("3"), Plain("€\u00a012,50")},
					{Plain("Ervaring"), Plain("Wat u eerder zelf hebt afgesloten"), Plain("2"), Plain("–")},
				},
			},
			Heading{2, "Niet eens met deze uitslag?"},
			Paragraph{Join(Plain("Schrijf ons via "), Link("klachten@delinde.example", "mailto:klachten@delinde.example"), Plain(". U krijgt binnen zes weken antwoord. Bent u daarna nog niet tevreden? Dan kunt u naar het Kifid gaan."))},
			Panel{Tone: Good, Title: "U kunt altijd alsnog advies vragen", Blocks: []Block{
				List{Items: []Text{Plain("Bel ons op werkdagen van 9.00 tot 17.00 uur."), Plain("Of maak een afspraak bij u in de buurt.")}},
			}},
			Panel{Title: "Bewaar dit document", Blocks: []Block{Paragraph{Plain("Dit is een vaste kopie. Wij kunnen haar niet meer veranderen.")}}},
			Rule{},
			Small{Plain("Deze toets is verplicht op grond van artikel 4:24 van de Wet op het financieel toezicht. Gemaakt met Zorgplicht.")},
		},
	}
}
