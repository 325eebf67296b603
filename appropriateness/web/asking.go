package web

import (
	"net/url"
	"strings"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site"
)

// An asking is what somebody asked of a list in its address, with what of it
// cannot be read.
type asking struct {
	asked    url.Values
	problems []site.Problem
}

func (a *asking) value(name string) string { return strings.TrimSpace(a.asked.Get(name)) }

func (a *asking) wrong(field, text string) {
	a.problems = append(a.problems, site.Problem{Field: field, Text: text})
}

func (a *asking) problem(field string) string {
	for _, p := range a.problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (a *asking) oneOf(name string, choices []site.Choice) string {
	v := a.value(name)
	for _, c := range choices {
		if c.Value == v {
			return v
		}
	}
	a.wrong(name, "Kies een van de mogelijkheden uit de lijst.")
	return ""
}

// day returns the start of the day filled in, so many days later; zero when it
// was left empty. A day is one in Amsterdam.
func (a *asking) day(name string, later int) time.Time {
	v := a.value(name)
	if v == "" {
		return time.Time{}
	}
	d, err := calendar.Parse(v)
	if err != nil {
		a.wrong(name, "Geef een dag als jaar-maand-dag, zoals 2026-11-21.")
		return time.Time{}
	}
	return d.AddDays(later).Start()
}

func (a *asking) inOrder(from, before time.Time) {
	if !from.IsZero() && !before.IsZero() && !from.Before(before) {
		a.wrong("tot", "Geef bij “tot en met” een dag die niet voor de eerste dag ligt.")
	}
}

// test reads a test, all its versions or one, that the firm has or had in use.
func (a *asking) test(name string, vs []appropriateness.Version) (id string, version ident.Hash) {
	v := a.oneOf(name, testChoices(vs))
	if h, err := ident.ParseHash(v); err == nil {
		return "", h
	}
	return v, ident.Hash{}
}

// testChoices are the tests to choose from: where there is more than one version,
// all together or each.
func testChoices(vs []appropriateness.Version) []site.Choice {
	choices := []site.Choice{{Text: "Alle toetsen"}}
	for i, v := range vs {
		first := i == 0 || vs[i-1].TestID != v.TestID
		if first && i+1 < len(vs) && vs[i+1].TestID == v.TestID {
			choices = append(choices, site.Choice{Value: v.TestID, Text: testName(v.Title) + ", alle versies"})
		}
		choices = append(choices, site.Choice{Value: v.Hash.String(), Text: versionText(v)})
	}
	return choices
}

func channelFilter() []site.Choice {
	choices := []site.Choice{{Text: "Alle kanalen"}}
	for _, c := range appropriateness.Channels {
		choices = append(choices, site.Choice{Value: c, Text: channelText(c)})
	}
	return choices
}

func address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
