package sitetest

import (
	"html"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/internal/site"
)

// A Visitor reads pages and sends forms for a test.
type Visitor struct {
	*site.Site
	T testing.TB
}

// Get asks a page.
func (v Visitor) Get(path string) *httptest.ResponseRecorder { return Get(v.Site, path) }

// Post sends a form of fields, each name followed by its value; a name may come more
// than once.
func (v Visitor) Post(path string, fields ...string) *httptest.ResponseRecorder {
	v.T.Helper()
	if len(fields)%2 != 0 {
		v.T.Fatalf("POST %s: the last field has no value", path)
	}
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return Post(v.Site, path, form)
}

// Wants returns where an answer leads. Another status ends the test; a word that the
// page lacks fails it. Spaces that hold words together count as spaces.
func (v Visitor) Wants(w *httptest.ResponseRecorder, status int, says ...string) string {
	v.T.Helper()
	page := Read(w)
	if w.Code != status {
		v.T.Fatalf("status %d, want %d:\n%s", w.Code, status, page)
	}
	for _, s := range says {
		if !strings.Contains(page, s) {
			v.T.Errorf("the page lacks %q:\n%s", s, page)
		}
	}
	return w.Header().Get("Location")
}

// Lacks fails the test where the page of an answer holds one of these words.
func (v Visitor) Lacks(w *httptest.ResponseRecorder, words ...string) {
	v.T.Helper()
	page := Read(w)
	for _, s := range words {
		if strings.Contains(page, s) {
			v.T.Errorf("the page holds %q:\n%s", s, page)
		}
	}
}

// Read returns the page of an answer as a reader sees its words, marks and all.
func Read(w *httptest.ResponseRecorder) string {
	return strings.ReplaceAll(html.UnescapeString(w.Body.String()), "\u00a0", " ")
}
