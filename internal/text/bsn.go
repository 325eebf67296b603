// Package text looks at words that people type.
package text

import (
	"regexp"
	"strings"
)

// other is what has digits for another reason: the id that programs make, the number
// of a case (K-2026-0042), and a day (2026-11-23, 23-11-2026). Their digits are chance:
// one in eleven cases and days would pass for a citizen service number.
var other = regexp.MustCompile(`(?i)\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[a-z]{1,3}-(?:19|20)\d\d-\d{4}|` +
	`(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])-(?:0[1-9]|1[0-2])-(?:19|20)\d\d)\b`)

// HoldsBSN reports whether s holds what looks like a citizen service number
// (burgerservicenummer): eight or nine digits that pass the eleven test (elfproef),
// bare or with dots, spaces or dashes between them, also where another number stands
// beside them. Private parties may not process one (article 46 UAVG), so a door refuses
// it. The digits of a UUID, the number of a case and a day are passed over.
func HoldsBSN(s string) bool {
	for _, part := range other.Split(s, -1) {
		if _, _, _, found := find(part); found {
			return true
		}
	}
	return false
}

// find returns where the first citizen service number of s stands, and where the row of
// numbers begins of which it is one.
func find(s string) (row, begin, end int, found bool) {
	for row < len(s) {
		n := strings.IndexFunc(s[row:], digit)
		if n < 0 {
			break
		}
		row += n
		end = row + strings.IndexFunc(s[row:]+"|", func(r rune) bool { return !digit(r) && !strings.ContainsRune(between, r) })
		if isBSN(digits(s[row:end])) {
			end = row + strings.LastIndexFunc(s[row:end], digit) + 1
			return row, row, end, true
		}
		if begin, end, found := among(s[row:end]); found {
			return row, row + begin, row + end, true
		}
		row = end
	}
	return 0, 0, 0, false
}

// among finds a citizen service number of nine digits among numbers with blanks between
// them. After the code of the country nine digits are a telephone number.
func among(row string) (begin, end int, found bool) {
	for before := ""; begin < len(row); begin = end {
		begin += len(row[begin:]) - len(strings.TrimLeft(row[begin:], blanks))
		end = begin + strings.IndexAny(row[begin:]+" ", blanks)
		one := digits(row[begin:end])
		if len(one) == 9 && isBSN(one) && before != "31" && before != "0031" {
			return begin, begin + strings.LastIndexFunc(row[begin:end], digit) + 1, true
		}
		before = row[begin:end]
	}
	return 0, 0, false
}

// What may stand between the digits of one number: blanks, also those that do not break
// a line, dots and dashes.
const (
	blanks  = " \u00a0\u2009\u202f"
	between = blanks + ".-\u2010\u2011\u2013"
)

func digit(r rune) bool { return r >= '0' && r <= '9' }

func digits(s string) (all []int) {
	for _, r := range s {
		if digit(r) {
			all = append(all, int(r-'0'))
		}
	}
	return all
}

func isBSN(d []int) bool {
	if len(d) == 8 {
		d = append([]int{0}, d...)
	}
	if len(d) != 9 {
		return false
	}
	sum := -d[8]
	for i, n := range d[:8] {
		sum += (9 - i) * n
	}
	zero := true
	for _, n := range d {
		zero = zero && n == 0
	}
	return sum%11 == 0 && !zero
}

// Masked stands in the place of a citizen service number.
const Masked = "[burgerservicenummer weggehaald]"

// MaskBSN returns s with what HoldsBSN finds made unreadable, and whether there was
// any.
func MaskBSN(s string) (string, bool) {
	if !HoldsBSN(s) {
		return s, false
	}
	var out strings.Builder
	from := 0
	for _, m := range other.FindAllStringIndex(s, -1) {
		mask(&out, s[from:m[0]])
		out.WriteString(s[m[0]:m[1]])
		from = m[1]
	}
	mask(&out, s[from:])
	return out.String(), true
}

// mask writes s without citizen service numbers. What stood before one in the same row
// is looked at anew: it may be one by itself now.
func mask(out *strings.Builder, s string) {
	for {
		row, begin, end, found := find(s)
		if !found {
			out.WriteString(s)
			return
		}
		out.WriteString(s[:row])
		mask(out, s[row:begin])
		out.WriteString(Masked)
		s = s[end:]
	}
}
