package app

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// The backup of the keys is one file: a line that names the form, then salt,
// nonce and box. The box is XChaCha20-Poly1305 under a key that argon2id makes of
// the passphrase (64 MiB, three passes: about a quarter of a second).
const (
	vaultForm  = "zorgplicht keys 1\n"
	vaultSalt  = 16
	shortest   = 12 // characters of a passphrase
	vaultFails = "the passphrase is wrong or the file is damaged"
)

// SealKeys returns the keys in dir, encrypted under the passphrase.
func SealKeys(dir, passphrase string) ([]byte, error) {
	k, err := readKeys(dir)
	if err != nil {
		return nil, fmt.Errorf("keys in %s: %w", dir, err)
	}
	if len([]rune(passphrase)) < shortest {
		return nil, fmt.Errorf("the passphrase needs at least %d characters", shortest)
	}
	front := make([]byte, vaultSalt+chacha20poly1305.NonceSizeX)
	rand.Read(front)
	box, err := vault(passphrase, front[:vaultSalt])
	if err != nil {
		return nil, err
	}
	text := k.text()
	plain := strings.Join(text[:], "\n")
	return box.Seal(append([]byte(vaultForm), front...), front[vaultSalt:], []byte(plain), []byte(vaultForm)), nil
}

// RestoreKeys writes sealed keys into dir, which must not hold any.
func RestoreKeys(dir, passphrase string, sealed []byte) error {
	rest, ok := strings.CutPrefix(string(sealed), vaultForm)
	if !ok || len(rest) < vaultSalt+chacha20poly1305.NonceSizeX {
		return errors.New("this is no backup of keys")
	}
	box, err := vault(passphrase, []byte(rest[:vaultSalt]))
	if err != nil {
		return err
	}
	nonce := rest[vaultSalt : vaultSalt+chacha20poly1305.NonceSizeX]
	plain, err := box.Open(nil, []byte(nonce), []byte(rest[vaultSalt+len(nonce):]), []byte(vaultForm))
	if err != nil {
		return errors.New(vaultFails)
	}
	parts := strings.Split(string(plain), "\n")
	if len(parts) != 4 {
		return errors.New(vaultFails)
	}
	k, err := newKeys([4]string(parts))
	if err != nil {
		return err
	}
	if _, err := readKeys(dir); !errors.Is(err, errNoKeys) {
		return fmt.Errorf("%s already holds keys; nothing was written", filepath.Clean(dir))
	}
	return k.write(dir)
}

func vault(passphrase string, salt []byte) (cipher.AEAD, error) {
	return chacha20poly1305.NewX(argon2.IDKey([]byte(passphrase), salt, 3, 64<<10, 2, chacha20poly1305.KeySize))
}

// ReadPassphrase reads the first line of a file.
func ReadPassphrase(file string) (string, error) {
	b, err := os.ReadFile(file)
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimRight(line, "\r"), err
}
