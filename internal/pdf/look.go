package pdf

// The look: A4, wide margins, two sizes of heading, one accent. The colours are
// those of the pages; all text has a contrast of at least 4.5 on its ground.

// A style is how a line of text looks. The leading is the distance to the next.
type style struct {
	size, leading length
	colour        colour
	bold          bool
	even          bool // lines of about the same width, for headings
}

// A colour is red, green and blue as PDF writes them.
type colour string

const (
	ink    colour = "0.106 0.149 0.188" // 1b2630
	soft   colour = "0.298 0.353 0.4"   // 4c5a66
	faint  colour = "0.8 0.8 0.773"     // cccac5
	accent colour = "0.078 0.314 0.431" // 14506e
	rust   colour = "0.541 0.294 0"     // 8a4b00
	sand   colour = "0.992 0.961 0.902" // fdf5e6
	leaf   colour = "0.11 0.416 0.263"  // 1c6a43
	mint   colour = "0.937 0.969 0.949" // eff7f2
	mist   colour = "0.937 0.957 0.969" // eff4f7
)

var (
	body       = style{size: 10500, leading: 16000, colour: ink}
	lead       = style{size: 12000, leading: 18000, colour: soft}
	small      = style{size: 8500, leading: 12500, colour: soft}
	first      = style{size: 23000, leading: 29000, colour: ink, bold: true, even: true}
	second     = style{size: 14000, leading: 19000, colour: ink, bold: true, even: true}
	third      = style{size: 11000, leading: 16000, colour: ink, bold: true, even: true}
	letterhead = style{size: 10500, leading: 14000, colour: accent, bold: true}
	cell       = style{size: 9500, leading: 14000, colour: ink}
	cellHead   = style{size: 9500, leading: 14000, colour: soft, bold: true}
	panelTitle = style{size: 12000, leading: 17000, colour: ink, bold: true, even: true}
	margin     = style{size: 8000, leading: 11000, colour: soft}
)

// The sheet, from the top left. Text keeps to the column of the page; header and
// footer stand outside it.
const (
	sheetWidth  length = 595276
	sheetHeight length = 841890
	top         length = 74000
	bottom      length = 758000
	headerLine  length = 44000 // baseline
	footerLine  length = 800000
)

// A column is where lines stand: from the left edge of the sheet, and how wide.
type column struct{ left, width length }

var page = column{80000, 435276}

// tones are border and ground of panels.
var tones = map[Tone]struct{ border, ground colour }{
	Calm: {accent, mist},
	Warn: {rust, sand},
	Good: {leaf, mint},
}

// pageOf says in each language which page this is: of how many.
var pageOf = map[string]string{"nl": "pagina %d van %d", "en": "page %d of %d"}
