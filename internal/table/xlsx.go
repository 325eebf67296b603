package table

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"zorgplicht/calendar"
)

// maxRows is how many rows a tab of a workbook holds, its heading included
// (ECMA-376); what is more goes to a next tab.
const maxRows = 1_048_576

// maxText is how many UTF-16 units a cell holds; Excel refuses a workbook with more.
const maxText = 32_767

// maxName is how many characters the name of a tab holds.
const maxName = 31

// The looks of a cell: places in the list of formats of the part "styles".
const (
	lookPlain = iota
	lookBold
	lookMoment
)

// book writes a workbook (ECMA-376, SpreadsheetML) row by row: each tab is a part
// of the archive that is sent as it comes, and the parts that name the tabs come
// last. Nothing waits in memory or in a file.
type book struct {
	sheet Sheet
	zip   *zip.Writer
	part  *bufio.Writer
	most  int
	tabs  []string
	row   int // last one written on this tab
	cell  []byte
}

func newBook(w io.Writer, s Sheet, most int) (*book, error) {
	if n := utf8.RuneCountInString(s.Name); n == 0 || n > maxName || strings.ContainsAny(s.Name, `[]:*?/\`) {
		return nil, fmt.Errorf("workbook: %q is no name of a tab", s.Name)
	}
	b := &book{sheet: s, zip: zip.NewWriter(w), part: bufio.NewWriterSize(nil, 32<<10), most: most}
	if err := b.list(); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b, nil
}

const (
	heading   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// tab begins the next tab: how wide its columns are, and whether its first row
// stays in sight.
func (b *book) tab(name string, widths []int, frozen bool) error {
	part, err := b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.tabs)+1))
	if err != nil {
		return err
	}
	b.tabs, b.row = append(b.tabs, name), 0
	b.part.Reset(part)
	b.part.WriteString(heading + `<worksheet ` + mainSpace + `>`)
	if frozen {
		b.part.WriteString(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	}
	b.part.WriteString(`<cols>`)
	for i, w := range widths {
		fmt.Fprintf(b.part, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, max(w, 8))
	}
	_, err = b.part.WriteString(`</cols><sheetData>`)
	return err
}

// list begins the first or next tab of rows, with the headings.
func (b *book) list() error {
	name, widths := b.sheet.Name, make([]int, len(b.sheet.Columns))
	if n := len(b.tabs); n > 0 {
		place := fmt.Sprintf(" (%d)", n+1)
		name = string([]rune(name)[:min(utf8.RuneCountInString(name), maxName-len(place))]) + place
	}
	for i, c := range b.sheet.Columns {
		widths[i] = c.Width
	}
	if err := b.tab(name, widths, true); err != nil {
		return err
	}
	return b.put(b.sheet.names(), lookBold)
}

func (b *book) end() error {
	b.part.WriteString(`</sheetData></worksheet>`)
	return b.part.Flush()
}

func (b *book) Row(cells ...any) error {
	if err := b.sheet.fits(cells); err != nil {
		return err
	}
	if b.row == b.most {
		if err := b.end(); err != nil {
			return err
		}
		if err := b.list(); err != nil {
			return err
		}
	}
	return b.put(cells, lookPlain)
}

// put writes a row. A text is written as a text: a workbook says of each cell what
// it is, so that nothing is taken for a formula.
func (b *book) put(cells []any, look int) error {
	for _, c := range cells {
		switch c.(type) {
		case nil, string, int, time.Time:
		default:
			return fmt.Errorf("a %T is no cell", c)
		}
	}
	b.row++
	b.cell = append(b.cell[:0], `<row r="`...)
	b.cell = strconv.AppendInt(b.cell, int64(b.row), 10)
	b.cell = append(b.cell, `">`...)
	b.part.Write(b.cell)
	for i, c := range cells {
		if err := b.write(i, c, look); err != nil {
			return err
		}
	}
	_, err := b.part.WriteString(`</row>`)
	return err
}

// write writes one cell; the error of a reader who left comes with the next one
// that fills the buffer.
func (b *book) write(column int, value any, look int) (err error) {
	if value == nil {
		return nil
	}
	if _, ok := value.(time.Time); ok {
		look = lookMoment
	}
	b.cell = append(appendColumn(append(b.cell[:0], `<c r="`...), column), strconv.Itoa(b.row)...)
	if look != lookPlain {
		b.cell = append(append(b.cell, `" s="`...), byte('0'+look))
	}
	switch v := value.(type) {
	case string:
		b.cell = append(b.cell, `" t="inlineStr"><is><t xml:space="preserve">`...)
		b.part.Write(b.cell)
		if err = xml.EscapeText(b.part, []byte(cellText(v))); err == nil {
			_, err = b.part.WriteString(`</t></is></c>`)
		}
		return err
	case int:
		b.cell = strconv.AppendInt(append(b.cell, `"><v>`...), int64(v), 10)
	case time.Time:
		b.cell = strconv.AppendFloat(append(b.cell, `"><v>`...), serial(v), 'f', -1, 64)
	}
	b.cell = append(b.cell, `</v></c>`...)
	_, err = b.part.Write(b.cell)
	return err
}

// appendColumn writes the letters of a column: 0 is A, 26 is AA.
func appendColumn(to []byte, column int) []byte {
	if column >= 26 {
		to = appendColumn(to, column/26-1)
	}
	return append(to, byte('A'+column%26))
}

// day0 is the day that workbooks call 0, as they count from March 1900 on.
var day0 = calendar.MustParse("1899-12-30")

// serial is a moment as a workbook counts it: days, and of the day the part that
// the clock on the wall in Amsterdam says has passed.
func serial(t time.Time) float64 {
	l := local(t)
	return float64(day0.DaysUntil(calendar.Of(l))) + float64(l.Hour()*3600+l.Minute()*60+l.Second())/86_400
}

// cellText is the text as a cell holds it: what is too long ends in an ellipsis, and
// what a workbook would read as the number of a character (_x0041_) is kept from it.
func cellText(s string) string {
	if len(s) > maxText {
		if units := utf16.Encode([]rune(s)); len(units) > maxText {
			units = units[:maxText-1]
			if last := len(units) - 1; units[last] >= 0xD800 && units[last] < 0xDC00 { // half a character
				units = units[:last]
			}
			s = string(utf16.Decode(units)) + "…"
		}
	}
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '_' && numbered(s[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// numbered reports whether the text begins with _x, four hexadecimal digits and _.
func numbered(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

func (b *book) Close() error {
	if err := b.end(); err != nil {
		return err
	}
	if err := b.about(); err != nil {
		return err
	}
	for _, p := range b.frame() {
		w, err := b.zip.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, heading+p.text)
		}
		if err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// about is a tab that says which rows these are.
func (b *book) about() error {
	if len(b.sheet.About) == 0 {
		return nil
	}
	if err := b.tab("Selectie", []int{32, 32}, false); err != nil {
		return err
	}
	for _, line := range b.sheet.About {
		if err := b.put([]any{line[0], line[1]}, lookPlain); err != nil {
			return err
		}
	}
	return b.end()
}

// frame is the parts that make tabs a workbook.
func (b *book) frame() []struct{ name, text string } {
	var types, tabs, links strings.Builder
	for i, name := range b.tabs {
		var escaped strings.Builder
		_ = xml.EscapeText(&escaped, []byte(name)) // a Builder takes all
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&tabs, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, escaped.String(), i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1, relations)
	}
	fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.tabs)+1, relations)
	const packages = `xmlns="http://schemas.openxmlformats.org/package/2006/`
	return []struct{ name, text string }{
		{"[Content_Types].xml", `<Types ` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships ` + packages + `relationships"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + mainSpace + ` xmlns:r="` + relations + `"><sheets>` + tabs.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships ` + packages + `relationships">` + links.String() + `</Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + mainSpace + `><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>` +
			`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`},
	}
}
