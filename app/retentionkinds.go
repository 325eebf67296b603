package app

import (
	"zorgplicht/advice"
	"zorgplicht/complaint"
	"zorgplicht/incident"
	"zorgplicht/loanbook"
	"zorgplicht/retention"
	"zorgplicht/staff"
)

// The kinds of record that retention keeps watch over.
const (
	keptComplaint   retention.Kind = "klacht"
	keptAttempt     retention.Kind = "toetspoging"
	keptAdvice      retention.Kind = "advies"
	keptIncident    retention.Kind = "incident"
	keptReliability retention.Kind = "betrouwbaarheid"
	keptApplication retention.Kind = "kredietaanvraag"
	keptDispute     retention.Kind = "geschil"
	keptBody        retention.Kind = "geschilleninstantie"
	keptCause       retention.Kind = "oorzaak"
	keptStand       retention.Kind = "kredietstand"
	keptCommission  retention.Kind = "provisiemaand"
)

// creditMonths is how long article 15 keeps a credit file after the agreement is
// settled in full; booksMonths how long the books of a business stay, seven years.
const (
	creditMonths = 5 * 12
	booksMonths  = 7 * 12
)

// opensKept is the right that opens a record of each kind.
var opensKept = map[retention.Kind]staff.Action{
	keptComplaint: staff.SeeComplaints, keptAttempt: staff.SeeAttempt, keptAdvice: staff.SeeAdvice, keptIncident: staff.SeeIncidents, keptReliability: staff.SeeReliability,
	keptApplication: staff.SeeApplications, keptStand: staff.SeeCredit, keptCommission: staff.SeeCommission,
	keptDispute: staff.SeeDisputes, keptBody: staff.SeeDisputes, keptCause: staff.SeeCauses,
}

