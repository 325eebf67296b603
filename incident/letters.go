package incident

import (
	"strings"

	"zorgplicht/casework"
	"zorgplicht/ident"
)

// The kinds of letter that are written about incidents.
const (
	LetterNotice = "melding" // to the supervisor, article 12
	LetterClient = "klant"   // to a client who was harmed
)

// LetterFields are what may stand between braces in templates of this room.
var LetterFields = map[string]string{
	"nummer": "nummer van het incident", "onderneming": "naam van uw onderneming", "behandelaar": "wie het incident behandelt",
	"opgemerkt": "dag waarop het incident is opgemerkt", "gebeurd": "dag waarop het gebeurde of begon", "feiten": "feiten en omstandigheden, zoals vastgelegd",
	"functie": "functie van wie het incident veroorzaakte", "gronden": "gronden voor de melding, uit de beoordeling", "maatregelen": "maatregelen die zijn vastgelegd",
}

// LetterKinds are the kinds with the words of the house. The notice holds what article 12,
// second paragraph, asks.
var LetterKinds = []casework.LetterKind{
	{
		Code: LetterNotice, Dutch: "Melding aan de toezichthouder", Needs: []string{"feiten", "functie"}, Subject: "Melding van een incident, ons nummer {nummer}",
		Text: `Geachte heer of mevrouw,

{onderneming} meldt u een incident. Wij doen dat op grond van artikel 12 van het Besluit financiële dienstverlening.

Wij merkten het incident op {opgemerkt} op. Het heeft bij ons nummer {nummer}.

Waarom wij melden (artikel 12, eerste lid):

{gronden}

Feiten en omstandigheden (artikel 12, tweede lid, onder a):

{feiten}

Functie van wie het incident veroorzaakte (artikel 12, tweede lid, onder b):

{functie}

Maatregelen:

{maatregelen}

Hebt u vragen? Dan beantwoordt {behandelaar} die graag.

Met vriendelijke groet,

{onderneming}`,
	}, {
		Code: LetterClient, Dutch: "Brief aan een klant met schade", Subject: "Er ging bij ons iets mis dat u raakt",
		Text: `Geachte heer of mevrouw [naam van de klant],

Er is bij ons iets misgegaan. Dat raakt u. Daarom schrijven wij u.

Dit is er gebeurd: [schrijf in een paar korte zinnen wat er gebeurde en wat de klant ervan merkt; noem niemand bij naam]

Dit betekent het voor u: [schrijf wat de schade is, of kan zijn]

Dit doen wij:

- [schrijf wat u herstelt of vergoedt]
- [schrijf voor welke dag dat klaar is]

Wij hebben vastgelegd wat er is gebeurd en wat wij eraan doen. Dat vraagt artikel 11 van het Besluit financiële dienstverlening.

Hebt u vragen? Bel of schrijf dan {behandelaar}. Noem daarbij nummer {nummer}. Bent u niet tevreden? Dan kunt u een klacht bij ons indienen.

Met vriendelijke groet,

{behandelaar}
{onderneming}`,
	},
}

// grounds are the three of article 12, first paragraph, as a notice names them.
var grounds = map[ident.Norm]string{
	"bfd:12:1:a": "Van het incident is of wordt aangifte gedaan (onder a).",
	"bfd:12:1:b": "Het incident bedreigt het voortbestaan van onze onderneming, of kan dat doen (onder b).",
	"bfd:12:1:c": "Gezien de ernst, de omvang of andere omstandigheden behoort u het te weten (onder c).",
}

// LetterValues are the values of the fields for an incident; firm and handler are what
// the doors know of it.
func (i Incident) LetterValues(firm, handler string) map[string]string {
	var why, measures []string
	if i.Judged != nil {
		for _, g := range i.Judged.Grounds {
			why = append(why, grounds[g])
		}
	}
	for _, m := range i.Measures {
		if m.Kind != NoMeasure {
			measures = append(measures, strings.Join(strings.Fields(m.What), " "))
		}
	}
	if len(measures) == 0 {
		measures = []string{"Er zijn nog geen maatregelen vastgelegd."}
	}
	return map[string]string{
		"nummer": i.Case.Number, "onderneming": firm, "behandelaar": handler, "opgemerkt": i.Case.Received.Dutch(), "gebeurd": i.Happened.Dutch(),
		"feiten": strings.TrimSpace(i.Facts), "functie": i.Function, "gronden": casework.Bullets(why), "maatregelen": casework.Bullets(measures),
	}
}

// LastNotice is the last notice that was sent to the supervisor as a letter of the
// case; ok is false where none was.
func (f File) LastNotice() (l casework.Missive, ok bool) {
	for _, one := range f.Under.Letters {
		if one.Code == LetterNotice && !one.Sent.IsZero() {
			l, ok = one, true
		}
	}
	return l, ok
}
