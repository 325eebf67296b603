package lang

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestSay(t *testing.T) {
	hours := Of("binnen %d uur", "within %d hours")
	three := Plural{One: Of("1 vraag", "1 question"), Many: Of("%d vragen", "%d questions")}
	for _, c := range []struct{ name, got, want string }{
		{"a text in Dutch", Dutch.Say(hours, 24), "binnen 24 uur"},
		{"and in English", English.Say(hours, 24), "within 24 hours"},
		{"who asks for no language reads Dutch", Lang("").Say(hours, 24), "binnen 24 uur"},
		{"a sign of percent needs no care without arguments", English.Say(Of("50%", "50%")), "50%"},
		{"one has a wording of its own", English.Count(three, 1), "1 question"},
		{"none is many", Dutch.Count(three, 0), "0 vragen"},
		{"a plural need not name its number", Dutch.Count(Plural{One: Of("een", "one"), Many: Of("meer", "more")}, 3), "meer"},
		{"and so are three", English.Count(three, 3), "3 questions"},
		{"a context without a language is Dutch", string(From(context.Background())), "nl"},
		{"one with a language keeps it", string(From(With(context.Background(), English))), "en"},
		{"Dutch offers English", string(Dutch.Other()), "en"},
		{"English offers Dutch", string(English.Other()), "nl"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", c.name, c.got, c.want)
		}
	}
}

// TestNoTextLacksALanguage reads every Text that the project writes down: each has
// both wordings, they differ where they hold words, and they take the same arguments.
func TestNoTextLacksALanguage(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata" || d.Name() == "node_modules"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isOf(call) {
				return true
			}
			found++
			if fault := faultOf(call); fault != "" {
				t.Errorf("%s: %s", fset.Position(call.Pos()), fault)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d texts were found", found)
	}
}

// TestAFaultInATextIsSeen, or the test above would be blind.
func TestAFaultInATextIsSeen(t *testing.T) {
	for _, c := range []struct{ name, source string }{
		{"a wording left empty", `lang.Of("Verder", "")`},
		{"a wording that is no literal", `lang.Of("Verder", other)`},
		{"the same words twice", `lang.Of("Verder met de toets", "Verder met de toets")`},
		{"an argument that one wording forgets", `lang.Of("tot %s", "until then")`},
		{"arguments in another order", `lang.Of("%d van %s", "%s of %d")`},
	} {
		e, err := parser.ParseExpr(c.source)
		if err != nil {
			t.Fatal(err)
		}
		if call := e.(*ast.CallExpr); !isOf(call) || faultOf(call) == "" {
			t.Errorf("%s was let through", c.name)
		}
	}
}

func isOf(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "lang" && s.Sel.Name == "Of"
}

var verb = regexp.MustCompile(`%[^%a-zA-Z]*[a-zA-Z]`)

func faultOf(call *ast.CallExpr) string {
	var wordings []string
	for _, e := range call.Args {
		b, ok := e.(*ast.BasicLit)
		if !ok || b.Kind != token.STRING {
			return "a wording is no literal text"
		}
		s, err := strconv.Unquote(b.Value)
		if err != nil || strings.TrimSpace(s) == "" {
			return "a wording is empty"
		}
		wordings = append(wordings, s)
	}
	switch {
	case len(wordings) != len(All):
		return "a language lacks"
	case wordings[0] == wordings[1] && strings.Contains(wordings[0], " "):
		return "both wordings are the same"
	case !slices.Equal(verb.FindAllString(wordings[0], -1), verb.FindAllString(wordings[1], -1)):
		return "the wordings take other arguments"
	}
	return ""
}
