package ident

const (
	ket = "AFM, Kennis- en ervaringstoets: "
	pri = "AFM, Principes voor de doorlopende ondersteuning van klanten: "
)

// afm holds the norms of the two AFM documents and how they are cited. The ids
// stand for passages of the page on the knowledge-and-experience test and of the
// principles for the lasting support of clients.
var afm = map[string]string{
	"afm:ket:duty":             ket + "plicht om de toets af te nemen",
	"afm:ket:products":         ket + "producten waarvoor de toets geldt",
	"afm:ket:assess":           ket + "beoordeling of dienst en product aansluiten",
	"afm:ket:warn":             ket + "waarschuwing bij onvoldoende resultaat",
	"afm:ket:no-eo-after-fail": ket + "zonder advies afsluiten na onvoldoende resultaat",
	"afm:ket:retake":           ket + "herkansing",
	"afm:ket:selfreport":       ket + "zelfrapportage",
	"afm:ket:content":          ket + "inhoud van de toets",
	"afm:ket:wording":          ket + "formulering van de vragen",
	"afm:ket:knowledge-items":  ket + "onderdelen kennis",
	"afm:ket:experience-items": ket + "onderdelen ervaring",
	"afm:ket:proportional":     ket + "evenredigheid",
	"afm:ket:recent-advice":    ket + "eerder advies van een ander",
	"afm:ket:module":           ket + "module van een aanbieder",
	"afm:ket:knockout":         ket + "knock-outvragen",
	"afm:ket:weights":          ket + "gewicht van kennis en ervaring",
	"afm:ket:length":           ket + "lengte en afhaken",
	"afm:ket:evaluate":         ket + "evaluatie",
	"afm:ket:pog":              ket + "productontwikkeling en doelgroep",
	"afm:ket:no-model":         ket + "geen voorbeeldtoets",
	"afm:pri:status":           pri + "status",
	"afm:pri:1":                pri + "principe 1",
	"afm:pri:2":                pri + "principe 2",
	"afm:pri:3":                pri + "principe 3",
	"afm:pri:optout":           pri + "afzien van werkzaamheden in de beheerfase",
	"afm:pri:eo":               pri + "afsluiten zonder advies",
	"afm:pri:underperform":     pri + "tegenvallende prestatie van een product",
	"afm:pri:lifeevent":        pri + "gewijzigde levensomstandigheden of wensen",
	"afm:pri:distress":         pri + "betalingsproblemen",
}
