package app

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"zorgplicht/appropriateness"
	"zorgplicht/journal"
)

// Keys are the secrets of an installation. They lie apart from the database, in
// the folder keys of the data directory; every node of one installation has the
// same.
type Keys struct {
	signer   string // of checkpoints, private
	verifier string // the same, public
	links    []byte // 32 bytes from which the secrets of client links are made
}

const (
	signerFile   = "journal.key"
	verifierFile = "journal.pub"
	linksFile    = "links.key"
)

// OpenKeys reads the keys in dir, or makes them when there are none at all. A
// folder with some of them is an error: a lost key is restored, not replaced.
func OpenKeys(dir, name string) (*Keys, error) {
	k, err := readKeys(dir)
	if errors.Is(err, errNoKeys) {
		if k, err = makeKeys(name); err == nil {
			err = k.write(dir)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("keys in %s: %w", dir, err)
	}
	return k, nil
}

var errNoKeys = errors.New("there are none")

func readKeys(dir string) (*Keys, error) {
	var text [3]string
	missing := 0
	for i, name := range []string{signerFile, verifierFile, linksFile} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			missing++
			continue
		} else if err != nil {
			return nil, err
		}
		text[i] = strings.TrimSpace(string(b))
	}
	switch missing {
	case 0:
		return newKeys(text[0], text[1], text[2])
	case 3:
		return nil, errNoKeys
	}
	return nil, fmt.Errorf("%d of 3 files are missing; restore the keys from their backup", missing)
}

func newKeys(signer, verifier, links string) (*Keys, error) {
	if _, err := note.NewSigner(signer); err != nil {
		return nil, fmt.Errorf("%s: %w", signerFile, err)
	}
	if _, err := note.NewVerifier(verifier); err != nil {
		return nil, fmt.Errorf("%s: %w", verifierFile, err)
	}
	b, err := hex.DecodeString(links)
	if err != nil || len(b) != 32 {
		return nil, fmt.Errorf("%s: not 64 hexadecimal digits", linksFile)
	}
	return &Keys{signer, verifier, b}, nil
}

func makeKeys(name string) (*Keys, error) {
	signer, verifier, err := journal.NewKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	links := make([]byte, 32)
	rand.Read(links)
	return &Keys{signer, verifier, links}, nil
}

// write keeps the keys where only this user reads them, and overwrites nothing.
func (k *Keys) write(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for name, text := range map[string]string{signerFile: k.signer, verifierFile: k.verifier, linksFile: hex.EncodeToString(k.links)} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = f.WriteString(text + "\n")
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// PublicKeyFile is where the public key lies.
func (c Config) PublicKeyFile() string { return filepath.Join(c.KeysDir(), verifierFile) }

// Signer signs checkpoints.
func (k *Keys) Signer() note.Signer {
	s, err := note.NewSigner(k.signer)
	if err != nil {
		panic("keys were checked when read: " + err.Error())
	}
	return s
}

// Verifier checks checkpoints.
func (k *Keys) Verifier() note.Verifier {
	v, err := note.NewVerifier(k.verifier)
	if err != nil {
		panic("keys were checked when read: " + err.Error())
	}
	return v
}

// Public is the verifier's key as anyone may have it, one line of text.
func (k *Keys) Public() string { return k.verifier }

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Link returns the secret of the attempt's link: 160 bits in 32 characters. It
// is made from the key, so that the same link can be given again while the
// database keeps no more than its hash.
func (k *Keys) Link(id appropriateness.AttemptID) string {
	mac := hmac.New(sha256.New, k.links)
	mac.Write([]byte("zorgplicht/link/1\n" + string(id)))
	return base32Lower.EncodeToString(mac.Sum(nil)[:20])
}
