package law

// A Word is a code of the catalogue with its Dutch and English.
type Word struct{ Code, Dutch, English string }

// Words is a closed list of codes: what a field of a norm may hold.
type Words []Word

// Find returns the word of this code; false when the list has none.
func (w Words) Find(code string) (Word, bool) {
	for _, word := range w {
		if word.Code == code {
			return word, true
		}
	}
	return Word{}, false
}

// Kinds says what a norm does.
var Kinds = Words{
	{"definition", "begripsbepaling", "definition"},
	{"scope", "reikwijdte", "scope"},
	{"duty", "plicht", "duty"},
	{"ban", "verbod", "prohibition"},
	{"condition", "voorwaarde", "condition"},
	{"permission", "bevoegdheid of keuze van de onderneming", "permission"},
	{"exception", "uitzondering", "exception"},
	{"power", "bevoegdheid van de overheid", "power"},
	{"procedure", "procedure", "procedure"},
	{"method", "rekenwijze", "method of calculation"},
	{"sanction", "sanctie", "sanction"},
	{"transition", "overgangsrecht", "transitional law"},
	{"amendment", "wijziging van andere regels", "amendment of other rules"},
	{"commencement", "inwerkingtreding", "commencement"},
	{"citation", "citeertitel", "citation title"},
	{"final_term", "eindterm", "final term"},
	{"guidance", "uitleg van de toezichthouder", "guidance of the supervisor"},
}

// Bearers says whom a norm binds or empowers.
var Bearers = Words{
	{"firm", "elke financiële dienstverlener", "any financial service provider"},
	{"provider", "aanbieder", "provider"},
	{"intermediary", "bemiddelaar", "intermediary"},
	{"adviser", "adviseur", "adviser"},
	{"agent", "gevolmachtigde agent", "authorised agent"},
	{"sub_agent", "ondergevolmachtigde agent", "authorised sub-agent"},
	{"tied", "verbonden bemiddelaar", "tied intermediary"},
	{"affiliated", "aangesloten instelling", "affiliated institution"},
	{"bank", "bank", "bank"},
	{"insurer", "verzekeraar", "insurer"},
	{"credit_provider", "aanbieder van krediet", "credit provider"},
	{"object_provider", "aanbieder van beleggingsobjecten", "provider of investment objects"},
	{"insurance_intermediary", "bemiddelaar in verzekeringen", "insurance intermediary"},
	{"reinsurance_intermediary", "herverzekeringsbemiddelaar", "reinsurance intermediary"},
	{"fund", "beleggingsinstelling of beheerder", "investment fund or its manager"},
	{"composer", "wie een complex product samenstelt", "who composes a complex product"},
	{"employee", "klantmedewerker", "person in contact with clients"},
	{"consumer", "consument", "consumer"},
	{"exam_institute", "exameninstituut", "examination institute"},
	{"dispute_body", "geschilleninstantie", "dispute body"},
	{"minister", "minister van Financiën", "Minister of Finance"},
	{"supervisor", "toezichthouder", "supervisor"},
}

// Products says for which financial products a norm holds.
var Products = Words{
	{"any", "alle producten", "all products"},
	{"credit", "krediet", "credit"},
	{"consumer_credit", "consumptief krediet", "consumer credit"},
	{"mortgage_credit", "hypothecair krediet", "mortgage credit"},
	{"revolving_credit", "doorlopend krediet", "revolving credit"},
	{"non_revolving_credit", "niet-doorlopend krediet", "non-revolving credit"},
	{"goods_credit", "goederenkrediet", "goods credit"},
	{"securities_credit", "effectenkrediet", "securities credit"},
	{"complex", "complexe producten", "complex products"},
	{"investment_object", "beleggingsobjecten", "investment objects"},
	{"investing", "beleggingsproducten", "investment products"},
	{"fund", "rechten van deelneming in een beleggingsinstelling", "units in an investment fund"},
	{"insurance", "verzekeringen", "insurance"},
	{"non_life", "schadeverzekeringen", "non-life insurance"},
	{"life", "levensverzekeringen", "life insurance"},
	{"funeral_in_kind", "natura-uitvaartverzekeringen", "funeral insurance in kind"},
	{"disability", "arbeidsongeschiktheidsverzekeringen", "disability insurance"},
	{"payment_protection", "betalingsbeschermers", "payment protection insurance"},
	{"savings", "spaarproducten", "savings"},
}

