package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// A Reply is what a handler answers. Write may fail only before it has written
// anything, or because the reader went away.
type Reply interface {
	Write(w http.ResponseWriter, r *http.Request) error
}

// Page is a reply that shows a page, rendered whole before the first byte leaves.
func Page(status int, c templ.Component) Reply { return page{status, c, false} }

// PasskeyPage is a Page with the script that lets its reader use a passkey.
func PasskeyPage(status int, c templ.Component) Reply { return page{status, c, true} }

type page struct {
	status   int
	content  templ.Component
	passkeys bool
}

type passkeysKey struct{}

func usesPasskeys(ctx context.Context) bool { return ctx.Value(passkeysKey{}) != nil }

// JSON is a reply to a script of ours.
func JSON(status int, body []byte) Reply { return jsonReply{status, body} }

type jsonReply struct {
	status int
	body   []byte
}

func (j jsonReply) Write(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(j.status)
	_, err := w.Write(j.body)
	return sent(err)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (p page) Write(w http.ResponseWriter, r *http.Request) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer buffers.Put(b)
	ctx := wear(w, r)
	scripted := p.passkeys
	if p.passkeys {
		ctx = context.WithValue(ctx, passkeysKey{}, true)
	}
	if err := p.content.Render(context.WithValue(ctx, scriptsKey{}, &scripted), b); err != nil {
		return fmt.Errorf("render page: %w", err)
	}
	if scripted && !strings.Contains(w.Header().Get("Content-Security-Policy"), "script-src") {
		allowScripts(w.Header())
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(p.status)
	_, err := w.Write(b.Bytes())
	return sent(err)
}

// SeeOther is the reply to a post that succeeded: 303 to a path of ours.
func SeeOther(path string) Reply { return seeOther(path) }

type seeOther string

func (s seeOther) Write(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, string(s), http.StatusSeeOther)
	return nil
}

// Download is a reply that a browser keeps as a file of this name. write streams
// the content; should it fail half-way the connection is cut, so that nobody
// takes half a file for a whole one.
func Download(name, mediaType string, write func(io.Writer) error) Reply {
	return download{name, mediaType, write}
}

type download struct {
	name, mediaType string
	write           func(io.Writer) error
}

func (d download) Write(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", d.mediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.name}))
	if r.Method == http.MethodHead {
		return nil
	}
	c := &counting{w: w}
	err := d.write(c)
	if err != nil && c.n == 0 {
		h.Del("Content-Disposition")
		return fmt.Errorf("write %s: %w", d.name, err)
	}
	if err != nil {
		return sent(err)
	}
	return nil
}

type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// WithHeader is reply with one more header, such as a cookie.
func WithHeader(reply Reply, name, value string) Reply { return withHeader{reply, name, value} }

type withHeader struct {
	Reply
	name, value string
}

func (x withHeader) Write(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add(x.name, x.value)
	return x.Reply.Write(w, r)
}

// A cut is an error after the first byte: no page can tell of it any more.
type cut struct{ cause error }

func (c cut) Error() string { return "reply was cut: " + c.cause.Error() }
func (c cut) Unwrap() error { return c.cause }

func sent(err error) error {
	if err == nil {
		return nil
	}
	return cut{err}
}

// send writes the reply, or the page for the error that kept it from us.
func (s *Site) send(w http.ResponseWriter, r *http.Request, reply Reply) {
	err := reply.Write(w, r)
	if err == nil {
		return
	}
	if _, half := err.(cut); half { //nolint:errorlint // a cut is never wrapped
		s.options.Log.WarnContext(r.Context(), "reply cut", "request", RequestID(r), "error", err)
		panic(http.ErrAbortHandler)
	}
	s.refuse(w, r, err)
}
