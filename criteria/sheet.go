package criteria

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
	"zorgplicht/internal/text"
)

// BadFile is the reason of the fault of a file whose columns cannot be read.
const BadFile = "bad-data-file"

const inUTF8 = "Bewaar het bestand als UTF-8."

// A Sheet reads rows from a CSV file: a line of names, then a line a row. Names
// are those of fields, in Dutch or English; other columns are passed over. A
// field without a column is unknown of every row.
type Sheet struct {
	Ignored []string // columns that are no field
	Absent  []string // fields without a column
	Once    bool     // each contract stands in it once: a second time is a fault; else each row is a case of its own

	p     *Program
	csv   *csv.Reader
	id    int
	into  []int // of each column its field, -1 for none
	row   Row
	start Row
	seen  seen
	rows  int // that counted
	bsn   int // names of contracts that look like a citizen service number
}

// A BadCell is what is wrong in one place of a file. It never holds the value.
type BadCell struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Code   string `json:"code"` // "quotes", "ragged", "id", "double", "text", "value"
	Text   string `json:"text"`
}

// Open reads the names of a file. The id is the column that says which contract a
// row is of. The fault names every column that cannot be.
func (p *Program) Open(r io.Reader, id string, day calendar.Date) (*Sheet, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if b, _ := in.Peek(3); string(b) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	head, _ := in.Peek(1 << 12)
	line, _, _ := strings.Cut(string(head), "\n")
	s := &Sheet{p: p, csv: csv.NewReader(in), id: -1, start: p.Row(day), seen: seen{}}
	s.row = slices.Clone(s.start)
	s.csv.ReuseRecord, s.csv.FieldsPerRecord = true, -1
	if strings.Count(line, ";") >= strings.Count(line, ",") && strings.Contains(line, ";") {
		s.csv.Comma = ';'
	}
	names, err := s.csv.Read()
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, fault.All(BadFile, []fault.Detail{{Line: 1, Reason: "empty", Text: "Zet op de eerste regel de namen van de kolommen: dit bestand is leeg."}})
	case err != nil && !errors.As(err, &syntax):
		return nil, fmt.Errorf("read the contracts: %w", err)
	case err != nil:
		return nil, fault.All(BadFile, []fault.Detail{{Line: 1, Reason: "quotes", Text: "Sluit de aanhalingstekens op de eerste regel."}})
	}
	return s, s.names(names, id)
}

func (s *Sheet) names(names []string, id string) error {
	var wrong []fault.Detail
	fail := func(i int, code, text string) {
		wrong = append(wrong, fault.Detail{Pointer: "kolom " + strconv.Itoa(i+1), Line: 1, Reason: code, Text: text})
	}
	taken := make([]bool, len(s.p.fields))
	for i, name := range names {
		name = strings.TrimSpace(name)
		if saysBSN(name) {
			fail(i, BSNColumn, withoutBSN)
		}
		if !utf8.ValidString(name) {
			fail(i, "text", inUTF8)
		}
		f := slices.IndexFunc(s.p.fields, func(f Field) bool { return f.Name == name || f.English != "" && f.English == name })
		switch {
		case name == id && s.id >= 0:
			fail(i, "double", "Noem de kolom met het kenmerk één keer.")
		case name == id:
			s.id, f = i, -1
		case f >= 0 && s.p.run[f]:
			fail(i, "run", "Haal deze kolom weg: de dag van de berekening is voor alle rijen gelijk.")
		case f >= 0 && taken[f]:
			fail(i, "double", "Haal deze kolom weg of geef haar een andere naam: het veld staat er al.")
		case f < 0:
			s.Ignored = append(s.Ignored, strings.Clone(name))
		default:
			taken[f] = true
		}
		s.into = append(s.into, f)
	}
	if s.id < 0 {
		fail(0, "id", "Geef één kolom de naam van het kenmerk, of zeg met --id welke kolom dat is.")
	}
	for f, there := range taken {
		if !there && !s.p.run[f] {
			s.Absent = append(s.Absent, s.p.fields[f].Name)
		}
	}
	return fault.All(BadFile, wrong)
}

// Next reads the next row. The row is good until the next call; with faults it
// counts for nothing. Where each contract stands once, a name that stood higher is a
// fault. The error is io.EOF at the end, a fault where most names are citizen service
// numbers, else one of the reader.
func (s *Sheet) Next() (id string, r Row, wrong []BadCell, err error) {
	if id, r, wrong, err = s.next(); err != nil {
		if errors.Is(err, io.EOF) && s.bsn >= leastBSN && s.bsn*2 > s.rows {
			err = fault.All(BadFile, []fault.Detail{{Line: 1, Reason: BSNColumn, Text: withoutBSN}})
		}
		return id, r, wrong, err
	}
	if len(wrong) > 0 {
		return id, r, wrong, nil
	}
	if s.Once && !s.seen.add(id) {
		line, _ := s.csv.FieldPos(0)
		return id, r, []BadCell{{line, "", "double", "Geef elk contract een eigen kenmerk: dit staat al hoger in het bestand."}}, nil
	}
	s.rows++
	if len(id) == 9 && text.HoldsBSN(id) {
		s.bsn++
	}
	return id, r, nil, nil
}

// ragged names the first column that a row lacks, or that it has too many: by its
// field, or by its place where it is of no field.
func (s *Sheet) ragged(line, columns int) BadCell {
	first := min(columns, len(s.into))
	at := "kolom " + strconv.Itoa(first+1)
	if first < len(s.into) && s.into[first] >= 0 {
		at = s.p.fields[s.into[first]].Name
	}
	return BadCell{line, at, "ragged", fmt.Sprintf("Geef de rij evenveel kolommen als de eerste regel: %d. Het zijn er %d.", len(s.into), columns)}
}

func (s *Sheet) next() (id string, r Row, wrong []BadCell, err error) {
	record, err := s.csv.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		return "", nil, []BadCell{{syntax.Line, "", "quotes", "Zet aanhalingstekens om de hele waarde, en verdubbel die erbinnen."}}, nil
	case err != nil:
		return "", nil, nil, err
	}
	line, _ := s.csv.FieldPos(0)
	if len(record) != len(s.into) {
		return "", nil, []BadCell{s.ragged(line, len(record))}, nil
	}
	id = strings.Clone(strings.TrimSpace(record[s.id]))
	switch {
	case id == "":
		wrong = append(wrong, BadCell{line, "", "id", "Vul het kenmerk in."})
	case !utf8.ValidString(id):
		wrong = append(wrong, BadCell{line, "", "text", inUTF8})
	}
	copy(s.row, s.start)
	for i, f := range s.into {
		if f < 0 {
			continue
		}
		field := &s.p.fields[f]
		cell, form := field.Read(strings.TrimSpace(record[i]))
		switch {
		case !utf8.ValidString(record[i]):
			wrong = append(wrong, BadCell{line, field.Name, "text", inUTF8})
		case form != "":
			wrong = append(wrong, BadCell{line, field.Name, "value", "Vul hier in: " + form + "."})
		}
		s.row[f] = cell
	}
	return id, s.row, wrong, nil
}
