package rule

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// The reasons of the faults that the registry returns.
const (
	BadQuestion = "bad-question" // the facts given are not what the rule takes
	UnknownRule = "unknown-rule" // no rule of that name and version
)

// A Reply is what a rule answers when asked by name.
type Reply struct {
	Rule    string
	Version int
	Profile string
	Norms   []ident.Norm
	Answer  canon.Raw
	Reasons []Reason // with texts
}

// Asked is a rule as the registry holds it. Only a Rule can be one.
type Asked interface {
	Name() string
	Version() int
	Profile() string
	Norms() []ident.Norm
	Sentences() map[string]string // by reason code
	In() reflect.Type             // of the question
	Out() reflect.Type            // of the answer
	AskJSON(given []byte, open Opener) (Reply, error)
	ask(given canon.Node, at string, open Opener) (Reply, []fault.Detail, error)
}

// joined adds faults of the question as a whole to those of its fields. A field
// that was already found wrong is not named again.
func joined(wrong []fault.Detail, at string, more []fault.Detail) []fault.Detail {
	fields := wrong
	for _, d := range more {
		d.Pointer = at + d.Pointer
		if !slices.ContainsFunc(fields, func(f fault.Detail) bool { return f.Pointer == d.Pointer }) {
			wrong = append(wrong, d)
		}
	}
	return wrong
}

// In returns the type of the question.
func (a *about) In() reflect.Type { return a.in }

// Out returns the type of the answer.
func (a *about) Out() reflect.Type { return a.out }

// AskJSON reads the question from JSON and asks. What is wrong with it is a
// fault.Invalid with every fault.
func (a *about) AskJSON(given []byte, open Opener) (Reply, error) {
	n, err := canon.Parse(given)
	if !n.Valid() {
		return Reply{}, err
	}
	reply, wrong, failed := a.ask(n, "", open)
	if f := fault.As(err); f != nil {
		wrong = append(f.Details, wrong...)
	}
	if err := fault.All(BadQuestion, wrong); err != nil {
		return Reply{}, err
	}
	return reply, failed
}

// ask reads the question from a node and asks, unless it is wrong.
func (a *about) ask(given canon.Node, at string, open Opener) (Reply, []fault.Detail, error) {
	in := reflect.New(a.in).Interface()
	wrong := given.Decode(in, at)
	if c, ok := in.(Checker); ok {
		wrong = joined(wrong, at, c.Check())
	}
	if wrong != nil {
		return Reply{}, wrong, nil
	}
	if sealed, ok := in.(interface{ Open(Opener) error }); ok {
		if err := sealed.Open(open); err != nil {
			if f := fault.As(err); f != nil && f.Kind == fault.Invalid && len(f.Details) > 0 {
				return Reply{}, joined(nil, at, f.Details), nil
			}
			return Reply{}, nil, err
		}
	}
	out := a.answer(in)
	a.explain(out.Reasons())
	answer, err := canon.Encode(out)
	if err != nil {
		return Reply{}, nil, fmt.Errorf("rule %s/%d: %w", a.name, a.version, err)
	}
	return Reply{a.name, a.version, a.profile, a.norms, answer, out.Reasons()}, nil, nil
}

// A Registry holds rules by name and version. It does not change after it is made.
type Registry struct {
	rules  []Asked
	newest map[string]Asked
	all    map[versioned]Asked
}

type versioned struct {
	name    string
	version int
}

// NewRegistry returns a registry of these rules. It fails when two have one name
// and version, and on a rule without a name, version or norms.
func NewRegistry(rules ...Asked) (*Registry, error) {
	r := &Registry{newest: map[string]Asked{}, all: map[versioned]Asked{}}
	for _, a := range rules {
		key := versioned{a.Name(), a.Version()}
		switch {
		case key.name == "" || key.version < 1 || len(a.Norms()) == 0:
			return nil, fmt.Errorf("rule %q version %d lacks a name, a version or norms", key.name, key.version)
		case r.all[key] != nil:
			return nil, fmt.Errorf("rule %s version %d is registered twice", key.name, key.version)
		}
		r.all[key] = a
		if old := r.newest[key.name]; old == nil || old.Version() < key.version {
			r.newest[key.name] = a
		}
	}
	r.rules = slices.SortedFunc(slices.Values(rules), func(a, b Asked) int {
		if c := strings.Compare(a.Name(), b.Name()); c != 0 {
			return c
		}
		return a.Version() - b.Version()
	})
	return r, nil
}

// Rules returns all rules by name and version.
func (r *Registry) Rules() []Asked { return slices.Clone(r.rules) }

// Rule returns the rule of this name and version, 0 for the newest, or nil.
func (r *Registry) Rule(name string, version int) Asked {
	if version == 0 {
		return r.newest[name]
	}
	return r.all[versioned{name, version}]
}

// Ask asks the rule of this name and version, 0 for the newest. Open may be nil
// for rules that take no sealed things.
func (r *Registry) Ask(name string, version int, given []byte, open Opener) (Reply, error) {
	a := r.Rule(name, version)
	if a == nil {
		return Reply{}, fault.New(fault.NotFound, UnknownRule, "")
	}
	return a.AskJSON(given, open)
}

// Replay asks the decision's rule again, in the version that decided, and
// returns where today's reply differs in canonical encoding.
func (r *Registry) Replay(d Decision, open Opener) ([]Difference, error) {
	a := r.Rule(d.Rule, d.Version)
	if a == nil || d.Version < 1 {
		return nil, fault.New(fault.NotFound, UnknownRule, fmt.Sprintf("%s/%d", d.Rule, d.Version))
	}
	reply, err := a.AskJSON(d.Given, open)
	if err != nil {
		return nil, fmt.Errorf("replay %s/%d: %w", d.Rule, d.Version, err)
	}
	return differences(d, reply), nil
}
