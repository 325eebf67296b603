package site

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// policy allows styles, font and pictures of our own, forms to ourselves, and
// nothing else: no script at all, and no page of others around ours.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// frame lets pages of these origins show this one in a frame, and it load the one
// script of ours that tells them its height.
func frame(h http.Header, origins []string) {
	h.Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'none'", "script-src 'self'; frame-ancestors "+strings.Join(origins, " "), 1))
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// harden sets the headers that every answer has, whatever it is.
func (s *Site) harden(h http.Header, request string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Request-Id", request)
	if s.options.TLS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

type tale struct {
	request string
	pattern string
}

type key struct{}

// RequestID returns the number of this request, which a user can quote and the
// log holds: twelve hexadecimal digits in three groups.
func RequestID(r *http.Request) string {
	if t, ok := r.Context().Value(key{}).(*tale); ok {
		return t.request
	}
	return ""
}

func note(r *http.Request, pattern string) {
	if t, ok := r.Context().Value(key{}).(*tale); ok {
		t.pattern = pattern
	}
}

// quotable cuts an id to what a person can read out over the telephone.
func quotable(id string) string {
	id = strings.ReplaceAll(id, "-", "")
	if len(id) < 12 {
		return id
	}
	id = id[len(id)-12:]
	return id[:4] + "-" + id[4:8] + "-" + id[8:]
}

// guard stands in front of all pages and mounts.
func (s *Site) guard(next http.Handler) http.Handler {
	crossing := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.options.Now()
		t := &tale{request: quotable(s.options.NewID())}
		r = s.dressed(r.WithContext(context.WithValue(r.Context(), key{}, t)))
		s.harden(w.Header(), t.request)
		rec := &recorder{ResponseWriter: w}
		defer s.tell(rec, r, t, start)
		defer s.rescue(rec, r)
		r.Body = http.MaxBytesReader(rec, r.Body, max(s.options.MaxBytes, s.room[r.URL.Path]))
		switch {
		case s.crowd != nil && !isAsset(r) && !s.crowd.admit(s.address(r), start):
			s.refuse(rec, plainly(r), errBusy)
		case crossing.Check(r) != nil:
			s.refuse(rec, r, errCrossed)
		default:
			next.ServeHTTP(rec, r)
		}
	})
}

// rescue turns a panic into a page with a number; the stack goes to the log.
func (s *Site) rescue(w *recorder, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler { //nolint:errorlint // the server compares it so, too
		panic(p)
	}
	s.options.Log.ErrorContext(r.Context(), "panic", "request", RequestID(r), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
	if w.status != 0 {
		panic(http.ErrAbortHandler) // half an answer is worse than none
	}
	s.refuse(w, r, fmt.Errorf("panic: %v", p))
}

// tell writes one line for each request. It holds no query, no address of a
// person and no secret: what a link carries is masked.
func (s *Site) tell(w *recorder, r *http.Request, t *tale, start time.Time) {
	s.options.Log.InfoContext(r.Context(), "request",
		"request", t.request, "method", r.Method, "path", mask(r.URL.Path), "route", t.pattern,
		"status", w.status, "bytes", w.bytes, "ms", s.options.Now().Sub(start).Milliseconds())
}

// mask hides the token of a client link, and any segment that could be one: 20
// characters or more that are no UUID.
func mask(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		secret := i == 2 && parts[1] == "t" && p != ""
		if secret || len(p) >= 20 && len(p) != 36 {
			parts[i] = "***"
		}
	}
	return strings.Join(parts, "/")
}

func below(r *http.Request, prefix string) bool { return strings.HasPrefix(r.URL.Path, prefix) }

// A recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
