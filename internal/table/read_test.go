package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func recordsOf(file []byte, most int) (list []Record, err error) {
	err = Read(file, most, func(r Record) error {
		r.Cells = slices.Clone(r.Cells)
		list = append(list, r)
		return nil
	})
	return list, err
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	want := [][]string{{"Kop", "Tweede"}, {"a;b,c\td", "\"nee\"\nja"}, {"=1+1", "-5"}, {"é", ""}, {"_x0041_", "🙂_x0Z41_"}}
	for _, f := range []Format{CSV, XLSX} {
		var b bytes.Buffer
		w, err := New(f, &b, Sheet{Name: "Vragen", Columns: []Column{{Name: "Kop"}, {Name: "Tweede"}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range want[1:] {
			if err := w.Row(row[0], row[1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		list, err := recordsOf(b.Bytes(), 10)
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for i, r := range list {
			if r.Row != i+1 || len(r.Formulas) > 0 {
				t.Errorf("%s: row %d is %d with formulas %v", f, i, r.Row, r.Formulas)
			}
			for len(r.Cells) < 2 {
				r.Cells = append(r.Cells, "")
			}
			got = append(got, r.Cells)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", f, d)
		}
	}
}

func TestFormulasAreSeen(t *testing.T) {
	list, err := recordsOf([]byte("a,b\n=SUM(A1),'=geen\n@x,+1\n"), 10)
	if err != nil || !slices.Equal(list[1].Formulas, []int{0}) || list[1].Cells[1] != "=geen" || !slices.Equal(list[2].Formulas, []int{0, 1}) {
		t.Errorf("%+v, %v", list, err)
	}
	f := excelize.NewFile()
	defer f.Close()
	f.SetCellValue("Sheet1", "A1", "kop")
	f.SetCellFormula("Sheet1", "C3", "=1+1")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	list, err = recordsOf(b.Bytes(), 10)
	if err != nil || len(list) != 2 || list[1].Row != 3 || !slices.Equal(list[1].Formulas, []int{2}) {
		t.Errorf("%+v, %v", list, err)
	}
}

// bomb is a workbook whose sheet unpacks to more than is read.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`)
	chunk := strings.Repeat("0", 1<<20)
	for range 65 {
		io.WriteString(w, chunk)
	}
	z.Close()
	return b.Bytes()
}

func TestFilesThatAreNotRead(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"more rows than are read", []byte("a\nb\nc\n"), ErrTooMany},
		{"a quote that is left open", []byte("a;\"b\n"), ErrUnread},
		{"another alphabet", []byte("caf\xe9;b\n"), ErrNotUTF8},
		{"a zip that is no workbook", []byte("PK\x03\x04 en dan niets"), ErrUnread},
		{"a workbook that unpacks to more than is read", bomb(t), ErrTooLarge},
	} {
		if _, err := recordsOf(c.file, 2); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("kenmerk;vraag\na;'=b\n"))
	f.Add([]byte("PK\x03\x04"))
	var b bytes.Buffer
	w, _ := New(XLSX, &b, Sheet{Name: "V", Columns: []Column{{Name: "a"}}})
	w.Row("x")
	w.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		last := 0
		err := Read(file, 50, func(r Record) error {
			if r.Row <= last || r.Row > 50 || len(r.Cells) > 1<<16 {
				t.Errorf("row %d after %d", r.Row, last)
			}
			last = r.Row
			return nil
		})
		if err != nil && !errors.Is(err, ErrUnread) && !errors.Is(err, ErrTooMany) && !errors.Is(err, ErrNotUTF8) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("an error of no kind: %v", err)
		}
	})
}
