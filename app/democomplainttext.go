package app

import (
	"fmt"
	mathrand "math/rand/v2"
	"strings"

	"zorgplicht/casework"
	"zorgplicht/complaint"
)

// demoDisputeBody is the dispute body that the firms of the demo name.
const demoDisputeBody = "Kifid"

const demoProcedure = `Een klacht is elke uiting van ontevredenheid waarop een klant een reactie verwacht: per brief, e-mail, telefoon, via onze klachtenpagina of in een gesprek.

1. Wie een klacht hoort of leest, schrijft die dezelfde dag op, in de woorden van de klant.
2. De klant krijgt een bevestiging. Daarin staat wie de klacht behandelt, wanneer het antwoord komt en dat de klant ook naar Kifid kan.
3. Niemand behandelt een klacht over zichzelf.
4. De behandelaar vraagt stukken op, hoort de klant als dat helpt, en schrijft op wat er is gebeurd.
5. Duurt het langer, dan krijgt de klant een tussenbericht met de reden en een nieuwe datum.
6. In het antwoord staat ons oordeel, waarom, wat wij herstellen of vergoeden, en dat de klant naar Kifid kan.
7. Elk kwartaal bespreekt de directie van {firma} de oorzaken en wat wij daaraan doen.`

// A demoComplaint is a sort of complaint that comes in at a firm of the demo. # in
// the words is an amount.
type demoComplaint struct {
	way     casework.Way
	sort    complaint.Sort
	product string
	service string
	cause   complaint.Cause
	harm    casework.Harm
	group   string
	words   string
	about   string
	ends    []demoEnd
}

// A demoEnd is one way in which it ends.
type demoEnd struct {
	outcome complaint.Outcome
	most    int // of the redress, in euros
	answer  string
	note    string
}

// demoWords are the words of one client.
func demoWords(dice *mathrand.Rand, d demoComplaint) string {
	return strings.ReplaceAll(d.words, "#", fmt.Sprintf("€ %d", 50+dice.IntN(40)*25))
}

var lindeComplaints = []demoComplaint{
	{
		casework.Mail, complaint.Grievance, "hypotheek", "beheer", complaint.ByInformation, casework.GreatHarm, "",
		"Mijn rente is opnieuw vastgezet en ik betaal nu # per maand meer. Niemand heeft mij gezegd dat ik ook een kortere periode kon kiezen.",
		"Voorstel voor nieuwe rente noemde niet alle rentevaste perioden.",
		[]demoEnd{
			{complaint.Upheld, 600, "U heeft gelijk. In ons voorstel stond maar één periode. U mag alsnog kiezen en wij betalen het verschil terug.", "Voorstel opgezocht: één periode genoemd. Klant koos opnieuw, verschil terugbetaald."},
			{complaint.Rejected, 0, "In ons voorstel op bladzijde 2 staan alle perioden met hun rente. Daarom veranderen wij de rente niet.", "Voorstel opgezocht: alle perioden stonden erin. Klant gebeld en uitgelegd."},
		},
	},
	{
		casework.Phone, complaint.Grievance, "hypotheek", "acceptatie", complaint.ByTime, casework.GreatHarm, "",
		"Ik wacht al vijf weken op een antwoord op mijn aanvraag. De verkoper rekent mij # boete als ik te laat ben.",
		"Aanvraag bleef liggen, financieringsvoorbehoud liep af.",
		[]demoEnd{
			{complaint.Upheld, 1500, "Uw aanvraag is bij ons blijven liggen. Dat spijt ons. Wij betalen de boete.", "Aanvraag stond elf dagen zonder behandelaar. Boete betaald; werkvoorraad wordt nu dagelijks bekeken."},
			{complaint.Partly, 400, "Wij waren zes dagen te laat. Voor de rest wachtten wij op uw stukken. Wij betalen een deel van de boete.", "Stukken kwamen laat binnen; zes dagen kwamen door ons. Deel vergoed."},
		},
	},
	{
		casework.Letter, complaint.Claim, "hypotheek", "beheer", complaint.ByTerms, casework.SomeHarm, "",
		"U rekent # vergoeding omdat ik eerder aflos. Dat bedrag is veel te hoog en ik snap de berekening niet.",
		"Vergoeding voor vervroegd aflossen: berekening niet uitgelegd.",
		[]demoEnd{
			{complaint.Rejected, 0, "Wij hebben de berekening nagelopen. Het bedrag klopt. Bij deze brief zit de berekening, stap voor stap.", "Berekening nagerekend, klopt. Uitleg per stap meegestuurd."},
			{complaint.Upheld, 900, "Wij hadden het boetevrije deel niet afgetrokken. U krijgt het verschil terug.", "Boetevrije ruimte van 10 procent vergeten. Hersteld en terugbetaald."},
		},
	},
	{
		casework.Mail, complaint.Grievance, "hypotheek", "beheer", complaint.ByAdministration, casework.SomeHarm, "jaaroverzicht te laat",
		"Mijn jaaroverzicht klopt niet of is er niet. Ik heb het nodig voor mijn aangifte.",
		"Jaaroverzicht te laat of onjuist.",
		[]demoEnd{{complaint.Upheld, 0, "Uw jaaroverzicht is te laat gemaakt. U vindt het bij deze brief.", "Overzicht opnieuw gemaakt en verstuurd."}},
	},
	{
		casework.Phone, complaint.Grievance, "hypotheek", "advies", complaint.ByAdvice, casework.SevereHarm, "",
		"Uw adviseur zei dat ik mijn lasten kon blijven betalen als ik minder ging werken. Nu kom ik # per maand tekort.",
		"Advies hield geen rekening met minder inkomen.",
		[]demoEnd{
			{complaint.Partly, 1000, "In het advies stond uw plan om minder te werken, maar niet wat dat met uw lasten deed. Wij maken met u een nieuw plan.", "Adviesdossier bekeken: plan genoemd, gevolg niet uitgerekend. Nieuwe berekening en maatwerk aangeboden."},
			{complaint.Settled, 750, "Wij zijn samen tot een regeling gekomen. Die staat in deze brief.", "Regeling getroffen na gesprek met klant en adviseur."},
		},
	},
	{
		casework.Visit, complaint.Grievance, "overbruggingskrediet", "bemiddeling", complaint.ByCompetence, casework.SomeHarm, "",
		"De medewerker wist niet hoe een overbrugging werkt en gaf mij drie keer een ander bedrag.",
		"Onjuiste bedragen genoemd voor overbruggingskrediet.",
		[]demoEnd{{complaint.Upheld, 150, "U kreeg van ons verschillende bedragen. Dat had niet mogen gebeuren. Het juiste bedrag staat in deze brief.", "Medewerker had oude rekenregels. Training gevolgd, klant kreeg vast aanspreekpunt."}},
	},
	{
		casework.Phone, complaint.Unease, "hypotheek", "beheer", complaint.ByTime, casework.NoHarm, "",
		"Ik heb weer een half uur in de wacht gestaan. Dat wilde ik even kwijt.", "Wachttijd aan de telefoon.", nil,
	},
}

