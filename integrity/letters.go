package integrity

import (
	"strings"

	"zorgplicht/casework"
)

// LetterChange is the kind of letter that tells the supervisor of a change, article 9.
const LetterChange = "wijziging"

// LetterFields are what may stand between braces in templates of this room.
var LetterFields = map[string]string{
	"nummer": "nummer van de persoon bij u", "onderneming": "naam van uw onderneming", "behandelaar": "wie dit behandelt", "naam": "naam van de beleidsbepaler", "functie": "wat de beleidsbepaler doet",
	"wijziging": "wat er is gewijzigd en nog niet is gemeld", "mededeling": "kenmerk van de eerdere mededeling van de toezichthouder",
}

// LetterKinds are the kinds with the words of the house. Article 9 asks that it is done
// without delay and in writing.
var LetterKinds = []casework.LetterKind{{
	Code: LetterChange, Dutch: "Melding van een wijziging aan de toezichthouder", Needs: []string{"naam", "wijziging"}, Subject: "Wijziging over een beleidsbepaler, ons nummer {nummer}",
	Text: `Geachte heer of mevrouw,

{onderneming} meldt u een wijziging in wat van belang is voor de betrouwbaarheid van een beleidsbepaler. Wij doen dat op grond van artikel 9 van het Besluit financiële dienstverlening.

Het gaat over {naam}. Functie: {functie}.

Kenmerk van uw eerdere mededeling: {mededeling}.

Wat er is gewijzigd:

{wijziging}

Wij zochten hier niet naar. Wij merkten het in ons gewone werk en melden het u meteen.

Hebt u vragen? Dan beantwoordt {behandelaar} die graag.

Met vriendelijke groet,

{onderneming}`,
}}

// roleNames are the roles of policy makers as a letter names them.
var roleNames = map[Role]string{PolicyMaker: "bepaalt het dagelijks beleid", CoPolicyMaker: "bepaalt het dagelijks beleid mee"}

// LetterValues are the values of the fields for a person; firm and handler are what the
// doors know of it.
func (p Person) LetterValues(firm, handler string) map[string]string {
	var open []string
	for _, c := range p.Changes {
		if c.Reported.IsZero() {
			open = append(open, strings.Join(strings.Fields(c.What), " ")+" (opgemerkt op "+c.Noticed.Dutch()+")")
		}
	}
	v := map[string]string{
		"nummer": p.Case.Number, "onderneming": firm, "behandelaar": handler, "naam": p.Entry.Name, "functie": roleNames[p.Entry.Role], "wijziging": casework.Bullets(open), "mededeling": "geen",
	}
	if p.Word != nil {
		v["mededeling"] = p.Word.Reference
	}
	return v
}
