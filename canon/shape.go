package canon

import (
	"encoding"
	"reflect"
	"time"
)

// A Shape says what JSON a type is read from or written as: what Decode takes and
// Encode gives, as a JSON Schema (2020-12) tells it. The zero Shape is any value.
type Shape struct {
	Types    []string   // JSON types: "string", "number", "integer", "boolean", "object", "array", "null"; empty for any
	Format   string     // "date" or "date-time"
	Pattern  string     // of a text
	Enum     []string   // the words it takes, nil for any
	About    string     // what belongs there, in Dutch; may be empty
	Fields   []Property // of an object with known fields, by name
	Items    *Shape     // of a list
	Values   *Shape     // of an object with free keys
	Closed   bool       // an object that takes no other fields
	Required []string   // names of the fields that must be there
}

// A Property is one field of an object.
type Property struct {
	Name  string
	Shape Shape
}

// A Shaper tells its own shape, where its type says too little: a value that
// reads or writes itself.
type Shaper interface{ Shape() Shape }

// ShapeOf returns the shape of a type, by the same tags that Decode and Encode
// follow. A type that holds itself has the shape of any value where it comes back.
func ShapeOf(t reflect.Type) Shape { return shapeOf(t, nil, nil) }

var (
	shaperType = reflect.TypeFor[Shaper]()
	formerType = reflect.TypeFor[Former]()
)

func shapeOf(t reflect.Type, enum []string, inside []reflect.Type) Shape {
	if t.Kind() == reflect.Pointer {
		return shapeOf(t.Elem(), enum, inside)
	}
	for _, around := range inside {
		if around == t {
			return Shape{}
		}
	}
	if s, ok := known(t, enum, inside); ok {
		return s
	}
	switch t.Kind() {
	case reflect.String:
		return Shape{Types: []string{"string"}, Enum: enum}
	case reflect.Bool:
		return Shape{Types: []string{"boolean"}}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Shape{Types: []string{"integer"}}
	case reflect.Slice, reflect.Array:
		items := shapeOf(t.Elem(), enum, inside)
		return Shape{Types: []string{"array"}, Items: &items}
	case reflect.Map:
		values := shapeOf(t.Elem(), enum, inside)
		return Shape{Types: []string{"object"}, Values: &values}
	case reflect.Struct:
		return objectShape(t, append(inside, t))
	}
	return Shape{}
}

// known are the types with an encoding of their own.
func known(t reflect.Type, enum []string, inside []reflect.Type) (Shape, bool) {
	pt := reflect.PointerTo(t)
	switch {
	case t.Implements(shaperType):
		return reflect.Zero(t).Interface().(Shaper).Shape(), true
	case t == rawType:
		return Shape{}, true
	case t == numberType:
		return Shape{Types: []string{"number"}}, true
	case t == timeType:
		return Shape{Types: []string{"string"}, Format: "date-time", About: "een tijdstip als " + time.UnixMilli(0).UTC().Format(instant)}, true
	case t.Implements(optionalType):
		s := shapeOf(t.Field(2).Type, enum, inside)
		if s.Types != nil {
			s.Types = append(s.Types[:len(s.Types):len(s.Types)], "null")
		}
		return s, true
	case pt.Implements(readerType) || t.Implements(valuerType):
		return Shape{}, true
	case pt.Implements(unmarshalerType) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		s := Shape{Types: []string{"string"}}
		if pt.Implements(formerType) {
			s.About = reflect.New(t).Interface().(Former).Form()
		}
		return s, true
	}
	return Shape{}, false
}

func objectShape(t reflect.Type, inside []reflect.Type) Shape {
	fields, err := fieldsOf(t)
	if err != nil {
		panic(err) // a type that cannot be read either
	}
	s := Shape{Types: []string{"object"}, Fields: []Property{}, Closed: true}
	for _, f := range fields {
		s.Fields = append(s.Fields, Property{f.name, shapeOf(f.typ, f.enum, inside)})
		if f.required {
			s.Required = append(s.Required, f.name)
		}
	}
	return s
}

// Canon writes the shape as a JSON Schema.
func (s Shape) Canon() any {
	m := map[string]any{}
	switch len(s.Types) {
	case 0:
	case 1:
		m["type"] = s.Types[0]
	default:
		m["type"] = s.Types
	}
	text := map[string]string{"format": s.Format, "pattern": s.Pattern, "description": s.About}
	for name, v := range text {
		if v != "" {
			m[name] = v
		}
	}
	if s.Enum != nil {
		m["enum"] = s.words()
	}
	if s.Items != nil {
		m["items"] = *s.Items
	}
	if s.Values != nil {
		m["additionalProperties"] = *s.Values
	}
	if s.Fields != nil {
		properties := map[string]any{}
		for _, p := range s.Fields {
			properties[p.Name] = p.Shape
		}
		m["properties"] = properties
	}
	if s.Closed {
		m["additionalProperties"] = false
	}
	if s.Required != nil {
		m["required"] = s.Required
	}
	return m
}

// words are the values of an enumeration, null among them where it is taken.
func (s Shape) words() []any {
	all := make([]any, 0, len(s.Enum)+1)
	for _, w := range s.Enum {
		all = append(all, w)
	}
	if s.Takes("null") {
		all = append(all, nil)
	}
	return all
}

// Takes reports whether a value of this JSON type may stand there.
func (s Shape) Takes(jsonType string) bool {
	for _, t := range s.Types {
		if t == jsonType {
			return true
		}
	}
	return len(s.Types) == 0
}
