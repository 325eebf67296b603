package dossier

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
	"zorgplicht/journal"
)

var moment = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

func keys(t testing.TB) (note.Signer, note.Verifier) {
	t.Helper()
	private, public, err := journal.NewKey(rand.NewChaCha8([32]byte{1}), "zorgplicht.example/journal")
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return s, v
}

// extract is one fact in a tree of its own.
func extract(t testing.TB, s note.Signer) journal.Extract {
	t.Helper()
	return naming(t, s, `{"by":"staff:<script>"}`)
}

// naming is the same with this payload.
func naming(t testing.TB, s note.Signer, payload string) journal.Extract {
	t.Helper()
	f := journal.Recorded{
		Fact: journal.Fact{
			ID: "01930000-0000-7000-8000-000000000001", Firm: "01930000-0000-7000-8000-00000000000a", Kind: "bench.measured/1",
			Subject: "attempt-1", Valid: moment, Recorded: moment, Payload: []byte(payload),
		},
		Salt: make([]byte, journal.SaltSize),
	}
	f.Digest = journal.Digest(f.Salt, f.Payload)
	leaf := journal.LeafHash(f.Header())
	root, err := tlog.TreeHash(1, tlog.HashReaderFunc(func([]int64) ([]tlog.Hash, error) { return []tlog.Hash{leaf}, nil }))
	if err != nil {
		t.Fatal(err)
	}
	msg, err := journal.SignCheckpoint(journal.Checkpoint{Origin: s.Name(), Size: 1, Root: root, Number: 1, At: moment}, s)
	if err != nil {
		t.Fatal(err)
	}
	return journal.Extract{
		Firm: f.Firm, Subject: f.Subject, Facts: []journal.Recorded{f}, Checkpoint: msg,
		Proofs: []journal.Inclusion{{Position: 0, Checkpoint: msg}},
	}
}

