package commission

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/money"
)

// BlockRows is how many lines of a run lie together: a whole branch of its tree.
const BlockRows = 4096

// leafForm opens a leaf and names the version of its form.
const leafForm = 1

// saltSize is how many bytes of a leaf nobody can guess.
const saltSize = 16

// A Block is lines of a run that follow one another, by reference.
type Block struct {
	Number int
	First  string // reference of its first line
	Last   string
	Rows   int
	Root   ident.Hash
	Tally  []Tally // which of them there are, so that a list passes over the others
	Body   []byte

	Highest money.Cents // amount of a line
}

// A Tally is how many lines of a block one intermediary has with one outcome.
type Tally struct {
	Partner string  `json:"partner"`
	Outcome Outcome `json:"outcome"`
	Rows    int     `json:"rows"`
}

var errRow = errors.New("commission: no line of a run")

func appendDay(b []byte, d calendar.Date) []byte {
	return binary.AppendUvarint(b, uint64(d.Year())<<9|uint64(d.Month())<<5|uint64(d.Day()))
}

// The bits of a line.
const (
	isRevolving = 1 << iota
	isMortgage
)

var outcomePlace = func() map[Outcome]byte {
	places := map[Outcome]byte{}
	for i, o := range Outcomes {
		places[o] = byte(i)
	}
	return places
}()

// appendLine writes a line as it is kept and proved: form 1, which never changes.
func appendLine(b []byte, l Line) []byte {
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	text(l.Ref)
	text(l.Partner)
	flags := byte(0)
	if l.Revolving {
		flags |= isRevolving
	}
	if l.Mortgage {
		flags |= isMortgage
	}
	b = append(b, flags, outcomePlace[l.Outcome])
	b = binary.AppendVarint(b, int64(l.Balance))
	for _, d := range [...]calendar.Date{l.Concluded, l.Due, l.Demanded, l.Dissolved, l.Undone, l.Since} {
		b = appendDay(b, d)
	}
	b = binary.AppendUvarint(b, uint64(l.Percent))
	return binary.AppendVarint(b, int64(l.Amount))
}

// A reading takes lines from bytes; once wrong it stays so.
type reading struct {
	b   []byte
	bad bool
}

func (r *reading) number() uint64 {
	n, k := binary.Uvarint(r.b)
	if k <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[k:]
	return n
}

func (r *reading) signed() int64 {
	n, k := binary.Varint(r.b)
	if k <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[k:]
	return n
}

func (r *reading) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reading) text() string { return string(r.piece()) }

func (r *reading) piece() []byte {
	n := r.number()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reading) day() calendar.Date {
	n := r.number()
	if n == 0 || r.bad {
		return calendar.Date{}
	}
	d, err := calendar.New(int(n>>9), time.Month(n>>5&15), int(n&31))
	r.bad = r.bad || err != nil
	return d
}

func (r *reading) line() (l Line) {
	l.Ref, l.Partner = r.text(), r.text()
	flags, outcome := r.byte(), r.byte()
	l.Revolving, l.Mortgage = flags&isRevolving != 0, flags&isMortgage != 0
	if int(outcome) < len(Outcomes) {
		l.Outcome = Outcomes[outcome]
	} else {
		r.bad = true
	}
	l.Balance = money.Cents(r.signed())
	for _, d := range [...]*calendar.Date{&l.Concluded, &l.Due, &l.Demanded, &l.Dissolved, &l.Undone, &l.Since} {
		*d = r.day()
	}
	l.Percent, l.Amount = Percent(r.number()), money.Cents(r.signed())
	return l
}

// Lines returns the lines of the block.
func (b Block) Lines() ([]Line, error) {
	r := reading{b: b.Body}
	list := make([]Line, 0, b.Rows)
	for len(r.b) > 0 && !r.bad {
		list = append(list, r.line())
	}
	if r.bad || len(list) != b.Rows {
		return nil, errRow
	}
	return list, nil
}

// A binder makes blocks of lines, with their leaves.
type binder struct {
	salt   cipher.Block
	rows   int // before this block
	block  Block
	leaves []tlog.Hash
	tally  map[Tally]int
	leaf   []byte
}

func newBinder(salt ident.Hash) *binder {
	c, err := aes.NewCipher(salt[:])
	if err != nil {
		panic(err) // a hash has the length of a key
	}
	return &binder{salt: c, tally: map[Tally]int{}}
}

// leafOf makes the leaf of a line: its form, what nobody can guess, the line.
func leafOf(b []byte, salt cipher.Block, row int, line []byte) []byte {
	var number, secret [saltSize]byte
	binary.LittleEndian.PutUint64(number[:], uint64(row))
	salt.Encrypt(secret[:], number[:])
	return append(append(append(b, leafForm), secret[:]...), line...)
}

// add puts a line in the block and reports whether it is full.
func (b *binder) add(l Line) bool {
	from := len(b.block.Body)
	b.block.Body = appendLine(b.block.Body, l)
	b.leaf = leafOf(b.leaf[:0], b.salt, b.rows+b.block.Rows, b.block.Body[from:])
	b.leaves = append(b.leaves, tlog.RecordHash(b.leaf))
	if b.block.Rows == 0 {
		b.block.First, b.block.Highest = l.Ref, l.Amount
	}
	b.block.Highest = max(b.block.Highest, l.Amount)
	b.block.Last = l.Ref
	b.block.Rows++
	b.tally[Tally{Partner: l.Partner, Outcome: l.Outcome}]++
	return b.block.Rows == BlockRows
}

// bind ends the block and begins the next.
func (b *binder) bind() Block {
	done := b.block
	done.Root = criteria.RootOf(b.leaves)
	for t, n := range b.tally {
		t.Rows = n
		done.Tally = append(done.Tally, t)
	}
	sortTally(done.Tally)
	b.rows += done.Rows
	b.block, b.leaves = Block{Number: done.Number + 1}, b.leaves[:0]
	clear(b.tally)
	return done
}

// sortTally puts what is in a block in one order.
func sortTally(list []Tally) {
	slices.SortFunc(list, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(a.Partner, b.Partner), cmp.Compare(outcomePlace[a.Outcome], outcomePlace[b.Outcome]))
	})
}

// prove makes the proof of one line from its block, of a run of so many rows.
func prove(salt ident.Hash, roots []ident.Hash, b Block, at, rows int) (*criteria.Proof, error) {
	lines, err := b.Lines()
	if err != nil {
		return nil, err
	}
	c := newBinder(salt)
	c.rows = b.Number * BlockRows
	var leaf []byte
	for i, l := range lines {
		c.add(l)
		if i == at {
			leaf = append(leaf, c.leaf...)
		}
	}
	p := &criteria.Proof{Root: rootOf(roots), Rows: rows, Row: c.rows + at, Leaf: leaf}
	p.Beside = append(criteria.Beside(c.leaves, at), criteria.Beside(hashes(roots), b.Number)...)
	return p, p.Check()
}

func hashes(roots []ident.Hash) []tlog.Hash {
	list := make([]tlog.Hash, len(roots))
	for i, r := range roots {
		list[i] = tlog.Hash(r)
	}
	return list
}

func rootOf(roots []ident.Hash) ident.Hash { return criteria.RootOf(hashes(roots)) }

// Bytes writes a line as a run keeps it.
func (l Line) Bytes() []byte { return appendLine(nil, l) }

// ParseLine reads what Bytes writes.
func ParseLine(b []byte) (Line, error) {
	r := reading{b: b}
	l := r.line()
	if r.bad || len(r.b) > 0 {
		return l, errRow
	}
	return l, nil
}
