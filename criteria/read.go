package criteria

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
)

// Read reads a set from YAML and compiles it. The reader is strict: it refuses
// unknown and double keys, and names every fault at once, with its line.
func Read(b []byte) (*Program, error) {
	var doc yaml.Node
	r := reader{lines: map[string]int{}}
	if err := yaml.Unmarshal(b, &doc); err != nil {
		return nil, fault.All(BadSet, []fault.Detail{{Line: lineIn(err), Reason: "yaml", Text: "Maak hiervan geldige YAML: let op inspringen, dubbele punten en aanhalingstekens."}})
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, fault.All(BadSet, []fault.Detail{{Line: 1, Reason: "empty", Text: "Zet hier een regelset: dit bestand is leeg."}})
	}
	s := r.set(doc.Content[0])
	wrong := r.wrong
	p, err := Compile(s)
	if f := fault.As(err); f != nil {
		for _, d := range f.Details {
			if !r.spoke[d.Pointer] {
				d.Line = r.line(d.Pointer)
				wrong = append(wrong, d)
			}
		}
	}
	slices.SortStableFunc(wrong, func(a, b fault.Detail) int { return cmp.Compare(a.Line, b.Line) })
	if err := fault.All(BadSet, wrong); err != nil {
		return nil, err
	}
	return p, nil
}

var lineNumber = regexp.MustCompile(`line (\d+)`)

func lineIn(err error) int {
	if m := lineNumber.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
}

// A reader turns YAML nodes into a set and remembers where everything stood.
type reader struct {
	lines map[string]int
	spoke map[string]bool // pointers of which a fault was told
	wrong []fault.Detail
}

func (r *reader) fail(n *yaml.Node, at, code, text string) {
	if r.spoke == nil {
		r.spoke = map[string]bool{}
	}
	r.spoke[at] = true
	r.wrong = append(r.wrong, fault.Detail{Pointer: at, Line: n.Line, Reason: code, Text: text})
}

// line returns where a pointer stood, or the nearest thing around it.
func (r *reader) line(at string) int {
	for ; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		if l, ok := r.lines[at]; ok {
			return l
		}
	}
	return max(1, r.lines[""])
}

// object reads the keys of a mapping, each by its own reader.
func (r *reader) object(n *yaml.Node, at string, keys map[string]func(*yaml.Node, string)) {
	r.lines[at] = n.Line
	if n.Kind != yaml.MappingNode {
		r.fail(n, at, "type", "Schrijf hier velden met een naam, een dubbele punt en een waarde.")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := keys[key.Value]
		place := at + "/" + key.Value
		switch {
		case !ok:
			r.fail(key, at, "unknown-key", "Haal deze sleutel weg of verbeter haar: de regelset kent haar niet.")
			delete(r.spoke, at)
		case seen[key.Value]:
			r.fail(key, place, "double-key", "Schrijf deze sleutel één keer.")
		default:
			r.lines[place] = value.Line
			read(value, place)
		}
		seen[key.Value] = true
	}
}

func list[T any](r *reader, into *[]T, item func(*yaml.Node, string, *T)) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		if n.Kind != yaml.SequenceNode {
			r.fail(n, at, "type", "Schrijf hier een lijst: elk onderdeel op een regel met een streepje ervoor.")
			return
		}
		*into = make([]T, len(n.Content))
		for i, c := range n.Content {
			place := at + "/" + strconv.Itoa(i)
			r.lines[place] = c.Line
			item(c, place, &(*into)[i])
		}
	}
}

// word reads a plain value as it is written.
func word[T ~string](r *reader, into *T) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			r.fail(n, at, "type", "Schrijf hier één waarde, geen lijst en niet leeg.")
			return
		}
		*into = T(n.Value)
	}
}

func (r *reader) words(into *[]string) func(*yaml.Node, string) {
	return list(r, into, func(n *yaml.Node, at string, w *string) { word(r, w)(n, at) })
}

func (r *reader) whole(into *int) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			r.fail(n, at, "type", "Schrijf hier een geheel getal.")
			return
		}
		*into = v
	}
}

func (r *reader) yes(into *bool) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" {
			r.fail(n, at, "type", "Schrijf hier true of false.")
			return
		}
		*into = n.Value == "true"
	}
}

func (r *reader) day(into *calendar.Date) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		d, err := calendar.Parse(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			r.fail(n, at, "date", "Schrijf hier een datum als 2026-11-22.")
			return
		}
		*into = d
	}
}

func (r *reader) maybeDay(into **calendar.Date) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		*into = new(calendar.Date)
		if r.day(*into)(n, at); (*into).IsZero() {
			*into = nil
		}
	}
}

type keys = map[string]func(*yaml.Node, string)

func (r *reader) set(n *yaml.Node) (s Set) {
	r.object(n, "", keys{
		"language": r.whole(&s.Language), "name": word(r, &s.Name), "title": word(r, &s.Title), "version": r.whole(&s.Version),
		"from": r.day(&s.From), "through": r.maybeDay(&s.Through), "categories": r.words(&s.Categories),
		"fields": list(r, &s.Fields, r.field),
		"thresholds": list(r, &s.Thresholds, func(n *yaml.Node, at string, t *Threshold) {
			r.object(n, at, keys{"name": word(r, &t.Name), "value": word(r, &t.Value), "title": word(r, &t.Title), "norm": word(r, &t.Norm)})
		}),
		"criteria": list(r, &s.Criteria, func(n *yaml.Node, at string, c *Criterion) {
			r.object(n, at, keys{"name": word(r, &c.Name), "when": word(r, &c.When), "title": word(r, &c.Title), "norm": word(r, &c.Norm)})
		}),
		"rules": list(r, &s.Rules, func(n *yaml.Node, at string, u *Rule) {
			r.object(n, at, keys{
				"id": word(r, &u.ID), "category": word(r, &u.Category), "when": word(r, &u.When), "reason": word(r, &u.Reason), "norm": word(r, &u.Norm),
				"from": r.maybeDay(&u.From), "through": r.maybeDay(&u.Through), "except": list(r, &u.Except, r.exception),
			})
		}),
	})
	return s
}

func (r *reader) field(n *yaml.Node, at string, f *FieldText) {
	r.object(n, at, keys{
		"name": word(r, &f.Name), "english": word(r, &f.English), "type": word(r, &f.Type), "decimals": r.whole(&f.Decimals),
		"from": word(r, &f.From), "through": word(r, &f.Through), "values": r.words(&f.Values), "source": word(r, &f.Source),
		"unknown": word(r, &f.Unknown), "question": word(r, &f.Question), "run": r.yes(&f.Run),
	})
}

func (r *reader) exception(n *yaml.Node, at string, x *Exception) {
	r.object(n, at, keys{
		"id": word(r, &x.ID), "when": word(r, &x.When), "reason": word(r, &x.Reason), "norm": word(r, &x.Norm),
		"except": list(r, &x.Except, r.exception),
	})
}

// Places returns the line on which each part of a set stands, by its pointer; none
// for what is no YAML.
func Places(b []byte) map[string]int {
	lines, _ := outline(b)
	return lines
}

// outline reads what can be read of a text, whatever its faults.
func outline(b []byte) (map[string]int, Set) {
	var doc yaml.Node
	r := reader{lines: map[string]int{}}
	var s Set
	if yaml.Unmarshal(b, &doc) == nil && len(doc.Content) == 1 {
		s = r.set(doc.Content[0])
	}
	return r.lines, s
}
