package site

import (
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

func keepScript(name string) Script {
	path := keep(name, "js", "text/javascript; charset=utf-8", mustScript(name+".js"))
	return Script{path, integrity(assets[path].body)}
}

// Scripted lets a page load the script of its frame, and that script ask our own
// paths.
func Scripted(reply Reply) Reply { return scripted{reply} }

type scripted struct{ Reply }

func (x scripted) Write(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors", "script-src 'self'; connect-src 'self'; frame-ancestors", 1))
	return x.Reply.Write(w, r)
}
