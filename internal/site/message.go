package site

import (
	"strings"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
)

var internal = Telling{
	Title: lang.Of(
		"Er ging iets mis bij ons",
		"Something went wrong on our side",
	),
	Text: lang.Of(
		"Door een fout van ons kunnen wij deze pagina nu niet laten zien. Wat u eerder had bewaard, is er nog.",
		"Because of an error of ours we cannot show this page now. What you saved before is still there.",
	),
	Do: lang.Of(
		"Probeer het over een paar minuten opnieuw. Blijft het misgaan? Neem dan contact op en noem het nummer hieronder.",
		"Please try again in a few minutes. Does it keep going wrong? Then contact us and mention the number below.",
	),
}

// general has the words for each kind of fault, for whoever reads them.
var general = map[fault.Kind]Telling{
	fault.NotFound: {
		Title: lang.Of(
			"Deze pagina bestaat niet",
			"This page does not exist",
		),
		Text: lang.Of(
			"Misschien is het adres niet goed overgenomen, of is de pagina weggehaald.",
			"The address may not have been copied correctly, or the page was removed.",
		),
		Do: lang.Of(
			"Kijk of het adres klopt. Kwam u hier door een link in een bericht? Open die dan opnieuw.",
			"Check whether the address is right. Did you get here by a link in a message? Then open it again.",
		),
	},
	fault.Invalid: {
		Title: lang.Of(
			"Er klopt iets niet in wat u invulde",
			"Something is not right in what you filled in",
		),
		Text: lang.Of(
			"Wij konden uw gegevens niet verwerken.",
			"We could not process what you sent.",
		),
		Do: lang.Of(
			"Ga terug naar de vorige pagina en kijk na wat u hebt ingevuld.",
			"Go back to the previous page and check what you filled in.",
		),
	},
	fault.Conflict: {
		Title: lang.Of(
			"Dit kan nu niet meer",
			"This is no longer possible",
		),
		Text: lang.Of(
			"Intussen is er iets veranderd, bijvoorbeeld in een ander venster of op een ander apparaat.",
			"Something has changed in the meantime, for example in another window or on another device.",
		),
		Do: lang.Of(
			"Ga terug en laad de pagina opnieuw om te zien hoe het er nu voor staat.",
			"Go back and reload the page to see how things stand now.",
		),
	},
	fault.Denied: {
		Title: lang.Of(
			"U hebt hier geen toegang toe",
			"You do not have access to this",
		),
		Text: lang.Of(
			"Deze pagina of handeling hoort niet bij uw rechten.",
			"This page or action is not among your rights.",
		),
		Do: lang.Of(
			"Denkt u dat dit niet klopt? Vraag dan degene die de rechten beheert om toegang.",
			"Do you think this is wrong? Then ask whoever manages the rights for access.",
		),
	},
	fault.Gone: {
		Title: lang.Of(
			"Deze pagina is niet meer beschikbaar",
			"This page is no longer available",
		),
		Text: lang.Of(
			"De tijd waarin u deze pagina kon openen, is voorbij.",
			"The time in which you could open this page is over.",
		),
	},
	fault.Unavailable: {
		Title: lang.Of(
			"Even niet bereikbaar",
			"Not available for a moment",
		),
		Text: lang.Of(
			"Wij kunnen uw gegevens op dit moment niet lezen of bewaren. Wat u eerder had bewaard, is er nog.",
			"We cannot read or save your data at this moment. What you saved before is still there.",
		),
		Do: lang.Of(
			"Wacht een minuut en probeer het dan opnieuw. Wat u net invulde, is nog niet bewaard.",
			"Wait a minute and then try again. What you just filled in is not saved yet.",
		),
	},
}

// own has the words for the site's own reasons.
var own = map[string]Telling{
	"method-not-allowed": {
		Title: lang.Of(
			"Zo kan deze pagina niet worden geopend",
			"This page cannot be opened this way",
		),
		Text: lang.Of(
			"Uw browser vroeg deze pagina op een manier die hier niet kan.",
			"Your browser asked for this page in a way that is not possible here.",
		),
		Do: lang.Of(
			"Open de pagina opnieuw via de link of het menu.",
			"Open the page again by the link or the menu.",
		),
	},
	"cross-origin": {
		Title: lang.Of(
			"Dit verzoek kwam van een andere website",
			"This request came from another website",
		),
		Text: lang.Of(
			"Voor uw veiligheid verwerken wij alleen formulieren die op deze website zelf zijn ingevuld.",
			"For your safety we only process forms that were filled in on this website itself.",
		),
		Do: lang.Of(
			"Open de pagina opnieuw en vul het formulier daar in.",
			"Open the page again and fill in the form there.",
		),
	},
	"too-many-requests": {
		Title: lang.Of(
			"Even rustig aan",
			"A little slower, please",
		),
		Text: lang.Of(
			"Er kwamen in korte tijd heel veel verzoeken vanaf uw internetverbinding. Daarom wachten wij even.",
			"A great many requests came from your internet connection in a short time. So we are waiting a moment.",
		),
		Do: lang.Of(
			"Wacht een halve minuut en laad de pagina dan opnieuw. Wat u eerder had bewaard, is er nog.",
			"Wait half a minute and then reload the page. What you saved before is still there.",
		),
	},
	"store-full": {
		Title: lang.Of(
			"Er is nu geen ruimte om iets te bewaren",
			"There is no room to save anything now",
		),
		Text: lang.Of(
			"Door een storing bij ons kunnen wij op dit moment niets nieuws bewaren. Wat u eerder had bewaard, is er nog en kunt u gewoon bekijken.",
			"Because of a failure on our side we cannot save anything new at this moment. What you saved before is still there and you can look at it as usual.",
		),
		Do: lang.Of(
			"Wat u net invulde, is nog niet bewaard. Probeer het over een kwartier opnieuw. Lukt het dan nog niet? Neem dan contact op en noem het nummer hieronder.",
			"What you just filled in is not saved yet. Please try again in a quarter of an hour. Does it still not work? Then contact us and mention the number below.",
		),
	},
	"illegible": {
		Title: lang.Of(
			"Dit kunnen wij niet lezen",
			"We cannot read this",
		),
		Text: lang.Of(
			"In het adres of in wat u stuurde staan tekens die geen tekst zijn. Er is niets bewaard.",
			"The address or what you sent holds characters that are no text. Nothing was saved.",
		),
		Do: lang.Of(
			"Ga terug naar de vorige pagina en typ het opnieuw in plaats van het te plakken.",
			"Go back to the previous page and type it again instead of pasting it.",
		),
	},
	"too-large": {
		Title: lang.Of(
			"Dit is te groot",
			"This is too large",
		),
		Text: lang.Of(
			"U stuurde meer gegevens dan wij op deze plek kunnen verwerken.",
			"You sent more data than we can process here.",
		),
		Do: lang.Of(
			"Ga terug en stuur een kleiner bestand of een kortere tekst.",
			"Go back and send a smaller file or a shorter text.",
		),
	},
}

// fieldID turns a JSON pointer or field name into the id of its form field.
func fieldID(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", "-")
}
