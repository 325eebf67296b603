package sqldb

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"zorgplicht/internal/fault"
)

// A backup is one file that ends in a line of its own:
//
//	zorgplicht-backup/1 sqlite <SHA-256 of all before, in hexadecimal>
//	zorgplicht-backup/1 rows   <…>
//
// Before it stands, from SQLite, the database itself, which any SQLite opens as
// it is (what follows its last page is not read); from PostgreSQL, the rows in
// the form of rows.go, compressed. Either engine restores both.
type backupKind string

const (
	kindFile backupKind = "sqlite"
	kindRows backupKind = "rows  "
)

const (
	sealWord   = "\nzorgplicht-backup/1 "
	sealLength = len(sealWord) + len(kindFile) + 1 + 2*sha256.Size + 1
)

func seal(kind backupKind, sum []byte) []byte {
	return fmt.Appendf(nil, "%s%s %x\n", sealWord, kind, sum)
}

// sealed writes a backup and knows its digest.
type sealed struct {
	file *os.File
	sum  hash.Hash
}

func (s *sealed) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	s.sum.Write(p[:n])
	return n, err
}

func (s *sealed) close(kind backupKind) error {
	_, err := s.file.Write(seal(kind, s.sum.Sum(nil)))
	return errors.Join(err, s.file.Sync(), s.file.Close())
}

// intact reads a whole backup and returns its kind and the length of what stands
// before the seal. A file cut off or changed in any byte is
// fault.Invalid "backup-damaged".
func intact(f *os.File) (backupKind, int64, error) {
	damaged := fault.New(fault.Invalid, "backup-damaged", f.Name())
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	size := info.Size() - int64(sealLength)
	if size <= 0 {
		return "", 0, damaged
	}
	end := make([]byte, sealLength)
	if _, err := f.ReadAt(end, size); err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return "", 0, err
	}
	for _, kind := range []backupKind{kindFile, kindRows} {
		if bytes.Equal(end, seal(kind, sum.Sum(nil))) {
			return kind, size, nil
		}
	}
	return "", 0, damaged
}

// fileDigest is for a file that SQLite wrote itself.
func fileDigest(path string) (*sealed, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	s := &sealed{file: f, sum: sha256.New()}
	if _, err = io.Copy(s.sum, f); err != nil { // leaves the file at its end, where the seal goes
		f.Close()
		return nil, err
	}
	return s, nil
}
