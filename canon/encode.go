package canon

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// instant is how a time.Time is written: UTC, to the millisecond.
const instant = "2006-01-02T15:04:05.000Z"

// A writer writes v after b; depth counts the levels around it.
type writer func(b []byte, v reflect.Value, depth int) ([]byte, error)

var (
	writers sync.Map // reflect.Type → writer

	errDepth = errors.New("canon: nested too deep")
	errUTF8  = errors.New("canon: text is not UTF-8")

	rawType      = reflect.TypeFor[Raw]()
	numberType   = reflect.TypeFor[Number]()
	timeType     = reflect.TypeFor[time.Time]()
	valuerType   = reflect.TypeFor[Valuer]()
	textType     = reflect.TypeFor[encoding.TextMarshaler]()
	optionalType = reflect.TypeFor[interface{ optional() }]()
	zeroerType   = reflect.TypeFor[interface{ IsZero() bool }]()
)

// Append writes the canonical encoding of v after b, and fails as Encode does.
func Append(b []byte, v any) ([]byte, error) {
	if v == nil {
		return append(b, "null"...), nil
	}
	rv := reflect.ValueOf(v)
	return writerOf(rv.Type())(b, rv, 0)
}

// writerOf returns the writer of a type, made once. A type that holds itself
// finds the placeholder, which waits for the real writer.
func writerOf(t reflect.Type) writer {
	if w, ok := writers.Load(t); ok {
		return w.(writer)
	}
	var real writer
	ready := make(chan struct{})
	placeholder := writer(func(b []byte, v reflect.Value, depth int) ([]byte, error) {
		<-ready
		return real(b, v, depth)
	})
	if w, loaded := writers.LoadOrStore(t, placeholder); loaded {
		return w.(writer)
	}
	real = newWriter(t)
	writers.Store(t, real)
	close(ready)
	return real
}

func newWriter(t reflect.Type) writer {
	switch {
	case t == rawType:
		return writeRaw
	case t == numberType:
		return writeNumber
	case t == timeType:
		return writeTime
	case t.Implements(optionalType):
		return newOptWriter(t)
	case t.Implements(valuerType):
		return writeValuer
	case t.Implements(textType):
		return writeText
	}
	switch t.Kind() {
	case reflect.String:
		return writeString
	case reflect.Bool:
		return func(b []byte, v reflect.Value, _ int) ([]byte, error) { return strconv.AppendBool(b, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value, _ int) ([]byte, error) { return strconv.AppendInt(b, v.Int(), 10), nil }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(b []byte, v reflect.Value, _ int) ([]byte, error) {
			return strconv.AppendUint(b, v.Uint(), 10), nil
		}
	case reflect.Struct:
		return newStructWriter(t)
	case reflect.Map:
		return newMapWriter(t)
	case reflect.Slice, reflect.Array:
		return newListWriter(t)
	case reflect.Pointer, reflect.Interface:
		return writeHeld
	}
	return refuse(t)
}

func refuse(t reflect.Type) writer {
	return func([]byte, reflect.Value, int) ([]byte, error) {
		return nil, fmt.Errorf("canon: no encoding for type %s", t)
	}
}

func writeRaw(b []byte, v reflect.Value, _ int) ([]byte, error) {
	if v.Len() == 0 {
		return nil, errors.New("canon: empty Raw")
	}
	return append(b, v.Bytes()...), nil
}

func writeNumber(b []byte, v reflect.Value, _ int) ([]byte, error) {
	n, ok := ParseNumber(v.String())
	if !ok {
		return nil, errors.New("canon: a Number that is no number")
	}
	return append(b, n...), nil
}

func writeTime(b []byte, v reflect.Value, _ int) ([]byte, error) {
	t := v.Interface().(time.Time).UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return nil, errors.New("canon: an instant outside the years 0 to 9999")
	}
	return append(t.AppendFormat(append(b, '"'), instant), '"'), nil
}

func writeString(b []byte, v reflect.Value, _ int) ([]byte, error) {
	s := v.String()
	if !utf8.ValidString(s) {
		return nil, errUTF8
	}
	return AppendString(b, s), nil
}

func writeValuer(b []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth > MaxDepth {
		return nil, errDepth
	}
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return append(b, "null"...), nil
	}
	inner := reflect.ValueOf(v.Interface().(Valuer).Canon())
	if !inner.IsValid() {
		return append(b, "null"...), nil
	}
	return writerOf(inner.Type())(b, inner, depth+1)
}

func writeText(b []byte, v reflect.Value, _ int) ([]byte, error) {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return append(b, "null"...), nil
	}
	s, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return nil, fmt.Errorf("canon: %w", err)
	}
	if !utf8.Valid(s) {
		return nil, errUTF8
	}
	return AppendString(b, string(s)), nil
}

func writeHeld(b []byte, v reflect.Value, depth int) ([]byte, error) {
	if depth > MaxDepth { // a pointer that leads back to itself
		return nil, errDepth
	}
	if v.IsNil() {
		return append(b, "null"...), nil
	}
	return writerOf(v.Elem().Type())(b, v.Elem(), depth+1)
}

func newOptWriter(t reflect.Type) writer {
	held := writerOf(t.Field(2).Type)
	return func(b []byte, v reflect.Value, depth int) ([]byte, error) {
		if !v.Field(0).Bool() || v.Field(1).Bool() {
			return append(b, "null"...), nil
		}
		return held(b, v.Field(2), depth)
	}
}

func newListWriter(t reflect.Type) writer {
	if t.Elem().Kind() == reflect.Uint8 {
		return refuse(t) // bytes have no one obvious text; a Hash has
	}
	item := writerOf(t.Elem())
	return func(b []byte, v reflect.Value, depth int) (_ []byte, err error) {
		if depth >= MaxDepth {
			return nil, errDepth
		}
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = item(b, v.Index(i), depth+1); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
}

func newMapWriter(t reflect.Type) writer {
	if t.Key().Kind() != reflect.String {
		return refuse(t)
	}
	item := writerOf(t.Elem())
	return func(b []byte, v reflect.Value, depth int) (_ []byte, err error) {
		if depth >= MaxDepth {
			return nil, errDepth
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		b = append(b, '{')
		for i, k := range keys {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = writeString(b, k, depth); err != nil {
				return nil, err
			}
			if b, err = item(append(b, ':'), v.MapIndex(k), depth+1); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	}
}

func newStructWriter(t reflect.Type) writer {
	fields, err := fieldsOf(t)
	if err != nil {
		return func([]byte, reflect.Value, int) ([]byte, error) { return nil, err }
	}
	type part struct {
		field
		lead  []byte // "name":
		write writer
	}
	parts := make([]part, len(fields))
	for i, f := range fields {
		parts[i] = part{f, append(AppendString(nil, f.name), ':'), writerOf(f.typ)}
	}
	return func(b []byte, v reflect.Value, depth int) (_ []byte, err error) {
		if depth >= MaxDepth {
			return nil, errDepth
		}
		b = append(b, '{')
		first := true
		for i := range parts {
			p := &parts[i]
			fv := p.of(v)
			if p.absent(fv) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			if b, err = p.write(append(b, p.lead...), fv, depth+1); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	}
}