// Moments says when a norm must be kept.
var Moments = Words{
	{"always", "doorlopend", "at all times"},
	{"entry", "inschrijving in het register", "entry in the register"},
	{"appointment", "benoeming of aanstelling", "appointment"},
	{"change", "wijziging van gegevens", "change of details"},
	{"incident", "incident", "incident"},
	{"advice", "advies", "advice"},
	{"retention", "bewaren van gegevens", "retention of records"},
	{"advertising", "reclame", "advertising"},
	{"contact", "ongevraagd contact", "unsolicited contact"},
	{"call", "telefoongesprek", "telephone call"},
	{"application", "aanvraag", "application"},
	{"precontract", "voor het sluiten van de overeenkomst", "before the contract is concluded"},
	{"conclusion", "sluiten van de overeenkomst", "conclusion of the contract"},
	{"after_conclusion", "na het sluiten van de overeenkomst", "after the contract is concluded"},
	{"term", "looptijd van de overeenkomst", "term of the contract"},
	{"rescission", "herroepen of opzeggen", "rescission or notice"},
	{"arrears", "betalingsachterstand", "arrears"},
	{"complaint", "klacht", "complaint"},
	{"dispute", "geschil", "dispute"},
	{"request", "verzoek", "request"},
	{"yearly", "elk jaar", "every year"},
	{"exam", "examen", "examination"},
	{"recognition", "erkenning", "recognition"},
	{"rules", "vaststellen van nadere regels", "making of further rules"},
	{"fine", "oplegging van een boete", "imposition of a fine"},
	{"commencement", "inwerkingtreding", "commencement"},
	{"test", "kennis- en ervaringstoets", "knowledge-and-experience test"},
	{"after_test", "na de toets", "after the test"},
	{"care", "beheerfase", "ongoing support"},
}

// Machines says how far a machine can check that a norm was kept.
var Machines = Words{
	{"full", "geheel door een machine te toetsen", "wholly checkable by a machine"},
	{"partly", "deels door een machine te toetsen", "partly checkable by a machine"},
	{"human", "oordeel van een mens nodig", "asks the judgement of a person"},
	{"none", "niets te toetsen", "nothing to check"},
}

// Forces says how hard a norm is.
var Forces = Words{
	{"law", "wettelijke regel", "law"},
	{"expectation", "verwachting van de toezichthouder", "expectation of the supervisor"},
	{"suggestion", "suggestie van de toezichthouder", "suggestion of the supervisor"},
	{"principle", "niet-afdwingbaar principe", "unenforceable principle"},
}

// Units says what a number counts.
var Units = Words{
	{"EUR", "euro", "euro"},
	{"percent", "procent", "percent"},
	{"percentage_point", "procentpunt", "percentage point"},
	{"day", "kalenderdag", "calendar day"},
	{"working_day", "werkdag", "working day"},
	{"month", "maand", "month"},
	{"year", "jaar", "year"},
	{"date", "datum", "date"},
	{"day_of_year", "dag van het jaar", "day of the year"},
	{"times", "keer", "times"},
	{"person", "persoon", "person"},
	{"fte", "fte", "FTE"},
	{"item", "onderdeel", "item"},
	{"factor", "factor", "factor"},
	{"tariff", "tarief", "tariff"},
}

// Bounds says what a number does: 50 with "more_than" is met by 51, not by 50.
var Bounds = Words{
	{"at_least", "ten minste", "at least"},
	{"more_than", "meer dan", "more than"},
	{"at_most", "ten hoogste", "at most"},
	{"less_than", "minder dan", "less than"},
	{"exactly", "precies", "exactly"},
	{"within", "binnen", "within"},
	{"before", "voor", "before"},
	{"from", "vanaf", "from"},
	{"every", "telkens na", "every"},
}
