package pdf

import (
	"io"
	"testing"
)

// The budget is 20 ms for two pages.
func BenchmarkTwoPages(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := specimen().Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkThousandParagraphs(b *testing.B) {
	b.ReportAllocs()
	d := long(1000)
	for b.Loop() {
		if err := d.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// long is a document of n paragraphs, with some of everything between them.
func long(n int) Document {
	d := specimen()
	more := d.Blocks
	d.Blocks = nil
	for i := range n {
		d.Blocks = append(d.Blocks, more[0])
		if i%50 == 0 {
			d.Blocks = append(d.Blocks, more...)
		}
	}
	return d
}
