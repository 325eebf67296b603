package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/criteria"
)

type criteriaCmd struct {
	Check criteriaCheckCmd `cmd:"" help:"Look at a rule set before it is published: what never happens, always happens, or is not used."`
	Diff  criteriaDiffCmd  `cmd:"" help:"Say what another version changes: in words, in meaning, and on a file of contracts."`
}

type criteriaCheckCmd struct {
	File     string `arg:"" help:"The rule set, a YAML file."`
	Complete bool   `help:"The rules should speak of every contract: report one of which none does."`
	Data     string `help:"Contracts, a CSV file: report comparisons that none of them meets, or all do." placeholder:"FILE"`
	ID       string `default:"id" help:"The column that names the contract."`
	JSON     bool   `name:"json" help:"One JSON object a line for each finding."`
}

func (c *criteriaCheckCmd) Help() string {
	return `Reads a rule set and says what its author should know of it, by what the rules mean and not by some data: rules that never or always fire or never decide, exceptions without effect, comparisons that no value reaches, what one rule implies of another, what nothing uses. A finding comes with a contract that shows it, where one can. What the analysis cannot tell is said, with the reason.

It changes nothing and opens no installation. The language is described in docs/gids/criteria.md.

Exit codes: 0 done, nothing has to be mended; 1 the rule set has faults; 2 the command line is wrong; 3 done, and something has to be mended.`
}

func (c *criteriaCheckCmd) Run(streams streams) error {
	p, err := readRules(c.File)
	if err != nil {
		return err
	}
	how := criteria.Analysis{Complete: c.Complete}
	if c.Data != "" {
		if how.Seen, err = c.seen(streams, p); err != nil {
			return err
		}
	}
	list := p.Analyse(how)
	wrong := 0
	for _, f := range list {
		if f.Grade == criteria.Wrong {
			wrong++
		}
		if err := c.write(streams, p, f); err != nil {
			return err
		}
	}
	if !c.JSON {
		fmt.Fprintf(streams.err, "%s version %d: %s, %d to mend\n", p.Set().Name, p.Set().Version, count(len(list), "finding"), wrong)
	}
	if wrong > 0 {
		return exit(exitFound)
	}
	return nil
}

// seen looks at the contracts of the file.
func (c *criteriaCheckCmd) seen(streams streams, p *criteria.Program) (*criteria.Seen, error) {
	f, err := os.Open(c.Data)
	if err != nil {
		return nil, fmt.Errorf("read the contracts: %w", err)
	}
	defer f.Close()
	sheet, err := p.Open(f, c.ID, p.Set().From)
	if err != nil {
		return nil, err
	}
	seen := p.NewSeen()
	bad, err := seen.Read(p, sheet)
	if err != nil {
		return nil, fmt.Errorf("read the contracts: %w", err)
	}
	if bad > 0 {
		fmt.Fprintf(streams.err, "%s that cannot be read are left out; screen names them\n", count(bad, "row"))
	}
	return seen, nil
}

func readRules(file string) (*criteria.Program, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the rules: %w", err)
	}
	return criteria.Read(text)
}

// A writtenFinding is how a finding goes to programs.
type writtenFinding struct {
	Code    string       `json:"code"`
	Grade   string       `json:"grade"`
	Pointer string       `json:"pointer"`
	About   []string     `json:"about"`
	Text    string       `json:"text"`
	Mend    string       `json:"mend,omitempty"`
	Case    *writtenCase `json:"case,omitempty"`
}

// A writtenCase is a contract that shows something.
type writtenCase struct {
	Day    string            `json:"day"`
	Fields map[string]string `json:"fields"`
}

func (c *criteriaCheckCmd) write(io streams, p *criteria.Program, f criteria.Finding) error {
	if c.JSON {
		b, err := canon.Encode(writtenFinding{f.Code, f.Grade.String(), f.Pointer, f.About, f.Text, f.Mend, caseOf(p, f.Case)})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%s\n", b)
		return err
	}
	_, err := fmt.Fprintf(io.out, "%s %s (%s): %s", f.Grade.Dutch(), f.Pointer, f.Code, f.Text)
	if f.Mend != "" {
		fmt.Fprintf(io.out, " %s", f.Mend)
	}
	if f.Case != nil {
		var list []string
		for _, v := range p.Values(f.Case) {
			list = append(list, v.Field+" "+v.Value)
		}
		fmt.Fprintf(io.out, "\n  bijvoorbeeld op %s: %s", f.Case.Day.Dutch(), strings.Join(list, ", "))
	}
	fmt.Fprintln(io.out)
	return err
}

// list writes the fields by name.
func (w *writtenCase) list() (list []string) {
	for _, name := range slices.Sorted(maps.Keys(w.Fields)) {
		list = append(list, name+" "+w.Fields[name])
	}
	return list
}

func caseOf(p *criteria.Program, c *criteria.Case) *writtenCase {
	if c == nil {
		return nil
	}
	w := &writtenCase{Day: c.Day.String(), Fields: map[string]string{}}
	for _, v := range p.Values(c) {
		w.Fields[v.Field] = v.Value
	}
	return w
}
