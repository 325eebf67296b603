package chart

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden charts anew")

func head(title string) Head {
	return Head{ID: "proef", Title: title, Told: "Staven van een proef.", Row: "Rij"}
}

func stacks(rows ...[]int) Stacks {
	s := Stacks{Head: head("Gestapeld"), Parts: []Part{{"Goed", "good"}, {"Fout", "bad"}, {"Open", "warn"}, {"Anders", ""}}}
	for i, r := range rows {
		s.Rows = append(s.Rows, Stack{Label: "Rij " + strconv.Itoa(i), Values: r})
	}
	return s
}

func columns(values ...int) Columns {
	c := Columns{Head: head("Kolommen"), Of: "Aantal", Axis: "Minuten"}
	for i, v := range values {
		c.Rows = append(c.Rows, Column{Label: strconv.Itoa(i) + " minuten", Short: strconv.Itoa(i), Value: v})
	}
	return c
}

func steps(lines ...[]int) Steps {
	s := Steps{Head: head("Lijnen")}
	for i, l := range lines {
		s.Lines = append(s.Lines, Line{Name: "Lijn " + strconv.Itoa(i), Values: l})
	}
	for i := range lines[0] {
		s.Times = append(s.Times, Time{Label: "Week " + strconv.Itoa(i), Short: "w" + strconv.Itoa(i)})
	}
	return s
}

func TestCharts(t *testing.T) {
	many := make([]int, 60)
	for i := range many {
		many[i] = i * i
	}
	noted := stacks([]int{5, 3, 2, 0}, []int{0, 0, 0, 0})
	noted.Rows[0].Notes, noted.Rows[0].Hrefs = []string{"50%"}, []string{"/werk"}
	noted.Rows[1].Label = `Een <label> dat "veel" te lang is voor een telefoon & meer`
	noted.Rows[0].Hrefs[0] = "/werk/toetspogingen?stand=begun&van=2026-01-01"
	for name, c := range map[string]templ.Component{
		"stacks": noted.Show(), "stacks-none": stacks().Show(),
		"columns": columns(0, 3, 8, 1).Show(), "columns-one": columns(1).Show(), "columns-many": columns(many...).Show(), "columns-none": columns().Show(),
		"steps": steps([]int{1, 4, 2, 0, 7}, []int{0, 1, 1, 0, 2}).Show(), "steps-one": steps([]int{3}).Show(), "steps-none": steps(nil).Show(),
		"huge": columns(math.MaxInt, 1, math.MaxInt/2).Show(),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, render(t, c)) })
	}
}

func render(t interface{ Fatal(...any) }, c templ.Component) []byte {
	var b, again bytes.Buffer
	if err := errors.Join(c.Render(context.Background(), &b), c.Render(context.Background(), &again)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Fatal("drawn twice it differs")
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	got = append(bytes.ReplaceAll(got, []byte("><"), []byte(">\n<")), '\n')
	file := "testdata/" + name + ".html"
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, got, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s is drawn otherwise; go test -update writes it anew\n%s", file, got)
	}
	inside(t, got)
}

// inside holds every box of a picture against its edges, and the picture against
// the content policy and the rules of XML.
func inside(t interface {
	Errorf(string, ...any)
	Fatal(...any)
}, drawn []byte,
) {
	d := xml.NewDecoder(bytes.NewReader(drawn))
	d.Entity = xml.HTMLEntity
	height := 0.0
	ids, pattern := map[string]bool{}, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if end, ok := token.(xml.EndElement); ok && end.Name.Local == "pattern" {
			pattern = false
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		a := map[string]string{}
		for _, x := range e.Attr {
			a[x.Name.Local] = x.Value
		}
		if _, styled := a["style"]; styled {
			t.Errorf("%s has a style of its own, which the content policy refuses", e.Name.Local)
		}
		if id := a["id"]; id != "" && ids[id] {
			t.Errorf("the id %s stands there twice", id)
		}
		ids[a["id"]] = true
		switch e.Name.Local {
		case "svg":
			if a["role"] == "img" {
				height = size(t, a["height"])
			}
		case "pattern":
			pattern = true
		case "rect":
			if pattern || !strings.HasSuffix(a["width"], "%") {
				continue
			}
			x, w, y, h := size(t, a["x"]), size(t, a["width"]), size(t, a["y"]), size(t, a["height"])
			if x < 0 || w < 0 || y < 0 || h < 0 || x+w > 100.011 || y+h > height+0.011 {
				t.Errorf("a box at %s, %s of %s by %s leaves the picture of %.2fem", a["x"], a["y"], a["width"], a["height"], height)
			}
		case "path":
			if strings.HasPrefix(a["class"], "line") {
				points(t, a["d"])
			}
		}
	}
}

