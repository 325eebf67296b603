package criteria

import "strings"

// A Condition is one line of a condition that people fill in: a field, how it is
// compared, and with what. Op "ja" or "nee" asks whether Left holds.
type Condition struct {
	Left, Op, Right string
}

// Split returns a condition as lines that must all hold. It reports false for one
// that is not so simple; that stays text.
func Split(when string) (list []Condition, ok bool) {
	e, wrong := parse(when)
	if len(wrong) > 0 {
		return nil, false
	}
	return e.split(nil)
}

func (e *expr) split(list []Condition) ([]Condition, bool) {
	switch e.op {
	case "&&":
		list, ok := e.args[0].split(list)
		if !ok {
			return nil, false
		}
		return e.args[1].split(list)
	case "==", "!=", "<", "<=", ">", ">=", "in":
		return append(list, Condition{e.args[0].format(nil), e.op, e.args[1].format(nil)}), true
	case "name":
		return append(list, Condition{e.text, "ja", ""}), true
	case "!":
		if e.args[0].op == "name" {
			return append(list, Condition{e.args[0].text, "nee", ""}), true
		}
	}
	return nil, false
}

// Join writes lines as the condition that all of them hold.
func Join(list []Condition) string {
	parts := make([]string, 0, len(list))
	for _, c := range list {
		switch c.Op {
		case "ja":
			parts = append(parts, c.Left)
		case "nee":
			parts = append(parts, "!"+c.Left)
		default:
			parts = append(parts, c.Left+" "+c.Op+" "+c.Right)
		}
	}
	return strings.Join(parts, " && ")
}

// Literal writes what somebody filled in beside a field as the language does: 3 as
// months(3), hypotheek as "hypotheek". What is no value of the type stays as it is:
// the name of a threshold, or a sum.
func (t Type) Literal(filled string) string {
	filled = strings.TrimSpace(filled)
	if t.Kind == Choice || t.Kind == Choices {
		return t.listed(filled)
	}
	v, ok := t.value(filled)
	if !ok {
		return filled
	}
	plain := t.Plain(Cell{v, true})
	switch {
	case t.Kind == Bool:
		return map[string]string{"ja": "true", "nee": "false"}[plain]
	case t.Kind == Date:
		return `date("` + plain + `")`
	case t.Unit != Count:
		return string(t.Unit) + "(" + plain + ")"
	}
	return plain
}

// listed writes words of the list: one in quotes, more as a list.
func (t Type) listed(filled string) string {
	var words []string
	for w := range strings.SplitSeq(filled, ",") {
		w = strings.TrimSpace(w)
		if _, ok := t.value(w); !ok || w == "-" {
			return filled
		}
		words = append(words, `"`+w+`"`)
	}
	if len(words) == 1 {
		return words[0]
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// Filled is the way back from Literal: what somebody fills in for this text.
func (t Type) Filled(written string) string {
	e, wrong := parse(written)
	if len(wrong) > 0 {
		return written
	}
	if e.op == "list" || e.op == "string" {
		return e.filledWords()
	}
	if e.op == "call" && len(e.args) == 1 && (e.text == string(t.Unit) && t.Unit != Count || e.text == "date") {
		switch a := e.args[0]; {
		case a.op == "number" || a.op == "string":
			return a.text
		case a.op == "neg" && a.args[0].op == "number":
			return "-" + a.args[0].text
		}
	}
	return written
}

func (e *expr) filledWords() string {
	if e.op == "string" {
		return e.text
	}
	var words []string
	for _, a := range e.args {
		words = append(words, a.text)
	}
	return strings.Join(words, ", ")
}
