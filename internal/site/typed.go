package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"zorgplicht/internal/fault"
)

// Typed are the texts of a form that somebody wrote: all that holds a blank, as a
// choice, a number and a day do not. Nil where the form holds a password, or was not
// read.
func Typed(r *http.Request) (texts []string) {
	for name, values := range r.PostForm {
		if strings.Contains(name, "wachtwoord") {
			return nil
		}
		for _, v := range values {
			if v = strings.TrimSpace(v); strings.ContainsAny(v, " \n\t") {
				texts = append(texts, v)
			}
		}
	}
	slices.Sort(texts)
	return texts
}

// unsaved are the texts that are lost with a fault: what the page of it shows, so that
// nobody has to write them again.
func unsaved(r *http.Request, err error) []string {
	f := fault.As(err)
	if r.Method != http.MethodPost || f != nil && (f.Kind == fault.Invalid || f.Kind == fault.Denied) {
		return nil
	}
	return Typed(r)
}

// Whence is the address on this host of the page from which a form was sent; "" where
// the browser does not say, or where it was the answer to the same form.
func Whence(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host == "" || from.Host != r.Host || from.Path == r.URL.Path || strings.HasPrefix(from.Path, "//") {
		return ""
	}
	return from.RequestURI()
}
