package dossier

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/rule"
)

// Limits of one part of a collection: what it may unfold to.
const (
	mostPart = 1 << 30 // bytes
	mostLine = 64 << 20
)

// collected is what verifying a collection holds: never more than one part.
type collected struct {
	sealed map[ident.Hash][]byte
}

// keeps reports whether a file is held in memory while it is verified: not the parts
// of a collection, and no documents.
func (d *reading) keeps(name string) bool {
	return !strings.HasPrefix(name, "documents/") && !(d.collected != nil && strings.HasPrefix(name, "facts/"))
}

// collection verifies a collection, a part at a time.
func (d *reading) collection() error {
	d.collected = &collected{sealed: map[ident.Hash][]byte{}}
	if err := d.files(); err != nil {
		return err
	}
	if err := d.form(); err != nil {
		return err
	}
	d.head()
	if d.r.Size > 0 {
		if err := d.parts(); err != nil {
			return err
		}
	}
	if d.r.Facts == 0 {
		d.find("facts", "", "no-facts", "it holds no facts")
	}
	d.signer()
	return nil
}

// parts proves every part and asks its decisions again; the sealed things come first,
// since decisions of all parts name them.
func (d *reading) parts() error {
	byName := map[string]*zip.File{}
	var names []string
	for _, f := range d.zip.File {
		byName[f.Name] = f
		if base, ok := strings.CutSuffix(f.Name, ".jsonl.gz"); ok && strings.HasPrefix(base, "facts/") {
			names = append(names, base)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	for _, base := range names {
		proof, ok := byName[base+".proof.gz"]
		if !ok {
			d.find(base+".proof.gz", "", "file-missing", "a part without what proves it")
			continue
		}
		if err := errors.Join(d.ctx.Err(), d.part(byName[base+".jsonl.gz"], proof)); err != nil {
			return err
		}
	}
	return nil
}

func rank(base string) int {
	if base == "facts/sealed" {
		return 0
	}
	return 1
}

// part proves the facts of one part.
func (d *reading) part(file, proof *zip.File) error {
	tree := hashes{}
	err := d.lines(proof, func(line []byte) error {
		at, text, ok := strings.Cut(string(line), " ")
		index, err := strconv.ParseInt(at, 10, 64)
		raw, bad := base64.StdEncoding.DecodeString(text)
		var h tlog.Hash
		if !ok || err != nil || bad != nil || copy(h[:], raw) != len(h) {
			return notDossier(proof.Name + ": a line that is no hash of the tree")
		}
		tree[index] = h
		return nil
	})
	if err != nil {
		return err
	}
	p := provedPart{reading: d, file: file.Name, tree: tree, erased: map[string]bool{}, missing: map[string]bool{}, kept: map[string]bool{}}
	if d.o.Desk == nil {
		return d.ended(&p, d.lines(file, func(line []byte) error { _, _, err := p.fact(line); return err }))
	}
	var failed error
	facts := func(yield func(journal.Recorded, error) bool) {
		stopped := errors.New("stopped")
		failed = d.lines(file, func(line []byte) error {
			f, ok, err := p.fact(line)
			if err == nil && ok && !yield(f, nil) {
				err = stopped
			}
			return err
		})
		if errors.Is(failed, stopped) {
			failed = nil
		}
	}
	replayed, err := journal.Replay(d.ctx, iter.Seq2[journal.Recorded, error](facts), d.o.Desk, func(ident.Firm) rule.Opener { return d.collected.open }, nil)
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	d.sum(replayed)
	return d.ended(&p, nil)
}

// ended holds what is gone against the facts that say so.
func (d *reading) ended(p *provedPart, err error) error {
	if err != nil {
		return err
	}
	for id := range p.missing {
		if !p.erased[id] {
			d.find(p.file, id, "payload-missing", "it is gone, and no fact says that it was erased")
			continue
		}
		d.r.Erased++
	}
	for id := range p.erased {
		if p.kept[id] {
			d.find(p.file, id, "erased-yet-kept", "it is said to be erased, and is still there")
		}
	}
	return nil
}

func (d *reading) sum(r *journal.Replayed) {
	t := d.r.Replay
	if t == nil {
		t = &journal.Replayed{Rules: map[string]int64{}}
		d.r.Replay = t
	}
	t.Facts, t.Erased, t.Decisions, t.Same = t.Facts+r.Facts, t.Erased+r.Erased, t.Decisions+r.Decisions, t.Same+r.Same
	for name, n := range r.Rules {
		t.Rules[name] += n
	}
	t.Unequal = append(t.Unequal, r.Unequal[:min(len(r.Unequal), journal.MaxFindings-len(t.Unequal))]...)
}

// open opens a sealed thing of the collection.
func (c *collected) open(h ident.Hash) ([]byte, error) {
	if b, ok := c.sealed[h]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("sealed thing %s is not in the dossier", h)
}

// hashes are those of a tree that a part brings along. They are not trusted: a proof
// made of them leads to the signed root, or it does not.
type hashes map[int64]tlog.Hash

// ReadHashes implements tlog.HashReader.
func (t hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		h, ok := t[at]
		if !ok {
			return nil, fmt.Errorf("hash %d of the tree is not there", at)
		}
		out[i] = h
	}
	return out, nil
}

// provedPart is a part while it is read.
type provedPart struct {
	*reading
	file            string
	tree            hashes
	erased, missing map[string]bool
	kept            map[string]bool
}

// line is one fact as it is written.
type line struct {
	Position int64           `json:"position"`
	Leaf     string          `json:"leaf"`
	Salt     string          `json:"salt"`
	Payload  json.RawMessage `json:"payload"`
}

// fact reads and proves one line; ok is false where something was found.
func (p *provedPart) fact(b []byte) (f journal.Recorded, ok bool, err error) {
	f, err = p.read(b)
	if err != nil {
		p.find(p.file, f.ID, "fact-differs", err.Error())
		return f, false, nil
	}
	p.r.Facts++
	if f.Erases != "" {
		p.erased[f.Erases] = true
	}
	if f.Erased {
		p.missing[f.ID] = true
		return f, true, nil
	}
	p.r.Payloads++
	p.kept[f.ID] = true
	if f.Sealed && strings.HasPrefix(p.file, "facts/sealed.") {
		p.collected.sealed[f.Named] = f.Payload
	}
	return f, true, nil
}

func (p *provedPart) read(b []byte) (f journal.Recorded, err error) {
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return f, errors.New("a line that is no fact")
	}
	h, err := journal.ParseLeaf([]byte(l.Leaf))
	if err != nil {
		return f, err
	}
	f = journal.Recorded{
		Fact: journal.Fact{
			ID: h.ID, Firm: h.Firm, Kind: h.Kind, Subject: h.Subject, Valid: h.Valid, Recorded: h.Recorded, Sealed: !h.Seal.IsZero(), Erases: h.Erases,
		},
		Digest: h.Digest, Named: h.Seal, Position: l.Position, Erased: l.Payload == nil,
	}
	if h.Firm != p.manifest.Firm && (h.Firm != journal.House || h.Seal.IsZero()) {
		return f, errors.New("it is of another firm than the dossier")
	}
	proof, err := tlog.ProveRecord(p.checkpoint.Size, l.Position, p.tree)
	if err != nil {
		return f, fmt.Errorf("it has no proof: %w", err)
	}
	if err := tlog.CheckRecord(proof, p.checkpoint.Size, p.checkpoint.Root, l.Position, journal.LeafHash(h)); err != nil {
		return f, err
	}
	if f.Erased {
		return f, nil
	}
	if f.Salt, err = hex.DecodeString(l.Salt); err != nil || len(f.Salt) != journal.SaltSize {
		return f, errors.New("its salt is not 32 bytes in hexadecimal")
	}
	f.Payload = l.Payload
	if journal.Digest(f.Salt, f.Payload) != f.Digest {
		return f, errors.New("salt and payload do not match the digest in its leaf")
	}
	if f.Sealed && ident.HashOf(f.Payload) != f.Named {
		return f, errors.New("its seal is not the hash of its payload")
	}
	return f, nil
}

// lines reads the lines of a packed file, one at a time.
func (d *reading) lines(f *zip.File, each func([]byte) error) error {
	r, err := f.Open()
	if err != nil {
		return notDossier(f.Name + ": " + err.Error())
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return notDossier(f.Name + ": " + err.Error())
	}
	s := bufio.NewScanner(io.LimitReader(z, mostPart))
	s.Buffer(make([]byte, 1<<16), mostLine)
	for s.Scan() {
		if err := each(s.Bytes()); err != nil {
			return err
		}
	}
	switch err := s.Err(); {
	case err == nil:
		return nil
	case d.src.failed != nil:
		return d.src.failed
	default:
		return notDossier(f.Name + ": " + err.Error())
	}
}
