// Package desk is the rule desk (regelbalie): it tells of each rule of the house
// what it decides, what it takes and what it answers, asks it, and finds what
// would have changed the answer.
//
// The rules themselves lie in their rooms. What the desk says of them in plain
// Dutch, with worked examples, lies in rules.yaml; all else comes from the rules:
// schemas from their types, norms and reasons from their declarations.
package desk

import (
	"maps"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Desk answers for the rules of a registry.
type Desk struct {
	rules *rule.Registry
	about map[string]About
}

// New returns the desk of this registry. It fails when rules.yaml cannot be read,
// or tells of a rule that is not there.
func New(rules *rule.Registry) (*Desk, error) {
	about, err := readAbout()
	if err != nil {
		return nil, err
	}
	for name := range about {
		if rules.Rule(name, 0) == nil {
			return nil, fault.New(fault.Invalid, rule.UnknownRule, name)
		}
	}
	return &Desk{rules, about}, nil
}

// A Rule is what there is to know of one version of a rule.
type Rule struct {
	Name      string
	Version   int
	Newest    bool
	Versions  []int // all that can be asked, oldest first
	Profile   string
	Norms     []ident.Norm
	Title     string            // what it decides, in a few words
	About     string            // in a sentence or two
	Question  canon.Shape       // what is given
	Answer    canon.Shape       // what comes back
	Sentences map[string]string // of each reason, by code
	Facts     map[string]string // what a field of question or answer is called, by its name
	Examples  []Example
}

// Rules returns every rule in its newest version, by name.
func (d *Desk) Rules() []Rule {
	var all []Rule
	for _, a := range d.rules.Rules() {
		if r := d.tell(a); r.Newest {
			all = append(all, r)
		}
	}
	return all
}

// Rule returns the rule of this name and version, 0 for the newest; fault.NotFound
// "unknown-rule".
func (d *Desk) Rule(name string, version int) (Rule, error) {
	a := d.rules.Rule(name, version)
	if a == nil {
		return Rule{}, fault.New(fault.NotFound, rule.UnknownRule, "")
	}
	return d.tell(a), nil
}

func (d *Desk) tell(a rule.Asked) Rule {
	about := d.about[a.Name()]
	r := Rule{
		Name: a.Name(), Version: a.Version(), Profile: a.Profile(), Norms: slices.Clone(a.Norms()),
		Title: about.Title, About: about.About, Examples: about.Examples, Facts: about.Facts, Sentences: a.Sentences(),
		Question: canon.ShapeOf(a.In()), Answer: canon.ShapeOf(a.Out()),
	}
	for _, b := range d.rules.Rules() {
		if b.Name() == r.Name {
			r.Versions = append(r.Versions, b.Version())
		}
	}
	r.Newest = r.Version == r.Versions[len(r.Versions)-1]
	return r
}

// Ask asks the rule of this name and version, 0 for the newest. What is wrong with
// the question is one Invalid fault that names it all.
func (d *Desk) Ask(name string, version int, given []byte) (rule.Reply, error) {
	return d.rules.Ask(name, version, given, nil)
}

// Codes returns the codes of the reasons that the rule can give, sorted.
func (r Rule) Codes() []string { return slices.Sorted(maps.Keys(r.Sentences)) }

// Called is what people call a field of the question or the answer: its name,
// where rules.yaml has no word for it.
func (r Rule) Called(field string) string {
	name, within, deeper := strings.Cut(field, ".")
	called := r.Facts[name]
	switch {
	case called == "":
		return field
	case deeper:
		return called + ": " + within
	}
	return called
}
