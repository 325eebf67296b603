package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var clients = Sheet{
	Name: "Klanten", Columns: []Column{{"Klant", 20}, {"Sinds", 18}, {"Punten", 8}},
	About: [][2]string{{"Stand", "=Alle"}},
}

// strange is what somebody may have typed, and what a CSV makes of it.
var strange = []struct{ text, csv string }{
	{"D-1", "D-1"},
	{"", ""},
	{"=1+1", "'=1+1"},
	{"+31 6", "'+31 6"},
	{"-1", "'-1"},
	{"@SUM(A1)", "'@SUM(A1)"},
	{"\t=1", "'\t=1"},
	{"\r=1", "'\r=1"},
	{"\n=1", "'\n=1"},
	{"＝1", "'＝1"},
	{"'=1", "'=1"},
	{"a,=1;=2\t=3", "a,=1;=2\t=3"},
	{`zei "ja"` + "\ntoen", `zei "ja"` + "\ntoen"},
	{" =1", " =1"},
	{"É, ĳ en €", "É, ĳ en €"},
	{"_x0041_ is geen A", "_x0041_ is geen A"},
	{"_x_x004G__x004_ <b>&amp;</b>", "_x_x004G__x004_ <b>&amp;</b>"},
}

var noon = time.Date(2026, 7, 1, 10, 30, 59, 0, time.UTC)

func write(t testing.TB, f Format, rows int, row func(i int) []any) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := New(f, &b, clients)
	for i := 0; err == nil && i < rows; i++ {
		err = w.Row(row(i)...)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	b := write(t, CSV, len(strange), func(i int) []any { return []any{strange[i].text, noon, -i} })
	text, found := strings.CutPrefix(string(b), "\uFEFF")
	if !found || !strings.HasPrefix(text, "\"Klant\";\"Sinds\";\"Punten\"\r\n\"D-1\";2026-07-01 12:30;0\r\n") {
		t.Fatalf("begins as %q", b[:80])
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != len(strange)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, s := range strange {
		if got := rows[i+1]; got[0] != s.csv || got[2] != fmt.Sprint(-i) {
			t.Errorf("%q became %q, not %q", s.text, got, s.csv)
		}
	}
}

// Whatever a text holds, it stays one cell for any separator, and none is a
// formula.
func TestNoTextOfACSVIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("=+-@\t\r\n;,\"' a1＝"))).Draw(t, "text")
		b := string(quote(nil, s))
		inner := b[1 : len(b)-1]
		if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) || b[0] != '"' || b[len(b)-1] != '"' {
			t.Fatalf("%q is not closed in %s", s, b)
		}
		if formula(inner) {
			t.Fatalf("%q begins as a formula", inner)
		}
	})
}

func TestXLSX(t *testing.T) {
	b := write(t, XLSX, len(strange), func(i int) []any { return []any{strange[i].text, noon, -i} })
	if again := write(t, XLSX, len(strange), func(i int) []any { return []any{strange[i].text, noon, -i} }); !bytes.Equal(b, again) {
		t.Error("the same rows give other bytes")
	}
	f := read(t, b)
	rows, err := f.GetRows("Klanten")
	if err != nil || len(rows) != len(strange)+1 || !slices.Equal(rows[0], []string{"Klant", "Sinds", "Punten"}) {
		t.Fatalf("%q, %v", rows, err)
	}
	for i, s := range strange {
		at := fmt.Sprintf("A%d", i+2)
		if got := rows[i+1]; strings.ReplaceAll(got[0], "\r", "\n") != strings.ReplaceAll(s.text, "\r", "\n") || got[1] != "2026-07-01 12:30" || got[2] != fmt.Sprint(-i) {
			t.Errorf("%q became %q", s.text, got)
		}
		if kind, err := f.GetCellType("Klanten", at); err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%q is of type %v, %v", s.text, kind, err)
		}
		if formula, err := f.GetCellFormula("Klanten", at); formula != "" || err != nil {
			t.Errorf("%q is the formula %q, %v", s.text, formula, err)
		}
	}
	about, err := f.GetRows("Selectie")
	if err != nil || len(about) != 1 || !slices.Equal(about[0], []string{"Stand", "=Alle"}) {
		t.Errorf("about %q, %v", about, err)
	}
	if formula, _ := f.GetCellFormula("Selectie", "B1"); formula != "" {
		t.Errorf("the selection is the formula %q", formula)
	}
}

func TestTheNameOfATabIsOneThatExcelTakes(t *testing.T) {
	for _, c := range []struct {
		name string
		good bool
	}{
		{"Klanten", true},
		{strings.Repeat("é", 31), true},
		{"", false},
		{strings.Repeat("é", 32), false},
		{"a/b", false},
		{"a:b", false},
		{"[a]", false},
	} {
		var b bytes.Buffer
		w, err := newBook(&b, Sheet{Name: c.name, Columns: []Column{{"Klant", 8}}}, 2)
		if (err == nil) != c.good {
			t.Errorf("%q: %v", c.name, err)
		}
		for i := 0; err == nil && i < 2; i++ {
			err = w.Row("D")
		}
		if !c.good {
			continue
		}
		if err != nil || w.Close() != nil {
			t.Fatalf("%q: %v", c.name, err)
		}
		tabs := read(t, b.Bytes()).GetSheetList()
		if len(tabs) != 2 || tabs[0] != c.name || !strings.HasSuffix(tabs[1], " (2)") || len([]rune(tabs[1])) > 31 {
			t.Errorf("%q has the tabs %q", c.name, tabs)
		}
	}
}

