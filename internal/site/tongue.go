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
	openAnew     = lang.Of("Pagina opnieuw openen", "Open the page again")
	youWrote     = lang.Of("Wat u had geschreven", "What you had written")
	takeAlong    = lang.Of("Neem over wat u nog nodig hebt. Deze pagina wordt niet bewaard.", "Copy what you still need. This page is not kept.")
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

	// Look says how its firm wants it to look; it is asked once, when a page is
	// written. nil is the look of the house.
	Look func() Look
}

// A Look is what a firm chose for the pages of its clients.
type Look struct {
	Accent string   // colour of links and buttons, "#14506e"; "" and what cannot be read: ours
	Band   string   // colour of the band on top; "" is that of the accent
	Frames []string // origins that may show these pages in a frame
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

// wear settles how a page looks, as it is written: who may frame it goes into its
// headers, the rest into the context in which it is rendered.
func wear(w http.ResponseWriter, r *http.Request) context.Context {
	d := dressOf(r.Context())
	if d.Look == nil {
		return r.Context()
	}
	l := d.Look()
	if len(l.Frames) > 0 {
		frame(w.Header(), l.Frames)
	}
	return context.WithValue(r.Context(), lookKey{}, l)
}

type lookKey struct{}

func lookOf(ctx context.Context) Look {
	l, _ := ctx.Value(lookKey{}).(Look)
	return l
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

// plainly is the request in its language and the look of the house, for who is
// refused before anything is asked of the store.
func plainly(r *http.Request) *http.Request {
	d := dressOf(r.Context())
	d.Look = nil
	return r.WithContext(context.WithValue(r.Context(), dressKey{}, d))
}
