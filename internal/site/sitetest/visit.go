package sitetest

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
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

// Get asks a page. A form that gets its key is asked again with it, as browsers do.
func (v Visitor) Get(path string) *httptest.ResponseRecorder {
	w := Get(v.Site, path)
	if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther && strings.Contains(to, "formulier=") {
		return Get(v.Site, to)
	}
	return w
}

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

// Upload sends a form with a file in the field bestand, and fields as Post does.
func (v Visitor) Upload(path, name, content string, fields ...string) *httptest.ResponseRecorder {
	v.T.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("bestand", name)
	if err != nil {
		v.T.Fatal(err)
	}
	_, _ = f.Write([]byte(content)) // a buffer takes all
	for i := 0; i+1 < len(fields); i += 2 {
		_ = m.WriteField(fields[i], fields[i+1])
	}
	_ = m.Close()
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	v.ServeHTTP(w, r)
	return w
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

// SentTwice holds a form that makes something to its promise: fetched, sent, sent again
// and sent with other words in it. It makes one thing, and nothing typed is lost: the
// last is told, with the way to what was made, and sent anew it makes a second one. open
// is where the first stands on that page, "" where it leads.
func (v Visitor) SentTwice(path, open string, form, other []string) (first, second string) {
	v.T.Helper()
	at := v.Wants(Get(v.Site, path), http.StatusSeeOther)
	to, err := url.Parse(at)
	if err != nil {
		v.T.Fatal(err)
	}
	key := to.Query().Get("formulier")
	v.Wants(Get(v.Site, at), http.StatusOK, key)
	send := func(key string, form []string, status int, says ...string) string {
		v.T.Helper()
		return v.Wants(v.Post(path, append([]string{"formulier", key}, form...)...), status, says...)
	}
	first = send(key, form, http.StatusSeeOther)
	if again := send(key, form, http.StatusSeeOther); again != first {
		v.T.Errorf("sent twice %s led to %s and %s", path, first, again)
	}
	if open == "" {
		open = first
	}
	next := site.NextKey(key)
	for range 2 { // also who reloads that page
		send(key, other, http.StatusConflict, "Dit formulier hebt u al verstuurd", open, next, other[len(other)-1])
	}
	second = send(next, other, http.StatusSeeOther)
	if again := send(next, other, http.StatusSeeOther); again != second {
		v.T.Errorf("sent anew %s led to %s and %s", path, second, again)
	}
	return first, second
}
