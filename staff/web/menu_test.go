package web

import (
	"fmt"
	"testing"

	"zorgplicht/internal/site"
	"zorgplicht/staff"
)

func TestTheMenuShowsPartsAndThePagesOfTheOneWeAreIn(t *testing.T) {
	all := []Entry{
		{"Klanten", "Pogingen", "/werk/pogingen", staff.SeeAttempts},
		{"Inhoud", "Vragen", "/werk/vragen", staff.SeeQuestions},
		{"Klanten", "Resultaten", "/werk/resultaten", staff.SeeAttempts},
	}
	for _, c := range []struct {
		name, path    string
		may           []staff.Action
		parts, within string
	}{
		{"a page of the first part", "/werk/resultaten", []staff.Action{staff.SeeAttempts, staff.SeeQuestions}, "*Klanten→/werk/pogingen Inhoud→/werk/vragen ", "Pogingen→/werk/pogingen *Resultaten→/werk/resultaten "},
		{"a page under another", "/werk/vragen/nieuw", []staff.Action{staff.SeeAttempts, staff.SeeQuestions}, "Klanten→/werk/pogingen *Inhoud→/werk/vragen ", "*Vragen→/werk/vragen "},
		{"a path that only begins alike", "/werk/vragenlijst", []staff.Action{staff.SeeQuestions}, "Inhoud→/werk/vragen ", ""},
		{"where one may not go", "/werk/pogingen", []staff.Action{staff.SeeQuestions}, "Inhoud→/werk/vragen ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts, within := menu(all, c.path, func(do staff.Action) bool {
				for _, may := range c.may {
					if may == do {
						return true
					}
				}
				return false
			})
			if said(parts) != c.parts || said(within) != c.within {
				t.Errorf("parts %q, within %q", said(parts), said(within))
			}
		})
	}
}

func said(links []site.Link) (s string) {
	for _, l := range links {
		if l.Here {
			s += "*"
		}
		s += fmt.Sprintf("%s→%s ", l.Text, l.Href)
	}
	return s
}
