package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint is the head of the tree at a moment, in the form of C2SP
// tlog-checkpoint: origin, size and root, and two extension lines of ours.
// Numbers run from 1 without gaps and times never go back, so that a checkpoint
// that was removed leaves a hole.
type Checkpoint struct {
	Origin string    // names the installation; equal to the name of the key
	Size   int64     // number of leaves
	Root   tlog.Hash // of the tree of that size
	Number int64     // 1 for the first one
	At     time.Time // when it was made, whole milliseconds UTC
}

const checkpointTime = "2006-01-02T15:04:05.000Z"

// Text returns the text that is signed.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\nnumber %d\ntime %s\n",
		c.Origin, c.Size, c.Root, c.Number, c.At.UTC().Format(checkpointTime))
}

// ParseCheckpoint reads what Text writes, and nothing else.
func ParseCheckpoint(text string) (Checkpoint, error) {
	var c Checkpoint
	lines := strings.Split(text, "\n")
	if len(lines) != 6 {
		return c, errors.New("checkpoint: not five lines")
	}
	var err [4]error
	c.Origin = lines[0]
	c.Size, err[0] = strconv.ParseInt(lines[1], 10, 64)
	c.Root, err[1] = tlog.ParseHash(lines[2])
	c.Number, err[2] = strconv.ParseInt(strings.TrimPrefix(lines[3], "number "), 10, 64)
	c.At, err[3] = time.Parse(checkpointTime, strings.TrimPrefix(lines[4], "time "))
	if e := errors.Join(err[:]...); e != nil {
		return c, fmt.Errorf("checkpoint: %w", e)
	}
	if c.Origin == "" || c.Size < 1 || c.Number < 1 || c.Text() != text {
		return c, errors.New("checkpoint: not in canonical form")
	}
	return c, nil
}

// SignCheckpoint returns the checkpoint as a signed note. Its origin must be the
// signer's name.
func SignCheckpoint(c Checkpoint, s note.Signer) ([]byte, error) {
	if c.Origin != s.Name() {
		return nil, fmt.Errorf("sign checkpoint: origin %q is not the key's name %q", c.Origin, s.Name())
	}
	return note.Sign(&note.Note{Text: c.Text()}, s)
}

// OpenCheckpoint reads a signed checkpoint and checks its signature. Without a
// verifier it checks the form only, and signed is false.
func OpenCheckpoint(msg []byte, v note.Verifier) (c Checkpoint, signed bool, err error) {
	text, signed, err := OpenNote(msg, v)
	if err != nil {
		return c, false, fmt.Errorf("checkpoint: %w", err)
	}
	if c, err = ParseCheckpoint(text); err != nil {
		return c, false, err
	}
	if v != nil && c.Origin != v.Name() {
		return c, false, fmt.Errorf("checkpoint: origin %q is not the key's name", c.Origin)
	}
	return c, signed, nil
}

// ErrSigner is what OpenNote returns for a note that the given key did not sign.
var ErrSigner = errors.New("not signed by this key")

// OpenNote returns the text of a note with exactly one signature in its one
// canonical writing. A verifier checks it; without one signed is false.
func OpenNote(msg []byte, v note.Verifier) (text string, signed bool, err error) {
	var known []note.Verifier
	if v != nil {
		known = append(known, v)
	}
	n, err := note.Open(msg, note.VerifierList(known...))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		n = unverified.Note
	case errors.As(err, &invalid):
		return "", false, ErrSigner
	case err != nil:
		return "", false, err
	}
	if !canonical(n, msg) {
		return "", false, errors.New("not in canonical form")
	}
	if v != nil && len(n.Sigs) == 0 {
		return "", false, ErrSigner
	}
	return n.Text, len(n.Sigs) == 1, nil
}

// canonical tells whether msg is the one way to write n with its one signature.
// Base64 leaves bits over that a decoder does not look at.
func canonical(n *note.Note, msg []byte) bool {
	sigs := append(append([]note.Signature{}, n.Sigs...), n.UnverifiedSigs...)
	if len(sigs) != 1 {
		return false
	}
	raw, err := base64.StdEncoding.DecodeString(sigs[0].Base64)
	if err != nil {
		return false
	}
	again := n.Text + "\n— " + sigs[0].Name + " " + base64.StdEncoding.EncodeToString(raw) + "\n"
	return again == string(msg)
}

// NewKey makes the key pair of an installation from the given randomness: the
// signer's text, to be kept secret, and the verifier's text, to be handed to
// anyone. The name is the origin of its checkpoints, such as
// "zorgplicht.example/journal": no spaces, no plus.
func NewKey(random io.Reader, name string) (signer, verifier string, err error) {
	return note.GenerateKey(random, name)
}
