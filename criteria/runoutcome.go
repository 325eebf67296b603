package criteria

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/calendar"
	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// outcomeMagic opens an outcome file and names the version of its form.
const outcomeMagic = "zorgplicht/outcome/1\n"

// An outcomeHead says what an outcome file is the outcome of.
type outcomeHead struct {
	Set        ident.Hash    `json:"set"`
	Columns    ident.Hash    `json:"columns"`
	Day        calendar.Date `json:"day"`
	Rows       int           `json:"rows"`
	Categories []string      `json:"categories"`
	Rules      []string      `json:"rules"`
	In         []int         `json:"in"` // of each rule its category
}

// How a bitmap of a block is kept.
const (
	mapNone  = iota // no row
	mapAll          // every row of the block
	mapFew          // the rows by number
	mapWhole        // a bit a row
)

// fewRows is the most rows that are kept by number.
const fewRows = 62

// An outcomeWriter writes what each rule says of each row, block by block: which
// rows have a yes, and which of the others an unknown.
type outcomeWriter struct {
	w     *bufio.Writer
	roots []tlog.Hash
	sizes []uint32
	buf   []byte
	err   error
}

func newOutcomeWriter(w io.Writer, head outcomeHead) *outcomeWriter {
	o := &outcomeWriter{w: bufio.NewWriterSize(w, 1<<18)}
	b := canon.Must(head)
	o.bytes([]byte(outcomeMagic))
	o.bytes(binary.LittleEndian.AppendUint32(nil, uint32(len(b))))
	o.bytes(b)
	return o
}

func (o *outcomeWriter) bytes(b []byte) {
	if o.err == nil {
		_, o.err = o.w.Write(b)
	}
}

// stripe writes the blocks of a stripe with their roots.
func (o *outcomeWriter) stripe(r *Result, roots []tlog.Hash) error {
	for b := range roots {
		n := min(Block, r.Rows-b*Block)
		o.buf = o.buf[:0]
		for rule := range r.rules {
			at := (b*r.rules + rule) * words
			yes, maybe := (*bitmap)(r.yes[at:]), (*bitmap)(r.maybe[at:])
			var open bitmap
			for w := range words {
				open[w] = maybe[w] &^ yes[w]
			}
			o.buf = appendMap(appendMap(o.buf, yes, n), &open, n)
		}
		o.bytes(o.buf)
		o.sizes, o.roots = append(o.sizes, uint32(len(o.buf))), append(o.roots, roots[b])
	}
	return o.err
}

func (b *bitmap) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

func appendMap(b []byte, m *bitmap, rows int) []byte {
	switch n := m.count(); {
	case n == 0:
		return append(b, mapNone)
	case n == rows:
		return append(b, mapAll)
	case n <= fewRows:
		b = append(b, mapFew, byte(n))
		for row := range m.rows() {
			b = binary.LittleEndian.AppendUint16(b, uint16(row))
		}
		return b
	}
	return appendWords(append(b, mapWhole), m[:])
}

