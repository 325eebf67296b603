package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// damagedRows is how many rows the good files have.
const damagedRows = 50

// goodParquet are files of the same rows: as they are, packed, and by dictionary in
// groups.
func goodParquet(t require) (list [][]byte) {
	for _, group := range []parquet.Group{
		{"a": parquet.String(), "b": parquet.Int(64)},
		{"a": parquet.Compressed(parquet.String(), &parquet.Zstd), "b": parquet.Compressed(parquet.Int(64), &parquet.Snappy)},
		{"a": parquet.Encoded(parquet.String(), &parquet.RLEDictionary), "b": parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)},
	} {
		var b bytes.Buffer
		w := parquet.NewWriter(&b, parquet.NewSchema("contracten", group), parquet.MaxRowsPerRowGroup(20))
		for i := range damagedRows {
			row := parquet.Row{parquet.ByteArrayValue([]byte("C-"+strconv.Itoa(i))).Level(0, 0, 0), parquet.Int64Value(int64(i)).Level(0, 0, 1)}
			if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		list = append(list, b.Bytes())
	}
	return list
}

// goodBook is a workbook of the same rows.
func goodBook(t require) []byte {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetRow("Sheet1", "A1", &[]any{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	for i := range damagedRows {
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+2), &[]any{"C-" + strconv.Itoa(i), i}); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// damaged turns bits of one byte, and leaves so many bytes out from another place.
func damaged(file []byte, at int, bits byte, from, gone int) []byte {
	file = bytes.Clone(file)
	file[at%len(file)] ^= bits
	from %= len(file)
	return append(file[:from:from], file[min(from+gone, len(file)):]...)
}

// holdParquet reads a file of which at least the first letters are Parquet: it is
// refused by name, or all that it says to hold comes out.
func holdParquet(t interface{ Fatalf(string, ...any) }, file []byte) {
	got, err := plain(file)
	if err != nil {
		if !errors.Is(err, ErrUnread) && !errors.Is(err, ErrNested) && !errors.Is(err, ErrTooLarge) {
			t.Fatalf("an error of no kind: %v", err)
		}
		return
	}
	r := csv.NewReader(strings.NewReader(got))
	r.Comma, r.FieldsPerRecord = ';', 0
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatalf("what comes out is no table: %v", err)
	}
	if len(lines) != damagedRows+1 {
		t.Fatalf("%d lines of %d, and not a word", len(lines), damagedRows+1)
	}
}

// holdBook reads what was a workbook: it is refused by name, or each row comes out
// on its own line.
func holdBook(t interface{ Fatalf(string, ...any) }, file []byte) {
	last := 0
	err := readBook(file, 200, func(r Record) error {
		if r.Row <= last || len(r.Cells) > mostColumns {
			t.Fatalf("row %d after %d, of %d cells", r.Row, last, len(r.Cells))
		}
		last = r.Row
		return nil
	})
	if err == nil {
		err = textOf(file, func(string) bool { return false }, io.Discard)
	}
	for _, kind := range []error{nil, ErrUnread, ErrTooMany, ErrTooLarge, ErrFormula} {
		if errors.Is(err, kind) {
			return
		}
	}
	t.Fatalf("an error of no kind: %v", err)
}

func TestADamagedParquetFileIsRefusedOrWholeInItsRows(t *testing.T) {
	good := goodParquet(t)
	rapid.Check(t, func(r *rapid.T) {
		file := rapid.SampledFrom(good).Draw(r, "file")
		n := len(file)
		at, from := rapid.IntRange(0, n-1).Draw(r, "at"), rapid.IntRange(0, n-1).Draw(r, "from")
		gone := rapid.SampledFrom([]int{0, 0, 1, 8, n}).Draw(r, "gone")
		holdParquet(r, damaged(file, at, rapid.Byte().Draw(r, "bits"), from, gone))
	})
}

func TestADamagedWorkbookIsRefusedOrRead(t *testing.T) {
	good := goodBook(t)
	rapid.Check(t, func(r *rapid.T) {
		n := len(good)
		at, from := rapid.IntRange(0, n-1).Draw(r, "at"), rapid.IntRange(0, n-1).Draw(r, "from")
		gone := rapid.SampledFrom([]int{0, 0, 1, 8, n}).Draw(r, "gone")
		holdBook(r, damaged(good, at, rapid.Byte().Draw(r, "bits"), from, gone))
	})
}

// FuzzDamage damages good files in two places.
func FuzzDamage(f *testing.F) {
	files := append(goodParquet(f), goodBook(f))
	for kind := range files {
		f.Add(kind, 0, byte(0), 0, 0)
		f.Add(kind, 40, byte(1), len(files[kind])-30, 0)
		f.Add(kind, 0, byte(0), len(files[kind])/2, len(files[kind]))
		f.Add(kind, 4, byte(128), 100, 8)
	}
	f.Fuzz(func(t *testing.T, kind, at int, bits byte, from, gone int) {
		if kind < 0 || kind >= len(files) || at < 0 || from < 0 || gone < 0 {
			return
		}
		file := damaged(files[kind], at, bits, from, gone)
		if kind == len(files)-1 {
			holdBook(t, file)
		} else {
			holdParquet(t, file)
		}
	})
}
