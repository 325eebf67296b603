package web_test

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
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

// TestTheFiguresOpenTheirListsAndGoAlong follows each number of an evaluation to its
// list, takes figures and list along, and takes back what was not so.
func TestTheFiguresOpenTheirListsAndGoAlong(t *testing.T) {
	w := work(t)
	web.MountEvaluations(w.Site, w.room, w, func(context.Context, ident.Firm) (map[string]string, error) { return nil, nil })
	right := func(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() }
	id, other := w.room.Take(w.room.Firm, "K-1", right), w.room.Take(w.room.Firm, "K-2", right)
	day := calendar.Of(w.room.Now()).String()
	w.is("anna", staff.Compliance)
	if code, _, body := w.send("/werk/toetspogingen/"+string(id)+"/vervolg", url.Values{"vervolg": {"complaint"}, "dag": {day}}); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, body)
	}
	const page = "/werk/toetsen/" + roomtest.TestID + "/evaluatie"
	body := sitetest.Get(w, page).Body.String()
	links := regexp.MustCompile(`href="(/werk/toetspogingen\?[^"]*groep=ample_pass[^"]*)"`).FindAllStringSubmatch(body, -1)
	if len(links) != 3 { // followed, with a signal, complaint
		t.Fatalf("%d numbers open a list: %s", len(links), body)
	}
	for _, link := range links {
		list := sitetest.Get(w, html.UnescapeString(link[1])).Body.String()
		if !strings.Contains(list, string(id)) || strings.Contains(list, string(other)) {
			t.Errorf("%s does not open the one who is counted: %s", link[1], plain(list))
		}
	}
	if code := sitetest.Get(w, "/werk/toetspogingen?groep=narrow_pass").Code; code != http.StatusBadRequest {
		t.Errorf("a group of no version: %d", code)
	}
	figures := sitetest.Get(w, page+"/cijfers.csv").Body.String()
	if !strings.Contains(figures, "Ruim geslaagd") || !strings.Contains(figures, "Klacht") || strings.Count(figures, "\r\n") != 1+4*10 {
		t.Errorf("the figures as a file: %s", figures)
	}
	if due := sitetest.Get(w, "/werk/toetsevaluaties/lijst.csv").Body.String(); !strings.Contains(due, "Een jaar na het eerste gebruik") || strings.Count(due, "\r\n") != 2 {
		t.Errorf("the list of what is due: %s", due)
	}
	if book := sitetest.Get(w, page+"/cijfers.xlsx").Body.String(); !strings.HasPrefix(book, "PK") {
		t.Error("the figures are no XLSX")
	}

	back := "/werk/toetspogingen/" + string(id) + "/vervolg/intrekken"
	if body := plain(sitetest.Get(w, back+"?vervolg=complaint&dag="+day).Body.String()); !strings.Contains(body, "Wat klopt er niet?") {
		t.Errorf("the page that asks why: %s", body)
	}
	form := url.Values{"vervolg": {"complaint"}, "dag": {day}}
	if code, _, body := w.send(back, form); code != http.StatusBadRequest || !strings.Contains(body, "Schrijf op wat er niet klopt") {
		t.Errorf("without a reason: %d %s", code, body)
	}
	form.Set("reason", "De klacht was van een andere klant.")
	if code, _, body := w.send(back, form); code != http.StatusSeeOther {
		t.Errorf("%d %s", code, body)
	}
	if code, _, _ := w.send(back, form); code != http.StatusNotFound {
		t.Errorf("twice: %d", code)
	}
	if body := plain(sitetest.Get(w, page).Body.String()); strings.Contains(body, "1 van 1") {
		t.Error("what was taken back still counts")
	}
	w.is("gast", staff.Supervisor)
	if code, _, _ := w.send(back, form); code != http.StatusForbidden {
		t.Errorf("who may not tell takes back: %d", code)
	}
}
