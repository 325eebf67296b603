package criteria

import (
	"maps"
	"slices"
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/rule"
)

// A Matter is what rule criteria_decide is given: a sealed set by its hash, or the
// text of one; the day, and of each field that is known its value, as Field.Read
// reads it. A field that is not named is unknown.
type Matter struct {
	Set    *rule.Sealed[Set] `json:"set"`
	Text   string            `json:"text,omitempty"`
	Day    calendar.Date     `json:"day"`
	Values map[string]string `json:"values"`

	program *Program // of Set or Text, where somebody compiled it before
}

// Check says what is wrong with a case before its set is opened.
func (c *Matter) Check() []fault.Detail {
	if (c.Set == nil) == (c.Text == "") {
		return []fault.Detail{{Pointer: "/set", Reason: "set", Text: "Geef het zegel van een regelset, of haar tekst: een van beide."}}
	}
	return nil
}

// Open fetches and compiles the set, and checks day and values against it.
func (c *Matter) Open(open rule.Opener) error {
	if c.Set != nil && c.program == nil {
		if err := c.Set.Open(open); err != nil {
			return err
		}
	}
	if err := c.compile(); err != nil {
		return err
	}
	if !c.program.InForce(c.Day) {
		return fault.All(rule.BadQuestion, []fault.Detail{{Pointer: "/day", Reason: "not-in-force", Text: "Kies een dag waarop de regelset geldt."}})
	}
	_, err := c.program.Fill(c.Day, c.Values)
	return err
}

func (c *Matter) compile() (err error) {
	switch {
	case c.program != nil:
		return nil
	case c.Set != nil:
		c.program, err = Compile(c.Set.Thing)
		return err
	}
	c.program, err = Read([]byte(c.Text))
	if f := fault.As(err); f != nil {
		list := slices.Clone(f.Details)
		for i := range list {
			list[i].Pointer = "/text" + list[i].Pointer
		}
		return fault.All(rule.BadQuestion, list)
	}
	return err
}

// Fill returns the row of these values, by the names of their fields. The fault
// "bad-question" names every value that is not of the catalogue or not in bounds.
func (p *Program) Fill(day calendar.Date, values map[string]string) (Row, error) {
	row := p.Row(day)
	var wrong []fault.Detail
	fail := func(name, code, text string) {
		wrong = append(wrong, fault.Detail{Pointer: "/values/" + name, Reason: code, Text: text})
	}
	from := make([]string, len(row))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		f := p.Field(name)
		switch {
		case f < 0:
			fail(name, "unknown-field", "De regelset kent dit veld niet.")
			continue
		case p.run[f]:
			fail(name, "run", "Laat dit veld weg: het krijgt de dag waarvoor u beslist.")
			continue
		case from[f] != "":
			fail(name, "double", "Noem dit veld één keer, in het Nederlands of in het Engels.")
			continue
		}
		from[f] = name
		cell, want := p.fields[f].Read(values[name])
		if want != "" {
			fail(name, "value", "Vul hier in: "+want+".")
		}
		row[f] = cell
	}
	return row, fault.All(rule.BadQuestion, wrong)
}

// Field returns the place of the field with this name, Dutch or English; -1 when
// there is none.
func (p *Program) Field(name string) int {
	return slices.IndexFunc(p.fields, func(f Field) bool { return f.Name == name || f.English != "" && f.English == name })
}

// A Ruling is what a set says of a case, with all that weighed. Where Category and
// Highest differ something unknown could still make it heavier, and Ask names the
// one field that would settle it.
type Ruling struct {
	rule.Why
	Language int        `json:"language"`
	Set      ident.Hash `json:"set"`
	Name     string     `json:"name"`
	Version  int        `json:"version"`
	Category string     `json:"category"`
	Highest  string     `json:"highest"`
	Certain  bool       `json:"certain"`
	Ask      string     `json:"ask,omitempty"`
	Rules    []RuleSaid `json:"rules"`
}

// A RuleSaid is what one rule says of a case: yes, no or unknown, each comparison
// that led there, and the smallest change that turns it round.
type RuleSaid struct {
	ID       string     `json:"id"`
	Category string     `json:"category"`
	Applies  bool       `json:"applies"` // in use on the day
	Outcome  string     `json:"outcome" enum:"no,unknown,yes"`
	Steps    []StepSaid `json:"steps"`
	Changes  []Changed  `json:"changes"`
}

