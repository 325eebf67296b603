package table

import (
	"bytes"
	"testing"
	"time"

	"zorgplicht/calendar"
	"zorgplicht/internal/fault"
)

func TestAListOnPaper(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	make := func(columns, rows int, word string) ([]byte, error) {
		s := Sheet{Name: "Zaken", Made: calendar.MustParse("2026-11-22"), About: [][2]string{{"Stand", "open"}, {"Soort", ""}}}
		row := []any{"K-1", at, nil, 3, word, "x", "y", "z", "a", "b"}[:columns]
		for range columns {
			s.Columns = append(s.Columns, Column{Name: "Kolom", Width: 10})
		}
		var b bytes.Buffer
		w, err := New(PDF, &b, s)
		if err != nil {
			t.Fatal(err)
		}
		for range rows {
			if err := w.Row(row...); err != nil {
				return nil, err
			}
		}
		return b.Bytes(), w.Close()
	}
	for name, c := range map[string]struct{ columns, rows int }{"none": {3, 0}, "beside each other": {5, 90}, "each a piece of its own": {10, 30}} {
		t.Run(name, func(t *testing.T) {
			if _, err := make(c.columns, c.rows, "日本 vrij"); err != nil {
				t.Error(err)
			}
		})
	}
	wide := Sheet{Name: "Breed", Made: calendar.MustParse("2026-11-22"), Columns: []Column{{"Brief", 40}, {"Zaak", 4}, {"Aan", 60}, {"Antwoord", 60}, {"Kenmerk", 60}, {"SHA-256", 66}, {"Klaar", 40}}}
	var b bytes.Buffer
	if w, err := New(PDF, &b, wide); err != nil || w.Row("", "K-1", "a", "b", "c", "d", "e") != nil || w.Close() != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) {
		t.Errorf("columns that do not fit beside each other: %v", err)
	}
	if _, err := make(5, mostPaper+1, "w"); !fault.Has(err, "list-too-long") {
		t.Errorf("too many rows: %v", err)
	}
	if _, err := New(PDF, nil, Sheet{Name: "Zonder dag"}); err == nil {
		t.Error("a list without a day is on paper")
	}
}
