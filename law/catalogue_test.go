package law_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/law"
)

// beyond are units that the lists leave out: the table of fines, which rules
// cite, and the 42 diplomas of annex 11.
func beyond() []string {
	ids := []string{"bijlage10:tabel1"}
	for row := range 42 {
		ids = append(ids, fmt.Sprintf("bijlage11:tabel1:%d", row+1))
	}
	return ids
}

// A listed is one unit of the lists.
type listed struct{ id, parent, leaf string }

// lists reads the ids that the catalogue must hold, in the order of the texts.
func lists(t *testing.T) []listed {
	t.Helper()
	var all []listed
	for _, name := range []string{"provision-ids", "annex-ids", "afm-ids"} {
		file, err := os.Open("testdata/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			unit := listed{id: row[0]}
			if name == "provision-ids" {
				unit.parent, unit.leaf = row[2], row[3]
			}
			all = append(all, unit)
		}
	}
	if len(all) != 513+286+29 {
		t.Fatalf("the lists hold %d units", len(all))
	}
	return all
}

func TestEveryUnitOfTheListsIsInTheCatalogueOnce(t *testing.T) {
	var want, have, more []string
	for _, unit := range lists(t) {
		want = append(want, unit.id)
	}
	for _, n := range law.Norms() {
		if id := string(n.ID); slices.Contains(beyond(), id) {
			more = append(more, id)
		} else {
			have = append(have, id)
		}
	}
	if diff := cmp.Diff(want, slices.Compact(have)); diff != "" {
		t.Errorf("-list +catalogue:\n%s", diff)
	}
	if diff := cmp.Diff(beyond(), more); diff != "" {
		t.Errorf("beyond the lists (-wanted +catalogue):\n%s", diff)
	}
}

func TestAUnitStandsInTheUnitOfTheList(t *testing.T) {
	for _, unit := range lists(t) {
		n, ok := law.Find(ident.Norm(unit.id))
		if !ok || unit.leaf == "" {
			continue // annexes and AFM documents have no parents in their lists
		}
		if string(n.Parent) != unit.parent || n.Opens() != (unit.leaf == "no") {
			t.Errorf("%s: stands in %q, opens %v", n.ID, n.Parent, n.Opens())
		}
	}
}

func TestEveryNormIsTold(t *testing.T) {
	known := map[ident.Norm]bool{}
	for _, n := range law.Norms() {
		known[n.ID] = true
	}
	said := map[string]ident.Norm{}
	for _, n := range law.Norms() {
		term := strings.HasPrefix(string(n.ID), "bijlage") && n.Kind == "final_term"
		if n.English == "" && !term {
			t.Errorf("%s: no English", n.ID)
		}
		if other, ok := said[n.Dutch]; ok && !term {
			t.Errorf("%s says the same as %s", n.ID, other)
		}
		said[n.Dutch] = n.ID
		for _, id := range slices.Concat(n.See, n.Excepts) {
			if !known[id] {
				t.Errorf("%s refers to %s, which the catalogue does not have", n.ID, id)
			}
		}
	}
}

func TestAnExceptionIsWrittenOnceAndFoundFromBothSides(t *testing.T) {
	for _, n := range law.Norms() {
		for _, id := range n.Excepts {
			if other, ok := law.Find(id); ok && !slices.Contains(other.ExceptedBy, n.ID) {
				t.Errorf("%s excepts %s, which does not know it", n.ID, id)
			}
		}
		for _, id := range n.ExceptedBy {
			other, _ := law.Find(id)
			if !slices.Contains(other.Excepts, n.ID) {
				t.Errorf("%s is excepted by %s, which does not say so", n.ID, id)
			}
			if slices.Contains(n.Excepts, id) {
				t.Errorf("%s and %s except each other", n.ID, id)
			}
		}
	}
	n, _ := law.Find("bfd:14:2")
	if diff := cmp.Diff([]ident.Norm{"bfd:14:4"}, n.ExceptedBy); diff != "" {
		t.Error(diff)
	}
}

