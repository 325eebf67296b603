// Package fault names the few ways in which a request can fail. Doors turn
// kinds into pages and problem documents, and reasons into Dutch.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// A Kind is what a door needs to know of a failure.
type Kind string

// The kinds. An error that is none of these is internal: the user sees a number
// to quote, the log the rest.
const (
	NotFound    Kind = "not-found"
	Invalid     Kind = "invalid"
	Conflict    Kind = "conflict"
	Denied      Kind = "denied"
	Gone        Kind = "gone"        // it was there, and its time is over
	Unavailable Kind = "unavailable" // the store is full or away: try again later
)

// A Fault is an error that a door may show to the one who asked.
type Fault struct {
	Kind    Kind
	Reason  string   // stable kebab-case code, for programs and for the text in the reader's language
	About   string   // what it is about: an id, a field
	Details []Detail // every single fault of the input, where Kind is Invalid
	Earlier []byte   // what was answered to the earlier request, where another came under its key
	Cause   error    // for the log, never shown
}

// A Detail is one fault of the input.
type Detail struct {
	Pointer string // JSON pointer or field name, "/questions/3/options"
	Line    int    // line in a file, 0 where there is none
	Reason  string // stable kebab-case code
	Text    string // what is wrong and what to do, in the reader's language; never holds the rejected value
}

// Error returns kind, reason and all details on one line.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.Kind, f.Reason)
	if f.About != "" {
		b.WriteString(" " + f.About)
	}
	for i, d := range f.Details {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		fmt.Fprintf(&b, "%s%s %s", sep, d.Pointer, d.Reason)
	}
	if f.Cause != nil {
		b.WriteString(": " + f.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// New returns a fault of this kind, reason and subject.
func New(k Kind, reason, about string) error { return &Fault{Kind: k, Reason: reason, About: about} }

// Because returns a fault with the error that led to it.
func Because(k Kind, reason string, cause error) error {
	return &Fault{Kind: k, Reason: reason, Cause: cause}
}

// All returns one Invalid fault with every detail, or nil when there is none.
func All(reason string, details []Detail) error {
	if len(details) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Reason: reason, Details: details}
}

// As returns the fault in err's chain, or nil.
func As(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is reports whether err holds a fault of this kind.
func Is(err error, k Kind) bool { f := As(err); return f != nil && f.Kind == k }

// Has reports whether err holds a fault with this reason.
func Has(err error, reason string) bool { f := As(err); return f != nil && f.Reason == reason }
