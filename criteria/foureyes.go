package criteria

import (
	"strings"
	"time"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// LookIn is what rule criteria_review is given: whose words they are, and who
// looks at them.
type LookIn struct {
	Purpose    Purpose `json:"purpose"`
	LastEditor string  `json:"last_editor"`
	By         string  `json:"by"`
	Person     bool    `json:"person"` // a member of staff, no program
}

// LookOut says whether this person's look counts.
type LookOut struct {
	rule.Why
	Allowed bool `json:"allowed"`
}

// Reviewing is the rule on who may approve a set: a person, and another than who
// wrote it last. Article 61 and the AFM's principles ask that a firm lays down its
// criteria; that nobody approves their own is the house's own rule.
var Reviewing = rule.New("criteria_review", 1, []ident.Norm{"bfd:61:1", "afm:pri:1"}, review, rule.Texts(map[string]string{
	"reviewed":    "Een ander dan wie de regelset het laatst wijzigde, keurde haar goed.",
	"no_person":   "Een programma is geen tweede paar ogen. Een medewerker beoordeelt de regelset.",
	"same_person": "Wie de regelset het laatst wijzigde, mag haar niet zelf goedkeuren.",
}))

func review(in LookIn) LookOut {
	code := "reviewed"
	switch {
	case !in.Person:
		code = "no_person"
	case in.By == in.LastEditor:
		code = "same_person"
	}
	return LookOut{rule.Why{Because: []rule.Reason{rule.Because(code, in.Purpose.Norm())}}, code == "reviewed"}
}

// A FindingSaid is a finding of the analysis as the rule on publication hears it.
type FindingSaid struct {
	ID     string `json:"id"`
	Fault  bool   `json:"fault"`            // keeps the set from use; else the author may let it stand
	Reason string `json:"reason,omitempty"` // why the author lets it stand
}

// UseIn is what rule criteria_publication is given: what was done with the set
// before, who wants to put it to use, and from which day.
type UseIn struct {
	Purpose    Purpose       `json:"purpose"`
	OnePerson  bool          `json:"one_person"` // nobody else works at the firm
	LastEditor string        `json:"last_editor"`
	Reviewer   string        `json:"reviewer"` // who approved it; empty for nobody
	By         string        `json:"by"`
	Person     bool          `json:"person"` // that is a member of staff, no program
	Reason     string        `json:"reason"` // of a firm of one person: why nobody else looks
	Rows       int           `json:"rows"`   // on which it was tried as it is
	Findings   []FindingSaid `json:"findings"`
	From       calendar.Date `json:"from"` // first day that the set names
	Now        time.Time     `json:"now"`
}

// UseOut says whether the set may be put to use, in which way, and from which day.
type UseOut struct {
	rule.Why
	Allowed bool           `json:"allowed"`
	Way     string         `json:"way,omitempty"`
	From    *calendar.Date `json:"from,omitempty"`
}

// The ways in which a set is put to use.
const (
	WaySecond = "second_person"      // written by one, approved and published by others
	WayOther  = "invited_reviewer"   // the same, by who was invited by a firm of one person
	WayDelay  = "one_person_delayed" // the only person of the firm, with a reason and a day's delay
)

// OnePersonDelay is how long a firm of one person waits, so that its owner can look
// once more; the set decides from the first whole day after it.
const OnePersonDelay = 24 * time.Hour

// leastReason is how many characters say why nobody else looks.
const leastReason = 40

// Publishing is the rule on putting a set to use. Article 61 asks that a provider
// lays down beforehand by which criteria it judges, so no set decides days before it
// was put to use. Four eyes, the trial and the findings are the house's own.
var Publishing = rule.New("criteria_publication", 1, []ident.Norm{"bfd:61:1", "afm:pri:1"}, use, rule.Texts(map[string]string{
	"second_person":    "Door de een geschreven en door een ander goedgekeurd en gepubliceerd. De regelset geldt vanaf {from}.",
	"invited_reviewer": "De onderneming bestaat uit één persoon. Een uitgenodigde beoordelaar publiceert. De regelset geldt vanaf {from}.",
	"one_person":       "De onderneming bestaat uit één persoon. Na een schriftelijke reden en 24 uur wachttijd geldt de regelset vanaf {from}.",
	"no_person":        "Een programma is geen tweede paar ogen. Een medewerker publiceert de regelset.",
	"same_person":      "Wie de regelset het laatst wijzigde, mag haar niet zelf publiceren.",
	"not_reviewed":     "Laat de regelset eerst goedkeuren door een ander dan wie haar het laatst wijzigde.",
	"reason_missing":   "Een onderneming van één persoon schrijft op waarom niemand anders meekijkt. Gebruik ten minste 40 tekens.",
	"not_tried":        "Probeer de regelset eerst op gegevens, precies zoals zij nu is.",
	"fault":            "Herstel bevinding {finding}: zo kan de regelset niet in gebruik.",
	"not_accepted":     "Herstel bevinding {finding}, of schrijf op waarom u haar laat staan.",
}))

func use(in UseIn) UseOut {
	norm := in.Purpose.Norm()
	no := rule.Why{Because: in.lacks()}
	refuse := func(code string) { no.Because = append(no.Because, rule.Because(code, norm)) }
	way, code := in.way(refuse)
	if len(no.Because) > 0 {
		return UseOut{Why: no}
	}
	from := calendar.Of(in.Now)
	if way == WayDelay {
		from = calendar.Of(in.Now.Add(OnePersonDelay)).AddDays(1)
	}
	if in.From.After(from) {
		from = in.From
	}
	return UseOut{Allowed: true, Way: way, From: &from, Why: rule.Why{Because: []rule.Reason{rule.Because(code, norm, "from", from.String())}}}
}

// lacks says what is still to be done with the set itself, whoever publishes it.
func (in UseIn) lacks() (list []rule.Reason) {
	for _, f := range in.Findings {
		switch {
		case f.Fault:
			list = append(list, rule.Because("fault", in.Purpose.Norm(), "finding", f.ID))
		case strings.TrimSpace(f.Reason) == "":
			list = append(list, rule.Because("not_accepted", in.Purpose.Norm(), "finding", f.ID))
		}
	}
	if in.Rows == 0 {
		list = append(list, rule.Because("not_tried", in.Purpose.Norm()))
	}
	return list
}

// way says in which way this person may publish, or refuses.
func (in UseIn) way(refuse func(string)) (way, code string) {
	switch other := in.By != in.LastEditor; {
	case !in.Person && !in.OnePerson:
		refuse("no_person")
	case !other && !in.OnePerson:
		refuse("same_person")
	case other && in.Person && in.OnePerson:
		return WayOther, "invited_reviewer"
	case in.OnePerson && utf8.RuneCountInString(strings.TrimSpace(in.Reason)) < leastReason:
		refuse("reason_missing")
	case in.OnePerson:
		return WayDelay, "one_person"
	case in.Reviewer == "" || in.Reviewer == in.LastEditor:
		refuse("not_reviewed")
	}
	return WaySecond, "second_person"
}
