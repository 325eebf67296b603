package desk

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"zorgplicht/canon"
)

//go:embed rules.yaml
var rulesFile []byte

// About is what rules.yaml says of a rule, for people.
type About struct {
	Title    string
	About    string
	Facts    map[string]string // what a field of question or answer is called, by its name
	Examples []Example
}

// An Example is a question worked out: what is given, and why it is worth looking at.
type Example struct {
	Title string
	Given canon.Raw
}

type aboutFile struct {
	Rule     string            `yaml:"rule"`
	Title    string            `yaml:"title"`
	About    string            `yaml:"about"`
	Facts    map[string]string `yaml:"facts"`
	Examples []struct {
		Title string `yaml:"title"`
		Given string `yaml:"given"`
	} `yaml:"examples"`
}

func readAbout() (map[string]About, error) {
	var file []aboutFile
	in := yaml.NewDecoder(bytes.NewReader(rulesFile))
	in.KnownFields(true)
	if err := in.Decode(&file); err != nil {
		return nil, fmt.Errorf("rules.yaml: %w", err)
	}
	all := map[string]About{}
	for _, f := range file {
		a := About{Title: f.Title, About: strings.TrimSpace(f.About), Facts: f.Facts}
		if _, twice := all[f.Rule]; twice || f.Rule == "" || a.Title == "" || a.About == "" {
			return nil, fmt.Errorf("rules.yaml: rule %q stands there twice, or lacks a title or a text", f.Rule)
		}
		for _, e := range f.Examples {
			given, err := canon.Canonical([]byte(e.Given))
			if err != nil {
				return nil, fmt.Errorf("rules.yaml: rule %s, example %q: %w", f.Rule, e.Title, err)
			}
			a.Examples = append(a.Examples, Example{e.Title, given})
		}
		all[f.Rule] = a
	}
	return all, nil
}

// Described returns the names of the rules that rules.yaml tells of, sorted.
func Described() ([]string, error) {
	all, err := readAbout()
	return slices.Sorted(maps.Keys(all)), err
}
