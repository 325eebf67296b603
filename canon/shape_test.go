package canon_test

import (
	"reflect"
	"testing"
	"time"

	"zorgplicht/canon"
)

// own and either tell their own shape, as a type does that reads itself.
type own struct{}

func (own) Shape() canon.Shape {
	return canon.Shape{Types: []string{"string"}, Format: "date", About: "eigen"}
}
func (*own) ReadCanon(canon.Node) string { return "" }

type either struct{}

func (either) Shape() canon.Shape {
	return canon.Shape{Types: []string{"number", "string"}, About: "een van beide"}
}
func (*either) ReadCanon(canon.Node) string { return "" }

type shaped struct {
	Day    own            `json:"day"`
	Amount *either        `json:"amount"`
	Kind   string         `json:"kind,omitempty" enum:"a,b"`
	End    canon.Opt[own] `json:"end"`
	Names  []string       `json:"names"`
	Points map[string]int `json:"points,omitempty"`
	At     time.Time      `json:"at,omitzero"`
	More   *shaped        `json:"more"`
	Free   canon.Raw      `json:"free,omitempty"`
	Hidden int            `json:"-"`
}

func TestAShapeSaysWhatDecodeTakes(t *testing.T) {
	got := string(canon.Must(canon.ShapeOf(reflect.TypeFor[shaped]())))
	want := string(mustCanonical(t, `{
		"type": "object", "additionalProperties": false, "required": ["day", "names"],
		"properties": {
			"day": {"type": "string", "format": "date", "description": "eigen"},
			"amount": {"type": ["number", "string"], "description": "een van beide"},
			"kind": {"type": "string", "enum": ["a", "b"]},
			"end": {"type": ["string", "null"], "format": "date", "description": "eigen"},
			"names": {"type": "array", "items": {"type": "string"}},
			"points": {"type": "object", "additionalProperties": {"type": "integer"}},
			"at": {"type": "string", "format": "date-time", "description": "een tijdstip als 1970-01-01T00:00:00.000Z"},
			"more": {}, "free": {}
		}}`))
	if got != want {
		t.Errorf("shape is\n%s\nnot\n%s", got, want)
	}
}

func mustCanonical(t *testing.T, text string) []byte {
	t.Helper()
	b, err := canon.Canonical([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnEnumThatTakesNullSaysSo(t *testing.T) {
	type in struct {
		Word canon.Opt[string] `json:"word" enum:"a,b"`
	}
	s := canon.ShapeOf(reflect.TypeFor[in]()).Fields[0].Shape
	if got := string(canon.Must(s)); got != `{"enum":["a","b",null],"type":["string","null"]}` {
		t.Error(got)
	}
	if !s.Takes("null") || !s.Takes("string") || s.Takes("number") {
		t.Error("it takes other types than a word or null")
	}
}

// Whatever the shape requires, Decode misses; what it lets be absent, Decode does too.
func TestRequiredFieldsAreThoseDecodeMisses(t *testing.T) {
	var v shaped
	err := canon.Decode([]byte(`{}`), &v)
	missing := faults(err)
	required := canon.ShapeOf(reflect.TypeFor[shaped]()).Required
	if len(required) != len(missing) {
		t.Fatalf("required %v, missed %v", required, missing)
	}
	for _, name := range required {
		if missing["/"+name] != canon.CodeMissing+" " {
			t.Errorf("%s is required, and not missed", name)
		}
	}
}
