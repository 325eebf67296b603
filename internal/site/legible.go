package site

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// legible reads what a request says, its address and the fields of a plain form, and
// refuses bytes that are no text: no rule and no database takes them. The parts of a
// form with files are read by the page, which knows how large they may be.
func legible(r *http.Request) error {
	if !isText(r.URL.Path) || !areText(r.URL.Query()) {
		return errIllegible
	}
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil
	}
	err := r.ParseForm()
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	if err != nil || !areText(r.PostForm) {
		return errIllegible
	}
	return nil
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

func areText(fields url.Values) bool {
	for name, values := range fields {
		for _, v := range append(values, name) {
			if !isText(v) {
				return false
			}
		}
	}
	return true
}
