package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/criteria"
)

type criteriaDiffCmd struct {
	Old  string `arg:"" help:"The rule set as it was, a YAML file."`
	New  string `arg:"" help:"The rule set as it becomes, a YAML file."`
	Data string `help:"Contracts, a CSV file, to count what moves; - is standard input." placeholder:"FILE"`
	ID   string `default:"id" help:"The column that names the contract."`
	On   string `help:"The day the rules are asked for; without it today." placeholder:"YYYY-MM-DD"`
	List int    `default:"50" help:"How many of the contracts that move are named."`
	JSON bool   `name:"json" help:"Everything as one JSON object."`
}

func (c *criteriaDiffCmd) Help() string {
	return `Says in words what is otherwise between two versions of a rule set, and whether they mean the same: proved for every contract that both catalogues allow, or with a contract that they treat differently. With --data it counts which contracts get another category, and for which a rule starts or stops to hold.

It changes nothing and opens no installation. The language is described in docs/gids/criteria.md.

Exit codes: 0 the two versions give every contract the same category; 1 a file has faults; 2 the command line is wrong; 3 they do not, or that was not decided.`
}

// A diffOf is everything that is said of two versions.
type diffOf struct {
	Differences []writtenDifference `json:"differences"`
	Whole       writtenSameness     `json:"whole"`
	Rules       []writtenSameness   `json:"rules"`
	Effect      *writtenEffect      `json:"effect,omitempty"`
}

type writtenDifference struct {
	Code    string `json:"code"`
	Pointer string `json:"pointer"`
	About   string `json:"about"`
	Was     string `json:"was"`
	Is      string `json:"is"`
	Text    string `json:"text"`
}

type writtenSameness struct {
	Rule   string       `json:"rule,omitempty"`
	Same   bool         `json:"same"`
	Proved bool         `json:"decided"`
	Text   string       `json:"text"`
	Before *writtenCase `json:"before,omitempty"`
	After  *writtenCase `json:"after,omitempty"`
}

type writtenEffect struct {
	Day   string        `json:"day"`
	Rows  int           `json:"rows"`
	Bad   int           `json:"bad"`
	Moved []writtenMove `json:"moved"`
	Rules []writtenRule `json:"rules"`
	List  []writtenID   `json:"contracts"`
	Text  []string      `json:"text"`
}

type writtenMove struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

type writtenRule struct {
	ID      string `json:"id"`
	Before  int    `json:"before"`
	After   int    `json:"after"`
	Started int    `json:"started"`
	Stopped int    `json:"stopped"`
}

type writtenID struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}

func (c *criteriaDiffCmd) Run(streams streams) error {
	day := calendar.Of(time.Now())
	if c.On != "" {
		var err error
		if day, err = calendar.Parse(c.On); err != nil {
			return usage("--on: give a day as 2026-11-22")
		}
	}
	was, err := readRules(c.Old)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Old, err)
	}
	is, err := readRules(c.New)
	if err != nil {
		return fmt.Errorf("%s: %w", c.New, err)
	}
	out := diffOf{Differences: []writtenDifference{}, Rules: []writtenSameness{}}
	for _, d := range criteria.Diff(was.Set(), is.Set()) {
		out.Differences = append(out.Differences, writtenDifference(d))
	}
	whole, rules := criteria.Same(was, is)
	out.Whole = sameness("", was, is, whole)
	for _, r := range rules {
		out.Rules = append(out.Rules, sameness(r.ID, was, is, r.Sameness))
	}
	if c.Data != "" {
		if out.Effect, err = c.effect(streams, was, is, day); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := c.json(streams.out, out); err != nil {
			return err
		}
	} else {
		out.tell(streams.out)
	}
	if !whole.Same {
		return exit(exitFound)
	}
	return nil
}

func (c *criteriaDiffCmd) json(w io.Writer, out diffOf) error {
	b, err := canon.Encode(out)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", b)
	return err
}

func sameness(id string, was, is *criteria.Program, s criteria.Sameness) writtenSameness {
	return writtenSameness{id, s.Same, s.Decided, s.Text, caseOf(was, s.Before), caseOf(is, s.After)}
}

// effect reads the contracts by both versions and counts.
func (c *criteriaDiffCmd) effect(streams streams, was, is *criteria.Program, day calendar.Date) (*writtenEffect, error) {
	var data []byte
	var err error
	if c.Data == "-" {
		data, err = io.ReadAll(streams.in)
	} else {
		data, err = os.ReadFile(c.Data)
	}
	if err != nil {
		return nil, fmt.Errorf("read the contracts: %w", err)
	}
	old, err := was.Open(bytes.NewReader(data), c.ID, day)
	if err != nil {
		return nil, err
	}
	now, err := is.Open(bytes.NewReader(data), c.ID, day)
	if err != nil {
		return nil, err
	}
	e := criteria.NewEffect(was, is, day, c.List)
	wrong, bad, err := e.Read(old, now)
	if err != nil {
		return nil, fmt.Errorf("read the contracts: %w", err)
	}
	for _, b := range wrong {
		fmt.Fprintf(streams.err, "line %d, %s: %s %s\n", b.Line, b.Column, b.Code, b.Text)
	}
	out := &writtenEffect{Day: day.String(), Rows: e.Rows, Bad: bad, Moved: []writtenMove{}, Rules: []writtenRule{}, List: []writtenID{}, Text: e.Words()}
	for from, row := range e.Moved {
		for to, n := range row {
			if n > 0 {
				out.Moved = append(out.Moved, writtenMove{e.Before[from], e.After[to], n})
			}
		}
	}
	for _, r := range e.Rules {
		out.Rules = append(out.Rules, writtenRule(r))
	}
	for _, m := range e.List {
		out.List = append(out.List, writtenID{m.ID, e.Before[m.From], e.After[m.To]})
	}
	return out, nil
}

// tell writes everything for people.
func (d diffOf) tell(w io.Writer) {
	for _, x := range d.Differences {
		fmt.Fprintln(w, x.Text)
	}
	fmt.Fprintln(w, d.Whole.Text+d.Whole.example())
	for _, r := range d.Rules {
		if !r.Same {
			fmt.Fprintln(w, r.Text+r.example())
		}
	}
	if d.Effect == nil {
		return
	}
	fmt.Fprintf(w, "%s on %s; %s left out\n", count(d.Effect.Rows, "contract"), d.Effect.Day, count(d.Effect.Bad, "row"))
	for _, text := range d.Effect.Text {
		fmt.Fprintln(w, text)
	}
	for _, m := range d.Effect.List {
		fmt.Fprintf(w, "%s: %s → %s\n", m.ID, m.From, m.To)
	}
}

func (s writtenSameness) example() string {
	if s.After == nil {
		return ""
	}
	return " Voorbeeld op " + s.After.Day + ": " + strings.Join(s.After.list(), ", ") + "."
}
