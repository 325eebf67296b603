package criteria

import "slices"

// maxWider is how many rows a search for a change of several fields looks at, and
// maxTogether how many fields such a change has.
const (
	maxWider    = 200
	maxTogether = 3
)

// wider looks for a change of a few fields at once where following the condition
// finds none: each field to a value at which a comparison turns as the fields
// before it stand, or to an end of its range. The fewest fields come first.
func (p *Program) wider(r *ruleOf, row Row, now Truth) []Change {
	left := maxWider
	try := slices.Clone(row)
	for n := 2; n <= maxTogether; n++ {
		if p.together(r, row, try, now, n, &left) {
			return difference(nil, row, try)
		}
	}
	return nil
}

// together changes n more fields of try; where that does not turn the rule, try is
// left as it was.
func (p *Program) together(r *ruleOf, row, try Row, now Truth, n int, left *int) bool {
	var room [24]int64
	for i, f := range r.reads {
		if p.run[f] || !row[f].Known || try[f] != row[f] {
			continue
		}
		list := p.turns(room[:0], r.ofField[i], f, try)
		list = p.fields[f].keep(p.fields[f].keep(list, p.fields[f].From), p.fields[f].Through)
		for _, v := range list {
			if v == row[f].V {
				continue
			}
			if *left--; *left < 0 {
				return false
			}
			try[f].V = v
			if n == 1 && r.when.truth(try) == now.not() || n > 1 && p.together(r, row, try, now, n-1, left) {
				return true
			}
			try[f] = row[f]
		}
	}
	return false
}

// spared takes back every change that is not needed.
func spared(r *ruleOf, row, try Row, now Truth) {
	for f := range row {
		if to := try[f]; to != row[f] {
			if try[f] = row[f]; r.when.truth(try) != now.not() {
				try[f] = to
			}
		}
	}
}
