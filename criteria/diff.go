package criteria

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
)

// A Difference is one thing that is otherwise in the new version of a set.
type Difference struct {
	Code    string // "added", "removed", "changed", "moved"
	Pointer string // into the new set, or into the old for what was removed
	About   string // id or name
	Was, Is string // as they are written; "" where there was or is nothing
	Text    string // Dutch
}

// Diff says in words what is otherwise in the new version, in the order of the
// set. Rules, exceptions, fields and names are the same when their id or name is.
func Diff(was, is Set) []Difference {
	d := &differ{}
	d.head(was, is)
	compareLists(d, "/fields", "het veld ", was.Fields, is.Fields, func(f FieldText) string { return f.Name }, d.field)
	compareLists(d, "/thresholds", "de grens ", was.Thresholds, is.Thresholds, func(t Threshold) string { return t.Name }, d.threshold)
	compareLists(d, "/criteria", "het criterium ", was.Criteria, is.Criteria, func(c Criterion) string { return c.Name }, d.criterion)
	compareLists(d, "/rules", "de regel ", was.Rules, is.Rules, func(r Rule) string { return r.ID }, d.rule)
	return d.list
}

type differ struct{ list []Difference }

func (d *differ) add(code, pointer, about, was, is, text string) {
	d.list = append(d.list, Difference{code, pointer, about, was, is, text})
}

// prose is text for what people wrote: it is shown in quotes.
func (d *differ) prose(pointer, about, what, was, is string) {
	d.shown(pointer, about, what, was, is, func(s string) string { return "“" + s + "”" })
}

// text reports another value for something.
func (d *differ) text(pointer, about, what, was, is string) {
	d.shown(pointer, about, what, was, is, func(s string) string { return s })
}

func (d *differ) shown(pointer, about, what, was, is string, show func(string) string) {
	switch {
	case was == is:
	case was == "":
		d.add("added", pointer, about, was, is, about+": "+what+" is nieuw: "+show(is)+".")
	case is == "":
		d.add("removed", pointer, about, was, is, about+": "+what+" vervalt; dat was "+show(was)+".")
	default:
		d.add("changed", pointer, about, was, is, about+": "+what+" was "+show(was)+" en wordt "+show(is)+".")
	}
}

func (d *differ) head(was, is Set) {
	d.text("/name", "Regelset", "de naam", was.Name, is.Name)
	d.prose("/title", "Regelset", "de titel", was.Title, is.Title)
	d.text("/from", "Regelset", "de eerste dag", was.From.Dutch(), is.From.Dutch())
	d.text("/through", "Regelset", "de laatste dag", maybeDay(was.Through), maybeDay(is.Through))
	d.text("/categories", "Regelset", "de rij categorieën", strings.Join(was.Categories, ", "), strings.Join(is.Categories, ", "))
}

func maybeDay(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.Dutch()
}

