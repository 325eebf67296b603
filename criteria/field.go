package criteria

import (
	"slices"
	"strconv"
	"strings"

	"zorgplicht/calendar"
)

// A Kind is what sort of value an expression has.
type Kind uint8

// The kinds of value.
const (
	Bool    Kind = iota + 1 // yes or no
	Number                  // a whole number or exact decimal, with a unit
	Date                    // a day
	Choice                  // one word of a list
	Choices                 // any number of words of a list
)

// A Unit is what a number counts.
type Unit string

// The units. A count has none.
const (
	Count   Unit = ""
	Euro    Unit = "euro"
	Percent Unit = "percent"
	Months  Unit = "months"
	Days    Unit = "days"
)

// A Type says how the whole number that stands for a value is read: a number with
// its unit and decimals, a day counted from 1970, a place in a list of words.
type Type struct {
	Kind     Kind
	Unit     Unit
	Decimals int
	Values   []string
}

// same reports whether values of the two may be compared, decimals aside.
func (t Type) same(u Type) bool {
	return t.Kind == u.Kind && t.Unit == u.Unit && (t.Kind != Choice && t.Kind != Choices || slices.Equal(t.Values, u.Values))
}

// A Field is what a rule may ask of a case.
type Field struct {
	Name     string // in Dutch, as rules write it
	English  string // may be written too; "" for none
	Type     Type
	From     int64 // the least value, decimals taken as whole
	Through  int64 // the greatest
	Source   string
	Unknown  string // what it means when the value is not known
	Question string // what to ask to get to know it
	Run      bool   // one value for a whole run, such as the day it speaks for
}

// width is how many steps lie between the least and the greatest value.
func (f *Field) width() int64 { return f.Through - f.From }

// fits reports whether the field may have this value.
func (f *Field) fits(v int64) bool { return v >= f.From && v <= f.Through }

// A Cell is one value of a row, or the word that it is not known. An unknown cell
// has value 0.
type Cell struct {
	V     int64
	Known bool
}

// A Row holds a cell for each field of the catalogue, in its order.
type Row []Cell

var epoch = calendar.MustParse("1970-01-01")

// dayNumber counts the days from 1 January 1970.
func dayNumber(d calendar.Date) int64 { return int64(epoch.DaysUntil(d)) }

func dayOf(n int64) calendar.Date { return epoch.AddDays(int(n)) }

// Dutch writes a value as Dutch readers do.
func (t Type) Dutch(c Cell) string {
	switch {
	case !c.Known:
		return "onbekend"
	case t.Kind == Bool:
		return truth(c.V != 0).Dutch()
	case t.Kind == Date:
		return dayOf(c.V).Dutch()
	case t.Kind == Choice:
		return t.Values[c.V]
	case t.Kind == Choices:
		return strings.Join(t.words(c.V), ", ")
	}
	n := dutchNumber(c.V, t.Decimals)
	switch t.Unit {
	case Euro:
		return "€ " + n
	case Percent:
		return n + "%"
	case Months, Days:
		return n + " " + dutchUnit(t.Unit, n == "1")
	}
	return n
}

func dutchUnit(u Unit, one bool) string {
	switch {
	case u == Months && one:
		return "maand"
	case u == Months:
		return "maanden"
	case one:
		return "dag"
	}
	return "dagen"
}

// words returns the words whose bits are set.
func (t Type) words(set int64) (list []string) {
	for i, w := range t.Values {
		if set>>i&1 == 1 {
			list = append(list, w)
		}
	}
	return list
}

// decimal writes v / 10^places with a point.
func decimal(v int64, places int) string {
	s := strconv.FormatInt(v, 10)
	if places == 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if len(s) <= places {
		s = strings.Repeat("0", places-len(s)+1) + s
	}
	return sign + s[:len(s)-places] + "." + s[len(s)-places:]
}

// dutchNumber writes v / 10^places as 1.234,56. Zeros behind the comma stay only
// where they are the cents of an amount.
func dutchNumber(v int64, places int) string {
	whole, frac, _ := strings.Cut(decimal(v, places), ".")
	if strings.Trim(frac, "0") == "" {
		frac = ""
	}
	for len(frac) > 2 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	sign := ""
	if whole[0] == '-' {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if frac != "" {
		whole += "," + frac
	}
	return sign + whole
}

// parseDecimal reads digits with an optional sign and point as a whole number of
// 10^-places. It fails on other texts, on more places, and beyond 18 digits.
func parseDecimal(s string, places int) (int64, bool) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if whole == "" || point && frac == "" || len(frac) > places {
		return 0, false
	}
	all := whole + frac + strings.Repeat("0", places-len(frac))
	if len(strings.TrimLeft(all, "0")) > 18 || strings.Trim(all, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.ParseInt(all, 10, 64)
	if negative {
		v = -v
	}
	return v, err == nil
}

// Read returns the value that a text writes: 12.50 or 12,50, 2026-11-22, ja, yes
// or true, a word, words with a | between them. Empty is unknown. The second
// result says in Dutch what belongs there; "" when the text is right.
func (f *Field) Read(s string) (Cell, string) {
	if s == "" {
		return Cell{}, ""
	}
	v, ok := f.Type.value(s)
	switch {
	case !ok:
		return Cell{}, f.Type.form()
	case !f.fits(v):
		return Cell{}, f.span()
	}
	return Cell{v, true}, ""
}

func (t Type) value(s string) (int64, bool) {
	switch t.Kind {
	case Bool:
		switch s {
		case "ja", "yes", "true", "1":
			return 1, true
		case "nee", "no", "false", "0":
			return 0, true
		}
		return 0, false
	case Date:
		d, err := calendar.Parse(s)
		if err != nil {
			return 0, false
		}
		return dayNumber(d), true
	case Choice:
		i := slices.Index(t.Values, s)
		return int64(i), i >= 0
	case Choices:
		var set int64
		if s == "-" { // none of them, which is not unknown
			return 0, true
		}
		for w := range strings.SplitSeq(s, "|") {
			i := slices.Index(t.Values, w)
			if i < 0 {
				return 0, false
			}
			set |= 1 << i
		}
		return set, true
	}
	return parseDecimal(strings.Replace(s, ",", ".", 1), t.Decimals)
}

// form says in Dutch what a value looks like.
func (t Type) form() string {
	switch t.Kind {
	case Bool:
		return "ja of nee"
	case Date:
		return "een datum als 2026-11-22"
	case Choice:
		return "een van de woorden uit de catalogus"
	case Choices:
		return "woorden uit de catalogus met | ertussen, of - voor geen"
	}
	switch t.Decimals {
	case 0:
		return "een geheel getal"
	case 1:
		return "een getal met hoogstens één cijfer achter de komma, zonder punten voor duizendtallen"
	}
	return "een getal met hoogstens " + strconv.Itoa(t.Decimals) + " cijfers achter de komma, zonder punten voor duizendtallen"
}

// span says in Dutch between which bounds a value lies.
func (f *Field) span() string {
	return "een waarde van " + f.Type.Dutch(Cell{f.From, true}) + " tot en met " + f.Type.Dutch(Cell{f.Through, true})
}
