package store

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zorgplicht/canon"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/journal"
	"zorgplicht/journal/dossier"
	"zorgplicht/rule"
)

type question struct {
	Points int                            `json:"points"`
	Bank   rule.Sealed[map[string]string] `json:"bank"`
}

func (q *question) Open(open rule.Opener) error { return q.Bank.Open(open) }

type answer struct {
	rule.Why
	Enough bool `json:"enough"`
}

// enough is a rule made up for this test: ten points are enough.
func enough(least int) rule.Rule[question, answer] {
	return rule.New("enough", 1, []ident.Norm{"afm:ket:retake"}, func(q question) answer {
		return answer{rule.Why{Because: []rule.Reason{{Code: "points", Norm: "afm:ket:retake"}}}, q.Points >= least}
	})
}

func desk(t testing.TB, least int) *rule.Registry {
	t.Helper()
	r, err := rule.NewRegistry(enough(least))
	must(t, err)
	return r
}

// judged appends a bank that the house sealed and a decision that names it.
func (b *bench) judged(subject string) journal.Fact {
	b.t.Helper()
	bank, body, err := rule.Seal(map[string]string{"by": "house:zorgplicht", "title": "bank"})
	must(b.t, err)
	sealed := b.fact(journal.House, "bank", 0)
	sealed.Payload, sealed.Sealed = body, true
	_, d := enough(10).Decide(question{12, bank})
	f := b.fact(firmA, subject, 0)
	f.Payload = canon.Must(struct {
		By        string          `json:"by"`
		Decisions []rule.Decision `json:"decisions"`
	}{"client:0193", []rule.Decision{d}})
	b.append(sealed, f)
	return f
}

func TestReplay(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		f := b.judged("attempt-7")
		r := Reader{b.db}
		replay := func(least int) *journal.Replayed {
			out, err := journal.Replay(t.Context(), r.All(t.Context()), desk(t, least), func(firm ident.Firm) rule.Opener { return r.Opener(t.Context(), firm) }, nil)
			must(t, err)
			return out
		}
		if out := replay(10); !out.Green() || out.Facts != 9 || out.Erased != 1 || out.Decisions != 1 || out.Same != 1 || out.Rules["enough/1"] != 1 {
			t.Errorf("the same rule: %+v", out)
		}
		if out := replay(13); out.Green() || out.Unequal[0].Fact != f.ID || out.Unequal[0].Differences[0].What != "answer" {
			t.Errorf("a rule that was changed: %+v", out)
		}
		none, err := rule.NewRegistry()
		must(t, err)
		out, err := journal.Replay(t.Context(), r.All(t.Context()), none, func(ident.Firm) rule.Opener { return nil }, nil)
		must(t, err)
		if out.Green() || !strings.Contains(out.Unequal[0].Problem, "unknown-rule") {
			t.Errorf("a rule that is gone: %+v", out)
		}
	})
}

func (b *bench) dossier(subject string) []byte {
	b.t.Helper()
	x, err := Reader{b.db}.Extract(b.t.Context(), b.seq, firmA, subject)
	must(b.t, err)
	var out bytes.Buffer
	must(b.t, dossier.Write(&out, x, dossier.Options{
		Signer: b.seq.Signer, Made: start.Add(time.Hour), Title: "Toetspoging 7", Owner: "Voorbeeld B.V.",
		Documents: []dossier.Document{{Name: "uitslag.txt", Body: []byte("niet passend\n")}},
	}))
	return out.Bytes()
}

func (b *bench) open(zip []byte, o dossier.VerifyOptions) *dossier.Report {
	b.t.Helper()
	r, err := dossier.Verify(b.t.Context(), bytes.NewReader(zip), int64(len(zip)), o)
	must(b.t, err)
	return r
}

