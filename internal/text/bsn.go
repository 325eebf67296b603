// Package text looks at words that people type.
package text

import "regexp"

// uuid is an id that programs make. Its digits are chance: one in some hundreds
// would pass for a citizen service number.
var uuid = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)

// HoldsBSN reports whether s holds what looks like a citizen service number
// (burgerservicenummer): eight or nine digits that pass the eleven test (elfproef),
// bare or with dots, spaces or dashes between them. Private parties may not
// process one (article 46 UAVG), so a door refuses it. The digits of a UUID are
// passed over.
func HoldsBSN(s string) bool {
	digits := make([]int, 0, len(s))
	for _, r := range uuid.ReplaceAllString(s, "|") + "|" {
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
