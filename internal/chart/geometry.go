package chart

import (
	"fmt"
	"strings"
)

// Sizes in ems of the text.
const (
	rowHeight  = 3.0 // of a bar with its name
	barTop     = 1.45
	barHeight  = 1.0
	lineHeight = 1.6  // of a legend
	plotHeight = 11.0 // of columns and steps
	plotTop    = 0.75
	plotFoot   = 3.2 // names under the plot, and what they are
)

func noted(n int, note string) string {
	if note == "" {
		return Number(n)
	}
	return Number(n) + " (" + note + ")"
}

func at[T any](list []T, i int) (v T) {
	if i < len(list) {
		v = list[i]
	}
	return v
}

func (s Stacks) legend() float64 { return lineHeight*float64(len(s.Parts)) + 0.5 }

func (s Stacks) height() float64 { return s.legend() + rowHeight*float64(len(s.Rows)) }

func (s Stack) whole() int {
	sum := 0
	for _, v := range s.Values {
		sum += v
	}
	return sum
}

// A slice is where a part of a stack begins and how wide it is, in percent.
type slice struct{ from, width float64 }

// slices divide the width. Each begins where the one before it ends, counted
// from the start, so that no rounding adds up.
func (s Stack) slices() []slice {
	all, whole, sum := make([]slice, len(s.Values)), s.whole(), 0
	for i, v := range s.Values {
		from := percent(sum, whole)
		sum += v
		all[i] = slice{from, percent(sum, whole) - from}
	}
	return all
}

// pattern is the id of the pattern of a part.
func (s Stacks) pattern(i int) string { return fmt.Sprintf("%s-vulling-%d", s.ID, i+1) }

func (s Stacks) fill(i int) string { return "url(#" + s.pattern(i) + ")" }

func (c Columns) scale() scale {
	most := 0
	for _, r := range c.Rows {
		most = max(most, r.Value)
	}
	return scaleFor(most)
}

// place is where column i stands: most of its share of the width.
func (c Columns) place(i int) slice {
	share := 100 / float64(len(c.Rows))
	return slice{share * (float64(i) + 0.08), share * 0.84}
}

// edge is where column i begins.
func (c Columns) edge(i int) float64 { return 100 / float64(len(c.Rows)) * float64(i) }

func (c Columns) middle(i int) float64 { return 100 / float64(len(c.Rows)) * (float64(i) + 0.5) }

// named reports whether column i has its name under it: on a phone there is room
// for about sixteen short ones.
func (c Columns) named(i int) bool { return i%((len(c.Rows)-1)/16+1) == 0 }

// rise is how high an amount stands in the plot, in ems.
func (s scale) rise(n int) float64 { return percent(n, s.top) / 100 * plotHeight }

// shown is rise, and never too low to be seen.
func (s scale) shown(n int) float64 {
	if n <= 0 {
		return 0
	}
	return max(s.rise(n), 0.12)
}

func (s scale) y(n int) float64 { return plotTop + plotHeight - s.rise(n) }

func (s Steps) scale() scale {
	most := 0
	for _, l := range s.Lines {
		most = max(most, highest(l.Values...))
	}
	return scaleFor(most)
}

func (s Steps) legend() float64 { return lineHeight * float64(len(s.Lines)) }

// path draws a line in a square of 1000 by 1000, which is stretched over the
// plot: level during each time, upright between two.
func (s Steps) path(l Line) string {
	var b strings.Builder
	sc := s.scale()
	x := func(i int) string { return short(1000 * float64(i) / float64(len(s.Times))) }
	for i := range s.Times {
		y := short(1000 - 10*percent(at(l.Values, i), sc.top))
		if i == 0 {
			b.WriteString("M0 " + y)
		} else {
			b.WriteString("V" + y)
		}
		b.WriteString("H" + x(i+1))
	}
	return b.String()
}

func short(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", f), "0"), ".")
}

// A tick is a name under the steps.
type tick struct {
	at     float64
	anchor string
	text   string
}

// ticks name the first, the middle and the last time.
func (s Steps) ticks() []tick {
	n := len(s.Times)
	switch {
	case n == 0:
		return nil
	case n == 1:
		return []tick{{50, "middle", s.Times[0].Short}}
	}
	ts := []tick{{0, "start", s.Times[0].Short}, {100, "end", s.Times[n-1].Short}}
	if n > 4 {
		middle := n / 2
		ts = append(ts, tick{100 * (float64(middle) + 0.5) / float64(n), "middle", s.Times[middle].Short})
	}
	return ts
}
