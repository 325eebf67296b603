package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// run gives a program the document as a file and returns what it prints. A
// program that is not installed skips the test, but not in CI.
func run(t *testing.T, d Document, program, debian string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing: apt-get install %s", program, debian)
		}
		t.Skipf("NOT CHECKED by %s, which is not installed (Debian: apt-get install %s)", program, debian)
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, write(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// others are documents beside the specimen: long, and with hardly anything.
func others() map[string]Document {
	bare := only()
	bare.Subject = ""
	return map[string]Document{"the specimen": specimen(), "a long document": long(120), "a title alone": bare}
}

func TestQpdfFindsNoFault(t *testing.T) {
	t.Parallel()
	for name, d := range others() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := run(t, d, "qpdf", "qpdf", "--check", "FILE")
			if !strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING") {
				t.Error(out)
			}
		})
	}
}

func TestPdfinfoReadsTheStructure(t *testing.T) {
	t.Parallel()
	for name, d := range others() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			about := run(t, d, "pdfinfo", "poppler-utils", "FILE")
			for _, want := range []string{d.Title, "Tagged:          yes", "A4"} {
				if !strings.Contains(about, want) {
					t.Errorf("no %q in\n%s", want, about)
				}
			}
			out := run(t, d, "pdfinfo", "poppler-utils", "-struct-text", "FILE")
			if strings.Contains(out, "Error") {
				t.Error(out)
			}
			var said []string
			for line := range strings.Lines(out) {
				if line = strings.TrimSpace(line); strings.HasPrefix(line, `"`) {
					said = append(said, strings.Trim(line, `"`))
				}
			}
			_, tree := inspect(t, d)
			if got, want := tidied(strings.Join(said, "")), tidied(tree.text); got != want {
				t.Errorf("it reads\n%.200s\nthe structure says\n%.200s", got, want)
			}
		})
	}
}

func TestPdftotextReadsTheText(t *testing.T) {
	t.Parallel()
	for name, d := range others() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := tidied(run(t, d, "pdftotext", "poppler-utils", "-raw", "FILE", "-"))
			_, tree := inspect(t, d)
			for _, n := range slices.Concat(tree.find("H1"), tree.find("H2"), tree.find("H3"), tree.find("LBody"), tree.find("TD"), tree.find("TH")) {
				if !strings.Contains(text, tidied(n.text)) {
					t.Errorf("no %q in the text", n.text)
				}
			}
		})
	}
}

// tidied drops all space: programs add it where blocks end.
func tidied(s string) string { return strings.Join(strings.Fields(s), "") }
