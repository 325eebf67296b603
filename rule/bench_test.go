package rule_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"zorgplicht/canon"
)

// BenchmarkBatch reports decisions a second with reading and writing; the budget
// is 200,000 on two cores.
func BenchmarkBatch(b *testing.B) {
	r := registry(b)
	var lines bytes.Buffer
	for i := range 100_000 {
		fmt.Fprintf(&lines, `{"id":%d,"rule":"ceiling","given":{"asked":"100000.%02d","most":"100050"}}`+"\n", i, i%100)
	}
	for b.Loop() {
		if err := r.Batch(b.Context(), bytes.NewReader(lines.Bytes()), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "decisions/s")
}

// BenchmarkDecide reports what it costs to decide and to make the decision that is kept.
func BenchmarkDecide(b *testing.B) {
	for b.Loop() {
		_, d := ceiling.Decide(question("100000.25", "100050"))
		canon.Must(d)
	}
}
