package rule

import (
	"strings"
	"time"

	"zorgplicht/calendar"
)

// stampForm is how rules write an instant in a value: UTC, whole milliseconds.
const stampForm = "2006-01-02T15:04:05.000Z"

// Words says how people read the words that a rule writes as values of its reasons,
// such as "maand" for month. The values themselves stay as they are.
func Words(w map[string]string) Option { return func(a *about) { a.words = w } }

// Grouped says that the rule writes whole numbers with points between the thousands,
// so that 1.815 is no number with decimals.
func Grouped() Option { return func(a *about) { a.grouped = true } }

// readable writes a value for people: a word as the rule has it read, and a day, a
// month, an instant or a number with decimals as the Dutch write it; each part of a
// list by itself, and all else as it is.
func (a *about) readable(value string) string {
	if word, known := a.words[value]; known {
		return word
	}
	if !strings.Contains(value, ", ") {
		return a.dutch(value)
	}
	parts := strings.Split(value, ", ")
	for i, part := range parts {
		parts[i] = a.dutch(part)
	}
	return strings.Join(parts, ", ")
}

func (a *about) dutch(value string) string {
	switch len(value) {
	case len("2006-01-02"):
		if day, err := calendar.Parse(value); err == nil {
			return day.Dutch()
		}
	case len("2006-01"):
		if day, err := calendar.Parse(value + "-01"); err == nil {
			return strings.TrimPrefix(day.Dutch(), "1 ")
		}
	case len(stampForm):
		if at, err := time.Parse(stampForm, value); err == nil {
			return calendar.DutchTime(at)
		}
	}
	if a.grouped {
		return value
	}
	return decimal(value)
}

// decimal writes a number with decimals as 1.234,5; a whole number, which may be a
// year or an article, stays as it is.
func decimal(value string) string {
	sign, digits := "", value
	if rest, minus := strings.CutPrefix(value, "-"); minus {
		sign, digits = "-", rest
	}
	whole, part, cut := strings.Cut(digits, ".")
	if !cut || !allDigits(whole) || !allDigits(part) {
		return value
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	return sign + whole + "," + part
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
