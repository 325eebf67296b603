package law

import (
	"fmt"
	"regexp"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/rule"
)

var (
	decimal   = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	dayOfYear = regexp.MustCompile(`^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
)

// binding are the kinds of which somebody must be able to show that they were kept.
var binding = map[string]bool{"duty": true, "ban": true, "condition": true, "procedure": true}

// faults returns what is wrong with one norm.
func faults(n Norm, p page) []string {
	var found []string
	fault := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	word := func(list Words, field, code string) {
		if _, ok := list.Find(code); !ok && code != "" {
			fault("%s %q is not in the list of words.go", field, code)
		}
	}
	if _, err := ident.ParseNorm(string(n.ID)); err != nil {
		fault("%v", err)
	}
	if !within(string(n.ID), p.Of) {
		fault("does not belong in the file of %s", p.Of)
	}
	word(Kinds, "kind", n.Kind)
	word(Moments, "moment", n.Moment)
	word(Machines, "machine", n.Machine)
	word(Forces, "force", n.Force)
	for _, b := range n.Bearers {
		word(Bearers, "bearer", b)
	}
	for _, b := range n.Products {
		word(Products, "product", b)
	}
	for _, f := range []struct{ name, value string }{
		{"kind", n.Kind}, {"machine", n.Machine}, {"force", n.Force}, {"from", string(n.From)}, {"nl", n.Dutch},
	} {
		if f.value == "" {
			fault("%s is missing", f.name)
		}
	}
	if binding[n.Kind] && (len(n.Bearers) == 0 || len(n.Products) == 0 || n.Moment == "" || n.Evidence == "") {
		fault("a %s needs bearer, product, moment and evidence", n.Kind)
	}
	if n.Kind == "definition" && n.Term == "" && n.Parent != "" {
		fault("a definition needs its term")
	}
	if n.Profile != rule.Bfd2005 && n.Profile != rule.Current {
		fault("profile %q is not one of %s, %s", n.Profile, rule.Bfd2005, rule.Current)
	}
	for _, text := range []string{n.Dutch, n.English, n.Note, n.Issue} {
		if text != "" && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
			fault("a text ends as a sentence does: %q", text)
		}
	}
	for _, x := range n.Numbers {
		word(Units, "unit", x.Unit)
		word(Bounds, "bound", x.Bound)
		if x.What == "" || x.Unit == "" || !exact(x) {
			fault("a number needs an exact value, a unit and what it counts")
		}
	}
	for _, id := range append(n.See, n.Excepts...) {
		if _, err := ident.ParseNorm(string(id)); err != nil || id == n.ID {
			fault("%q cannot be referred to from here", id)
		}
	}
	return append(found, dayFaults(n)...)
}

func dayFaults(n Norm) []string {
	var found []string
	for _, f := range []struct {
		name string
		day  Day
	}{{"from", n.From}, {"to", n.To}, {"read", n.Read}} {
		switch {
		case f.day == "", isDate(f.day):
		case f.name != "read" && (f.day == Commencement || f.day == Unknown):
		default:
			found = append(found, fmt.Sprintf("%s %q is no date, nor %q or %q", f.name, f.day, Commencement, Unknown))
		}
	}
	if isDate(n.From) && isDate(n.To) && n.To < n.From {
		found = append(found, "ends before it begins")
	}
	if n.From == Unknown && n.Read == "" {
		found = append(found, "a norm without a first day needs the day it was read")
	}
	return found
}

// exact reports whether the value is written as its unit asks.
func exact(x Number) bool {
	switch x.Unit {
	case "date":
		return isDate(Day(x.Value))
	case "day_of_year":
		return dayOfYear.MatchString(x.Value)
	}
	return decimal.MatchString(x.Value)
}

func isDate(d Day) bool {
	_, err := calendar.Parse(string(d))
	return err == nil
}

// within reports whether the id is that of the file or stands in it.
func within(id, of string) bool { return id == of || strings.HasPrefix(id, of+":") }