// compareLists reports what was added, removed and changed, and whether what
// stayed stands in another order.
func compareLists[T any](d *differ, at, what string, was, is []T, name func(T) string, changed func(pointer string, was, is T)) {
	find := func(list []T, id string) int {
		return slices.IndexFunc(list, func(x T) bool { return name(x) == id })
	}
	for i, x := range was {
		if find(is, name(x)) < 0 {
			d.add("removed", at+"/"+strconv.Itoa(i), name(x), written(x), "", upper(what)+name(x)+" vervalt.")
		}
	}
	last, moved := -1, false
	for i, x := range is {
		k := find(was, name(x))
		pointer := at + "/" + strconv.Itoa(i)
		if k < 0 {
			d.add("added", pointer, name(x), "", written(x), upper(what)+name(x)+" is nieuw"+said(x)+".")
			continue
		}
		moved = moved || k < last
		last = k
		changed(pointer, was[k], x)
	}
	if moved {
		d.add("moved", at, "", "", "", "De volgorde is anders; dat verandert geen uitkomst.")
	}
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// written is the condition or value of a part of a set.
func written(x any) string {
	switch x := x.(type) {
	case Rule:
		return x.When
	case Exception:
		return x.When
	case Criterion:
		return x.When
	case Threshold:
		return x.Value
	}
	return ""
}

func said(x any) string {
	if w := written(x); w != "" {
		return ": " + w
	}
	return ""
}

func (d *differ) field(at string, was, is FieldText) {
	name := "Veld " + is.Name
	d.text(at+"/type", name, "de soort", was.Type, is.Type)
	d.text(at+"/decimals", name, "het aantal decimalen", strconv.Itoa(was.Decimals), strconv.Itoa(is.Decimals))
	d.text(at+"/from", name, "de kleinste waarde", was.From, is.From)
	d.text(at+"/through", name, "de grootste waarde", was.Through, is.Through)
	d.text(at+"/values", name, "de woordenlijst", strings.Join(was.Values, ", "), strings.Join(is.Values, ", "))
	d.text(at+"/english", name, "de Engelse naam", was.English, is.English)
	d.prose(at+"/source", name, "de bron", was.Source, is.Source)
	d.prose(at+"/unknown", name, "wat onbekend betekent", was.Unknown, is.Unknown)
	d.prose(at+"/question", name, "de vraag", was.Question, is.Question)
	if was.Run != is.Run {
		d.text(at+"/run", name, "de dag van de berekening", truth(was.Run).Dutch(), truth(is.Run).Dutch())
	}
}

func (d *differ) threshold(at string, was, is Threshold) {
	d.condition(at+"/value", "Grens "+is.Name, "de waarde", was.Value, is.Value)
	d.prose(at+"/title", "Grens "+is.Name, "de titel", was.Title, is.Title)
	d.text(at+"/norm", "Grens "+is.Name, "de norm", string(was.Norm), string(is.Norm))
}

func (d *differ) criterion(at string, was, is Criterion) {
	d.condition(at+"/when", "Criterium "+is.Name, "de voorwaarde", was.When, is.When)
	d.prose(at+"/title", "Criterium "+is.Name, "de titel", was.Title, is.Title)
	d.text(at+"/norm", "Criterium "+is.Name, "de norm", string(was.Norm), string(is.Norm))
}

func (d *differ) rule(at string, was, is Rule) {
	name := "Regel " + is.ID
	d.text(at+"/category", name, "de categorie", was.Category, is.Category)
	d.condition(at+"/when", name, "de voorwaarde", was.When, is.When)
	d.prose(at+"/reason", name, "de reden", was.Reason, is.Reason)
	d.text(at+"/norm", name, "de norm", string(was.Norm), string(is.Norm))
	d.text(at+"/from", name, "de eerste dag", maybeDay(was.From), maybeDay(is.From))
	d.text(at+"/through", name, "de laatste dag", maybeDay(was.Through), maybeDay(is.Through))
	d.exceptions(at, was.Except, is.Except)
}

func (d *differ) exceptions(at string, was, is []Exception) {
	compareLists(d, at+"/except", "de uitzondering ", was, is, func(x Exception) string { return x.ID }, func(at string, was, is Exception) {
		name := "Uitzondering " + is.ID
		d.condition(at+"/when", name, "de voorwaarde", was.When, is.When)
		d.prose(at+"/reason", name, "de reden", was.Reason, is.Reason)
		d.text(at+"/norm", name, "de norm", string(was.Norm), string(is.Norm))
		d.exceptions(at, was.Except, is.Except)
	})
}

// condition reports another condition. Where only limits, words or signs are
// otherwise, it names each; else both texts.
func (d *differ) condition(at, about, what, was, is string) {
	a, _ := parse(was)
	b, _ := parse(is)
	if reflect.DeepEqual(bare(a), bare(b)) {
		return // spaces and parentheses that change nothing
	}
	var parts []string
	if !literals(a, b, "", &parts) {
		d.prose(at, about, what, was, is)
		return
	}
	d.add("changed", at, about, was, is, about+": "+strings.Join(parts, "; ")+".")
}

// bare is the text of an expression without what does not matter.
func bare(e *expr) string { return e.format(nil) }

// literals writes what is otherwise between two expressions of one shape; false
// when they are of different shape.
func literals(a, b *expr, of string, parts *[]string) bool {
	x, isLimit := limit(a)
	y, isLimit2 := limit(b)
	switch {
	case isLimit && isLimit2:
		if x != y {
			*parts = append(*parts, fmt.Sprintf("de grens%s gaat van %s naar %s", of, x, y))
		}
		return true
	case comparison(a.op) && comparison(b.op) && a.op != "in" && b.op != "in":
		if of = " bij " + bare(a.args[0]); bare(a.args[0]) != bare(b.args[0]) {
			of = ""
		}
		if a.op != b.op {
			*parts = append(*parts, fmt.Sprintf("het teken%s gaat van %s naar %s", of, a.op, b.op))
		}
	case a.op != b.op || (a.op == "name" || a.op == "call") && a.text != b.text || len(a.args) != len(b.args):
		return false
	case a.op == "in":
		of = " bij " + bare(a.args[0])
	}
	for i := range a.args {
		if !literals(a.args[i], b.args[i], of, parts) {
			return false
		}
	}
	return true
}

// limit returns a fixed value as Dutch readers write it.
func limit(e *expr) (string, bool) {
	switch e.op {
	case "string":
		return e.text, true
	case "number", "neg":
		return strings.Replace(bare(e), ".", ",", 1), e.op == "number" || e.args[0].op == "number"
	case "call":
		if e.text == "date" && len(e.args) == 1 && e.args[0].op == "string" {
			d, err := calendar.Parse(e.args[0].text)
			return d.Dutch(), err == nil
		}
		n := e.literal()
		t, ok := fieldTypes[e.text]
		if !ok || n == nil {
			return "", false
		}
		_, frac, _ := strings.Cut(n.text, ".")
		v, ok := parseDecimal(n.text, len(frac))
		if e.args[0].op == "neg" {
			v = -v
		}
		return Type{Kind: Number, Unit: t.Unit, Decimals: len(frac)}.Dutch(Cell{v, true}), ok
	}
	return "", false
}
