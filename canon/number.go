package canon

import (
	"strconv"
	"strings"
)

// maxNumber is how many characters the canonical form of a number may have. It
// holds every number a float64 could, and keeps 1e999999999 from filling memory.
const maxNumber = 1000

// ParseNumber reads a number by the grammar of JSON, such as "12.50" or "1e3",
// and returns its canonical form. It fails on any other text and on a number
// whose canonical form has more than 1000 characters.
func ParseNumber(s string) (Number, bool) {
	end, ok := scanNumber(s, 0)
	if !ok || end != len(s) {
		return "", false
	}
	n, ok := normal(s)
	return Number(n), ok
}

// scanNumber returns where the number that starts at i ends.
func scanNumber(s string, i int) (int, bool) {
	if i < len(s) && s[i] == '-' {
		i++
	}
	whole := digits(s, i)
	if whole == i || (s[i] == '0' && whole > i+1) {
		return i, false
	}
	i = whole
	if i < len(s) && s[i] == '.' {
		end := digits(s, i+1)
		if end == i+1 {
			return end, false
		}
		i = end
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		end := digits(s, i)
		if end == i {
			return end, false
		}
		i = end
	}
	return i, true
}

// digits returns the first place at or after i that holds no digit.
func digits(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// normal returns the canonical form of s, which scanNumber accepted.
func normal(s string) (string, bool) {
	dot := strings.IndexByte(s, '.')
	exp := strings.IndexByte(s, 'e')
	if exp < 0 {
		exp = strings.IndexByte(s, 'E')
	}
	if exp < 0 {
		if dot >= 0 {
			s = strings.TrimRight(s, "0")
			s = strings.TrimSuffix(s, ".")
		}
		if s == "-0" {
			s = "0"
		}
		return s, len(s) <= maxNumber
	}
	return shifted(s[:exp], s[exp+1:])
}

// shifted returns mantissa × 10^power as a plain decimal.
func shifted(mantissa, power string) (string, bool) {
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	all := strings.TrimRight(whole+frac, "0")
	lead := len(all) - len(strings.TrimLeft(all, "0"))
	all = all[lead:]
	if all == "" {
		return "0", true
	}
	by, err := strconv.ParseInt(power, 10, 32)
	if err != nil || by > 1<<24 || by < -(1<<24) || len(all) > maxNumber {
		return "", false
	}
	point := len(whole) - lead + int(by) // digits of all before the decimal point
	if point > maxNumber || point < -maxNumber {
		return "", false
	}
	var b strings.Builder
	b.WriteString(sign)
	switch {
	case point <= 0:
		b.WriteString("0." + strings.Repeat("0", -point) + all)
	case point >= len(all):
		b.WriteString(all + strings.Repeat("0", point-len(all)))
	default:
		b.WriteString(all[:point] + "." + all[point:])
	}
	return b.String(), b.Len() <= maxNumber
}