// A StepSaid is one comparison as it is kept: values as Field.Read reads them,
// empty for unknown.
type StepSaid struct {
	Text      string     `json:"text"`
	Outcome   string     `json:"outcome" enum:"no,unknown,yes"`
	Decides   bool       `json:"decides"`
	Value     string     `json:"value"`
	Threshold string     `json:"threshold,omitempty"`
	Part      string     `json:"part,omitempty"`
	Norm      ident.Norm `json:"norm,omitempty"`
}

// A Changed is another value for one field.
type Changed struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Deciding is the rule that decides a case by a firm's own set. Article 61 asks
// that criteria laid down beforehand are applied to each application; the AFM's
// principles ask for signals in the term.
var Deciding = rule.New("criteria_decide", 1, []ident.Norm{"bfd:61:1", "afm:pri:1"}, decideCase, rule.Texts(map[string]string{
	"fires": "{category}, volgens regel {rule}: {reason}",
	"open":  "Regel {rule} ({category}) is niet te beslissen: er ontbreekt een gegeven.",
	"ask":   "Vraag eerst naar {field}: dat gegeven beslist.",
	"none":  "Geen enkele regel geldt: de categorie is {category}.",
}))

func decideCase(c Matter) Ruling {
	if err := c.compile(); err != nil { // Open refused it before; the words of a set that is wrong decide nothing
		return Ruling{Rules: []RuleSaid{}}
	}
	p := c.program
	row, _ := p.Fill(c.Day, c.Values)
	d := p.Decide(c.Day, row)
	s := p.Set()
	out := Ruling{
		Language: s.Language, Set: s.Hash(), Name: s.Name, Version: s.Version,
		Category: s.Categories[d.Category], Highest: s.Categories[d.Highest], Certain: d.Category == d.Highest, Rules: make([]RuleSaid, 0, len(d.Rules)),
	}
	for _, o := range d.Rules {
		r := &s.Rules[o.Rule]
		out.Rules = append(out.Rules, p.said(o, r))
		switch o.Truth {
		case Yes:
			out.Because = append(out.Because, rule.Because("fires", r.Norm, "rule", r.ID, "category", r.Category, "reason", p.Reason(o.Rule, row)))
		case Unknown:
			out.Because = append(out.Because, rule.Because("open", r.Norm, "rule", r.ID, "category", r.Category))
		}
	}
	switch {
	case d.Question >= 0:
		out.Ask = p.fields[d.Question].Name
		out.Because = append(out.Because, rule.Because("ask", out.Because[0].Norm, "field", out.Ask))
	case len(out.Because) == 0:
		out.Because = []rule.Reason{rule.Because("none", s.Rules[0].Norm, "category", out.Category)}
	}
	return out
}

func (p *Program) said(o Outcome, r *Rule) RuleSaid {
	said := RuleSaid{ID: r.ID, Category: r.Category, Applies: o.Applies, Outcome: o.Truth.String(), Steps: make([]StepSaid, 0, len(o.Steps)), Changes: make([]Changed, 0, len(o.Changes))}
	for _, s := range o.Steps {
		said.Steps = append(said.Steps, StepSaid{
			Text: s.Text, Outcome: s.Truth.String(), Decides: s.Decides, Value: s.Type.Plain(s.Value), Threshold: s.Type.Plain(s.Threshold), Part: s.Part, Norm: s.Norm,
		})
	}
	for _, c := range o.Changes {
		f := &p.fields[c.Field]
		said.Changes = append(said.Changes, Changed{f.Name, f.Type.Plain(c.From), f.Type.Plain(c.To)})
	}
	return said
}

// Plain writes a value as Field.Read reads it: empty for unknown.
func (t Type) Plain(c Cell) string {
	switch {
	case !c.Known:
		return ""
	case t.Kind == Bool:
		return truth(c.V != 0).Dutch()
	case t.Kind == Date:
		return dayOf(c.V).String()
	case t.Kind == Choice:
		return t.Values[c.V]
	case t.Kind == Choices && c.V == 0:
		return "-"
	case t.Kind == Choices:
		return strings.Join(t.words(c.V), "|")
	}
	return decimal(c.V, t.Decimals)
}
