package app

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zorgplicht/ident"
)

// writeCoverage is the file to write the table to; ./check --write gives coverage.csv.
var writeCoverage = flag.String("coverage", "", "write the table of coverage to this file")

// normForm is what a citation looks like in code.
var normForm = regexp.MustCompile(`^(bfd|wft|bgfo|wck|afm|bijlage[0-9]+):[0-9a-z:-]+$`)

// coverage reads the whole project: which tests cite which norm, in their code or
// in their worked examples, and at which addresses each room has pages.
func coverage(t *testing.T) []byte {
	t.Helper()
	lines := map[string]bool{}
	note := func(kind, key, where string) { lines[kind+";"+key+";"+where] = true }
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "node_modules" || name == "third_party" || strings.HasPrefix(name, ".") && name != ".."):
			return fs.SkipDir
		case strings.HasSuffix(name, "_test.go") && name != "coverage_test.go":
			return citedInTests(path, note)
		case strings.HasSuffix(name, ".jsonl") && strings.Contains(path, "testdata"):
			return citedInExamples(path, note)
		case strings.HasSuffix(name, ".go") && filepath.Base(filepath.Dir(path)) == "web":
			return screensIn(path, note)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	all := make([]string, 0, len(lines))
	for l := range lines {
		all = append(all, l)
	}
	slices.Sort(all)
	for _, l := range all {
		out.WriteString(l + "\n")
	}
	return out.Bytes()
}

var testName = regexp.MustCompile(`^(Test|Fuzz|Benchmark|Example)[A-Z_]`)

// citedInTests notes the citations of each test of a file.
func citedInTests(path string, note func(kind, key, where string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	room := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), "../"))
	for _, decl := range file.Decls {
		where := room + "/" + filepath.Base(path)
		if f, ok := decl.(*ast.FuncDecl); ok && testName.MatchString(f.Name.Name) {
			where = room + ": " + f.Name.Name
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && cites(s) {
					note("test", s, where)
				}
			}
			return true
		})
	}
	return nil
}

func cites(s string) bool {
	if !normForm.MatchString(s) {
		return false
	}
	_, err := ident.ParseNorm(s)
	return err == nil
}

// citedInExamples notes the citations of a file of worked examples.
func citedInExamples(path string, note func(kind, key, where string)) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(b) {
		var example struct{ Source []string }
		if err := json.Unmarshal(line, &example); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for _, s := range example.Source {
			if cites(s) {
				note("test", s, filepath.ToSlash(strings.TrimPrefix(path, "../")))
			}
		}
	}
	return nil
}

// address is where a page of staff or of a client lies.
var address = regexp.MustCompile(`^/(werk|t|inzage)(/[a-z-]+)+$`)

func screensIn(path string, note func(kind, key, where string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	room := filepath.Base(filepath.Dir(filepath.Dir(path)))
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && address.MatchString(s) {
				note("screen", room, s)
			}
		}
		return true
	})
	return nil
}

func TestTheCoverageTableIsReadable(t *testing.T) {
	now := coverage(t)
	if *writeCoverage != "" {
		if err := os.WriteFile(*writeCoverage, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Contains(now, []byte("test;afm:ket:retake;")) || !bytes.Contains(now, []byte("screen;appropriateness;/werk/toetspogingen\n")) {
		t.Errorf("the code holds no citations or no screens:\n%s", now)
	}
	rules, err := Registry()
	if err != nil {
		t.Fatal(err)
	}
	c := Carry(rules)("afm:ket:retake")
	if !slices.Contains(c.Rules, "retake") || len(c.Tests) == 0 || !slices.Contains(c.Screens, "/werk/regels/retake") {
		t.Errorf("afm:ket:retake is carried by %+v", c)
	}
}
