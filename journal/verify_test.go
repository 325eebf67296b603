package journal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"zorgplicht/ident"
)

// memory is a journal in memory.
type memory struct {
	entries     []Entry
	hashes      tree
	checkpoints []StoredCheckpoint
	counts      Counts
}

func (m *memory) Counts(context.Context) (Counts, error) { return m.counts, nil }

func (m *memory) Leaves(_ context.Context, from, to int64, each func(*Entry) error) error {
	for i := max(from, 0); i < min(to, int64(len(m.entries))); i++ {
		if err := each(&m.entries[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Waiting(context.Context, func(*Entry) error) error { return nil }

func (m *memory) Hashes(_ context.Context, from, to int64, each func(int64, []byte) error) error {
	for i := from; i < min(to, int64(len(m.hashes))); i++ {
		if err := each(i, m.hashes[i][:]); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Checkpoints(_ context.Context, from, to int64, each func(StoredCheckpoint) error) error {
	for _, c := range m.checkpoints {
		if c.Size > from && c.Size <= to {
			if err := each(c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memory) Fate(context.Context, string) (Fate, error)                 { return Fate{}, nil }
func (m *memory) Strays(context.Context) (facts, payloads []string, e error) { return nil, nil, nil }

// remember makes a journal of n facts with a payload of size bytes and a
// checkpoint at each of these sizes.
func remember(t testing.TB, signer note.Signer, n, size int, at ...int64) *memory {
	t.Helper()
	m := &memory{}
	for i := range n {
		e := Entry{Position: int64(i), Found: true, Kept: true, Header: header(), Salt: make([]byte, SaltSize), Body: make([]byte, size)}
		e.Header.ID = fmt.Sprintf("01930000-%04x-7000-8000-%012x", i>>16, i)
		e.LeafOf, e.PayloadFirm = e.Header.ID, e.Header.Firm
		binary.BigEndian.PutUint32(e.Salt, uint32(i))
		e.Header.Digest = Digest(e.Salt, e.Body)
		e.Digest = slices.Clone(e.Header.Digest[:])
		hs, err := tlog.StoredHashes(int64(i), Leaf(e.Header), m.hashes)
		if err != nil {
			t.Fatal(err)
		}
		m.hashes = append(m.hashes, hs...)
		e.Header.Digest = ident.Hash{}
		m.entries = append(m.entries, e)
	}
	for i, s := range at {
		c, msg := m.hashes.checkpoint(t, signer, s, int64(i)+1)
		m.checkpoints = append(m.checkpoints, StoredCheckpoint{c.Number, c.Size, c.Root[:], c.At, msg})
	}
	k := int64(n)
	m.counts = Counts{
		Facts: k, Payloads: k, Leaves: k, Head: k, Hashes: int64(len(m.hashes)), Checkpoints: int64(len(at)),
	}
	return m
}

// TestTreesOfEverySizeAreGreen crosses the borders of chunks, with checkpoints
// on, before and behind them.
func TestTreesOfEverySizeAreGreen(t *testing.T) {
	signer, verifier := testKeys(t, "zorgplicht.example/journal")
	for _, n := range []int64{1, 2, 3, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 3*chunkSize + 5, 4*chunkSize + 1} {
		var at []int64
		for _, s := range []int64{1, 2, 7, chunkSize - 1, chunkSize, chunkSize + 1, 2*chunkSize - 1, 2 * chunkSize, 3 * chunkSize, 3*chunkSize + 4} {
			if s < n {
				at = append(at, s)
			}
		}
		m := remember(t, signer, int(n), 10, append(at, n)...)
		var last, total int64
		r, err := Verify(t.Context(), m, VerifyOptions{
			Verifier: verifier, Workers: 3, Progress: func(done, all int64) { last, total = done, all },
			Earlier: [][]byte{m.checkpoints[0].Note, m.checkpoints[len(at)/2].Note},
		})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Green() || r.Signer != SignerChecked || r.Checkpoints != int64(len(at))+1 || r.Earlier != 2 {
			t.Errorf("%d leaves: %+v", n, r)
		}
		if last != n || total != n {
			t.Errorf("%d leaves: progress ended at %d of %d", n, last, total)
		}
	}
}

// TestOneChangeIsOneFinding holds what is said against what was done.
func TestOneChangeIsOneFinding(t *testing.T) {
	signer, verifier := testKeys(t, "zorgplicht.example/journal")
	stranger, _ := testKeys(t, "zorgplicht.example/other")
	const n = 2*chunkSize + 3
	for name, c := range map[string]struct {
		change func(*memory)
		table  string
		code   string
	}{
		"a subject":                 {func(m *memory) { m.entries[5000].Header.Subject += "x" }, "journal_leaf", "leaf-differs"},
		"a moment":                  {func(m *memory) { m.entries[7].Header.Recorded = moment.Add(time.Minute) }, "journal_leaf", "leaf-differs"},
		"a body":                    {func(m *memory) { m.entries[8].Body[3] ^= 1 }, "journal_payload", "payload-changed"},
		"a salt":                    {func(m *memory) { m.entries[8].Salt[3] ^= 1 }, "journal_payload", "payload-changed"},
		"a longer salt":             {func(m *memory) { m.entries[8].Salt = append(m.entries[8].Salt, 0) }, "journal_payload", "payload-changed"},
		"a payload's firm":          {func(m *memory) { m.entries[8].PayloadFirm = House }, "journal_payload", "payload-of-other-firm"},
		"a payload that went":       {func(m *memory) { m.entries[8].Kept = false }, "journal_fact", "erased-fact-missing"},
		"a fact that went":          {func(m *memory) { m.entries[8].Found = false }, "journal_leaf", "fact-missing"},
		"a digest cut short":        {func(m *memory) { m.entries[8].Digest = m.entries[8].Digest[:31] }, "journal_fact", "fact-malformed"},
		"a seal out of nothing":     {func(m *memory) { m.entries[8].Seal = []byte{1} }, "journal_fact", "fact-malformed"},
		"a subject out of form":     {func(m *memory) { m.entries[8].Header.Subject = "a\nb" }, "journal_fact", "fact-malformed"},
		"a leaf twice":              {func(m *memory) { m.entries[9].Position = 8 }, "journal_leaf", "leaf-doubled"},
		"the highest node":          {func(m *memory) { m.hashes[tlog.StoredHashIndex(13, 0)][0] ^= 1 }, "journal_hash", "hash-differs"},
		"a node in a chunk":         {func(m *memory) { m.hashes[tlog.StoredHashIndex(3, 7)][0] ^= 1 }, "journal_hash", "hash-differs"},
		"a leaf's hash":             {func(m *memory) { m.hashes[0][0] ^= 1 }, "journal_leaf", "leaf-differs"},
		"a hash that went":          {func(m *memory) { m.hashes = m.hashes[:len(m.hashes)-1] }, "journal_hash", "hash-missing"},
		"a root":                    {func(m *memory) { m.checkpoints[1].Root = make([]byte, 32) }, "journal_checkpoint", "checkpoint-changed"},
		"a moment of a checkpoint":  {func(m *memory) { m.checkpoints[1].At = moment.Add(1) }, "journal_checkpoint", "checkpoint-changed"},
		"a signature":               {func(m *memory) { m.checkpoints[1].Note[len(m.checkpoints[1].Note)-20] ^= 1 }, "journal_checkpoint", "signer-wrong"},
		"a checkpoint that went":    {func(m *memory) { m.checkpoints = slices.Delete(m.checkpoints, 1, 2); m.counts.Checkpoints-- }, "journal_checkpoint", "checkpoint-missing"},
		"the first one that went":   {func(m *memory) { m.checkpoints = m.checkpoints[1:]; m.counts.Checkpoints-- }, "journal_checkpoint", "checkpoint-missing"},
		"the last one that went":    {func(m *memory) { m.checkpoints = m.checkpoints[:2]; m.counts.Checkpoints-- }, "journal_checkpoint", "leaves-unsigned"},
		"one of another tree":       {func(m *memory) { m.checkpoints[2].Size = n + 1 }, "journal_checkpoint", "checkpoint-elsewhere"},
		"the head":                  {func(m *memory) { m.counts.Head++ }, "journal_head", "head-differs"},
		"a hash too many":           {func(m *memory) { m.counts.Hashes++ }, "journal_hash", "hash-count"},
		"a fact too many":           {func(m *memory) { m.counts.Facts++ }, "journal_fact", "counts-differ"},
		"one signed by another key": {func(m *memory) { m.checkpoints[1].Note = resigned(m, stranger) }, "journal_checkpoint", "signer-wrong"},
		"a moment before the last": {func(m *memory) {
			c, _ := m.hashes.checkpoint(t, signer, n, 3)
			c.At = moment.Add(-time.Second)
			m.checkpoints[2].At = c.At
			m.checkpoints[2].Note, _ = SignCheckpoint(c, signer)
		}, "journal_checkpoint", "time-went-back"},
	} {
		m := remember(t, signer, int(n), 10, 5, chunkSize+1, n)
		c.change(m)
		r, err := Verify(t.Context(), m, VerifyOptions{Verifier: verifier})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Table == c.table && f.Code == c.code }) {
			t.Errorf("%s was changed; found %v", name, r.Findings)
		}
		if r.Found > 3 {
			t.Errorf("%s was changed; %d findings: %v", name, r.Found, r.Findings)
		}
	}
}

func resigned(m *memory, stranger note.Signer) []byte {
	c, _, _ := OpenCheckpoint(m.checkpoints[1].Note, nil)
	c.Origin = stranger.Name()
	msg, _ := SignCheckpoint(c, stranger)
	return msg
}

func TestManyFindingsAreCountedAndNotAllListed(t *testing.T) {
	signer, _ := testKeys(t, "zorgplicht.example/journal")
	m := remember(t, signer, 3000, 10, 3000)
	for i := range m.entries {
		m.entries[i].Body[0] ^= 1
	}
	r, err := Verify(t.Context(), m, VerifyOptions{})
	if err != nil || r.Found != 3000 || len(r.Findings) != MaxFindings {
		t.Errorf("%d found, %d listed, %v", r.Found, len(r.Findings), err)
	}
}

func TestAVerificationThatIsStoppedSaysSo(t *testing.T) {
	signer, _ := testKeys(t, "zorgplicht.example/journal")
	m := remember(t, signer, 10, 10, 10)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Verify(ctx, m, VerifyOptions{}); err == nil {
		t.Error("a report came out of a stopped verification")
	}
}

func FuzzCheckpoint(f *testing.F) {
	signer, verifier := testKeys(f, "zorgplicht.example/journal")
	s := grown(f, 3)
	_, msg := s.checkpoint(f, signer, 3, 1)
	f.Add(string(msg))
	f.Add("a\n1\n\n— a b\n")
	f.Fuzz(func(t *testing.T, in string) {
		c, _, err := OpenCheckpoint([]byte(in), nil)
		if err != nil {
			return
		}
		again, err := ParseCheckpoint(c.Text())
		if err != nil || again != c {
			t.Errorf("read once as %+v, again as %+v, %v", c, again, err)
		}
		if _, _, err := OpenCheckpoint([]byte(in), verifier); err == nil && in != string(msg) {
			t.Errorf("another text passes for signed: %q", in)
		}
	})
}

func FuzzLeaf(f *testing.F) {
	for _, h := range []Header{header(), sealedHeader(), erasedHeader()} {
		f.Add(Leaf(h))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		h, err := ParseLeaf(in)
		if err == nil && string(Leaf(h)) != string(in) {
			t.Errorf("%q is written back as %q", in, Leaf(h))
		}
	})
}

func FuzzInclusion(f *testing.F) {
	signer, _ := testKeys(f, "zorgplicht.example/journal")
	s := grown(f, 5)
	_, msg := s.checkpoint(f, signer, 5, 1)
	hashes, _ := tlog.ProveRecord(5, 2, s)
	f.Add(Inclusion{2, hashes, msg}.Text())
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := ParseInclusion(in)
		if err != nil {
			return
		}
		if string(p.Text()) != string(in) {
			t.Errorf("%q is written back as %q", in, p.Text())
		}
		// Whatever it holds, checking it ends in an answer.
		_, _ = p.Check(tlog.Hash{}, nil)
	})
}

// BenchmarkVerifyInMemory tells how verification without a store relates to bare
// SHA-256 over the same leaves and payloads on as many processors: "of-sha256" is
// the share of its speed. The budget is 0.5.
func BenchmarkVerifyInMemory(b *testing.B) {
	signer, verifier := testKeys(b, "zorgplicht.example/journal")
	for _, size := range []int{300, 1024, 4096} {
		b.Run(fmt.Sprintf("payload=%d", size), func(b *testing.B) {
			const n = 4 * chunkSize
			m := remember(b, signer, int(n), size, n)
			bytes := int64(0)
			for i := range m.entries {
				bytes += int64(len(Leaf(m.entries[i].Header)) + size)
			}
			b.SetBytes(bytes)
			var verify, bare time.Duration
			buf := make([]byte, bytes/n)
			for b.Loop() {
				at := time.Now()
				if _, err := Verify(b.Context(), m, VerifyOptions{Verifier: verifier, Workers: 1}); err != nil {
					b.Fatal(err)
				}
				verify += time.Since(at)
				at = time.Now()
				for range n {
					sha256.Sum256(buf)
				}
				bare += time.Since(at)
			}
			b.ReportMetric(bare.Seconds()/verify.Seconds(), "of-sha256")
		})
	}
}
