package table

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// parquetOf writes rows of a schema; a row is a value a column, in the order of the
// names.
func parquetOf(t require, group parquet.Group, rows ...[]parquet.Value) []byte {
	var b bytes.Buffer
	w := parquet.NewWriter(&b, parquet.NewSchema("contracten", group))
	for _, cells := range rows {
		row := parquet.Row{}
		for i, v := range cells {
			level := 0
			if column := w.Schema().Columns()[i]; group[column[0]].Optional() && !v.IsNull() {
				level = 1
			}
			row = append(row, v.Level(0, level, i))
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type require interface{ Fatal(args ...any) }

func plain(file []byte) (string, error) {
	var b strings.Builder
	err := PlainParquet(bytes.NewReader(file), int64(len(file)), &b)
	return b.String(), err
}

func TestEachKindOfValueHasItsText(t *testing.T) {
	const noon = 1772364600 // 2026-03-01 11:30 UTC
	for _, c := range []struct {
		name string
		node parquet.Node
		v    parquet.Value
		want string
	}{
		{"text", parquet.String(), parquet.ByteArrayValue([]byte("é b")), "é b"},
		{"text with a break", parquet.String(), parquet.ByteArrayValue([]byte("a\r\n b")), "a b"},
		{"text with a separator", parquet.String(), parquet.ByteArrayValue([]byte("a;b")), `"a;b"`},
		{"a whole number", parquet.Int(32), parquet.Int32Value(-4), "-4"},
		{"a large whole number", parquet.Int(64), parquet.Int64Value(math.MinInt64), "-9223372036854775808"},
		{"a number that is never below zero", parquet.Uint(32), parquet.Int32Value(-1), "4294967295"},
		{"a large one that is never below zero", parquet.Uint(64), parquet.Int64Value(-1), "18446744073709551615"},
		{"a short fraction", parquet.Leaf(parquet.FloatType), parquet.FloatValue(62.1), "62.1"},
		{"a fraction", parquet.Leaf(parquet.DoubleType), parquet.DoubleValue(1e7), "10000000"},
		{"yes", parquet.Leaf(parquet.BooleanType), parquet.BooleanValue(true), "true"},
		{"a day", parquet.Date(), parquet.Int32Value(20513), "2026-03-01"},
		{"a day before 1970", parquet.Date(), parquet.Int32Value(-1), "1969-12-31"},
		{"a moment late in the evening is the next day here", parquet.Timestamp(parquet.Millisecond), parquet.Int64Value((noon + 12*3600) * 1e3), "2026-03-02"},
		{"a moment without a zone keeps its day", parquet.TimestampAdjusted(parquet.Microsecond, false), parquet.Int64Value((noon + 12*3600) * 1e6), "2026-03-01"},
		{"a moment in nanoseconds", parquet.Timestamp(parquet.Nanosecond), parquet.Int64Value(noon * 1e9), "2026-03-01"},
		{"a small amount", parquet.Decimal(2, 9, parquet.Int32Type), parquet.Int32Value(-5), "-0.05"},
		{"an amount", parquet.Decimal(2, 18, parquet.Int64Type), parquet.Int64Value(150000), "1500.00"},
		{"an amount without a fraction", parquet.Decimal(0, 18, parquet.Int64Type), parquet.Int64Value(7), "7"},
		{"an amount in bytes", parquet.Decimal(2, 10, parquet.FixedLenByteArrayType(5)), parquet.FixedLenByteArrayValue([]byte{0, 0, 0, 1, 1}), "2.57"},
		{"an amount below zero in bytes", parquet.Decimal(2, 10, parquet.FixedLenByteArrayType(5)), parquet.FixedLenByteArrayValue([]byte{255, 255, 255, 255, 255}), "-0.01"},
	} {
		got, err := plain(parquetOf(t, parquet.Group{"a": c.node, "b": parquet.Optional(parquet.Int(32))}, []parquet.Value{c.v, parquet.NullValue()}))
		if want := "a;b\n" + c.want + ";\n"; err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, want)
		}
	}
}

func TestRowsOfManyGroupsKeepTheirOrderAndWhatIsNotThereIsEmpty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"", "jong", "oud", "met;teken", `"`}), 1, 700).Draw(r, "words")
		perGroup := rapid.IntRange(1, 300).Draw(r, "rows a group")
		node := parquet.Optional(parquet.String())
		if rapid.Bool().Draw(r, "by dictionary") {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		if rapid.Bool().Draw(r, "compressed") {
			node = parquet.Compressed(node, &parquet.Zstd)
		}
		var b bytes.Buffer
		w := parquet.NewWriter(&b, parquet.NewSchema("x", parquet.Group{"woord": node, "z": parquet.Int(64)}), parquet.MaxRowsPerRowGroup(int64(perGroup)))
		for i, word := range words {
			v := parquet.ByteArrayValue([]byte(word)).Level(0, 1, 0)
			if word == "" {
				v = parquet.NullValue().Level(0, 0, 0)
			}
			if _, err := w.WriteRows([]parquet.Row{{v, parquet.Int64Value(int64(i)).Level(0, 0, 1)}}); err != nil {
				r.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			r.Fatal(err)
		}
		got, err := plain(b.Bytes())
		if err != nil {
			r.Fatal(err)
		}
		n := -1
		err = Read([]byte(got), len(words)+1, func(rec Record) error {
			if n++; n > 0 && (rec.Row != n+1 || rec.Cells[0] != words[n-1]) {
				r.Fatalf("row %d is %v, want %q", n, rec, words[n-1])
			}
			return nil
		})
		if err != nil || n != len(words) {
			r.Fatalf("%d rows of %d, %v", n, len(words), err)
		}
	})
}

