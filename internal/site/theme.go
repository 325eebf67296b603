package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// A theme is the stylesheet of a firm's colours. It follows from the two colours in
// its address, so every node serves it without asking anyone, and a browser may keep
// it for ever: the digest in the address changes with what is served.
type theme struct {
	palette      Palette
	accent, band Colour
}

// themeOf is the theme of these colours as people write them; false where there is
// none, or where the accent cannot be read, so that a page keeps the look of the
// house. An empty band is that of the accent.
func themeOf(accent, band string) (t theme, ok bool) {
	if t.accent, ok = ParseColour(accent); !ok {
		return t, false
	}
	if t.palette, ok = PaletteOf(t.accent); !ok {
		return t, false
	}
	if t.band, ok = ParseColour(band); !ok {
		t.band = t.accent
	}
	return t, true
}

// sheet writes the colours for whatever bears the class "worn".
func (t theme) sheet() []byte {
	var b bytes.Buffer
	write := func(a Accent) {
		fmt.Fprintf(&b, ".worn{--accent:%s;--accent-deep:%s;--accent-tint:%s;--on-accent:%s;--roof:%s}\n", a.Plain, a.Deep, a.Tint, a.On, t.band)
	}
	write(t.palette.Light)
	b.WriteString("@media screen and (prefers-color-scheme: dark){\n")
	write(t.palette.Dark)
	b.WriteString("}\n")
	return b.Bytes()
}

const themePrefix = assetPath + "huisstijl-"

func (t theme) path() string {
	digest := sha256.Sum256(t.sheet())
	return themePrefix + t.accent.String()[1:] + "-" + t.band.String()[1:] + "-" + hex.EncodeToString(digest[:6]) + ".css"
}

var themeForm = regexp.MustCompile(`^` + themePrefix + `([0-9a-f]{6})-([0-9a-f]{6})-[0-9a-f]{12}\.css$`)

// themeAt is the theme that this path asks for; false where we would not have
// written it so.
func themeAt(path string) (theme, bool) {
	m := themeForm.FindStringSubmatch(path)
	if m == nil {
		return theme{}, false
	}
	t, ok := themeOf(m[1], m[2])
	return t, ok && t.path() == path
}

// serveTheme serves the colours in the path, and reports whether there are any.
func serveTheme(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, themePrefix) {
		return false
	}
	t, ok := themeAt(r.URL.Path)
	if ok {
		serveForGood(w, r, "text/css; charset=utf-8", t.sheet())
	}
	return ok
}

func serveForGood(w http.ResponseWriter, r *http.Request, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
