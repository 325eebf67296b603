package journal

import (
	"bytes"
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// digestOfBraces was made outside Go.
const digestOfBraces = "e70bfd59fc9ae0f21eb15dbf692185e2a05171acd8b7bb172c68a5e72428bc6b"

var moment = time.Date(2026, 11, 21, 9, 30, 0, 123_000_000, time.UTC)

func header() Header {
	return Header{
		ID: "01930000-0000-7000-8000-000000000001", Firm: "01930000-0000-7000-8000-00000000000a",
		Kind: "appropriateness.judged/1", Subject: "01930000-0000-7000-8000-0000000000ff",
		Valid: moment, Recorded: moment.Add(1500 * time.Millisecond),
		Digest: Digest(bytes.Repeat([]byte{7}, SaltSize), []byte(`{"by":"client:1"}`)),
	}
}

func sealedHeader() Header {
	h := header()
	h.Kind, h.Seal = "appropriateness.bank_sealed/1", ident.HashOf([]byte("bank"))
	return h
}

func erasedHeader() Header {
	h := header()
	h.Kind, h.Erases = ErasedKind, "01930000-0000-7000-8000-000000000002"
	return h
}

func TestTheLeafIsWrittenAsItAlwaysWas(t *testing.T) {
	for name, h := range map[string]Header{"plain": header(), "sealed": sealedHeader(), "erased": erasedHeader()} {
		path := filepath.Join("testdata", "leaf-1-"+name+".golden")
		got := append(Leaf(h), []byte(LeafHash(h).String()+"\n")...)
		if os.Getenv("ZORGPLICHT_WRITE_GOLDEN") != "" {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the leaf is now\n%s", name, got)
		}
		again, err := ParseLeaf(Leaf(h))
		if err != nil || again != h {
			t.Errorf("%s: read back as %+v, %v", name, again, err)
		}
	}
}

func TestTheDigestIsThatOfTheDocument(t *testing.T) {
	salt := bytes.Repeat([]byte{1}, SaltSize)
	// printf 'zorgplicht/payload/1\n\x20' + 32 times \x01 + '{}', by sha256sum
	if got := Digest(salt, []byte("{}")).String(); got != digestOfBraces {
		t.Errorf("got %s", got)
	}
	if Digest(salt, []byte("x")) == Digest(append(salt, 'x'), nil) {
		t.Error("salt and payload run into each other")
	}
}

func TestALeafInAnotherFormIsRefused(t *testing.T) {
	good := string(Leaf(sealedHeader()))
	for name, change := range map[string]func(string) string{
		"another encoding":           func(s string) string { return strings.Replace(s, "leaf/1", "leaf/2", 1) },
		"a line less":                func(s string) string { return strings.Replace(s, "subject ", "about ", 1) },
		"a line more":                func(s string) string { return s + "more 1\n" },
		"no end of line":             func(s string) string { return strings.TrimSuffix(s, "\n") },
		"a number written otherwise": func(s string) string { return strings.Replace(s, "valid ", "valid +", 1) },
		"a hash in capitals":         func(s string) string { return s[:len(s)-65] + strings.ToUpper(s[len(s)-65:]) },
		"an id that is none":         func(s string) string { return strings.Replace(s, "id 0193", "id 019x", 1) },
		"an empty seal": func(s string) string {
			return strings.Replace(s, hex.EncodeToString(sealedSeal()), strings.Repeat("0", 64), 1)
		},
	} {
		bad := change(good)
		if bad == good {
			t.Fatalf("%s: the case changes nothing", name)
		}
		if _, err := ParseLeaf([]byte(bad)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func sealedSeal() []byte { h := sealedHeader().Seal; return h[:] }

func TestAHeaderThatIsNotInForm(t *testing.T) {
	for name, change := range map[string]func(*Header){
		"an id of another version":     func(h *Header) { h.ID = strings.Replace(h.ID, "-7", "-4", 1) },
		"an id in capitals":            func(h *Header) { h.ID = "01930000-0000-7000-8000-00000000000A" },
		"a firm with a dash too few":   func(h *Header) { h.Firm = "019300000-000-7000-8000-00000000000a" },
		"a kind without a room":        func(h *Header) { h.Kind = "judged/1" },
		"a kind of version nought":     func(h *Header) { h.Kind = "appropriateness.judged/0" },
		"a kind with a capital":        func(h *Header) { h.Kind = "Appropriateness.judged/1" },
		"an empty subject":             func(h *Header) { h.Subject = "" },
		"a subject with a space":       func(h *Header) { h.Subject = "a b" },
		"a subject that is too long":   func(h *Header) { h.Subject = strings.Repeat("a", 201) },
		"a clock that is not set":      func(h *Header) { h.Valid = time.Time{} },
		"an erasure of another kind":   func(h *Header) { h.Erases = h.ID },
		"an erasure without a target":  func(h *Header) { h.Kind = ErasedKind },
		"an erasure of something else": func(h *Header) { h.Kind, h.Erases = ErasedKind, "x" },
	} {
		h := header()
		change(&h)
		if h.Check() == nil {
			t.Errorf("%s passed", name)
		}
	}
	for _, h := range []Header{header(), sealedHeader(), erasedHeader()} {
		if err := h.Check(); err != nil {
			t.Error(err)
		}
	}
}

func testKeys(t testing.TB, name string) (note.Signer, note.Verifier) {
	t.Helper()
	private, public, err := NewKey(rand.NewChaCha8([32]byte([]byte(name + strings.Repeat(" ", 32))[:32])), name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

func TestACheckpointIsSignedAndRead(t *testing.T) {
	signer, verifier := testKeys(t, "zorgplicht.example/journal")
	_, stranger := testKeys(t, "stranger.example")
	c := Checkpoint{Origin: signer.Name(), Size: 12, Root: tlog.RecordHash([]byte("x")), Number: 3, At: moment}
	msg, err := SignCheckpoint(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	if got, signed, err := OpenCheckpoint(msg, verifier); err != nil || !signed || got != c {
		t.Errorf("with the key: %+v, %v, %v", got, signed, err)
	}
	if got, signed, err := OpenCheckpoint(msg, nil); err != nil || signed || got != c {
		t.Errorf("without a key: %+v, %v, %v", got, signed, err)
	}
	if _, _, err := OpenCheckpoint(msg, stranger); err == nil || !strings.Contains(err.Error(), ErrSigner.Error()) {
		t.Errorf("with a stranger's key: %v", err)
	}
	c.Origin = "another"
	if _, err := SignCheckpoint(c, signer); err == nil {
		t.Error("a key signed for another origin")
	}
	for i := range msg {
		for bit := range 8 {
			bad := bytes.Clone(msg)
			bad[i] ^= 1 << bit
			if _, _, err := OpenCheckpoint(bad, verifier); err == nil {
				t.Errorf("byte %d, bit %d: a changed checkpoint was read", i, bit)
			}
		}
	}
}

// tree is a small tree in memory.
type tree []tlog.Hash

func (s tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		out[i] = s[n]
	}
	return out, nil
}

func grown(t testing.TB, n int64) tree {
	t.Helper()
	var s tree
	for i := range n {
		hs, err := tlog.StoredHashes(i, []byte{byte(i)}, s)
		if err != nil {
			t.Fatal(err)
		}
		s = append(s, hs...)
	}
	return s
}

func (s tree) checkpoint(t testing.TB, signer note.Signer, size, number int64) (Checkpoint, []byte) {
	t.Helper()
	root, err := tlog.TreeHash(size, s)
	if err != nil {
		t.Fatal(err)
	}
	c := Checkpoint{Origin: signer.Name(), Size: size, Root: root, Number: number, At: moment}
	msg, err := SignCheckpoint(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	return c, msg
}

func TestInclusionAndConsistency(t *testing.T) {
	signer, verifier := testKeys(t, "zorgplicht.example/journal")
	s := grown(t, 13)
	late, msg := s.checkpoint(t, signer, 13, 2)
	for n := range int64(13) {
		hashes, err := tlog.ProveRecord(13, n, s)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ParseInclusion(Inclusion{n, hashes, msg}.Text())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Check(tlog.RecordHash([]byte{byte(n)}), verifier); err != nil {
			t.Errorf("leaf %d: %v", n, err)
		}
		if _, err := p.Check(tlog.RecordHash([]byte{byte(n + 1)}), verifier); err == nil {
			t.Errorf("leaf %d passes for its neighbour", n)
		}
	}
	for size := int64(1); size <= 13; size++ {
		early, _ := s.checkpoint(t, signer, size, 1)
		proof, err := tlog.ProveTree(13, size, s)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckConsistency(early, late, proof); err != nil {
			t.Errorf("size %d: %v", size, err)
		}
		early.Root[0] ^= 1
		if CheckConsistency(early, late, proof) == nil {
			t.Errorf("size %d: another root is consistent", size)
		}
	}
	other := late
	other.Origin = "another"
	if CheckConsistency(other, late, nil) == nil {
		t.Error("checkpoints of two installations are consistent")
	}
	cut, _ := s.checkpoint(t, signer, 12, 3)
	if CheckConsistency(late, cut, nil) == nil {
		t.Error("a journal that was cut off is consistent")
	}
	newer := late
	newer.Number = 9
	if CheckConsistency(newer, late, nil) == nil {
		t.Error("a checkpoint is consistent with an older one")
	}
}

func TestHashesInAPayload(t *testing.T) {
	a, b := ident.HashOf([]byte("a")), ident.HashOf([]byte("b"))
	got := HashesIn([]byte(`{"a":"` + a.String() + `","b":["` + b.String() + `","` + a.String() + `"],"c":"` + a.String()[:63] + `","d":"x` + b.String() + `"}`))
	if len(got) != 2 || got[0] != a || got[1] != b {
		t.Errorf("found %v", got)
	}
}

func TestSamplesAreReadAsTheyWereWritten(t *testing.T) {
	if os.Getenv("ZORGPLICHT_WRITE_GOLDEN") != "" {
		writeSample(t)
	}
	samples, err := ReadSamples(os.DirFS("testdata/samples"))
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) == 0 || len(samples[0].Facts) != 3 {
		t.Fatalf("read %d samples", len(samples))
	}
	for _, s := range samples {
		kept, err := os.ReadFile(filepath.Join("testdata", "samples", s.Name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, s.Encode()) {
			t.Errorf("%s is written otherwise today", s.Name)
		}
		bad := bytes.Replace(kept, []byte(`"subject":"`), []byte(`"subject":"x`), 1)
		if _, err := parseSample(bad); err == nil {
			t.Errorf("%s: a fact that was changed passes", s.Name)
		}
	}
}

// writeSample writes the sample of this room's own encodings: leaf, payload
// digest and journal.erased/1.
func writeSample(t *testing.T) {
	t.Helper()
	salt := bytes.Repeat([]byte{9}, SaltSize)
	s := Sample{About: "the encodings of the journal itself: zorgplicht/leaf/1, zorgplicht/payload/1, journal.erased/1"}
	plain := Fact{
		ID: "01930000-0000-7000-8000-000000000001", Firm: House, Kind: "journal.sampled/1", Subject: "sample",
		Valid: moment, Recorded: moment, Payload: []byte(`{"by":"house:zorgplicht"}`),
	}
	sealed := plain
	sealed.ID, sealed.Sealed = "01930000-0000-7000-8000-000000000002", true
	gone := Erasure{
		ID: "01930000-0000-7000-8000-000000000003", Fact: "01930000-0000-7000-8000-000000000004",
		Reason: "retention-over", By: ident.Actor{Kind: ident.House, ID: "zorgplicht"}, At: moment,
	}.Tell(House, "sample")
	for _, f := range []Fact{plain, sealed, gone} {
		s.Facts = append(s.Facts, Recorded{Fact: f, Salt: salt, Digest: Digest(salt, f.Payload), Named: f.Seal()})
	}
	if err := os.WriteFile("testdata/samples/journal-1.json", s.Encode(), 0o600); err != nil {
		t.Fatal(err)
	}
}
