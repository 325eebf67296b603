package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"zorgplicht/journal"
	journalstore "zorgplicht/journal/store"
)

// verification measures the proof of the whole journal beside a bare scan of the
// rows it reads.
func (b *bench) verification(ctx context.Context) error {
	source := journalstore.Source{DB: b.db}
	counts, err := source.Counts(ctx)
	if err != nil {
		return err
	}
	readers := runtime.GOMAXPROCS(0)
	size, err := b.bytesIn(ctx)
	if err != nil {
		return err
	}
	var speed, share, limit []float64
	for round := range b.Rounds + 1 {
		b.Progress(fmt.Sprintf("verification, round %d of %d", round, b.Rounds))
		at := time.Now()
		r, err := journal.Verify(ctx, source, journal.VerifyOptions{Verifier: b.Keys.Verifier(), Now: b.Now(), Workers: readers})
		if err != nil {
			return err
		}
		if !r.Green() {
			return fmt.Errorf("verify: %v", r.Findings)
		}
		verify := time.Since(at)
		at = time.Now()
		if err := source.Scan(ctx, counts.Leaves, readers); err != nil {
			return err
		}
		scan := time.Since(at)
		at = time.Now()
		if err := together(ctx, int(counts.Leaves), readers, func(int) error { sha256.Sum256(size); return nil }); err != nil {
			return err
		}
		if round > 0 {
			speed = append(speed, float64(counts.Leaves)/verify.Seconds())
			share = append(share, scan.Seconds()/verify.Seconds())
			limit = append(limit, (scan+time.Since(at)).Seconds()/verify.Seconds())
		}
	}
	b.Tell(NewFigure("facts verified", "1/s", fmt.Sprintf("a journal of %d facts, %d readers", counts.Leaves, readers), speed))
	b.Tell(NewFigure("verification / bare scan", "ratio", "speed against reading the same rows with as many readers", share).atLeast(0.7))
	b.Tell(NewFigure("verification / scan and SHA-256", "ratio", "speed against that scan and the bare hashing of as many bytes, one after the other", limit))
	return nil
}

// bytesIn returns a block as large as a payload and its leaf are on average.
func (b *bench) bytesIn(ctx context.Context) ([]byte, error) {
	size, n := 0, 0
	for f, err := range b.reader().All(ctx) {
		if err != nil {
			return nil, err
		}
		size += len(f.Payload) + len(journal.Leaf(f.Header()))
		if n++; n == 5000 {
			break
		}
	}
	return make([]byte, size/max(n, 1)), nil
}

// hashing measures in memory what makes a leaf of a fact beside SHA-256 over as
// many bytes.
func (b *bench) hashing(ctx context.Context) error {
	b.Progress("hashing")
	var facts []journal.Recorded
	size := 0
	for f, err := range b.reader().All(ctx) {
		if err != nil {
			return err
		}
		facts = append(facts, f)
		size += len(f.Payload) + len(journal.Leaf(f.Header()))
		if len(facts) == 20_000 {
			break
		}
	}
	plain := make([]byte, size/len(facts))
	var share []float64
	for range b.Rounds {
		at := time.Now()
		for _, f := range facts {
			h := f.Header()
			h.Digest = journal.Digest(f.Salt, f.Payload)
			journal.LeafHash(h)
		}
		ours := time.Since(at)
		at = time.Now()
		for range facts {
			sha256.Sum256(plain)
		}
		share = append(share, time.Since(at).Seconds()/ours.Seconds())
	}
	b.Tell(NewFigure("leaf hashing / SHA-256", "ratio", fmt.Sprintf("%d facts of %d bytes on average, in memory, one core", len(facts), len(plain)), share).atLeast(0.5))
	return nil
}

// replaying measures how fast every decision of the journal is asked again.
func (b *bench) replaying(ctx context.Context) error {
	var speed []float64
	decisions := int64(0)
	for round := range b.Rounds {
		b.Progress(fmt.Sprintf("replay, round %d of %d", round+1, b.Rounds))
		at := time.Now()
		r, err := b.Replay(ctx, nil)
		if err != nil {
			return err
		}
		if !r.Green() {
			return fmt.Errorf("replay: %v", r.Unequal)
		}
		decisions = r.Decisions
		speed = append(speed, float64(decisions)/time.Since(at).Seconds())
	}
	b.Tell(NewFigure("decisions replayed", "1/s", fmt.Sprintf("%d decisions read from the store, opened, asked and compared", decisions), speed))
	return nil
}

// linesPerBatch is how many questions the desk gets in one round.
const linesPerBatch = 200_000

// batch measures the desk on JSON lines beside encoding/json, which decodes and
// encodes the same lines on as many cores and decides nothing.
func (b *bench) batch(ctx context.Context) error {
	lines := questions(b.of(linesPerBatch))
	var first bytes.Buffer
	if err := b.Rules.Batch(ctx, bytes.NewReader(bytes.Join(lines[:100], nil)), &first); err != nil {
		return err
	}
	if n := bytes.Count(first.Bytes(), []byte(`"rule_version"`)); n != 100 {
		return fmt.Errorf("batch: %d of 100 lines were answered", n)
	}
	var speed, share []float64
	for round := range b.Rounds + 1 {
		b.Progress(fmt.Sprintf("batch, round %d of %d", round, b.Rounds))
		at := time.Now()
		if err := b.Rules.Batch(ctx, bytes.NewReader(bytes.Join(lines, nil)), io.Discard); err != nil {
			return err
		}
		ours := time.Since(at)
		at = time.Now()
		if err := plainJSON(ctx, lines); err != nil {
			return err
		}
		if round > 0 {
			speed = append(speed, float64(len(lines))/ours.Seconds())
			share = append(share, time.Since(at).Seconds()/ours.Seconds())
		}
	}
	b.Tell(NewFigure("decisions of the desk, batch", "1/s", fmt.Sprintf("%d JSON lines over five rules, read, decided and written", len(lines)), speed))
	b.Tell(NewFigure("desk batch / encoding/json", "ratio", "speed against decoding and encoding the same lines on as many cores", share))
	return nil
}

// questions are lines for the desk, over the rules of the test.
func questions(n int) [][]byte {
	given := []string{
		`{"id":%d,"rule":"after_test","given":{"result":"insufficient","warned":%t,"advice_recommended":true}}`,
		`{"id":%d,"rule":"scoring","given":{"weight_knowledge":2,"weight_experience":1}}`,
		`{"id":%d,"rule":"knockout","given":{"answers":{"need_advice":"no"},"other_correct":0.8}}`,
		`{"id":%d,"rule":"test_required","given":{"product":"mortgage","advice_given":%t}}`,
		`{"id":%d,"rule":"test_responsible","given":{"site":"intermediary","module":"provider","intermediary_mediates":%t}}`,
	}
	lines := make([][]byte, n)
	for i := range lines {
		line := given[i%len(given)]
		args := []any{i, i%2 == 0}
		lines[i] = fmt.Appendf(nil, line+"\n", args[:strings.Count(line, "%")]...)
	}
	return lines
}

func plainJSON(ctx context.Context, lines [][]byte) error {
	const block = 256
	return together(ctx, (len(lines)+block-1)/block, runtime.GOMAXPROCS(0), func(n int) error {
		for _, line := range lines[n*block : min((n+1)*block, len(lines))] {
			var q struct {
				ID    int            `json:"id"`
				Rule  string         `json:"rule"`
				Given map[string]any `json:"given"`
			}
			if err := json.Unmarshal(line, &q); err != nil {
				return err
			}
			if _, err := json.Marshal(q); err != nil {
				return err
			}
		}
		return nil
	})
}
