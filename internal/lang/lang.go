// Package lang holds what is said to people in more than one language. A Text is
// a Go value with both wordings side by side, so that a key that does not exist,
// or that lacks a language, does not compile:
//
//	var begin = lang.Of("Begin met de toets", "Start the test")
//
// A test of this package reads every Text of the project and holds its wordings
// against each other.
package lang

import (
	"context"
	"fmt"
	"strings"
)

// A Lang is a language in which the house speaks, by its BCP 47 tag.
type Lang string

// The languages. Whoever asks for none reads Dutch.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// All are all languages, in the order in which they are offered.
var All = []Lang{Dutch, English}

// Other is the language that a page offers instead of this one.
func (l Lang) Other() Lang {
	if l == English {
		return Dutch
	}
	return English
}

// A Text is one thing to say, in each language. It may hold verbs of package fmt,
// the same ones in each wording. The zero Text says nothing.
type Text struct {
	nl, en string
}

// Of is the text with these wordings, Dutch and English.
func Of(nl, en string) Text { return Text{nl, en} }

// Say returns the wording of this language, its verbs filled in with the arguments.
func (l Lang) Say(t Text, args ...any) string {
	s := t.nl
	if l == English {
		s = t.en
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// A Plural is what is said of one, and of any other number, which %d stands for.
// Both languages of the house need no more.
type Plural struct {
	One, Many Text
}

// Count says the plural of n: "1 vraag", "3 questions".
func (l Lang) Count(p Plural, n int) string {
	if n == 1 {
		return l.Say(p.One)
	}
	if many := l.Say(p.Many); !strings.Contains(many, "%d") {
		return many
	}
	return l.Say(p.Many, n)
}

type key struct{}

// With returns a context in which pages are written in this language.
func With(ctx context.Context, l Lang) context.Context { return context.WithValue(ctx, key{}, l) }

// From returns the language of the context; Dutch where none was set.
func From(ctx context.Context) Lang {
	if l, ok := ctx.Value(key{}).(Lang); ok {
		return l
	}
	return Dutch
}
