// Package sitetest helps the tests of pages: a site with a clock and numbers
// that stand still, golden HTML, and specimen pages that show every component.
package sitetest

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"zorgplicht/internal/site"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// Options returns options with a clock that stands on 3 March 2026, request
// numbers that count from one, and a log that writes to w.
func Options(w io.Writer) site.Options {
	var n atomic.Int64
	return site.Options{
		Now:   func() time.Time { return time.Date(2026, 3, 3, 13, 5, 0, 0, time.UTC) },
		NewID: func() string { return fmt.Sprintf("01956c3e-7f00-7000-8000-%012x", n.Add(1)) },
		Log:   slog.New(slog.NewJSONHandler(w, nil)),
	}
}

// New returns a site with those options and no log.
func New() *site.Site { return site.New(Options(io.Discard)) }

// Get asks a page as a browser does.
func Get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// Post sends a form as a browser does from a page of the same site.
func Post(h http.Handler, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Golden holds a page against testdata/name.html; go test -update writes it.
// The digests in names of assets are left out, as they change with the look.
func Golden(t *testing.T, name string, html []byte) {
	t.Helper()
	html = lines(html)
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, html, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, html) {
		t.Errorf("%s differs from the page at line %d; go test -update writes it anew\n%s", file, differ(want, html), html)
	}
}

// lines puts each block on a line of its own, so that a change reads well.
func lines(html []byte) []byte {
	s := string(html)
	for _, tag := range []string{"head", "meta", "title", "link", "body", "header", "main", "nav", "section", "div", "form", "fieldset", "label", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "th", "td", "button", "details"} {
		s = strings.ReplaceAll(s, "<"+tag+">", "\n<"+tag+">")
		s = strings.ReplaceAll(s, "<"+tag+" ", "\n<"+tag+" ")
	}
	for _, name := range []string{"zorgplicht", "source-sans", "icon"} {
		before := "/assets/" + name + "-"
		for i := strings.Index(s, before); i >= 0 && i+len(before)+12 <= len(s); {
			s = s[:i] + "/assets/" + name + s[i+len(before)+12:]
			i = strings.Index(s, before)
		}
	}
	s = integrity.ReplaceAllString(s, "")
	return []byte(strings.TrimSpace(s) + "\n")
}

var integrity = regexp.MustCompile(` integrity="[^"]*"`)

func differ(a, b []byte) int {
	la, lb := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(la), len(lb)) {
		if !bytes.Equal(la[i], lb[i]) {
			return i + 1
		}
	}
	return min(len(la), len(lb)) + 1
}
