package criteria_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zorgplicht/criteria"
)

const before = `language: 1
name: beheer
version: 1
from: 2026-01-01
categories: [groen, geel, rood]
fields:
  - {name: achterstand, type: months, from: 0, through: 120}
  - {name: saldo, type: euro, from: 0, through: 1000000}
  - {name: product, type: choice, values: [hypotheek, doorlopend]}
  - {name: oud, type: yesno}
thresholds:
  - {name: grens, value: euro(1500)}
rules:
  - {id: R1, category: rood, norm: "afm:pri:1", when: achterstand >= months(3), reason: 'De achterstand is {achterstand}.'}
  - {id: R2, category: geel, norm: "afm:pri:1", when: 'saldo > grens && product == "hypotheek"', reason: 'Het saldo is {saldo}.'}
  - {id: R3, category: geel, norm: "afm:pri:1", when: oud, reason: Oud.}
`

const after = `language: 1
name: beheer
version: 2
from: 2026-07-01
categories: [groen, geel, rood]
fields:
  - {name: achterstand, type: months, from: 0, through: 60}
  - {name: saldo, type: euro, from: 0, through: 1000000}
  - {name: product, type: choice, values: [hypotheek, doorlopend]}
  - {name: oud, type: yesno}
thresholds:
  - {name: grens, value: euro(2000.50)}
rules:
  - id: R1
    category: rood
    norm: afm:pri:1
    when: achterstand > months(2)
    reason: De achterstand is al {achterstand}.
    except: [{id: X1, when: oud, reason: Oud.}]
  - {id: R2, category: rood, norm: "afm:pri:1", when: 'saldo > grens && (product == "doorlopend")', reason: 'Het saldo is {saldo}.'}
  - {id: R4, category: geel, norm: "afm:pri:1", when: oud && achterstand == months(0), reason: Oud.}
`

func TestADifferenceIsSaidInWords(t *testing.T) {
	was, err := criteria.Read([]byte(strings.ReplaceAll(before, "De achterstand is {achterstand}.", "De achterstand is veel.")))
	if err != nil {
		t.Fatal(err)
	}
	is, err := criteria.Read([]byte(strings.ReplaceAll(after, "De achterstand is al {achterstand}.", "De achterstand is erg.")))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range criteria.Diff(was.Set(), is.Set()) {
		got = append(got, d.Code+" "+d.Pointer+" "+d.Text)
	}
	want := []string{
		"changed /from Regelset: de eerste dag was 1 januari 2026 en wordt 1 juli 2026.",
		"changed /fields/0/through Veld achterstand: de grootste waarde was 120 en wordt 60.",
		"changed /thresholds/0/value Grens grens: de grens gaat van € 1.500 naar € 2.000,50.",
		"removed /rules/2 De regel R3 vervalt.",
		"changed /rules/0/when Regel R1: het teken bij achterstand gaat van >= naar >; de grens bij achterstand gaat van 3 maanden naar 2 maanden.",
		"changed /rules/0/reason Regel R1: de reden was “De achterstand is veel.” en wordt “De achterstand is erg.”.",
		"added /rules/0/except/0 De uitzondering X1 is nieuw: oud.",
		"changed /rules/1/category Regel R2: de categorie was geel en wordt rood.",
		"changed /rules/1/when Regel R2: de grens bij product gaat van hypotheek naar doorlopend.",
		"added /rules/2 De regel R4 is nieuw: oud && achterstand == months(0).",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestASetHasNoDifferenceWithItself(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	if list := criteria.Diff(p.Set(), p.Set()); len(list) > 0 {
		t.Errorf("got %v", list)
	}
	whole, rules := criteria.Same(p, p)
	if !whole.Same || len(rules) != 12 {
		t.Errorf("got %+v of %d rules", whole, len(rules))
	}
	for _, r := range rules {
		if !r.Same {
			t.Errorf("got %+v", r)
		}
	}
}

func TestTheEffectIsCounted(t *testing.T) {
	was, err := criteria.Read([]byte(strings.ReplaceAll(before, "De achterstand is {achterstand}.", "Erg.")))
	if err != nil {
		t.Fatal(err)
	}
	is, err := criteria.Read([]byte(strings.ReplaceAll(after, "De achterstand is al {achterstand}.", "Erg.")))
	if err != nil {
		t.Fatal(err)
	}
	e := criteria.NewEffect(was, is, someDay, 2)
	for i, c := range []map[string]string{
		{"achterstand": "3", "saldo": "0", "product": "hypotheek", "oud": "ja"},
		{"achterstand": "0", "saldo": "3000", "product": "doorlopend", "oud": "nee"},
		{"achterstand": "0", "saldo": "1800", "product": "hypotheek", "oud": "nee"},
		{"achterstand": "1", "saldo": "1800", "product": "hypotheek", "oud": "nee"},
		{"achterstand": "5", "saldo": "0", "product": "hypotheek", "oud": "nee"},
	} {
		e.Add(fmt.Sprint("C", i), row(t, was, c), row(t, is, c))
	}
	got := strings.Join(e.Words(), "\n")
	want := `1 contract gaat van groen naar rood.
2 contracten gaan van geel naar groen.
1 contract gaat van rood naar groen.
R1 geldt niet meer voor 1 contract.
R2 geldt voortaan ook voor 1 contract.
R2 geldt niet meer voor 2 contracten.
R3 geldt niet meer voor 1 contract.`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(e.List) != 2 || e.List[0] != (criteria.Move{ID: "C0", From: 2, To: 0}) || e.Rows != 5 || e.Certain != [2]int{5, 5} || e.Moved[2][2] != 1 {
		t.Errorf("got %+v", e)
	}
}
