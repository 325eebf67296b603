package rule

import (
	"bytes"
	"fmt"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A Decision is what is kept of an asked rule: all that went in, what came out,
// and which rule, version, profile and norms said so. It is written and read by
// canon; the texts of the reasons are not kept.
type Decision struct {
	Rule    string       `json:"rule"`
	Version int          `json:"version"`
	Profile string       `json:"profile"`
	Norms   []ident.Norm `json:"norms"`
	Given   canon.Raw    `json:"given"`
	Answer  canon.Raw    `json:"answer"`
	Reasons []Reason     `json:"reasons"`
}

// Sealed is a thing addressed by the hash of its canonical bytes. In a question
// only the hash is written; Open fetches the thing. A question that holds one
// has a method Open(Opener) error that opens it.
type Sealed[T any] struct {
	Hash  ident.Hash
	Thing T
}

// Seal returns the thing with the hash of its canonical bytes, and the bytes.
func Seal[T any](thing T) (Sealed[T], []byte, error) {
	b, err := canon.Encode(thing)
	if err != nil {
		return Sealed[T]{}, nil, err
	}
	return Sealed[T]{ident.HashOf(b), thing}, b, nil
}

// Canon writes the hash.
func (s Sealed[T]) Canon() any { return s.Hash.String() }

// ReadCanon reads the hash. The thing stays empty until it is opened.
func (s *Sealed[T]) ReadCanon(n canon.Node) string {
	h, err := ident.ParseHash(n.Text())
	if err != nil || h.String() != n.Text() {
		return "een hash van 64 hexadecimale tekens"
	}
	s.Hash = h
	return ""
}

// Shape says in a schema what a hash looks like.
func (Sealed[T]) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string"}, Pattern: "^[0-9a-f]{64}$", About: "een hash van 64 hexadecimale tekens"}
}

// Open fetches the thing and checks that it is what the hash names.
func (s *Sealed[T]) Open(open Opener) error {
	if open == nil {
		return fault.All(BadQuestion, []fault.Detail{{Reason: "sealed-closed", Text: textSealed}})
	}
	b, err := open(s.Hash)
	if err != nil {
		return fmt.Errorf("open sealed thing %s: %w", s.Hash, err)
	}
	if ident.HashOf(b) != s.Hash {
		return fmt.Errorf("sealed thing %s: its bytes have another hash", s.Hash)
	}
	var thing T
	if err := canon.Decode(b, &thing); err != nil {
		return fmt.Errorf("read sealed thing %s: %v", s.Hash, err) // no fault of the one who asks
	}
	s.Thing = thing
	return nil
}

// A Difference is where a rule, asked again, says something else than the
// decision that was kept.
type Difference struct {
	What string    // "profile", "norms", "given", "answer" or "reasons"
	Kept canon.Raw // what the decision holds
	Now  canon.Raw // what the rule says today
}

// differences compares a kept decision with the reply of today, in canonical encoding.
func differences(d Decision, now Reply) []Difference {
	var found []Difference
	compare := func(what string, kept, today canon.Raw) {
		if !bytes.Equal(kept, today) {
			found = append(found, Difference{what, kept, today})
		}
	}
	compare("profile", canon.Must(d.Profile), canon.Must(now.Profile))
	compare("norms", canon.Must(d.Norms), canon.Must(now.Norms))
	compare("answer", d.Answer, now.Answer)
	compare("reasons", canon.Must(d.Reasons), canon.Must(now.Reasons))
	return found
}
