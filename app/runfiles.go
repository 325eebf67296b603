package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// runFiles keeps column files and outcomes in a folder for each firm, each under
// the SHA-256 of its bytes. Every node must reach the same folder.
type runFiles struct {
	dir string

	mu    sync.Mutex
	whole map[string]looked // files whose bytes were held against their name
}

// looked is how a file was when its bytes were hashed.
type looked struct {
	size int64
	at   time.Time
}

func newRunFiles(dir string) *runFiles { return &runFiles{dir: dir, whole: map[string]looked{}} }

func (f *runFiles) path(firm ident.Firm, h ident.Hash) string {
	return filepath.Join(f.dir, string(firm), h.String())
}

// Keep writes a file beside its place, makes it durable and gives it its name.
func (f *runFiles) Keep(ctx context.Context, firm ident.Firm, write func(io.Writer) error) (h ident.Hash, size int64, err error) {
	dir := filepath.Join(f.dir, string(firm))
	tmp, err := f.spool(firm)
	if err != nil {
		return h, 0, fmt.Errorf("keep a file: %w", err)
	}
	defer func() {
		_ = tmp.Close()
		_ = os.Remove(tmp.Name()) // has another name when all went well
	}()
	w := &hashed{w: tmp, hash: sha256.New()}
	if err := write(w); err != nil {
		return h, 0, err
	}
	if err := errors.Join(ctx.Err(), tmp.Sync(), tmp.Close()); err != nil {
		return h, 0, fmt.Errorf("keep a file: %w", err)
	}
	w.hash.Sum(h[:0])
	if err := os.Rename(tmp.Name(), f.path(firm, h)); err != nil {
		return h, 0, fmt.Errorf("keep a file: %w", err)
	}
	return h, w.size, syncDir(dir)
}

// spool makes a file without a name that counts; what is left of it is swept.
func (f *runFiles) spool(firm ident.Firm) (*os.File, error) {
	dir := filepath.Join(f.dir, string(firm))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, ".new-*")
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// hashed hashes what is written.
type hashed struct {
	w    io.Writer
	hash hash.Hash
	size int64
}

func (h *hashed) Write(b []byte) (int, error) {
	n, err := h.w.Write(b)
	h.hash.Write(b[:n])
	h.size += int64(n)
	return n, err
}

// Open opens a file whose bytes are those of its name.
func (f *runFiles) Open(ctx context.Context, firm ident.Firm, name ident.Hash, anew bool) (criteria.RunFile, error) {
	path := f.path(firm, name)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "file-missing", name.String())
	}
	if err != nil {
		return nil, fmt.Errorf("open a file: %w", err)
	}
	info, err := file.Stat()
	if err == nil {
		err = f.check(ctx, path, file, name, looked{info.Size(), info.ModTime()}, anew)
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return runFile{file, info.Size()}, nil
}

// Remove takes a file away, and makes that durable.
func (f *runFiles) Remove(_ context.Context, firm ident.Firm, name ident.Hash) error {
	path := f.path(firm, name)
	switch err := os.Remove(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("remove a file: %w", err)
	}
	f.mu.Lock()
	delete(f.whole, path)
	f.mu.Unlock()
	return syncDir(filepath.Dir(path))
}

func (f *runFiles) check(ctx context.Context, path string, file *os.File, name ident.Hash, now looked, anew bool) error {
	f.mu.Lock()
	known := f.whole[path] == now
	f.mu.Unlock()
	if known && !anew {
		return nil
	}
	h := sha256.New()
	if _, err := io.CopyBuffer(struct{ io.Writer }{h}, io.NewSectionReader(file, 0, now.size), make([]byte, 1<<18)); err != nil {
		return fmt.Errorf("read file %s: %w", name, err)
	}
	if ident.Hash(h.Sum(nil)) != name {
		return &fault.Fault{Kind: fault.Conflict, Reason: criteria.BadColumns, Cause: fmt.Errorf("file %s holds other bytes than its name says", path)}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.whole[path] = now
	return ctx.Err()
}

type runFile struct {
	*os.File
	size int64
}

// Size is how many bytes the file has.
func (f runFile) Size() int64 { return f.size }

// oldScrap is how long something half-written may lie before it is a scrap of a
// node that stopped.
const oldScrap = 24 * time.Hour

// Sweep removes scraps, and returns how many.
func (f *runFiles) Sweep(_ context.Context, now time.Time) (gone int64, err error) {
	list, err := filepath.Glob(filepath.Join(f.dir, "*", ".new-*"))
	for _, path := range list {
		if info, err2 := os.Stat(path); err2 == nil && now.Sub(info.ModTime()) > oldScrap && os.Remove(path) == nil {
			gone++
		}
	}
	return gone, err
}
