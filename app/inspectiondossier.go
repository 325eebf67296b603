package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"zorgplicht/ident"
	"zorgplicht/inspection"
	inspectionweb "zorgplicht/inspection/web"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/table"
	"zorgplicht/journal"
	"zorgplicht/journal/dossier"
	"zorgplicht/rule"
)

// filesAtOnce is how many files a part of a dossier holds: what is in memory at a time.
const filesAtOnce = 500

// dossierFiles makes dossiers of inspections and keeps them in a folder.
type dossierFiles struct {
	a     *App
	files *runFiles
}

func (v dossierFiles) Open(ctx context.Context, firm ident.Firm, hash ident.Hash) (io.ReadCloser, error) {
	f, err := v.files.Open(ctx, firm, hash, true)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(f, 0, f.Size()), f}, nil
}

func (v dossierFiles) Remove(ctx context.Context, firm ident.Firm, hash ident.Hash) error {
	return v.files.Remove(ctx, firm, hash)
}

func (v dossierFiles) Make(ctx context.Context, firm ident.Firm, i inspection.Inspection, d inspection.Dossier, tell func(int64) error, stopping func() bool) (tally inspection.Tally, hash ident.Hash, size int64, err error) {
	if err := v.a.Settle(ctx); err != nil {
		return tally, hash, 0, err
	}
	hash, size, err = v.files.Keep(ctx, firm, func(w io.Writer) error {
		m := making{a: v.a, files: v.files, firm: firm, of: i, asked: d.Asked, tell: tell, stopping: stopping}
		defer m.close()
		err := m.make(ctx, w)
		tally = m.tally
		return err
	})
	return tally, hash, size, err
}

// making is a dossier while it is made.
type making struct {
	a        *App
	files    *runFiles
	firm     ident.Firm
	of       inspection.Inspection
	asked    time.Time
	tell     func(int64) error
	stopping func() bool

	out        *dossier.Collection
	checkpoint journal.Checkpoint
	seals      map[ident.Hash]*seal
	sheets     []*sheet
	book       inspectionweb.Book
	tally      inspection.Tally
}

// seal is a sealed thing, and whether a fact named it.
type seal struct {
	fact  journal.Recorded
	named bool
}

// sheet is the list of files of one kind, spooled to a file beside the dossier.
type sheet struct {
	about inspection.About
	list  *os.File
	rows  table.Writer
	whole *os.File // every field of every file, a line each
}

func (m *making) make(ctx context.Context, w io.Writer) (err error) {
	note, err := m.a.reader().Latest(ctx)
	if err != nil {
		return err
	}
	if m.checkpoint, _, err = journal.OpenCheckpoint(note, m.a.Keys.Verifier()); err != nil {
		return err
	}
	if m.out, err = dossier.NewCollection(w, m.a.Keys.Signer(), m.firm, m.of.ID, m.a.Now(), note); err != nil {
		return err
	}
	if err := m.readSeals(ctx); err != nil {
		return err
	}
	firm, err := m.a.Party.Firm(ctx, m.firm)
	if err != nil {
		return err
	}
	m.book = inspectionweb.Book{Of: m.of, Firm: firm.Name, Made: m.a.Now(), Checkpoint: m.checkpoint, Happened: happened}
	if err := m.parts(ctx); err != nil {
		return err
	}
	if err := m.sealed(ctx); err != nil {
		return err
	}
	if err := m.documents(); err != nil {
		return err
	}
	return m.out.Close()
}

