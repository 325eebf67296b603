package dossier

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
	"zorgplicht/journal"
)

// A Collection writes the facts of many files in one zip that proves itself, in
// parts, so that it takes no more memory for a hundred thousand files than for a
// hundred. In the zip:
//
//	manifest.txt               every other file with size and SHA-256, as a signed note
//	checkpoint.txt             the head of the tree, as a signed note
//	facts/0001.jsonl.gz        one fact a line: position, leaf, salt, payload
//	facts/0001.proof.gz        the hashes of the tree that prove them: index and hash
//	facts/sealed.jsonl.gz      the sealed things that the facts name, and …
//	facts/sealed.proof.gz      … what proves those
//	documents/…                what else was given along, as it was given
//
// All files are stored as they are, in the order in which they were written. Within a
// part the facts of one subject stay together.
type Collection struct {
	zip      *zip.Writer
	manifest manifest
	signer   note.Signer
	parts    int
}

const collectionEncoding = "zorgplicht/collection/1"

// MostCollected is how many bytes a collection has at most.
const MostCollected = 16 << 30

// NewCollection begins a collection about a subject of a firm, whose proofs lead to
// this checkpoint.
func NewCollection(w io.Writer, signer note.Signer, firm ident.Firm, subject string, made time.Time, checkpoint []byte) (*Collection, error) {
	c := &Collection{zip: zip.NewWriter(w), signer: signer, manifest: manifest{
		Encoding: collectionEncoding, Origin: signer.Name(), Firm: firm, Subject: subject, Made: made.UTC(),
	}}
	return c, c.add(checkpointName, checkpoint)
}

// A Part is some facts with what proves them, ready to be written.
type Part struct{ facts, proof []byte }

// NewPart makes a part; hashes are those of the tree that proving the facts reads. It
// needs no Collection, so that parts can be made side by side.
func NewPart(facts []journal.Recorded, hashes map[int64]tlog.Hash) (Part, error) {
	var p Part
	lines, err := packed(func(w *bufio.Writer) error {
		var b []byte
		for _, f := range facts {
			if f.Position == journal.Waiting {
				return fmt.Errorf("fact %s has no place in the tree", f.ID)
			}
			b = appendFact(b[:0], f)
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	proof, err := packed(func(w *bufio.Writer) error {
		for _, at := range slices.Sorted(maps.Keys(hashes)) {
			h := hashes[at]
			if _, err := w.WriteString(strconv.FormatInt(at, 10) + " " + base64.StdEncoding.EncodeToString(h[:]) + "\n"); err != nil {
				return err
			}
		}
		return nil
	})
	return Part{lines, proof}, err
}

// packed is what write writes, by gzip without a date.
func packed(write func(*bufio.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriterSize(z, 1<<16)
	if err := errors.Join(write(w), w.Flush(), z.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// appendFact writes one line. A leaf holds no character that JSON escapes but the ends
// of its lines; a payload is canonical JSON.
func appendFact(b []byte, f journal.Recorded) []byte {
	b = append(b, `{"position":`...)
	b = strconv.AppendInt(b, f.Position, 10)
	b = append(b, `,"leaf":"`...)
	b = append(b, strings.ReplaceAll(string(journal.Leaf(f.Header())), "\n", `\n`)...)
	b = append(b, '"')
	if !f.Erased {
		b = append(b, `,"salt":"`...)
		b = hex.AppendEncode(b, f.Salt)
		b = append(b, `","payload":`...)
		b = append(b, f.Payload...)
	}
	return append(b, '}', '\n')
}

// Add writes a part.
func (c *Collection) Add(p Part) error {
	c.parts++
	return c.addPart(fmt.Sprintf("%04d", c.parts), p)
}

// Seal writes the sealed things that the facts of all parts name. A collection has
// them once, before it is closed.
func (c *Collection) Seal(p Part) error { return c.addPart("sealed", p) }

func (c *Collection) addPart(name string, p Part) error {
	if err := c.add("facts/"+name+".jsonl.gz", p.facts); err != nil {
		return err
	}
	return c.add("facts/"+name+".proof.gz", p.proof)
}

func (c *Collection) add(name string, body []byte) error {
	return c.Copy(name, int64(len(body)), bytes.NewReader(body))
}

// Document writes a file that goes along.
func (c *Collection) Document(name string, size int64, body io.ReadSeeker) error {
	if !plain(name) {
		return fmt.Errorf("document %q has no plain name", name)
	}
	return c.Copy("documents/"+name, size, body)
}

// Copy writes a file, which it reads twice.
func (c *Collection) Copy(name string, size int64, body io.ReadSeeker) error {
	crc, sum := crc32.NewIEEE(), sha256.New()
	n, err := io.Copy(io.MultiWriter(crc, sum), body)
	if err != nil {
		return err
	}
	if n != size {
		return fmt.Errorf("file %s has %d bytes, not %d", name, n, size)
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, err := c.zip.CreateRaw(entry(name, size, crc.Sum32()))
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, body); err != nil {
		return err
	}
	c.manifest.Files = append(c.manifest.Files, listed{name, size, ident.Hash(sum.Sum(nil))})
	return nil
}

// Close writes the manifest, signed, and ends the zip.
func (c *Collection) Close() error {
	m, err := c.manifest.sign(c.signer)
	if err != nil {
		return err
	}
	w, err := c.zip.CreateRaw(entry(manifestName, int64(len(m)), crc32.ChecksumIEEE(m)))
	if err != nil {
		return err
	}
	if _, err := w.Write(m); err != nil {
		return err
	}
	return c.zip.Close()
}
