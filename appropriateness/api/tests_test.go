package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/api"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/ident"
	"zorgplicht/internal/rest"
	"zorgplicht/party"
)

const ownTest = "hypotheek-eigen"

// studio is a door with the operations on tests, to a firm with a stocked bank.
func studio(t *testing.T, f func(*door) party.Firm) (*door, party.Firm) {
	d := open(t)
	api.MountTests(d.API, d.room.Service)
	d.scopes = append(d.scopes, api.ReadTests, api.WriteTests)
	firm := f(d)
	d.room.Stock(firm)
	return d, firm
}

func many(d *door) party.Firm { return d.room.Firm }

func alone(d *door) party.Firm { return d.room.AddAlone("Kantoor Bos") }

func designBody(t *testing.T, d appropriateness.Design, revision int) string {
	t.Helper()
	d.Questions = []appropriateness.QuestionID{}
	b, err := json.Marshal(map[string]any{"design": d})
	if err != nil {
		t.Fatal(err)
	}
	if revision > 0 {
		return strings.TrimSuffix(string(b), "}") + fmt.Sprintf(`,"revision":%d}`, revision)
	}
	return string(b)
}

// refused asks what must be refused, and returns the problem.
func (d *door) refused(f party.Firm, path, body, key string, status int, code string) (p rest.Problem) {
	d.t.Helper()
	if w := d.ask(f, "POST", path, body, key, &p); w.Code != status || p.Code != code {
		d.t.Errorf("%s: %d %s, want %d %s: %s", path, w.Code, p.Code, status, code, w.Body)
	}
	return p
}

