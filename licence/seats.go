package licence

import (
	"slices"

	"zorgplicht/calendar"
)

// namedSeats are the states outside the Union that article 24(2) names.
var namedSeats = []string{"US", "JP", "AU", "CA", "CH"}

// The member states of the Union when the decree was made, and by treaty those
// that came and went since; the others of the European Economic Area.
var (
	membersOf2005 = []string{
		"NL", "BE", "LU", "DE", "FR", "IT", "IE", "DK", "GR", "EL", "ES", "PT", "AT", "FI", "SE",
		"CY", "CZ", "EE", "HU", "LV", "LT", "MT", "PL", "SI", "SK",
	}
	accessions = map[string]calendar.Date{
		"BG": calendar.MustParse("2007-01-01"), "RO": calendar.MustParse("2007-01-01"), "HR": calendar.MustParse("2013-07-01"),
	}
	left        = calendar.MustParse("2020-02-01") // the United Kingdom was no member from this day
	britain     = []string{"GB", "UK"}
	eftaMembers = []string{"NO", "IS", "LI"}
)

// isMember reports whether a state was in the Union on a day, and whether it is
// one of the others of the European Economic Area. Without a day that of the
// decree is meant.
func isMember(state string, on *calendar.Date) (union, efta bool) {
	efta = slices.Contains(eftaMembers, state)
	switch from, joined := accessions[state]; {
	case slices.Contains(membersOf2005, state):
		union = true
	case joined:
		union = on != nil && !on.Before(from)
	case slices.Contains(britain, state):
		union = on == nil || on.Before(left)
	}
	return union, efta
}

// isCountry reports whether a word has the form of a country code.
func isCountry(word string) bool {
	return len(word) == 2 && word != "EU" && 'A' <= word[0] && word[0] <= 'Z' && 'A' <= word[1] && word[1] <= 'Z'
}
