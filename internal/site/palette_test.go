package site

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// colours are drawn over the whole cube, and near the brink where they may just be
// read.
func anyColour(t *rapid.T) Colour {
	c := Colour{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b")}
	if rapid.Bool().Draw(t, "brink") {
		c = Nearest(c)
	}
	return c
}

var declaredIn = regexp.MustCompile(`--([a-z-]+):#([0-9a-f]{6})`)

// worn reads a theme as a browser does: its colours over those of the house.
func worn(t *testing.T, css string) (light, dark map[string]string) {
	t.Helper()
	light, dark = tokens(t)
	first, second, ok := strings.Cut(css, "prefers-color-scheme: dark")
	if !ok {
		t.Fatalf("the theme has no dark part: %s", css)
	}
	for _, m := range declaredIn.FindAllStringSubmatch(first, -1) {
		light[m[1]] = m[2]
	}
	for _, m := range declaredIn.FindAllStringSubmatch(second, -1) {
		dark[m[1]] = m[2]
	}
	return light, dark
}

// TestEveryAcceptedColourCanBeRead holds each theme that is served against the same
// pairs as the look of the house, by the formula of this test and not by ours.
func TestEveryAcceptedColourCanBeRead(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(rt *rapid.T) {
		c := anyColour(rt)
		look, ok := themeOf(c.String(), "")
		if !ok {
			return
		}
		accepted++
		light, dark := worn(t, string(look.sheet()))
		for scheme, colours := range map[string]map[string]string{"light": light, "dark": dark} {
			for _, p := range pairs {
				if strings.Contains(p.front+p.back, "roof") { // of staff pages, which wear no theme
					continue
				}
				if ratio := contrast(t, colours[p.front], colours[p.back]); ratio < p.least {
					rt.Fatalf("%s in %s: %s on %s is %.3f, at least %.1f is needed", c, scheme, p.front, p.back, ratio, p.least)
				}
			}
		}
	})
	if accepted == 0 || accepted < 20 && !testing.Short() {
		t.Errorf("only %d colours were accepted", accepted)
	}
}

func TestTheNearestColourIsAccepted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := Colour{rapid.Byte().Draw(rt, "r"), rapid.Byte().Draw(rt, "g"), rapid.Byte().Draw(rt, "b")}
		near := Nearest(c)
		if !usable(near) {
			rt.Errorf("%s is proposed for %s and cannot be used", near, c)
		}
		if usable(c) && near != c {
			rt.Errorf("%s can be used, and %s is proposed", c, near)
		}
		for i := range c {
			if near[i] > c[i] {
				rt.Errorf("%s is lighter than %s", near, c)
			}
		}
	})
}

func TestNearestTo(t *testing.T) {
	for _, c := range []struct{ name, colour, want string }{
		{"our own accent passes", "#14506e", "#14506e"},
		{"letters of either size", "#14506E", "#14506e"},
		{"black passes", "#000000", "#000000"},
		{"a name is no colour", "red", ""},
		{"nor are three digits", "#123", ""},
		{"nor is a rule of a stylesheet", "#14506e;}", ""},
	} {
		if got, _ := NearestTo(c.colour); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
	if near, ratio := NearestTo("#ffcc00"); near == "#ffcc00" || ratio > 2 {
		t.Errorf("yellow has %.2f and is answered with %s", ratio, near)
	}
}

func TestThemesAreServed(t *testing.T) {
	s := New(Options{NewID: func() string { return "000000000001" }})
	look, _ := themeOf("#7a1fa2", "#ffcc00")
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.serveAsset(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	w := get(look.path())
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "--roof:#ffcc00") || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") ||
		w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if _, ok := themeAt(strings.Replace(look.path(), "7a1fa2", "ffcc00", 1)); ok {
		t.Error("an accent that cannot be read is served")
	}
	for _, path := range []string{strings.Replace(look.path(), "ffcc00", "ffcc01", 1), themePrefix + "x.css", themePrefix} {
		if _, ok := themeAt(path); ok {
			t.Errorf("%s is served", path)
		}
	}
}
