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

	"zorgplicht/internal/fault"
)

// A filler fills v from cell i and notes what is wrong with it.
type filler func(r *reading, i int32, v reflect.Value)

// A reading is one Decode: where it is, and the faults so far.
type reading struct {
	*doc
	at     string
	path   []step
	faults []fault.Detail
}

type fillerKey struct {
	typ  reflect.Type
	enum string
}

var (
	fillers sync.Map // fillerKey → filler

	readings = sync.Pool{New: func() any { return new(reading) }}

	readerType      = reflect.TypeFor[Reader]()
	unmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// Decode reads the value into v, a pointer, and returns every fault, the
// pointers starting with at. It panics when v is no pointer or holds a type that
// canon cannot read, as only a programmer can mend that.
func (n Node) Decode(v any, at string) []fault.Detail {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		panic("canon: Decode needs a pointer")
	}
	if !n.Valid() {
		return []fault.Detail{{Pointer: at, Reason: CodeMissing, Text: textMissing}}
	}
	r := readings.Get().(*reading)
	r.doc, r.at = n.d, at
	fillerOf(rv.Type().Elem(), nil)(r, n.i, rv.Elem())
	faults := r.faults
	clear(r.path[:cap(r.path)]) // keys would keep their text alive
	*r = reading{path: r.path[:0]}
	readings.Put(r)
	return faults
}

func (r *reading) wrong(code, text string) {
	r.faults = note(r.faults, r.at, r.path, code, text)
}

// want notes that the value has another type than the field.
func (r *reading) want(i int32, what string) {
	if r.cells[i].kind == Nil {
		r.wrong(CodeNull, textNull)
		return
	}
	r.wrong(CodeType, textWant(what))
}

func fillerOf(t reflect.Type, enum []string) filler {
	key := fillerKey{t, ""}
	if enum != nil {
		key.enum = strings.Join(enum, ",")
	}
	if f, ok := fillers.Load(key); ok {
		return f.(filler)
	}
	var real filler
	ready := make(chan struct{})
	placeholder := filler(func(r *reading, i int32, v reflect.Value) {
		<-ready
		real(r, i, v)
	})
	if f, loaded := fillers.LoadOrStore(key, placeholder); loaded {
		return f.(filler)
	}
	defer func() {
		if e := recover(); e != nil { // a type that cannot be read: nobody may wait for its filler
			real = func(*reading, int32, reflect.Value) { panic(e) }
			fillers.Store(key, real)
			close(ready)
			panic(e)
		}
	}()
	real = newFiller(t, enum)
	fillers.Store(key, real)
	close(ready)
	return real
}

func newFiller(t reflect.Type, enum []string) filler {
	pt := reflect.PointerTo(t)
	switch {
	case t == rawType:
		return fillRaw
	case t == numberType:
		return fillNumber
	case t == timeType:
		return fillTime
	case t.Implements(optionalType):
		return newOptFiller(t, enum)
	case pt.Implements(readerType):
		return fillReader
	case pt.Implements(unmarshalerType):
		return fillText
	}
	switch t.Kind() {
	case reflect.String:
		return newStringFiller(enum)
	case reflect.Bool:
		return fillBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return fillInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fillUint
	case reflect.Struct:
		return newStructFiller(t)
	case reflect.Map:
		return newMapFiller(t, enum)
	case reflect.Slice:
		return newListFiller(t, enum)
	case reflect.Pointer:
		inner := fillerOf(t.Elem(), enum)
		return func(r *reading, i int32, v reflect.Value) {
			p := reflect.New(t.Elem())
			inner(r, i, p.Elem())
			v.Set(p)
		}
	}
	panic(fmt.Sprintf("canon: cannot read type %s", t))
}

func fillRaw(r *reading, i int32, v reflect.Value) {
	v.SetBytes(Node{r.doc, i}.Append(nil))
}

func fillNumber(r *reading, i int32, v reflect.Value) {
	if r.cells[i].kind != Num {
		r.want(i, "een getal")
		return
	}
	v.SetString(string(Node{r.doc, i}.Number()))
}

func fillTime(r *reading, i int32, v reflect.Value) {
	const what = "een tijdstip als 2026-11-21T14:05:00Z"
	if r.cells[i].kind != Str {
		r.want(i, what)
		return
	}
	t, err := time.Parse(time.RFC3339, r.text(i))
	if err != nil || t.UTC().Year() < 0 || t.UTC().Year() > 9999 {
		r.wrong(CodeForm, textWant(what))
		return
	}
	v.Set(reflect.ValueOf(t.UTC().Truncate(time.Millisecond)))
}

func fillReader(r *reading, i int32, v reflect.Value) {
	what := v.Addr().Interface().(Reader).ReadCanon(Node{r.doc, i})
	switch {
	case what == "":
	case r.cells[i].kind == Str:
		r.wrong(CodeForm, textWant(what))
	default:
		r.want(i, what)
	}
}

func fillText(r *reading, i int32, v reflect.Value) {
	p := v.Addr().Interface()
	what := "een tekst in de vorm die bij dit veld hoort"
	if f, ok := p.(Former); ok {
		what = f.Form()
	}
	if r.cells[i].kind != Str {
		r.want(i, what)
		return
	}
	if p.(encoding.TextUnmarshaler).UnmarshalText([]byte(r.text(i))) != nil {
		r.wrong(CodeForm, textWant(what))
	}
}

