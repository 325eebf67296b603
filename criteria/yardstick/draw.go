package yardstick

import (
	"fmt"
	"strings"

	"zorgplicht/criteria"
)

// catalogue is what drawn sets speak of: narrow and wide ranges, below zero too.
const catalogue = `language: 1
name: geloot
version: 1
from: 2026-01-01
categories: [groen, geel, oranje, rood]
fields:
  - {name: a, type: number, from: -3, through: 4}
  - {name: b, type: number, from: 0, through: 5}
  - {name: g, type: number, from: -1000000000, through: 1000000000}
  - {name: m, type: euro, from: 0, through: 1000000}
  - {name: n, type: euro, from: -50000, through: 75000.5}
  - {name: d, type: date, from: 1990-01-01, through: 2035-12-31}
  - {name: e, type: date, from: 2024-02-27, through: 2024-03-02}
  - {name: x, type: yesno}
  - {name: y, type: yesno}
  - {name: c, type: choice, values: [een, twee, drie, vier, vijf]}
  - {name: s, type: choices, values: [p, q, r]}
  - {name: l, type: months, from: 0, through: 600}
rules:
`

// Drawing says what drawn conditions may hold.
type Drawing struct {
	Own bool // also what only this language has: known, and counting in months
}

// Set draws the text of a rule set with so many rules.
func (w Drawing) Set(c *Chance, rules int) string {
	var b strings.Builder
	b.WriteString(catalogue)
	for i := range rules {
		fmt.Fprintf(&b, "  - id: R%d\n    category: %s\n    norm: bfd:61:1\n    reason: Omdat {a} het zegt.\n    when: '%s'\n", i, c.pick("geel", "oranje", "rood"), w.Condition(c, 3))
		if c.Below(4) == 0 {
			fmt.Fprintf(&b, "    except:\n      - id: X%d\n        reason: Toch niet.\n        when: '%s'\n", i, w.Condition(c, 1))
		}
	}
	return b.String()
}

func (c *Chance) pick(list ...string) string { return list[c.Below(int64(len(list)))] }

// Condition draws a condition of at most 2^depth comparisons.
func (w Drawing) Condition(c *Chance, depth int) string {
	if depth > 0 {
		switch c.Below(6) {
		case 0, 1:
			return "(" + w.Condition(c, depth-1) + " && " + w.Condition(c, depth-1) + ")"
		case 2, 3:
			return "(" + w.Condition(c, depth-1) + " || " + w.Condition(c, depth-1) + ")"
		case 4:
			return "!(" + w.Condition(c, depth-1) + ")"
		}
	}
	compare := " " + c.pick("<", "<=", ">", ">=", "==", "!=") + " "
	switch c.Below(12) {
	case 0, 1:
		return w.number(c, 2) + compare + w.number(c, 2)
	case 2, 3:
		return euros(c, 2) + compare + euros(c, 2)
	case 4:
		return w.days(c) + compare + w.days(c)
	case 5:
		return w.date(c) + compare + w.date(c)
	case 6:
		return "c " + c.pick("==", "!=") + " " + word(c)
	case 7:
		return "c in [" + word(c) + ", " + word(c) + ", " + word(c) + "]"
	case 8:
		return c.pick(`"p"`, `"q"`, `"r"`) + " in s"
	case 9:
		return w.number(c, 1) + fmt.Sprintf(" in [%d, %d, 2, 3]", c.Below(9)-4, c.Below(9)-4)
	case 10:
		return w.months(c) + compare + fmt.Sprintf("months(%d)", c.Below(620)-5)
	}
	if w.Own && c.Below(2) == 0 {
		return "known(" + c.pick("a", "g", "m", "d", "x", "c", "s", "l") + ")"
	}
	return c.pick("x", "y", "x == false", "y != true", "true", "false")
}

func word(c *Chance) string { return c.pick(`"een"`, `"twee"`, `"drie"`, `"vier"`, `"vijf"`) }