func TestADossierProvesItself(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		f := b.judged("attempt-1")
		zip := b.dossier("attempt-1")
		r := b.open(zip, dossier.VerifyOptions{Verifier: b.verifier, Desk: desk(t, 10)})
		if !r.Green() || r.Signer != journal.SignerChecked || r.Facts != 5 || r.Erased != 1 || r.Payloads != 4 ||
			r.Replay.Same != 1 || r.Firm != firmA || r.Subject != "attempt-1" || r.Files != 3+5*2+4*2+1 {
			t.Errorf("with the key: %+v, replay %+v", r, r.Replay)
		}
		if r := b.open(zip, dossier.VerifyOptions{}); !r.Green() || r.Signer != journal.SignerNotChecked ||
			!strings.HasPrefix(r.KeyID, "zorgplicht.example/journal+") {
			t.Errorf("without the key: %+v", r)
		}
		_, stranger := keys(t, "stranger.example/journal")
		if r := b.open(zip, dossier.VerifyOptions{Verifier: stranger}); r.Green() || r.Signer != journal.SignerWrong {
			t.Errorf("with a stranger's key: %+v", r)
		}
		if r := b.open(zip, dossier.VerifyOptions{Desk: desk(t, 13)}); r.Green() || r.Replay.Unequal[0].Fact != f.ID {
			t.Errorf("with a rule that was changed: %+v", r.Replay)
		}
		if !bytes.Equal(zip, b.dossier("attempt-1")) {
			t.Error("the same extract gives another dossier")
		}
		_, err := Reader{b.db}.Extract(t.Context(), b.seq, firmB, "attempt-1")
		if !fault.Has(err, "subject-unknown") {
			t.Errorf("another firm's subject: %v", err)
		}
	})
}

func TestEveryChangedByteOfADossierIsFound(t *testing.T) {
	b := newBench(t, sqldb.SQLite)
	gone := b.fact(firmA, "attempt-1", 1)
	b.append(gone)
	must(t, b.erase(firmA, gone.ID))
	zip := b.dossier("attempt-1")
	dice := rand.New(rand.NewPCG(5, 6))
	unsigned := 0
	for i := range zip {
		if testing.Short() && dice.IntN(20) > 0 {
			continue
		}
		bad := bytes.Clone(zip)
		bad[i] ^= 1 << dice.IntN(8)
		if !b.open(bad, dossier.VerifyOptions{Verifier: b.verifier}).Green() {
			continue
		}
		t.Errorf("byte %d of %d was changed and not found", i, len(zip))
	}
	// Without the key only the signature under the manifest is not looked at.
	for i := range zip {
		bad := bytes.Clone(zip)
		bad[i] ^= 1
		if (i%10 == 0 || !testing.Short()) && b.open(bad, dossier.VerifyOptions{}).Green() {
			unsigned++
		}
	}
	if unsigned > 100 {
		t.Errorf("without the key %d changed bytes were not found", unsigned)
	}
	for _, n := range []int{0, 1, 100, len(zip) - 1} {
		if b.open(zip[:n], dossier.VerifyOptions{Verifier: b.verifier}).Green() {
			t.Errorf("cut off after %d bytes and not found", n)
		}
	}
	for name, bad := range map[string][]byte{"behind": append(bytes.Clone(zip), 'x'), "before": append([]byte("x"), zip...)} {
		if b.open(bad, dossier.VerifyOptions{Verifier: b.verifier}).Green() {
			t.Errorf("a byte %s it was not found", name)
		}
	}
}

// TestWrittenDossiersStayReadable holds today's program against a dossier of the
// first encoding, written once and kept.
func TestWrittenDossiersStayReadable(t *testing.T) {
	b := newBench(t, sqldb.SQLite)
	kept := filepath.Join("testdata", "dossier-1.zip")
	if os.Getenv("ZORGPLICHT_WRITE_GOLDEN") != "" {
		b.filled()
		b.judged("attempt-1")
		must(t, os.WriteFile(kept, b.dossier("attempt-1"), 0o600))
	}
	zip, err := os.ReadFile(kept)
	must(t, err)
	r := b.open(zip, dossier.VerifyOptions{Verifier: b.verifier, Desk: desk(t, 10)})
	if !r.Green() || r.Signer != journal.SignerChecked || r.Facts != 5 {
		out, _ := json.Marshal(r)
		t.Errorf("a kept dossier: %s", out)
	}
}
