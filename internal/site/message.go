package site

import (
	"strings"

	"zorgplicht/internal/fault"
)

var internal = Message{
	Title: "Er ging iets mis bij ons",
	Text:  "Door een fout van ons kunnen wij deze pagina nu niet laten zien. Wat u eerder had bewaard, is er nog.",
	Do:    "Probeer het over een paar minuten opnieuw. Blijft het misgaan? Neem dan contact op en noem het nummer hieronder.",
}

// general has the words for each kind of fault, for whoever reads them.
var general = map[fault.Kind]Message{
	fault.NotFound: {
		Title: "Deze pagina bestaat niet",
		Text:  "Misschien is het adres niet goed overgenomen, of is de pagina weggehaald.",
		Do:    "Kijk of het adres klopt. Kwam u hier door een link in een bericht? Open die dan opnieuw.",
	},
	fault.Invalid: {
		Title: "Er klopt iets niet in wat u invulde",
		Text:  "Wij konden uw gegevens niet verwerken.",
		Do:    "Ga terug naar de vorige pagina en kijk na wat u hebt ingevuld.",
	},
	fault.Conflict: {
		Title: "Dit kan nu niet meer",
		Text:  "Intussen is er iets veranderd, bijvoorbeeld in een ander venster of op een ander apparaat.",
		Do:    "Ga terug en laad de pagina opnieuw om te zien hoe het er nu voor staat.",
	},
	fault.Denied: {
		Title: "U hebt hier geen toegang toe",
		Text:  "Deze pagina of handeling hoort niet bij uw rechten.",
		Do:    "Denkt u dat dit niet klopt? Vraag dan degene die de rechten beheert om toegang.",
	},
	fault.Gone: {
		Title: "Deze pagina is niet meer beschikbaar",
		Text:  "De tijd waarin u deze pagina kon openen, is voorbij.",
	},
	fault.Unavailable: {
		Title: "Even niet bereikbaar",
		Text:  "Wij kunnen uw gegevens op dit moment niet lezen of bewaren. Wat u eerder had bewaard, is er nog.",
		Do:    "Wacht een minuut en probeer het dan opnieuw. Wat u net invulde, is nog niet bewaard.",
	},
}

// own has the words for the site's own reasons.
var own = map[string]Message{
	"method-not-allowed": {
		Title: "Zo kan deze pagina niet worden geopend",
		Text:  "Uw browser vroeg deze pagina op een manier die hier niet kan.",
		Do:    "Open de pagina opnieuw via de link of het menu.",
	},
	"cross-origin": {
		Title: "Dit verzoek kwam van een andere website",
		Text:  "Voor uw veiligheid verwerken wij alleen formulieren die op deze website zelf zijn ingevuld.",
		Do:    "Open de pagina opnieuw en vul het formulier daar in.",
	},
	"too-many-requests": {
		Title: "Even rustig aan",
		Text:  "Er kwamen in korte tijd heel veel verzoeken vanaf uw internetverbinding. Daarom wachten wij even.",
		Do:    "Wacht een halve minuut en laad de pagina dan opnieuw. Wat u eerder had bewaard, is er nog.",
	},
	"store-full": {
		Title: "Er is nu geen ruimte om iets te bewaren",
		Text:  "Door een storing bij ons kunnen wij op dit moment niets nieuws bewaren. Wat u eerder had bewaard, is er nog en kunt u gewoon bekijken.",
		Do:    "Wat u net invulde, is nog niet bewaard. Probeer het over een kwartier opnieuw. Lukt het dan nog niet? Neem dan contact op en noem het nummer hieronder.",
	},
	"too-large": {
		Title: "Dit is te groot",
		Text:  "U stuurde meer gegevens dan wij op deze plek kunnen verwerken.",
		Do:    "Ga terug en stuur een kleiner bestand of een kortere tekst.",
	},
}

// fieldID turns a JSON pointer or field name into the id of its form field.
func fieldID(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", "-")
}
