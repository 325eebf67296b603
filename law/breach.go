package law

import (
	"slices"

	"zorgplicht/ident"
)

// A Breach is the part of an answer that holds something against provisions. It
// complies when none is violated.
type Breach struct {
	Compliant *bool        `json:"compliant"`          // absent where nothing was given to judge
	Violated  []ident.Norm `json:"violated,omitempty"` // in the order of the decree, each once
	Tariff    string       `json:"tariff,omitempty"`   // in Bijlage 10, of the first; absent where the table has none
}

// Held returns the breach of these provisions, or compliance where there are none.
func Held(violated ...ident.Norm) Breach {
	if len(violated) == 0 {
		return Breach{Compliant: new(true)}
	}
	norms := slices.Clone(violated)
	slices.SortFunc(norms, InDecree)
	b := Breach{Compliant: new(false), Violated: slices.Compact(norms)}
	b.Tariff, _ = TariffOf(b.Violated)
	return b
}

// Complies reports whether the answer says that it complies.
func (b Breach) Complies() bool { return b.Compliant != nil && *b.Compliant }
