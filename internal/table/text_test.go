package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func textOf(book []byte, days func(string) bool, w io.Writer) error {
	return Text(bytes.NewReader(book), int64(len(book)), days, w)
}

func TestAWorkbookBecomesTextRowForRow(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, v := range map[string]any{"A2": "id", "B2": "sinds", "C2": "saldo", "A3": "C-1", "B3": 45000, "C3": 12.5, "A5": "C\n2", "C5": 45000} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var book, out bytes.Buffer
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	days := func(name string) bool { return name == "sinds" }
	if err := textOf(book.Bytes(), days, &out); err != nil || out.String() != "id;sinds;saldo\n\nC-1;2023-03-15;12.5\n\nC 2;;45000\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := f.SetCellFormula("Sheet1", "C3", "=1+1"); err != nil {
		t.Fatal(err)
	}
	book.Reset()
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	if err := textOf(book.Bytes(), days, &out); !errors.Is(err, ErrFormula) {
		t.Errorf("a formula: %v", err)
	}
	if err := textOf([]byte("PK\x03\x04 en dan niets"), days, &strings.Builder{}); !errors.Is(err, ErrUnread) {
		t.Errorf("no workbook: %v", err)
	}
}

// workbook writes a workbook of so many rows, each with a text of its own that cells share.
func workbook(t *testing.T, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, begin, end string, row func(w io.Writer, i int)) {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriter(f)
		fmt.Fprint(w, begin)
		for i := range rows {
			row(w, i)
		}
		fmt.Fprint(w, end)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	write("xl/sharedStrings.xml", `<sst><si><t>kenmerk</t></si>`, `</sst>`, func(w io.Writer, i int) { fmt.Fprintf(w, `<si><t>L-%07d</t></si>`, i) })
	write("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>saldo</t></is></c></row>`, `</sheetData></worksheet>`,
		func(w io.Writer, i int) {
			fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>%d.5</v></c></row>`, i+2, i+2, i+1, i+2, i)
		})
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A tallier counts lines and looks now and then how much is in memory.
type tallier struct{ lines, most int }

func (c *tallier) Write(b []byte) (int, error) {
	if c.lines += bytes.Count(b, []byte("\n")); c.lines%50_000 < 100 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.most = max(c.most, int(m.HeapAlloc))
	}
	return len(b), nil
}

func TestALargeWorkbookIsReadRowByRow(t *testing.T) {
	const n = 60_000
	file := workbook(t, n)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var c tallier
	if err := textOf(file, func(string) bool { return false }, &c); err != nil || c.lines != n+1 {
		t.Fatalf("%d lines of %d, %v", c.lines, n+1, err)
	}
	if used := c.most - int(before.HeapAlloc); used > 24<<20 {
		t.Errorf("%d MB in memory for %d MB of rows", used>>20, 2*len(file)>>20)
	}
	if err := textOf(bomb(t), func(string) bool { return false }, io.Discard); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a cell that unpacks to 65 MB: %v", err)
	}
}
