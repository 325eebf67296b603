package rule_test

import (
	"testing"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
	"zorgplicht/rule"
)

type ceilingIn struct {
	Asked *money.Decimal `json:"asked"`
	Most  *money.Decimal `json:"most"`
	Why   string         `json:"why,omitempty" enum:"house,car"`
}

func (in ceilingIn) Check() []fault.Detail {
	if in.Asked != nil {
		return nil
	}
	return []fault.Detail{{Pointer: "/asked", Reason: "missing", Text: "Noem het bedrag."}}
}

type ceilingOut struct {
	rule.Why
	Allowed bool `json:"allowed"`
}

// ceiling is a rule as a room would have it.
var ceiling = rule.New("ceiling", 1, []ident.Norm{"bfd:59:1"}, func(in ceilingIn) ceilingOut {
	if in.Most == nil || in.Asked.Cmp(*in.Most) <= 0 {
		return ceilingOut{Allowed: true, Why: rule.Why{Because: []rule.Reason{{Code: "within", Norm: "bfd:59:1"}}}}
	}
	over := map[string]string{"over": in.Asked.Sub(*in.Most).String()}
	return ceilingOut{Why: rule.Why{Because: []rule.Reason{{Code: "above", Norm: "bfd:59:1", Values: over}}}}
}, rule.Profile(rule.Bfd2005), rule.Texts(map[string]string{
	"within": "Het bedrag blijft onder de grens.",
	"above":  "Het bedrag ligt {over} boven de grens.",
}))

func question(asked, most string) ceilingIn {
	return ceilingIn{Asked: new(money.MustParse(asked)), Most: new(money.MustParse(most))}
}

func registry(t testing.TB) *rule.Registry {
	t.Helper()
	r, err := rule.NewRegistry(ceiling, sealedRule, broken)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
