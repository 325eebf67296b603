package canon_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

type inner struct {
	Count int    `json:"count"`
	Name  string `json:"name,omitempty"`
}

type whole struct {
	inner
	Zeta   []string             `json:"zeta"`
	Alpha  map[string]int       `json:"alpha"`
	Flag   *bool                `json:"flag"`
	Left   canon.Opt[string]    `json:"left"`
	Many   []inner              `json:"many,omitempty"`
	Hash   ident.Hash           `json:"hash,omitempty"`
	At     time.Time            `json:"at,omitempty"`
	Kept   canon.Raw            `json:"kept,omitempty"`
	Kind   string               `json:"kind,omitempty" enum:"a,b"`
	Kinds  []string             `json:"kinds,omitempty" enum:"a,b"`
	Exact  canon.Number         `json:"exact,omitempty"`
	Small  int8                 `json:"small,omitempty"`
	Plus   uint                 `json:"plus,omitempty"`
	Ptr    *inner               `json:"ptr"`
	Deep   canon.Opt[inner]     `json:"deep"`
	Nested map[ident.Norm]inner `json:"nested,omitempty"`
	Secret string               `json:"-"`
}

func TestEncodeWritesOneFormOnly(t *testing.T) {
	at := time.Date(2026, 3, 29, 3, 0, 0, 123_456_789, time.FixedZone("", 7200))
	for _, c := range []struct {
		name string
		v    any
		want string
	}{
		{"keys are sorted, embedded fields flattened, empty lists and maps written", whole{inner: inner{Count: 2}, Secret: "x"}, `{"alpha":{},"count":2,"zeta":[]}`},
		{"map keys are sorted by bytes", map[string]int{"b": 1, "a": 2, "é": 3, "B": 4}, `{"B":4,"a":2,"b":1,"é":3}`},
		{"only the escapes that JSON demands", "é€\u2028<>&/\"\\\n\x01", "\"é€\u2028<>&/\\\"\\\\\\n\\u0001\""},
		{"a hash is text", struct {
			H ident.Hash `json:"h"`
		}{ident.HashOf(nil)}, `{"h":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}`},
		{"an instant is UTC to the millisecond", at, `"2026-03-29T01:00:00.123Z"`},
		{"null and given are written, absent is not", struct {
			A, B, C canon.Opt[int]
		}{A: canon.Null[int](), B: canon.Some(0)}, `{"A":null,"B":0}`},
		{"raw bytes stay as they are", []canon.Raw{canon.Raw(`{"a":1}`)}, `[{"a":1}]`},
		{"a number is brought to its form", canon.Number("-1.50e2"), `-150`},
		{"nothing is null", nil, `null`},
		{"an interface is what it holds", []any{1, "a", true, nil}, `[1,"a",true,null]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := canon.Encode(c.v)
			if err != nil || string(b) != c.want {
				t.Errorf("got %s, %v; want %s", b, err, c.want)
			}
		})
	}
}

type loop struct {
	Next *loop `json:"next"`
}

func TestEncodeRefuses(t *testing.T) {
	endless := &loop{}
	endless.Next = endless
	for name, v := range map[string]any{
		"a float":               1.5,
		"a float in a list":     []float64{1},
		"bytes":                 []byte("x"),
		"text that is not text": "\xff",
		"a key that is no text": map[string]int{"\xff": 1},
		"a function":            func() {},
		"a loop":                endless,
		"an empty raw":          canon.Raw(nil),
		"a number that is none": canon.Number("1."),
		"two fields of one name": struct {
			inner
			C int `json:"count"`
		}{},
		"a map with other keys": map[int]int{},
		"a year of five digits": time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			if b, err := canon.Encode(v); err == nil {
				t.Errorf("encoded as %s", b)
			}
		})
	}
}

func faults(err error) map[string]string {
	f := fault.As(err)
	if f == nil {
		return nil
	}
	found := map[string]string{}
	for _, d := range f.Details {
		found[d.Pointer] += d.Reason + " "
	}
	return found
}

func TestDecodeNamesAllFaultsAtOnce(t *testing.T) {
	const text = `{"zeta":["a",1,null],"alpha":{"a/b":"x","~":1.5},"flag":null,"count":1.5,"kind":"geheim","kinds":["a","c"],
		"small":128,"plus":-1,"hash":"00","at":"gisteren","many":[{"count":"x"},{}],"ptr":[],"deep":{"count":true},"onbekend":{"b":1,"b":2},
		"nested":{"n":{"count":1,"x":1}},"left":1,"exact":"1"}`
	var v whole
	err := canon.Decode([]byte(text), &v)
	want := map[string]string{
		"/zeta/1": "wrong-type ", "/zeta/2": "null-not-allowed ", "/alpha/a~1b": "wrong-type ", "/alpha/~0": "wrong-type ",
		"/flag": "null-not-allowed ", "/count": "wrong-type ", "/kind": "unknown-value ", "/kinds/1": "unknown-value ",
		"/small": "out-of-range ", "/plus": "out-of-range ", "/hash": "wrong-form ", "/at": "wrong-form ",
		"/many/0/count": "wrong-type ", "/many/1/count": "missing ", "/ptr": "wrong-type ", "/deep/count": "wrong-type ",
		"/onbekend": "unknown-field ", "/onbekend/b": "duplicate-key ", "/nested/n/x": "unknown-field ", "/left": "wrong-type ",
		"/exact": "wrong-type ",
	}
	if d := cmp.Diff(want, faults(err)); d != "" {
		t.Error(d)
	}
	for _, d := range fault.As(err).Details {
		if strings.Contains(d.Text, "geheim") || strings.Contains(d.Text, "gisteren") || !strings.HasSuffix(d.Text, ".") {
			t.Errorf("text of %s: %q", d.Pointer, d.Text)
		}
	}
}

func TestDecodeAsksForWhatMustBeThere(t *testing.T) {
	var v whole
	if d := cmp.Diff(map[string]string{"/zeta": "missing ", "/alpha": "missing ", "/count": "missing "}, faults(canon.Decode([]byte(`{}`), &v))); d != "" {
		t.Error(d)
	}
	if err := canon.Decode([]byte(`[]`), &v); !fault.Is(err, fault.Invalid) || !fault.Has(err, canon.BadInput) {
		t.Errorf("got %v", err)
	}
}

func TestDecodeReadsWhatEncodeWrites(t *testing.T) {
	in := whole{
		inner: inner{Count: -3, Name: "naam"}, Zeta: []string{"b", "a"}, Alpha: map[string]int{"x": 1}, Flag: new(false),
		Left: canon.Null[string](), Many: []inner{{Count: 1}}, Hash: ident.HashOf([]byte("x")),
		At: time.Date(2026, 11, 21, 13, 0, 0, 5_000_000, time.UTC), Kept: canon.Raw(`{"a":[1,2]}`), Kind: "b", Kinds: []string{"a"},
		Exact: "12.5", Small: -128, Plus: math.MaxUint, Ptr: &inner{Count: 9}, Deep: canon.Some(inner{Count: 4}),
		Nested: map[ident.Norm]inner{"bfd:1": {Count: 1}},
	}
	b := canon.Must(in)
	var out whole
	if err := canon.Decode(b, &out); err != nil {
		t.Fatal(err)
	}
	if again := canon.Must(out); string(again) != string(b) {
		t.Errorf("%s\nbecame\n%s", b, again)
	}
	if out.Hash != in.Hash || !out.At.Equal(in.At) || out.Plus != in.Plus || *out.Ptr != *in.Ptr || !out.Left.Null || out.Deep.V != in.Deep.V {
		t.Errorf("got %+v", out)
	}
}

func TestDecodePanicsOnWhatOnlyAProgrammerCanMend(t *testing.T) {
	for name, v := range map[string]any{"no pointer": whole{}, "a float": new(float64), "an interface": new(any), "bytes": new([]byte)} {
		for range 2 { // the second time too: no caller may hang on the first one's panic
			t.Run(name, func(t *testing.T) {
				defer func() {
					if recover() == nil {
						t.Error("no panic")
					}
				}()
				_ = canon.Decode([]byte(`1`), v)
			})
		}
	}
}

func TestParseRefusesWhatIsNoJSON(t *testing.T) {
	deep := strings.Repeat("[", canon.MaxDepth) + strings.Repeat("]", canon.MaxDepth)
	if _, err := canon.Parse([]byte(deep)); err != nil {
		t.Errorf("at the limit of depth: %v", err)
	}
	for name, c := range map[string]struct{ text, code string }{
		"nothing":                       {"", canon.CodeSyntax},
		"two values":                    {"1 2", canon.CodeSyntax},
		"a comma too many":              {"[1,]", canon.CodeSyntax},
		"a leading zero":                {"01", canon.CodeSyntax},
		"a number without digits":       {"-", canon.CodeSyntax},
		"a point without digits":        {"1.", canon.CodeSyntax},
		"an exponent without digits":    {"1e+", canon.CodeSyntax},
		"a control character in a text": {"\"\n\"", canon.CodeSyntax},
		"an open text":                  {`"abc`, canon.CodeSyntax},
		"an unknown escape":             {`"\x"`, canon.CodeSyntax},
		"half a surrogate pair":         {`"\ud800"`, canon.CodeSyntax},
		"the other half":                {`"\udc00"`, canon.CodeSyntax},
		"a pair that is none":           {`"\ud800\u0041"`, canon.CodeSyntax},
		"a key that is no text":         {`{1:1}`, canon.CodeSyntax},
		"no colon":                      {`{"a" 1}`, canon.CodeSyntax},
		"a word":                        {`nul`, canon.CodeSyntax},
		"a byte order mark":             {"\ufeff1", canon.CodeSyntax},
		"bytes that are no text":        {"\"\xff\"", canon.CodeNotUTF8},
		"one level too deep":            {"[" + deep + "]", canon.CodeTooDeep},
		"a number that fills memory":    {"1e999999999", canon.CodeNumberTooLong},
		"a fraction that fills memory":  {"1e-999999999", canon.CodeNumberTooLong},
		"an exponent of any length":     {"1e99999999999999999999", canon.CodeNumberTooLong},
		"a key twice":                   {`{"a":1,"a":1}`, canon.CodeDuplicate},
		"a key twice, once escaped":     {`{"a":1,"\u0061":1}`, canon.CodeDuplicate},
		"a key twice among many":        {`{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"k":1,"l":1,"m":1,"n":1,"m":1}`, canon.CodeDuplicate},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := canon.Parse([]byte(c.text))
			if f := fault.As(err); f == nil || f.Details[0].Reason != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAHostileDocumentGetsABoundedAnswer(t *testing.T) {
	long := strings.Repeat("é", 300_000)
	text := `{"` + long + `":{` + strings.Repeat(`"a":1,`, 50_000) + `"a":1}}`
	_, err := canon.Parse([]byte(text))
	f := fault.As(err)
	if f == nil || len(f.Details) != 1001 || f.Details[1000].Reason != canon.CodeMore {
		t.Fatalf("got %d faults", len(f.Details))
	}
	if n := len(f.Error()); n > 1<<20 {
		t.Errorf("the answer is %d bytes", n)
	}
}

func TestNumbersHaveOneForm(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "-0.0": "0", "0e5": "0", "1.0": "1", "1.50": "1.5", "10": "10", "1e2": "100", "1E+2": "100", "1.5e1": "15",
		"1.25e1": "12.5", "12e-1": "1.2", "1e-3": "0.001", "-120e-2": "-1.2", "100e-2": "1", "0.00120e1": "0.012", "0e-999999999": "0",
		"9007199254740993": "9007199254740993",
	} {
		if got, ok := canon.ParseNumber(in); !ok || string(got) != want {
			t.Errorf("%s: got %s, %t; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "+1", "1.", ".5", "1e", "1 ", " 1", "0x1", "1_0", "NaN", "1e1001"} {
		if got, ok := canon.ParseNumber(in); ok {
			t.Errorf("%q: got %s", in, got)
		}
	}
}

func TestNodesTellWhatTheTextHolds(t *testing.T) {
	n, err := canon.Parse([]byte(` {"b":[1.0,"x\u00e9\ud83d\ude00",true],"a":{"c":null}} `))
	if err != nil {
		t.Fatal(err)
	}
	var items []string
	for v := range n.Get("b").Items() {
		items = append(items, string(v.Append(nil)))
	}
	if got := strings.Join(items, " "); got != `1 "xé😀" true` {
		t.Errorf("got %s", got)
	}
	if n.Get("z").Valid() || n.Get("a").Get("c").Kind() != canon.Nil || n.Get("b").Len() != 3 || string(n.Append(nil)) != `{"a":{"c":null},"b":[1,"xé😀",true]}` {
		t.Errorf("got %s", n.Append(nil))
	}
}

// ownFault reports whether canon refuses a text for a reason of its own, which
// encoding/json does not have.
func ownFault(err error) bool {
	for _, d := range fault.As(err).Details {
		switch d.Reason {
		case canon.CodeDuplicate, canon.CodeTooDeep, canon.CodeNumberTooLong, canon.CodeNotUTF8:
			return true
		}
	}
	return false
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.50,-0,1e3,{"b":"\u00e9\ud83d\ude00"}],"a":null}`, `[]`, `"\ud800"`, `1e999`, "\"\xff\"", ` { } `, `[[[[`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := canon.Parse(b)
		if err != nil {
			if json.Valid(b) && !ownFault(err) && !strings.Contains(strings.ToLower(string(b)), `\ud`) {
				t.Fatalf("refused %q: %v", b, err)
			}
			return
		}
		if !json.Valid(b) {
			t.Fatalf("accepted %q", b)
		}
		once := n.Append(nil)
		again, err := canon.Canonical(once)
		if err != nil || string(again) != string(once) {
			t.Fatalf("%q became %q, %v", once, again, err)
		}
		if !json.Valid(once) {
			t.Fatalf("wrote %q", once)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"zeta":["a"],"alpha":{"a":1},"count":1,"flag":true,"left":null,"many":[{"count":2}],"kept":{"b":1,"a":2},"deep":{"count":1}}`))
	f.Add([]byte(`{"zeta":[],"alpha":{},"count":1e2,"at":"2026-11-21T14:05:00+01:00","exact":1.50,"hash":"00"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var v, w whole
		if canon.Decode(b, &v) != nil {
			return
		}
		once := canon.Must(v)
		if err := canon.Decode(once, &w); err != nil {
			t.Fatalf("%q became %q, which is refused: %v", b, once, err)
		}
		if again := canon.Must(w); string(again) != string(once) {
			t.Fatalf("%q became %q", once, again)
		}
	})
}

func TestEncodedTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.Int64())).Draw(t, "in")
		b, err := canon.Encode(in)
		if err != nil {
			t.Fatal(err) // rapid.String draws valid text only
		}
		var out map[string][]int64
		if err := canon.Decode(b, &out); err != nil {
			t.Fatal(err)
		}
		var oracle map[string][]int64
		if err := json.Unmarshal(b, &oracle); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(oracle, out); d != "" {
			t.Fatal(d)
		}
	})
}
