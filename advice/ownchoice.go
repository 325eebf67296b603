package advice

import (
	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// ChoiceIn asks whether it can be shown that a client chose another product than was
// recommended. What is absent is not at issue.
type ChoiceIn struct {
	Role        string                   `json:"role" enum:"provider,advisor,intermediary"`
	Contract    calendar.Date            `json:"contract"` // on the other product
	SameChannel *bool                    `json:"same_channel"`
	Warned      canon.Opt[calendar.Date] `json:"warned"`  // told that it was not the advice; null: not
	Said        bool                     `json:"said"`    // a note of what the client said
	Written     bool                     `json:"written"` // the client's own words in writing
}

// ChoiceOut is the answer of Choice.
type ChoiceOut struct {
	rule.Why
	Needed  bool     `json:"needed"`
	Shown   bool     `json:"shown"`
	Missing []string `json:"missing"`
}

// Choice decides whether it can be shown that a client chose another product
// themselves. Norm bfd:14:5; that the client was told in time stands in the general
// part of the note (form-free supervision).
var Choice = rule.New("own_choice", 1, []ident.Norm{"bfd:14:5"}, choice, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"advisor":      "Een adviseur sluit de overeenkomst niet en bemiddelt er ook niet bij. Dit lid geldt niet voor hem.",
	"elsewhere":    "De klant sloot het product langs een ander kanaal, los van het advies. Dan hoeft de keuze niet te worden aangetoond.",
	"asked":        "De klant sloot op {contract} een ander product dan was geadviseerd. De keuze van de klant moet kunnen worden aangetoond.",
	"not_warned":   "Nergens staat dat de klant is verteld dat dit niet het geadviseerde product is.",
	"warned_late":  "De klant is het pas op {warned} verteld, na de overeenkomst van {contract}. Dat is niet op tijd.",
	"warned":       "De klant is het op {warned} verteld, niet later dan de overeenkomst.",
	"no_words":     "De keuze van de klant zelf ontbreekt: een bericht of verklaring van de klant, of een notitie van wat de klant zei.",
	"written":      "De klant legde de keuze zelf schriftelijk vast.",
	"said":         "Een notitie zegt wat de klant koos en zei. Een bericht van de klant zelf is sterker bewijs; de wet vraagt geen vaste vorm.",
	"can_be_shown": "De keuze van de klant kan worden aangetoond.",
}))

func choice(in ChoiceIn) (out ChoiceOut) {
	const norm = "bfd:14:5"
	out.Missing = []string{}
	switch {
	case Role(in.Role) == Adviser:
		out.Say("advisor", norm)
		return out
	case rule.Fails(in.SameChannel):
		out.Say("elsewhere", norm)
		return out
	}
	out.Needed = true
	out.Say("asked", norm, "contract", in.Contract.String())
	switch w := in.Warned; {
	case !w.Given || w.Null:
		out.Missing = append(out.Missing, "warning")
		out.Say("not_warned", norm)
	case w.V.After(in.Contract):
		out.Missing = append(out.Missing, "warning")
		out.Say("warned_late", norm, "warned", w.V.String(), "contract", in.Contract.String())
	default:
		out.Say("warned", norm, "warned", w.V.String())
	}
	switch {
	case in.Written:
		out.Say("written", norm)
	case in.Said:
		out.Say("said", norm)
	default:
		out.Missing = append(out.Missing, "words")
		out.Say("no_words", norm)
	}
	if out.Shown = len(out.Missing) == 0; out.Shown {
		out.Say("can_be_shown", norm)
	}
	return out
}

// choiceQuestion is what rule own_choice is asked about this content.
func (c Content) choiceQuestion() ChoiceIn {
	same := !c.Outcome.Elsewhere
	in := ChoiceIn{Role: string(c.Role), Contract: c.Outcome.Day, SameChannel: &same, Warned: canon.Null[calendar.Date]()}
	if o := c.Choice; o != nil {
		in.Said, in.Written = o.Words != "", o.Written()
		if !o.Warned.IsZero() {
			in.Warned = canon.Some(o.Warned)
		}
	}
	return in
}