// points holds every point of a stepped line against its square.
func points(t interface{ Errorf(string, ...any) }, d string) {
	for _, n := range strings.FieldsFunc(d, func(r rune) bool { return strings.ContainsRune("MHV ", r) }) {
		if v, err := strconv.ParseFloat(n, 64); err != nil || v < 0 || v > 1000 {
			t.Errorf("a point at %q", n)
		}
	}
}

func size(t interface{ Fatal(...any) }, s string) float64 {
	v, err := strconv.ParseFloat(strings.TrimRight(s, "em%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestNoBarLeavesItsPlot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.IntRange(0, 9), rapid.IntRange(0, 2_000_000), rapid.Just(math.MaxInt/8))
		values := rapid.SliceOfN(value, 1, 70).Draw(t, "values")
		var rows [][]int
		for _, v := range values[:min(len(values), 9)] {
			rows = append(rows, []int{v, value.Draw(t, "second"), value.Draw(t, "third"), 0})
		}
		for _, c := range []templ.Component{
			columns(values...).Show(), stacks(rows...).Show(), steps(values, values[:len(values)/2]).Show(),
		} {
			inside(t, render(t, c))
		}
	})
}

// The parts of a stack follow each other without a gap and fill it whole, and
// longer bars stand for larger amounts.
func TestLengthsAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Stack{Values: rapid.SliceOfN(rapid.IntRange(0, 1_000_000), 1, 4).Draw(t, "values")}
		end := 0.0
		for i, p := range s.slices() {
			if math.Abs(p.from-end) > 1e-9 {
				t.Fatalf("part %d begins at %f, not %f", i, p.from, end)
			}
			if want := percent(s.Values[i], s.whole()); math.Abs(p.width-want) > 1e-9 {
				t.Fatalf("part %d is %f wide, not %f", i, p.width, want)
			}
			end = p.from + p.width
		}
		if s.whole() > 0 && math.Abs(end-100) > 1e-9 {
			t.Fatalf("ends at %f", end)
		}
		a, b := rapid.IntRange(0, 1000).Draw(t, "a"), rapid.IntRange(0, 1000).Draw(t, "b")
		if sc := scaleFor(1000); a < b && sc.shown(a) > sc.shown(b) || a == 0 && sc.shown(a) != 0 {
			t.Fatalf("%d stands higher than %d", a, b)
		}
	})
}

func TestScale(t *testing.T) {
	for _, c := range []struct{ most, top, step int }{
		{0, 2, 1}, {1, 2, 1}, {2, 2, 1}, {5, 5, 1}, {6, 6, 2}, {11, 15, 5}, {100, 100, 20}, {101, 150, 50}, {999_999, 1_000_000, 200_000},
	} {
		if s := scaleFor(c.most); s != (scale{c.top, c.step}) {
			t.Errorf("up to %d: %v", c.most, s)
		}
	}
	for most := range 5000 {
		if s := scaleFor(most); s.top < most || s.top%s.step != 0 || len(s.lines()) > 6 || len(s.lines()) < 2 {
			t.Fatalf("up to %d: %v", most, s)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", -1000: "-1.000", 1234567: "1.234.567"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
	for n, want := range map[int]string{200_000: "200.000", 2_000_000: "2\u00a0mln", 2_500_000: "2,5\u00a0mln", 1_500_000_000: "1,5\u00a0mld"} {
		if got := brief(n); got != want {
			t.Errorf("%d is written %s on an axis", n, got)
		}
	}
}
