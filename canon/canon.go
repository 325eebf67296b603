// Package canon reads and writes canonical JSON: one value has one encoding,
// byte for byte, so that a hash of it means something and a replay may compare.
//
// Canonical is: keys sorted by their UTF-8 bytes, no spaces, strings with only
// the escapes JSON demands, numbers as plain decimals without exponent, without
// trailing zeros and without a minus before zero, instants in UTC to the
// millisecond. A number is never held in a float, so no digit is lost.
//
// The reader is strict. It refuses duplicate keys, unknown fields, wrong types
// and missing fields, and names all faults of a value at once, each with a JSON
// pointer (RFC 6901) and a Dutch text that never repeats the value.
package canon

import (
	"zorgplicht/internal/fault"
)

// BadInput is the reason of the fault that Parse and Decode return.
const BadInput = "bad-input"

// MaxDepth is how deep arrays and objects may be nested, on the way in and out.
const MaxDepth = 64

// Raw holds canonical bytes that are kept as they are inside another value.
// Decode fills it with the canonical form of what it reads; Encode trusts it.
type Raw []byte

// Number is a decimal number in canonical form, such as -12.5.
type Number string

// A Valuer is encoded as the simpler value that Canon returns, such as a
// string, a bool or a Number.
type Valuer interface{ Canon() any }

// A Reader reads itself from a node. It returns "" when that went well, and
// otherwise says in Dutch what belongs there, such as "een decimaal getal".
type Reader interface{ ReadCanon(Node) string }

// A Former says in Dutch what its text looks like, such as "een datum als
// 2026-11-21". A TextUnmarshaler that has it gets better fault texts.
type Former interface{ Form() string }

// Opt is a value for which absent, null and given are three different facts.
type Opt[T any] struct {
	Given bool // the field was there, null or not
	Null  bool // it was there and null
	V     T    // its value when it was there and not null
}

// Some returns an Opt that is given.
func Some[T any](v T) Opt[T] { return Opt[T]{Given: true, V: v} }

// Null returns an Opt that is given as null.
func Null[T any]() Opt[T] { return Opt[T]{Given: true, Null: true} }

func (Opt[T]) optional() {}

// Encode returns the canonical encoding of v: structs by their json tags
// (omitempty, "-", embedded structs flattened), maps with string keys, slices,
// strings, bools, integers, time.Time, TextMarshalers, Valuers, Opt and Raw. A
// nil pointer in a struct is left out, a nil slice is [], a nil map is {}. It
// fails on floats, bytes, text that is not UTF-8 and more than MaxDepth levels.
func Encode(v any) ([]byte, error) { return Append(make([]byte, 0, 128), v) }

// Must is Encode for values of our own making; it panics when v has a type that
// cannot be encoded.
func Must(v any) []byte {
	b, err := Encode(v)
	if err != nil {
		panic(err)
	}
	return b
}

// Decode reads b into v, a pointer. A field without omitempty that is no
// pointer and no Opt must be there; null is taken by Opt only; a field with the
// tag enum:"a,b" takes those words only. The error is a fault.Invalid with every
// fault of b, or of kind Invalid with the one place where b is no JSON.
func Decode(b []byte, v any) error {
	d := docs.Get().(*doc)
	defer d.release()
	d.parse(string(b))
	faults := d.faults
	if !d.broken {
		faults = append(faults, Node{d, 0}.Decode(v, "")...)
	}
	return fault.All(BadInput, capped(faults))
}

// Parse reads b as strict JSON. Where duplicate keys are the only faults the
// node is returned beside the error, so that a caller can name its other faults
// too; where b is no JSON the node is not Valid.
func Parse(b []byte) (Node, error) {
	d := docs.Get().(*doc)
	d.parse(string(b))
	err := fault.All(BadInput, capped(d.faults))
	if d.broken {
		d.release()
		return Node{}, err
	}
	return Node{d, 0}, err
}

// Canonical returns the canonical form of any JSON text.
func Canonical(b []byte) ([]byte, error) {
	n, err := Parse(b)
	defer n.Release()
	if err != nil {
		return nil, err
	}
	return n.Append(nil), nil
}
