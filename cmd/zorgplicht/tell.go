package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"zorgplicht/internal/fault"
)

// advice says what to do about a reason, for who sits at a terminal. A reason
// that says enough by itself is not here.
var advice = map[string]string{
	"store-not-empty":              "the store holds something already; give an empty one. Nothing was written.",
	"store-away":                   "the database does not answer; nothing is lost, try again.",
	"store-full":                   "the disk, or the page limit of the store, is full; make room and try again.",
	"backup-exists":                "there is a file of that name already; name another one.",
	"backup-damaged":               "the file is no backup of zorgplicht, or was changed; nothing was written.",
	"backup-newer":                 "the backup is of a newer version; restore it with that version.",
	"unknown-test":                 "no test with this id is in use; see zorgplicht test list.",
	"firm-unknown":                 "there is no firm with this id; see zorgplicht firm list.",
	"unknown-attempt":              "this firm has no attempt with this id; the page of the attempt shows it.",
	"unknown-task":                 "there is no failed task with this id; see zorgplicht jobs list.",
	"token-unknown":                "this firm has no token with this id; see zorgplicht token list.",
	"no-checkpoint":                "nothing was sequenced yet; serve does that within a second of the first fact.",
	"retake-not-allowed":           "this client has taken the test, or began with it, and the test allows no retake.",
	"test-not-required":            "for this client and product no test is needed.",
	"no-book":                      "no file of agreements was read yet; see zorgplicht loans import --help.",
	"unknown-commission-run":       "no month was computed of that name; give it as 2026-10, or compute it with zorgplicht commission run.",
	"unknown-commission-agreement": "that month holds no intermediary with this code; the agreements have the codes.",
	"role-not-bound":               "row-level security would not hold this login.",
}

// tell writes an error as one who has to mend it wants to read it: every fault of
// the input on a line of its own, with the line of the file where there is one.
func tell(w io.Writer, err error) {
	f := fault.As(err)
	switch {
	case f == nil:
		fmt.Fprintf(w, "zorgplicht: %v\n", err)
	case len(f.Details) == 0 && advice[f.Reason] != "":
		about := f.About
		if about != "" {
			about = " (" + about + ")"
		}
		fmt.Fprintf(w, "zorgplicht: %s%s: %s\n", f.Reason, about, advice[f.Reason])
		if f.Cause != nil {
			fmt.Fprintf(w, "  %v\n", f.Cause)
		}
	case len(f.Details) == 0:
		fmt.Fprintf(w, "zorgplicht: %v\n", err)
	default:
		fmt.Fprintf(w, "zorgplicht: %s, %s:\n", f.Reason, count(len(f.Details), "fault"))
		for _, d := range f.Details {
			where := d.Pointer
			if d.Line > 0 {
				where = strings.TrimSuffix(fmt.Sprintf("line %d, %s", d.Line, d.Pointer), ", ")
			}
			fmt.Fprintf(w, "  %s: %s: %s\n", where, d.Reason, d.Text)
		}
	}
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// tellUsage writes what is wrong with the command line and where to read on.
func tellUsage(w io.Writer, err error, args []string) {
	help, what := "zorgplicht --help", err.Error()
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context.Selected() != nil {
		help = parse.Context.Selected().FullPath() + " --help"
	} else if len(args) > 0 && strings.HasPrefix(what, "unexpected argument") {
		what = strings.Replace(what, "unexpected argument "+args[0], "there is no command "+args[0], 1)
	}
	fmt.Fprintf(w, "zorgplicht: %s\nRun %s to see what there is.\n", what, help)
}

// A table is a list for people, or one JSON object a line for programs.
type table struct {
	json bool
	cols []string
	w    io.Writer
	tab  *tabwriter.Writer
	err  error
}

func newTable(w io.Writer, asJSON bool, cols ...string) *table {
	t := &table{json: asJSON, cols: cols, w: w, tab: tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	if !asJSON {
		fmt.Fprintln(t.tab, strings.Join(cols, "\t"))
	}
	return t
}

func (t *table) row(cells ...string) {
	if !t.json {
		fmt.Fprintln(t.tab, strings.Join(cells, "\t"))
		return
	}
	m := map[string]string{}
	for i, c := range cells {
		m[strings.ToLower(t.cols[i])] = c
	}
	if err := json.NewEncoder(t.w).Encode(m); err != nil && t.err == nil {
		t.err = err
	}
}

func (t *table) end(err error) error {
	if err == nil {
		err = t.err
	}
	if err == nil && !t.json {
		err = t.tab.Flush()
	}
	return err
}

// fields prints a few named values: one JSON object, or a line each.
func fields(w io.Writer, asJSON bool, pairs ...string) error {
	m := map[string]string{}
	tab := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for i := 0; i < len(pairs); i += 2 {
		if asJSON {
			m[pairs[i]] = pairs[i+1]
			continue
		}
		fmt.Fprintf(tab, "%s\t%s\n", pairs[i], pairs[i+1])
	}
	if asJSON {
		return json.NewEncoder(w).Encode(m)
	}
	return tab.Flush()
}
