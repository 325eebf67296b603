package site

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A Colour is red, green and blue, as a screen shows them.
type Colour [3]uint8

var hexColour = regexp.MustCompile(`^#?[0-9a-fA-F]{6}$`)

// ParseColour reads a colour as people write it, "#14506e"; false where it is none.
func ParseColour(s string) (c Colour, ok bool) {
	if !hexColour.MatchString(s) {
		return c, false
	}
	s = strings.TrimPrefix(s, "#")
	for i := range c {
		v, _ := strconv.ParseUint(s[2*i:2*i+2], 16, 8) // two hexadecimal digits
		c[i] = uint8(v)
	}
	return c, true
}

// String writes the colour as a stylesheet does, "#14506e".
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// linear is the light of each step of a channel (IEC 61966-2-1).
var linear = func() (light [256]float64) {
	for i := range light {
		v := float64(i) / 255
		if light[i] = v / 12.92; v > 0.04045 {
			light[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return light
}()

// light is the relative luminance of WCAG 2.2.
func (c Colour) light() float64 {
	return 0.2126*linear[c[0]] + 0.7152*linear[c[1]] + 0.0722*linear[c[2]]
}

// Contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21.
func Contrast(a, b Colour) float64 {
	la, lb := a.light(), b.light()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// towards mixes so many 256ths of another colour into this one.
func (c Colour) towards(other Colour, share int) (mixed Colour) {
	for i := range c {
		mixed[i] = uint8((int(c[i])*(256-share) + int(other[i])*share + 128) / 256)
	}
	return mixed
}