func TestATextThatIsTooLongForACellEndsInAnEllipsis(t *testing.T) {
	for _, c := range []struct {
		text string
		last string
	}{
		{strings.Repeat("é", 32_767), "é"},
		{strings.Repeat("é", 32_768), "…"},
		{strings.Repeat("🙂", 16_384), "…"},
		{"a" + strings.Repeat("🙂", 16_384), "…"},
	} {
		f := read(t, write(t, XLSX, 1, func(int) []any { return []any{c.text, nil, 1} }))
		got, err := f.GetCellValue("Klanten", "A2")
		if err != nil || len(utf16.Encode([]rune(got))) > 32_767 || !strings.HasSuffix(got, c.last) || strings.ContainsRune(got, utf8.RuneError) {
			t.Errorf("%d runes came back, ending in %q, %v", len([]rune(got)), got[len(got)-4:], err)
		}
	}
}

func TestManyColumnsHaveTheNamesThatExcelGivesThem(t *testing.T) {
	s := Sheet{Name: "Breed"}
	row := make([]any, 750)
	for i := range row {
		s.Columns, row[i] = append(s.Columns, Column{Name: fmt.Sprint(i)}), i
	}
	var b bytes.Buffer
	w, err := New(XLSX, &b, s)
	if err != nil || w.Row(row...) != nil || w.Close() != nil {
		t.Fatal(err)
	}
	f := read(t, b.Bytes())
	for i := range row {
		at, _ := excelize.CoordinatesToCellName(i+1, 2)
		if got, err := f.GetCellValue("Breed", at); got != fmt.Sprint(i) || err != nil {
			t.Errorf("%s holds %q, %v", at, got, err)
		}
	}
}

func read(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestATabThatIsFullIsFollowedByAnother(t *testing.T) {
	var b bytes.Buffer
	w, err := newBook(&b, clients, 3)
	for i := 0; err == nil && i < 5; i++ {
		err = w.Row("D", nil, i)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, b.Bytes())
	var seen []string
	for _, tab := range []string{"Klanten", "Klanten (2)", "Klanten (3)"} {
		rows, err := f.GetRows(tab)
		if err != nil || len(rows) < 2 || rows[0][0] != "Klant" {
			t.Fatalf("%s: %q, %v", tab, rows, err)
		}
		for _, r := range rows[1:] {
			seen = append(seen, r[2])
		}
	}
	if strings.Join(seen, " ") != "0 1 2 3 4" {
		t.Errorf("rows %v", seen)
	}
}

func TestTenThousandRowsComeBackAndTakeNoMoreMemoryThanHalfOfThem(t *testing.T) {
	long := strings.Repeat("toetspoging ", 340) // 4 KB: the file holds 40 MB
	for _, f := range []Format{CSV, XLSX} {
		t.Run(string(f), func(t *testing.T) {
			var out counter
			w, err := New(f, &out, clients)
			if err != nil {
				t.Fatal(err)
			}
			base := live()
			var half, whole uint64
			for i := range 10_000 {
				if err := w.Row(long, noon, i); err != nil {
					t.Fatal(err)
				}
				switch i {
				case 4_999:
					half = live()
				case 9_999:
					whole = live()
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			t.Logf("live heap above the start: %d KB at 5,000 rows, %d KB at 10,000; %d KB written", kb(half, base), kb(whole, base), out.n>>10)
			if most := int64(24 << 10); kb(half, base) > most || kb(whole, half) > 1<<10 {
				t.Errorf("%d KB at half, %d KB at the end", kb(half, base), kb(whole, base))
			}
		})
	}
	for _, f := range []Format{CSV, XLSX} {
		b := write(t, f, 10_000, func(i int) []any { return []any{"D", nil, i} })
		n := 0
		if f == CSV {
			n = bytes.Count(b, []byte("\r\n"))
		} else if rows, err := read(t, b).GetRows("Klanten"); err == nil {
			n = len(rows)
		}
		if n != 10_001 {
			t.Errorf("%s: %d rows came back", f, n)
		}
	}
}

func TestARowOfACSVIsWrittenWithoutNewMemory(t *testing.T) {
	w, err := New(CSV, io.Discard, clients)
	if err != nil {
		t.Fatal(err)
	}
	row := []any{`zei "ja"`, noon, 7}
	if n := testing.AllocsPerRun(1000, func() {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%.0f allocations a row", n)
	}
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) { c.n += int64(len(b)); return len(b), nil }

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func kb(now, before uint64) int64 { return (int64(now) - int64(before)) >> 10 }

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWhatCannotBeWrittenIsSaid(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func() error
	}{
		{"a format we do not have", func() error { _, err := New("ods", io.Discard, clients); return err }},
		{"a row too short", func() error { return row(t, CSV, "D") }},
		{"a row too short, in a workbook", func() error { return row(t, XLSX, "D") }},
		{"a cell of another type", func() error { return row(t, CSV, "D", nil, 1.5) }},
		{"a cell of another type, in a workbook", func() error { return row(t, XLSX, "D", nil, 1.5) }},
		{"a reader who left", func() error { w, _ := New(CSV, full{}, clients); return w.Close() }},
		{"a reader who left, of a workbook", func() error { w, _ := New(XLSX, full{}, clients); return w.Close() }},
	} {
		if c.do() == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

func row(t *testing.T, f Format, cells ...any) error {
	w, err := New(f, io.Discard, clients)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.Row(cells...)
}

func BenchmarkRows(b *testing.B) {
	for _, f := range []Format{CSV, XLSX} {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			w, err := New(f, io.Discard, clients)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := w.Row("DL-04210", noon, 12); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
