package table

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"zorgplicht/calendar"
)

// ErrNested is of a Parquet file with a column that holds more than one value a
// row, or a kind of value that has no text of its own.
var ErrNested = errors.New("a column holds more than one plain value a row")

// PlainParquet writes the rows of a Parquet file as CSV with semicolons, so that row
// n stands on line n+1. A value that is not there is empty; a day and a moment are
// 2026-11-22, a decimal has a point. It holds some rows at a time. A file that is
// damaged gives ErrUnread, one that unpacks to more than is read ErrTooLarge.
func PlainParquet(file io.ReaderAt, size int64, w io.Writer) error {
	return plainParquet(file, size, mostChunk, w)
}

// mostChunk bounds what a column of a group of rows says that it unpacks to.
const mostChunk = 1 << 30

func plainParquet(file io.ReaderAt, size, most int64, w io.Writer) (err error) {
	defer func() {
		if p := recover(); p != nil { // what the library does on some damage
			err = fmt.Errorf("%w: %v", ErrUnread, p)
		}
	}()
	f, err := parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnread, err)
	}
	for _, g := range f.Metadata().RowGroups {
		for _, c := range g.Columns {
			if c.MetaData.TotalUncompressedSize > most {
				return ErrTooLarge
			}
		}
	}
	texts, names, err := plainColumns(f.Root())
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	if err := out.Write(names); err != nil {
		return err
	}
	left := f.NumRows()
	for _, g := range f.RowGroups() {
		n, err := plainRows(g, texts, out)
		if err != nil {
			return err
		}
		left -= n
	}
	if left != 0 {
		return fmt.Errorf("%w: it has another number of rows than it says", ErrUnread)
	}
	out.Flush()
	return out.Error()
}

// plainColumns returns how the values of each column are written, and their names.
func plainColumns(root *parquet.Column) (texts []func(parquet.Value) string, names []string, err error) {
	for _, c := range root.Columns() {
		text := plainValue(c)
		if text == nil {
			return nil, nil, fmt.Errorf("%w: %s", ErrNested, c.Name())
		}
		texts, names = append(texts, text), append(names, strings.Join(strings.Fields(c.Name()), " ")) // a break would move every line
	}
	return texts, names, nil
}

// plainRows writes the rows of a group, and returns how many. Each row has one value
// of each column.
func plainRows(g parquet.RowGroup, texts []func(parquet.Value) string, out *csv.Writer) (written int64, err error) {
	rows := g.Rows()
	defer rows.Close()
	some := make([]parquet.Row, 256)
	cells := make([]string, len(texts))
	for {
		n, err := rows.ReadRows(some)
		if n == 0 && err == nil {
			err = io.ErrNoProgress
		}
		for _, row := range some[:n] {
			if len(row) != len(cells) {
				return written, fmt.Errorf("%w: a row has %d values of %d columns", ErrUnread, len(row), len(cells))
			}
			written++
			clear(cells)
			for _, v := range row {
				if !v.IsNull() {
					cells[v.Column()] = texts[v.Column()](v)
				}
			}
			if err := out.Write(cells); err != nil {
				return written, err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return written, nil
		case err != nil:
			return written, fmt.Errorf("%w: %w", ErrUnread, err)
		}
	}
}

// plainValue returns how a value of the column is written; nil where it has no text.
func plainValue(c *parquet.Column) func(parquet.Value) string {
	if !c.Leaf() || c.Repeated() {
		return nil
	}
	if l := c.Type().LogicalType(); l != nil {
		switch {
		case strings.HasPrefix(l.String(), "DATE"):
			return func(v parquet.Value) string { return unixDay.AddDays(int(v.Int32())).String() }
		case strings.HasPrefix(l.String(), "TIMESTAMP"):
			return moment(l.String())
		case strings.HasPrefix(l.String(), "TIME("):
			return nil
		case strings.HasPrefix(l.String(), "DECIMAL"):
			return exact(c)
		case strings.HasPrefix(l.String(), "INT(") && strings.HasSuffix(l.String(), ",false)"):
			return unsigned(c)
		}
	}
	switch c.Type().Kind() {
	case parquet.Boolean:
		return func(v parquet.Value) string { return strconv.FormatBool(v.Boolean()) }
	case parquet.Int32:
		return func(v parquet.Value) string { return strconv.Itoa(int(v.Int32())) }
	case parquet.Int64:
		return func(v parquet.Value) string { return strconv.FormatInt(v.Int64(), 10) }
	case parquet.Float:
		return func(v parquet.Value) string { return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32) }
	case parquet.Double:
		return func(v parquet.Value) string { return strconv.FormatFloat(v.Double(), 'f', -1, 64) }
	case parquet.ByteArray:
		return func(v parquet.Value) string { return strings.Join(strings.Fields(string(v.ByteArray())), " ") }
	}
	return nil
}

// unsigned writes a whole number that is never below zero.
func unsigned(c *parquet.Column) func(parquet.Value) string {
	if c.Type().Kind() == parquet.Int64 {
		return func(v parquet.Value) string { return strconv.FormatUint(v.Uint64(), 10) }
	}
	return func(v parquet.Value) string { return strconv.FormatUint(uint64(v.Uint32()), 10) }
}

var unixDay = calendar.MustParse("1970-01-01")

// moment writes the day of a moment that counts milli-, micro- or nanoseconds: the
// Dutch day, or the day of the clock it was read from where it says no zone.
func moment(kind string) func(parquet.Value) string {
	unit := time.Millisecond
	switch {
	case strings.Contains(kind, "MICROS"):
		unit = time.Microsecond
	case strings.Contains(kind, "NANOS"):
		unit = time.Nanosecond
	}
	per := int64(time.Second / unit)
	local := strings.Contains(kind, "isAdjustedToUTC=false")
	return func(v parquet.Value) string {
		n := v.Int64()
		at := time.Unix(n/per, n%per*int64(unit)).UTC()
		if local {
			return at.Format(time.DateOnly)
		}
		return calendar.Of(at).String()
	}
}

// exact writes a decimal: a whole number, or its bytes, with a point in it.
func exact(c *parquet.Column) func(parquet.Value) string {
	var precision, scale int
	if _, err := fmt.Sscanf(c.Type().LogicalType().String(), "DECIMAL(%d,%d)", &precision, &scale); err != nil {
		return nil
	}
	return func(v parquet.Value) string {
		n := new(big.Int)
		switch c.Type().Kind() {
		case parquet.Int32:
			n.SetInt64(int64(v.Int32()))
		case parquet.Int64:
			n.SetInt64(v.Int64())
		default: // big-endian, two's complement
			b := v.ByteArray()
			if n.SetBytes(b); len(b) > 0 && b[0] > 127 {
				n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
			}
		}
		return pointed(n.String(), scale)
	}
}

func pointed(s string, scale int) string {
	if scale <= 0 {
		return s
	}
	digits, negative := strings.CutPrefix(s, "-")
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	if negative {
		return "-" + digits
	}
	return digits
}