// small is a catalogue of one file; %s is what the case is about.
const small = `of: bfd:13
title: Zeggenschap
profile: bfd-2005
force: law
from: commencement
norms:
  - id: bfd:13
    kind: ban
    bearer: [firm]
    product: [any]
    moment: always
    machine: human
    evidence: Een overzicht.
    nl: Geen ondoorzichtige structuur.
%s`

func TestReadNamesEveryFault(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a field nobody knows", "    colour: red\n", "line 15: field colour not found"},
		{"a kind nobody knows", "  - {id: 'bfd:13::a', kind: wish, nl: A.}\n", `bfd/13.yaml:15: bfd:13::a: kind "wish" is not in the list`},
		{"an id of another article", "  - {id: 'bfd:14:1', nl: A.}\n", "does not belong in the file of bfd:13"},
		{"an id that is none", "  - {id: 'bfd:13:x:y', nl: A.}\n", "is no provision"},
		{"an id twice", "  - {id: 'bfd:13', nl: A., kind: scope, machine: none}\n", "bfd:13: stands twice"},
		{"no paraphrase", "  - {id: 'bfd:13::a'}\n", "nl is missing"},
		{"a sentence that does not end", "  - {id: 'bfd:13::a', nl: A}\n", "a text ends as a sentence does"},
		{"a duty without a bearer", "  - {id: 'bfd:13::a', nl: A., bearer: []}\n", "a ban needs bearer, product, moment and evidence"},
		{"a definition without its term", "  - {id: 'bfd:13::a', nl: A., kind: definition}\n", "a definition needs its term"},
		{"a number that is no number", "  - {id: 'bfd:13::a', nl: A., numbers: [{value: veel, unit: year, what: termijn}]}\n", "an exact value"},
		{"a unit nobody knows", "  - {id: 'bfd:13::a', nl: A., numbers: [{value: '1', unit: mile, what: termijn}]}\n", `unit "mile"`},
		{"a day that is none", "  - {id: 'bfd:13::a', nl: A., from: 2007-13-01}\n", `from "2007-13-01" is no date`},
		{"an end before the beginning", "  - {id: 'bfd:13::a', nl: A., from: 2007-10-01, to: 2007-09-30}\n", "ends before it begins"},
		{"an unknown first day and no day of reading", "  - {id: 'bfd:13::a', nl: A., from: not in the source}\n", "needs the day it was read"},
		{"a reference to nothing", "  - {id: 'bfd:13::a', nl: A., see: [elsewhere]}\n", `"elsewhere" cannot be referred to`},
		{"an exception to itself", "  - {id: 'bfd:13::a', nl: A., excepts: ['bfd:13::a']}\n", "cannot be referred to from here"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := law.Read(fstest.MapFS{"bfd/13.yaml": {Data: fmt.Appendf(nil, small, c.text)}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	_, err := law.Read(fstest.MapFS{
		"bfd/13.yaml":  {Data: fmt.Appendf(nil, small, "  - {id: 'bfd:13::a'}\n  - {id: 'bfd:13::b', nl: A}\n")},
		"bfd/14.yaml":  {Data: []byte("of: bfd:14\n")},
		"afm/ket.yaml": {Data: []byte("norms: [\n")},
	})
	if n := len(strings.Split(err.Error(), "\n")); n < 4 {
		t.Errorf("of all files %d faults are named: %v", n, err)
	}
}

func TestAUnitHasFromItsOpeningWhatItLeavesOut(t *testing.T) {
	c, err := law.Read(fstest.MapFS{"bfd/13.yaml": {Data: fmt.Appendf(nil, small, "  - {id: 'bfd:13::a', nl: Niet ondoorzichtig., moment: change}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	n, ok := c.Find("bfd:13::a")
	if !ok || n.Kind != "ban" || n.Moment != "change" || n.Evidence != "Een overzicht." || n.From != law.Commencement || n.Line != 15 || n.Title != "Zeggenschap" {
		t.Errorf("got %+v", n)
	}
	if n, _ := c.Find("bfd:13"); !n.Opens() || len(c.Norms()) != 2 {
		t.Errorf("got %+v", n)
	}
	if _, ok := c.Find("bfd:12:1"); ok {
		t.Error("found what is not there")
	}
}

func TestAUnitByItselfHasFromItsFileWhatItLeavesOut(t *testing.T) {
	file := `of: bijlage4
title: Schade
profile: bfd-2005
force: law
from: commencement
basis: [artikel 16 Bfd]
kind: final_term
bearer: [employee]
product: [non_life]
moment: always
machine: partly
evidence: Een diploma.
norms:
  - id: bijlage4:2:a
    nl: Kent het risico.
  - id: bijlage4:2:b
    product: []
    machine: human
    basis: [artikel 17 Bfd]
    nl: Kent de preventie.
`
	c, err := law.Read(fstest.MapFS{"bijlage/04.yaml": {Data: []byte(file)}})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := c.Find("bijlage4:2:a")
	if n.Parent != "" || n.Kind != "final_term" || n.Machine != "partly" || n.Evidence != "Een diploma." || !slices.Equal(n.Products, []string{"non_life"}) {
		t.Errorf("got %+v", n)
	}
	n, _ = c.Find("bijlage4:2:b")
	if n.Machine != "human" || len(n.Products) != 0 || !slices.Equal(n.Basis, []string{"artikel 16 Bfd", "artikel 17 Bfd"}) {
		t.Errorf("got %+v", n)
	}
}

func TestANormHoldsFromItsFirstDayThroughItsLast(t *testing.T) {
	day := calendar.MustParse
	for _, c := range []struct {
		name   string
		norm   law.Norm
		on     string
		starts calendar.Date
		want   bool
	}{
		{"the day of commencement", law.Norm{From: law.Commencement}, "2006-01-01", day("2006-01-01"), true},
		{"the day before", law.Norm{From: law.Commencement}, "2005-12-31", day("2006-01-01"), false},
		{"nobody said when it commenced", law.Norm{From: law.Commencement}, "2006-01-01", calendar.Date{}, false},
		{"a date of its own", law.Norm{From: "2007-10-01"}, "2007-10-01", calendar.Date{}, true},
		{"the last day", law.Norm{From: "2007-10-01", To: "2007-12-31"}, "2007-12-31", calendar.Date{}, true},
		{"the day after the last", law.Norm{From: "2007-10-01", To: "2007-12-31"}, "2008-01-01", calendar.Date{}, false},
		{"the day a page was read", law.Norm{From: law.Unknown, Read: "2026-11-21"}, "2026-11-21", calendar.Date{}, true},
		{"the day before it was read", law.Norm{From: law.Unknown, Read: "2026-11-21"}, "2026-11-20", calendar.Date{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.norm.Holds(day(c.on), c.starts); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestALaterWordingFollowsTheOneBefore(t *testing.T) {
	wording := "  - {id: 'bfd:13::a', nl: Oud., to: 2006-12-31}\n  - {id: 'bfd:13::a', nl: Nieuw., from: %s}\n"
	for from, ok := range map[string]bool{"2007-01-01": true, "2006-12-31": false, "commencement": false} {
		c, err := law.Read(fstest.MapFS{"bfd/13.yaml": {Data: fmt.Appendf(nil, small, fmt.Sprintf(wording, from))}})
		if (err == nil) != ok {
			t.Errorf("from %s: %v", from, err)
			continue
		}
		if ok {
			if n, _ := c.Find("bfd:13::a"); n.Dutch != "Nieuw." || len(c.Norms()) != 3 {
				t.Errorf("from %s: got %+v", from, n)
			}
		}
	}
}

func TestEveryFileOfTheCatalogueIsRead(t *testing.T) {
	read := map[string]bool{"README.md": true}
	for _, n := range law.Norms() {
		read[n.File] = true
	}
	err := fs.WalkDir(law.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !read[name] {
			t.Errorf("%s holds no norm that is read", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryWordIsThereOnceInBothLanguages(t *testing.T) {
	for _, list := range []law.Words{law.Kinds, law.Bearers, law.Products, law.Moments, law.Machines, law.Forces, law.Units, law.Bounds} {
		seen := map[string]bool{}
		for _, w := range list {
			if seen[w.Code] || w.Dutch == "" || w.English == "" {
				t.Errorf("%+v", w)
			}
			seen[w.Code] = true
		}
	}
}
