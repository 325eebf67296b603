package rule_test

import (
	"testing"

	"zorgplicht/rule"
)

func TestValuesAreWrittenAsTheDutchWriteThem(t *testing.T) {
	words := rule.Words(map[string]string{"month": "maand", "unverified": "niet bevestigd"})
	for _, c := range []struct{ name, value, want string }{
		{"a day", "2006-03-01", "1 maart 2006"},
		{"a month", "2006-03", "maart 2006"},
		{"no month of the year", "2006-13", "2006-13"},
		{"a list of months", "2006-03, 2006-04", "maart 2006, april 2006"},
		{"an instant", "2026-03-03T13:05:00.000Z", "3 maart 2026, 14.05 uur"},
		{"a percentage", "5.2", "5,2"},
		{"a rate of three decimals", "5.076", "5,076"},
		{"an amount", "1234.50", "1.234,50"},
		{"below nil", "-1234567.89", "-1.234.567,89"},
		{"a whole number, which may be a year", "2006", "2006"},
		{"a name with a point", "artikel 28.3", "artikel 28.3"},
		{"two points", "1.2.3", "1.2.3"},
		{"a point at the end", "12.", "12."},
		{"a word of the rule", "month", "maand"},
		{"a word that is not said", "week", "week"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := rule.New("x", 1, nil, sealedRule.Ask, words, rule.Texts(map[string]string{"a": "Het is {v}."}))
			if got := r.Render(rule.Reason{Code: "a", Values: map[string]string{"v": c.value}}); got != "Het is "+c.want+"." {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	grouped := rule.New("x", 1, nil, sealedRule.Ask, rule.Grouped(), rule.Texts(map[string]string{"a": "{v}"}))
	if got := grouped.Render(rule.Reason{Code: "a", Values: map[string]string{"v": "1.815"}}); got != "1.815" {
		t.Errorf("a whole number with points between its thousands reads %q", got)
	}
}