// rows gives the numbers of the bits that are set.
func (b *bitmap) rows() func(func(int) bool) {
	return func(yield func(int) bool) {
		for w, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(w*64 + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// close writes the sizes and roots of the blocks.
func (o *outcomeWriter) close() error {
	var b []byte
	for i := range o.sizes {
		b = binary.LittleEndian.AppendUint32(b, o.sizes[i])
		b = append(b, o.roots[i][:]...)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(o.sizes)))
	o.bytes(append(b, outcomeMagic...))
	return errors.Join(o.err, o.w.Flush())
}

// A RunOutcome is an outcome file that was opened. Many may read it at once.
type RunOutcome struct {
	outcomeHead
	at     io.ReaderAt
	starts []int64 // of each block, and where the last ends
	roots  []tlog.Hash
}

func spoiled(why string) error {
	return &fault.Fault{Kind: fault.Conflict, Reason: BadColumns, Cause: errors.New("the outcome file is damaged: " + why)}
}

// OpenRunOutcome reads what an outcome file holds, from its ends.
func OpenRunOutcome(r io.ReaderAt, size int64) (*RunOutcome, error) {
	o := &RunOutcome{at: r}
	front, tail := make([]byte, len(outcomeMagic)+4), make([]byte, len(outcomeMagic)+4)
	if size < int64(len(front)+len(tail)) {
		return nil, spoiled("shorter than an outcome file")
	}
	if _, err := r.ReadAt(front, 0); err != nil {
		return nil, err
	}
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil {
		return nil, err
	}
	n, blocks := int64(binary.LittleEndian.Uint32(front[len(outcomeMagic):])), int64(binary.LittleEndian.Uint32(tail))
	listed := blocks * (4 + tlog.HashSize)
	if !bytes.HasPrefix(front, []byte(outcomeMagic)) || !bytes.HasSuffix(tail, []byte(outcomeMagic)) || n+listed > size {
		return nil, spoiled("not of this form")
	}
	head, list := make([]byte, n), make([]byte, listed)
	if _, err := r.ReadAt(head, int64(len(front))); err != nil {
		return nil, err
	}
	if _, err := r.ReadAt(list, size-int64(len(tail))-listed); err != nil {
		return nil, err
	}
	if err := canon.Decode(head, &o.outcomeHead); err != nil || len(o.In) != len(o.Rules) || blocks != int64(o.Rows+Block-1)/Block {
		return nil, spoiled("its head does not fit it")
	}
	at := int64(len(front)) + n
	for i := range blocks {
		b := list[i*(4+tlog.HashSize):]
		o.starts = append(o.starts, at)
		at += int64(binary.LittleEndian.Uint32(b))
		o.roots = append(o.roots, tlog.Hash(b[4:4+tlog.HashSize]))
	}
	o.starts = append(o.starts, at)
	if at != size-int64(len(tail))-listed {
		return nil, spoiled("its blocks do not fill it")
	}
	return o, nil
}

// A blockOutcome is what was said of the rows of a block.
type blockOutcome struct {
	rows      int
	yes, open []bitmap // by rule
	of        *RunOutcome
}

// block reads a block.
func (o *RunOutcome) block(b int) (*blockOutcome, error) {
	raw := make([]byte, o.starts[b+1]-o.starts[b])
	if _, err := o.at.ReadAt(raw, o.starts[b]); err != nil {
		return nil, fmt.Errorf("read the outcome file: %w", err)
	}
	x := &blockOutcome{rows: min(Block, o.Rows-b*Block), of: o, yes: make([]bitmap, len(o.Rules)), open: make([]bitmap, len(o.Rules))}
	ok := true
	for rule := range o.Rules {
		if raw, ok = readMap(raw, x.rows, &x.yes[rule]); !ok {
			return nil, spoiled("a block is cut off")
		}
		if raw, ok = readMap(raw, x.rows, &x.open[rule]); !ok {
			return nil, spoiled("a block is cut off")
		}
	}
	return x, nil
}

func readMap(b []byte, rows int, into *bitmap) (rest []byte, ok bool) {
	if len(b) == 0 {
		return nil, false
	}
	kind := b[0]
	b = b[1:]
	switch kind {
	case mapNone:
		return b, true
	case mapAll:
		*into = firstRows(rows)
		return b, true
	case mapFew:
		if len(b) == 0 || len(b) < 1+2*int(b[0]) {
			return nil, false
		}
		n := int(b[0])
		for i := range n {
			row := binary.LittleEndian.Uint16(b[1+2*i:])
			if int(row) >= rows {
				return nil, false
			}
			into[row/64] |= 1 << (row % 64)
		}
		return b[1+2*n:], true
	case mapWhole:
		if len(b) < words*8 {
			return nil, false
		}
		list, rest := takeWords(b, words)
		copy(into[:], list)
		return rest, true
	}
	return nil, false
}

func firstRows(n int) (b bitmap) {
	for w := range b {
		switch {
		case n >= w*64+64:
			b[w] = ^uint64(0)
		case n > w*64:
			b[w] = 1<<(n-w*64) - 1
		}
	}
	return b
}

// truth returns what a rule said of a row of the block.
func (x *blockOutcome) truth(row, rule int) Truth {
	switch {
	case x.yes[rule][row/64]>>(row%64)&1 == 1:
		return Yes
	case x.open[rule][row/64]>>(row%64)&1 == 1:
		return Unknown
	}
	return No
}

// category returns the least and the most the category of a row can be.
func (x *blockOutcome) category(row int) (sure, highest int) {
	for rule, c := range x.of.In {
		switch x.truth(row, rule) {
		case Yes:
			sure, highest = max(sure, c), max(highest, c)
		case Unknown:
			highest = max(highest, c)
		}
	}
	return sure, highest
}

// in returns the rows of the block whose category is this one.
func (x *blockOutcome) in(category int) bitmap {
	out := firstRows(x.rows)
	var here bitmap
	for rule, c := range x.of.In {
		for w := range words {
			switch {
			case c > category:
				out[w] &^= x.yes[rule][w]
			case c == category:
				here[w] |= x.yes[rule][w]
			}
		}
	}
	if category > 0 {
		for w := range words {
			out[w] &= here[w]
		}
	}
	return out
}

// undecided returns the rows of the block whose category is not certain.
func (x *blockOutcome) undecided() bitmap {
	var out bitmap
	for category := range x.of.Categories {
		rows := x.in(category)
		for rule, c := range x.of.In {
			if c > category {
				for w := range words {
					out[w] |= rows[w] & x.open[rule][w]
				}
			}
		}
	}
	return out
}
