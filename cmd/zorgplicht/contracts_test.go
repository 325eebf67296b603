package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// contracts makes a Parquet file or a workbook of a CSV file, by the ending of its
// name. In Parquet a column of whole numbers holds numbers, and an empty cell nothing:
//
//	contracts good.csv good.parquet
func contracts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: contracts from.csv to.parquet")
	}
	r := csv.NewReader(strings.NewReader(ts.ReadFile(args[0])))
	r.Comma = ';'
	rows, err := r.ReadAll()
	ts.Check(err)
	var b bytes.Buffer
	if strings.HasSuffix(args[1], ".xlsx") {
		ts.Check(book(&b, rows))
	} else {
		ts.Check(parquetFile(&b, rows))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o600))
}

// many writes so many good contracts and one row more:
//
//	many many.csv 30000 'X;121'
func many(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: many file number row")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b strings.Builder
	b.WriteString("id;achterstand\n")
	for i := range n {
		fmt.Fprintf(&b, "C%d;1\n", i)
	}
	b.WriteString(args[2] + "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

func book(b *bytes.Buffer, rows [][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			return err
		}
	}
	return f.Write(b)
}

func parquetFile(b *bytes.Buffer, rows [][]string) error {
	group := parquet.Group{}
	numbers := make([]bool, len(rows[0]))
	for c, name := range rows[0] {
		numbers[c] = true
		for _, row := range rows[1:] {
			_, err := strconv.Atoi(row[c])
			numbers[c] = numbers[c] && (err == nil || row[c] == "")
		}
		group[name] = parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
		if numbers[c] {
			group[name] = parquet.Optional(parquet.Int(64))
		}
	}
	w := parquet.NewWriter(b, parquet.NewSchema("contracten", group), parquet.MaxRowsPerRowGroup(2))
	for _, cells := range rows[1:] {
		row := parquet.Row{}
		for place, path := range w.Schema().Columns() {
			for c, name := range rows[0] {
				if name == path[0] {
					row = append(row, cellOf(cells[c], numbers[c], place))
				}
			}
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return fmt.Errorf("write row: %w", err)
		}
	}
	return w.Close()
}

func cellOf(s string, number bool, place int) parquet.Value {
	if s == "" {
		return parquet.NullValue().Level(0, 0, place)
	}
	if n, err := strconv.ParseInt(s, 10, 64); number && err == nil {
		return parquet.Int64Value(n).Level(0, 1, place)
	}
	return parquet.ByteArrayValue([]byte(s)).Level(0, 1, place)
}
