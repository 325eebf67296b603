package rule_test

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

type table struct {
	Rows map[string]int `json:"rows"`
}

type sealedIn struct {
	Table rule.Sealed[table] `json:"table"`
	Row   string             `json:"row"`
}

func (in *sealedIn) Open(open rule.Opener) error { return in.Table.Open(open) }

type sealedOut struct {
	rule.Why
	Value int `json:"value"`
}

var sealedRule = rule.New("look_up", 2, []ident.Norm{"bfd:1"}, func(in sealedIn) sealedOut {
	return sealedOut{Value: in.Table.Thing.Rows[in.Row], Why: rule.Why{Because: []rule.Reason{{Code: "looked-up", Norm: "bfd:1"}}}}
})

type nothing struct{}

// broken is a rule that a programmer broke.
var broken = rule.New("broken", 1, []ident.Norm{"bfd:1"}, func(nothing) sealedOut { panic("broken") })
