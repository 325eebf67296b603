package canon

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A field is one member of a struct as its json tag tells.
type field struct {
	name     string
	typ      reflect.Type
	index    []int
	omit     bool     // left out when empty, and need not be there
	required bool     // must be there
	opt      bool     // an Opt
	enum     []string // the words it takes, nil for any
	zeroer   bool     // has IsZero
}

// fieldsOf returns the fields of a struct sorted by name, those of embedded
// structs among them. Two of one name are an error, as nobody could tell which
// is meant.
func fieldsOf(t reflect.Type) ([]field, error) {
	var fields []field
	for i := range t.NumField() {
		sf := t.Field(i)
		name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Struct && !special(sf.Type) {
			inner, err := fieldsOf(sf.Type)
			if err != nil {
				return nil, err
			}
			for _, f := range inner {
				f.index = append([]int{i}, f.index...)
				fields = append(fields, f)
			}
			continue
		}
		if !sf.IsExported() {
			continue
		}
		if name == "" {
			name = sf.Name
		}
		f := field{name: name, typ: sf.Type, index: []int{i}}
		f.omit = strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
		f.opt = sf.Type.Implements(optionalType)
		f.zeroer = sf.Type.Implements(zeroerType) && sf.Type.Kind() != reflect.Pointer
		f.required = !f.omit && !f.opt && sf.Type.Kind() != reflect.Pointer
		if words := sf.Tag.Get("enum"); words != "" {
			f.enum = strings.Split(words, ",")
		}
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b field) int { return cmp.Compare(a.name, b.name) })
	for i := 1; i < len(fields); i++ {
		if fields[i].name == fields[i-1].name {
			return nil, fmt.Errorf("canon: type %s has two fields named %s", t, fields[i].name)
		}
	}
	return fields, nil
}

// special reports whether a struct has an encoding of its own, so that its
// fields are not flattened into the struct around it.
func special(t reflect.Type) bool {
	return t == timeType || t.Implements(optionalType) || t.Implements(valuerType) || t.Implements(textType)
}

// of returns the field of the struct v.
func (f *field) of(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

// absent reports whether the field is left out of the encoding.
func (f *field) absent(v reflect.Value) bool {
	if f.opt {
		return !v.Field(0).Bool()
	}
	if v.Kind() == reflect.Pointer {
		return v.IsNil()
	}
	if !f.omit {
		return false
	}
	if f.zeroer {
		return v.Interface().(interface{ IsZero() bool }).IsZero()
	}
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
