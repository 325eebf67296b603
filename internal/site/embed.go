package site

import (
	"bytes"
	"embed"
	"net/http"
	"strings"
	"time"
)

//go:embed script
var scripts embed.FS

// The scripts of the house. None is needed to take a test or to sign in: one keeps a
// frame as high as its page, one tells it how high that is, and one lets staff use a
// passkey.
var (
	embedScript     = mustScript("embed-v1.js")
	frameScriptPath = keep("frame", "js", "text/javascript; charset=utf-8", mustScript("frame.js"))
	frameScriptHash = integrity(assets[frameScriptPath].body)

	passkeyScriptPath = keep("passkey", "js", "text/javascript; charset=utf-8", mustScript("passkey.js"))
	passkeyScriptHash = integrity(assets[passkeyScriptPath].body)
)

// embedPath is where a firm's own pages load the script that places a test; its
// version is part of the address, since those pages are not ours to change.
const embedPath = "/insluiten/v1.js"

func mustScript(name string) []byte {
	b, err := scripts.ReadFile("script/" + name)
	if err != nil {
		panic(err)
	}
	return b
}

// serveEmbed serves the script to pages of any origin: it holds nothing of anybody,
// and which of them may show a test is decided by the headers of the test.
func serveEmbed(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(embedScript))
}

// origins are those that may show a page, as its script reads them.
func (l Look) origins() string { return strings.Join(l.Frames, " ") }
