package app

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const passphrase = "vijf losse woorden zonder verband"

// keysIn makes the keys of a fresh installation.
func keysIn(t *testing.T) (string, *Keys) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	k, err := OpenKeys(dir, "zorgplicht")
	if err != nil {
		t.Fatal(err)
	}
	return dir, k
}

func TestKeysVault(t *testing.T) {
	dir, keys := keysIn(t)
	sealed, err := SealKeys(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the keys come back whole", func(t *testing.T) {
		to := filepath.Join(t.TempDir(), "keys")
		if err := RestoreKeys(to, passphrase, sealed); err != nil {
			t.Fatal(err)
		}
		back, err := OpenKeys(to, "zorgplicht")
		if err != nil || back.signer != keys.signer || back.verifier != keys.verifier || !bytes.Equal(back.links, keys.links) || back.Link("x") != keys.Link("x") {
			t.Errorf("other keys came back (%v)", err)
		}
		onlyOurs(t, to)
	})
	t.Run("nothing of them stands in the backup", func(t *testing.T) {
		for _, secret := range []string{keys.signer, keys.verifier, string(keys.links), passphrase} {
			if bytes.Contains(sealed, []byte(secret)) {
				t.Errorf("the backup holds %.12q…", secret)
			}
		}
	})
	t.Run("the same keys are never sealed the same twice", func(t *testing.T) {
		again, err := SealKeys(dir, passphrase)
		if err != nil || bytes.Equal(again[len(vaultForm):len(vaultForm)+40], sealed[len(vaultForm):len(vaultForm)+40]) {
			t.Errorf("salt and nonce came twice (%v)", err)
		}
	})
	t.Run("a wrong passphrase opens nothing", func(t *testing.T) {
		for _, wrong := range []string{"", " " + passphrase, strings.ToUpper(passphrase), passphrase[1:]} {
			mustNotRestore(t, wrong, sealed)
		}
	})
	t.Run("keys that are there are not overwritten", func(t *testing.T) {
		other, theirs := keysIn(t)
		if err := RestoreKeys(other, passphrase, sealed); err == nil {
			t.Error("keys were restored over others")
		}
		if kept, err := OpenKeys(other, "zorgplicht"); err != nil || kept.signer != theirs.signer {
			t.Errorf("the keys that were there changed (%v)", err)
		}
		half := t.TempDir()
		if err := os.WriteFile(filepath.Join(half, linksFile), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := RestoreKeys(half, passphrase, sealed); err == nil {
			t.Error("keys were restored beside a part of others")
		}
	})
	t.Run("a short passphrase is refused, in characters and not in bytes", func(t *testing.T) {
		for _, short := range []string{"", "elf tekens!", "éééééééééée"} {
			if _, err := SealKeys(dir, short); err == nil {
				t.Errorf("%d characters are enough", len([]rune(short)))
			}
		}
		if _, err := SealKeys(dir, "twaalf teken"); err != nil {
			t.Error(err)
		}
	})
}

// TestADamagedBackupOfKeysIsRefused changes, cuts and lengthens the backup. Each
// try costs the hash that keeps guessers slow, so the positions are spread over
// all parts of the file.
func TestADamagedBackupOfKeysIsRefused(t *testing.T) {
	dir, _ := keysIn(t)
	sealed, err := SealKeys(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	step := 41
	if testing.Short() {
		step = 97
	}
	for at := len(vaultForm); at < len(sealed); at += step {
		damaged := bytes.Clone(sealed)
		damaged[at] ^= 1 << (at % 8)
		mustNotRestore(t, passphrase, damaged)
	}
	for at := range len(vaultForm) { // the form is looked at before anything is hashed
		damaged := bytes.Clone(sealed)
		damaged[at] ^= 1
		mustNotRestore(t, passphrase, damaged)
	}
	for _, n := range []int{0, 5, len(vaultForm), len(vaultForm) + 16, len(vaultForm) + 40, len(sealed) / 2, len(sealed) - 1} {
		mustNotRestore(t, passphrase, sealed[:n])
	}
	mustNotRestore(t, passphrase, append(bytes.Clone(sealed), '\n'))
}

func mustNotRestore(t *testing.T, passphrase string, sealed []byte) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "keys")
	if err := RestoreKeys(to, passphrase, sealed); err == nil {
		t.Error("a damaged backup or a wrong passphrase restored keys")
	}
	if _, err := readKeys(to); !errors.Is(err, errNoKeys) {
		t.Errorf("a refused restore left something behind: %v", err)
	}
}

func TestOpenKeys(t *testing.T) {
	t.Run("keys are made once, and only this user reads them", func(t *testing.T) {
		dir, keys := keysIn(t)
		again, err := OpenKeys(dir, "zorgplicht")
		if err != nil || again.signer != keys.signer {
			t.Errorf("the second time gives other keys (%v)", err)
		}
		onlyOurs(t, dir)
	})
	for _, missing := range []string{signerFile, verifierFile, linksFile} {
		t.Run("without "+missing+" no others are made", func(t *testing.T) {
			dir, _ := keysIn(t)
			if err := os.Remove(filepath.Join(dir, missing)); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenKeys(dir, "zorgplicht"); err == nil || !strings.Contains(err.Error(), "restore the keys") {
				t.Errorf("a lost key: %v", err)
			}
			if _, err := os.Stat(filepath.Join(dir, missing)); err == nil {
				t.Error("the lost key was replaced")
			}
		})
		for what, text := range map[string]string{"empty": "", "no key": "dit is geen sleutel\n", "too long": strings.Repeat("ab", 33)} {
			t.Run(missing+" that is "+what+" is refused by name", func(t *testing.T) {
				dir, _ := keysIn(t)
				if err := os.WriteFile(filepath.Join(dir, missing), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				_, err := OpenKeys(dir, "zorgplicht")
				if err == nil || !strings.Contains(err.Error(), missing) || text != "" && strings.Contains(err.Error(), strings.TrimSpace(text)) {
					t.Errorf("%v", err)
				}
			})
		}
	}
	t.Run("a private and a public key that are no pair are refused", func(t *testing.T) {
		dir, _ := keysIn(t)
		other, _ := keysIn(t)
		b, err := os.ReadFile(filepath.Join(other, verifierFile))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, verifierFile), b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenKeys(dir, "zorgplicht"); err == nil {
			t.Error("checkpoints would be signed by one key and checked by another")
		}
	})
}

// onlyOurs looks whether nobody but this user may read the keys.
func onlyOurs(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{".", signerFile, verifierFile, linksFile} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s may be read by others: %s", name, mode)
		}
	}
}
