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
