package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

const pickPage = ownTest + "/vragen"

// ticks are the questions that a page would send along: ticked, or hidden by the
// filter.
func (w *workplace) ticks(path string) (seen, hidden []string) {
	body := sitetest.Get(w, path).Body.String()
	for _, m := range regexp.MustCompile(`<input type="(checkbox|hidden)" name="vraag" value="([^"]*)"( checked)?>`).FindAllStringSubmatch(body, -1) {
		switch {
		case m[1] == "hidden":
			hidden = append(hidden, m[2])
		case m[3] != "":
			seen = append(seen, m[2])
		}
	}
	return seen, hidden
}

// designed keeps a design, by Anna.
func designed(t *testing.T) *workplace {
	w := drawing(t)
	w.is("anna", staff.Author)
	form := finished(w.filled("/werk/toetsen/nieuw"))
	if code, _, page := w.send("/werk/toetsen/nieuw", form); code != http.StatusSeeOther {
		t.Fatalf("the design is not kept: %d %s", code, page)
	}
	return w
}

func TestQuestionsAreTickedOnAList(t *testing.T) {
	w := designed(t)
	all, _ := w.ticks(pickPage)
	if len(all) < 25 {
		t.Fatalf("%d questions are ticked at first, want all that are active", len(all))
	}
	_, page := w.get(pickPage)
	has(t, page, "Alle actieve vragen over dit product", "vaste vraag, hoort er altijd bij", "Genoeg", "Kennis van het product")

	query := url.Values{"keuze": {"kies"}, "gezien": {"1"}, "onderdeel": {"need_for_advice"}, "vraag": {"annuitair-verloop", "weg-ermee"}}
	path := pickPage + "?" + query.Encode()
	seen, hidden := w.ticks(path)
	if !slices.Equal(hidden, []string{"annuitair-verloop"}) || !slices.Equal(seen, []string{"weg-ermee"}) {
		t.Errorf("the filter shows ticks %v and keeps %v", seen, hidden)
	}
	_, page = w.get(path)
	has(t, page, "Gekozen, maar niet actief", "Nog 1 familie nodig", "Nog 2 families nodig")
	lacks(t, page, "annuitaire-hypotheek:")

	if code, to, page := w.send(pickPage, url.Values{"keuze": {"kies"}, "gezien": {"1"}, "vraag": {"annuitair-verloop"}}); code != http.StatusSeeOther || to != ownTest {
		t.Fatalf("not kept: %d %s", code, page)
	}
	seen, _ = w.ticks(pickPage)
	if !slices.Equal(seen, []string{"annuitair-verloop"}) {
		t.Errorf("kept %v", seen)
	}
	_, page = w.get(ownTest)
	has(t, page, "Zo kan de toets niet in gebruik", "Over")
	if form := w.filled(ownTest + "/ontwerp"); form.Get("questions") != "annuitair-verloop" {
		t.Errorf("the form of the design holds the questions %q", form.Get("questions"))
	}
	if code, _, _ := w.send(pickPage, url.Values{"keuze": {"alle"}, "gezien": {"2"}, "vraag": {"annuitair-verloop"}}); code != http.StatusSeeOther {
		t.Errorf("all again: %d", code)
	}
	if seen, _ = w.ticks(pickPage); len(seen) != len(all) {
		t.Errorf("all again: %d ticked, want %d", len(seen), len(all))
	}
}

func TestAChoiceThatCannotBeKept(t *testing.T) {
	w := designed(t)
	code, _, page := w.send(pickPage, url.Values{"keuze": {"kies"}, "gezien": {"1"}})
	if code != http.StatusBadRequest || !strings.Contains(page, "Kruis ten minste één vraag aan") {
		t.Errorf("nothing ticked: %d %s", code, page)
	}
	if code, _, _ := w.send(pickPage, url.Values{"keuze": {"iets"}, "gezien": {"1"}}); code != http.StatusBadRequest {
		t.Errorf("an unknown way: %d", code)
	}
	code, _, page = w.send(pickPage, url.Values{"keuze": {"kies"}, "gezien": {"9"}, "vraag": {"annuitair-verloop"}})
	if code != http.StatusConflict || !strings.Contains(page, "Intussen heeft iemand dit ontwerp gewijzigd") {
		t.Errorf("another was first: %d %s", code, page)
	}
	if code, _ := w.get(pickPage + "?keuze=kies&onderdeel=weer"); code != http.StatusBadRequest {
		t.Errorf("an unknown element: %d", code)
	}
	if code, _ := w.get("/werk/toetsen/er-niet/vragen"); code != http.StatusNotFound {
		t.Errorf("an unknown test: %d", code)
	}
	w.is("bob", staff.Publisher)
	if code, _ := w.get(pickPage); code != http.StatusForbidden {
		t.Errorf("a publisher chooses: %d", code)
	}
}
