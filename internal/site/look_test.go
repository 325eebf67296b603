package site

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Pairs of tokens that meet on a page, and the contrast that WCAG 2.2 asks of
// them: 4.5 for text (1.4.3), 3 for what shows a border, a state or the focus
// (1.4.11, 2.4.13).
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "paper", 4.5},
	{"ink", "sheet", 4.5},
	{"ink", "hush", 4.5},
	{"ink", "accent-tint", 4.5},
	{"ink", "good-tint", 4.5},
	{"ink", "warn-tint", 4.5},
	{"ink", "bad-tint", 4.5},
	{"soft", "paper", 4.5},
	{"soft", "sheet", 4.5},
	{"soft", "hush", 4.5},
	{"soft", "accent-tint", 4.5},
	{"accent", "paper", 4.5},
	{"accent", "sheet", 4.5},
	{"accent", "hush", 4.5},
	{"accent", "accent-tint", 4.5},
	{"accent", "good-tint", 4.5},
	{"accent", "warn-tint", 4.5},
	{"accent", "bad-tint", 4.5},
	{"accent-deep", "paper", 4.5},
	{"accent-deep", "sheet", 4.5},
	{"accent-deep", "hush", 4.5},
	{"accent-deep", "accent-tint", 4.5},
	{"on-accent", "accent", 4.5},
	{"on-accent", "accent-deep", 4.5},
	{"on-roof", "roof", 4.5},
	{"on-roof-soft", "roof", 4.5},
	{"on-roof-focus", "roof", 3},
	{"good", "good-tint", 4.5},
	{"warn", "warn-tint", 4.5},
	{"bad", "bad-tint", 4.5},
	{"bad", "paper", 4.5},
	{"good", "paper", 3},
	{"warn", "paper", 3},
	{"good", "sheet", 3},
	{"warn", "sheet", 3},
	{"bad", "sheet", 3},
	{"bad", "hush", 3},
	{"good", "hush", 3},
	{"warn", "hush", 3},
	{"border", "paper", 3},
	{"border", "sheet", 3},
	{"border", "hush", 3},
	{"border", "accent-tint", 3},
	{"focus", "paper", 3},
	{"focus", "sheet", 3},
	{"focus", "hush", 3},
	{"focus", "accent-tint", 3},
	{"focus", "good-tint", 3},
	{"focus", "warn-tint", 3},
	{"focus", "bad-tint", 3},
}

var declared = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`)

// tokens reads the colours of light and dark.
func tokens(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	first, second, ok := strings.Cut(string(mustLook("tokens.css")), "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("tokens.css has no dark part")
	}
	read := func(s string) map[string]string {
		m := map[string]string{}
		for _, d := range declared.FindAllStringSubmatch(s, -1) {
			m[d[1]] = d[2]
		}
		return m
	}
	return read(first), read(second)
}

func TestEachPairOfColoursHasItsContrast(t *testing.T) {
	light, dark := tokens(t)
	for scheme, colours := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, p := range pairs {
			front, back := colours[p.front], colours[p.back]
			if front == "" || back == "" {
				t.Errorf("%s: no token %s or %s", scheme, p.front, p.back)
				continue
			}
			if c := contrast(t, front, back); c < p.least {
				t.Errorf("%s: %s on %s is %.2f, at least %.1f is needed", scheme, p.front, p.back, c, p.least)
			}
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d colours, dark %d", len(light), len(dark))
	}
}

// contrast is the ratio of WCAG 2.2, with its relative luminance.
func contrast(t *testing.T, a, b string) float64 {
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestContrastKnowsBlackFromWhite(t *testing.T) {
	if c := contrast(t, "000000", "ffffff"); math.Abs(c-21) > 1e-9 {
		t.Errorf("black on white is %.3f, not 21", c)
	}
	if c := contrast(t, "777777", "ffffff"); math.Abs(c-4.48) > 0.005 {
		t.Errorf("#777 on white is %.3f, not 4.48", c)
	}
}

func TestColoursAreNamedInTokensOnly(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\(`)
	for _, name := range sheets[1:] {
		if found := colour.Find(mustLook(name)); found != nil {
			t.Errorf("%s has the colour %s of its own", name, found)
		}
	}
}

func TestEveryTokenUsedIsDeclared(t *testing.T) {
	css := string(stylesheet())
	have := map[string]bool{}
	for _, m := range regexp.MustCompile(`--([a-z-]+):`).FindAllStringSubmatch(css, -1) {
		have[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`var\(--([a-z-]+)`).FindAllStringSubmatch(css, -1) {
		if !have[m[1]] {
			t.Errorf("--%s is used and declared nowhere", m[1])
		}
	}
}

func TestEveryStyleSheetIsServed(t *testing.T) {
	files, err := look.ReadDir("look")
	if err != nil {
		t.Fatal(err)
	}
	served := strings.Join(sheets, " ") + " icon.svg"
	for _, f := range files {
		if !strings.Contains(served, f.Name()) {
			t.Errorf("%s lies in look and is not served", f.Name())
		}
	}
	if n := len(stylesheet()); n > 24_000 {
		t.Errorf("the stylesheet has grown to %d bytes", n)
	}
}

func TestTokensOfLinksAreMasked(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"a client link loses its token", "/t/abc234/vraag/3", "/t/***/vraag/3"},
		{"so does a link without more", "/t/abc234", "/t/***"},
		{"a long segment elsewhere could be a secret", "/x/abcdefghijklmnopqrstuvwxyz234567", "/x/***"},
		{"an id of ours stays", "/werk/toetspogingen/01956c3e-7f00-7000-8000-000000000001", "/werk/toetspogingen/01956c3e-7f00-7000-8000-000000000001"},
		{"an ordinary path stays", "/werk/toetspogingen", "/werk/toetspogingen"},
	} {
		if got := mask(c.path); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}
