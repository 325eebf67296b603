package law

import "zorgplicht/ident"

// Carried says where the house carries a norm. It is derived: rules from their
// own declarations, tests and screens from the code; nobody keeps it by hand.
type Carried struct {
	Rules   []string // names of the rules that rest on it
	Tests   []string // where it is tested: package and test, or file of worked examples
	Screens []string // addresses of the pages that show or ask it
}

// Carry tells where a norm is carried.
type Carry func(ident.Norm) Carried

// A Record is a norm as a file or program gets it, all in one line. The JSON names
// are those of `zorgplicht norms --json`.
type Record struct {
	ID         ident.Norm     `json:"id"`
	Citation   string         `json:"citation"`
	Title      string         `json:"title"`
	Profile    string         `json:"profile"`
	Kind       string         `json:"kind"`
	Bearer     []string       `json:"bearer"`
	Product    []string       `json:"product"`
	Moment     string         `json:"moment"`
	Force      string         `json:"force"`
	Machine    string         `json:"machine"`
	Term       string         `json:"term,omitempty"`
	TextNL     string         `json:"text_nl"`
	TextEN     string         `json:"text_en"`
	Evidence   string         `json:"evidence"`
	Tariffs    []string       `json:"tariffs"`
	Numbers    []RecordNumber `json:"numbers"`
	Exceptions []ident.Norm   `json:"exceptions"` // the norms that set this one aside
	Excepts    []ident.Norm   `json:"excepts"`    // the norms that this one sets aside
	See        []ident.Norm   `json:"see"`
	Basis      []string       `json:"basis"`
	Parts      []ident.Norm   `json:"parts"`
	ValidFrom  string         `json:"valid_from"` // a date, "commencement" or "not in the source"
	ValidTo    string         `json:"valid_to"`   // "" where the source names none
	Read       string         `json:"read,omitempty"`
	Note       string         `json:"note"`
	Issue      string         `json:"issue"`
	Defects    []string       `json:"defects"`
	Rules      []string       `json:"rules"`
	Tests      []string       `json:"tests"`
	Screens    []string       `json:"screens"`
}

// A RecordNumber is a Number in a Record.
type RecordNumber struct {
	Value string `json:"value"`
	Unit  string `json:"unit"`
	Bound string `json:"bound,omitempty"`
	What  string `json:"what"`
}

// Record returns the norm with where it is carried.
func (n Norm) Record(c Carried) Record {
	r := Record{
		ID: n.ID, Citation: n.ID.Dutch(), Title: n.Title, Profile: n.Profile, Kind: n.Kind, Bearer: n.Bearers, Product: n.Products,
		Moment: n.Moment, Force: n.Force, Machine: n.Machine, Term: n.Term, TextNL: n.Dutch, TextEN: n.English, Evidence: n.Evidence,
		Tariffs: n.Tariffs(), Exceptions: n.ExceptedBy, Excepts: n.Excepts, See: n.See, Basis: n.Basis, Parts: n.Parts,
		ValidFrom: string(n.From), ValidTo: string(n.To), Read: string(n.Read), Note: n.Note, Issue: n.Issue, Defects: n.Defects,
		Numbers: []RecordNumber{}, Rules: c.Rules, Tests: c.Tests, Screens: c.Screens,
	}
	for _, x := range n.Numbers {
		r.Numbers = append(r.Numbers, RecordNumber(x))
	}
	return r
}
