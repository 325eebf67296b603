package table

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"zorgplicht/calendar"
)

// ErrFormula is of a workbook with a cell that holds a formula: what it shows is
// not ours to know.
var ErrFormula = errors.New("a cell holds a formula")

// Text writes the first tab of a workbook as CSV with semicolons, row by row: only the
// texts that cells share are in memory together. A row stands on the line of its own number, so that what is said of a line is true of the row. In
// columns that hold days, numbers as Excel counts them become 2026-11-22.
func Text(book io.ReaderAt, size int64, days func(name string) bool, w io.Writer) error {
	out := csv.NewWriter(w)
	out.Comma = ';'
	var isDay []bool
	line := 1
	err := streamBook(book, size, func(r Record) error {
		if len(r.Formulas) > 0 {
			return ErrFormula
		}
		for i, c := range r.Cells {
			c = strings.Join(strings.Fields(c), " ") // a break in a cell would end the line
			if r.Cells[i] = c; line == 1 {
				isDay = append(isDay, days(c))
			} else if i < len(isDay) && isDay[i] {
				r.Cells[i] = day(c)
			}
		}
		for len(r.Cells) < len(isDay) { // empty cells at the end are not written
			r.Cells = append(r.Cells, "")
		}
		for ; line > 1 && line < r.Row; line++ {
			out.Flush()
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		line++
		return out.Write(r.Cells)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

var first = calendar.MustParse("1899-12-30")

// day reads a number of days as Excel counts them; all else stays as it is.
func day(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil || n < 61 || n > 400_000 {
		return s
	}
	return first.AddDays(n).String()
}
