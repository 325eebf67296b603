// Command tally reads what `go test -json` says and prints what a reader needs:
// one line for each package, the output of every failed test, the name and
// reason of every skipped one, and the totals. It ends with code 1 where a test
// or a package failed, and with -noskip also where one was skipped.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	noSkip := flag.Bool("noskip", false, "a skipped test is a failure")
	totals := flag.String("totals", "", "write passed, failed and skipped to this file, then the name of each that failed")
	flag.Parse()
	t := newTally(os.Stdout)
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, len(t.skipped))
	if *totals != "" {
		text := fmt.Sprintln(t.passed, t.failed, len(t.skipped)) + strings.Join(t.failures, "\n")
		if err := os.WriteFile(*totals, []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "tally:", err)
			os.Exit(2)
		}
	}
	for _, s := range t.skipped {
		fmt.Println("skipped:", s)
	}
	switch {
	case t.failed > 0:
		os.Exit(1)
	case *noSkip && len(t.skipped) > 0:
		fmt.Println("here nothing may be skipped")
		os.Exit(1)
	case t.passed == 0:
		fmt.Println("no test ran")
		os.Exit(1)
	}
}

// An event is one line of `go test -json` (go doc test2json). A build-output
// event names the package as ImportPath.
type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

// A tally keeps the totals, and the output of what has not ended yet.
type tally struct {
	out            io.Writer
	passed, failed int
	skipped        []string
	failures       []string            // package and test of each that failed
	said           map[string][]string // by package and test
	parents        map[string]bool     // tests that only hold others
	blamed         map[string]bool     // packages with a failed test
}

func newTally(out io.Writer) *tally {
	return &tally{out: out, said: map[string][]string{}, parents: map[string]bool{}, blamed: map[string]bool{}}
}

// read follows the events to their end. A line that is no event is printed: the
// go command itself said it.
func (t *tally) read(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil {
				fmt.Fprint(t.out, string(line))
			} else {
				t.event(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (t *tally) event(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(t.out, e.Output)
	case "output":
		t.said[key] = append(t.said[key], e.Output)
	case "run":
		for i := range e.Test {
			if e.Test[i] == '/' {
				t.parents[e.Package+" "+e.Test[:i]] = true
			}
		}
	case "pass", "fail", "skip":
		t.end(e, key)
		delete(t.said, key)
	}
}

// end counts a test or prints the line of a package. Tests that only hold
// others are not counted, unless they failed by themselves.
func (t *tally) end(e event, key string) {
	if e.Test == "" {
		t.endPackage(e, key)
		return
	}
	switch e.Action {
	case "pass":
		if !t.parents[key] {
			t.passed++
		}
	case "skip":
		t.skipped = append(t.skipped, key+reason(t.said[key]))
	case "fail":
		if own := strings.Join(t.said[key], ""); !t.parents[key] || strings.Contains(own, ".go:") {
			t.fail(key)
			t.blamed[e.Package] = true
			fmt.Fprintf(t.out, "FAIL %s\n%s", key, own)
		}
	}
}

// endPackage prints one line for a package. A package that failed without a
// failing test, in its build or in TestMain, counts as one failure.
func (t *tally) endPackage(e event, key string) {
	said := strings.Join(t.said[key], "")
	switch e.Action {
	case "pass":
		word := "ok  "
		if strings.Contains(said, "(cached)") {
			word = "kept"
		}
		fmt.Fprintf(t.out, "%s %-50s %6.1f s\n", word, e.Package, e.Elapsed)
	case "fail":
		fmt.Fprintf(t.out, "FAIL %-50s %6.1f s\n", e.Package, e.Elapsed)
		if !t.blamed[e.Package] {
			t.fail(e.Package)
			fmt.Fprint(t.out, said)
		}
	}
}

func (t *tally) fail(what string) {
	t.failed++
	t.failures = append(t.failures, what)
}

// reason picks what a test said when it skipped itself.
func reason(said []string) string {
	for _, line := range said {
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "---") && !strings.HasPrefix(trimmed, "===") {
			return ": " + trimmed
		}
	}
	return ""
}
