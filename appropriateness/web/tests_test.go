package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/appropriateness/web"
	"zorgplicht/ident"
	"zorgplicht/internal/site/sitetest"
	"zorgplicht/staff"
)

// drawing is a workplace with the pages on tests, and a stocked bank.
func drawing(t *testing.T) *workplace {
	w := work(t)
	w.room.Stock(w.room.Firm)
	web.MountTests(w.Site, w.room, w, func(context.Context, ident.Firm) (map[string]string, error) {
		return map[string]string{"staff:anna": "Anna", "staff:bob": "Bob"}, nil
	})
	return w
}

// is signs somebody in.
func (w *workplace) is(id string, roles ...staff.Role) {
	w.as(w.room.Firm, roles...)
	w.who.Account.ID = id
}

// send posts a form and returns the status, where it leads, and the page.
func (w *workplace) send(path string, form url.Values) (int, string, string) {
	r := sitetest.Post(w, path, form)
	return r.Code, r.Header().Get("Location"), plain(r.Body.String())
}

var sealOf = regexp.MustCompile(`name="(gezien|versie)" value="([^"]*)"`)

// filled reads the form of a page as a browser would send it, for its text fields.
func (w *workplace) filled(path string) url.Values {
	body := sitetest.Get(w, path).Body.String()
	form := url.Values{}
	for _, m := range regexp.MustCompile(`<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		form.Set(m[1], m[2])
	}
	form.Set("product", "mortgage")
	form.Set("policy-after_fail", "stop")
	form.Set("policy-outside_target_group", "niet")
	form.Set("policy-retake", "never")
	return form
}

func finished(form url.Values) url.Values {
	form.Set("id", "hypotheek-eigen")
	form.Set("title", "Hypotheek zonder advies")
	form.Set("purpose", "Met deze toets bekijken wij of u genoeg weet om zonder advies te kiezen.")
	form.Set("author", "Redactie")
	form.Set("scoring-reason", "Wie deze grens haalt, kent de risico’s en weet wat er zonder advies niet gebeurt.")
	return form
}

const ownTest = "/werk/toetsen/hypotheek-eigen"

func TestFromDesignToUseOnThePages(t *testing.T) {
	w := drawing(t)
	w.is("anna", staff.Author)
	form := w.filled("/werk/toetsen/nieuw")
	form.Set("id", "hypotheek-eigen")
	form.Set("form-downside_percent", "0")
	if code, to, page := w.send("/werk/toetsen/nieuw", form); code != http.StatusSeeOther || to != ownTest {
		t.Fatalf("an unfinished design is not kept: %d %s", code, page)
	}
	_, page := w.get(ownTest)
	has(t, page, "Zo kan de toets niet in gebruik", "Vul de titel in", "Leg vast welk deel van de vragen ten minste over nadelen", "Schrijf op waarom bij deze uitkomst", "Wie slaagt er?", "Gokt alles", "Weet 90%")
	lacks(t, page, "Publicatie aanvragen")

	form = finished(w.filled(ownTest + "/ontwerp"))
	form.Set("form-downside_percent", "25")
	if code, _, page := w.send(ownTest+"/ontwerp", form); code != http.StatusSeeOther {
		t.Fatalf("the design is not kept: %d %s", code, page)
	}
	_, page = w.get(ownTest)
	has(t, page, "Niets staat publicatie in de weg", "Publicatie aanvragen", "gewijzigd door Anna")
	if code, _, page := w.send(ownTest+"/aanvragen", url.Values{"gezien": {"2"}, "note": {"Graag voor vrijdag."}}); code != http.StatusSeeOther {
		t.Fatalf("not asked: %d %s", code, page)
	}

	w.is("anna", staff.Author, staff.Publisher)
	seal := sealOf.FindStringSubmatch(sitetest.Get(w, ownTest).Body.String())[2]
	code, _, page := w.send(ownTest+"/publiceren", url.Values{"versie": {seal}})
	if code != http.StatusConflict {
		t.Errorf("its editor published it: %d", code)
	}
	has(t, page, "Een ander moet het publiceren")

	w.is("bob", staff.Publisher)
	_, page = w.get(ownTest)
	has(t, page, "Wacht op publicatie", "Aangevraagd door Anna", "Graag voor vrijdag.")
	if code, _, page := w.send(ownTest+"/publiceren", url.Values{"versie": {seal}}); code != http.StatusSeeOther {
		t.Fatalf("not published: %d %s", code, page)
	}
	_, page = w.get(ownTest)
	has(t, page, "In gebruik", "Bob, op verzoek van Anna", seal[:12])
	if code, _, page := w.send(ownTest+"/publiceren", url.Values{"versie": {seal}}); code != http.StatusConflict || !strings.Contains(page, "Misschien was een ander u voor") {
		t.Errorf("published twice: %d %s", code, page)
	}
	s, err := w.room.Start(t.Context(), roomtest.Staff(w.room.Firm), appropriateness.Start{Test: "hypotheek-eigen", Reference: "D-1", Channel: "website"})
	if err != nil || s.Attempt.Test.String() != seal {
		t.Errorf("the link of a client opens %s (%v), not %s", s.Attempt.Test, err, seal)
	}
}

func TestWhatIsWrongIsToldOnThePage(t *testing.T) {
	w := drawing(t)
	w.is("anna", staff.Author)
	form := w.filled("/werk/toetsen/nieuw")
	form.Set("id", "Geen Kenmerk")
	form.Set("minutes", "veel")
	form.Set("title", "Klant 111222333")
	code, _, page := w.send("/werk/toetsen/nieuw", form)
	if code != http.StatusBadRequest {
		t.Errorf("got %d", code)
	}
	has(t, page, "Vul een heel getal in.")
	form.Set("minutes", "20")
	_, _, page = w.send("/werk/toetsen/nieuw", form)
	has(t, page, "Geef de toets een kenmerk", "burgerservicenummer")
	form.Set("title", "Hypotheek")
	form.Set("id", "hypotheek-eigen")
	if code, _, _ := w.send("/werk/toetsen/nieuw", form); code != http.StatusSeeOther {
		t.Fatalf("got %d", code)
	}
	if code, _, page := w.send("/werk/toetsen/nieuw", form); code != http.StatusConflict || !strings.Contains(page, "Er is al een toets met dit kenmerk") {
		t.Errorf("made twice: %d", code)
	}
}

func TestVersionsExamplesAndDifferences(t *testing.T) {
	w := drawing(t)
	ctx, author, publisher := t.Context(), roomtest.Staff(w.room.Firm), roomtest.Staff(w.room.Firm)
	design := roomtest.Design("hypotheek-eigen")
	var seals []string
	for saw, cut := range []int{70, 80} {
		design.Scoring.Percent = cut
		d, err := w.room.WriteDesign(ctx, author, appropriateness.DesignWriting{Design: design, Saw: saw})
		if err == nil {
			d, err = w.room.AskPublication(ctx, author, appropriateness.Offer{ID: design.ID, Saw: d.Revision})
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := w.room.PublishDesign(ctx, publisher, appropriateness.Publication{ID: design.ID, Test: d.Asked.Test})
		if err != nil {
			t.Fatal(err)
		}
		seals = append(seals, r.Hash.String())
	}
	w.is("carla", staff.Compliance)
	_, page := w.get(ownTest + "/verschil?oud=" + seals[0] + "&nieuw=" + seals[1])
	has(t, page, "Grens 70% 80%")
	_, page = w.get(ownTest + "/versies/" + seals[1])
	has(t, page, "verzegeld", seals[1], "80% van de punten", "Wie slaagt er?")
	body := sitetest.Get(w, ownTest+"/voorbeeld?versie="+seals[0]+"&nr=2").Body.String()
	has(t, plain(body), "Hebt u behoefte aan advies over deze hypotheek?", "Nog een voorbeeld")
	test, err := w.room.TestVersion(ctx, author, "hypotheek-eigen", ident.HashOf(nil))
	if err == nil {
		t.Errorf("an unknown seal is a version: %v", test.Hash)
	}
	a, err := w.room.TestFile(ctx, author, "hypotheek-eigen")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range a.Composed.Test.Questions {
		if q.Right != "" && strings.Contains(body, q.Right) {
			t.Errorf("the example tells why %s is right", q.ID)
		}
	}
	w.is("hanna", staff.Handler)
	if code, _ := w.get(ownTest + "/verschil?oud=" + seals[0] + "&nieuw=" + seals[1]); code != http.StatusForbidden {
		t.Errorf("who helps clients sees what is right: %d", code)
	}

	w.is("bob", staff.Publisher)
	code, _, page := w.send(ownTest+"/intrekken", url.Values{"versie": {seals[1]}, "veld": {"0"}})
	if code != http.StatusBadRequest {
		t.Errorf("withdrawn without a reason: %d %s", code, page)
	}
	page = sitetest.Post(w, ownTest+"/intrekken", url.Values{"versie": {seals[1]}, "veld": {"0"}}).Body.String()
	has(t, page, `<details open>`, `href="#reason-0"`, `id="reason-0-problem"`)
	page = sitetest.Post(w, ownTest+"/intrekken", url.Values{"versie": {seals[1]}, "veld": {"0"}, "to-0": {"30-2"}, "reason-0": {"Het product is er niet meer."}}).Body.String()
	has(t, page, `<details open>`, `id="to-0-problem"`, `value="Het product is er niet meer."`)
	if code, _, page = w.send(ownTest+"/intrekken", url.Values{"versie": {seals[1]}, "veld": {"0"}, "reason-0": {"Het product is er niet meer."}}); code != http.StatusSeeOther {
		t.Errorf("not withdrawn: %d %s", code, page)
	}
	w.room.Wait(1)
	_, page = w.get("/werk/toetsen?stand=over")
	has(t, page, "Hypotheek zonder advies", "Niet meer in gebruik", "2 versies")
	_, page = w.get("/werk/toetsen?zoek=eigen&stand=in_use")
	has(t, page, "Er zijn geen toetsen die hieraan voldoen.")
	if r := sitetest.Get(w, "/werk/toetsen/lijst.csv"); !strings.Contains(r.Body.String(), "hypotheek-eigen") || !strings.Contains(r.Body.String(), roomtest.TestID) {
		t.Errorf("the list as a file: %s", r.Body)
	}
}
