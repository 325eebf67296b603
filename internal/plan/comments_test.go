package plan

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryExportedNameIsExplained(t *testing.T) {
	t.Parallel()
	found, err := Comments(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Error(b)
	}
}

func TestComments(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, text string
		want       string // part of the one breach; empty: none
	}{
		{"a function with a comment", "// F is.\nfunc F() {}", ""},
		{"a function without", "func F() {}", "F has no comment"},
		{"a function for the package alone", "func f() {}", ""},
		{"a method without", "// T is.\ntype T int\nfunc (t *T) F() {}", "F has no comment"},
		{"a method of a generic type without", "// T is.\ntype T[K any] struct{ k K }\nfunc (t *T[K]) F() {}", "F has no comment"},
		{"a method that a reader cannot reach", "type t int\nfunc (t) F() {}", ""},
		{"a method that the standard library explains", "// T is.\ntype T int\nfunc (T) String() string { return \"\" }", ""},
		{"a type without", "type T int", "T has no comment"},
		{"a group of types under one comment", "// The ids.\ntype (\n\tT int\n\tU int\n)", ""},
		{"a group of types without", "type (\n\tT int\n\tU int // U is.\n)", "T has no comment"},
		{"a group of constants under one comment", "// The kinds.\nconst (\n\tA = 1\n\tB = 2\n)", ""},
		{"a constant with a comment behind it", "const (\n\tA = 1 // first\n)", ""},
		{"a variable without", "var V int", "V has no comment"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found, err := Comments(fstest.MapFS{"credit/credit.go": {Data: []byte("// Package credit is.\npackage credit\n" + c.text)}})
			switch {
			case err != nil:
				t.Fatal(err)
			case c.want == "" && len(found) > 0:
				t.Errorf("got %v, want nothing", found)
			case c.want != "" && (len(found) != 1 || !strings.Contains(found[0].String(), c.want)):
				t.Errorf("got %v, want one that says %q", found, c.want)
			}
		})
	}
}

func TestAPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	found, err := Comments(fstest.MapFS{
		"credit/a.go":      {Data: []byte("package credit")},
		"credit/b_test.go": {Data: []byte("// Package credit is.\npackage credit")},
		"advice/a.go":      {Data: []byte("package advice")},
		"advice/b.go":      {Data: []byte("// Package advice is.\npackage advice")},
	})
	if err != nil || len(found) != 1 || found[0].Where != "credit" {
		t.Errorf("got %v, %v, want one breach for credit", found, err)
	}
}