var ankerComplaints = []demoComplaint{
	{
		casework.Mail, complaint.Grievance, "arbeidsongeschiktheidsverzekering", "claim", complaint.ByTerms, casework.SevereHarm, "",
		"U keert niet uit omdat ik volgens u nog ander werk kan doen. In de folder stond dat mijn eigen beroep telt.",
		"Afwijzing: passende arbeid tegenover eigen beroep.",
		[]demoEnd{
			{complaint.Rejected, 0, "Op uw polis staat passende arbeid. De folder noemt beide vormen. Daarom blijft ons besluit staan.", "Polis en folder naast elkaar gelegd. Besluit blijft; arbeidsdeskundige gaf uitleg."},
			{complaint.Upheld, 3000, "U heeft gelijk: bij het sluiten is u eigen beroep toegezegd. Wij keren uit.", "Aanvraagformulier vermeldde eigen beroep. Polis hersteld, uitkering met rente betaald."},
		},
	},
	{
		casework.Letter, complaint.Claim, "woonverzekering", "claim", complaint.ByTime, casework.GreatHarm, "",
		"Mijn lekkage is drie maanden geleden gemeld en ik heb nog geen cent gezien. De schade is #.",
		"Afhandeling waterschade duurt te lang.",
		[]demoEnd{
			{complaint.Upheld, 500, "De expert kwam te laat en daarna bleef uw dossier liggen. Wij betalen de schade vandaag, met rente.", "Expertise zes weken te laat. Schade en rente betaald."},
			{complaint.Partly, 200, "Twee van de vier weken vertraging kwamen door ons. Daarvoor betalen wij rente.", "Offerte van klant kwam laat. Rente over ons deel betaald."},
		},
	},
	{
		casework.Mail, complaint.Grievance, "woonverzekering", "beheer", complaint.ByPrice, casework.SomeHarm, "premieverhoging",
		"Mijn premie gaat # per jaar omhoog en ik heb nooit iets geclaimd.",
		"Premieverhoging bij verlenging.",
		[]demoEnd{{complaint.Rejected, 0, "De premie stijgt voor iedereen, omdat herstel duurder is geworden. U mag de verzekering per maand opzeggen.", "Uitleg gegeven over de premie en de opzegtermijn."}},
	},
	{
		casework.Phone, complaint.Grievance, "betalingsbeschermer", "verkoop", complaint.ByInformation, casework.GreatHarm, "",
		"Ik dacht dat ontslag ook verzekerd was. Nu blijkt dat niet zo te zijn, omdat ik een tijdelijk contract heb.",
		"Uitsluiting bij tijdelijk contract niet duidelijk gemaakt.",
		[]demoEnd{
			{complaint.Upheld, 900, "In het gesprek is u niet gezegd dat een tijdelijk contract niet meetelt. Wij betalen de premie terug.", "Gesprek teruggeluisterd: uitsluiting niet genoemd. Premie terugbetaald."},
			{complaint.Settled, 450, "Wij zijn samen tot een regeling gekomen. Die staat in deze brief.", "Helft van de premie terug, polis gestopt op verzoek van klant."},
		},
	},
	{
		casework.Mail, complaint.Grievance, "arbeidsongeschiktheidsverzekering", "beheer", complaint.ByAdministration, casework.SomeHarm, "",
		"U schrijft # af van de rekening van mijn ex. Ik heb dat al twee keer doorgegeven.",
		"Wijziging rekeningnummer niet verwerkt.",
		[]demoEnd{{complaint.Upheld, 50, "Uw wijziging is niet verwerkt. Dat is nu gedaan.", "Wijziging bleef hangen in oude postbus. Verwerkt; postbus gesloten."}},
	},
	{
		casework.Phone, complaint.Unease, "woonverzekering", "claim", complaint.ByInformation, casework.NoHarm, "",
		"Uw brieven zijn niet te lezen. Meer hoef ik er niet over te horen.", "Taal van de brieven.", nil,
	},
}