func TestATestIsDesignedByAProgramAndPutToUseByAPerson(t *testing.T) {
	d, f := studio(t, many)
	design := roomtest.Design(ownTest)
	design.Blueprint.Downside = 0
	var draft api.Toetsontwerp
	if w := d.ask(f, "POST", "/v1/toetsen", designBody(t, design, 0), "ontwerp-1", &draft); w.Code != 201 || draft.Revision != 1 || draft.Publication != nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	p := d.refused(f, "/v1/toetsen/"+ownTest+"/aanvragen", `{"revision":1}`, "vraag-aan-1", 400, "not-publishable")
	if len(p.Errors) != 1 || p.Errors[0].Code != "downside-floor" || !strings.Contains(p.Errors[0].Detail, "AFM") {
		t.Errorf("told %+v", p.Errors)
	}
	var seen api.ToetsMetVersies
	if w := d.ask(f, "GET", "/v1/toetsen/"+ownTest, "", "", &seen); w.Code != 200 || seen.Check == nil || seen.Check.Publishable || len(seen.Check.Refusals) != 1 || len(seen.Check.Chances.Rows) != 6 || len(seen.Versions) != 0 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if rows := seen.Check.Chances.Rows; rows[0].High > 100 || rows[5].High < 5_000 {
		t.Errorf("of those who guess %d in 10,000 pass, of those who know 90%% %d", rows[0].High, rows[5].High)
	}
	design.Blueprint.Downside = 25
	d.refused(f, "/v1/toetsen", designBody(t, design, 7), "ontwerp-2", 409, "design-changed")
	if w := d.ask(f, "POST", "/v1/toetsen", designBody(t, design, 1), "ontwerp-3", &draft); w.Code != 201 || draft.Revision != 2 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/aanvragen", `{"revision":2,"note":"Graag voor vrijdag."}`, "vraag-aan-2", &draft); w.Code != 201 || draft.Publication == nil || draft.Publication.Note != "Graag voor vrijdag." {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	seal := draft.Publication.Hash
	d.refused(f, "/v1/toetsen", designBody(t, design, 2), "ontwerp-4", 409, "design-asked")
	d.refused(f, "/v1/toetsen/"+ownTest+"/publicaties", `{"hash":"`+seal+`"}`, "publiceer-1", 409, "publisher-no-person")

	person := roomtest.Staff(f)
	hash, err := ident.ParseHash(seal)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.room.PublishDesign(t.Context(), person, appropriateness.Publication{ID: ownTest, Test: hash})
	if err != nil || r.Way != appropriateness.WaySecond {
		t.Fatalf("a person: %+v, %v", r, err)
	}
	if w := d.ask(f, "GET", "/v1/toetsen/"+ownTest, "", "", &seen); w.Code != 200 || len(seen.Versions) != 1 || seen.Versions[0].State != "in_use" || seen.Versions[0].PublishedBy != person.String() {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var version api.Toetsbeoordeling
	w := d.ask(f, "GET", "/v1/toetsen/"+ownTest+"/versies/"+seal, "", "", &version)
	if w.Code != 200 || version.Hash != seal || !version.Publishable || version.Form.Downside != 25 || strings.Contains(w.Body.String(), "wrong_because") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	var list struct{ Items []api.Toets }
	d.ask(f, "GET", "/v1/toetsen", "", "", &list)
	if len(list.Items) != 2 || list.Items[0].Versions != 1 || list.Items[0].Until != nil {
		t.Errorf("the list holds %+v", list.Items)
	}
	var ended api.Toetsversie
	if w := d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/intrekkingen", `{"hash":"`+seal+`","reason":"Het product is er niet meer."}`, "trek-in-1", &ended); w.Code != 201 || ended.State != "over" || ended.Until == nil {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	d.refused(f, "/v1/toetsen/"+ownTest+"/intrekkingen", `{"hash":"`+seal+`","reason":"Nog eens."}`, "trek-in-2", 404, "unknown-version")
}

func TestAProgramOfAFirmOfOnePersonWaitsADay(t *testing.T) {
	d, f := studio(t, alone)
	var draft api.Toetsontwerp
	d.ask(f, "POST", "/v1/toetsen", designBody(t, roomtest.Design(ownTest), 0), "ontwerp-1", &draft)
	d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/aanvragen", `{"revision":1}`, "vraag-aan-1", &draft)
	body := `{"hash":"` + draft.Publication.Hash + `","reason":%q}`
	publish := "/v1/toetsen/" + ownTest + "/publicaties"
	// The design was last written by another program: that too is the person of the firm.
	p := d.refused(f, publish, fmt.Sprintf(body, "Te kort."), "publiceer-1", 400, "invalid-publication")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason" {
		t.Errorf("told %+v", p.Errors)
	}
	var r, again api.Toetsversie
	w := d.ask(f, "POST", publish, fmt.Sprintf(body, "Ik werk alleen en kijk morgen nog eens met frisse ogen."), "publiceer-2", &r)
	if w.Code != 201 || r.State != "planned" || r.Way != appropriateness.WayDelay || r.From.Sub(r.Recorded) != 24*time.Hour {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := d.ask(f, "POST", publish, fmt.Sprintf(body, "Ik werk alleen en kijk morgen nog eens met frisse ogen."), "publiceer-2", &again); w.Code != 201 || again.Hash != r.Hash || !again.From.Equal(r.From) {
		t.Errorf("again: %d %s", w.Code, w.Body)
	}
	if w := d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/intrekkingen", `{"hash":"`+r.Hash+`","reason":"Toch niet."}`, "trek-in-1", &r); w.Code != 201 || r.State != "cancelled" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAllThatIsWrongWithADesignIsToldAtOnce(t *testing.T) {
	d, f := studio(t, many)
	design := roomtest.Design("Geen Kenmerk")
	design.Title, design.Minutes, design.Scoring.Percent = "Klant 111222333", 0, 101
	for _, path := range []string{"/v1/toetsen", "/v1/toetscontroles"} {
		p := d.refused(f, path, designBody(t, design, 0), "ontwerp-1", 400, "invalid-design")
		at := map[string]bool{}
		for _, e := range p.Errors {
			at[e.Pointer] = true
			if strings.Contains(e.Detail, "111222333") {
				t.Errorf("the value comes back: %s", e.Detail)
			}
		}
		for _, want := range []string{"/design/id", "/design/title", "/design/minutes", "/design/scoring/cut_percent"} {
			if !at[want] {
				t.Errorf("%s says nothing of %s: %+v", path, want, p.Errors)
			}
		}
	}
	for name, c := range map[string]struct{ path, body string }{
		"no JSON":              {"/v1/toetsen", `{"design":`},
		"an unknown field":     {"/v1/toetsen", strings.Replace(designBody(t, roomtest.Design(ownTest), 0), `{"design"`, `{"geheim":1,"design"`, 1)},
		"no design":            {"/v1/toetsen", `{}`},
		"a seal that is none":  {"/v1/toetsen/" + ownTest + "/publicaties", `{"hash":"GEHEIM"}`},
		"no seal":              {"/v1/toetsen/" + ownTest + "/intrekkingen", `{"reason":"weg"}`},
		"a day that is none":   {"/v1/toetsen/" + ownTest + "/publicaties", `{"hash":"` + strings.Repeat("a", 64) + `","from":"morgen"}`},
		"no reason":            {"/v1/toetsen/" + ownTest + "/teruggaven", `{"note":""}`},
		"a number in the note": {"/v1/toetsen/" + ownTest + "/teruggaven", `{"note":"Klant 111222333 belde."}`},
		"no revision":          {"/v1/toetsen/" + ownTest + "/aanvragen", `{}`},
	} {
		var p rest.Problem
		if w := d.ask(f, "POST", c.path, c.body, "sleutel-fout", &p); w.Code != 400 || len(p.Errors) == 0 || strings.Contains(w.Body.String(), "GEHEIM") || strings.Contains(w.Body.String(), "111222333") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestADesignIsTriedWithoutBeingKept(t *testing.T) {
	d, f := studio(t, many)
	design := roomtest.Design(ownTest)
	b := strings.Replace(designBody(t, design, 0), `"questions":[]`, `"questions":["annuitair-verloop","weg"]`, 1)
	var a api.Toetsbeoordeling
	if w := d.ask(f, "POST", "/v1/toetscontroles", b, "", &a); w.Code != 200 || a.Publishable || len(a.Inactive) != 1 || a.Inactive[0] != "weg" || a.Questions != 3 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	var p rest.Problem
	if w := d.ask(f, "GET", "/v1/toetsen/"+ownTest, "", "", &p); w.Code != 404 || p.Code != "unknown-design" {
		t.Errorf("it was kept: %d %s", w.Code, w.Body)
	}
}

func TestTheSameKeyOnADesign(t *testing.T) {
	d, f := studio(t, many)
	body := designBody(t, roomtest.Design(ownTest), 0)
	var one, two api.Toetsontwerp
	d.ask(f, "POST", "/v1/toetsen", body, "ontwerp-1", &one)
	if w := d.ask(f, "POST", "/v1/toetsen", body, "ontwerp-1", &two); w.Code != 201 || two.Revision != 1 || two.EditedBy != one.EditedBy {
		t.Errorf("again: %d %s", w.Code, w.Body)
	}
	d.refused(f, "/v1/toetsen", strings.Replace(body, "Redactie", "Iemand", 1), "ontwerp-1", 409, "idempotency-key-reused")
	d.refused(f, "/v1/toetsen", body, "ontwerp-2", 409, "design-exists")
	back := "/v1/toetsen/" + ownTest + "/teruggaven"
	d.refused(f, back, `{"note":"Toch niet."}`, "terug-een", 409, "not-asked")
	d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/aanvragen", `{"revision":1}`, "vraag-aan-1", &one)
	for range 2 {
		if w := d.ask(f, "POST", back, `{"note":"Toch niet."}`, "terug-twee", &two); w.Code != 201 || two.Publication != nil {
			t.Errorf("given back: %d %s", w.Code, w.Body)
		}
	}
}

func TestTestsOfAnotherFirmAreNotThere(t *testing.T) {
	d, f := studio(t, many)
	var draft api.Toetsontwerp
	d.ask(f, "POST", "/v1/toetsen", designBody(t, roomtest.Design(ownTest), 0), "ontwerp-1", &draft)
	d.ask(f, "POST", "/v1/toetsen/"+ownTest+"/aanvragen", `{"revision":1}`, "vraag-aan-1", &draft)
	other := d.room.AddFirm("Kantoor Noord")
	var p rest.Problem
	for _, path := range []string{"/v1/toetsen/" + ownTest, "/v1/toetsen/" + ownTest + "/versies/" + draft.Publication.Hash, "/v1/toetsen/" + ownTest + "/versies/geen-zegel"} {
		if w := d.ask(other, "GET", path, "", "", &p); w.Code != 404 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	d.refused(other, "/v1/toetsen/"+ownTest+"/teruggaven", `{"note":"weg"}`, "terug-een", 404, "unknown-design")
	d.scopes = []string{api.ReadAttempts, api.ReadTests}
	d.refused(f, "/v1/toetsen/"+ownTest+"/teruggaven", `{"note":"weg"}`, "terug-twee", 403, "scope-missing")
	d.scopes = []string{api.ReadAttempts}
	if w := d.ask(f, "GET", "/v1/toetsen/"+ownTest, "", "", &p); w.Code != 403 {
		t.Errorf("without the scope: %d", w.Code)
	}
}
