package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

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
	if err := Text(book.Bytes(), 10, days, &out); err != nil || out.String() != "id;sinds;saldo\n\nC-1;2023-03-15;12.5\n\nC 2;;45000\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := Text(book.Bytes(), 4, days, &out); !errors.Is(err, ErrTooMany) {
		t.Errorf("more rows than are read: %v", err)
	}
	if err := f.SetCellFormula("Sheet1", "C3", "=1+1"); err != nil {
		t.Fatal(err)
	}
	book.Reset()
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	if err := Text(book.Bytes(), 10, days, &out); !errors.Is(err, ErrFormula) {
		t.Errorf("a formula: %v", err)
	}
	if err := Text([]byte("PK\x03\x04 en dan niets"), 10, days, &strings.Builder{}); !errors.Is(err, ErrUnread) {
		t.Errorf("no workbook: %v", err)
	}
}
