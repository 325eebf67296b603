package dossier

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// VerifyOptions say what to hold a dossier against.
type VerifyOptions struct {
	Verifier note.Verifier // the installation's public key; nil leaves the signer unchecked
	Desk     journal.Desk  // asks the decisions again; nil leaves them
}

// A Report is the outcome of verifying a dossier. Its Size is that of the tree
// of the checkpoint, its Facts those of the dossier.
type Report struct {
	journal.Report
	KeyID   string     `json:"keyId"` // of who says to have signed: name and hash of the key
	Firm    ident.Firm `json:"firm"`
	Subject string     `json:"subject"`
	Made    time.Time  `json:"made"`
	Files   int        `json:"files"`
	// Documents is how many documents are byte for byte what a fact names.
	Documents int               `json:"documents"`
	Replay    *journal.Replayed `json:"replay,omitempty"`
}

// Green reports whether nothing was found, and every decision that was asked
// again came out as it was kept.
func (r *Report) Green() bool {
	return r.Report.Green() && (r.Replay == nil || r.Replay.Green())
}

// Verify reads a dossier of this size and tells everything in it that is not as
// it was signed. A file that is no dossier at all gives a report with that
// finding; the error is trouble in reading.
func Verify(ctx context.Context, src io.ReaderAt, size int64, o VerifyOptions) (*Report, error) {
	d := &reading{src: &source{ReaderAt: src, size: size}, size: size, o: o, ctx: ctx, r: &Report{Report: journal.Report{Signer: journal.SignerNotChecked}}}
	if err := d.read(); err != nil {
		var broken notDossier
		if !errors.As(err, &broken) {
			return nil, fmt.Errorf("verify dossier: %w", err)
		}
		d.find("dossier", "", "unreadable", broken.Error())
	}
	if o.Desk != nil && d.collected == nil && d.r.Report.Green() {
		open := journal.OpenFrom(d.facts)
		replayed, err := journal.Replay(ctx, journal.Each(d.facts), o.Desk, func(ident.Firm) rule.Opener { return open }, nil)
		if err != nil {
			return nil, fmt.Errorf("verify dossier: %w", err)
		}
		d.r.Replay = replayed
	}
	return d.r, nil
}

// notDossier says why a file cannot be read as a dossier.
type notDossier string

func (e notDossier) Error() string { return string(e) }

func tooLarge(most int64) error {
	return notDossier(fmt.Sprintf("it is larger than %d bytes", most))
}

type reading struct {
	src        *source
	size       int64
	o          VerifyOptions
	r          *Report
	zip        *zip.Reader
	small      map[string][]byte // all files but documents
	documents  map[string]stored // by name
	manifest   manifest
	checkpoint journal.Checkpoint
	note       []byte
	facts      []journal.Recorded
	signed     bool
	collected  *collected // nil in a dossier of one subject
	ctx        context.Context
}

func (d *reading) find(file, id, code, text string) {
	d.r.Found++
	if len(d.r.Findings) < journal.MaxFindings {
		d.r.Findings = append(d.r.Findings, journal.Finding{Table: file, ID: id, Code: code, Text: text})
	}
}

func (d *reading) read() error {
	if d.size > MostCollected {
		return tooLarge(MostCollected)
	}
	z, err := zip.NewReader(d.src, d.size)
	if d.src.failed != nil {
		return d.src.failed
	}
	if err != nil && d.size > MaxSize {
		return tooLarge(MaxSize)
	}
	if err != nil {
		return notDossier("it is no zip file: " + err.Error())
	}
	if len(z.File) > MaxFiles {
		return notDossier(fmt.Sprintf("it holds more than %d files", MaxFiles))
	}
	d.zip, d.small, d.documents = z, map[string][]byte{}, map[string]stored{}
	d.r.Files = len(z.File)
	if err := d.plain(); err != nil {
		return err
	}
	if err := d.open(); err != nil {
		return err
	}
	if d.manifest.Encoding == collectionEncoding {
		return d.collection()
	}
	if d.size > MaxSize {
		return tooLarge(MaxSize)
	}
	if err := d.files(); err != nil {
		return err
	}
	if err := d.form(); err != nil {
		return err
	}
	d.head()
	d.proofs()
	d.named()
	d.signer()
	return nil
}

// plain refuses what unfolds: nothing but stored files of their own size.
func (d *reading) plain() error {
	var sum uint64
	for _, f := range d.zip.File {
		sum += f.UncompressedSize64
		if f.Method != zip.Store || f.CompressedSize64 != f.UncompressedSize64 || sum > uint64(d.size) {
			return notDossier("its files are not stored as they are")
		}
	}
	return nil
}

