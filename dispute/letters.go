package dispute

import (
	"strings"

	"zorgplicht/casework"
)

// The kinds of letter that are written about disputes.
const (
	LetterStand  = "standpunt" // to the body
	LetterTime   = "uitstel"   // to the body
	LetterClient = "klant"     // to whoever has the dispute
)

// LetterFields are what may stand between braces in templates of this room.
var LetterFields = map[string]string{
	"instantie": "naam van de geschilleninstantie", "kenmerk": "kenmerk van de instantie", "nummer": "nummer van het geschil bij u", "onderneming": "naam van uw onderneming",
	"behandelaar": "wie het geschil behandelt", "onderwerp": "waar het geschil over gaat, in een regel", "geschil": "waar het geschil over gaat, zoals opgeschreven",
	"sinds": "dag waarop het geschil begon", "reageren_voor": "laatste dag om te reageren", "klant": "wie het geschil heeft", "klacht": "nummer van de klacht bij u", "product": "product",
}

// LetterKinds are the kinds with the words of the house.
var LetterKinds = []casework.LetterKind{
	{
		Code: LetterStand, Dutch: "Standpunt aan de instantie", Needs: []string{"kenmerk"}, Subject: "Ons standpunt in geschil {kenmerk}",
		Text: `Geachte heer of mevrouw,

U vroeg ons standpunt in het geschil tussen {klant} en {onderneming}. Uw kenmerk is {kenmerk}. Bij ons heeft het geschil nummer {nummer}.

Waar het over gaat:

{geschil}

Wat er is gebeurd: [schrijf de feiten op, met de dagen]

Ons standpunt: [schrijf wat u vindt, met de redenen en de regels waarop u steunt]

Wat wij aanbieden: [schrijf wat u aanbiedt, of dat u niets aanbiedt en waarom]

Bij deze brief gaan: [noem de stukken]

Beide partijen krijgen gelijke kans om hun standpunt te geven (artikel 55, eerste lid, onder e, van het Besluit financiële dienstverlening). Wij lichten het onze graag ook mondeling toe.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	}, {
		Code: LetterTime, Dutch: "Verzoek om meer tijd", Needs: []string{"kenmerk"}, Subject: "Verzoek om meer tijd in geschil {kenmerk}",
		Text: `Geachte heer of mevrouw,

In het geschil met uw kenmerk {kenmerk} vraagt u ons te reageren voor {reageren_voor}. Bij ons heeft het geschil nummer {nummer}.

Dat lukt niet. Dit is de reden: [schrijf waarom u meer tijd nodig hebt]

Wij vragen u om ons te laten reageren tot en met [dag].

Wij vragen dit op grond van uw reglement, dat bepaalt hoe een geschil wordt behandeld (artikel 55, eerste lid, onder d, van het Besluit financiële dienstverlening). Laat u ons weten of u dit goedvindt?

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	}, {
		Code: LetterClient, Dutch: "Bericht aan de klant", Needs: []string{"instantie"}, Subject: "Uw geschil bij {instantie}",
		Text: `Geachte heer of mevrouw {klant},

U hebt een geschil met ons voorgelegd aan {instantie}. Het gaat over: {onderwerp}. Bij ons heeft het nummer {nummer}.

Dit gebeurt er nu: [schrijf in een paar korte zinnen wat u aan de instantie schreef, of wat er is besloten]

Dit betekent het voor u: [schrijf wat de klant krijgt of moet doen, en wanneer]

U mag altijd zien wat wij aan {instantie} schrijven, en daarop reageren. Dat staat in het reglement (artikel 55, eerste lid, onder h, van het Besluit financiële dienstverlening).

Hebt u vragen? Bel of schrijf dan {behandelaar}.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	},
}

// LetterValues are the values of the fields for a dispute; firm and handler are what
// the doors know of it.
func (f CaseFile) LetterValues(firm, handler string) map[string]string {
	d := f.Dispute
	return map[string]string{
		"instantie": f.At.Name, "kenmerk": d.Reference, "nummer": d.Case.Number, "onderneming": firm, "behandelaar": handler,
		"onderwerp": strings.TrimRight(d.Case.Title, ".!? "), "geschil": strings.TrimSpace(d.About), "sinds": d.Case.Received.Dutch(), "reageren_voor": d.AnswerBy.Dutch(),
		"klant": d.Complainant, "klacht": d.Complaint, "product": d.Case.Product,
	}
}
