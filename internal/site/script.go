package site

import (
	"context"
	"net/http"
	"strings"
)

// A Script enhances a page of staff, which does all it does without it too.
type Script struct{ path, hash string }

// Editor helps who writes rules: it completes names, and says what is wrong while
// somebody types. It serves each textarea with the attribute data-check, the path
// that a text is checked at.
var Editor = keepScript("editor")

// Progress keeps a page of something that is under way true: while there is an
// element with the id voortgang it asks for the page anew and shows that element as
// it is then, and shows the whole page when it is gone.
var Progress = keepScript("progress")

// takeFile says how far a list is that comes as a file; TakeAlong loads it.
var takeFile = keepScript("files")

func keepScript(name string) Script {
	path := keep(name, "js", "text/javascript; charset=utf-8", mustScript(name+".js"))
	return Script{path, integrity(assets[path].body)}
}

type scriptsKey struct{}

// needsScript notes that the page being rendered loads a script of ours; only such a page
// is allowed one.
func needsScript(ctx context.Context) {
	if wanted, ok := ctx.Value(scriptsKey{}).(*bool); ok {
		*wanted = true
	}
}

// allowScripts lets a page load scripts of ours, and those ask our own server.
func allowScripts(h http.Header) {
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "default-src 'none';", "default-src 'none'; script-src 'self'; connect-src 'self';", 1))
}