func (d *reading) open() error {
	i := slices.IndexFunc(d.zip.File, func(f *zip.File) bool { return f.Name == manifestName })
	if i < 0 {
		return notDossier("it has no " + manifestName)
	}
	msg, err := d.slurp(d.zip.File[i])
	if err != nil {
		return err
	}
	text, signed, err := journal.OpenNote(msg, d.o.Verifier)
	if errors.Is(err, journal.ErrSigner) {
		d.r.Signer = journal.SignerWrong
		d.find(manifestName, "", "signer-wrong", "it was not signed by the given key, or it was altered")
		text, _, err = journal.OpenNote(msg, nil)
	}
	if err != nil {
		return notDossier(manifestName + ": " + err.Error())
	}
	if d.manifest, err = parseManifest(text); err != nil {
		return notDossier(manifestName + ": " + err.Error())
	}
	d.signed = signed
	m := d.manifest
	d.r.Origin, d.r.Firm, d.r.Subject, d.r.Made = m.Origin, m.Firm, m.Subject, m.Made
	d.r.KeyID = keyID(msg)
	return nil
}

// keyID reads who says to have signed: the name and the hash of the key.
func keyID(msg []byte) string {
	var unverified *note.UnverifiedNoteError
	if _, err := note.Open(msg, note.VerifierList()); errors.As(err, &unverified) {
		s := unverified.Note.UnverifiedSigs[0]
		return fmt.Sprintf("%s+%08x", s.Name, s.Hash)
	}
	return ""
}

// files holds every file against the manifest.
func (d *reading) files() error {
	want := map[string]listed{}
	for _, l := range d.manifest.Files {
		want[l.name] = l
	}
	for _, f := range d.zip.File {
		if f.Name == manifestName {
			continue
		}
		l, ok := want[f.Name]
		delete(want, f.Name)
		if !ok {
			d.find(f.Name, "", "file-unknown", "the manifest does not name it")
			continue
		}
		if err := d.file(f, l); err != nil {
			return err
		}
	}
	for name := range want {
		d.find(name, "", "file-missing", "the manifest names it and it is not there")
	}
	return nil
}

func (d *reading) file(f *zip.File, l listed) error {
	var kept bytes.Buffer
	sum := sha256.New()
	w := io.Writer(sum)
	if d.keeps(f.Name) {
		w = io.MultiWriter(sum, &kept)
	}
	if err := d.stream(f, w); err != nil {
		return err
	}
	if int64(f.UncompressedSize64) != l.size || ident.Hash(sum.Sum(nil)) != l.hash {
		d.find(f.Name, "", "file-changed", "it is not the file of the manifest")
	}
	d.small[f.Name] = kept.Bytes()
	if name, ok := strings.CutPrefix(f.Name, "documents/"); ok {
		d.documents[name] = stored{ident.Hash(sum.Sum(nil)), int64(f.UncompressedSize64)}
	}
	return nil
}

