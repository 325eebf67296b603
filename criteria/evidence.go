package criteria

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// A run is proved by the root of a tree over its rows (RFC 6962): the leaf of a row
// holds which contract it was, what was known of it and what each rule said. A
// block of rows is one whole branch of that tree, so the roots of the blocks are
// all that has to be kept; a proof makes the rest anew from its block.
//
// A leaf begins with a number that nobody can guess, made from the random salt of
// the column file. So the hashes beside the way of one row tell nothing of the rows
// next to it.

// leafForm opens a leaf and names the version of its form.
const leafForm = 1

// saltSize is how many bytes of a leaf nobody can guess.
const saltSize = 16

// salts makes the salt of each row: a block cipher over the number of the row.
func salts(salt ident.Hash) cipher.Block {
	c, err := aes.NewCipher(salt[:])
	if err != nil {
		panic(err) // a hash has the length of a key
	}
	return c
}

// A prover makes the leaves of one program over columns.
type prover struct {
	p     *Program
	salt  cipher.Block
	bytes int // of a mask
}

func (p *Program) prover(salt ident.Hash) *prover {
	return &prover{p, salts(salt), (len(p.rules) + 7) / 8}
}

// A leafBook holds the leaves of a block while they are made.
type leafBook struct {
	leaves [Block][]byte
	values [64]uint64
	hashes [Block]tlog.Hash
}

// block writes the leaves of a block of a stripe and returns how many there are.
// The columns are those of the program.
func (v *prover) block(book *leafBook, first int, ids []string, columns []*Column, r *Result, b int) int {
	n := min(Block, r.Rows-b*Block)
	for i := range n {
		row := b*Block + i
		var number, salt [saltSize]byte
		binary.LittleEndian.PutUint64(number[:], uint64(first+row))
		v.salt.Encrypt(salt[:], number[:])
		leaf := append(append(book.leaves[i][:0], leafForm), salt[:]...)
		leaf = binary.AppendUvarint(leaf, uint64(len(ids[row])))
		book.leaves[i] = append(leaf, ids[row]...)
	}
	for f, c := range columns {
		if !v.p.run[f] {
			v.cells(book, c, b, n)
		}
	}
	for i := range n {
		book.leaves[i] = v.masks(book.leaves[i], r, b*Block+i)
	}
	return n
}

// cells writes one field of the rows of a block: 0 where it is unknown, else its
// distance from the least value and one.
func (v *prover) cells(book *leafBook, c *Column, b, n int) {
	for w := 0; w*64 < n; w++ {
		known := ^uint64(0)
		if c == nil {
			known = 0
		} else {
			if c.known != nil {
				known = c.known[b*words+w]
			}
			c.values(b, w, &book.values)
		}
		for i := range min(64, n-w*64) {
			leaf := &book.leaves[w*64+i]
			if known>>i&1 == 0 {
				*leaf = append(*leaf, 0)
			} else {
				*leaf = binary.AppendUvarint(*leaf, book.values[i]+1)
			}
		}
	}
}

// masks writes of which rules the row has a yes, and of which a yes or an unknown.
func (v *prover) masks(leaf []byte, r *Result, row int) []byte {
	from := len(leaf)
	leaf = append(leaf, make([]byte, 2*v.bytes)...)
	yes, maybe := leaf[from:from+v.bytes], leaf[from+v.bytes:]
	for rule := range r.rules {
		t := r.Truth(row, rule)
		if t == Yes {
			yes[rule/8] |= 1 << (rule % 8)
		}
		if t != No {
			maybe[rule/8] |= 1 << (rule % 8)
		}
	}
	return leaf
}

// root returns the root over the leaves of the book.
func (book *leafBook) root(n int) tlog.Hash {
	for i := range n {
		book.hashes[i] = tlog.RecordHash(book.leaves[i])
	}
	return fold(book.hashes[:n])
}

// fold returns the root of the tree over these hashes, of which there is at least
// one, and writes over them.
func fold(level []tlog.Hash) tlog.Hash {
	// Level by level from the left: what is left over at the end of a level goes up
	// as it is, which gives the tree of RFC 6962.
	for len(level) > 1 {
		half := level[:0]
		for i := 0; i+1 < len(level); i += 2 {
			half = append(half, tlog.NodeHash(level[i], level[i+1]))
		}
		if len(level)%2 == 1 {
			half = append(half, level[len(level)-1])
		}
		level = half
	}
	return level[0]
}

// roots returns the root of each block of a stripe, made on all cores.
func (v *prover) roots(first int, ids []string, columns []*Column, r *Result) []tlog.Hash {
	out := make([]tlog.Hash, (r.Rows+Block-1)/Block)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(out)) {
		wait.Go(func() {
			book := &leafBook{}
			for {
				b := int(next.Add(1)) - 1
				if b >= len(out) {
					return
				}
				out[b] = book.root(v.block(book, first, ids, columns, r, b))
			}
		})
	}
	wait.Wait()
	return out
}

// RootOf returns the root of a run from the roots of its blocks; that of a run
// without rows is the hash of nothing.
func RootOf(blocks []tlog.Hash) ident.Hash {
	if len(blocks) == 0 {
		return ident.HashOf(nil)
	}
	level := make([]tlog.Hash, len(blocks))
	copy(level, blocks)
	return ident.Hash(fold(level))
}

// Beside returns the hashes beside the way from one of these up to their root.
func Beside(list []tlog.Hash, at int) (way []tlog.Hash) {
	level := make([]tlog.Hash, len(list))
	copy(level, list)
	for ; len(level) > 1; at /= 2 {
		if beside := at ^ 1; beside < len(level) {
			way = append(way, level[beside])
		}
		half := level[:0]
		for i := 0; i+1 < len(level); i += 2 {
			half = append(half, tlog.NodeHash(level[i], level[i+1]))
		}
		if len(level)%2 == 1 {
			half = append(half, level[len(level)-1])
		}
		level = half
	}
	return way
}
