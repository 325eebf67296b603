package appropriateness

import (
	"strings"
	"time"

	"zorgplicht/ident"
	"zorgplicht/rule"
)

// WayIn is what rule publication_way is given: who wrote the design last, who
// wants to put it to use, and when.
type WayIn struct {
	OnePerson  bool       `json:"one_person"` // nobody else works at the firm
	LastEditor string     `json:"last_editor"`
	By         string     `json:"by"`
	Person     bool       `json:"person"` // that is a member of staff, no program
	Reason     string     `json:"reason"`
	Wanted     *time.Time `json:"wanted"` // from when, where a later day is wanted
	Now        time.Time  `json:"now"`
}

// WayOut says whether this person may put the test to use, in which way, and from
// when.
type WayOut struct {
	rule.Why
	Allowed bool       `json:"allowed"`
	Way     string     `json:"way,omitempty"`
	From    *time.Time `json:"from,omitempty"`
}

// The ways in which a test is put to use.
const (
	WaySecond   = "second_person"      // another person than who wrote it last
	WayReviewer = "invited_reviewer"   // the same, invited by a firm of one person
	WayDelay    = "one_person_delayed" // the only person of the firm, with a reason and a day's delay
	WayFile     = "operator_file"      // the operator of the installation, from a bank file
)

// OnePersonDelay is how long a firm of one person waits, so that its owner can
// look once more.
const OnePersonDelay = 24 * time.Hour

// PublicationWay is the rule on four eyes: who may put a test to use. The AFM page
// asks which persons were involved in making it (afm:ket:content); that nobody
// approves their own work, and that only a person looks at another's, is the house's
// own rule.
var PublicationWay = rule.New("publication_way", 1, []ident.Norm{"afm:ket:content"}, publicationWay, rule.Texts(map[string]string{
	"second_person":    "Een ander dan wie het ontwerp het laatst wijzigde, neemt de toets in gebruik vanaf {from}.",
	"invited_reviewer": "De onderneming bestaat uit één persoon. Een uitgenodigde beoordelaar neemt de toets in gebruik vanaf {from}.",
	"one_person":       "De onderneming bestaat uit één persoon. Na een schriftelijke reden en een wachttijd van 24 uur is de toets in gebruik vanaf {from}.",
	"no_person":        "Een programma is geen tweede paar ogen. Een medewerker neemt de toets in gebruik.",
	"same_person":      "Wie het ontwerp het laatst wijzigde, mag het niet zelf in gebruik nemen.",
	"reason_missing":   "Een onderneming van één persoon schrijft op waarom niemand anders meekijkt. Gebruik ten minste 40 tekens.",
}))

// publicationWay lets another person than the last editor put a test to use at
// once. A program of a firm of one person is that person: it waits, and gives a
// reason, as they do. Elsewhere a program never looks: two programs of one maker
// are no four eyes.
func publicationWay(in WayIn) WayOut {
	if !in.Person && !in.OnePerson {
		return WayOut{Why: because(reason("no_person", "afm:ket:content"))}
	}
	from := in.Now
	allowed := func(way, code string) WayOut {
		if in.Wanted != nil && in.Wanted.After(from) {
			from = *in.Wanted
		}
		return WayOut{Allowed: true, Way: way, From: &from, Why: because(reason(code, "afm:ket:content", "from", stamp(from)))}
	}
	switch other := in.By != in.LastEditor; {
	case other && in.Person && in.OnePerson:
		return allowed(WayReviewer, "invited_reviewer")
	case other && in.Person:
		return allowed(WaySecond, "second_person")
	case !in.OnePerson:
		return WayOut{Why: because(reason("same_person", "afm:ket:content"))}
	case len(strings.TrimSpace(in.Reason)) < 40:
		return WayOut{Why: because(reason("reason_missing", "afm:ket:content"))}
	}
	from = in.Now.Add(OnePersonDelay)
	return allowed(WayDelay, "one_person")
}
