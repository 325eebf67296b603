package criteria

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// BadColumns is the reason of the fault of a column file that is not whole.
const BadColumns = "column-file-damaged"

// columnsMagic opens a column file and names the version of its form.
const columnsMagic = "zorgplicht/columns/1\n"

// StripeRows is how many rows a stripe of a column file holds, but for the last.
const StripeRows = 64 * Block

// A columnsHead says what a column file holds.
type columnsHead struct {
	Salt   ident.Hash  `json:"salt"` // random: without it nobody can guess the rows of a proof
	Fields []FieldText `json:"fields"`
}

// A Stripe is some rows of a portfolio in columns, with the names of the contracts.
type Stripe struct {
	First   int // number of its first row in the file
	IDs     []string
	Columns []*Column // of each field of the file
}

// A ColumnsWriter writes a portfolio as a column file, stripe by stripe, in memory
// for one stripe.
type ColumnsWriter struct {
	w      *bufio.Writer
	at     int64
	fields []Field
	stripe Stripe
	starts []int64 // where stripes begin
	rows   int
	buffer []byte
	err    error
}

// NewColumnsWriter begins a column file with these fields of the program: those
// that the portfolio has a column for.
func (p *Program) NewColumnsWriter(w io.Writer, salt ident.Hash, fields []int) (*ColumnsWriter, error) {
	head := columnsHead{Salt: salt, Fields: []FieldText{}}
	c := &ColumnsWriter{w: bufio.NewWriterSize(w, 1<<18)}
	for _, f := range fields {
		head.Fields = append(head.Fields, p.set.Fields[f])
		c.fields = append(c.fields, p.fields[f])
	}
	b, err := canon.Encode(head)
	if err != nil {
		return nil, err
	}
	c.bytes([]byte(columnsMagic))
	c.number(uint32(len(b)))
	c.bytes(b)
	c.fresh()
	return c, c.err
}

// fresh begins a stripe in the memory of the last.
func (c *ColumnsWriter) fresh() {
	if c.stripe.Columns == nil {
		c.stripe.Columns = make([]*Column, len(c.fields))
	}
	for i, old := range c.stripe.Columns {
		c.stripe.Columns[i] = NewColumn(&c.fields[i], 0)
		if old != nil {
			c.stripe.Columns[i].planes = old.planes[:0]
		}
	}
	c.stripe.IDs = c.stripe.IDs[:0]
}

func (c *ColumnsWriter) bytes(b []byte) {
	if c.err == nil {
		_, c.err = c.w.Write(b)
		c.at += int64(len(b))
	}
}

func (c *ColumnsWriter) number(n uint32) {
	c.bytes(binary.LittleEndian.AppendUint32(nil, n))
}

// Add adds a contract, with a cell for each field of the file.
func (c *ColumnsWriter) Add(id string, cells []Cell) error {
	c.stripe.IDs = append(c.stripe.IDs, id)
	for i, column := range c.stripe.Columns {
		column.Append(cells[i])
	}
	if c.rows++; len(c.stripe.IDs) == StripeRows {
		c.flush()
	}
	return c.err
}

// flush writes the stripe: rows, bytes of names, bytes of columns, names, columns.
func (c *ColumnsWriter) flush() {
	c.starts = append(c.starts, c.at)
	var names []byte
	for _, id := range c.stripe.IDs {
		names = binary.AppendUvarint(names, uint64(len(id)))
		names = append(names, id...)
	}
	b := c.buffer[:0]
	blocks := (len(c.stripe.IDs) + Block - 1) / Block
	for _, column := range c.stripe.Columns {
		column.Close()
		if column.known == nil {
			b = append(b, 1)
		} else {
			b = appendWords(append(b, 0), column.known[:blocks*words])
		}
		for i := range blocks {
			planes := column.block(i)
			b = appendWords(append(b, byte(len(planes)/words)), planes)
		}
	}
	c.number(uint32(len(c.stripe.IDs)))
	c.number(uint32(len(names)))
	c.number(uint32(len(b)))
	c.bytes(names)
	c.bytes(b)
	c.buffer = b
	c.fresh()
}

