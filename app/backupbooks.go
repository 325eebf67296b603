package app

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// BooksBeside is the file beside a backup that holds the portfolios.
func BooksBeside(backup string) string { return backup + ".portfolios.zip" }

// backupBooks writes the files of all portfolios to a new file; where there are none
// it writes nothing. It comes after the store, so that it holds all that the store
// of the backup names, but for what is removed meanwhile.
func (a *App) backupBooks(ctx context.Context, file string) (err error) {
	names, err := bookNames(a.portfolios())
	if err != nil || len(names) == 0 {
		return err
	}
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("backup of portfolios: %w", errors.Join(err, f.Close(), os.Remove(part)))
		}
	}()
	z := zip.NewWriter(f)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, name := range names {
		if err := errors.Join(ctx.Err(), pack(z, a.portfolios(), name)); err != nil {
			return err
		}
	}
	if err := errors.Join(z.Close(), f.Sync(), f.Close(), os.Rename(part, file)); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

// bookNames are the files in the folder of portfolios that have their name, as
// firm/hash.
func bookNames(dir string) (names []string, err error) {
	list, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	for _, p := range list {
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return nil, err
		}
		if name := filepath.ToSlash(rel); bookName(name) {
			names = append(names, name)
		}
	}
	return names, err
}

// bookName reports whether this is firm/hash, and nothing that leads elsewhere.
func bookName(name string) bool {
	firm, hash, _ := strings.Cut(name, "/")
	_, err := uuid.Parse(firm)
	h, err2 := ident.ParseHash(hash)
	return err == nil && len(firm) == 36 && err2 == nil && h.String() == hash
}

func pack(z *zip.Writer, dir, name string) error {
	in, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // its portfolio was removed meanwhile
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}

// restoreBooks puts the portfolios of a backup in their folder. Each must hold the
// bytes that its name promises: else nothing is written. Those that are there stay.
func restoreBooks(ctx context.Context, file, dir string) (err error) {
	z, err := zip.OpenReader(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", file, damagedBooks(err))
	}
	defer z.Close()
	for _, f := range z.File {
		if err := errors.Join(ctx.Err(), intactBook(f)); err != nil {
			return fmt.Errorf("read %s: %w", file, err)
		}
	}
	files := newRunFiles(dir)
	for _, f := range z.File {
		_, _, err := files.Keep(ctx, ident.Firm(path.Dir(f.Name)), func(w io.Writer) error { return unpack(f, w) })
		if err != nil {
			return fmt.Errorf("restore portfolios: %w", err)
		}
	}
	return nil
}

func damagedBooks(cause error) error {
	return &fault.Fault{Kind: fault.Invalid, Reason: "backup-damaged", Cause: cause}
}

func intactBook(f *zip.File) error {
	if !bookName(f.Name) {
		return damagedBooks(errors.New("a file in it has no name of a portfolio"))
	}
	h := sha256.New()
	if err := unpack(f, h); err != nil {
		return damagedBooks(err)
	}
	if ident.Hash(h.Sum(nil)).String() != path.Base(f.Name) {
		return damagedBooks(fmt.Errorf("file %s holds other bytes than its name says", f.Name))
	}
	return nil
}

func unpack(f *zip.File, w io.Writer) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, r.Close())
}
