package commission

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"

	"zorgplicht/money"
)

// highest keeps the best of all lines that the filter takes. Blocks come by the highest
// amount that they may hold, so that it ends where none can be better.
func (p *LinePage) highest(tx Tx, run string, f LineFilter, from, most int) error {
	best := ranking{need: from + most + 1, least: math.MinInt64}
	err := tx.ByHighest(run, func(highest money.Cents, body []byte) error {
		if highest < best.least {
			return errEnough
		}
		return best.take(f, body)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	best.cut()
	if len(best.lines) >= best.need {
		p.Next = from + most
	}
	p.Lines = best.lines[min(from, len(best.lines)):min(from+most, len(best.lines))]
	return nil
}

// A ranking holds the best lines so far.
type ranking struct {
	need  int
	least money.Cents // what is less cannot be among them
	lines []Line
}

// cut drops all that is not among the best.
func (b *ranking) cut() {
	slices.SortFunc(b.lines, func(x, y Line) int { return cmp.Or(cmp.Compare(y.Amount, x.Amount), cmp.Compare(x.Ref, y.Ref)) })
	if len(b.lines) >= b.need {
		b.lines = b.lines[:b.need]
		b.least = b.lines[b.need-1].Amount
	}
}

// take adds the lines of a block. Only a line that may be among the best is read whole.
func (b *ranking) take(f LineFilter, body []byte) error {
	r := reading{b: body}
	for len(r.b) > 0 {
		line := r.b
		ref, partner, outcome, amount := r.glance()
		if r.bad {
			return errRow
		}
		if amount < b.least || !f.takesRaw(ref, partner, outcome) {
			continue
		}
		l, err := ParseLine(line[:len(line)-len(r.b)])
		if err != nil {
			return err
		}
		if b.lines = append(b.lines, l); len(b.lines) >= 2*b.need {
			b.cut()
		}
	}
	b.cut()
	return nil
}

// glance passes over a line and tells what a list chooses by.
func (r *reading) glance() (ref, partner []byte, outcome byte, amount money.Cents) {
	ref, partner = r.piece(), r.piece()
	r.byte()
	outcome = r.byte()
	r.signed()
	for range 7 { // six days and the percentage
		r.number()
	}
	return ref, partner, outcome, money.Cents(r.signed())
}

func (f LineFilter) takesRaw(ref, partner []byte, outcome byte) bool {
	return (f.Partner == "" || string(partner) == f.Partner) && (f.Outcome == "" || outcomePlace[f.Outcome] == outcome) && strings.HasPrefix(string(ref), f.Search)
}
