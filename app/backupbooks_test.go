package app

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

func TestPortfoliosComeBackWithTheBackup(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	r := h.screened(t, aBook(10, 0))
	backup := filepath.Join(t.TempDir(), "backup")
	if err := h.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if err := h.Backup(t.Context(), backup); !fault.Has(err, "backup-exists") {
		t.Errorf("over an older backup: %v", err)
	}
	c := Config{Data: t.TempDir(), Rate: -1, Now: h.clock.now}
	if err := os.CopyFS(c.KeysDir(), os.DirFS(h.KeysDir())); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(BooksBeside(backup))
	if err != nil {
		t.Fatal(err)
	}
	for what, b := range map[string][]byte{
		"cut off": whole[:len(whole)/2], "no archive": []byte("geen zip"), "leads out of the folder": archive(t, "../../"+string(h.firm)+"/x", "x"),
		"of another folder": archive(t, "geen-onderneming/"+r.File.String(), "x"), "other bytes": archive(t, string(h.firm)+"/"+r.File.String(), "x"),
	} {
		if err := os.WriteFile(BooksBeside(backup), b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Restore(t.Context(), c, "", backup, "schijf stuk"); !fault.Has(err, "backup-damaged") {
			t.Errorf("%s: %v", what, err)
		}
		if list, _ := filepath.Glob(filepath.Join(c.Data, "portfolios", "*", "*")); len(list) > 0 {
			t.Errorf("%s: left %v", what, list)
		}
	}
	if err := os.WriteFile(BooksBeside(backup), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), c, "", backup, "schijf stuk"); err != nil {
		t.Fatal(err)
	}
	there := &house{App: openHouse(t, c, h.clock), t: t, clock: h.clock, firm: h.firm}
	there.proved(t, r)
	if out, err := there.Replay(t.Context(), nil); err != nil || !out.Green() || out.Rules[screeningRule] != 1 {
		t.Errorf("replay %+v, %v", out, err)
	}
}

func TestABackupWithoutPortfoliosHasNoFileBesideIt(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	backup := filepath.Join(t.TempDir(), "backup")
	if err := h.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(BooksBeside(backup)); err == nil {
		t.Error("there is one")
	}
}

// archive is a zip with one file.
func archive(t *testing.T, name, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(body))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
