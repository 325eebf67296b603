package web_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

// busy lets clients of every kind pass: seven who pass, three who fail, two who
// leave after two answers, one who leaves at once, one who never came, and one who
// is answering.
func busy(t *testing.T) *workplace {
	w := work(t)
	f := w.room.Firm
	for i := range 10 {
		choose := roomtest.Right
		if i >= 7 {
			choose = roomtest.Wrong
		}
		w.room.Take(f, fmt.Sprintf("D-%d", i), choose)
	}
	for i := range 3 {
		id, secret := w.room.Begin(f, fmt.Sprintf("D-weg-%d", i))
		file, err := w.room.File(t.Context(), roomtest.Staff(f), id)
		if err != nil {
			t.Fatal(err)
		}
		for place := range 2 {
			if i == 2 {
				break
			}
			if err := w.room.Answer(t.Context(), secret, place, file.Form[place].Options[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := w.room.Start(t.Context(), roomtest.Staff(f), appropriateness.Start{Test: roomtest.TestID, Reference: "D-nooit", Channel: "office"}); err != nil {
		t.Fatal(err)
	}
	w.room.Wait(15 * 24 * time.Hour)
	w.room.Begin(f, "D-nu")
	w.room.Take(w.room.AddFirm("Adviesbureau Aalders"), "A-1", roomtest.Right)
	return w
}

func TestResults(t *testing.T) {
	w := busy(t)
	for _, c := range []struct {
		name, query string
		status      int
		sees, not   []string
	}{
		{
			"all that happened", "", 200,
			[]string{
				"Klaargezet 15", "Begonnen 14 93% van wie een link kreeg", "Verstuurd 10 71% van wie begon", "Afgehaakt 3 21% van wie begon", "Nog bezig 1", "Verlopen 4 waarvan 1 nooit begonnen",
				"Passend 7 70% 40% tot 89%", "Niet passend 3 30% 11% tot 60%", "Niet te beoordelen 0 0% 0% tot 28%",
				"geen enkel antwoord 1", "bij vraag 1 0", "bij vraag 2 2", "De helft van de klanten was klaar binnen",
				"versie 1 (vanaf 23 november 2026)", "vanaf 10 september 2026",
			},
			[]string{"Hypotheekhuis De Linde 16"},
		},
		{
			"of fewer than five no share is told", "?kanaal=office", 200,
			[]string{"Klaargezet 1", "te weinig voor een percentage", "Er zijn er minder dan 5: te weinig om aandelen te noemen.", "Er zijn minder dan 5 verstuurde toetsen"},
			[]string{"0%", "100%"},
		},
		{"a period without attempts", "?van=2020-01-01&tot=2020-12-31", 200, []string{"van 1 januari 2020 tot en met 31 december 2020", "Er zijn geen toetspogingen die hieraan voldoen."}, []string{"Uitkomsten"}},
		{"the whole past", "?van=&tot=", 200, []string{"Alle toetspogingen die zijn klaargezet.", "Klaargezet 15"}, nil},
		{"what cannot be read is named", "?van=gisteren&kanaal=post&toets=x", 400, []string{"Er kloppen nog een paar dingen niet", "Geef een dag als jaar-maand-dag"}, []string{"Klaargezet 15"}},
		{"a last day before the first is named", "?van=2026-11-24&tot=2026-11-23", 400, []string{"niet voor de eerste dag"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, page := w.get("/werk/toetsresultaten" + c.query)
			if status != c.status {
				t.Errorf("status %d", status)
			}
			has(t, page, c.sees...)
			lacks(t, page, c.not...)
		})
	}
	t.Run("who keeps the machine sees no figures", func(t *testing.T) {
		w.as(w.room.Firm, staff.Operator)
		if status, _ := w.get("/werk/toetsresultaten"); status != 403 {
			t.Errorf("status %d", status)
		}
	})
}

var linked = regexp.MustCompile(`<a href="(/werk/toetspogingen\?[^"]*)">([0-9.]+)(?: \(\d+%\))?</a>`)

// Every number opens the list of exactly so many.
func TestEachNumberOpensTheListBehindIt(t *testing.T) {
	w := busy(t)
	page := sitetest.Get(w, "/werk/toetsresultaten").Body.String()
	numbers := linked.FindAllStringSubmatch(page, -1)
	if len(numbers) < 30 {
		t.Fatalf("only %d numbers are linked", len(numbers))
	}
	for _, n := range numbers {
		status, list := w.get(html.UnescapeString(n[1]))
		shown := regexp.MustCompile(`(\d+) toetspoging`).FindStringSubmatch(list)
		if n[2] == "0" && strings.Contains(list, "Geen toetspogingen") {
			continue
		}
		if status != 200 || shown == nil || shown[1] != n[2] {
			t.Errorf("%s leads to %s: status %d, %v", n[2], n[1], status, shown)
		}
	}
}

func TestExport(t *testing.T) {
	w := busy(t)
	w.room.Begin(w.room.Firm, "=1+1")
	w.room.Wait(time.Minute)
	t.Run("the CSV holds the rows of the page, in its order and with its words", func(t *testing.T) {
		for _, query := range []string{"", "?stand=lapsed", "?uitkomst=not_appropriate&van=2026-11-23", "?zoek=D-3", "?stand=counted&kanaal=website", "?zoek=onbekend"} {
			rows := readCSV(t, w, query)
			page := sitetest.Get(w, "/werk/toetspogingen"+query).Body.String()
			_, page, _ = strings.Cut(page, "<tbody>")
			shown := strings.Split(page, "<tr>")[1:]
			if len(shown) != len(rows)-1 {
				t.Fatalf("%s: %d rows shown, %d exported", query, len(shown), len(rows)-1)
			}
			for i, s := range shown {
				text := " " + plain("<main>"+s) + " "
				r := rows[i+1]
				for _, column := range []int{0, 2, 3, 4, 5, 6} {
					if !strings.Contains(text, " "+strings.TrimPrefix(r[column], "'")+" ") {
						t.Errorf("%s: %q does not show %q", query, text, r[column])
					}
				}
				if points := r[7] + "\u00a0van\u00a0" + r[8]; r[7] != "" && !strings.Contains(text, points) {
					t.Errorf("%s: %q does not show %q", query, text, points)
				}
			}
		}
	})
	t.Run("a reference that is a formula is none in the file", func(t *testing.T) {
		rows := readCSV(t, w, "?zoek=%3D1%2B1")
		if len(rows) != 2 || rows[1][0] != "'=1+1" {
			t.Errorf("%q", rows)
		}
		r := sitetest.Get(w, "/werk/toetspogingen/lijst.xlsx?zoek=%3D1%2B1")
		f, err := excelize.OpenReader(bytes.NewReader(r.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cell, err1 := f.GetCellValue("Toetspogingen", "A2")
		formula, err2 := f.GetCellFormula("Toetspogingen", "A2")
		about, err3 := f.GetRows("Selectie")
		if cell != "=1+1" || formula != "" || err1 != nil || err2 != nil || err3 != nil || fmt.Sprint(about) != "[[Onderneming Hypotheekhuis De Linde] [Klant of kenmerk =1+1]]" {
			t.Errorf("%q %q %q, %v %v %v", cell, formula, about, err1, err2, err3)
		}
	})
	t.Run("the file has a name with its day and its kind", func(t *testing.T) {
		for _, kind := range []string{"csv", "xlsx"} {
			h := sitetest.Get(w, "/werk/toetspogingen/lijst."+kind).Header()
			if d := h.Get("Content-Disposition"); d != "attachment; filename=toetspogingen-2026-12-08."+kind {
				t.Error(d)
			}
		}
	})
	t.Run("more rows than a page of the store come all, each once", func(t *testing.T) {
		for i := range 520 {
			w.room.Wait(time.Second)
			w.room.Begin(w.room.Firm, "E-"+strconv.Itoa(i))
		}
		seen := map[string]bool{}
		for _, r := range readCSV(t, w, "?stand=begun")[1:] {
			seen[r[0]] = true
		}
		if len(seen) != 522 {
			t.Errorf("%d clients", len(seen))
		}
	})
	t.Run("what cannot be read is named, and no file comes", func(t *testing.T) {
		if r := sitetest.Get(w, "/werk/toetspogingen/lijst.csv?van=gisteren"); r.Code != 400 || r.Header().Get("Content-Disposition") != "" {
			t.Errorf("status %d, %s", r.Code, r.Header())
		}
	})
	t.Run("a handler reads the list and takes none out", func(t *testing.T) {
		w.as(w.room.Firm, staff.Handler)
		if _, page := w.get("/werk/toetspogingen"); strings.Contains(page, "als bestand") {
			t.Error("the page offers the list")
		}
		if r := sitetest.Get(w, "/werk/toetspogingen/lijst.csv"); r.Code != 403 {
			t.Errorf("status %d", r.Code)
		}
	})
}

func readCSV(t *testing.T, w *workplace, query string) [][]string {
	t.Helper()
	r := sitetest.Get(w, "/werk/toetspogingen/lijst.csv"+query)
	if r.Code != 200 {
		t.Fatalf("status %d", r.Code)
	}
	c := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.Body.String(), "\uFEFF")))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
