package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"zorgplicht/casework"
	"zorgplicht/casework/web"
	"zorgplicht/staff"
)

func TestTheDocumentsOfALetter(t *testing.T) {
	l := casework.Missive{
		From: "De Linde", Subject: "Uw klacht", To: "A. Jansen\nDorpsstraat 1", Number: "K-2026-0001", Made: time.Date(2026, 11, 23, 9, 0, 0, 7e6, time.UTC),
		Text: "Geachte heer <b>,\n\nDit gebeurt er:\n\n- eerst dit\n- dan dat\n\nDag.",
	}
	file, page, err := web.Paper(l)
	if err != nil {
		t.Fatal(err)
	}
	again, twice, _ := web.Paper(l)
	if !bytes.Equal(file, again) || !bytes.Equal(page, twice) {
		t.Error("the same letter gives other bytes")
	}
	for _, s := range []string{"<li>eerst dit</li>", "heer &lt;b&gt;", "23 november 2026", "A. Jansen<br>"} {
		if !strings.Contains(string(page), s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	l.Text = "Dag \U0001F600"
	if _, _, err := web.Paper(l); err == nil || !strings.Contains(err.Error(), "no-glyph") {
		t.Errorf("got %v", err)
	}
}

func TestTheFirmWritesItsOwnWords(t *testing.T) {
	r := open(t)
	const path = "/werk/sjablonen/klacht/bevestiging"
	r.Wants(r.Get("/werk/sjablonen"), http.StatusOK, "Bevestiging", "van Zorgplicht")
	r.Wants(r.Get(path), http.StatusOK, "{klant}")
	r.Wants(r.post(path, form("versie", "0", "onderwerp", "x", "tekst", "y")), http.StatusForbidden)
	r.Who.Roles = []staff.Role{staff.Compliance}
	r.Wants(r.post(path, form("versie", "0", "onderwerp", "", "tekst", "Dag {naam}")), http.StatusBadRequest, "Geef de brief een onderwerp", "bestaat niet", "moet het veld {instantie} bevatten")
	r.Wants(r.post(path, form("versie", "0", "onderwerp", "Uw klacht", "tekst", "Dag {klant}, zie {instantie}.")), http.StatusSeeOther)
	r.Wants(r.post(path, form("versie", "0", "onderwerp", "Uw klacht", "tekst", "Dag {klant}, zie {instantie}.")), http.StatusConflict, "was u voor")
	r.Wants(r.Get("/werk/sjablonen"), http.StatusOK, "eigen versie 1")
	l, err := r.Start(t.Context(), r.Who.Firm, "klacht", "bevestiging", map[string]string{"klant": "A. Jansen"})
	if err != nil || l.Text != "Dag A. Jansen, zie [vul in: instantie]." || l.Version != 1 {
		t.Errorf("%+v (%v)", l, err)
	}
	r.Who.Roles = []staff.Role{staff.Author}
	r.Wants(r.Get(path), http.StatusNotFound)
}

func form(fields ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		f.Set(fields[i], fields[i+1])
	}
	return f
}
