package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/internal/site/sitetest"
)

func TestFines(t *testing.T) {
	for _, tt := range []struct {
		name   string
		asked  url.Values
		status int
		has    []string
		lacks  []string
	}{
		{"nothing chosen yet", nil, 200, []string{"Overtreden normen"}, []string{"Samen"}},
		{"size unknown: from factor 1 to factor 5", url.Values{"normen": {"bfd:14:1"}}, 200, []string{"Samen € 1.815 tot € 9.075", "I tot en met V", "De omvang is onbekend"}, nil},
		{
			"twelve fte is category III",
			url.Values{"normen": {"bfd:14:1"}, "soort": {"e"}, "fte": {"12"}},
			200,
			[]string{"Samen € 5.445", "III, factor 3", "Ja"},
			[]string{"De omvang is onbekend"},
		},
		{
			"the table gives two tariffs, so there are two readings",
			url.Values{"normen": {"bfd:12:1"}, "soort": {"e"}, "fte": {"4,99"}},
			200,
			[]string{"lezing 1 van 2", "lezing 2 van 2", "€ 907", "€ 1.815", "Samen € 907 tot € 1.815"},
			nil,
		},
		{"no tariff counts for nothing", url.Values{"normen": {"bfd:44:1\nbfd:14:1"}, "soort": {"e"}, "fte": {"1"}}, 200, []string{"bijlage 10 noemt deze bepaling niet", "Samen € 1.815"}, nil},
		{"category V after a request that was not answered", url.Values{"normen": {"bfd:14:1"}, "gegevens": {"uitgebleven"}}, 200, []string{"Samen € 9.075", "V, factor 5"}, nil},
		{"asked, and the term still runs: any size", url.Values{"normen": {"bfd:14:1"}, "soort": {"e"}, "gegevens": {"gevraagd"}}, 200, []string{"Samen € 1.815 tot € 9.075"}, nil},
		{
			"an insurer of two types: the lowest and the highest",
			url.Values{"normen": {"bfd:14:1"}, "soort": {"b"}, "ook": {"c"}, "balans": {"50.000.000"}},
			200,
			[]string{"Samen € 3.630 tot € 5.445", "of hoger"},
			nil,
		},
		{"and with a choice just that one", url.Values{"normen": {"bfd:14:1"}, "soort": {"b"}, "ook": {"c"}, "balans": {"50.000.000"}, "voorrang": {"higher"}}, 200, []string{"Samen € 5.445"}, []string{"of hoger"}},
		{"twice the same is two breaches", url.Values{"normen": {"bfd:14:1\nbfd:14:1"}, "soort": {"e"}, "fte": {"1"}}, 200, []string{"Samen € 3.630"}, nil},
		{"as it is cited", url.Values{"normen": {"Artikel 14 eerste lid Bfd"}, "soort": {"e"}, "fte": {"1"}}, 200, []string{"Samen € 1.815"}, nil},
		{"sought and added", url.Values{"normen": {"bfd:14:1"}, "zoek": {"klachten bewaren"}}, 200, []string{"Artikel 52, Bfd toevoegen"}, nil},
		{"all that is wrong at once", url.Values{"normen": {"zomaar\nbfd:14:1\nafm:ket:duty"}, "soort": {"z"}, "fte": {"-1"}, "balans": {"veel"}}, 400, []string{"Regel 1 en 3", "Vul een getal in", "Kies de soort", "nul of meer"}, []string{"Samen"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, page := open(t).get("/werk/normen/boetes?" + tt.asked.Encode())
			if status != tt.status {
				t.Errorf("status %d", status)
			}
			for _, s := range tt.has {
				if !strings.Contains(page, s) {
					t.Errorf("lacks %q:\n%s", s, page)
				}
			}
			for _, s := range tt.lacks {
				if strings.Contains(page, s) {
					t.Errorf("has %q", s)
				}
			}
		})
	}
}

func TestTheFileOfFinesHoldsBothReadings(t *testing.T) {
	r := open(t)
	asked := url.Values{"normen": {"bfd:12:1\nbfd:44:1"}, "soort": {"e"}, "fte": {"12"}}.Encode()
	w := sitetest.Get(r, "/werk/normen/boetes/lijst.csv?"+asked)
	for _, s := range []string{`"bfd:12:1"`, `"lezing 1 van 2"`, `2721`, `5445`, `"geen tarief in tabel 1"`} {
		if !strings.Contains(w.Body.String(), s) {
			t.Errorf("lacks %s: %s", s, w.Body)
		}
	}
	if w := sitetest.Get(r, "/werk/normen/boetes/lijst.xlsx?"+asked); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "PK") {
		t.Errorf("xlsx: %d", w.Code)
	}
	if w := sitetest.Get(r, "/werk/normen/boetes/lijst.csv?normen=onzin"); w.Code != http.StatusBadRequest {
		t.Errorf("a file of what is no norm: %d", w.Code)
	}
}
