package competence

var personTexts = map[string]string{
	"no_client_contact":    "Deze persoon heeft geen inhoudelijk contact met klanten. De eisen van artikel 16 gelden dan niet.",
	"commencement_assumed": "De bron noemt geen dag van inwerkingtreding (artikel 83). Er is uitgegaan van {commencement}.",
	"no_day_given":         "Er is geen peildag opgegeven. Het antwoord geldt op {day}.",
	"basic_only":           "Er zijn geen producten opgegeven. Dan geldt alleen de basismodule (bijlage 1).",
	"agent":                "Een (onder)gevolmachtigde agent moet voldoen aan de bijlagen 1 en 8. Het tweede lid vraagt daarnaast geen bijlagen per product; met agent_product_annexes is de andere lezing te vragen.",
	"asks":                 "Voor {product} geldt naast bijlage 1: bijlage {annexes}.",
	"sold_along":           "Een {cover} die met dit product wordt meeverkocht, valt onder bijlage {annexes}. Apart verkocht valt zij onder de module van haar eigen soort.",
	"no_module":            "Voor {product} heeft het besluit geen eigen module. Alleen bijlage 1 geldt.",
	"term_life_alone":      "Een losse overlijdensrisicoverzekering is volgens het artikel een levensverzekering. De toelichting verwijst naar de module schadeverzekeringen; het artikel gaat voor.",
	"row_counts":           "{diploma} staat in bijlage 11 en is behaald tussen 1 januari 2000 en 1 oktober 2007. 1 januari 2000 telt mee.",
	"old_diploma":          "{diploma} staat in bijlage 11 en is behaald voor 1 januari 2000. Er zijn ten minste drie jaar relevante werkervaring vanaf die dag.",
	"late_diploma":         "{diploma} is behaald op of na 1 oktober 2007. Het telt als een diploma van een erkend exameninstituut.",
	"experience_short":     "{diploma} is behaald voor 1 januari 2000. Dan zijn ten minste drie jaar relevante werkervaring nodig tussen 1 januari 2000 en {until}. Die zijn niet gegeven. Het artikel telt tot de inwerkingtreding van het besluit; de toelichting noemt die van de wet.",
	"not_yet_obtained":     "{diploma} was op de peildag nog niet behaald.",
	"not_recognised":       "De instelling was niet erkend toen zij dit diploma afgaf ({diploma}). Het telt niet mee.",
	"no_row":               "{diploma} komt met deze instelling niet voor in bijlage 11, of is maar een deel van een set. Een onvolledige set telt niet mee.",
	"annexes_named":        "Een diploma telt voor bijlage {annexes}.",
	"from_2007":            "Vanaf 1 oktober 2007 telt een diploma voor hypothecair krediet of levensverzekeringen alleen als de houder ook aan bijlage 6 voldoet. Dat geldt per regel van bijlage 11.",
	"annex6_not_met":       "{diploma} telt niet mee: aan bijlage 6 is op de peildag niet voldaan.",
	"annex6_bridged":       "{diploma} telt tot 1 oktober 2007 voor de eigen soort product ook voor bijlage 6.",
	"seh_before":           "{diploma} telt ook voor bijlage 3. De voorwaarde daarbij geldt pas vanaf 1 oktober 2007. Wat daarvóór geldt, is een lezing; met seh_annex3_only_when_met is de andere te vragen.",
	"condition_not_met":    "{diploma} telt niet voor bijlage 3, want de houder voldoet daar op de peildag niet aan.",
	"pe_running":           "De houder van {diploma} heeft tot en met {deadline} om aan de nieuwe toetstermen te voldoen. De toelichting rekent in haar voorbeeld met 17 maanden; het artikel geeft er achttien.",
	"pe_in_time":           "De houder van {diploma} voldeed op tijd aan de toetstermen voor permanente educatie, of deed op tijd het nieuwe examen. De laatste dag was {deadline}.",
	"pe_caught_up":         "De houder van {diploma} was te laat (na {deadline}), maar heeft de permanente educatie ingehaald. Het diploma is weer geldig.",
	"pe_late":              "De houder van {diploma} voldeed niet op tijd aan de toetstermen voor permanente educatie. De laatste dag was {deadline}. Het diploma is ongeldig tot dit is ingehaald.",
	"pe_late_exam":         "Een examen na die dag herstelt het diploma niet: artikel 18, tweede lid, noemt alleen de toetstermen voor permanente educatie. Met late_exam_repairs is de andere lezing te vragen.",
	"missing":              "Er is geen geldig diploma voor bijlage {annexes}.",
	"all_covered":          "Er is een geldig diploma voor alles wat nodig is: bijlage {annexes}.",
}

var productNames = map[string]string{
	"mortgage_credit": "hypothecair krediet", "consumer_credit": "consumptief krediet", "non_life": "schadeverzekeringen", "life": "levensverzekeringen",
	"investing_a": "beleggen a", "investing_b": "beleggen b", "building": "opstalverzekering", "contents": "inboedelverzekering",
	"disability": "arbeidsongeschiktheidsverzekering", "term_life": "overlijdensrisicoverzekering",
	"funeral_in_kind": "natura-uitvaartverzekering", "savings": "sparen", "savings_account": "sparen", "payment": "betalen", "payment_account": "betalen",
	"investment_object": "beleggingsobjecten",
}

// productName returns the Dutch name of a product.
func productName(product string) string {
	if name, ok := productNames[wordOf(product)]; ok {
		return name
	}
	return "dit product"
}
