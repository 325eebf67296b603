package site

import (
	"regexp"
	"strings"
)

// A scheme is the colours of the look in light or in dark, by token.
type scheme map[string]Colour

var tokenColour = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

// light and dark are read from the stylesheet itself, so that a firm's colours are
// held against what they really meet.
var light, dark = schemes(string(mustLook("tokens.css")))

func schemes(css string) (light, dark scheme) {
	read := func(s string) scheme {
		found := scheme{}
		for _, m := range tokenColour.FindAllStringSubmatch(s, -1) {
			found[m[1]], _ = ParseColour(m[2])
		}
		return found
	}
	first, second, _ := strings.Cut(css, "prefers-color-scheme: dark")
	return read(first), read(second)
}

// grounds are what an accent is written on, beside its own tint.
var grounds = []string{"paper", "sheet", "hush", "good-tint", "warn-tint", "bad-tint"}

// The contrasts that WCAG 2.2 asks: of text (1.4.3), and of what shows a border, a
// state or the focus (1.4.11). A little is added, so that no rounding falls below.
const (
	ofText = 4.51
	ofEdge = 3.01
)

// An Accent is the colour of links, buttons and choices, with what goes with it: in
// one scheme, all pairs with the contrast that WCAG 2.2 asks at level AA.
type Accent struct {
	Plain Colour // links, buttons, chosen answers
	Deep  Colour // under the pointer
	Tint  Colour // behind what is chosen
	On    Colour // text on Plain and Deep
}

// legible reports whether a colour can be read on all grounds of the scheme.
func (s scheme) legible(c Colour) bool {
	for _, name := range grounds {
		if Contrast(c, s[name]) < ofText {
			return false
		}
	}
	return true
}

// accent makes an accent of a colour, false where the colour itself cannot be read.
// Deep goes on towards far, away from the grounds; the tint is as much of the colour
// as leaves all on it legible.
func (s scheme) accent(c, far, on Colour) (Accent, bool) {
	a := Accent{Plain: c, Deep: c.towards(far, 80), On: on}
	if !s.legible(c) || !s.legible(a.Deep) || Contrast(on, c) < ofText || Contrast(on, a.Deep) < ofText {
		return a, false
	}
	for share := 28; share >= 0; share-- {
		a.Tint = s["sheet"].towards(c, share)
		if s.bears(a) {
			return a, true
		}
	}
	return a, false
}

// bears reports whether all that stands on the tint has its contrast.
func (s scheme) bears(a Accent) bool {
	for _, text := range []Colour{s["ink"], s["soft"], a.Plain, a.Deep} {
		if Contrast(text, a.Tint) < ofText {
			return false
		}
	}
	return Contrast(s["border"], a.Tint) >= ofEdge && Contrast(s["focus"], a.Tint) >= ofEdge
}

var white, black = Colour{255, 255, 255}, Colour{}

// A Palette is an accent in both schemes.
type Palette struct {
	Light, Dark Accent
}

// PaletteOf makes the palette of a firm's colour. In light the colour is used as it
// is; false where it has too little contrast for that. In dark it is made lighter
// until it can be read, which is always possible.
func PaletteOf(c Colour) (p Palette, ok bool) {
	if p.Light, ok = light.accent(c, black, white); !ok {
		return p, false
	}
	for share := 0; share <= 256; share++ {
		if p.Dark, ok = dark.accent(c.towards(white, share), white, dark["on-accent"]); ok {
			return p, true
		}
	}
	return p, false
}

// Least is the smallest contrast that the accent has anywhere, in light and in dark.
func (p Palette) Least() (inLight, inDark float64) { return light.least(p.Light), dark.least(p.Dark) }

func (s scheme) least(a Accent) float64 {
	least := min(Contrast(a.Plain, a.On), Contrast(a.Plain, a.Tint))
	for _, name := range grounds {
		least = min(least, Contrast(a.Plain, s[name]))
	}
	return least
}

// Nearest is the colour itself where it can be used, else the first that can on the
// way to black: the same hue, as little darker as will do.
func Nearest(c Colour) Colour {
	for share := range 256 {
		if darker := c.towards(black, share); usable(darker) {
			return darker
		}
	}
	return black
}

func usable(c Colour) bool {
	_, ok := PaletteOf(c)
	return ok
}

// NearestTo is Nearest for a colour as people write it, and how much contrast the
// colour itself has on the ground where it has least; "" where it is no colour.
func NearestTo(s string) (nearest string, contrast float64) {
	c, ok := ParseColour(s)
	if !ok {
		return "", 0
	}
	contrast = Contrast(c, white)
	for _, name := range grounds {
		contrast = min(contrast, Contrast(c, light[name]))
	}
	return Nearest(c).String(), contrast
}
