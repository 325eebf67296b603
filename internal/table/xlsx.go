package table

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// maxRows is how many rows a tab of a workbook holds, its heading included
// (ECMA-376); what is more goes to a next tab.
const maxRows = 1_048_576

// book writes a workbook. The rows go to a file of the system's temporary folder
// once they are more than 16 MB, readable by its owner only; Close removes it and
// sends the whole.
type book struct {
	sheet  Sheet
	w      io.Writer
	file   *excelize.File
	stream *excelize.StreamWriter
	most   int
	tabs   int
	row    int // last one written on this tab
	head   int // styles
	moment int
	cells  []any
}

func newBook(w io.Writer, s Sheet, most int) (*book, error) {
	b := &book{sheet: s, w: w, file: excelize.NewFile(), most: most}
	if err := b.start(); err != nil {
		b.file.Close()
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b, nil
}

func (b *book) start() (err error) {
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	format := "yyyy-mm-dd hh:mm"
	if b.moment, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return err
	}
	return b.tab()
}

// tab begins the first or next tab with the headings, which stay in sight.
func (b *book) tab() (err error) {
	name := b.sheet.Name
	if b.tabs++; b.tabs == 1 {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s (%d)", name, b.tabs)
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if b.stream, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	for i, c := range b.sheet.Columns {
		if err := b.stream.SetColWidth(i+1, i+1, float64(max(c.Width, 8))); err != nil {
			return err
		}
	}
	if err := b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	b.row = 0
	return b.put(b.sheet.names(), b.head)
}

func (b *book) Row(cells ...any) error {
	if err := b.sheet.fits(cells); err != nil {
		return err
	}
	if b.row == b.most {
		if err := b.stream.Flush(); err != nil {
			return err
		}
		if err := b.tab(); err != nil {
			return err
		}
	}
	return b.put(cells, 0)
}

// put writes texts as texts: a workbook says of each cell what it is, so that
// nothing is taken for a formula.
func (b *book) put(cells []any, style int) error {
	b.cells = b.cells[:0]
	for _, c := range cells {
		switch v := c.(type) {
		case nil:
			b.cells = append(b.cells, nil)
		case string, int:
			b.cells = append(b.cells, excelize.Cell{StyleID: style, Value: v})
		case time.Time:
			b.cells = append(b.cells, excelize.Cell{StyleID: b.moment, Value: local(v)})
		default:
			return fmt.Errorf("a %T is no cell", c)
		}
	}
	b.row++
	at, err := excelize.CoordinatesToCellName(1, b.row)
	if err != nil {
		return err
	}
	return b.stream.SetRow(at, b.cells)
}

func (b *book) Close() error {
	defer b.file.Close()
	if err := b.stream.Flush(); err != nil {
		return err
	}
	if err := b.about(); err != nil {
		return err
	}
	_, err := b.file.WriteTo(b.w)
	return err
}

// about is a tab that says which rows these are.
func (b *book) about() error {
	if len(b.sheet.About) == 0 {
		return nil
	}
	const name = "Selectie"
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	for i, line := range b.sheet.About {
		for j, s := range line {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(name, at, s); err != nil {
				return err
			}
		}
	}
	return b.file.SetColWidth(name, "A", "B", 32)
}