func (w Drawing) number(c *Chance, depth int) string {
	if depth == 0 || c.Below(3) == 0 {
		return c.pick("a", "b", "g", "a", "b", fmt.Sprint(c.Below(12)-5), fmt.Sprint(c.Below(2_100_000_000)-1_050_000_000))
	}
	x, y := w.number(c, depth-1), w.number(c, depth-1)
	switch c.Below(9) {
	case 0, 1:
		return "(" + x + " + " + y + ")"
	case 2:
		return "(" + x + " - " + y + ")"
	case 3:
		return "(" + x + " * " + fmt.Sprint(c.Below(200)-100) + ")"
	case 4:
		return c.pick("a * b", "b * b", "a * g", "b * a * a")
	case 5:
		return c.pick("min", "max") + "(" + x + ", " + y + ")"
	case 6:
		return "(" + x + " / " + fmt.Sprint(1+c.Below(9)) + ")"
	case 7:
		return "(" + x + " % " + fmt.Sprint(1+c.Below(9)) + ")"
	}
	return "(-" + x + ")"
}

func euros(c *Chance, depth int) string {
	if depth == 0 || c.Below(3) == 0 {
		return c.pick("m", "n", "m", "n", fmt.Sprintf("euro(%d)", c.Below(1_100_000)-60_000))
	}
	x := euros(c, depth-1)
	switch c.Below(5) {
	case 0:
		return "(" + x + " + " + euros(c, depth-1) + ")"
	case 1:
		return "(" + x + " - " + euros(c, depth-1) + ")"
	case 2:
		return "max(" + x + ", " + euros(c, depth-1) + ")"
	case 3:
		return "(" + x + " / " + fmt.Sprint(1+c.Below(30)) + ")"
	}
	return "(" + x + " * " + fmt.Sprint(c.Below(120)-20) + ")"
}

func (w Drawing) date(c *Chance) string {
	day := fmt.Sprintf(`date("2024-0%d-1%d")`, 1+c.Below(9), c.Below(10))
	switch c.Below(5) {
	case 0:
		return c.pick("d", "e") + c.pick(" + ", " - ") + fmt.Sprintf("days(%d)", c.Below(900))
	case 1:
		if w.Own {
			return c.pick("d", "e") + c.pick(" + ", " - ") + fmt.Sprintf("months(%d)", c.Below(90))
		}
	case 2:
		return day
	}
	return c.pick("d", "e")
}

func (w Drawing) days(c *Chance) string {
	return c.pick("(d - e)", "(e - d)", "days(30)", "(d - e + days(9))", fmt.Sprintf("days(%d)", c.Below(9000)-4500), fmt.Sprintf("(date(\"2026-01-01\") - %s)", c.pick("d", "e")))
}

func (w Drawing) months(c *Chance) string {
	if w.Own && c.Below(2) == 0 {
		return c.pick("months_between(d, e)", "months_between(e, d)", "(l - months_between(d, e))")
	}
	return c.pick("l", "(l * 3)", "(months(600) - l)")
}

// Rows draws rows of the drawn sets. Of some fields all cells are known, of some
// none, of the others most.
func Rows(c *Chance, p *criteria.Program, n int) []criteria.Row {
	known := make([]int64, len(p.Fields()))
	for i := range known {
		known[i] = []int64{10, 10, 9, 7, 0}[c.Below(5)]
	}
	rows := make([]criteria.Row, n)
	for i := range rows {
		rows[i] = p.Row(Day)
		for f, field := range p.Fields() {
			if c.Below(10) < known[f] {
				rows[i][f] = criteria.Cell{V: value(c, field), Known: true}
			}
		}
	}
	return rows
}

// value draws a value; every fourth time one at the edge or small, so that rules turn.
func value(c *Chance, f criteria.Field) int64 {
	width := f.Through - f.From + 1
	switch c.Below(8) {
	case 0:
		return f.From + c.Below(min(width, 3))
	case 1:
		return f.Through - c.Below(min(width, 3))
	case 2:
		return min(max(f.From, c.Below(10)), f.Through)
	}
	return f.From + c.Below(width)
}

// Columns turns rows into columns.
func Columns(p *criteria.Program, rows []criteria.Row) []*criteria.Column {
	columns := p.Columns(len(rows))
	for i, c := range columns {
		if c == nil {
			continue
		}
		for _, r := range rows {
			c.Append(r[i])
		}
		c.Close()
	}
	return columns
}
