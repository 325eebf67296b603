package criteria_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
)

var someDay = calendar.MustParse("2026-01-01")

func read(t testing.TB, file string) *criteria.Program {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, err := criteria.Read(b)
	if err != nil {
		for _, d := range fault.As(err).Details {
			t.Errorf("%s:%d %s %s %s", file, d.Line, d.Pointer, d.Reason, d.Text)
		}
		t.FailNow()
	}
	return p
}

func TestTheTwelveRulesAreRead(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	if n := len(p.Set().Rules); n != 12 {
		t.Errorf("got %d rules", n)
	}
}

// small is a set with these conditions, over fields of every kind.
func small(criteriaText string, rules ...string) string {
	var b strings.Builder
	b.WriteString(`language: 1
name: klein
version: 1
from: 2026-01-01
categories: [groen, geel, rood]
fields:
  - {name: vandaag, english: today, type: date, run: true}
  - {name: aantal, english: count, type: number, from: 0, through: 100}
  - {name: bedrag, english: amount, type: euro, from: 0, through: 1000}
  - {name: deel, english: share, type: percent, decimals: 2, from: 0, through: 100}
  - {name: duur, type: months, from: 0, through: 360}
  - {name: start, type: date, from: 2000-01-01, through: 2030-12-31}
  - {name: kleur, type: choice, values: [rood, wit, blauw]}
  - {name: kenmerken, type: choices, values: [jong, oud, ver]}
  - {name: akkoord, english: agreed, type: yesno}
  - {name: groot, type: number, from: 0, through: 100000000000000000}
`)
	b.WriteString(criteriaText)
	b.WriteString("rules:\n")
	for i, when := range rules {
		fmt.Fprintf(&b, "  - {id: R%d, category: rood, norm: 'bfd:61:1', reason: 'Omdat het zo is.', when: %q}\n", i+1, when)
	}
	return b.String()
}

