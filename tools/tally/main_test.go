package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestTally(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, test              string
		passed, failed, skipped int
		says                    string
	}{
		{"two that pass", "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}", 2, 0, 0, "ok  "},
		{"one that fails tells why", `func TestA(t *testing.T) { t.Error("too late") }`, 0, 1, 0, "too late"},
		{"one that is skipped", `func TestA(t *testing.T) { t.Skip("no server") }`, 0, 0, 1, "ok  "},
		{"a test that holds others is not counted", `func TestA(t *testing.T) { for _, n := range []string{"b", "c"} { t.Run(n, func(t *testing.T) {}) } }`, 2, 0, 0, "ok  "},
		{"one failure inside another counts once", `func TestA(t *testing.T) { t.Run("b", func(t *testing.T) { t.Error("x") }) }`, 0, 1, 0, "TestA/b"},
		{"code that does not build", "func TestA(t *testing.T) { nobody() }", 0, 1, 0, "undefined: nobody"},
		{"a panic", `func TestA(t *testing.T) { panic("broken") }`, 0, 1, 0, "broken"},
		{"an exit in between", `func TestA(t *testing.T) {}` + "\n" + `func TestMain(m *testing.M) { println("no way"); os.Exit(3) }`, 0, 1, 0, "no way"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			got := newTally(&out)
			if err := got.read(strings.NewReader(events(t, c.test))); err != nil {
				t.Fatal(err)
			}
			if got.passed != c.passed || got.failed != c.failed || len(got.skipped) != c.skipped {
				t.Errorf("got %d passed, %d failed, %d skipped, want %d, %d, %d\n%s", got.passed, got.failed, len(got.skipped), c.passed, c.failed, c.skipped, &out)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("want %q in what it prints, got\n%s", c.says, &out)
			}
		})
	}
}

func TestTheReasonOfASkipIsKept(t *testing.T) {
	t.Parallel()
	got := newTally(new(strings.Builder))
	if err := got.read(strings.NewReader(events(t, `func TestA(t *testing.T) { t.Skip("no server") }`))); err != nil {
		t.Fatal(err)
	}
	if len(got.skipped) != 1 || !strings.Contains(got.skipped[0], "no server") {
		t.Errorf("got %q, want the reason", got.skipped)
	}
}

// events runs a small package of tests and returns what `go test -json` says.
func events(t *testing.T, tests string) string {
	t.Helper()
	dir := t.TempDir()
	imports := "import \"testing\"\n"
	if strings.Contains(tests, "os.") {
		imports += "import \"os\"\n"
	}
	for name, text := range map[string]string{"go.mod": "module x\n\ngo 1.26.0\n", "x_test.go": "package x\n" + imports + tests + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "test", "-vet=off", "-json", ".")
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput() // a failing test ends with a code: that is what is tried
	return string(out)
}
