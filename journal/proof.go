package journal

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// An Inclusion proves that a leaf stands at a position in the tree of a
// checkpoint.
type Inclusion struct {
	Position   int64
	Hashes     tlog.RecordProof
	Checkpoint []byte // the signed note
}

const proofHeader = "c2sp.org/tlog-proof@v1"

// Text returns the proof in the form of C2SP tlog-proof: index, hashes and the
// signed checkpoint.
func (p Inclusion) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\nindex %d\n", proofHeader, p.Position)
	for _, h := range p.Hashes {
		b.WriteString(h.String() + "\n")
	}
	b.WriteByte('\n')
	b.Write(p.Checkpoint)
	return b.Bytes()
}

// ParseInclusion reads what Text writes, and nothing else.
func ParseInclusion(text []byte) (Inclusion, error) {
	var p Inclusion
	front, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(front), "\n")
	if !found || len(lines) < 2 || lines[0] != proofHeader {
		return p, errors.New("inclusion proof: not of the form " + proofHeader)
	}
	var err error
	if p.Position, err = strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64); err != nil {
		return p, errors.New("inclusion proof: no index")
	}
	for _, line := range lines[2:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return p, fmt.Errorf("inclusion proof: %w", err)
		}
		p.Hashes = append(p.Hashes, h)
	}
	p.Checkpoint = checkpoint
	if p.Position < 0 || len(p.Hashes) > 63 || !bytes.Equal(p.Text(), text) {
		return p, errors.New("inclusion proof: not in canonical form")
	}
	return p, nil
}

// Check tells whether the leaf stands where the proof says, in the tree of a
// checkpoint that the verifier's key signed. Without a verifier the signature is
// not checked.
func (p Inclusion) Check(leaf tlog.Hash, v note.Verifier) (Checkpoint, error) {
	c, _, err := OpenCheckpoint(p.Checkpoint, v)
	if err != nil {
		return c, err
	}
	if err := tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.Position, leaf); err != nil {
		return c, fmt.Errorf("position %d: %w", p.Position, err)
	}
	return c, nil
}

// CheckConsistency tells whether the later tree holds the earlier one unchanged
// at its front.
func CheckConsistency(earlier, later Checkpoint, proof tlog.TreeProof) error {
	switch {
	case earlier.Origin != later.Origin:
		return errors.New("the checkpoints are of different installations")
	case earlier.Size > later.Size:
		return fmt.Errorf("the journal was cut off: %d leaves were signed for, %d are left", earlier.Size, later.Size)
	case earlier.Number > later.Number || earlier.At.After(later.At):
		return errors.New("the later checkpoint is the older one")
	case earlier.Size == later.Size && earlier.Root != later.Root:
		return errors.New("two checkpoints of one size have different roots")
	case earlier.Size == later.Size:
		return nil
	}
	return tlog.CheckTree(proof, later.Size, later.Root, earlier.Size, earlier.Root)
}
