package law

import (
	"zorgplicht/ident"
	"zorgplicht/rule"
)

// A Finding is an answer that holds facts against provisions one by one: its
// reasons and what is violated. It is filled by Hold and closed by Close.
type Finding struct {
	rule.Why
	Breach
}

// Hold adds a violated provision and the reason why.
func (f *Finding) Hold(violated ident.Norm, code string, values ...string) {
	f.Violated = append(f.Violated, violated)
	f.Say(code, violated, values...)
}

// Close makes the breach of what was held. Where that is nothing the finding
// complies, for the reason given here.
func (f *Finding) Close(code string, norm ident.Norm, values ...string) {
	if len(f.Violated) == 0 {
		f.Say(code, norm, values...)
	}
	f.Breach = Held(f.Violated...)
}
