// Package dossier writes all facts about one subject in a zip file that proves
// itself: facts, payloads with their salts, inclusion proofs, the signed
// checkpoint, the sealed things that were named, and a page to read. Who holds
// the installation's public key verifies it without database and network.
//
// In the zip:
//
//	index.html                    the page, in Dutch
//	manifest.txt                  every other file with size and SHA-256, as a signed note
//	checkpoint.txt                the head of the tree, as a signed note
//	facts/000000000012.leaf       what the tree holds of the fact at position 12
//	facts/000000000012.proof      its inclusion proof, in the form of C2SP tlog-proof
//	facts/000000000012.salt       64 hexadecimal digits; absent when erased
//	facts/000000000012.json       the payload; absent when erased
//	documents/…                   what else was given along; a fact may name it with its SHA-256
//
// The zip itself has one form: files in order, stored without compression, no
// dates. So a changed byte anywhere is found, and nothing unfolds to more than
// the file's own size.
package dossier

import (
	"archive/zip"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// Limits of what is read: a dossier is about one subject.
const (
	MaxSize  = 256 << 20 // bytes of the zip
	MaxFiles = 20_000
)

// The names of the files that stand once in a dossier.
const (
	indexName      = "index.html"
	manifestName   = "manifest.txt"
	checkpointName = "checkpoint.txt"
)

// Options say how a dossier is made. Signer and Made are needed, the rest makes
// the page more readable.
type Options struct {
	Signer note.Signer // the key of the journal
	Made   time.Time
	Title  string // of the page: "Toetspoging 0193…"
	Owner  string // the firm's name
	// Happened says in Dutch what a kind of fact is: "Toets beoordeeld".
	Happened func(kind string) string
	// Sentence says a reason of a decision in Dutch.
	Sentence func(rule.Decision, rule.Reason) string
	// Documents are added as they are.
	Documents []Document
}

// A Document is a file that is added to a dossier. Its name is plain: letters,
// digits, dots, dashes and underscores.
type Document struct {
	Name string
	Body []byte
}

type file struct {
	name string
	body []byte
}

// Write writes the dossier of an extract.
func Write(w io.Writer, x journal.Extract, o Options) error {
	if err := write(w, x, o); err != nil {
		return fmt.Errorf("write dossier of %s: %w", x.Subject, err)
	}
	return nil
}

func write(w io.Writer, x journal.Extract, o Options) error {
	if len(x.Facts) != len(x.Proofs) {
		return errors.New("not every fact has its proof")
	}
	files := []file{{checkpointName, x.Checkpoint}}
	for i, f := range x.Facts {
		files = append(files, factFiles(f, x.Proofs[i])...)
	}
	for _, d := range o.Documents {
		if !plain(d.Name) {
			return fmt.Errorf("document %q has no plain name", d.Name)
		}
		files = append(files, file{"documents/" + d.Name, d.Body})
	}
	page, err := render(x, o)
	if err != nil {
		return err
	}
	files = append(files, file{indexName, page})
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	m, err := newManifest(x, o, files).sign(o.Signer)
	if err != nil {
		return err
	}
	files = append(files, file{manifestName, m})
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return pack(w, files)
}

func factFiles(f journal.Recorded, proof journal.Inclusion) []file {
	base := fmt.Sprintf("facts/%012d", f.Position)
	files := []file{{base + ".leaf", journal.Leaf(f.Header())}, {base + ".proof", proof.Text()}}
	if !f.Erased {
		files = append(files, file{base + ".salt", []byte(hex.EncodeToString(f.Salt) + "\n")}, file{base + ".json", f.Payload})
	}
	return files
}

func plain(name string) bool {
	return name != "" && len(name) <= 100 && name[0] != '.' && path.Base(name) == name &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") == ""
}

// pack writes the zip in its one form.
func pack(w io.Writer, files []file) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		e, err := z.CreateRaw(entry(f.name, int64(len(f.body)), crc32.ChecksumIEEE(f.body)))
		if err != nil {
			return err
		}
		if _, err := e.Write(f.body); err != nil {
			return err
		}
	}
	return z.Close()
}

// entry is the header of a file: stored, of no date that means anything.
func entry(name string, size int64, crc uint32) *zip.FileHeader {
	h := &zip.FileHeader{
		Name: name, Method: zip.Store, CRC32: crc, CompressedSize64: uint64(size), UncompressedSize64: uint64(size),
		ReaderVersion: 20, CreatorVersion: 20,
	}
	//lint:ignore SA1019 a raw entry is written as it is, and Modified would add a field
	h.ModifiedDate = 1<<5 | 1 // 1 January 1980, the first day a zip knows
	return h
}

// manifest says which files a dossier holds, and whose it is.
type manifest struct {
	Encoding string // dossierEncoding or collectionEncoding
	Origin   string
	Firm     ident.Firm
	Subject  string
	Made     time.Time
	Files    []listed
}

type listed struct {
	name string
	size int64
	hash ident.Hash
}

const (
	dossierEncoding = "zorgplicht/dossier/1"
	instant         = "2006-01-02T15:04:05.000Z"
)

func newManifest(x journal.Extract, o Options, files []file) manifest {
	m := manifest{Encoding: dossierEncoding, Origin: o.Signer.Name(), Firm: x.Firm, Subject: x.Subject, Made: o.Made.UTC()}
	for _, f := range files {
		m.Files = append(m.Files, listed{f.name, int64(len(f.body)), ident.HashOf(f.body)})
	}
	return m
}

// text is what is signed. Its second line keeps it apart from a checkpoint,
// which has a number there.
func (m manifest) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\nfirm %s\nsubject %s\nmade %s\n", m.Origin, m.Encoding, m.Firm, m.Subject, m.Made.Format(instant))
	for _, f := range m.Files {
		fmt.Fprintf(&b, "%s %d %s\n", f.hash, f.size, f.name)
	}
	return b.String()
}

func (m manifest) sign(s note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: m.text()}, s)
}

// parseManifest reads what text writes, and nothing else.
func parseManifest(text string) (manifest, error) {
	var m manifest
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 5 || lines[1] != dossierEncoding && lines[1] != collectionEncoding {
		return m, errors.New("not in the encoding " + dossierEncoding)
	}
	m.Origin, m.Encoding = lines[0], lines[1]
	m.Firm = ident.Firm(strings.TrimPrefix(lines[2], "firm "))
	m.Subject = strings.TrimPrefix(lines[3], "subject ")
	made, err := time.Parse(instant, strings.TrimPrefix(lines[4], "made "))
	if err != nil {
		return m, errors.New("no moment at which it was made")
	}
	m.Made = made
	if len(lines)-5 > MaxFiles {
		return m, errors.New("too many files")
	}
	for _, line := range lines[5:] {
		var f listed
		var hash string
		if _, err := fmt.Sscanf(line, "%64s %d %s", &hash, &f.size, &f.name); err != nil {
			return m, errors.New("a line that names no file")
		}
		if f.hash, err = ident.ParseHash(hash); err != nil {
			return m, err
		}
		m.Files = append(m.Files, f)
	}
	if m.text() != text {
		return m, errors.New("not in canonical form")
	}
	return m, nil
}
