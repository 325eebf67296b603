package criteria

import (
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Set is a set of rules as it is written and sealed: everything that is needed
// to decide stands in it. A set that Compile takes is right.
type Set struct {
	Language   int            `json:"language"`
	Name       string         `json:"name"`
	Title      string         `json:"title"`
	Version    int            `json:"version"`
	From       calendar.Date  `json:"from"`
	Through    *calendar.Date `json:"through,omitempty"`
	Categories []string       `json:"categories"` // from light to heavy; the first when no rule fires
	Fields     []FieldText    `json:"fields"`
	Thresholds []Threshold    `json:"thresholds,omitempty"`
	Criteria   []Criterion    `json:"criteria,omitempty"`
	Rules      []Rule         `json:"rules"`
}

// A FieldText is a field of the catalogue as it is written.
type FieldText struct {
	Name     string   `json:"name"`
	English  string   `json:"english,omitempty"`
	Type     string   `json:"type"` // number, euro, percent, months, days, date, yesno, choice, choices
	Decimals int      `json:"decimals,omitempty"`
	From     string   `json:"from,omitempty"`
	Through  string   `json:"through,omitempty"`
	Values   []string `json:"values,omitempty"`
	Source   string   `json:"source,omitempty"`
	Unknown  string   `json:"unknown,omitempty"`
	Question string   `json:"question,omitempty"`
	Run      bool     `json:"run,omitempty"` // a date that is the day the run speaks for
}

// A Threshold is a fixed value with a name.
type Threshold struct {
	Name  string     `json:"name"`
	Value string     `json:"value"`
	Title string     `json:"title,omitempty"`
	Norm  ident.Norm `json:"norm,omitempty"`
}

// A Criterion is a condition with a name, for rules and for the criteria after it.
type Criterion struct {
	Name  string     `json:"name"`
	When  string     `json:"when"`
	Title string     `json:"title,omitempty"`
	Norm  ident.Norm `json:"norm,omitempty"`
}

// A Rule puts a case in a category when its condition holds and no exception does.
type Rule struct {
	ID       string         `json:"id"`
	Category string         `json:"category"`
	When     string         `json:"when"`
	Reason   string         `json:"reason"` // Dutch, with {name} where a value comes
	Norm     ident.Norm     `json:"norm"`
	From     *calendar.Date `json:"from,omitempty"`
	Through  *calendar.Date `json:"through,omitempty"`
	Except   []Exception    `json:"except,omitempty"`
}

// An Exception takes a case out of the rule, or of the exception, it stands in.
type Exception struct {
	ID     string      `json:"id"`
	When   string      `json:"when"`
	Reason string      `json:"reason"`
	Norm   ident.Norm  `json:"norm,omitempty"`
	Except []Exception `json:"except,omitempty"`
}

// BadSet is the reason of the fault that Compile and Read return.
const BadSet = "bad-rule-set"

// Compile checks a set and returns the program that decides by it. The error is a
// fault.Invalid that names every fault, with pointers into the set.
func Compile(s Set) (*Program, error) {
	b := builder{set: s, ids: map[string]bool{}}
	p := b.build()
	if err := fault.All(BadSet, b.wrong); err != nil {
		return nil, err
	}
	return p, nil
}
