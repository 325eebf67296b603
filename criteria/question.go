package criteria

import "zorgplicht/calendar"

// question returns the unknown field that decides the category when it is asked:
// the one of which most answers leave nothing open. It is -1 when no answer to one
// question can settle it.
func (p *Program) question(day calendar.Date, row Row, truths []Truth) int {
	best, settled, of := -1, 0, 1
	try := make(Row, len(row))
	copy(try, row)
	after := make([]Truth, len(truths))
	for _, f := range p.open(row, truths) {
		answers := p.answers(f, try, truths)
		n := 0
		for _, v := range answers {
			try[f] = Cell{v, true}
			copy(after, truths)
			for i := range p.rules { // decided ones too: a rule may ask what is known
				if p.rules[i].applies(day) && p.rules[i].when.reads(f) {
					after[i] = p.rules[i].when.truth(try)
				}
			}
			if sure, highest := p.categories(after); sure == highest {
				n++
			}
		}
		try[f] = row[f]
		if n > 0 && n*of > settled*len(answers) {
			best, settled, of = f, n, len(answers)
		}
	}
	return best
}

// open returns the unknown fields that undecided rules read, in the order of the
// catalogue.
func (p *Program) open(row Row, truths []Truth) (list []int) {
	open := make([]bool, len(row))
	for i, t := range truths {
		if t != Unknown {
			continue
		}
		for _, f := range p.rules[i].reads {
			open[f] = !row[f].Known
		}
	}
	for f, is := range open {
		if is {
			list = append(list, f)
		}
	}
	return list
}

// answers returns one answer for each stretch in which the undecided rules see no
// difference, by the values at which their comparisons turn.
func (p *Program) answers(f int, row Row, truths []Truth) []int64 {
	var atoms []*node
	for i, t := range truths {
		if t != Unknown {
			continue
		}
		for j, g := range p.rules[i].reads {
			if g == f {
				atoms = append(atoms, p.rules[i].ofField[j]...)
			}
		}
	}
	row[f] = Cell{p.fields[f].From, true}
	list := p.turns(nil, atoms, f, row)
	row[f] = Cell{}
	return p.fields[f].keep(list, p.fields[f].From)
}
