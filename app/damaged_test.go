package app

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// damagedBook is a small portfolio of a kind, of which bits of some bytes were turned
// and bytes left out; below draws a number below another.
func damagedBook(files map[string][]byte, below func(int) int) []byte {
	file := bytes.Clone(files[[]string{"csv", "parquet", "xlsx"}[below(3)]])
	for range 1 + below(3) {
		file[below(len(file))] ^= byte(below(256))
	}
	from := below(len(file))
	gone := []int{0, 0, 1, 7, len(file)}[below(5)]
	return append(file[:from:from], file[min(from+gone, len(file)):]...)
}

// wellSaid holds that each fault has a place and says what to do.
func wellSaid(t interface{ Fatalf(string, ...any) }, wrong []criteria.BadCell) {
	for _, b := range wrong {
		if b.Line < 2 || b.Code == "" || !strings.HasSuffix(b.Text, ".") {
			t.Fatalf("a fault without a place or a mend: %+v", b)
		}
	}
}

func TestADamagedFileIsScreenedWithItsBadRowsNamedOrRefusedByName(t *testing.T) {
	program, err := criteria.Read([]byte(attention(1, 3)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"csv": []byte(aBook(40, 0)), "parquet": aParquet(t, 40), "xlsx": aWorkbook(t, 40)}
	t.Setenv("TMPDIR", t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		file := damagedBook(files, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "draw") })
		var out bytes.Buffer
		named := 0
		s := Screening{Program: program, Day: calendar.MustParse("2026-06-01"), ID: "id", Bad: func(criteria.BadCell) error { named++; return nil }}
		done, err := s.Run(t.Context(), bytes.NewReader(file), &out)
		if err != nil {
			f := fault.As(err)
			if f == nil || f.Reason != criteria.BadFile || len(f.Details) == 0 || f.Details[0].Text == "" {
				t.Fatalf("refused without a name: %v", err)
			}
			return
		}
		wellSaid(t, done.Wrong)
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\uFEFF"))))
		r.Comma = ';'
		lines, err := r.ReadAll()
		if err != nil || len(lines) != done.Rows+1 || done.Bad > len(done.Wrong) || named != len(done.Wrong) {
			t.Fatalf("%d lines, %d rows, %d bad in %d faults, %d told: %v", len(lines), done.Rows, done.Bad, len(done.Wrong), named, err)
		}
	})
}

func TestADamagedPortfolioIsKeptWholeOrNotAtAll(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"csv": []byte(aBook(20, 0)), "parquet": aParquet(t, 20), "xlsx": aWorkbook(t, 20)}
	desk, kept, lists, draw := h.screenDesk(), 0, map[ident.Hash]bool{}, rand.New(rand.NewPCG(5, 6))
	for n := range 40 {
		file := damagedBook(files, draw.IntN)
		p, err := desk.Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Boek " + strconv.Itoa(n), Set: "aandacht"}, bytes.NewReader(file))
		if err == nil {
			kept++
			if list := p.Newest().Faults; list != (ident.Hash{}) {
				lists[list] = true // of what was left out; two may be the same
			}
			wellSaid(t, p.Newest().Loaded.Shown)
		} else if f := fault.As(err); f == nil || f.Reason != criteria.BadFile || len(f.Details) == 0 || f.Details[0].Text == "" {
			t.Fatalf("refused without a name: %v", err)
		}
	}
	if kept == 0 || kept == 40 {
		t.Errorf("%d of 40 were kept: this shows nothing", kept)
	}
	list, err := h.Screener.Portfolios(t.Context(), h.operator())
	if err != nil || len(list) != kept {
		t.Errorf("%d portfolios of %d that were kept, %v", len(list), kept, err)
	}
	if files, scraps := h.runFiles(t), h.scraps(t); len(files) != kept+len(lists) || len(scraps) != 0 {
		t.Errorf("%d files of %d that were kept and %d lists, and %v half done", len(files), kept, len(lists), scraps)
	}
}