// keptKinds say of each kind what starts its terms and what a firm that set none asks.
var keptKinds = []retention.About{
	{
		Kind: keptComplaint, Dutch: "klacht", Plural: "klachten", Norm: "bfd:52", Path: "/werk/klachten", AtLeast: complaint.KeepMonths, AtMost: 24, Floor: complaint.KeepMonths,
		Trigger: "de dag waarop de klacht is afgehandeld, en als zij bij een geschilleninstantie lag, de dag waarop die klaar was",
		Changes: "Wordt de klacht heropend of gaat zij naar een geschilleninstantie, dan begint de termijn opnieuw zodra zij weer is afgehandeld. Is er een geschil over deze klacht, dan blijft zij ten minste zo lang als dat geschil.",
	},
	{
		Kind: keptDispute, Dutch: "geschil", Plural: "geschillen", Path: "/werk/geschillen", AtLeast: 12, AtMost: 24,
		Trigger: "de dag waarop de uitkomst is uitgevoerd; was er niets uit te voeren, de dag waarop zij is meegedeeld",
		Changes: "Het besluit noemt geen termijn: wat een instantie doet, staat buiten het register van klachten (toelichting op artikel 51). Gaat het geschil over een klacht, dan hoort het daarbij: die klacht blijft ten minste zo lang als dit geschil, en een bewaarplicht op de klacht geldt ook hier.",
	},
	{
		Kind: keptBody, Dutch: "geschilleninstantie", Plural: "geschilleninstanties", Path: "/werk/geschilleninstanties", AtLeast: 12, AtMost: 66,
		Trigger: "de dag waarop u de instantie verliet of haar erkenning werd ingetrokken, of de dag waarop daarna het laatste geschil bij haar eindigde",
		Changes: "Het besluit noemt geen termijn. Sluit u zich weer aan, of begint er nog een geschil, dan begint de termijn later. Haar naam blijft staan; wie erin zaten gaat weg.",
	},
	{
		Kind: keptCause, Dutch: "oorzaak", Plural: "oorzaken", Path: "/werk/oorzaken", AtLeast: 12, AtMost: incident.KeepMonths + 6,
		Trigger: "de dag waarop de oorzaak is afgerond",
		Changes: "Wordt de oorzaak heropend, dan begint de termijn opnieuw zodra zij weer is afgerond. Het besluit noemt geen termijn; de bovengrens is die van een incident dat zij kan verklaren. Zaken met deze oorzaak hebben hun eigen termijn en houden haar niet vast.",
	},
	{
		Kind: keptAttempt, Dutch: "toetspoging", Plural: "toetspogingen", Path: "/werk/toetspogingen", AtLeast: 60, AtMost: 66,
		Trigger: "de dag waarop de toets is beoordeeld of verlopen",
		Changes: "Hoort de toetspoging bij een ander dossier, dan kan een bewaarplicht daar ook hier gelden.",
	},
	{
		Kind: keptAdvice, Dutch: "adviesdossier", Plural: "adviesdossiers", Norm: "bfd:14:1", Path: "/werk/adviezen", AtLeast: advice.KeepMonths, AtMost: 60, Floor: advice.KeepMonths, Unasked: 24,
		Trigger: "de dag van het advies, of die van een latere overeenkomst",
		Changes: "Komt er alsnog een overeenkomst, of sluit de klant een ander product dan geadviseerd, dan telt de wet anders. Vraagt artikel 14 niets, dan blijft het dossier ten hoogste twee jaar.",
	},
	{
		Kind: keptIncident, Dutch: "incident", Plural: "incidenten", Norm: "bfd:11", Path: "/werk/incidenten", AtLeast: 12, AtMost: 66, Floor: incident.KeepMonths, Unasked: 12,
		Trigger: "de dag waarop het incident is afgesloten; de vijf jaar van de wet tellen vanaf de dag waarop de vastlegging het laatst is aangevuld",
		Changes: "Wordt het incident heropend of de vastlegging aangevuld, dan begint de termijn opnieuw. Valt het niet onder artikel 10, dan vraagt de wet niets en blijft het ten hoogste een jaar.",
	},
	{
		Kind: keptReliability, Dutch: "dossier van een medewerker", Plural: "dossiers van medewerkers", Path: "/werk/betrouwbaarheid", AtLeast: 0, AtMost: 24,
		Trigger: "de dag waarop de medewerker vertrok",
		Changes: "Artikel 6 tot en met 9 noemen geen termijn: wat over iemands betrouwbaarheid is vastgelegd blijft zolang die persoon hier werkt, en daarna niet langer dan nodig.",
	},
	{
		Kind: keptApplication, Dutch: "kredietaanvraag", Plural: "kredietaanvragen", Norm: "bfd:15", Path: "/werk/kredietaanvragen", AtLeast: 0, AtMost: creditMonths + 6, Floor: creditMonths, Unasked: 12,
		Trigger: "de dag waarop de overeenkomst volledig is afgewikkeld; zonder overeenkomst de dag waarop de aanvraag is geweigerd of ingetrokken",
		Changes: "Een overgedragen portefeuille verandert de termijn niet: zij begint ook dan pas bij de afwikkeling. Komt er geen overeenkomst, dan vraagt artikel 15 niets en blijft de aanvraag ten hoogste een jaar.",
	},
	{
		Kind: keptStand, Dutch: "stand van de kredietportefeuille", Plural: "standen van de kredietportefeuille", Norm: "bfd:15", Path: "/werk/krediet/portefeuille/standen", AtLeast: 0, AtMost: loanbook.KeepMonths + 6, Floor: loanbook.KeepMonths, Unasked: 12,
		Trigger: "de dag van de volgende stand. Wat is afgewikkeld staat daar niet meer in, dus zo blijft elke overeenkomst ten minste vijf jaar na haar afwikkeling",
		Changes: "Wordt de volgende stand ongedaan gemaakt, dan is deze weer de portefeuille en begint de termijn opnieuw.",
	},
	{
		Kind: keptCommission, Dutch: "provisieberekening", Plural: "provisieberekeningen", Path: "/werk/provisie", AtLeast: booksMonths, AtMost: booksMonths + 12,
		Trigger: "de dag waarop de maand is goedgekeurd, of waarop de berekening werd vervangen",
		Changes: "Een correctie die nog moet worden verrekend houdt de maand vast. De zeven jaar zijn die van de fiscale bewaarplicht voor de administratie; het besluit noemt geen termijn.",
	},
}
