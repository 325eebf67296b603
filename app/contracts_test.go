package app

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/sqldb"
)

// aParquet is a portfolio as Parquet: contract n is n months behind.
func aParquet(t *testing.T, contracts int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[struct {
		ID          string `parquet:"id"`
		Achterstand int32  `parquet:"achterstand"`
	}](&b)
	rows := make([]struct {
		ID          string `parquet:"id"`
		Achterstand int32  `parquet:"achterstand"`
	}, contracts)
	for i := range rows {
		rows[i].ID, rows[i].Achterstand = fmt.Sprintf("C-%d", i), int32(i)
	}
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func aWorkbook(t *testing.T, contracts int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	_ = f.SetSheetRow("Sheet1", "A1", &[]any{"id", "achterstand"})
	for i := range contracts {
		_ = f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &[]any{fmt.Sprintf("C-%d", i), i})
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scraps are what lies in the folder of portfolios without a name.
func (h *house) scraps(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(h.portfolios(), "*", ".new-*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// peeks tells what lies there while it is read.
type peeks struct {
	io.Reader
	peek func()
}

func (p peeks) Read(b []byte) (int, error) {
	p.peek()
	return p.Reader.Read(b)
}

func TestAPortfolioComesAsAnyKindOfFile(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "nowhere")) // it is never written to
	var csv strings.Builder
	csv.WriteString("id;achterstand\n")
	for i := range 10 {
		fmt.Fprintf(&csv, "C-%d;%d\n", i, i)
	}
	spooled := 0
	for _, c := range []struct {
		kind string
		file []byte
	}{{"csv", []byte(csv.String())}, {"parquet", aParquet(t, 10)}, {"xlsx", aWorkbook(t, 10)}} {
		in := peeks{bytes.NewReader(c.file), func() { spooled = max(spooled, len(h.scraps(t))) }}
		p, err := h.screenDesk().Load(t.Context(), h.operator(), criteria.LoadOrder{Name: c.kind, Set: "aandacht"}, in)
		if err != nil || p.Newest().Loaded.Rows != 10 || p.Newest().Loaded.Bad != 0 {
			t.Fatalf("%s: %+v, %v", c.kind, p, err)
		}
		r, err := h.Screener.Start(t.Context(), h.operator(), criteria.RunOrder{Portfolio: p.ID, Set: "aandacht"})
		if err == nil {
			err = h.Screener.Work(t.Context(), h.firm, r.ID, func() bool { return false })
		}
		if err == nil {
			r, err = h.Screener.Run(t.Context(), h.operator(), r.ID)
		}
		if err != nil || r.Sum.Categories[1].Count != 7 {
			t.Errorf("%s: %+v, %v", c.kind, r.Sum, err)
		}
	}
	if spooled == 0 {
		t.Error("a stream of Parquet does not wait beside the portfolios")
	}
	if left := h.scraps(t); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAPortfolioThatCannotBeReadIsNotKept(t *testing.T) {
	h := newHouse(t, sqldb.SQLite)
	if err := h.publishSet(t.Context(), h.firm, "aandacht", attention(1, 3), "id;achterstand\nC1;4\n"); err != nil {
		t.Fatal(err)
	}
	whole := aParquet(t, 1000)
	torn := bytes.Clone(whole)
	copy(torn[4:400], make([]byte, 396)) // the end, which is read first, is as it was
	formula := excelize.NewFile()
	defer formula.Close()
	_ = formula.SetCellFormula("Sheet1", "A1", "=1+1")
	var b bytes.Buffer
	if err := formula.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		file []byte
		code string
	}{
		{"Parquet that was cut off", whole[:len(whole)-20], "file-unread"},
		{"Parquet that is damaged in its midst", torn, "file-unread"},
		{"a workbook that is none", []byte("PK\x03\x04 en dan niets"), "file-unread"},
		{"a workbook with a formula", b.Bytes(), "formula"},
		{"a column of citizen service numbers", []byte("id;achterstand;bsn\nC1;4;1\n"), criteria.BSNColumn},
		{"names that are citizen service numbers", []byte("id;achterstand\n900000004;1\n900000016;1\n900000028;1\n"), criteria.BSNColumn},
	} {
		_, err := h.screenDesk().Load(t.Context(), h.operator(), criteria.LoadOrder{Name: "Hypotheken", Set: "aandacht"}, bytes.NewReader(c.file))
		f := fault.As(err)
		if f == nil || f.Reason != criteria.BadFile || len(f.Details) == 0 || f.Details[0].Reason != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	list, err := h.Screener.Portfolios(t.Context(), h.operator())
	if err != nil || len(list) != 0 {
		t.Errorf("kept %v, %v", list, err)
	}
	kept, err := os.ReadDir(filepath.Join(h.portfolios(), string(h.firm)))
	if err != nil || len(kept) != 0 {
		t.Errorf("left behind: %v, %v", kept, err)
	}
}
