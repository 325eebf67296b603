package appropriateness

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"zorgplicht/internal/fault"
)

// BankLimit is the largest bank file that is read, in bytes.
const BankLimit = 4 << 20

// ReadBank reads a bank file (form kennistoets/1 or /2, described in
// docs/gids/toets-schrijven.md) and checks it whole. What is wrong comes back as
// one Invalid fault "invalid-bank" that names every fault with its line.
func ReadBank(file []byte) (Test, error) {
	if len(file) > BankLimit {
		return Test{}, fault.New(fault.Invalid, "bank-too-large", strconv.Itoa(BankLimit))
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(file, &doc); err != nil {
		return Test{}, fault.All("invalid-bank", []fault.Detail{{
			Pointer: "/", Reason: "no-yaml", Text: "Het bestand is geen geldige YAML: " + err.Error() + ".",
		}})
	}
	r := &reader{lines: map[string]int{}}
	var t Test
	if len(doc.Content) == 1 {
		t = r.test(r.object("", doc.Content[0], "format", "id", "title", "product", "service", "language", "purpose", "minutes", "author", "form", "scoring", "policy", "questions"))
	} else {
		r.fault("", "missing", "Het bestand is leeg. Begin met de regel “format: kennistoets/1”.")
	}
	if len(r.faults) == 0 {
		for _, d := range t.Check() {
			d.Line = r.line(d.Pointer)
			r.faults = append(r.faults, d)
		}
	}
	sort.SliceStable(r.faults, func(i, j int) bool { return r.faults[i].Line < r.faults[j].Line })
	return t, fault.All("invalid-bank", r.faults)
}

// A reader turns YAML nodes into fields and keeps every fault with its line.
type reader struct {
	faults []fault.Detail
	lines  map[string]int // pointer -> line
}

// fields are the members of one object, by name.
type fields struct {
	at     string
	byName map[string]*yaml.Node
}

func (r *reader) fault(at, code, text string) {
	r.faults = append(r.faults, fault.Detail{Pointer: at, Line: r.line(at), Reason: code, Text: text})
}

// line returns the line of the pointer, or of what holds it.
func (r *reader) line(at string) int {
	for {
		if n, ok := r.lines[at]; ok {
			return n
		}
		i := strings.LastIndexByte(at, '/')
		if i < 0 {
			return 0
		}
		at = at[:i]
	}
}

// plain follows an alias to what it stands for, one step: an alias of an alias
// cannot be written, and a loop is thus impossible.
func plain(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func (r *reader) object(at string, n *yaml.Node, known ...string) fields {
	f := fields{at: at, byName: map[string]*yaml.Node{}}
	n = plain(n)
	r.lines[at] = n.Line
	if n.Kind != yaml.MappingNode {
		r.fault(at, "invalid-value", "Hier horen velden te staan, elk als “naam: waarde”.")
		return f
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i].Value, n.Content[i+1]
		p := at + "/" + name
		r.lines[p] = n.Content[i].Line
		switch {
		case !slices.Contains(known, name):
			r.fault(p, "unknown-field", "Dit veld bestaat hier niet. Wel: "+strings.Join(known, ", ")+".")
		case f.byName[name] != nil:
			r.fault(p, "duplicate-field", "Dit veld staat er twee keer.")
		default:
			f.byName[name] = value
		}
	}
	return f
}

func (r *reader) text(f fields, name string, optional ...bool) string {
	n, p := f.byName[name], f.at+"/"+name
	if n == nil {
		if len(optional) == 0 {
			r.fault(p, "missing", "Vul dit veld in.")
		}
		return ""
	}
	n = plain(n)
	s := strings.TrimSpace(n.Value)
	if n.Kind != yaml.ScalarNode || s == "" || n.Tag == "!!null" {
		r.fault(p, "invalid-value", "Hier hoort tekst te staan.")
	}
	return s
}

func (r *reader) number(f fields, name string, fallback ...int) int {
	n, p := f.byName[name], f.at+"/"+name
	if n == nil {
		if len(fallback) > 0 {
			return fallback[0]
		}
		r.fault(p, "missing", "Vul hier een heel getal in.")
		return 0
	}
	v, err := strconv.Atoi(plain(n).Value)
	if err != nil || plain(n).Kind != yaml.ScalarNode {
		r.fault(p, "invalid-value", "Hier hoort een heel getal te staan.")
	}
	return v
}

func (r *reader) flag(f fields, name string) bool {
	n := f.byName[name]
	if n == nil {
		return false
	}
	v := plain(n).Value
	if v != "true" && v != "false" {
		r.fault(f.at+"/"+name, "invalid-value", "Hier hoort true of false te staan.")
	}
	return v == "true"
}

func (r *reader) list(f fields, name string) []*yaml.Node {
	n, p := f.byName[name], f.at+"/"+name
	if n == nil {
		r.fault(p, "missing", "Vul deze lijst in.")
		return nil
	}
	if n = plain(n); n.Kind != yaml.SequenceNode {
		r.fault(p, "invalid-value", "Hier hoort een lijst te staan.")
		return nil
	}
	return n.Content
}

// inner reads the object under name, or notes that it is missing.
func (r *reader) inner(f fields, name string, known ...string) fields {
	n := f.byName[name]
	if n == nil {
		r.fault(f.at+"/"+name, "missing", "Vul dit onderdeel in.")
		return fields{at: f.at + "/" + name}
	}
	return r.object(f.at+"/"+name, n, known...)
}

func (r *reader) test(f fields) Test {
	t := Test{
		Format: r.text(f, "format"), ID: r.text(f, "id"), Title: r.text(f, "title"),
		Product: r.text(f, "product"), Service: r.text(f, "service"), Language: r.text(f, "language"),
		Purpose: r.text(f, "purpose"), Minutes: r.number(f, "minutes"), Author: r.text(f, "author"),
	}
	form := r.inner(f, "form", "questions", "elements", "substantive_percent", "downside_percent", "upside_percent")
	if form.byName != nil {
		t.Blueprint = r.blueprint(form)
	}
	if s := r.inner(f, "scoring", "cut_percent", "reason", "knowledge_percent", "experience_percent", "elements"); s.byName != nil {
		t.Scoring = r.cut(s)
	}
	if p := r.inner(f, "policy", "after_fail", "after_fail_reason", "retake", "open_hours", "link_days", "valid_days"); p.byName != nil {
		t.Policy = Policy{
			AfterFail: r.text(p, "after_fail"), WhyGoOn: r.text(p, "after_fail_reason", true), Retake: r.retake(p),
			OpenHours: r.number(p, "open_hours", 24), LinkDays: r.number(p, "link_days", 14), ValidDays: r.number(p, "valid_days", 90),
		}
	}
	for i, n := range r.list(f, "questions") {
		t.Questions = append(t.Questions, r.question(fmt.Sprintf("/questions/%d", i), n))
	}
	return t
}

// retake reads "never", or an object with the conditions.
func (r *reader) retake(f fields) Retake {
	n := f.byName["retake"]
	if n == nil || plain(n).Kind != yaml.MappingNode {
		return Retake{Allow: r.text(f, "retake")}
	}
	g := r.object(f.at+"/retake", n, "allow", "cooling_hours", "at_most", "within_days", "new_families_percent")
	return Retake{
		Allow: r.text(g, "allow"), CoolingHours: r.number(g, "cooling_hours"), AtMost: r.number(g, "at_most", 1),
		WithinDays: r.number(g, "within_days", 365), NewFamilies: r.number(g, "new_families_percent", 50),
	}
}

func (r *reader) blueprint(f fields) Blueprint {
	return Blueprint{
		Questions: r.number(f, "questions"), Elements: r.perElement(f),
		Substantive: r.number(f, "substantive_percent", 0), Downside: r.number(f, "downside_percent", 0), Upside: r.number(f, "upside_percent", 0),
	}
}

// perElement reads a number for each element that is named.
func (r *reader) perElement(f fields) map[Element]int {
	of := map[Element]int{}
	names := make([]string, len(Elements))
	for i, e := range Elements {
		names[i] = string(e)
	}
	elements := r.inner(f, "elements", names...)
	for _, name := range names {
		if elements.byName[name] != nil {
			of[Element(name)] = r.number(elements, name)
		}
	}
	return of
}

func (r *reader) cut(f fields) Cut {
	c := Cut{
		Percent: r.number(f, "cut_percent"), Reason: r.text(f, "reason"),
		Knowledge: r.number(f, "knowledge_percent", 0), Experience: r.number(f, "experience_percent", 0),
	}
	if f.byName["elements"] != nil {
		c.Elements = r.perElement(f)
	}
	return c
}

func (r *reader) question(at string, n *yaml.Node) Question {
	f := r.object(at, n, "id", "element", "family", "kind", "side", "weight", "fixed", "knockout", "source", "scenario", "text", "options", "right_because")
	q := Question{
		ID: QuestionID(r.text(f, "id")), Element: Element(r.text(f, "element")), Family: r.text(f, "family"),
		Kind: r.text(f, "kind"), Side: r.text(f, "side"), Weight: r.number(f, "weight"),
		Fixed: Fixed(r.text(f, "fixed", true)), Knockout: r.flag(f, "knockout"),
		Source: r.text(f, "source"), Scenario: r.text(f, "scenario", true), Text: r.text(f, "text"),
		Right: r.text(f, "right_because", true),
	}
	for i, o := range r.list(f, "options") {
		g := r.object(fmt.Sprintf("%s/options/%d", at, i), o, "id", "text", "right", "wrong_because")
		q.Options = append(q.Options, Option{
			ID: OptionID(r.text(g, "id")), Text: r.text(g, "text"), Right: r.flag(g, "right"), Wrong: r.text(g, "wrong_because", true),
		})
	}
	return q
}
