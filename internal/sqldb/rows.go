package sqldb

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// contents is the head of the rows of a backup: which room stands at which
// version, and the columns of each table, in the order in which rows follow.
type contents struct {
	Rooms  map[string]int64 `json:"rooms"`
	Tables []tableColumns   `json:"tables"`
}

type tableColumns struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

// After the head, as one line of JSON, come the tables. A row is the byte rowTag
// and its values; a table ends with endTag and the number of its rows. A value is
// its tag and, for text and bytes, its length; integers are varints, reals eight
// bytes. Nothing is rounded, trimmed or normalised.
const (
	endTag byte = iota
	rowTag
	nullTag
	integerTag
	realTag
	textTag
	bytesTag
)

// longest is more than any value we store; a length beyond it is nonsense.
const longest = 1 << 30

type rowWriter struct {
	w   *bufio.Writer
	buf []byte
}

func (w *rowWriter) head(c contents) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = w.w.Write(append(b, '\n'))
	return err
}

func (w *rowWriter) row(values []any) error {
	w.buf = append(w.buf[:0], rowTag)
	for _, v := range values {
		switch x := v.(type) {
		case nil:
			w.buf = append(w.buf, nullTag)
		case int64:
			w.buf = binary.AppendVarint(append(w.buf, integerTag), x)
		case float64:
			w.buf = binary.BigEndian.AppendUint64(append(w.buf, realTag), math.Float64bits(x))
		case string:
			w.buf = binary.AppendUvarint(append(w.buf, textTag), uint64(len(x)))
			w.buf = append(w.buf, x...)
		case []byte:
			w.buf = binary.AppendUvarint(append(w.buf, bytesTag), uint64(len(x)))
			w.buf = append(w.buf, x...)
		default:
			return fmt.Errorf("a column of type %T does not fit in a backup: use text, integer, real or bytes", v)
		}
	}
	_, err := w.w.Write(w.buf)
	return err
}

func (w *rowWriter) end(rows int64) error {
	_, err := w.w.Write(binary.AppendVarint([]byte{endTag}, rows))
	return err
}

type rowReader struct{ r *bufio.Reader }

func (r rowReader) head() (c contents, err error) {
	line, err := r.r.ReadBytes('\n')
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(line, &c)
}

// row returns the next row of n values, or nil at the end of the table, where it
// holds the number of rows against count.
func (r rowReader) row(n int, count int64) ([]any, error) {
	tag, err := r.r.ReadByte()
	if err != nil {
		return nil, err
	}
	if tag == endTag {
		want, err := binary.ReadVarint(r.r)
		if err == nil && want != count {
			err = fmt.Errorf("table ends after %d rows instead of %d", count, want)
		}
		return nil, err
	}
	if tag != rowTag {
		return nil, fmt.Errorf("byte %d is neither a row nor the end of its table", tag)
	}
	row := make([]any, n)
	for i := range row {
		if row[i], err = r.value(); err != nil {
			return nil, err
		}
	}
	return row, nil
}

func (r rowReader) value() (any, error) {
	tag, err := r.r.ReadByte()
	if err != nil {
		return nil, err
	}
	switch tag {
	case nullTag:
		return nil, nil
	case integerTag:
		return binary.ReadVarint(r.r)
	case realTag:
		var b [8]byte
		_, err := io.ReadFull(r.r, b[:])
		return math.Float64frombits(binary.BigEndian.Uint64(b[:])), err
	case textTag:
		b, err := r.bytes()
		return string(b), err
	case bytesTag:
		return r.bytes()
	}
	return nil, fmt.Errorf("byte %d begins no value", tag)
}

func (r rowReader) bytes() ([]byte, error) {
	n, err := binary.ReadUvarint(r.r)
	if err != nil {
		return nil, err
	}
	if n > longest {
		return nil, errors.New("a value is longer than any can be")
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r.r, b)
	return b, err
}