// Close writes what is left and the list of stripes. The file is whole after it.
func (c *ColumnsWriter) Close() error {
	if len(c.stripe.IDs) > 0 {
		c.flush()
	}
	var b []byte
	for _, at := range c.starts {
		b = binary.LittleEndian.AppendUint64(b, uint64(at))
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(c.rows))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(c.starts)))
	c.bytes(append(b, columnsMagic...))
	return errors.Join(c.err, c.w.Flush())
}

// Rows returns how many contracts were added.
func (c *ColumnsWriter) Rows() int { return c.rows }

func appendWords(b []byte, list []uint64) []byte {
	b = slices.Grow(b, 8*len(list))
	for _, w := range list {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return b
}

// Columns is a column file that was opened. Many may read it at once.
type Columns struct {
	Fields []Field
	Rows   int

	at     io.ReaderAt
	head   columnsHead
	starts []int64

	names   sync.Mutex // guards the names that were read last
	namesAt int
	namesOf []string
}

// OpenColumns reads what a column file holds, from its ends. Whether its bytes are
// those that its name promises is for the caller to hash; a file that was cut or is
// of another form is told here.
func OpenColumns(r io.ReaderAt, size int64) (*Columns, error) {
	c := &Columns{at: r}
	tail := make([]byte, 12+len(columnsMagic))
	front := make([]byte, len(columnsMagic)+4)
	if size < int64(len(tail)+len(front)) {
		return nil, damaged("shorter than a column file")
	}
	if _, err := r.ReadAt(front, 0); err != nil {
		return nil, err
	}
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil {
		return nil, err
	}
	if string(front[:len(columnsMagic)]) != columnsMagic || !bytes.HasSuffix(tail, []byte(columnsMagic)) {
		return nil, damaged("not of this form")
	}
	n := int64(binary.LittleEndian.Uint32(front[len(columnsMagic):]))
	stripes := int64(binary.LittleEndian.Uint32(tail[8:]))
	c.Rows = int(binary.LittleEndian.Uint64(tail))
	if n+stripes*8 > size || c.Rows < 0 || stripes != int64(c.Rows+StripeRows-1)/StripeRows {
		return nil, damaged("its parts do not fit in it")
	}
	if err := c.readHead(int64(len(front)), n); err != nil {
		return nil, err
	}
	list := make([]byte, stripes*8)
	if _, err := r.ReadAt(list, size-int64(len(tail))-stripes*8); err != nil {
		return nil, err
	}
	for i := range stripes {
		at := int64(binary.LittleEndian.Uint64(list[i*8:]))
		if at < 0 || at >= size {
			return nil, damaged("a part lies outside it")
		}
		c.starts = append(c.starts, at)
	}
	return c, nil
}

func damaged(why string) error {
	return &fault.Fault{Kind: fault.Conflict, Reason: BadColumns, Cause: errors.New("the column file is damaged: " + why)}
}

func (c *Columns) readHead(at, n int64) error {
	b := make([]byte, n)
	if _, err := c.at.ReadAt(b, at); err != nil {
		return err
	}
	if err := canon.Decode(b, &c.head); err != nil {
		return damaged("its head cannot be read")
	}
	fields := builder{set: Set{Fields: c.head.Fields}, ids: map[string]bool{}}
	if c.Fields = fields.fields(); len(fields.wrong) > 0 {
		return damaged("its head names fields that cannot be")
	}
	return nil
}

// Stripes returns how many stripes the file has.
func (c *Columns) Stripes() int { return len(c.starts) }

// IDs reads the names of the contracts of a stripe, and nothing else.
func (c *Columns) IDs(i int) ([]string, error) {
	rows, names, _, err := c.open(i)
	if err != nil {
		return nil, err
	}
	b := make([]byte, names)
	if _, err := c.at.ReadAt(b, c.starts[i]+12); err != nil {
		return nil, fmt.Errorf("read the column file: %w", err)
	}
	return readNames(b, rows)
}

func (c *Columns) open(i int) (rows, names, columns int, err error) {
	var b [12]byte
	if _, err := c.at.ReadAt(b[:], c.starts[i]); err != nil {
		return 0, 0, 0, fmt.Errorf("read the column file: %w", err)
	}
	rows = int(binary.LittleEndian.Uint32(b[:]))
	names, columns = int(binary.LittleEndian.Uint32(b[4:])), int(binary.LittleEndian.Uint32(b[8:]))
	if want := min(StripeRows, c.Rows-i*StripeRows); rows != want {
		return 0, 0, 0, damaged("a stripe has another size than it says")
	}
	return rows, names, columns, nil
}

func readNames(b []byte, rows int) ([]string, error) {
	text := string(b) // the names share one piece of memory
	list := make([]string, 0, rows)
	at := 0
	for range rows {
		n, k := binary.Uvarint(b[at:])
		if k <= 0 || n > uint64(len(b)-at-k) {
			return nil, damaged("a name runs out of its stripe")
		}
		list = append(list, text[at+k:at+k+int(n)])
		at += k + int(n)
	}
	if at != len(b) {
		return nil, damaged("a stripe has names to spare")
	}
	return list, nil
}

// Stripe reads a stripe.
func (c *Columns) Stripe(i int) (*Stripe, error) {
	rows, names, columns, err := c.open(i)
	if err != nil {
		return nil, err
	}
	b := make([]byte, names+columns)
	if _, err := c.at.ReadAt(b, c.starts[i]+12); err != nil {
		return nil, fmt.Errorf("read the column file: %w", err)
	}
	s := &Stripe{First: i * StripeRows, Columns: make([]*Column, len(c.Fields))}
	if s.IDs, err = readNames(b[:names], rows); err != nil {
		return nil, err
	}
	b = b[names:]
	blocks := (rows + Block - 1) / Block
	for f := range c.Fields {
		if b, err = readColumn(&c.Fields[f], rows, blocks, b, &s.Columns[f]); err != nil {
			return nil, err
		}
	}
	if len(b) > 0 {
		return nil, damaged("a stripe has columns to spare")
	}
	return s, nil
}

// block returns one block of the stripe as a stripe of its own.
func (s *Stripe) block(b int) *Stripe {
	n := min(Block, len(s.IDs)-b*Block)
	out := &Stripe{First: s.First + b*Block, IDs: s.IDs[b*Block : b*Block+n], Columns: make([]*Column, len(s.Columns))}
	for i, c := range s.Columns {
		part := NewColumn(c.field, 0)
		part.rows, part.planes = n, c.block(b)
		part.start = append(part.start, len(part.planes))
		if c.known != nil {
			part.known = c.known[b*words : (b+1)*words]
		}
		out.Columns[i] = part
	}
	return out
}

func readColumn(f *Field, rows, blocks int, b []byte, into **Column) ([]byte, error) {
	c := NewColumn(f, 0)
	c.rows = rows
	if len(b) < 1 {
		return nil, damaged("a column is missing")
	}
	every := b[0] == 1
	if b = b[1:]; !every {
		if len(b) < blocks*words*8 {
			return nil, damaged("a column is cut off")
		}
		c.known, b = takeWords(b, blocks*words)
	}
	c.planes, c.start = make([]uint64, 0, planesIn(b, blocks)*words), append(make([]int, 0, blocks+1), 0)
	for range blocks {
		if len(b) < 1 || int(b[0]) > c.width || len(b) < 1+int(b[0])*words*8 {
			return nil, damaged("a column is cut off")
		}
		n := int(b[0]) * words
		for i := range n {
			c.planes = append(c.planes, binary.LittleEndian.Uint64(b[1+i*8:]))
		}
		b = b[1+n*8:]
		c.start = append(c.start, len(c.planes))
	}
	*into = c
	return b, nil
}

// planesIn counts the planes that these blocks have; what is cut off ends it.
func planesIn(b []byte, blocks int) (n int) {
	for range blocks {
		if len(b) == 0 || len(b) < 1+int(b[0])*words*8 {
			return n
		}
		n += int(b[0])
		b = b[1+int(b[0])*words*8:]
	}
	return n
}

func takeWords(b []byte, n int) ([]uint64, []byte) {
	list := make([]uint64, n)
	for i := range list {
		list[i] = binary.LittleEndian.Uint64(b[i*8:])
	}
	return list, b[n*8:]
}