// form writes the zip again from its files and compares: headers hold bytes that
// no reader looks at.
func (d *reading) form() error {
	again := &comparing{src: d.src}
	w := zip.NewWriter(again)
	for _, f := range d.zip.File {
		crc := crc32.NewIEEE()
		if err := d.stream(f, crc); err != nil {
			return err
		}
		e, err := w.CreateRaw(entry(f.Name, int64(f.UncompressedSize64), crc.Sum32()))
		if err != nil {
			return notDossier(f.Name + ": " + err.Error())
		}
		if err := d.stream(f, e); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	if again.differs || again.at != d.size {
		d.find("dossier", "", "zip-changed", "the zip file is not in the form in which it was written")
	}
	return nil
}

func (d *reading) head() {
	d.note = d.small[checkpointName]
	c, signed, err := journal.OpenCheckpoint(d.note, d.o.Verifier)
	if err != nil {
		d.find(checkpointName, "", "checkpoint-unreadable", err.Error())
		return
	}
	if c.Origin != d.manifest.Origin {
		d.find(checkpointName, "", "other-origin", "it is of another installation than the dossier")
	}
	d.checkpoint, d.signed = c, d.signed && signed
	d.r.Size, d.r.Checkpoints, d.r.Latest = c.Size, 1, &c
}

// proofs checks every fact: leaf, proof, payload.
func (d *reading) proofs() {
	erased, missing := map[string]bool{}, map[string]bool{}
	for _, l := range d.manifest.Files {
		base, ok := strings.CutSuffix(l.name, ".leaf")
		if !ok || !strings.HasPrefix(base, "facts/") {
			continue
		}
		f, err := d.fact(base)
		if err != nil {
			d.find(l.name, "", "fact-differs", err.Error())
			continue
		}
		d.r.Facts++
		if f.Erases != "" {
			erased[f.Erases] = true
		}
		if f.Erased {
			missing[f.ID] = true
		} else {
			d.r.Payloads++
		}
		d.facts = append(d.facts, f)
	}
	for _, f := range d.facts {
		switch {
		case missing[f.ID] && erased[f.ID]:
			d.r.Erased++
		case missing[f.ID]:
			d.find("facts", f.ID, "payload-missing", "it is gone, and no fact says that it was erased")
		case erased[f.ID]:
			d.find("facts", f.ID, "erased-yet-kept", "it is said to be erased, and is still there")
		}
	}
	if len(d.facts) == 0 {
		d.find("facts", "", "no-facts", "it holds no facts")
	}
}

func (d *reading) fact(base string) (journal.Recorded, error) {
	h, err := journal.ParseLeaf(d.small[base+".leaf"])
	if err != nil {
		return journal.Recorded{}, err
	}
	if h.Firm != d.manifest.Firm && (h.Firm != journal.House || h.Seal.IsZero()) {
		return journal.Recorded{}, errors.New("it is of another firm than the dossier")
	}
	if h.Subject != d.manifest.Subject && h.Seal.IsZero() {
		return journal.Recorded{}, errors.New("it is of another subject than the dossier")
	}
	proof, err := journal.ParseInclusion(d.small[base+".proof"])
	if err != nil {
		return journal.Recorded{}, err
	}
	if !bytes.Equal(proof.Checkpoint, d.note) {
		return journal.Recorded{}, errors.New("its proof leads to another checkpoint")
	}
	if base != fmt.Sprintf("facts/%012d", proof.Position) {
		return journal.Recorded{}, errors.New("its name is not its position " + strconv.FormatInt(proof.Position, 10))
	}
	if _, err := proof.Check(journal.LeafHash(h), nil); err != nil {
		return journal.Recorded{}, err
	}
	f := journal.Recorded{
		Fact: journal.Fact{
			ID: h.ID, Firm: h.Firm, Kind: h.Kind, Subject: h.Subject, Valid: h.Valid, Recorded: h.Recorded,
			Sealed: !h.Seal.IsZero(), Erases: h.Erases,
		},
		Digest: h.Digest, Named: h.Seal, Position: proof.Position,
	}
	return f, d.payload(base, &f)
}

func (d *reading) payload(base string, f *journal.Recorded) error {
	body, kept := d.small[base+".json"]
	line, salted := d.small[base+".salt"]
	if !kept && !salted {
		f.Erased = true
		return nil
	}
	salt, err := hex.DecodeString(strings.TrimSuffix(string(line), "\n"))
	if err != nil || len(salt) != journal.SaltSize {
		return errors.New("its salt is not 32 bytes in hexadecimal")
	}
	f.Salt, f.Payload = salt, body
	if journal.Digest(salt, body) != f.Digest {
		return errors.New("salt and payload do not match the digest in its leaf")
	}
	if f.Sealed && ident.HashOf(body) != f.Named {
		return errors.New("its seal is not the hash of its payload")
	}
	return nil
}

func (d *reading) signer() {
	if d.o.Verifier == nil || d.r.Signer == journal.SignerWrong {
		return
	}
	d.r.Signer = journal.SignerWrong
	if d.signed {
		d.r.Signer = journal.SignerChecked
	}
}

func (d *reading) slurp(f *zip.File) ([]byte, error) {
	var b bytes.Buffer
	err := d.stream(f, &b)
	return b.Bytes(), err
}

// stream copies a file out of the zip. A zip that cannot be read is no dossier,
// unless it was the disk that failed.
func (d *reading) stream(f *zip.File, w io.Writer) error {
	r, err := f.Open()
	if err == nil {
		_, err = io.Copy(w, r)
		r.Close()
	}
	switch {
	case err == nil:
		return nil
	case d.src.failed != nil:
		return d.src.failed
	}
	return notDossier(f.Name + ": " + err.Error())
}

// source reads within the file and remembers when that fails.
type source struct {
	io.ReaderAt
	size   int64
	failed error
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off > s.size {
		return 0, errors.New("beyond the file")
	}
	n, err := s.ReaderAt.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// comparing is a writer that only looks whether the same stands in the source.
type comparing struct {
	src     io.ReaderAt
	at      int64
	differs bool
	buf     []byte
}

func (c *comparing) Write(p []byte) (int, error) {
	if len(c.buf) < len(p) {
		c.buf = make([]byte, len(p))
	}
	n, _ := c.src.ReadAt(c.buf[:len(p)], c.at)
	c.differs = c.differs || !bytes.Equal(c.buf[:n], p)
	c.at += int64(len(p))
	return len(p), nil
}
