package commission

import (
	"strings"

	"zorgplicht/calendar"
	"zorgplicht/canon"
)

// A Month is a month of which the last day counts. It is read from "2006-03" or
// from any day of it, and written as it was read.
type Month struct {
	text string
	last calendar.Date
}

// MonthOf returns the month of a day.
func MonthOf(d calendar.Date) Month { return Month{d.String()[:len("2006-01")], lastDay(d)} }

// Last returns its last day.
func (m Month) Last() calendar.Date { return m.last }

// String returns the month as it was read.
func (m Month) String() string { return m.text }

// ReadCanon reads a month or a day of it.
func (m *Month) ReadCanon(n canon.Node) string {
	read, ok := readMonth(n.Text())
	if !ok {
		return "een maand als 2006-03"
	}
	*m = read
	return ""
}

func readMonth(text string) (Month, bool) {
	day := text
	if strings.Count(text, "-") == 1 {
		day += "-01"
	}
	d, err := calendar.Parse(day)
	return Month{text, lastDay(d)}, err == nil && d.Year() < 9999
}

// Canon writes the month as it was read.
func (m Month) Canon() any { return m.text }

// Shape says in a schema what is taken.
func (Month) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string"}, About: "een maand als 2006-03, of een dag ervan"}
}

// A Conclusion is whether and when an agreement was concluded: true, false or a day.
type Conclusion struct {
	Concluded bool
	On        calendar.Date // no day where only true was said
}

// ReadCanon reads true, false or a day.
func (c *Conclusion) ReadCanon(n canon.Node) string {
	switch n.Kind() {
	case canon.True, canon.False:
		c.Concluded = n.Kind() == canon.True
		return ""
	}
	on, err := calendar.Parse(n.Text())
	if err != nil {
		return "true, false of een datum als 2006-03-01"
	}
	c.Concluded, c.On = true, on
	return ""
}

// Canon writes what was read.
func (c Conclusion) Canon() any {
	if !c.On.IsZero() {
		return c.On.String()
	}
	return c.Concluded
}

// Shape says in a schema what is taken.
func (Conclusion) Shape() canon.Shape {
	return canon.Shape{Types: []string{"boolean", "string"}, About: "true, false of een datum als 2006-03-01"}
}

// A Change is a day on which the agreed percentage changed. It is read from a day,
// a list [day, percentage] or an object that holds a day.
type Change struct{ On calendar.Date }

// ReadCanon reads the day; a percentage beside it does not matter to when it changed.
func (c *Change) ReadCanon(n canon.Node) string {
	texts := []string{n.Text()}
	switch n.Kind() {
	case canon.Arr:
		for v := range n.Items() {
			texts = append(texts, v.Text())
		}
	case canon.Obj:
		for _, v := range n.Members() {
			texts = append(texts, v.Text())
		}
	}
	for _, text := range texts {
		if on, err := calendar.Parse(text); err == nil {
			c.On = on
			return ""
		}
	}
	return "een datum als 2006-03-01"
}

// Canon writes the day.
func (c Change) Canon() any { return c.On.String() }

// Shape says in a schema what is taken.
func (Change) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string", "array", "object"}, About: "een datum als 2006-03-01, of [datum, percentage]"}
}
