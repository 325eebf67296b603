package criteria

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// proofForm opens a proof and names the version of its form.
const proofForm = "zorgplicht/screened-proof@v1"

// A Proof shows what a run said of one contract, and that it stands under the root
// of the run. It tells nothing of other contracts.
type Proof struct {
	Root   ident.Hash // of the run, as its fact names it
	Rows   int
	Row    int // from 0
	Leaf   []byte
	Beside []tlog.Hash // the hashes beside the way from the leaf to the root
}

// Prove makes the proof of one row anew from its stripe, and holds it against the
// roots that the run kept: where they differ, the column file or the outcome is not
// the one that was screened.
func (o *RunOutcome) Prove(p *Program, c *Columns, row int) (*Proof, error) {
	m, err := p.fit(c)
	if err != nil {
		return nil, err
	}
	s, err := c.Stripe(row / StripeRows)
	if err != nil {
		return nil, err
	}
	s = s.block(row % StripeRows / Block)
	columns := m.columns(p, s)
	r := p.NewResult(len(s.IDs))
	if err := p.Screen(context.Background(), o.Day, columns, r); err != nil {
		return nil, err
	}
	book := &leafBook{}
	n := p.prover(c.head.Salt).block(book, s.First, s.IDs, columns, r, 0)
	leaf := bytes.Clone(book.leaves[row%Block])
	if book.root(n) != o.roots[row/Block] {
		return nil, damaged("a block has another root than the run kept")
	}
	for i := range n { // root wrote over them
		book.hashes[i] = tlog.RecordHash(book.leaves[i])
	}
	proof := &Proof{Root: RootOf(o.roots), Rows: o.Rows, Row: row, Leaf: leaf}
	proof.Beside = append(Beside(book.hashes[:n], row%Block), Beside(o.roots, row/Block)...)
	return proof, proof.Check()
}

// Check reports whether the leaf stands under the root.
func (p *Proof) Check() error {
	if p.Row < 0 || p.Row >= p.Rows {
		return errors.New("proof: the row lies outside the run")
	}
	if err := tlog.CheckRecord(p.Beside, int64(p.Rows), tlog.Hash(p.Root), int64(p.Row), tlog.RecordHash(p.Leaf)); err != nil {
		return errors.New("proof: the contract does not stand under this root")
	}
	return nil
}

// Text writes the proof in lines.
func (p *Proof) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nroot %s\nrow %d of %d\nleaf %s\n", proofForm, p.Root, p.Row, p.Rows, base64.StdEncoding.EncodeToString(p.Leaf))
	for _, h := range p.Beside {
		b.WriteString(h.String() + "\n")
	}
	return b.Bytes()
}

// ParseProof reads what Text writes, and nothing else.
func ParseProof(text []byte) (*Proof, error) {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	wrong := errors.New("proof: not of the form " + proofForm)
	if len(lines) < 4 || lines[0] != proofForm {
		return nil, wrong
	}
	p := &Proof{}
	var err error
	if p.Root, err = ident.ParseHash(strings.TrimPrefix(lines[1], "root ")); err != nil {
		return nil, wrong
	}
	row, rows, _ := strings.Cut(strings.TrimPrefix(lines[2], "row "), " of ")
	p.Row, err = strconv.Atoi(row)
	var err2, err3 error
	p.Rows, err2 = strconv.Atoi(rows)
	p.Leaf, err3 = base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[3], "leaf "))
	if errors.Join(err, err2, err3) != nil || len(lines) > 4+64 {
		return nil, wrong
	}
	for _, l := range lines[4:] {
		h, err := tlog.ParseHash(l)
		if err != nil {
			return nil, wrong
		}
		p.Beside = append(p.Beside, h)
	}
	if !bytes.Equal(p.Text(), text) {
		return nil, errors.New("proof: not in its one form")
	}
	return p, nil
}

// A Proven is what the leaf of a proof says, read by the set of the run.
type Proven struct {
	ID       string
	Row      Row
	Category int
	Highest  int
	Truths   []Truth
}

// Read reads the leaf by the program of the set that the run names. The row has no
// day yet: the run says which.
func (p *Proof) Read(by *Program) (*Proven, error) {
	wrong := errors.New("proof: the leaf is not of this rule set")
	b := p.Leaf
	if len(b) < 1+saltSize || b[0] != leafForm {
		return nil, errors.New("proof: the leaf is of another form")
	}
	b = b[1+saltSize:]
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, wrong
	}
	out := &Proven{ID: string(b[k : k+int(n)]), Row: make(Row, len(by.fields))}
	b = b[k+int(n):]
	for i := range by.fields {
		f := &by.fields[i]
		if by.run[i] {
			continue
		}
		v, k := binary.Uvarint(b)
		if k <= 0 || v > uint64(f.Through)-uint64(f.From)+1 {
			return nil, wrong
		}
		if b = b[k:]; v > 0 {
			out.Row[i] = Cell{int64(v - 1 + uint64(f.From)), true}
		}
	}
	size := (len(by.rules) + 7) / 8
	if len(b) != 2*size {
		return nil, wrong
	}
	for i := range by.rules {
		out.Truths = append(out.Truths, Truth(b[i/8]>>(i%8)&1+b[size+i/8]>>(i%8)&1))
	}
	out.Category, out.Highest = by.categories(out.Truths)
	return out, nil
}
