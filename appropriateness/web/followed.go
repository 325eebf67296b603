package web

import (
	"net/url"
	"slices"

	"zorgplicht/appropriateness"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// What the list of attempts knows of the time after the test, beside each thing that
// can be told.
const (
	followedAtAll = "followed"
	withSignal    = "signal"
)

var (
	cohortChoices = func() []site.Choice {
		list := []site.Choice{{Text: "Alle groepen"}}
		for _, c := range appropriateness.Cohorts {
			list = append(list, site.Choice{Value: string(c), Text: cohortNames[c]})
		}
		return list
	}()
	followedChoices = slices.Concat([]site.Choice{
		{Text: "Gevolgd of niet"},
		{Value: followedAtAll, Text: "Gevolgd"},
		{Value: withSignal, Text: "Met een signaal"},
	}, happeningChoices[1:])
)

// following reads what must have become of the client.
func (l *listPage) following(f appropriateness.Filter) (to appropriateness.Following) {
	to.Cohort = appropriateness.Cohort(l.oneOf("groep", cohortChoices))
	if to.Cohort != "" && f.Test.IsZero() {
		l.wrong("toets", "Kies één versie van een toets: de groepen gaan over de grens van die versie.")
	}
	switch v := l.oneOf("vervolg", followedChoices); v {
	case followedAtAll:
		to.Tells = appropriateness.TellsFollowed
	case withSignal:
		to.Tells = appropriateness.TellsSignal
	default:
		to.What = appropriateness.Happening(v)
	}
	return to
}

// behind is the address of the list of attempts that a number of an evaluation counts.
func behind(test ident.Hash, c appropriateness.Cohort, follow string) string {
	q := url.Values{"toets": {test.String()}, "groep": {string(c)}}
	if follow != "" {
		q.Set("vervolg", follow)
	}
	return address(listPath, q)
}
