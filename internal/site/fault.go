package site

import (
	"errors"
	"net/http"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/lang"
)

// A Message is what a page says of a fault: what is the matter, and what the
// reader can do.
type Message struct {
	Title string
	Text  string
	Do    string // what the reader can do now; may be empty
	Next  Link   // where to go on; may be empty
}

// Explain adds the messages of a room, by reason of a fault. A reason without a
// message gets the general words of its kind.
func (s *Site) Explain(messages map[string]Message) {
	for reason, m := range messages {
		s.messages[reason] = m
	}
}

// A Telling is a Message in every language, for pages that speak more than one.
type Telling struct {
	Title lang.Text
	Text  lang.Text
	Do    lang.Text
}

// In is the message in this language.
func (t Telling) In(l lang.Lang) Message {
	return Message{Title: l.Say(t.Title), Text: l.Say(t.Text), Do: l.Say(t.Do)}
}

// Tell adds the messages of a room that are read in every language.
func (s *Site) Tell(tellings map[string]Telling) {
	for reason, t := range tellings {
		s.tellings[reason] = t
	}
}

// Reasons of the site itself.
var (
	errNoPage    = fault.New(fault.NotFound, "no-such-page", "")
	errNoMethod  = fault.New(fault.NotFound, "method-not-allowed", "")
	errCrossed   = fault.New(fault.Denied, "cross-origin", "")
	errBusy      = fault.New(fault.Unavailable, "too-many-requests", "")
	errTooLarge  = fault.New(fault.Invalid, "too-large", "")
	errIllegible = fault.New(fault.Invalid, "illegible", "")
)

var statuses = map[fault.Kind]int{
	fault.NotFound:    http.StatusNotFound,
	fault.Invalid:     http.StatusBadRequest,
	fault.Conflict:    http.StatusConflict,
	fault.Denied:      http.StatusForbidden,
	fault.Gone:        http.StatusGone,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// StatusOf returns the HTTP status of an error: of a fault by its kind, 500 of any
// other.
func StatusOf(err error) int {
	f := fault.As(err)
	if f == nil {
		return http.StatusInternalServerError
	}
	switch f.Reason {
	case "method-not-allowed":
		return http.StatusMethodNotAllowed
	case "too-many-requests":
		return http.StatusTooManyRequests
	case "too-large":
		return http.StatusRequestEntityTooLarge
	}
	if status, ok := statuses[f.Kind]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// retryAfter is how many seconds a client should wait when the store is away.
const retryAfter = "10"

// refuse writes the page of an error and logs what the page does not say.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	err = tooLarge(err)
	for _, m := range s.mounted {
		if below(r, m.prefix) {
			m.refuse(w, r, err)
			return
		}
	}
	status := StatusOf(err)
	if status >= 500 {
		s.options.Log.ErrorContext(r.Context(), "request failed", "request", RequestID(r), "status", status, "error", err)
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", retryAfter)
	}
	m := s.message(lang.From(r.Context()), err)
	if from := Whence(r); from != "" && (status == http.StatusConflict || status == http.StatusRequestEntityTooLarge) && r.Method == http.MethodPost {
		m.Next = Link{Text: lang.From(r.Context()).Say(openAnew), Href: from}
	}
	p := faultPage(m, status, RequestID(r), Problems(err), unsaved(r, err))
	if err := Page(status, p).Write(w, r); err != nil {
		s.options.Log.WarnContext(r.Context(), "fault page cut", "request", RequestID(r), "error", err)
	}
}

func tooLarge(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return errTooLarge
	}
	return err
}

func (s *Site) message(l lang.Lang, err error) Message {
	f := fault.As(err)
	if f == nil {
		return internal.In(l)
	}
	if m, ok := s.messages[f.Reason]; ok {
		return m
	}
	for _, t := range []map[string]Telling{s.tellings, own} {
		if m, ok := t[f.Reason]; ok {
			return m.In(l)
		}
	}
	if m, ok := general[f.Kind]; ok {
		return m.In(l)
	}
	return internal.In(l)
}

// plain refuses in a line of text, for mounts that have no page.
func plain(w http.ResponseWriter, _ *http.Request, err error) {
	status := StatusOf(err)
	http.Error(w, http.StatusText(status), status)
}

// Problems lists the details of an invalid input, for ErrorSummary and for the
// fields they are about; nil for any other error.
func Problems(err error) []Problem {
	f := fault.As(err)
	if f == nil {
		return nil
	}
	var list []Problem
	for _, d := range f.Details {
		list = append(list, Problem{Field: fieldID(d.Pointer), Text: d.Text})
	}
	return list
}