func written(t testing.TB, s note.Signer) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, extract(t, s), Options{Signer: s, Made: moment, Title: "Toetspoging"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verified(t testing.TB, b []byte, v note.Verifier) *Report {
	t.Helper()
	r, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), VerifyOptions{Verifier: v})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestThePageEscapesWhatWasKept(t *testing.T) {
	s, v := keys(t)
	b := written(t, s)
	if r := verified(t, b, v); !r.Green() || r.Signer != journal.SignerChecked {
		t.Fatalf("%+v", r)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(indexName)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="nl">`, "21 november 2026, 10.30 uur", "door medewerker &lt;script&gt;", "Toetspoging"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(string(page), "<script") {
		t.Error("the page holds a script")
	}
}

func TestADocumentNeedsAPlainName(t *testing.T) {
	s, _ := keys(t)
	for _, name := range []string{"", "..", "../x", "a/b", ".hidden", "a b", "é"} {
		err := Write(io.Discard, extract(t, s), Options{Signer: s, Made: moment, Documents: []Document{{Name: name}}})
		if err == nil {
			t.Errorf("%q was written", name)
		}
	}
}

// zipped makes a zip that is no dossier of ours.
func zipped(t testing.TB, method uint16, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, body := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsNoDossierIsRefused(t *testing.T) {
	_, v := keys(t)
	many := map[string][]byte{}
	for i := range MaxFiles + 1 {
		many[fmt.Sprint(i)] = nil
	}
	for name, c := range map[string]struct {
		body []byte
		says string
	}{
		"nothing":                     {nil, "no zip file"},
		"text":                        {[]byte("a letter"), "no zip file"},
		"a zip that unfolds":          {zipped(t, zip.Deflate, map[string][]byte{manifestName: make([]byte, 50<<20)}), "not stored"},
		"a zip with too many files":   {zipped(t, zip.Store, many), "more than 20000 files"},
		"a zip without a manifest":    {zipped(t, zip.Store, map[string][]byte{"a": nil}), "no manifest.txt"},
		"a manifest that is not ours": {zipped(t, zip.Store, map[string][]byte{manifestName: []byte("hello")}), "manifest.txt"},
	} {
		r := verified(t, c.body, v)
		if r.Green() || !strings.Contains(r.Findings[0].Text, c.says) {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
	r, err := Verify(t.Context(), bytes.NewReader(nil), MaxSize+1, VerifyOptions{})
	if err != nil || r.Green() || !strings.Contains(r.Findings[0].Text, "larger") {
		t.Errorf("a file that is too large: %v, %v", r, err)
	}
}

type failing struct{ io.ReaderAt }

var errDisk = errors.New("the disk fails")

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off < 100 {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

func TestADiskThatFailsIsNoFinding(t *testing.T) {
	s, _ := keys(t)
	b := written(t, s)
	_, err := Verify(t.Context(), failing{bytes.NewReader(b)}, int64(len(b)), VerifyOptions{})
	if !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

// TestARebuiltDossierIsFound has someone without the key write the zip anew.
func TestARebuiltDossierIsFound(t *testing.T) {
	s, v := keys(t)
	x := extract(t, s)
	for name, change := range map[string]func(*journal.Extract){
		"another payload":        func(x *journal.Extract) { x.Facts[0].Payload = []byte(`{"by":"staff:2"}`) },
		"another subject":        func(x *journal.Extract) { x.Subject = "attempt-2" },
		"another firm":           func(x *journal.Extract) { x.Firm = journal.House },
		"a payload left out":     func(x *journal.Extract) { x.Facts[0].Erased = true },
		"another moment":         func(x *journal.Extract) { x.Facts[0].Valid = moment.Add(time.Hour) },
		"no facts":               func(x *journal.Extract) { x.Facts, x.Proofs = nil, nil },
		"a position of another":  func(x *journal.Extract) { x.Proofs[0].Position = 1 },
		"a proof that is longer": func(x *journal.Extract) { x.Proofs[0].Hashes = make(tlog.RecordProof, 1) },
	} {
		y := x
		y.Facts, y.Proofs = append([]journal.Recorded{}, x.Facts...), append([]journal.Inclusion{}, x.Proofs...)
		change(&y)
		var out bytes.Buffer
		// Even signed anew with the right key it does not agree with the tree.
		if err := Write(&out, y, Options{Signer: s, Made: moment}); err != nil {
			t.Fatal(err)
		}
		if verified(t, out.Bytes(), v).Green() {
			t.Errorf("%s was not found", name)
		}
	}
}

func FuzzVerify(f *testing.F) {
	s, v := keys(f)
	good := written(f, s)
	f.Add(good)
	f.Add(zipped(f, zip.Deflate, map[string][]byte{manifestName: []byte("x")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), VerifyOptions{Verifier: v})
		if err != nil {
			t.Fatal(err)
		}
		if r.Green() && !bytes.Equal(b, good) {
			t.Error("another file passes for the dossier")
		}
	})
}

func FuzzManifest(f *testing.F) {
	m := manifest{Origin: "a", Firm: "b", Subject: "c", Made: moment, Files: []listed{{"x", 1, ident.HashOf(nil)}}}
	f.Add(m.text())
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseManifest(text)
		if err == nil && m.text() != text {
			t.Errorf("%q is written back as %q", text, m.text())
		}
	})
}

// TestADocumentIsHeldAgainstItsFact: the manifest is signed by who makes the dossier,
// so only the fact tells that a document is the one of that day.
func TestADocumentIsHeldAgainstItsFact(t *testing.T) {
	s, v := keys(t)
	body := []byte("de uitslag van toen")
	for name, c := range map[string]struct {
		given []Document
		found string
		held  int
	}{
		"the document of the fact":             {[]Document{{"uitslag.pdf", body}}, "", 1},
		"another document under its name":      {[]Document{{"uitslag.pdf", []byte("een andere uitslag")}}, "document-differs", 0},
		"no document":                          {nil, "document-missing", 0},
		"one more that no fact names":          {[]Document{{"uitslag.pdf", body}, {"brief.txt", []byte("x")}}, "", 1},
		"the right bytes under the wrong name": {[]Document{{"uitslag-2.pdf", body}}, "document-missing", 0},
	} {
		t.Run(name, func(t *testing.T) {
			x := naming(t, s, fmt.Sprintf(`{"by":"client:1","documents":[{"name":"uitslag.pdf","sha256":%q}]}`, ident.HashOf(body)))
			var b bytes.Buffer
			if err := Write(&b, x, Options{Signer: s, Made: moment, Documents: c.given}); err != nil {
				t.Fatal(err)
			}
			r, err := Verify(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), VerifyOptions{Verifier: v})
			if err != nil {
				t.Fatal(err)
			}
			if r.Documents != c.held || r.Green() != (c.found == "") || c.found != "" && r.Findings[0].Code != c.found {
				t.Errorf("%d documents held, found %+v, want %d and %q", r.Documents, r.Findings, c.held, c.found)
			}
		})
	}
}
