package criteria_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"zorgplicht/calendar"
	"zorgplicht/criteria"
	"zorgplicht/internal/fault"
)

const sheetSet = `language: 1
name: blad
version: 1
from: 2026-01-01
categories: [groen, rood]
fields: [{name: achterstand, type: months, from: 0, through: 120}]
rules:
  - {id: R1, category: rood, when: achterstand >= months(3), reason: Het is zo., norm: 'bfd:61:1'}
`

func sheetOf(t *testing.T, file string) *criteria.Sheet {
	t.Helper()
	p, err := criteria.Read([]byte(sheetSet))
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Open(strings.NewReader(file), "id", calendar.MustParse("2026-06-01"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAContractStandsTwiceOnlyWhereEachRowIsACase(t *testing.T) {
	const file = "id;achterstand\nC1;1\nC2;zeven\nC1;4\nC2;2\n"
	for once, want := range map[bool]string{false: "good 3 value", true: "good 3 value 4 double"} {
		s := sheetOf(t, file)
		s.Once = once
		var said []string
		good := 0
		for {
			_, _, wrong, err := s.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(wrong) == 0 {
				good++
			}
			for _, b := range wrong {
				said = append(said, string(rune('0'+b.Line))+" "+b.Code)
			}
		}
		if got := "good " + strings.Join(said, " "); got != want || good != 4-len(said) {
			t.Errorf("once %v: %q with %d good rows, want %q", once, got, good, want)
		}
	}
	p, err := criteria.Read([]byte(sheetSet))
	if err != nil {
		t.Fatal(err)
	}
	tried, err := p.Sample([]byte(file), "id", calendar.MustParse("2026-06-01"))
	if err != nil || tried.Trial.Rows != 3 || tried.Trial.Bad != 1 {
		t.Errorf("a sample gives %+v, %v", tried.Trial, err)
	}
}

func TestNamesThatAreCitizenServiceNumbersAreRefused(t *testing.T) {
	for file, want := range map[string]bool{
		"id;achterstand\n900000004;1\n900000016;1\n900000028;1\n":                            true,
		"id;achterstand\n900000004;1\n900000016;1\n":                                         false, // too few to tell
		"id;achterstand\n900000004;1\n900000016;1\n900000028;1\nA;1\nB;1\nC;1\n":             false, // half of them, by chance
		"id;achterstand\n900000005;1\n900000017;1\n900000029;1\n900000030;1\n":               false,
		"id;achterstand\n900000004;1\n900000004;zeven\n900000016;1\n900000028;1\nA;1\nB;1\n": true,
	} {
		s := sheetOf(t, file)
		s.Once = true
		var err error
		for err == nil {
			_, _, _, err = s.Next()
		}
		f := fault.As(err)
		if refused := f != nil && f.Details[0].Reason == criteria.BSNColumn; refused != want || strings.Contains(err.Error(), "90000") {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestARowOfAnotherLengthNamesTheColumnWhereItGoesWrong(t *testing.T) {
	for _, c := range []struct{ name, row, column, text string }{
		{"a field is missing", "C1;Ede", "achterstand", "3. Het zijn er 2."},
		{"a column that is no field is missing too", "C1", "kolom 2", "3. Het zijn er 1."},
		{"a column too many", "C1;Ede;4;5", "kolom 4", "3. Het zijn er 4."},
		{"three columns too many", "C1;Ede;4;5;6;7", "kolom 4", "3. Het zijn er 6."},
	} {
		s := sheetOf(t, "id;plaats;achterstand\n"+c.row+"\nC2;Ede;1\n")
		_, _, wrong, err := s.Next()
		if err != nil || len(wrong) != 1 || wrong[0].Line != 2 || wrong[0].Code != "ragged" || wrong[0].Column != c.column || !strings.HasSuffix(wrong[0].Text, c.text) {
			t.Errorf("%s: %+v, %v", c.name, wrong, err)
		}
		if id, row, wrong, err := s.Next(); id != "C2" || row[0].V != 1 || wrong != nil || err != nil {
			t.Errorf("%s: the next row is %q %v, %v, %v", c.name, id, row, wrong, err)
		}
	}
}

func TestTextThatIsNotUTF8IsNamedWhereverItStands(t *testing.T) {
	s := sheetOf(t, "id;achterstand\nC\xe9;1\nC2;\xe9\nC3;1\n")
	for _, want := range []criteria.BadCell{{Line: 2, Code: "text"}, {Line: 3, Column: "achterstand", Code: "text"}} {
		_, _, wrong, err := s.Next()
		if err != nil || len(wrong) != 1 || wrong[0].Line != want.Line || wrong[0].Column != want.Column || wrong[0].Code != want.Code {
			t.Errorf("%+v, %v; want %+v", wrong, err, want)
		}
	}
	p, err := criteria.Read([]byte(sheetSet))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Open(strings.NewReader("id;caf\xe9;achterstand\nC1;a;1\n"), "id", calendar.MustParse("2026-06-01"))
	if f := fault.As(err); f == nil || len(f.Details) != 1 || f.Details[0].Reason != "text" || f.Details[0].Pointer != "kolom 2" {
		t.Errorf("a name that is not UTF-8: %v", err)
	}
}
