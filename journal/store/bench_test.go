package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"zorgplicht/internal/sqldb"
	"zorgplicht/internal/sqldb/sqldbtest"
	"zorgplicht/journal"
)

// BenchmarkVerify tells how verification relates to a bare scan of the same rows
// by as many readers: "of-scan" is the share of its speed. The budget is 0.7.
func BenchmarkVerify(b *testing.B) {
	for _, e := range sqldbtest.Engines() {
		for _, size := range []int{50, 1000, 5000} {
			b.Run(fmt.Sprintf("%s/payload=%d", e, size), func(b *testing.B) { benchVerify(b, e, size) })
		}
	}
}

func benchVerify(b *testing.B, e sqldb.Engine, size int) {
	j := newBench(b, e)
	const n = 20_000
	j.padding = strings.Repeat("x", size)
	j.many(n)
	var verify, bare time.Duration
	for b.Loop() {
		at := time.Now()
		r, err := journal.Verify(b.Context(), Source{j.db}, journal.VerifyOptions{Verifier: j.verifier, Workers: 2})
		if err != nil || !r.Green() {
			b.Fatal(err, r)
		}
		verify += time.Since(at)
		at = time.Now()
		must(b, Source{j.db}.Scan(b.Context(), n, 2))
		bare += time.Since(at)
	}
	b.ReportMetric(bare.Seconds()/verify.Seconds(), "of-scan")
	b.ReportMetric(float64(b.N)*n/verify.Seconds(), "facts/s")
}

// BenchmarkAppend tells how many facts a second are appended, each in its own
// durable transaction by 32 writers, and sequenced and signed beside it.
func BenchmarkAppend(b *testing.B) {
	for _, e := range sqldbtest.Engines() {
		b.Run(string(e), func(b *testing.B) {
			j := newBench(b, e)
			ctx, stop := context.WithCancel(b.Context())
			var sequencer sync.WaitGroup
			sequencer.Go(func() { j.seq.Run(ctx) })
			b.SetParallelism(16)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					f := j.fact(firmA, "attempt-1", 1)
					if err := j.db.Write(ctx, firmA, func(t *sqldb.Tx) error { return j.pen.Append(t, f) }); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
			b.StopTimer()
			stop()
			sequencer.Wait()
		})
	}
}

// BenchmarkSequence tells how many waiting facts a second get their place.
func BenchmarkSequence(b *testing.B) {
	for _, e := range sqldbtest.Engines() {
		b.Run(string(e), func(b *testing.B) {
			j := newBench(b, e)
			j.padding = strings.Repeat("x", 1000)
			moved := 0
			var spent time.Duration
			for b.Loop() {
				must(b, j.db.Write(b.Context(), firmA, func(t *sqldb.Tx) error {
					for i := range 1000 {
						if err := j.pen.Append(t, j.fact(firmA, "attempt-1", i)); err != nil {
							return err
						}
					}
					return nil
				}))
				at := time.Now()
				moved += j.step()
				spent += time.Since(at)
			}
			b.ReportMetric(float64(moved)/spent.Seconds(), "facts/s")
		})
	}
}
