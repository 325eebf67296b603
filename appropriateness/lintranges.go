package appropriateness

import (
	"regexp"
	"strconv"
	"strings"
)

// A span is the numbers that an answer covers, in thousandths, from low to high
// with both ends in it.
type span struct {
	low, high int64
	unit      string
	exact     bool // one number, not a range
}

const (
	endless = int64(1) << 50
	grain   = 1000
)

const number = `(?:€ ?)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?`

var (
	fromTo   = regexp.MustCompile(`^(?:van |tussen (?:de )?|meer dan )?` + number + ` ?(?:([a-z]+) )?(tot en met|t/m|tot|en|-|–|à) ?` + number + ` ?([a-z%]*)$`)
	above    = regexp.MustCompile(`^(meer dan|langer dan|hoger dan|ouder dan|boven(?: de)?|vanaf|minstens|ten minste|minimaal) ` + number + ` ?([a-z%]*)$`)
	orMore   = regexp.MustCompile(`^` + number + ` ?([a-z%]*) (?:of|en) (?:meer|langer|ouder|hoger|vaker)(?: [a-z]+)?$`)
	below    = regexp.MustCompile(`^(minder dan|korter dan|lager dan|jonger dan|onder(?: de)?|tot|hoogstens|maximaal|ten hoogste|tot en met) ` + number + ` ?([a-z%]*)$`)
	orLess   = regexp.MustCompile(`^` + number + ` ?([a-z%]*) of (?:minder|korter|jonger|lager)(?: [a-z]+)?$`)
	onlyThis = regexp.MustCompile(`^` + number + ` ?([a-z%]*)$`)
)

var numerals = strings.NewReplacer(" één ", " 1 ", " een ", " 1 ", " twee ", " 2 ", " drie ", " 3 ", " vier ", " 4 ", " vijf ", " 5 ", " zes ", " 6 ", " zeven ", " 7 ", " acht ", " 8 ", " negen ", " 9 ", " tien ", " 10 ", " keer ", " ", " maal ", " ", " euro ", " ", " procent ", " % ")

// spanOf reads an answer as a range of numbers.
func spanOf(option string) (s span, ok bool) {
	text := " " + strings.Join(strings.Fields(strings.TrimRight(strings.ToLower(option), ".")), " ") + " "
	text = strings.TrimSpace(numerals.Replace(numerals.Replace(strings.ReplaceAll(text, "%", " % "))))
	text = strings.Join(strings.Fields(text), " ")
	switch text {
	case "geen", "nooit", "nog nooit", "niet", "nul", "nog niet":
		return span{low: 0, high: 0, exact: true}, true
	}
	if m := fromTo.FindStringSubmatch(text); m != nil {
		s = span{low: value(m[1], m[2]), high: value(m[5], m[6]), unit: m[7]}
		if m[4] == "tot" {
			s.high--
		}
		if strings.HasPrefix(text, "meer dan") {
			s.low++
		}
		return s, s.low <= s.high
	}
	if m := above.FindStringSubmatch(text); m != nil {
		s = span{low: value(m[2], m[3]), high: endless, unit: m[4]}
		if strings.HasSuffix(m[1], "dan") || strings.HasPrefix(m[1], "boven") {
			s.low++
		}
		return s, true
	}
	if m := orMore.FindStringSubmatch(text); m != nil {
		return span{low: value(m[1], m[2]), high: endless, unit: m[3]}, true
	}
	if m := below.FindStringSubmatch(text); m != nil {
		s = span{low: 0, high: value(m[2], m[3]), unit: m[4]}
		if strings.HasSuffix(m[1], "dan") || strings.HasPrefix(m[1], "onder") || m[1] == "tot" {
			s.high--
		}
		return s, true
	}
	if m := orLess.FindStringSubmatch(text); m != nil {
		return span{low: 0, high: value(m[1], m[2]), unit: m[3]}, true
	}
	if m := onlyThis.FindStringSubmatch(text); m != nil {
		n := value(m[1], m[2])
		return span{low: n, high: n, unit: m[3], exact: true}, true
	}
	return s, false
}

// value reads a Dutch number as thousandths.
func value(whole, part string) int64 {
	n, _ := strconv.ParseInt(strings.ReplaceAll(whole, ".", ""), 10, 40)
	f, _ := strconv.ParseInt((part + "00")[:2], 10, 40)
	return n*grain + f*10
}

// ranges looks whether ranges of numbers exclude each other and leave nothing out.
func (l *linter) ranges() {
	var spans []span
	var at []int
	open := 0
	for i, o := range l.in.Options {
		if s, ok := spanOf(o.Text); ok {
			spans, at = append(spans, s), append(at, i)
			if !s.exact {
				open++
			}
		}
	}
	own := strings.Contains(l.whole, " u ") || strings.Contains(l.whole, " uw ")
	if open < 2 && !(open == 1 && len(spans) >= 3) && !(own && len(spans) >= 3 && l.counts() && len(spans) == len(l.in.Options)) {
		return
	}
	overlap := false
	for i, a := range spans {
		for j, b := range spans[:i] {
			if a.low <= b.high && b.low <= a.high {
				l.find("overlappende_opties", optionAt(at[max(i, j)]))
				overlap = true
			}
		}
	}
	if len(spans) < len(l.in.Options)-1 {
		return
	}
	if missing := gap(spans, overlap, own && l.counts()); missing != "" {
		l.find("onvolledige_opties", "/options", "missing", missing)
	}
}

// gap says what numbers no span covers: between two, above the last, and below
// the first where the first is not zero or "less than".
func gap(spans []span, overlap, counting bool) string {
	low, high := spans[0], spans[0]
	whole := true
	for _, s := range spans {
		if s.low < low.low {
			low = s
		}
		if s.high > high.high {
			high = s
		}
		whole = whole && s.low%grain <= 1
	}
	if !overlap {
		for _, s := range spans {
			if s.high == high.high {
				continue
			}
			next := endless
			for _, o := range spans {
				if o.low > s.high {
					next = min(next, o.low)
				}
			}
			step := int64(1)
			if whole {
				step = grain + 1 // "1 tot en met 3" and "4 of meer" leave nothing out for whole numbers
			}
			if next-s.high > step {
				return "wat tussen twee antwoorden ligt"
			}
		}
	}
	if high.high != endless && high.unit != "%" {
		return "wat boven het hoogste antwoord ligt"
	}
	if low.low > grain && low.low != 0 || counting && low.low > 0 {
		return "wat onder het laagste antwoord ligt"
	}
	return ""
}
