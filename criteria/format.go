package criteria

import "strings"

// Format returns the one canonical text of a condition: single spaces, no
// parentheses that change nothing, double quotes. The faults are those of the
// text; then it comes back as it was.
func Format(s string) (string, []Fault) {
	e, wrong := parse(s)
	if len(wrong) > 0 {
		return s, wrong
	}
	return e.format(nil), nil
}

// format writes the canonical text, each name as rename says.
func (e *expr) format(rename func(string) string) string {
	var b strings.Builder
	e.write(&b, rename)
	return b.String()
}

// rank is how tightly an expression holds together.
func (e *expr) rank() int {
	for level, list := range levels {
		for _, sign := range list {
			if e.op == sign {
				return level
			}
		}
	}
	if e.op == "!" || e.op == "neg" {
		return len(levels)
	}
	return len(levels) + 1
}

func (e *expr) write(b *strings.Builder, rename func(string) string) {
	switch e.op {
	case "number":
		b.WriteString(e.text)
	case "name":
		if rename == nil {
			b.WriteString(e.text)
		} else {
			b.WriteString(rename(e.text))
		}
	case "string":
		quote := `"`
		if strings.Contains(e.text, quote) {
			quote = "'"
		}
		b.WriteString(quote + e.text + quote)
	case "call":
		b.WriteString(e.text)
		writeList(b, "(", e.args, ")", rename)
	case "list":
		writeList(b, "[", e.args, "]", rename)
	case "!", "neg":
		b.WriteString(map[string]string{"!": "!", "neg": "-"}[e.op])
		e.args[0].within(b, len(levels), rename)
	case "bad": // its fault was told
	default:
		rank := e.rank()
		left := rank
		if rank == comparing {
			left++ // a comparison inside a comparison keeps its parentheses
		}
		e.args[0].within(b, left, rename)
		b.WriteString(" " + e.op + " ")
		e.args[1].within(b, rank+1, rename)
	}
}

// within writes e, with parentheses where it holds less tightly than asked.
func (e *expr) within(b *strings.Builder, rank int, rename func(string) string) {
	if e.rank() >= rank {
		e.write(b, rename)
		return
	}
	b.WriteByte('(')
	e.write(b, rename)
	b.WriteByte(')')
}

func writeList(b *strings.Builder, open string, args []*expr, end string, rename func(string) string) {
	b.WriteString(open)
	for i, a := range args {
		if i > 0 {
			b.WriteString(", ")
		}
		a.write(b, rename)
	}
	b.WriteString(end)
}
