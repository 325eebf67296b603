package criteria

import (
	"errors"
	"io"

	"zorgplicht/internal/solve"
)

// A Seen is what a sample or a portfolio holds of each field: the least and the
// greatest value, or the words.
type Seen struct {
	Rows   int
	fields []seenField
}

type seenField struct {
	known  bool
	lo, hi int64
	words  int64 // those of a choice, or of any list of choices
}

// NewSeen returns a Seen of no contract yet.
func (p *Program) NewSeen() *Seen { return &Seen{fields: make([]seenField, len(p.fields))} }

// Add looks at a contract.
func (s *Seen) Add(p *Program, r Row) {
	s.Rows++
	for i, c := range r {
		if !c.Known {
			continue
		}
		f := &s.fields[i]
		if !f.known {
			*f = seenField{known: true, lo: c.V, hi: c.V, words: f.words}
		}
		f.lo, f.hi = min(f.lo, c.V), max(f.hi, c.V)
		switch p.fields[i].Type.Kind {
		case Choice:
			f.words |= 1 << c.V
		case Choices:
			f.words |= c.V
		}
	}
}

// Read looks at every row of a file that can be read, and counts those that cannot.
func (s *Seen) Read(p *Program, sheet *Sheet) (bad int, err error) {
	for {
		_, row, wrong, err := sheet.Next()
		switch {
		case errors.Is(err, io.EOF):
			return bad, nil
		case err != nil:
			return bad, err
		case len(wrong) > 0:
			bad++
		default:
			s.Add(p, row)
		}
	}
}

// A seenView asks comparisons within what was seen.
type seenView struct {
	*view
	seen *Seen
}

func (p *Program) within(seen *Seen) *seenView {
	from, to, _ := p.days()
	q := newProblem(from, to)
	var vars []solve.Var
	for i := range p.fields {
		b := bounded{p.fields[i].From, p.fields[i].Through}
		if f := seen.fields[i]; f.known {
			b = bounded{f.lo, f.hi}
		}
		vars = append(vars, q.number(&p.fields[i], b))
	}
	v := &seenView{q.view(p, vars), seen}
	v.readAll()
	return v
}

// can asks whether what was seen lets a comparison be as wanted. It says yes where
// a field was never seen, as then the data say nothing.
func (v *seenView) can(n *node, w solve.Want) bool {
	for _, f := range n.fields() {
		if !v.seen.fields[f].known && !v.p.run[f] {
			return true
		}
	}
	if n.op == opHas {
		return w != solve.IsYes || v.seen.fields[n.a.val].words>>n.val&1 == 1
	}
	if n.a != nil && n.a.op == opField && n.a.typ.Kind == Choice && (n.op == opIn || n.b.op == opConst) {
		row := make(Row, len(v.p.fields))
		for word := range v.p.fields[n.a.val].Through + 1 {
			row[n.a.val] = Cell{word, true}
			if t := n.truth(row); v.seen.fields[n.a.val].words>>word&1 == 1 && (w == solve.IsYes && t == Yes || w == solve.IsNo && t == No) {
				return true
			}
		}
		return false
	}
	got := v.s.Seek(goal(v.formula(n), w))
	return got.Found || got.Open
}

// unseen reports a comparison that some value meets, and no contract of the data.
func (a *analyst) unseen(pointer, id string, n *node) {
	switch {
	case a.data == nil:
	case !a.data.can(n, solve.IsYes):
		a.named(NeverSeen, Note, pointer, id, "In de gegevens voldoet geen contract aan "+n.text+a.saw(n)+".", "Kijk of de grens bereikbaar is, en of de gegevens in dezelfde eenheid staan.")
	case !a.data.can(n, solve.IsNo):
		a.named(AlwaysSeen, Note, pointer, id, "In de gegevens voldoet elk contract waarvan de velden bekend zijn aan "+n.text+a.saw(n)+".", "Kijk of de grens iets onderscheidt.")
	}
}

// saw says which values the data hold.
func (a *analyst) saw(n *node) (text string) {
	for k, i := range n.fields() {
		f, s := &a.p.fields[i], a.data.seen.fields[i]
		if f.Type.Kind != Number && f.Type.Kind != Date {
			continue
		}
		text += pick(k == 0, ": ", "; ") + f.Name + " loopt daar van " + f.Type.Dutch(Cell{s.lo, true}) + " tot en met " + f.Type.Dutch(Cell{s.hi, true})
	}
	return text
}
