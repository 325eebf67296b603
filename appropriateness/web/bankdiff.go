package web

import (
	"fmt"
	"strconv"
	"strings"

	"zorgplicht/appropriateness"
	"zorgplicht/internal/site"
)

// A fieldChange is one field that differs between two versions.
type fieldChange struct{ Name, Was, Is string }

// changes lists what differs between two contents, in the order of the form.
func changes(was, is appropriateness.BankContent) (list []fieldChange) {
	before, after := contentFields(was), contentFields(is)
	for i := range max(len(before), len(after)) {
		var c fieldChange
		if i < len(before) {
			c.Name, c.Was = before[i].Name, before[i].Text
		}
		if i < len(after) {
			c.Name, c.Is = after[i].Name, after[i].Text
		}
		if c.Was != c.Is {
			list = append(list, c)
		}
	}
	return list
}

// contentFields are the fields of a content as people call them.
func contentFields(c appropriateness.BankContent) []site.Term {
	q := c.Question
	list := []site.Term{
		{Name: "Product", Text: productText(c.Product)},
		{Name: "Taal", Text: languageText(c.Language)},
		{Name: "Onderdeel", Text: bankElementText(q.Element)},
		{Name: "Familie", Text: q.Family},
		{Name: "Soort", Text: kindText(q.Kind)},
		{Name: "Kant", Text: sideText(q.Side)},
		{Name: "Gewicht", Text: strconv.Itoa(q.Weight)},
		{Name: "Knock-out", Text: yesNo(q.Knockout)},
		{Name: "Vaste vraag", Text: fixedText(q.Fixed)},
		{Name: "Bron", Text: q.Source},
		{Name: "Situatie", Text: q.Scenario},
		{Name: "Vraag", Text: q.Text},
		{Name: "Juist, omdat", Text: q.Right},
	}
	for i, o := range q.Options {
		text := o.Text
		if o.Right {
			text += " (juist)"
		}
		list = append(list, site.Term{Name: fmt.Sprintf("Antwoord %d", i+1), Text: text}, site.Term{Name: fmt.Sprintf("Waarom antwoord %d niet juist is", i+1), Text: o.Wrong})
	}
	return list
}

// fieldText says in words where in a question a remark or a fault is, with a
// colon behind it.
func fieldText(pointer string) string {
	names := map[string]string{
		"/id": "Kenmerk", "/product": "Product", "/language": "Taal", "/element": "Onderdeel", "/family": "Familie", "/kind": "Soort", "/side": "Kant", "/weight": "Gewicht",
		"/fixed": "Vaste vraag", "/source": "Bron", "/scenario": "Situatie", "/text": "Vraag", "/right_because": "Juist, omdat", "/options": "Antwoorden", "/note": "Toelichting",
	}
	if n := names[pointer]; n != "" {
		return n + ": "
	}
	part := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if len(part) == 3 && part[0] == "options" {
		n, _ := strconv.Atoi(part[1])
		if part[2] == "wrong_because" {
			return fmt.Sprintf("Waarom antwoord %d niet juist is: ", n+1)
		}
		return fmt.Sprintf("Antwoord %d: ", n+1)
	}
	return ""
}
