package criteria

import (
	"strconv"
	"strings"

	"zorgplicht/internal/fault"
)

// A Look is what there is to say of a text before it is kept: its faults, or else
// what the analysis finds.
type Look struct {
	Program  *Program       // nil where there are faults
	Faults   []fault.Detail // by line
	Findings []Finding
	lines    map[string]int
	set      Set
}

// LookAt reads a text as its author left it.
func LookAt(written string) Look {
	var l Look
	l.lines, l.set = outline([]byte(written))
	if l.Faults = holdable(written); len(l.Faults) > 0 {
		return l
	}
	p, err := Read([]byte(written))
	if f := fault.As(err); f != nil {
		l.Faults = f.Details
		return l
	}
	l.Program, l.Findings = p, p.Analyse(Analysis{})
	return l
}

// Line returns the line on which a part of the set stands, or what is around it.
func (l Look) Line(pointer string) int {
	for ; pointer != ""; pointer = pointer[:strings.LastIndexByte(pointer, '/')] {
		if n, ok := l.lines[pointer]; ok {
			return n
		}
	}
	return 1
}

// A Word is a name that a condition may use, and what it is.
type Word struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// Words returns every name that conditions may use: the fields, thresholds and
// sub-criteria that the text names, whatever its faults, and the words of the
// language.
func (l Look) Words() (list []Word) {
	for _, f := range l.set.Fields {
		about := f.Type
		if len(f.Values) > 0 {
			about = strings.Join(f.Values, ", ")
		}
		list = append(list, Word{f.Name, "veld: " + about})
	}
	for _, t := range l.set.Thresholds {
		list = append(list, Word{t.Name, "grens: " + t.Value})
	}
	for _, c := range l.set.Criteria {
		list = append(list, Word{c.Name, "criterium: " + c.When})
	}
	return append(list,
		Word{"euro(", "bedrag: euro(1500)"}, Word{"percent(", "percentage: percent(4.5)"}, Word{"months(", "maanden: months(3)"}, Word{"days(", "dagen: days(30)"},
		Word{"date(", `dag: date("2026-11-22")`}, Word{"min(", "kleinste van twee"}, Word{"max(", "grootste van twee"}, Word{"known(", "is dit veld bekend?"}, Word{"months_between(", "hele maanden tussen twee dagen"})
}

// NewText is where an author begins: the least that a set needs.
func NewText(name, from string) string {
	return `# Alles na een hekje is voor lezers; het programma leest het niet.
language: 1
name: ` + name + `
title: ` + strconv.Quote("Nieuwe regelset") + `
version: 1
from: ` + from + `
categories: [groen, rood]              # van licht naar zwaar; de eerste als geen regel geldt
fields:
  - {name: achterstand, english: arrears, type: months, from: 0, through: 120, question: Hoeveel maanden is de klant achter?}
thresholds:
  - {name: grens_achterstand, value: months(3), title: Vanaf hier is een achterstand ernstig}
rules:
  - id: R1
    category: rood
    when: achterstand >= grens_achterstand
    reason: De achterstand is {achterstand}; vanaf {grens_achterstand} is dat ernstig.
    norm: afm:pri:distress
`
}
