package site

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"

	thirdparty "zorgplicht/third_party"
)

const assetPath = "/assets/"

//go:embed look
var look embed.FS

// sheets are the parts of the one stylesheet, in their order.
var sheets = []string{"tokens.css", "base.css", "client.css", "form.css", "piece.css", "work.css", "chart.css", "print.css"}

type asset struct {
	body      []byte
	mediaType string
}

// assets by path. The name of each holds the digest of its bytes, so that a
// browser may keep it for ever.
var (
	assets         = map[string]asset{}
	fontPath       = keep("source-sans", "woff2", "font/woff2", thirdparty.Font)
	iconPath       = keep("icon", "svg", "image/svg+xml", mustLook("icon.svg"))
	stylesheetPath = keep("zorgplicht", "css", "text/css; charset=utf-8", stylesheet())

	// stylesheetDigest lets a browser check that it got the stylesheet we meant.
	stylesheetDigest = integrity(assets[stylesheetPath].body)
)

func integrity(body []byte) string {
	digest := sha512.Sum384(body)
	return "sha384-" + base64.StdEncoding.EncodeToString(digest[:])
}

func keep(name, extension, mediaType string, body []byte) string {
	digest := sha256.Sum256(body)
	path := assetPath + name + "-" + hex.EncodeToString(digest[:6]) + "." + extension
	assets[path] = asset{body, mediaType}
	return path
}

func mustLook(name string) []byte {
	b, err := look.ReadFile("look/" + name)
	if err != nil {
		panic(err)
	}
	return b
}

// stylesheet joins the sheets without their comments and indents, with the
// font under its hashed name.
func stylesheet() []byte {
	var b bytes.Buffer
	for _, name := range sheets {
		for line := range bytes.Lines(comment.ReplaceAll(mustLook(name), nil)) {
			if line = bytes.TrimSpace(line); len(line) > 0 {
				b.Write(line)
				b.WriteByte('\n')
			}
		}
	}
	return bytes.ReplaceAll(b.Bytes(), []byte("{{font}}"), []byte(fontPath))
}

var comment = regexp.MustCompile(`(?s)/\*.*?\*/`)

func isAsset(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, assetPath) }

func (s *Site) serveAsset(w http.ResponseWriter, r *http.Request) {
	a, ok := assets[r.URL.Path]
	switch {
	case ok:
		serveForGood(w, r, a.mediaType, a.body)
	case !serveTheme(w, r):
		s.refuse(w, r, errNoPage)
	}
}
