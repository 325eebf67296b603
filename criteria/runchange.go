package criteria

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"
	"slices"
)

// Nowhere is the category of a contract in a run that did not have it.
const Nowhere = -1

// A RunMove is how many contracts went from one category to another since the run
// before. Categories are told by name: versions of a set may order them anew.
type RunMove struct {
	From  string `json:"from"` // "" for a contract that is new
	To    string `json:"to"`   // "" for one that is gone
	Count int    `json:"count"`
}

// A RunChange is one contract that moved.
type RunChange struct {
	From, To int // categories of the run before, and of this run; Nowhere
	Row      int // in this run; of a contract that is gone, in the run before
}

// changeSize is how many bytes a change takes in its file.
const changeSize = 6

// atOnce is how many contracts of the run before are held in memory at a time.
const atOnce = 1 << 20

// Changes holds a run against the one before it, by the names of the contracts, and
// writes each that moved: those of this run by row, then those that are gone. The
// two runs may be over the same file or over another.
func Changes(before, now *RunOutcome, old, fresh *Columns, w io.Writer) ([]RunMove, error) {
	from, err := before.levels()
	if err != nil {
		return nil, err
	}
	to, err := now.levels()
	if err != nil {
		return nil, err
	}
	var list []RunChange
	if before.outcomeHead.Columns == now.outcomeHead.Columns {
		list = inPlace(before, now, from, to)
	} else if list, err = byName(before, now, old, fresh, from, to); err != nil {
		return nil, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	for _, c := range list {
		b := binary.LittleEndian.AppendUint32([]byte{byte(c.From), byte(c.To)}, uint32(c.Row))
		if _, err := out.Write(b); err != nil {
			return nil, err
		}
	}
	return moves(before, now, list), out.Flush()
}

// same reports for each category of the run before which of this run has its name.
func (o *RunOutcome) same(name string) int { return slices.Index(o.Categories, name) }

func inPlace(before, now *RunOutcome, from, to []uint8) (list []RunChange) {
	match := matching(before, now)
	for row := range to {
		if match[from[row]] != int(to[row]) {
			list = append(list, RunChange{int(from[row]), int(to[row]), row})
		}
	}
	return list
}

func matching(before, now *RunOutcome) (match []int) {
	for _, name := range before.Categories {
		match = append(match, now.same(name))
	}
	return match
}

// byName takes part of the names at a time, so that memory stays bounded.
func byName(before, now *RunOutcome, old, fresh *Columns, from, to []uint8) (list []RunChange, err error) {
	match := matching(before, now)
	parts := uint32(old.Rows/atOnce + 1)
	var gone []RunChange
	for part := range parts {
		known := map[string]int{}
		if err := old.eachName(part, parts, func(row int, id string) { known[id] = row }); err != nil {
			return nil, err
		}
		err := fresh.eachName(part, parts, func(row int, id string) {
			was, ok := known[id]
			delete(known, id)
			switch {
			case !ok:
				list = append(list, RunChange{Nowhere, int(to[row]), row})
			case match[from[was]] != int(to[row]):
				list = append(list, RunChange{int(from[was]), int(to[row]), row})
			}
		})
		if err != nil {
			return nil, err
		}
		for _, row := range known {
			gone = append(gone, RunChange{int(from[row]), Nowhere, row})
		}
	}
	byRow := func(a, b RunChange) int { return cmp.Compare(a.Row, b.Row) }
	slices.SortFunc(list, byRow)
	slices.SortFunc(gone, byRow)
	return append(list, gone...), nil
}

// eachName gives the names of one part, told apart by their hash.
func (c *Columns) eachName(part, parts uint32, fn func(row int, id string)) error {
	for i := range c.starts {
		ids, err := c.IDs(i)
		if err != nil {
			return err
		}
		for k, id := range ids {
			if parts > 1 {
				h := fnv.New32a()
				_, _ = h.Write([]byte(id))
				if h.Sum32()%parts != part {
					continue
				}
			}
			fn(i*StripeRows+k, id)
		}
	}
	return nil
}

// moves counts changes by kind, in the order of the categories.
func moves(before, now *RunOutcome, list []RunChange) []RunMove {
	counted := map[[2]int]int{}
	for _, c := range list {
		counted[[2]int{c.From, c.To}]++
	}
	out := []RunMove{}
	for from := Nowhere; from < len(before.Categories); from++ {
		for to := Nowhere; to < len(now.Categories); to++ {
			if n := counted[[2]int{from, to}]; n > 0 {
				out = append(out, RunMove{nameAt(before.Categories, from), nameAt(now.Categories, to), n})
			}
		}
	}
	return out
}

func nameAt(list []string, i int) string {
	if i < 0 {
		return ""
	}
	return list[i]
}

// ListChanges reads at most so many changes of a file from this number on: those
// from one category to another, or all where both are below Nowhere. It returns
// the number to go on from, -1 where there are no more.
func ListChanges(r io.ReaderAt, size int64, from, to, at, most int) (list []RunChange, next int, err error) {
	const portion = 8192
	b := make([]byte, portion*changeSize)
	for n := int(size / changeSize); at < n; {
		k := min(portion, n-at)
		if _, err := r.ReadAt(b[:k*changeSize], int64(at)*changeSize); err != nil {
			return nil, 0, err
		}
		for i := range k {
			c := RunChange{int(int8(b[i*changeSize])), int(int8(b[i*changeSize+1])), int(binary.LittleEndian.Uint32(b[i*changeSize+2:]))}
			if from >= Nowhere && c.From != from || to >= Nowhere && c.To != to {
				continue
			}
			if len(list) == most {
				return list, at + i, nil
			}
			list = append(list, c)
		}
		at += k
	}
	return list, -1, nil
}