func TestParquetThatIsNotRead(t *testing.T) {
	good := parquetOf(t, parquet.Group{"a": parquet.String()}, []parquet.Value{parquet.ByteArrayValue([]byte("C1"))})
	many := parquetOf(t, parquet.Group{"a": parquet.Repeated(parquet.Int(32))})
	group := parquetOf(t, parquet.Group{"a": parquet.Group{"b": parquet.Int(32)}})
	old := parquetOf(t, parquet.Group{"a": parquet.Leaf(parquet.Int96Type)})
	hour := parquetOf(t, parquet.Group{"a": parquet.Time(parquet.Millisecond)})
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"more values a row", many, ErrNested},
		{"a column of columns", group, ErrNested},
		{"a moment of 96 bits", old, ErrNested},
		{"an hour without a day", hour, ErrNested},
		{"nothing but the first letters", []byte("PAR1"), ErrUnread},
		{"a file that was cut off", good[:len(good)-9], ErrUnread},
		{"a file without its midst", append(bytes.Clone(good[:8]), good[len(good)-12:]...), ErrUnread},
	} {
		got, err := plain(c.file)
		if !errors.Is(err, c.want) || strings.Contains(got, "C1") {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	err := plainParquet(bytes.NewReader(good), int64(len(good)), 3, io.Discard)
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("a column that unpacks to more than is read: %v", err)
	}
	if FormatOf(good) != Parquet || FormatOf([]byte("PAR;a\n")) != CSV {
		t.Error("a file is Parquet by its first four letters")
	}
	if _, err := New(Parquet, io.Discard, Sheet{}); err == nil {
		t.Error("Parquet is not written")
	}
}

func FuzzPlainParquet(f *testing.F) {
	f.Add([]byte("PAR1PAR1"))
	f.Add(parquetOf(f, parquet.Group{"a": parquet.Optional(parquet.Date())}, []parquet.Value{parquet.Int32Value(3)}, []parquet.Value{parquet.NullValue()}))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 4096 {
			return
		}
		got, err := plain(file)
		if err == nil && !strings.HasSuffix(got, "\n") {
			t.Errorf("no line: %q", got)
		}
	})
}
