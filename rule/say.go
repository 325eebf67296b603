package rule

import (
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/money"
)

// Because returns a reason with its values, given as name and value in turn.
func Because(code string, norm ident.Norm, values ...string) Reason {
	r := Reason{Code: code, Norm: norm}
	for i := 0; i+1 < len(values); i += 2 {
		if r.Values == nil {
			r.Values = make(map[string]string, len(values)/2)
		}
		r.Values[values[i]] = values[i+1]
	}
	return r
}

// Say adds a reason after those that weighed before it.
func (w *Why) Say(code string, norm ident.Norm, values ...string) {
	w.Because = append(w.Because, Because(code, norm, values...))
}

// Holds reports whether a fact is given and true.
func Holds(fact *bool) bool { return fact != nil && *fact }

// Fails reports whether a fact is given and false.
func Fails(fact *bool) bool { return fact != nil && !*fact }

// Word returns a word that may be absent, "" when it is.
func Word(word *string) string {
	if word == nil {
		return ""
	}
	return *word
}

// Missing returns the fault of a field that the rule must choose by and that was
// not given. The text says in Dutch what to give.
func Missing(at, text string) fault.Detail {
	return fault.Detail{Pointer: at, Reason: canon.CodeMissing, Text: text}
}

// Unfit returns the fault of a fact that is absent, else that of one that is given and
// cannot be what it says, such as a sum below zero.
func Unfit(at string, absent bool, text string) fault.Detail {
	if absent {
		return Missing(at, text)
	}
	return Unknown(at, text)
}

// An Amount is a decimal of a question by where it stands.
type Amount struct {
	At string
	D  *money.Decimal
}

// BelowZero returns a fault for each amount that was given and lies below zero.
func BelowZero(text string, amounts ...Amount) (wrong []fault.Detail) {
	for _, a := range amounts {
		if a.D != nil && a.D.Sign() < 0 {
			wrong = append(wrong, Unknown(a.At, text))
		}
	}
	return wrong
}

// Unknown returns the fault of a word that the rule must choose by and does not
// know. The text says in Dutch which words it knows.
func Unknown(at, text string) fault.Detail {
	return fault.Detail{Pointer: at, Reason: canon.CodeValue, Text: text}
}
