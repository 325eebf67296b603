package pdf

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Each glyph of a subset has the outline and the advance it has in the font,
// composed ones too.
func TestSubsetDrawsTheSameGlyphs(t *testing.T) {
	t.Parallel()
	whole, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	f := newFace(regular())
	letters := []rune("Zorgplicht één ïĳ Ǻ½ % Łőş – € “” aan")
	for _, r := range letters {
		f.number(r)
	}
	raw := f.subset()
	readable := tables(raw) // with tables that PDF has no use for
	for _, k := range []string{"cmap", "post", "name", "OS/2"} {
		readable[k] = f.tables[k]
	}
	part, err := sfnt.Parse(join(readable))
	if err != nil {
		t.Fatal(err)
	}
	var a, b sfnt.Buffer
	em := fixed.I(int(whole.UnitsPerEm()))
	for r, n := range f.numbers {
		g, err := whole.GlyphIndex(&a, r)
		if err != nil {
			t.Fatal(err)
		}
		want, err := whole.LoadGlyph(&a, g, em, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := part.LoadGlyph(&b, sfnt.GlyphIndex(n), em, nil)
		if err != nil {
			t.Fatalf("%c: %v", r, err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%c has another outline", r)
		}
		x, _ := whole.GlyphAdvance(&a, g, em, 0)
		y, _ := part.GlyphAdvance(&b, sfnt.GlyphIndex(n), em, 0)
		if x != y || x == 0 {
			t.Errorf("%c moves by %v, not %v", r, y, x)
		}
	}
	if len(raw) > len(goregular.TTF)/6 {
		t.Errorf("%d bytes for %d letters", len(raw), len(letters))
	}
	if got := sum(raw); got != 0xB1B0AFBA {
		t.Errorf("the file adds up to %X", got)
	}
}

func TestTablesAddUp(t *testing.T) {
	t.Parallel()
	f := newFace(bold())
	f.number('a')
	raw := f.subset()
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		e := raw[12+16*i:]
		tag, want := string(e[:4]), binary.BigEndian.Uint32(e[4:])
		table := tables(raw)[tag]
		if tag == "head" {
			table = slices.Clone(table)
			binary.BigEndian.PutUint32(table[8:], 0)
		}
		if got := sum(table); got != want {
			t.Errorf("table %s adds up to %X, the file says %X", tag, got, want)
		}
	}
}

// The profile is derived anew from the coordinates of IEC 61966-2-1.
func TestProfileIsSRGB(t *testing.T) {
	t.Parallel()
	white := chromatic(0.3127, 0.3290)
	d50 := vector{0.9642, 1, 0.8249}
	bradford := matrix{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}
	from, to := bradford.times(white), bradford.times(d50)
	scale := matrix{{to[0] / from[0], 0, 0}, {0, to[1] / from[1], 0}, {0, 0, to[2] / from[2]}}
	adapt := bradford.inverse().dot(scale).dot(bradford)
	for i := range 9 {
		near(t, "chad", adaptation[i], adapt[i/3][i%3])
	}
	r, g, b := chromatic(0.64, 0.33), chromatic(0.30, 0.60), chromatic(0.15, 0.06)
	primaries := matrix{{r[0], g[0], b[0]}, {r[1], g[1], b[1]}, {r[2], g[2], b[2]}}
	share := primaries.inverse().times(white)
	for i, c := range [][3]int32{red, green, blue} {
		v := adapt.times(vector{primaries[0][i] * share[i], primaries[1][i] * share[i], primaries[2][i] * share[i]})
		for j := range 3 {
			near(t, "colour", c[j], v[j])
		}
	}
	for i, n := range whiteD50 {
		near(t, "white", n, d50[i])
	}
}

// The header and the table of tags are as ICC.1:2004-10 says.
func TestProfileIsWellFormed(t *testing.T) {
	t.Parallel()
	p := profile()
	if n := binary.BigEndian.Uint32(p); int(n) != len(p) || len(p)%4 != 0 || string(p[36:40]) != "acsp" || string(p[12:24]) != "mntrRGB XYZ " {
		t.Fatalf("header %q of %d bytes", p[:40], len(p))
	}
	kinds := map[string]string{"desc": "mluc", "cprt": "mluc", "wtpt": "XYZ ", "chad": "sf32", "rXYZ": "XYZ ", "gXYZ": "XYZ ", "bXYZ": "XYZ ", "rTRC": "para", "gTRC": "para", "bTRC": "para"}
	for i := range int(binary.BigEndian.Uint32(p[128:])) {
		e := p[132+12*i:]
		at, size := binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:])
		if got := string(p[at : at+4]); got != kinds[string(e[:4])] || at%4 != 0 || int(at+size) > len(p) {
			t.Errorf("tag %s at %d is a %s", e[:4], at, got)
		}
		delete(kinds, string(e[:4]))
	}
	if len(kinds) > 0 {
		t.Errorf("tags are missing: %v", kinds)
	}
	curve := func(x float64) float64 {
		if x < 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	at := binary.BigEndian.Uint32(p[132+12*7+4:]) + 12
	n := func(i int) float64 { return float64(int32(binary.BigEndian.Uint32(p[int(at)+4*i:]))) / 65536 }
	for _, x := range []float64{0, 0.03, 0.05, 0.5, 1} {
		got := math.Pow(n(1)*x+n(2), n(0))
		if x < n(4) {
			got = n(3) * x
		}
		if math.Abs(got-curve(x)) > 1e-4 {
			t.Errorf("the curve gives %f for %f, want %f", got, x, curve(x))
		}
	}
}

type (
	vector [3]float64
	matrix [3]vector
)

// chromatic is a colour of luminance 1.
func chromatic(x, y float64) vector { return vector{x / y, 1, (1 - x - y) / y} }

func (m matrix) times(v vector) (out vector) {
	for i := range 3 {
		out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
	}
	return out
}

func (m matrix) dot(n matrix) (out matrix) {
	for i := range 3 {
		for j := range 3 {
			out[i][j] = m[i][0]*n[0][j] + m[i][1]*n[1][j] + m[i][2]*n[2][j]
		}
	}
	return out
}

func (m matrix) inverse() (out matrix) {
	minor := func(i, j int) float64 {
		a, b, c, d := (i+1)%3, (i+2)%3, (j+1)%3, (j+2)%3
		return m[a][c]*m[b][d] - m[a][d]*m[b][c]
	}
	det := m[0][0]*minor(0, 0) + m[0][1]*minor(0, 1) + m[0][2]*minor(0, 2)
	for i := range 3 {
		for j := range 3 {
			out[j][i] = minor(i, j) / det
		}
	}
	return out
}

// near allows for one unit of a profile's numbers, and for the digits of D50.
func near(t *testing.T, what string, got int32, want float64) {
	t.Helper()
	if d := math.Abs(float64(got) - want*65536); d > 1 {
		t.Errorf("%s: %d, derived %.2f", what, got, want*65536)
	}
}