func TestFaultsOfAConditionSayWhatToDo(t *testing.T) {
	cases := []struct{ name, when, want string }{
		{"an unknown name is answered with the nearest", "bedrg > euro(1)", "unknown-name Teken 1: Kies een veld, grens of criterium dat bestaat; bedoelt u bedrag?"},
		{"a bare number for an amount", "bedrag > 10", "unit Teken 8: Vergelijk gelijke eenheden: links staat een bedrag in euro's, rechts een getal zonder eenheid. Schrijf euro(10)."},
		{"one = is not enough", "aantal = 1", "character Teken 8: Schrijf == om te vergelijken."},
		{"one & is not enough", "akkoord & aantal == 1", "character Teken 9: Schrijf && voor en."},
		{"an open parenthesis", "(akkoord", "not-closed Teken 9: Zet hier ) neer: een haakje staat nog open."},
		{"nothing behind a sign", "akkoord &&", "missing Teken 11: Vul aan: hier ontbreekt een veld, een waarde of een voorwaarde."},
		{"nothing at all", "", "missing Teken 1: Vul aan: hier ontbreekt een veld, een waarde of een voorwaarde."},
		{"two faults at once", "bedrag > 10 && deel < 3", "unit Teken 8: Vergelijk gelijke eenheden: links staat een bedrag in euro's, rechts een getal zonder eenheid. Schrijf euro(10).|unit Teken 21: Vergelijk gelijke eenheden: links staat een percentage, rechts een getal zonder eenheid. Schrijf percent(3)."},
		{"a word the field does not have", `kleur == "geel"`, "word Teken 10: Kies een woord dat de catalogus kent, tussen aanhalingstekens: rood, wit, blauw."},
		{"a choice has no order", `kleur < "wit"`, "order Teken 7: Gebruik bij een keuze == of !=: keuzes hebben geen volgorde."},
		{"a number is no condition", "aantal + 1", "no-condition Teken 8: Vergelijk deze waarde met iets: hier hoort een voorwaarde die waar of niet waar is."},
		{"a chain of comparisons", "1 < aantal < 5", "chain"},
		{"a divisor that may be zero", "100 / aantal > 3", "zero Teken 5: Deel niet door iets dat nul kan zijn: de deler loopt van 0 tot en met 100."},
		{"a product that does not fit", "groot * groot > 1", "overflow Teken 7: Maak deze berekening kleiner"},
		{"amounts are not multiplied", "bedrag * bedrag > euro(1)", "unit Teken 8: Vermenigvuldig met een getal zonder eenheid of met een percentage"},
		{"a date that does not exist", `start > date("2026-02-30")`, "date Teken 9"},
		{"a function that does not exist", "now() > start", "unknown-function Teken 1"},
		{"dates are not added", "start + start > start", "unit Teken 7: Tel bij een datum dagen of maanden op"},
		{"a list may not be empty", "aantal in []", "empty Teken 11"},
		{"a list holds fixed values", "aantal in [aantal]", "item Teken 12"},
		{"part of a day", "start + days(1.5) > start", "whole Teken 14"},
		{"a text without end", `kleur == "wit`, "text-open Teken 10"},
		{"a letter that the language does not know", "akkoord && é", "character Teken 12"},
		{"too deep", strings.Repeat("(", 200) + "akkoord", "too-deep"},
		{"too long", strings.Repeat("akkoord && ", 2000) + "akkoord", "too-long"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := criteria.Read([]byte(small("", c.when)))
			f := fault.As(err)
			if f == nil {
				t.Fatal("it was taken")
			}
			var got []string
			for _, d := range f.Details {
				if d.Line == 0 || d.Pointer != "/rules/0/when" {
					t.Errorf("no place: %+v", d)
				}
				got = append(got, d.Reason+" "+d.Text)
			}
			for i, want := range strings.Split(c.want, "|") {
				if i >= len(got) || !strings.HasPrefix(got[i], want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
		})
	}
}

func TestFaultsOfASetHaveTheirLine(t *testing.T) {
	cases := []struct{ name, from, to, want string }{
		{"an unknown key", "version: 1", "versie: 1", "1 version|3 unknown-key"},
		{"a double key", "version: 1", "version: 1\nversion: 1", "4 double-key"},
		{"a rule that refers to itself", "rules:", "criteria:\n  - {name: a, when: b}\n  - {name: b, when: '!a'}\nrules:", "19 circle"},
		{"a criterion that refers to itself", "rules:", "criteria:\n  - {name: a, when: akkoord || a}\nrules:", "18 circle"},
		{"a name given twice", "name: duur", "name: deel", "11 double"},
		{"an empty range", "from: 0, through: 100}", "from: 9, through: 1}", "8 range"},
		{"a norm that does not exist", "bfd:61:1", "bfd:6100:x:y", "18 norm"},
		{"a category that is not in the list", "category: rood", "category: paars", "18 category"},
		{"the lightest category is for rules that do not fire", "category: rood", "category: groen", "18 category"},
		{"a hole without a value", "Omdat het zo is.", "Omdat {dat} zo is.", "18 placeholder"},
		{"another language", "language: 1", "language: 2", "1 language"},
		{"a burgerservicenummer", "Omdat het zo is.", "Zoals bij 111222333.", "18 bsn"},
		{"a threshold that is not fixed", "rules:", "thresholds:\n  - {name: g, value: aantal}\nrules:", "18 constant"},
		{"a list where a value belongs", "name: klein", "name: [a]", "2 type"},
		{"no YAML", "name: klein", "name: 'klein", "yaml"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := criteria.Read([]byte(strings.Replace(small("", "akkoord"), c.from, c.to, 1)))
			var got []string
			if f := fault.As(err); f != nil {
				for _, d := range f.Details {
					got = append(got, fmt.Sprint(d.Line, " ", d.Reason))
				}
			}
			if !strings.Contains(strings.Join(got, "|"), c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheFormatterWritesOneText(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"spaces and parentheses", "((a>1)&&(b in['x','y']))||!(c)", `a > 1 && b in ["x", "y"] || !c`},
		{"parentheses that count stay", "(a||b)&&!(c&&d)", "(a || b) && !(c && d)"},
		{"arithmetic keeps its order", "a-(b-c)*-2<(a-b)-c", "a - (b - c) * -2 < a - b - c"},
		{"calls", "min( a,max(b , 2) )>=euro( 1.50 )", "min(a, max(b, 2)) >= euro(1.50)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, wrong := criteria.Format(c.in)
			if got != c.want || len(wrong) > 0 {
				t.Errorf("got %q %v, want %q", got, wrong, c.want)
			}
			if again, _ := criteria.Format(got); again != got {
				t.Errorf("%q becomes %q", got, again)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("akkoord && bedrag > euro(10)")
	f.Add(`"jong" in kenmerken || months_between(start, vandaag) >= months(3)`)
	f.Fuzz(func(t *testing.T, when string) {
		text, wrong := criteria.Format(when)
		if len(wrong) > 0 {
			return
		}
		if again, wrong := criteria.Format(text); again != text || len(wrong) > 0 {
			t.Fatalf("%q becomes %q %v", text, again, wrong)
		}
	})
}
