package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/web"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

// TestAnEvaluationOnThePages tells what became of a client, reads it in the figures,
// writes down a conclusion, and lets another confirm it.
func TestAnEvaluationOnThePages(t *testing.T) {
	w := work(t)
	web.MountEvaluations(w.Site, w.room, w, func(context.Context, ident.Firm) (map[string]string, error) {
		return map[string]string{"staff:anna": "Anna", "staff:bob": "Bob"}, nil
	})
	id := w.room.Take(w.room.Firm, "K-1", func(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() })
	today := calendar.Of(w.room.Now())
	const page = "/werk/toetsen/" + roomtest.TestID + "/evaluatie"
	w.is("anna", staff.Compliance)

	if code, _, body := w.send("/werk/toetspogingen/"+string(id)+"/vervolg", url.Values{"vervolg": {"complaint"}, "dag": {"morgen"}}); code != http.StatusBadRequest || !strings.Contains(body, "Er is niets vastgelegd") {
		t.Errorf("a day that is none: %d %s", code, body)
	}
	file := "klant;toets;vervolg;dag\nK-1;" + roomtest.TestID + ";Klacht;" + today.String() + "\nK-9;" + roomtest.TestID + ";boos;gisteren\n"
	code, _, body := w.send("/werk/toetsevaluaties/vervolg", url.Values{"bestand": {file}})
	for _, words := range []string{"Verbeter 3 fouten", "unknown-attempt", "invalid-value", "poging", "vervolg", "dag"} {
		if code != http.StatusBadRequest || !strings.Contains(body, words) {
			t.Errorf("a file with faults: %d, without %q: %s", code, words, body)
		}
	}
	good, _, _ := strings.Cut(file, "K-9")
	if code, _, body = w.send("/werk/toetsevaluaties/vervolg", url.Values{"bestand": {good}}); code != http.StatusOK || !strings.Contains(body, "1 regel vastgelegd") {
		t.Errorf("a good file: %d %s", code, body)
	}
	body = plain(sitetest.Get(w, page).Body.String())
	for _, words := range []string{"Ruim geslaagd", "1 van 1", "Klacht", "nog niet geëvalueerd", "Later"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page lacks %q: %s", words, body)
		}
	}
	if strings.Contains(body, "100%") {
		t.Error("a share of one client is told")
	}
	f, err := w.room.File(t.Context(), roomtest.Staff(w.room.Firm), id)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"versie": {f.Attempt.Test.String()}, "conclusion": {"kort"}}
	if code, _, body = w.send(page, form); code != http.StatusBadRequest || strings.Count(body, "Gebruik ten minste 40 tekens") == 0 || !strings.Contains(body, "een dag na vandaag") {
		t.Errorf("an unfinished evaluation: %d %s", code, body)
	}
	form = url.Values{
		"versie": form["versie"], "conclusion": {"Achteraf was het oordeel bij deze klant niet terecht."}, "measures": {"Twee vragen erbij, door de redactie."},
		"outside": {"more than incidental"}, "next": {today.AddDays(5).String()},
	}
	if code, _, body = w.send(page, form); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, body)
	}
	body = plain(sitetest.Get(w, "/werk/toetsevaluaties").Body.String())
	if !strings.Contains(body, "Binnen 7 dagen") || !strings.Contains(body, "Gepland") {
		t.Errorf("the list of what is due: %s", body)
	}
	list, err := w.room.Evaluations(t.Context(), roomtest.Staff(w.room.Firm), roomtest.TestID)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v (%v)", list, err)
	}
	confirm := url.Values{"evaluatie": {list[0].ID}, "versie": form["versie"]}
	if code, _, body = w.send(page+"/bevestigen", confirm); code != http.StatusConflict || !strings.Contains(body, "Een ander moet haar bevestigen") {
		t.Errorf("who wrote it confirmed it: %d %s", code, body)
	}
	w.is("bob", staff.Publisher)
	if code, _, body = w.send(page+"/bevestigen", confirm); code != http.StatusSeeOther {
		t.Errorf("%d %s", code, body)
	}
	body = plain(sitetest.Get(w, page).Body.String())
	for _, words := range []string{"Bevestigd door Bob", "Herzie het productdistributieproces", "Achteraf was het oordeel"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
}
