package criteria_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"zorgplicht/criteria"
	"zorgplicht/criteria/yardstick"
	"zorgplicht/ident"
)

var someSalt = ident.HashOf([]byte("salt"))

// written is a portfolio as a column file.
func written(t interface {
	Helper()
	Fatal(...any)
}, p *criteria.Program, rows []criteria.Row,
) []byte {
	t.Helper()
	var fields []int
	for i, f := range p.Fields() {
		if !f.Run {
			fields = append(fields, i)
		}
	}
	var b bytes.Buffer
	w, err := p.NewColumnsWriter(&b, someSalt, fields)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		cells := make([]criteria.Cell, len(fields))
		for k, f := range fields {
			cells[k] = r[f]
		}
		if err := w.Add(fmt.Sprintf("C-%d", i), cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ran is a run over a column file.
func ran(t interface {
	Helper()
	Fatal(...any)
}, p *criteria.Program, file []byte,
) (*criteria.Columns, *criteria.RunOutcome, *criteria.RunSum, []byte) {
	t.Helper()
	c, err := criteria.OpenColumns(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	sum, err := p.ScreenColumns(context.Background(), someDay, ident.HashOf([]byte("set")), ident.HashOf(file), c, &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	o, err := criteria.OpenRunOutcome(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return c, o, sum, out.Bytes()
}

func drawRows(t *rapid.T, p *criteria.Program) []criteria.Row {
	few := make([]criteria.Row, rapid.IntRange(1, 30).Draw(t, "few"))
	for i := range few {
		few[i] = drawRow(t, p)
	}
	rows := make([]criteria.Row, rapid.SampledFrom([]int{0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 2047, 5000}).Draw(t, "rows"))
	for i := range rows {
		rows[i] = few[(i*7+i/64)%len(few)]
	}
	return rows
}

func TestARunOverAColumnFileSaysWhatTheRowsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, aboutKnowing)
		rows := drawRows(t, p)
		c, o, sum, _ := ran(t, p, written(t, p, rows))
		if c.Rows != len(rows) || sum.Rows != len(rows) {
			t.Fatalf("%d and %d rows, want %d", c.Rows, sum.Rows, len(rows))
		}
		counted := make([]int, len(sum.Categories))
		for i, row := range rows {
			d := p.Decide(someDay, row)
			counted[d.Category]++
			if i%311 > 0 {
				continue // a stripe is read for each
			}
			id, cells, err := c.Row(p, someDay, i)
			if err != nil || id != fmt.Sprintf("C-%d", i) {
				t.Fatalf("row %d is %q, %v", i, id, err)
			}
			for f := range cells {
				if !p.Fields()[f].Run && cells[f] != row[f] {
					t.Fatalf("row %d field %d: %v, want %v", i, f, cells[f], row[f])
				}
			}
		}
		for k, n := range counted {
			if sum.Categories[k].Count != n {
				t.Fatalf("category %d has %d, want %d", k, sum.Categories[k].Count, n)
			}
			var list []criteria.RunRow
			err := o.Each(c, nil, criteria.RunFilter{Category: k + 1}, 0, func(r criteria.RunRow) bool {
				list = append(list, r)
				return true
			})
			if err != nil || len(list) != n {
				t.Fatalf("category %d lists %d, want %d, %v", k, len(list), n, err)
			}
			for _, x := range list {
				if d := p.Decide(someDay, rows[x.Row]); d.Category != k || d.Highest != x.Highest || !slices.Equal(x.Truths, p.Truths(someDay, rows[x.Row])) {
					t.Fatalf("row %d is listed as %+v", x.Row, x)
				}
			}
		}
	})
}

func TestEveryContractCanBeProved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, aboutKnowing)
		rows := drawRows(t, p)
		c, o, sum, _ := ran(t, p, written(t, p, rows))
		if len(rows) == 0 {
			return
		}
		at := rapid.IntRange(0, len(rows)-1).Draw(t, "at")
		proof, err := o.Prove(p, c, at)
		if err != nil {
			t.Fatal(err)
		}
		again, err := criteria.ParseProof(proof.Text())
		if err != nil || again.Check() != nil || again.Root != sum.Root {
			t.Fatalf("proof read back: %v, root %v of %v", err, again.Root, sum.Root)
		}
		said, err := again.Read(p)
		if err != nil || said.ID != fmt.Sprintf("C-%d", at) || !slices.Equal(said.Truths, p.Truths(someDay, rows[at])) {
			t.Fatalf("the proof says %+v, %v", said, err)
		}
		for i, f := range p.Fields() {
			if !f.Run && said.Row[i] != rows[at][i] {
				t.Fatalf("field %s: the proof says %v, the row %v", f.Name, said.Row[i], rows[at][i])
			}
		}
		again.Leaf[rapid.IntRange(0, len(again.Leaf)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if again.Check() == nil {
			t.Fatal("a leaf that was changed still stands under the root")
		}
	})
}

// The root over blocks is the root of the tree over all rows that x/mod makes.
func TestTheRootIsThatOfTheTreeOverAllRows(t *testing.T) {
	p := read(t, "testdata/beheer.yaml")
	for _, n := range []int{1, 2, 5, 1024, 1027} {
		rows := yardstick.Rows(new(yardstick.Chance), p, n)
		c, o, sum, _ := ran(t, p, written(t, p, rows))
		var hashes []tlog.Hash
		read := tlog.HashReaderFunc(func(at []int64) (list []tlog.Hash, _ error) {
			for _, i := range at {
				list = append(list, hashes[i])
			}
			return list, nil
		})
		for i := range n {
			proof, err := o.Prove(p, c, i)
			if err != nil {
				t.Fatal(err)
			}
			more, err := tlog.StoredHashes(int64(i), proof.Leaf, read)
			if err != nil {
				t.Fatal(err)
			}
			hashes = append(hashes, more...)
		}
		want, err := tlog.TreeHash(int64(n), read)
		if err != nil || ident.Hash(want) != sum.Root {
			t.Fatalf("%d rows: root %v, the tree has %v, %v", n, sum.Root, want, err)
		}
	}
}
