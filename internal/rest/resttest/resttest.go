// Package resttest lets tests ask the API as a program of a firm does: over HTTP, with
// a token and a key for each write.
package resttest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/rest"
)

// Fields is an object of JSON.
type Fields = map[string]any

// A Line is a program that asks over HTTP. Whoever it is, may change between two
// questions.
type Line struct {
	T      testing.TB
	URL    string // without the prefix of the paths
	Caller rest.Caller
}

// Open returns a line to an API with what mount mounts on it, asked by a program of a
// new firm that has these scopes: all there are.
func Open(t testing.TB, scopes []string, mount func(*rest.API)) *Line {
	t.Helper()
	l := &Line{T: t}
	l.Be(ident.Firm(NewID()), scopes...)
	known := map[string]string{}
	for _, s := range scopes {
		known[s] = s
	}
	a := rest.New(rest.Options{
		Title: "Zorgplicht", Version: "1.0.0", BaseURL: "https://zorgplicht.example", Scopes: known,
		Log: slog.New(slog.DiscardHandler), Request: func(*http.Request) string { return "0000" },
		Callers: func(context.Context, string) (rest.Caller, error) { return l.Caller, nil },
	})
	mount(a)
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	l.URL = server.URL
	return l
}

// NewID returns a new id, good as a key too.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Be lets another program ask, of this firm and with these scopes.
func (l *Line) Be(firm ident.Firm, scopes ...string) {
	l.Caller = rest.Caller{Actor: ident.Actor{Firm: firm, Kind: ident.Program, ID: NewID()}, Scopes: scopes}
}

// Call asks, under a key that is used once, and ends the test at another status.
func (l *Line) Call(status int, method, path string, body any) Fields {
	l.T.Helper()
	return l.Keyed(NewID(), status, method, path, body)
}

// Keyed is Call under this key.
func (l *Line) Keyed(key string, status int, method, path string, body any) (v Fields) {
	l.T.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		l.T.Fatal(err)
	}
	got, said := l.ask(key, method, path, string(b))
	if got != status {
		l.T.Fatalf("%s %s: %d, want %d: %s", method, path, got, status, said)
	}
	if err := json.Unmarshal([]byte(said), &v); err != nil {
		l.T.Fatalf("%s %s answers %q", method, path, said)
	}
	return v
}

// Say asks with a body as it stands, "" for none, and returns the answer as it was given.
func (l *Line) Say(method, path, body string) (status int, said string) {
	l.T.Helper()
	return l.ask(NewID(), method, path, body)
}

func (l *Line) ask(key, method, path, body string) (status int, said string) {
	l.T.Helper()
	r, err := http.NewRequestWithContext(l.T.Context(), method, l.URL+rest.Prefix+path, strings.NewReader(body))
	if err != nil {
		l.T.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", key)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		l.T.Fatal(err)
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		l.T.Fatalf("%s %s: %d: %v", method, path, w.StatusCode, err)
	}
	return w.StatusCode, string(b)
}

// Items are the records of a page of a list.
func Items(page Fields) []any {
	all, _ := page["items"].([]any)
	return all
}

// Turn reads a list to its end by its cursors, so many at a time, and returns the ids
// in the order of the list. It fails the test where one comes twice.
func (l *Line) Turn(path string, limit int) (ids []string) {
	l.T.Helper()
	joint := "?"
	if strings.Contains(path, "?") {
		joint = "&"
	}
	path = fmt.Sprintf("%s%slimit=%d", path, joint, limit)
	for at := path; ; {
		page := l.Call(http.StatusOK, http.MethodGet, at, nil)
		for _, i := range Items(page) {
			id := fmt.Sprint(i.(Fields)["id"])
			if slices.Contains(ids, id) {
				l.T.Fatalf("%s comes twice in %s", id, path)
			}
			ids = append(ids, id)
		}
		next, _ := page["nextCursor"].(string)
		if next == "" {
			return ids
		}
		at = path + "&cursor=" + next
	}
}

// Faults are where a request was wrong and how, sorted.
func Faults(answer Fields) (list []string) {
	all, _ := answer["errors"].([]any)
	for _, e := range all {
		one := e.(Fields)
		list = append(list, fmt.Sprint(one["pointer"], " ", one["code"]))
	}
	slices.Sort(list)
	return list
}

// Pointers are where a request was wrong, sorted.
func Pointers(answer Fields) (list []string) {
	for _, f := range Faults(answer) {
		at, _, _ := strings.Cut(f, " ")
		list = append(list, at)
	}
	return list
}
