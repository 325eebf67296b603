package thirdparty

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// TestUnchanged holds every file of others to the digest it came with, both
// ways: none changed, none without a digest.
func TestUnchanged(t *testing.T) {
	sums, err := os.Open("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	defer sums.Close()
	want := map[string]string{}
	for s := bufio.NewScanner(sums); s.Scan(); {
		digest, name, _ := strings.Cut(s.Text(), "  ")
		want[name] = digest
	}
	err = fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(name) == "." {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(b)); got != want[name] {
			t.Errorf("%s has digest %s, SHA256SUMS says %q", name, got, want[name])
		}
		delete(want, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		t.Errorf("SHA256SUMS names %s, which is not there", name)
	}
}
