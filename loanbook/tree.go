package loanbook

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/calendar"
	"zorgplicht/ident"
)

// A tree is the Merkle tree (RFC 6962) over rows that come one by one. It holds the
// roots of its whole branches only.
type tree struct {
	rows   int
	branch []tlog.Hash
}

func (t *tree) add(leaf []byte) {
	t.branch = append(t.branch, tlog.RecordHash(leaf))
	for n := t.rows; n&1 == 1; n >>= 1 {
		last := len(t.branch) - 1
		t.branch[last-1] = tlog.NodeHash(t.branch[last-1], t.branch[last])
		t.branch = t.branch[:last]
	}
	t.rows++
}

// root is the root of the tree; zero of none.
func (t *tree) root() (h ident.Hash) {
	if t.rows == 0 {
		return h
	}
	r := t.branch[len(t.branch)-1]
	for i := len(t.branch) - 2; i >= 0; i-- {
		r = tlog.NodeHash(t.branch[i], r)
	}
	return ident.Hash(r)
}

// leaf is a row as the tree holds it, behind sixteen bytes that nobody can guess, so
// that a hash beside the way of another row tells nothing of it. The encoding is
// frozen: loanbook.loaded/1.
func leaf(salt ident.Hash, line int, l Loan) []byte {
	b := make([]byte, 0, 200)
	secret := sha256.Sum256(binary.BigEndian.AppendUint64(salt[:], uint64(line)))
	b = append(b, secret[:16]...)
	for _, s := range []string{l.Reference, l.Product, l.Intermediary, l.Kind, l.Charge} {
		b = append(strconv.AppendQuote(b, s), ' ')
	}
	for _, n := range []int64{int64(l.Sum), int64(l.Balance), int64(l.Payment)} {
		b = append(strconv.AppendInt(b, n, 10), ' ')
	}
	for _, d := range []calendar.Date{l.Concluded, l.Arrears, l.Demanded, l.Settled, l.Dissolved, l.Undone, l.Transferred} {
		b = append(append(b, d.String()...), ' ')
	}
	return append(b, Pack(l.Rates)...)
}
