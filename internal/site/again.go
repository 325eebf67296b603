package site

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"

	"zorgplicht/internal/fault"
)

// formName is the field by which a form that makes something is known: sent twice it
// makes one thing.
const formName = "formulier"

// Keyed is the page of a form that makes something. Its key stands in its address, so
// that whoever comes back to it, also by the button of the browser, finds the same form.
func Keyed[S any](newKey func() string, page func(*http.Request, S) (Reply, error)) func(*http.Request, S) (Reply, error) {
	return func(r *http.Request, who S) (Reply, error) {
		if FormKey(r) == "" {
			q := r.URL.Query()
			q.Set(formName, newKey())
			return SeeOther(r.URL.Path + "?" + q.Encode()), nil
		}
		return page(r, who)
	}
}

// FormKey is the key of the form that is shown or sent; "" where it has none.
func FormKey(r *http.Request) string {
	key := r.PostFormValue(formName)
	if key == "" {
		key = r.URL.Query().Get(formName)
	}
	if len(key) != 36 || strings.Trim(key, "0123456789abcdef-") != "" {
		return ""
	}
	return key
}

// KeyField is the key of a form as one of its parts.
func KeyField(key string) Hidden { return Hidden{formName, key} }

// NextKey is the key of the form that comes after one that was sent: the same each time.
func NextKey(key string) string {
	h := sha256.Sum256([]byte("form after " + key))
	h[6], h[8] = 0x70|h[6]&0x0f, 0x80|h[8]&0x3f
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// SentBefore returns what a form made when it was sent before, where now something else
// was sent by it.
func SentBefore(err error) (made []byte, ok bool) {
	f := fault.As(err)
	if f == nil || f.Reason != "idempotency-key-reused" {
		return nil, false
	}
	return f.Earlier, true
}

// A Sent is that a form was sent before with something else in it. The page of the form
// says so, and keeps what was typed: who sends it again makes a second one.
type Sent struct {
	What Link   // what it made; without Href that cannot be opened
	Do   string // how that is put right, a sentence; may be empty
}
