// Package rule holds what makes a decision of the house worth keeping: a named,
// versioned, pure function from facts to an answer that gives its reasons.
//
// A room exports its rules as values made by New and asks them itself with Ask
// or, where the decision is kept, with Decide. The registry holds the same
// values for the desk, the batch and the replay, which ask by name.
//
// A released version never changes what it answers: a rule whose outcome
// changes gets a new version, and the old one stays callable.
package rule

import (
	"maps"
	"reflect"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// The profiles: which law a rule answers under.
const (
	Current = "actueel"  // the AFM documents, as they stood on the day they were read
	Bfd2005 = "bfd-2005" // the decree (Besluit financiële dienstverlening) of 2005
)

// A Reason says why an answer is as it is: a stable code, the norm it rests on
// and the values that weighed. Text is the Dutch sentence made from these. It is
// never compared and not kept with a decision.
type Reason struct {
	Code   string            `json:"code"`
	Norm   ident.Norm        `json:"norm"`
	Values map[string]string `json:"values,omitempty"`
	Text   string            `json:"-"`
}

// Why is embedded by every answer and holds its reasons in the order they
// weighed. A rule makes the slice anew for each answer.
type Why struct {
	Because []Reason `json:"-"`
}

// Reasons returns the reasons in the order they weighed.
func (w Why) Reasons() []Reason { return w.Because }

// Cited are these reasons as people read them, each with its norm.
func Cited(reasons []Reason) (lines []string) {
	for _, r := range reasons {
		lines = append(lines, r.Text+" ("+r.Norm.Dutch()+")")
	}
	return lines
}

// An Answer is what a rule answers: any struct that canon can write and that
// embeds Why.
type Answer interface{ Reasons() []Reason }

// A Checker is a question that can be wrong as a whole, beyond the types of its
// fields. Check returns what is wrong, with pointers that start at the question;
// it is asked also when fields are wrong, which are then empty.
type Checker interface{ Check() []fault.Detail }

// An Opener fetches the canonical bytes of a sealed thing.
type Opener func(ident.Hash) ([]byte, error)

// A Rule is a named, versioned decision. It is made by New and may be asked by
// many at once.
type Rule[In any, Out Answer] struct {
	*about
	decide func(In) Out
}

// about is a rule apart from its types. What asks by name goes through it, so that this
// is compiled once and not for every rule.
type about struct {
	name    string
	version int
	profile string
	norms   []ident.Norm
	texts   map[string]string
	words   map[string]string
	grouped bool
	in, out reflect.Type
	answer  func(question any) Answer // question is a pointer to the type in
}

// An Option adds to a rule.
type Option func(*about)

// Texts gives the Dutch sentence for each reason code. {value} stands for the
// reason's value of that name.
func Texts(t map[string]string) Option { return func(a *about) { a.texts = t } }

// Profile sets the profile the rule answers under; without it, Current.
func Profile(p string) Option { return func(a *about) { a.profile = p } }

// New returns the rule of this name and version that decides by a pure function
// and rests on these norms.
func New[In any, Out Answer](name string, version int, norms []ident.Norm, decide func(In) Out, opts ...Option) Rule[In, Out] {
	a := &about{
		name: name, version: version, profile: Current, norms: norms, in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
		answer: func(question any) Answer { return decide(*question.(*In)) },
	}
	for _, o := range opts {
		o(a)
	}
	return Rule[In, Out]{a, decide}
}

// Name returns the name by which the desk knows the rule.
func (a *about) Name() string { return a.name }

// Version returns the version, from 1.
func (a *about) Version() int { return a.version }

// Norms returns the norms the rule rests on.
func (a *about) Norms() []ident.Norm { return a.norms }

// Profile returns the profile the rule answers under.
func (a *about) Profile() string { return a.profile }

// Sentences returns the Dutch sentence of each reason code, with {value} where a
// value comes.
func (a *about) Sentences() map[string]string { return maps.Clone(a.texts) }

// Ask decides and renders the texts of the reasons. The question is taken as it
// is: Check is for those who ask from outside.
func (r Rule[In, Out]) Ask(in In) Out {
	out := r.decide(in)
	r.explain(out.Reasons())
	return out
}

// explain writes the sentence of each reason.
func (a *about) explain(reasons []Reason) {
	for i := range reasons {
		reasons[i].Text = a.Render(reasons[i])
	}
}

// Decide asks, and returns beside the answer the decision as it is kept.
func (r Rule[In, Out]) Decide(in In) (Out, Decision) {
	out := r.Ask(in)
	return out, r.decided(in, out)
}

// decided is the decision as it is kept.
func (a *about) decided(in any, out Answer) Decision {
	return Decision{
		Rule: a.name, Version: a.version, Profile: a.profile, Norms: a.norms,
		Given: canon.Must(in), Answer: canon.Must(out), Reasons: out.Reasons(),
	}
}

// Render returns the Dutch sentence of a reason, or its code when the rule has
// no sentence for it.
func (a *about) Render(why Reason) string {
	text, ok := a.texts[why.Code]
	if !ok {
		return why.Code
	}
	var b strings.Builder
	for {
		start := strings.IndexByte(text, '{')
		if start < 0 {
			break
		}
		length := strings.IndexByte(text[start:], '}')
		if length < 0 {
			break
		}
		b.WriteString(text[:start])
		b.WriteString(a.readable(why.Values[text[start+1:start+length]]))
		text = text[start+length+1:]
	}
	if b.Len() == 0 {
		return text
	}
	b.WriteString(text)
	return b.String()
}