func newStringFiller(enum []string) filler {
	return func(r *reading, i int32, v reflect.Value) {
		if r.cells[i].kind != Str {
			r.want(i, "een tekst")
			return
		}
		s := r.text(i)
		if enum != nil && !slices.Contains(enum, s) {
			r.wrong(CodeValue, textChoose(enum))
			return
		}
		v.SetString(s)
	}
}

func fillBool(r *reading, i int32, v reflect.Value) {
	switch r.cells[i].kind {
	case True:
		v.SetBool(true)
	case False:
		v.SetBool(false)
	default:
		r.want(i, "true of false")
	}
}

func fillInt(r *reading, i int32, v reflect.Value) {
	if r.cells[i].kind != Num {
		r.want(i, "een heel getal")
		return
	}
	n, err := strconv.ParseInt(string(Node{r.doc, i}.Number()), 10, v.Type().Bits())
	r.whole(err)
	v.SetInt(n)
}

func fillUint(r *reading, i int32, v reflect.Value) {
	if r.cells[i].kind != Num {
		r.want(i, "een heel getal")
		return
	}
	text := string(Node{r.doc, i}.Number())
	n, err := strconv.ParseUint(text, 10, v.Type().Bits())
	if strings.HasPrefix(text, "-") && !strings.Contains(text, ".") {
		err = strconv.ErrRange
	}
	r.whole(err)
	v.SetUint(n)
}

// whole notes why a number is not the whole number the field takes.
func (r *reading) whole(err error) {
	switch {
	case err == nil:
	case errors.Is(err, strconv.ErrRange):
		r.wrong(CodeRange, textRange)
	default:
		r.wrong(CodeType, textWant("een heel getal"))
	}
}

func newOptFiller(t reflect.Type, enum []string) filler {
	held := fillerOf(t.Field(2).Type, enum)
	return func(r *reading, i int32, v reflect.Value) {
		v.Field(0).SetBool(true)
		if r.cells[i].kind == Nil {
			v.Field(1).SetBool(true)
			return
		}
		held(r, i, v.Field(2))
	}
}

func newListFiller(t reflect.Type, enum []string) filler {
	if t.Elem().Kind() == reflect.Uint8 {
		panic(fmt.Sprintf("canon: cannot read type %s", t))
	}
	item := fillerOf(t.Elem(), enum)
	return func(r *reading, i int32, v reflect.Value) {
		if r.cells[i].kind != Arr {
			r.want(i, "een lijst")
			return
		}
		n := Node{r.doc, i}
		list := reflect.MakeSlice(t, n.Len(), n.Len())
		at := 0
		for each := range n.Items() {
			r.path = append(r.path, step{index: at})
			item(r, each.i, list.Index(at))
			r.path = r.path[:len(r.path)-1]
			at++
		}
		v.Set(list)
	}
}

func newMapFiller(t reflect.Type, enum []string) filler {
	if t.Key().Kind() != reflect.String {
		panic(fmt.Sprintf("canon: cannot read type %s", t))
	}
	item := fillerOf(t.Elem(), enum)
	return func(r *reading, i int32, v reflect.Value) {
		if r.cells[i].kind != Obj {
			r.want(i, "een object")
			return
		}
		n := Node{r.doc, i}
		m := reflect.MakeMapWithSize(t, n.Len())
		for k, each := range n.Members() {
			r.path = append(r.path, step{key: k, index: -1})
			held := reflect.New(t.Elem()).Elem()
			item(r, each.i, held)
			m.SetMapIndex(reflect.ValueOf(k).Convert(t.Key()), held)
			r.path = r.path[:len(r.path)-1]
		}
		v.Set(m)
	}
}

// maxFields is how many fields a struct may have, so that those seen fit on the stack.
const maxFields = 256

func newStructFiller(t reflect.Type) filler {
	fields, err := fieldsOf(t)
	if err != nil {
		panic(err)
	}
	if len(fields) > maxFields {
		panic(fmt.Sprintf("canon: type %s has more than %d fields", t, maxFields))
	}
	fill := make([]filler, len(fields))
	for i, f := range fields {
		fill[i] = fillerOf(f.typ, f.enum)
	}
	return func(r *reading, i int32, v reflect.Value) {
		if r.cells[i].kind != Obj {
			r.want(i, "een object")
			return
		}
		var seen [maxFields / 64]uint64
		for at, end := i+1, r.cells[i].next; at < end; at = r.cells[at+1].next {
			key := r.text(at)
			r.path = append(r.path, step{key: key, index: -1})
			if f := find(fields, key); f < 0 {
				r.wrong(CodeUnknownField, textUnknownField)
			} else if seen[f/64]&(1<<(f%64)) == 0 { // the parser named a second one
				seen[f/64] |= 1 << (f % 64)
				fill[f](r, at+1, fields[f].of(v))
			}
			r.path = r.path[:len(r.path)-1]
		}
		for f := range fields {
			if fields[f].required && seen[f/64]&(1<<(f%64)) == 0 {
				r.path = append(r.path, step{key: fields[f].name, index: -1})
				r.wrong(CodeMissing, textMissing)
				r.path = r.path[:len(r.path)-1]
			}
		}
	}
}

// find returns the place of the field with this name, or -1. Fields are sorted.
func find(fields []field, name string) int {
	i, ok := slices.BinarySearchFunc(fields, name, func(f field, name string) int { return strings.Compare(f.name, name) })
	if !ok {
		return -1
	}
	return i
}
