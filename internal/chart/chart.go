// Package chart draws figures as SVG, each with a table of the same figures
// beside it: stacked bars, columns (a histogram) and steps over time.
//
// The same figures give the same bytes. Across, places are percentages of the
// page and down they are in ems, so that a chart fills any width and its texts
// keep their size. No part is told by its colour alone: parts have patterns,
// lines have dashes, and both stand in a legend. Looks come from the classes of
// the site's stylesheet.
package chart

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Head is what each chart says of itself.
type Head struct {
	ID    string // unique on the page
	Title string
	Told  string // what the chart shows, for who does not see it: a sentence or two
	Row   string // heading of the first column of the table: what a row is
}

// Stacks are bars that are divided: each is one whole, so that shares can be
// compared. A whole of nothing has an empty bar.
type Stacks struct {
	Head
	Parts []Part // at most four, for there are four patterns
	Rows  []Stack
}

// A Part is one part of every stack.
type Part struct {
	Name string
	Tone string // class of the colour: good, bad, warn, neutral; "" is the accent
}

// A Stack is one whole with the amount of each part.
type Stack struct {
	Label  string
	Values []int    // as many as there are parts, none below 0
	Notes  []string // behind the amounts in the table; may be empty
	Hrefs  []string // of the amounts; may be empty
}

// Columns are amounts in an order, such as a histogram.
type Columns struct {
	Head
	Of    string // heading of the amounts in the table
	Axis  string // what stands along the axis: "Minuten"
	Rows  []Column
	Marks []Mark
}

// A Mark is something that happened at the beginning of a column: a dashed line with a
// few letters. What it is, Told says.
type Mark struct {
	At    int // which column
	Short string
}

// A Column is one amount.
type Column struct {
	Label string // in the table
	Short string // under the column
	Value int    // not below 0
	Href  string
}

// Steps are amounts over time, a stepped line for each.
type Steps struct {
	Head
	Lines []Line // at most four
	Times []Time
}

// A Line is one amount over time.
type Line struct {
	Name   string
	Values []int // one for each time, none below 0
}

// A Time is one stretch of time, all of the same length.
type Time struct {
	Label string // in the table
	Short string // under the chart
	Hrefs []string
}

// percent is part of whole as a percentage of the width, never outside it.
func percent(part, whole int) float64 {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return min(float64(part)/float64(whole), 1) * 100
}

func across(p float64) string { return strconv.FormatFloat(p, 'f', 2, 64) + "%" }

func down(em float64) string { return strconv.FormatFloat(em, 'f', 2, 64) + "em" }

// Number writes an amount as in Dutch: 12.345.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// brief writes an amount of an axis, in a few characters.
func brief(n int) string {
	unit, word := 1, ""
	switch {
	case n >= 1_000_000_000:
		unit, word = 1_000_000_000, "\u00a0mld"
	case n >= 1_000_000:
		unit, word = 1_000_000, "\u00a0mln"
	}
	if n%unit == 0 {
		return Number(n/unit) + word
	}
	return Number(n/unit) + "," + strconv.Itoa(n%unit/(unit/10)) + word
}

// cut shortens a label to what fits on a phone; the table has it whole.
func cut(label string) string {
	const most = 38
	if utf8.RuneCountInString(label) <= most {
		return label
	}
	r := []rune(label)
	return strings.TrimRight(string(r[:most-1]), " ,;–-") + "…"
}

// A scale is the axis of amounts: from 0 to top, with a line at each step.
type scale struct{ top, step int }

// scaleFor returns the smallest scale with at most five round steps that holds
// the amount.
func scaleFor(most int) scale {
	if most < 2 {
		return scale{2, 1}
	}
	for unit := 1; ; unit *= 10 {
		for _, f := range []int{1, 2, 5} {
			if step := f * unit; (most-1)/step < 5 {
				return scale{max(((most-1)/step+1)*step, most), step} // of the largest numbers the next step is none
			}
		}
	}
}

// lines are the amounts of the axis, from the top down.
func (s scale) lines() []int {
	var at []int
	for n := s.top; n >= 0; n -= s.step {
		at = append(at, n)
	}
	return at
}

func highest(values ...int) int {
	most := 0
	for _, v := range values {
		most = max(most, v)
	}
	return most
}
