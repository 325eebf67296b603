package pdftext

// A matrix carries places: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix [6]float64

var one = matrix{1, 0, 0, 1, 0, 0}

// times is m followed by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A pen is where text is shown, and in which font.
type pen struct {
	r          *reader
	at         matrix // of the page
	line       matrix
	font       *font
	size       float64
	leading    float64
	shift      float64 // what was shown since the line began
	endX, endY float64 // where the last letters ended, on the page
	begun      bool
}

// letterWidth is about how wide a letter is, for a size of one: digits are near it in
// most fonts.
const letterWidth = 0.53

// show writes what a piece of content shows.
func (r *reader) show(content []byte, resources dict, at matrix, depth int) {
	if !r.works(len(content)) {
		return
	}
	p, w := &parser{content}, &pen{r: r, at: at, line: one}
	var args []any
	var kept []pen
	for {
		v := p.value(0)
		if v == nil {
			return
		}
		op, isOp := v.(operator)
		if !isOp {
			if len(args) < 64 {
				args = append(args, v)
			}
			continue
		}
		if r.shown++; r.shown > mostShown {
			r.fail(ErrTooLarge)
			return
		}
		switch op {
		case "q":
			if len(kept) < 256 {
				kept = append(kept, *w)
			}
		case "Q":
			if n := len(kept); n > 0 {
				x, y, begun := w.endX, w.endY, w.begun
				*w, kept = kept[n-1], kept[:n-1]
				w.endX, w.endY, w.begun = x, y, begun
			}
		case "cm":
			w.at = matrixOf(args).times(w.at)
		case "Do":
			r.do(args, resources, w.at, depth)
		case "BI":
			r.drawn = true
			p.picture()
		case "c", "v", "y":
			r.drawn = true
		default:
			w.step(op, args, resources)
		}
		args = args[:0]
	}
}

// picture passes over a picture that lies in the content.
func (p *parser) picture() {
	for i := 0; i+3 < len(p.b); i++ {
		if white(p.b[i]) && p.b[i+1] == 'E' && p.b[i+2] == 'I' && white(p.b[i+3]) {
			p.b = p.b[i+3:]
			return
		}
	}
	p.b = nil
}

// do shows a piece of content that has a name.
func (r *reader) do(args []any, resources dict, at matrix, depth int) {
	if len(args) == 0 || depth > 8 {
		return
	}
	n, _ := args[0].(name)
	id, ok := r.dict(resources["XObject"])[n].(ref)
	d := r.dict(id)
	r.drawn = r.drawn || d["Subtype"] == name("Image")
	if !ok || d["Subtype"] != name("Form") {
		return
	}
	b, ok := r.unpack(r.objects[id])
	if !ok {
		r.fail(ErrUnknown)
	}
	own := r.dict(d["Resources"])
	if own == nil {
		own = resources
	}
	r.write("\n")
	r.show(b, own, matrixOf(r.array(d["Matrix"])).times(at), depth+1)
}

func matrixOf(args []any) matrix {
	if len(args) != 6 {
		return one
	}
	m := matrix{}
	for i, v := range args {
		m[i] = number(v)
	}
	return m
}

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// arg is the n-th argument; nothing where there are fewer.
func arg(args []any, n int) any {
	if n >= 0 && n < len(args) {
		return args[n]
	}
	return nil
}

// step does what one operator of text asks.
func (w *pen) step(op operator, args []any, resources dict) {
	switch op {
	case "BT":
		w.line, w.shift = one, 0
	case "Tf":
		n, _ := arg(args, 0).(name)
		w.font, w.size = w.r.font(w.r.dict(resources["Font"])[n]), number(arg(args, 1))
	case "TL":
		w.leading = number(arg(args, 0))
	case "Td", "TD":
		w.move(number(arg(args, 0)), number(arg(args, 1)))
		if op == "TD" {
			w.leading = -number(arg(args, 1))
		}
	case "Tm":
		w.line, w.shift = matrixOf(args), 0
	case "T*":
		w.move(0, -w.leading)
	case "Tj":
		w.string(arg(args, 0))
	case "'", "\"":
		w.move(0, -w.leading)
		w.string(arg(args, len(args)-1))
	case "TJ":
		list, _ := arg(args, 0).(array)
		for _, v := range list {
			w.string(v)
			w.shift -= number(v) / 1000 * w.size
		}
	}
}

func (w *pen) move(x, y float64) {
	w.line, w.shift = matrix{1, 0, 0, 1, x, y}.times(w.line), 0
}

// string writes letters where the line stands. What stands apart on it is kept apart.
func (w *pen) string(v any) {
	s, ok := v.(string)
	if !ok || w.font == nil || s == "" {
		return
	}
	text, count, known := w.font.text(s)
	if !known {
		w.r.fail(ErrUnknown)
	}
	place := matrix{1, 0, 0, 1, w.shift, 0}.times(w.line).times(w.at)
	across := matrix{w.size, 0, 0, w.size, 0, 0}.times(w.line).times(w.at)
	em := max(abs(across[0])+abs(across[1]), 0.01)
	gap, down := place[4]-w.endX, place[5]-w.endY
	if abs(across[1]) > abs(across[0]) { // written upwards
		gap, down = place[5]-w.endY, place[4]-w.endX
		if across[1] < 0 {
			gap = -gap
		}
	}
	switch {
	case !w.begun:
	case abs(down) > em/2 || gap < -1.2*em:
		w.r.write("\n")
	case gap > em:
		w.r.write("\t")
	case gap > em/4:
		w.r.write(" ")
	}
	w.r.write(text)
	w.shift += float64(count) * letterWidth * w.size
	end := matrix{1, 0, 0, 1, w.shift, 0}.times(w.line).times(w.at)
	w.endX, w.endY, w.begun = end[4], end[5], true
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}
