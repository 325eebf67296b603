package pdf

// A Block is one of the types below: what stands under the title, in order.
// Blocks without text leave nothing behind.
type Block interface{ set(f *flow) error }

// A Heading opens a section (level 2) or a part of one (level 3); level 1 is the
// title. A level 3 stands somewhere below a level 2, as PDF/UA-1 asks.
type Heading struct {
	Level int
	Text  string
}

// A Paragraph is body text.
type Paragraph struct{ Text Text }

// Small is a paragraph in small letters: a reference, a source.
type Small struct{ Text Text }

// A List has items with a bullet, or with numbers from 1.
type List struct {
	Items    []Text
	Numbered bool
}

// A Table has a head that comes back on every page, and rows of as many cells as
// there are columns. A row stays on one page unless it is very long.
type Table struct {
	Columns []Column
	Rows    [][]Text
	RowHead bool // the first cell of each row says what the row is about
}

// A Column has a head, a share of the width, and its figures at the right or not.
type Column struct {
	Head  string
	Parts int // of the sum of all columns; 0 counts as 1
	Right bool
}

// Terms are facts by name, as two columns without a head.
type Terms []Term

// A Term is one fact and its name.
type Term struct {
	Name string
	Text Text
}

// A Panel is a box that stands out from the text, for what must not be missed.
// It holds paragraphs, small print and lists. Its tone colours it; its words must
// say the same without colour.
type Panel struct {
	Tone   Tone
	Title  string // may be empty
	Blocks []Block
}

// A Tone is the colour of a panel.
type Tone int

// The tones. Warn is for a warning (waarschuwing) that law or firm requires.
const (
	Calm Tone = iota
	Warn
	Good
)

// A Rule is a thin line across the text.
type Rule struct{}
