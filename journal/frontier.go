package journal

import (
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// A frontier is the right edge of a growing tree: for each level the last whole
// subtree that is not yet half of a higher one. Hashing is tlog's; here is only
// the order in which a reader meets the nodes.
type frontier struct{ at [64]tlog.Hash }

// grow adds the n-th subtree (from 0) of the level base. Each node that it
// completes is offered with the hash it should have; what node returns stands.
func (f *frontier) grow(n int64, base int, h tlog.Hash, node func(level int, n int64, want tlog.Hash) tlog.Hash) {
	level := base
	for ; n&1 == 1; n >>= 1 {
		want := tlog.NodeHash(f.at[level], h)
		level++
		h = node(level, n>>1, want)
	}
	f.at[level] = h
}

// fold returns the root of count subtrees of the level base and, when it is not
// nil, a smaller tree at their right.
func (f *frontier) fold(count int64, base int, right *tlog.Hash) tlog.Hash {
	var root tlog.Hash
	some := right != nil
	if some {
		root = *right
	}
	for level := base; count > 0; level, count = level+1, count>>1 {
		switch {
		case count&1 == 0:
		case some:
			root = tlog.NodeHash(f.at[level], root)
		default:
			root, some = f.at[level], true
		}
	}
	return root
}

// checkNode holds a stored node against the hash of its children.
func checkNode(find func(table, id, code, text string), stored cell, level int, n int64, want tlog.Hash) tlog.Hash {
	switch {
	case stored.state != whole:
		find("journal_hash", strconv.FormatInt(tlog.StoredHashIndex(level, n), 10), "hash-missing", "a node of the tree is not there")
		return want
	case stored.hash != want:
		find("journal_hash", strconv.FormatInt(tlog.StoredHashIndex(level, n), 10), "hash-differs", "a node of the tree is not the hash of the two below it")
	}
	return stored.hash
}
