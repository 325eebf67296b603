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
// bare or with dots, spaces or dashes between them. Private parties may not
// process one (article 46 UAVG), so a door refuses it. The digits of a UUID,
// the number of a case and a day are passed over.
func HoldsBSN(s string) bool {
	digits := make([]int, 0, len(s))
	for _, r := range other.ReplaceAllString(s, "|") + "|" {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, int(r-'0'))
		case r == '.' || r == ' ' || r == '-':
		default:
			if isBSN(digits) {
				return true
			}
			digits = digits[:0]
		}
	}
	return false
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
	passed := make([]bool, len(s)+1)
	for _, m := range other.FindAllStringIndex(s, -1) {
		for i := m[0]; i < m[1]; i++ {
			passed[i] = true
		}
	}
	var out strings.Builder
	var digits []int
	begin, end := -1, -1 // of the run of digits, and its last digit
	flush := func(next int) {
		if begin >= 0 {
			if isBSN(digits) {
				out.WriteString(Masked + s[end:next])
			} else {
				out.WriteString(s[begin:next])
			}
		}
		digits, begin = digits[:0], -1
	}
	for i, r := range s {
		switch {
		case passed[i]:
			flush(i)
			out.WriteRune(r)
		case r >= '0' && r <= '9':
			if begin < 0 {
				begin = i
			}
			digits, end = append(digits, int(r-'0')), i+1
		case begin >= 0 && (r == '.' || r == ' ' || r == '-'):
		default:
			flush(i)
			out.WriteRune(r)
		}
	}
	flush(len(s))
	return out.String(), true
}
