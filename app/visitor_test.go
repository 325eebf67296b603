package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A visitor is who sends requests: a browser of a client or of staff, or a
// program. It follows no redirect by itself.
type visitor struct {
	base   string
	secret string // bearer token of a program, "" for none
	cookie string // session of staff, "" for none
	http   *http.Client
	hears  func(*heard) // is told every answer; may be nil
}

func newVisitor(base string) *visitor {
	return &visitor{base: base, http: &http.Client{
		Timeout:       30 * time.Second,
		Transport:     &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func (v *visitor) as(secret string) *visitor { p := *v; p.secret = secret; return &p }

// heard is one answer, whole.
type heard struct {
	asked  string // method and path
	status int
	header http.Header
	body   string
}

func (h *heard) String() string { return fmt.Sprintf("%s gave %d: %.300s", h.asked, h.status, h.body) }

// mustBe fails the test unless the answer has this status.
func (h *heard) mustBe(t testing.TB, status int) *heard {
	t.Helper()
	if h.status != status {
		t.Fatalf("want status %d, but %s", status, h)
	}
	return h
}

// ask sends one request. Its error is of the line, never of the answer.
func (v *visitor) ask(method, path string, body io.Reader, header http.Header) (*heard, error) {
	r, err := http.NewRequest(method, v.base+path, body)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if v.secret != "" {
		r.Header.Set("Authorization", "Bearer "+v.secret)
	}
	if v.cookie != "" {
		r.Header.Set("Cookie", v.cookie)
	}
	w, err := v.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		return nil, err
	}
	h := &heard{method + " " + path, w.StatusCode, w.Header, string(b)}
	if v.hears != nil {
		v.hears(h)
	}
	return h, nil
}

// A form that gets its key is asked again with it, as browsers do.
func (v *visitor) get(path string) (*heard, error) {
	h, err := v.ask("GET", path, nil, nil)
	if err == nil && h.status == http.StatusSeeOther && strings.Contains(h.header.Get("Location"), "formulier=") {
		return v.ask("GET", h.header.Get("Location"), nil, nil)
	}
	return h, err
}

// post sends a form, given as names and values in turn.
func (v *visitor) post(path string, pairs ...string) (*heard, error) {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return v.ask("POST", path, strings.NewReader(form.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// start asks the API for an attempt, under an idempotency key.
func (v *visitor) start(reference, key string) (*heard, error) {
	body, err := json.Marshal(map[string]any{
		"test": demoTest, "clientReference": reference, "channel": "website", "adviceGiven": false,
	})
	if err != nil {
		return nil, err
	}
	return v.ask("POST", "/v1/toetspogingen", bytes.NewReader(body), http.Header{
		"Content-Type": {"application/json"}, "Idempotency-Key": {key},
	})
}

// started reads what a start was answered: the attempt and the secret of its link.
func (h *heard) started() (id, token string, err error) {
	var body struct{ ID, Link string }
	if err := json.Unmarshal([]byte(h.body), &body); err != nil {
		return "", "", err
	}
	_, token, _ = strings.Cut(body.Link, "/t/")
	if body.ID == "" || token == "" {
		return "", "", fmt.Errorf("no attempt in %s", h)
	}
	return body.ID, token, nil
}

// sure is for a visitor whose line must hold.
func sure(t testing.TB) func(*heard, error) *heard {
	return func(h *heard, err error) *heard {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
}

var (
	radio    = regexp.MustCompile(`<input type="radio" name="antwoord" value="(\d+)"([^>]*)>`)
	progress = regexp.MustCompile(`<progress [^>]*max="(\d+)"`)
)

// choices returns how many options a question's page shows, and which is chosen,
// "" for none.
func (h *heard) choices() (n int, chosen string) {
	for _, m := range radio.FindAllStringSubmatch(h.body, -1) {
		n++
		if strings.Contains(m[2], " checked") {
			chosen = m[1]
		}
	}
	return n, chosen
}

// command sends a body to the API under an idempotency key.
func (v *visitor) command(path, key, body string) (*heard, error) {
	return v.ask("POST", path, strings.NewReader(body), http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {key}})
}

// reads reads an answer as JSON.
func (h *heard) reads(t testing.TB, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(h.body), into); err != nil {
		t.Fatalf("%v in %s", err, h)
	}
}
