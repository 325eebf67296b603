package rest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"zorgplicht/canon"
	"zorgplicht/internal/fault"
)

// JSON is the body of a request. Its value is read by canon: exact numbers, no
// duplicate keys, no unknown fields, and all faults at once. An operation's input
// names it Body.
type JSON[T any] struct {
	Value T

	faults []fault.Detail
}

// Schema describes the value, not the wrapper.
func (*JSON[T]) Schema(r huma.Registry) *huma.Schema {
	t := reflect.TypeFor[T]()
	return r.Schema(t, true, t.Name())
}

// Resolve hands huma the faults of the body, beside those of the parameters.
func (b *JSON[T]) Resolve(huma.Context) (errs []error) {
	for _, d := range b.faults {
		errs = append(errs, &found{Code: d.Reason, In: "body", Pointer: d.Pointer, Detail: d.Text})
	}
	return errs
}

// Late is a JSON whose faults do not refuse the request: the operation gets them, to
// name them together with faults that only it can see.
type Late[T any] struct{ JSON[T] }

// Resolve hands huma nothing.
func (*Late[T]) Resolve(huma.Context) []error { return nil }

// Faults are what is wrong with the body itself. What could be read is in Value.
func (b *Late[T]) Faults() []fault.Detail { return b.faults }

func (b *JSON[T]) read(data []byte) error {
	err := canon.Decode(data, &b.Value)
	if err == nil {
		return nil
	}
	f := fault.As(err)
	if f == nil || len(f.Details) == 0 {
		return err
	}
	b.faults = f.Details
	return nil
}

// readBody is how huma reads a body. Only JSON is read so.
func readBody(data []byte, v any) error {
	b, ok := v.(interface{ read([]byte) error })
	if !ok {
		return fmt.Errorf("a body is a rest.JSON, not a %T", v)
	}
	return b.read(data)
}

// Named is a refusal with each field called as the body of the request calls it; fields
// that names does not hold keep theirs.
func Named(err error, names map[string]string) error {
	f := fault.As(err)
	if f == nil || len(f.Details) == 0 {
		return err
	}
	one := *f
	one.Details = slices.Clone(f.Details)
	for i, d := range one.Details {
		one.Details[i].Pointer = cmp.Or(names[d.Pointer], d.Pointer)
	}
	return &one
}