func (m *making) readSeals(ctx context.Context) error {
	m.seals = map[ident.Hash]*seal{}
	for _, owner := range []ident.Firm{journal.House, m.firm} { // the firm's own goes first
		err := m.a.reader().EachSeal(ctx, owner, func(f journal.Recorded) error {
			m.seals[f.Named] = &seal{fact: f}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// open opens a sealed thing for replay.
func (m *making) open(h ident.Hash) ([]byte, error) {
	if s := m.seals[h]; s != nil && !s.fact.Erased {
		return s.fact.Payload, nil
	}
	return nil, fault.New(fault.NotFound, "sealed-unknown", h.String())
}

// A batch is some files of one kind with what the journal holds of them.
type batch struct {
	about   inspection.About
	files   []inspection.File
	facts   []journal.Recorded
	part    dossier.Part
	replay  *journal.Replayed
	pages   []byte // of the book
	err     error
	settled chan struct{}
}

// atOnceBatches is how many batches are under way beside the one that is written.
const atOnceBatches = 2

// parts reads the files a batch at a time. Batches are made side by side and written in
// their order.
func (m *making) parts(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan *batch, atOnceBatches)
	read := make(chan error, 1)
	go func() {
		defer close(queue)
		read <- m.a.Inspection.Each(ctx, operator(m.firm), m.of, filesAtOnce, func(about inspection.About, files []inspection.File) error {
			b := &batch{about: about, files: files, settled: make(chan struct{})}
			go func() {
				defer close(b.settled)
				b.err = m.batch(ctx, b)
			}()
			select {
			case queue <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for b := range queue {
		<-b.settled
		err := b.err
		if err == nil {
			err = m.write(b)
		}
		if err == nil && m.stopping() {
			err = inspection.ErrStopped
		}
		if err != nil {
			cancel()
			for b := range queue { // let those under way end
				<-b.settled
			}
			return err
		}
	}
	return <-read
}

// batch gathers what the journal holds of some files, and asks the decisions again.
func (m *making) batch(ctx context.Context, b *batch) (err error) {
	ids := make([]string, len(b.files))
	for n, f := range b.files {
		ids[n] = f.ID
	}
	r := m.a.reader()
	if b.facts, err = r.Subjects(ctx, m.firm, ids); err != nil {
		return err
	}
	b.facts = slices.DeleteFunc(b.facts, func(f journal.Recorded) bool { return f.Position >= m.checkpoint.Size })
	tree, err := r.Proving(ctx, m.checkpoint.Size, positions(b.facts))
	if err != nil {
		return err
	}
	if b.part, err = dossier.NewPart(b.facts, tree); err != nil {
		return err
	}
	b.replay, err = journal.Replay(ctx, journal.Each(b.facts), m.a.Rules, func(ident.Firm) rule.Opener { return m.open }, nil)
	if err != nil {
		return err
	}
	b.pages, err = m.book.Volume(b.about, b.files, b.facts, b.replay)
	return err
}

func positions(fs []journal.Recorded) []int64 {
	out := make([]int64, len(fs))
	for n, f := range fs {
		out[n] = f.Position
	}
	return out
}

// write puts a batch in the dossier.
func (m *making) write(b *batch) error {
	if len(b.facts) > 0 {
		if err := m.out.Add(b.part); err != nil {
			return err
		}
	}
	for _, f := range b.facts {
		for _, h := range journal.HashesIn(f.Payload) {
			if s := m.seals[h]; s != nil {
				s.named = true
			}
		}
	}
	s, err := m.sheet(b.about)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(s.whole)
	for _, f := range b.files {
		if err := errors.Join(s.rows.Row(inspectionweb.Cells(f)...), enc.Encode(wholeFile{f.Kind, f.ID, f.Number, f.Title, f.Began.String(), f.State, f.Gone, f.Fields})); err != nil {
			return err
		}
		if len(f.Lacks()) > 0 {
			m.tally.Lacking++
		}
	}
	m.tally.Files += int64(len(b.files))
	m.tally.Facts += int64(len(b.facts))
	m.tally.Unequal += b.replay.Decisions - b.replay.Same
	name := m.book.Take(b.about, b.files, b.facts, b.replay)
	if err := m.out.Document(name, int64(len(b.pages)), bytes.NewReader(b.pages)); err != nil {
		return err
	}
	return m.tell(m.tally.Files)
}

// wholeFile is a file with every field, as a program reads it.
type wholeFile struct {
	Kind   inspection.Kind    `json:"kind"`
	ID     string             `json:"id"`
	Number string             `json:"number"`
	Title  string             `json:"title"`
	Day    string             `json:"day"`
	State  string             `json:"state"`
	Gone   bool               `json:"destroyed,omitempty"`
	Fields []inspection.Field `json:"fields"`
}

func (m *making) sheet(about inspection.About) (s *sheet, err error) {
	if n := len(m.sheets); n > 0 && m.sheets[n-1].about.Kind == about.Kind {
		return m.sheets[n-1], nil
	}
	s = &sheet{about: about}
	m.sheets = append(m.sheets, s)
	if s.list, err = m.files.spool(m.firm); err != nil {
		return nil, err
	}
	if s.whole, err = m.files.spool(m.firm); err != nil {
		return nil, err
	}
	s.rows, err = table.New(table.CSV, s.list, table.Sheet{Name: "Stukken", Columns: inspectionweb.Columns})
	return s, err
}

// sealed writes the sealed things that facts named, and those that these name.
func (m *making) sealed(ctx context.Context) error {
	var named []journal.Recorded
	for more := true; more; {
		more = false
		for _, s := range m.seals {
			if !s.named || s.fact.ID == "" {
				continue
			}
			named = append(named, s.fact)
			for _, h := range journal.HashesIn(s.fact.Payload) {
				if t := m.seals[h]; t != nil && !t.named {
					t.named, more = true, true
				}
			}
			s.fact.ID = ""
		}
	}
	r := m.a.reader()
	named, err := r.Placed(ctx, named)
	if err != nil || len(named) == 0 {
		return err
	}
	named = slices.DeleteFunc(named, func(f journal.Recorded) bool { return f.Position >= m.checkpoint.Size })
	slices.SortFunc(named, func(a, b journal.Recorded) int { return cmp.Compare(a.Position, b.Position) })
	tree, err := r.Proving(ctx, m.checkpoint.Size, positions(named))
	if err != nil {
		return err
	}
	part, err := dossier.NewPart(named, tree)
	if err != nil {
		return err
	}
	return m.out.Seal(part)
}

// documents writes the lists, and the book that leads through it all.
func (m *making) documents() error {
	for _, s := range m.sheets {
		if err := s.rows.Close(); err != nil {
			return err
		}
		for name, f := range map[string]*os.File{string(s.about.Kind) + ".csv": s.list, string(s.about.Kind) + ".jsonl": s.whole} {
			size, err := f.Seek(0, io.SeekEnd)
			if err != nil {
				return err
			}
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				return err
			}
			if err := m.out.Document(name, size, f); err != nil {
				return err
			}
		}
	}
	var b bytes.Buffer
	if err := m.book.Index(&b, m.tally); err != nil {
		return fmt.Errorf("the book of the dossier: %w", err)
	}
	return m.out.Document("overzicht.pdf", int64(b.Len()), bytes.NewReader(b.Bytes()))
}

// close removes what was spooled.
func (m *making) close() {
	for _, s := range m.sheets {
		for _, f := range []*os.File{s.list, s.whole} {
			if f != nil {
				_ = f.Close()
				_ = os.Remove(f.Name()) // it was ours alone
			}
		}
	}
}