var noordComplaints = []demoComplaint{
	{
		casework.Phone, complaint.Grievance, "inboedelverzekering", "bemiddeling", complaint.ByInformation, casework.SomeHarm, "",
		"Jullie hadden mij moeten zeggen dat mijn fiets buitenshuis niet verzekerd is. Hij kostte #.",
		"Dekking van fiets buitenshuis niet besproken.",
		[]demoEnd{
			{complaint.Partly, 300, "Wij hadden u de keuze moeten voorleggen. Wij betalen de helft van uw fiets.", "In het adviesverslag stond niets over dekking buitenshuis. Helft vergoed."},
			{complaint.Rejected, 0, "In ons verslag van het gesprek staat dat u deze dekking niet wilde. Wij vergoeden de fiets niet.", "Verslag opgezocht: klant zag af van de dekking."},
		},
	},
	{
		casework.Mail, complaint.Grievance, "hypotheek", "advies", complaint.ByAdvice, casework.GreatHarm, "",
		"Er is mij een dure verzekering bij de hypotheek aangeraden die ik helemaal niet nodig had. Ik betaal # per jaar te veel.",
		"Advies over overlijdensrisicoverzekering bij de hypotheek.",
		[]demoEnd{
			{complaint.Upheld, 800, "De verzekering past niet bij uw situatie. Wij hebben haar voor u laten stoppen en betalen de premie van dit jaar.", "Dekking was al geregeld via werkgever. Premie vergoed, polis gestopt."},
			{complaint.Rejected, 0, "Zonder deze verzekering kan uw partner het huis niet betalen. Daarom blijven wij bij ons advies.", "Advies nagerekend; klant kreeg uitleg met cijfers."},
		},
	},
	{
		casework.Visit, complaint.Grievance, "autoverzekering", "beheer", complaint.ByAdministration, casework.GreatHarm, "",
		"Ik had mijn nieuwe auto doorgegeven en nu blijkt hij drie weken niet verzekerd te zijn geweest.",
		"Wijziging van auto niet doorgegeven aan verzekeraar.",
		[]demoEnd{{complaint.Upheld, 250, "Uw bericht is bij ons blijven liggen. Er is in die weken niets gebeurd; de boete betalen wij.", "Mail stond in map van zieke collega. Boete betaald; waarneming van postbussen geregeld."}},
	},
	{
		casework.Letter, complaint.Grievance, "beleggingsverzekering", "advies", complaint.ByPrice, casework.GreatHarm, "",
		"Van mijn inleg is # aan kosten ingehouden. Dat is mij nooit verteld.",
		"Kosten van beleggingsverzekering.",
		[]demoEnd{
			{complaint.Withdrawn, 0, "U heeft uw klacht ingetrokken nadat wij de kosten met u doornamen.", "Kosten doorgenomen aan de hand van de financiële bijsluiter. Klant trok de klacht in."},
			{complaint.Settled, 1200, "Wij zijn samen tot een regeling gekomen. Die staat in deze brief.", "Regeling met verzekeraar: kosten van eerste jaar terug."},
		},
	},
}
