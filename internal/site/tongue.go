package site

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"zorgplicht/internal/lang"
)

// What the frames and components say themselves.
var (
	ownName      = lang.Of("Nederlands", "English")
	toContent    = lang.Of("Naar de inhoud", "Skip to content")
	questionOf   = lang.Of("Vraag %d van %d", "Question %d of %d")
	numberOfThis = lang.Of("Nummer van deze melding:", "Number of this message:")
	wrongly      = lang.Of("Fout:", "Error:")
	optional     = lang.Of("(niet verplicht)", "(optional)")
	notRight     = lang.Plural{
		One:  lang.Of("Er klopt nog iets niet", "Something is not right yet"),
		Many: lang.Of("Er kloppen nog een paar dingen niet", "A few things are not right yet"),
	}
)

// A Dress is how a page looks to this visitor, beside what is on it.
type Dress struct {
	Lang  lang.Lang // in which it speaks
	Other string    // address of the same page in the other language; empty: none is offered
}

type dressing struct {
	prefix string
	dress  func(*http.Request) Dress
}

// Dress says how pages below a prefix, such as "/t/", look: also those that tell of
// a fault, from whatever part of the house. Elsewhere all is Dutch.
func (s *Site) Dress(prefix string, dress func(*http.Request) Dress) {
	s.dressings = append(s.dressings, dressing{prefix, dress})
}

type dressKey struct{}

// dressed is the request with its dress.
func (s *Site) dressed(r *http.Request) *http.Request {
	for _, d := range s.dressings {
		if strings.HasPrefix(r.URL.Path, d.prefix) {
			dress := d.dress(r)
			return r.WithContext(context.WithValue(lang.With(r.Context(), dress.Lang), dressKey{}, dress))
		}
	}
	return r
}

func dressOf(ctx context.Context) Dress {
	d, _ := ctx.Value(dressKey{}).(Dress)
	return d
}

// inTongue marks what is in another language than its page.
func inTongue(l lang.Lang) templ.Attributes {
	if l == "" {
		return nil
	}
	return templ.Attributes{"lang": string(l)}
}
