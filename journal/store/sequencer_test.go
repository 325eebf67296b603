package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

func TestAFilledJournalIsGreen(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.green() // an empty one
		erased := b.filled()
		r := b.green()
		if r.Facts != 7 || r.Size != 6 || r.Waiting != 1 || r.Erased != 1 || r.Payloads != 6 || r.Checkpoints != 3 {
			t.Errorf("counted %+v", r)
		}
		f, err := Reader{b.db}.Fact(t.Context(), firmA, erased)
		must(t, err)
		if !f.Erased || f.Payload != nil || f.Salt != nil || f.Position != 1 {
			t.Errorf("the erased fact reads as %+v", f)
		}
	})
}

func TestAFactIsKeptOnlyWithItsTransaction(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		stop := errors.New("the change it tells of did not work")
		err := b.db.Write(t.Context(), firmA, func(tx *sqldb.Tx) error {
			if err := b.pen.Append(tx, b.fact(firmA, "attempt-1", 1)); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if n := b.step(); n != 0 {
			t.Errorf("%d facts were sequenced of a transaction that was undone", n)
		}
		b.green()
	})
}

func TestThePenRefuses(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for name, change := range map[string]func(*journal.Fact){
			"a fact of another firm":               func(f *journal.Fact) { f.Firm = firmB },
			"an id that is no UUIDv7":              func(f *journal.Fact) { f.ID = "7" },
			"a kind without a version":             func(f *journal.Fact) { f.Kind = "bench.measured" },
			"a subject with a line break":          func(f *journal.Fact) { f.Subject = "a\nb" },
			"a payload with spaces":                func(f *journal.Fact) { f.Payload = []byte(`{"by": "x"}`) },
			"a payload that does not say who":      func(f *journal.Fact) { f.Payload = []byte(`{"n":1}`) },
			"a payload that is no JSON":            func(f *journal.Fact) { f.Payload = []byte(`by me`) },
			"an erasure that bypasses Erase":       func(f *journal.Fact) { f.Kind, f.Erases = journal.ErasedKind, b.id() },
			"a fact whose moment is not filled in": func(f *journal.Fact) { f.Recorded = time.Time{} },
		} {
			f := b.fact(firmA, "attempt-1", 1)
			change(&f)
			err := b.db.Write(t.Context(), firmA, func(tx *sqldb.Tx) error { return b.pen.Append(tx, f) })
			if err == nil {
				t.Errorf("%s was appended", name)
			}
		}
		if n := b.step(); n != 0 {
			t.Errorf("%d refused facts were kept", n)
		}
	})
}

func TestErase(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		sealed := b.fact(firmA, "bank", 1)
		sealed.Sealed = true
		plain := b.fact(firmA, "attempt-1", 2)
		b.append(sealed, plain)
		b.step()
		must(t, b.erase(firmA, plain.ID))
		tells, err := Reader{b.db}.Subject(t.Context(), firmA, "attempt-1")
		must(t, err)
		if len(tells) != 2 || tells[1].Erases != plain.ID || tells[1].Kind != journal.ErasedKind {
			t.Fatalf("the subject's facts do not tell of the erasure: %+v", tells)
		}
		for _, c := range []struct {
			name, fact, reason string
			kind               fault.Kind
		}{
			{"a payload is erased once", plain.ID, "already-erased", fault.Conflict},
			{"a sealed thing stays", sealed.ID, "sealed-fact-stays", fault.Conflict},
			{"an erasure stays", tells[1].ID, "erasure-stays", fault.Conflict},
			{"an unknown fact is not found", b.id(), "fact-unknown", fault.NotFound},
		} {
			if err := b.erase(firmA, c.fact); !fault.Is(err, c.kind) || !fault.Has(err, c.reason) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
		if err := b.erase(firmB, sealed.ID); !fault.Has(err, "fact-unknown") {
			t.Errorf("another firm's fact: got %v", err)
		}
		b.step()
		b.green()
	})
}

// The triggers bind the owner of the tables too, unless he takes them away.
func TestNothingElseChanges(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.filled()
		if b.db.Engine() == sqldb.Postgres {
			_, err := b.owner.Exec(`set session_replication_role = origin`)
			must(t, err)
		}
		for _, text := range []string{
			`update journal_fact set subject = 'x'`, `delete from journal_fact`,
			`update journal_payload set firm = firm`, `delete from journal_payload`,
			`update journal_leaf set position = position + 100`, `delete from journal_leaf`,
			`update journal_hash set idx = idx + 100`, `delete from journal_hash`,
			`update journal_checkpoint set at = 0`, `delete from journal_checkpoint`,
			`update journal_head set size = size - 1`, `delete from journal_head`,
		} {
			if _, err := b.owner.Exec(text); err == nil {
				t.Errorf("went through: %s", text)
			}
		}
		b.green()
	})
}

func TestTwoSequencersGiveOneGaplessOrder(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		other := *b.seq
		other.DB = sqldbtest.Open(t, b.address, sqldb.Options{PoolSize: 4})
		b.seq.Batch, other.Batch = 7, 5
		b.seq.Every, other.Every = time.Millisecond, time.Millisecond
		ctx, stop := context.WithCancel(t.Context())
		var sequencers, writers sync.WaitGroup
		for _, s := range []*Sequencer{b.seq, &other} {
			s.Failed = func(err error) { t.Errorf("step: %v", err) }
			sequencers.Go(func() { s.Run(ctx) })
		}
		for range 4 {
			writers.Go(func() {
				for n := range 50 {
					f := b.fact(firmA, "attempt-1", n)
					if err := b.db.Write(ctx, firmA, func(tx *sqldb.Tx) error { return b.pen.Append(tx, f) }); err != nil {
						t.Errorf("append: %v", err)
					}
				}
			})
		}
		writers.Wait()
		for b.verify(journal.VerifyOptions{}).Waiting > 0 && !t.Failed() {
			time.Sleep(5 * time.Millisecond)
		}
		stop()
		sequencers.Wait()
		r := b.green()
		if r.Size != 200 || r.Waiting != 0 || r.Checkpoints < 200/7 {
			t.Errorf("after 200 facts: %+v", r)
		}
	})
}

func TestAClockThatGoesBackStandsStill(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.append(b.fact(firmA, "attempt-1", 1))
		b.step()
		b.append(b.fact(firmA, "attempt-1", 2))
		b.now = b.now.Add(-time.Hour)
		b.step()
		r := b.green()
		if r.Checkpoints != 2 || !r.Latest.At.Equal(start) {
			t.Errorf("the second checkpoint says %s", r.Latest.At)
		}
	})
}

func TestAFactThatWaitsTooLongIsReported(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.append(b.fact(firmA, "attempt-1", 1))
		if r := b.verify(journal.VerifyOptions{Now: b.now.Add(10 * time.Second)}); !r.Green() {
			t.Errorf("after ten seconds: %v", r.Findings)
		}
		r := b.verify(journal.VerifyOptions{Now: b.now.Add(10*time.Second + time.Millisecond)})
		if r.Found != 1 || r.Findings[0].Code != "waiting-too-long" {
			t.Errorf("after more than ten seconds: %v", r.Findings)
		}
	})
}
