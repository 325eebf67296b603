package app

import (
	"crypto/ed25519"
	"crypto/hkdf"
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
	"zorgplicht/ident"
	"zorgplicht/journal"
	"zorgplicht/webhook"
)

// Keys are the secrets of an installation. They lie apart from the database, in
// the folder keys of the data directory; every node of one installation has the
// same.
type Keys struct {
	signer   string             // of checkpoints, private
	verifier string             // the same, public
	links    []byte             // 32 bytes from which the secrets of client links are made
	gate     ed25519.PrivateKey // signs gate tickets
}

const (
	signerFile   = "journal.key"
	verifierFile = "journal.pub"
	linksFile    = "links.key"
	gateFile     = "gate.key"
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
	var text [4]string
	missing := 0
	for i, name := range []string{signerFile, verifierFile, linksFile, gateFile} {
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
		return newKeys(text)
	case len(text):
		return nil, errNoKeys
	}
	return nil, fmt.Errorf("%d of 4 files are missing; restore the keys from their backup", missing)
}

// newKeys reads signer, verifier, links and gate as the files hold them.
func newKeys(text [4]string) (*Keys, error) {
	s, err := note.NewSigner(text[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", signerFile, err)
	}
	v, err := note.NewVerifier(text[1])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verifierFile, err)
	}
	if !pair(s, v) {
		return nil, fmt.Errorf("%s and %s are no pair; restore the keys from their backup", signerFile, verifierFile)
	}
	var secret [2][]byte
	for i, name := range []string{linksFile, gateFile} {
		b, err := hex.DecodeString(text[2+i])
		if err != nil || len(b) != 32 {
			return nil, fmt.Errorf("%s: not 64 hexadecimal digits", name)
		}
		secret[i] = b
	}
	return &Keys{text[0], text[1], secret[0], ed25519.NewKeyFromSeed(secret[1])}, nil
}

// text is what newKeys reads.
func (k *Keys) text() [4]string {
	return [4]string{k.signer, k.verifier, hex.EncodeToString(k.links), hex.EncodeToString(k.gate.Seed())}
}

// pair reports whether v checks what s signs. A half that was put back from
// another installation would be noticed by those who verify, and by them alone.
func pair(s note.Signer, v note.Verifier) bool {
	signed, err := note.Sign(&note.Note{Text: "pair\n"}, s)
	if err == nil {
		_, err = note.Open(signed, note.VerifierList(v))
	}
	return err == nil
}

func makeKeys(name string) (*Keys, error) {
	signer, verifier, err := journal.NewKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	links, seed := make([]byte, 32), make([]byte, ed25519.SeedSize)
	rand.Read(links)
	rand.Read(seed)
	return &Keys{signer, verifier, links, ed25519.NewKeyFromSeed(seed)}, nil
}

// write keeps the keys where only this user reads them, and overwrites nothing.
func (k *Keys) write(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text := k.text()
	for i, name := range []string{signerFile, verifierFile, linksFile, gateFile} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = f.WriteString(text[i] + "\n")
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

// Match returns the HMAC of a client's text under the key of a firm. That key is
// derived (HKDF-SHA-256) from the same secret as the links, each under its own name,
// so that every node and every backup of the keys has it: decision 14.
func (k *Keys) Match(firm ident.Firm, client string) appropriateness.MatchKey {
	key, err := hkdf.Key(sha256.New, k.links, nil, "zorgplicht/match-key/1\n"+string(firm), sha256.Size)
	if err != nil {
		panic(err) // only a key longer than 255 hashes is refused
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(client))
	return appropriateness.MatchKey(mac.Sum(nil))
}

// WebhookSecret returns version n of the secret with which messages to a
// subscription are signed: 256 bits made from the key, so that the database and its
// backups hold none.
func (k *Keys) WebhookSecret(firm ident.Firm, id webhook.ID, version int) []byte {
	mac := hmac.New(sha256.New, k.links)
	fmt.Fprintf(mac, "zorgplicht/webhook/1\n%s\n%s\n%d", firm, id, version)
	return mac.Sum(nil)
}

func (k *Keys) gatePublic() []byte { return k.gate.Public().(ed25519.PublicKey) }
