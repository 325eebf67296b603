package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/api"
	"zorgplicht/appropriateness/roomtest"
	"zorgplicht/calendar"
	"zorgplicht/ident"
	"zorgplicht/internal/fault"
)

// A program that asks again under its key gets the first answer, and what it asks
// otherwise under that key is refused.
func TestChangesOfTheBankUnderAKey(t *testing.T) {
	r := roomtest.New(t)
	ctx, by := t.Context(), ident.Actor{Firm: r.Firm.ID, Kind: ident.Program, ID: roomtest.NewID()}
	content := roomtest.Content("rente-na-afloop")
	writing := appropriateness.Writing{Content: content, Origin: appropriateness.FromAPI}
	first, err := r.Under("sleutel-een").WriteQuestion(ctx, by, writing)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Under("sleutel-een").WriteQuestion(ctx, by, writing)
	if err != nil || again.Edition() != first.Edition() || again.Hash != first.Hash {
		t.Errorf("again %+v, %v", again.Edition(), err)
	}
	writing.Content.Question.Text = "Een andere vraag over de rente?"
	if _, err := r.Under("sleutel-een").WriteQuestion(ctx, by, writing); !fault.Has(err, "idempotency-key-reused") {
		t.Errorf("another body: %v", err)
	}
	q, err := r.Under("sleutel-twee").SubmitQuestion(ctx, by, content.Question.ID, first.Edition(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Under("sleutel-drie").ReviewQuestion(ctx, by, content.Question.ID, q.Edition(), appropriateness.Approved, ""); !fault.Has(err, "reviewer-no-person") {
		t.Errorf("a program approved: %v", err)
	}
	list := []appropriateness.Import{{Row: 1, Content: roomtest.Content("nieuwe-vraag")}}
	for range 2 {
		rep, err := r.Under("sleutel-vier").ImportQuestions(ctx, by, list, appropriateness.FromAPI, false)
		if err != nil || rep.Count(appropriateness.ImportNew) != 1 {
			t.Errorf("import %+v, %v", rep, err)
		}
	}
	for range 2 {
		n, err := r.Under("sleutel-vijf").RetireQuestions(ctx, by, []appropriateness.QuestionID{"nieuwe-vraag"}, "weg")
		if err != nil || n != 1 {
			t.Errorf("retired %d, %v", n, err)
		}
	}
}

// TestTheBankPagesByCursor reads all questions once, a page at a time, and nothing of
// another firm.
func TestTheBankPagesByCursor(t *testing.T) {
	d, f := studio(t, many)
	api.MountBank(d.API, d.room.Service)
	d.scopes = append(d.scopes, api.ReadQuestions, api.WriteQuestions)
	var p struct {
		Items      []api.Vraagversie `json:"items"`
		NextCursor string            `json:"nextCursor"`
	}
	seen, cursor := map[string]bool{}, ""
	for range 20 {
		p.NextCursor = ""
		if w := d.ask(f, "GET", "/v1/vragen?limit=20&cursor="+cursor, "", "", &p); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		for _, q := range p.Items {
			if seen[q.ID] {
				t.Errorf("%s comes twice", q.ID)
			}
			seen[q.ID] = true
		}
		if cursor = p.NextCursor; cursor == "" {
			break
		}
	}
	all, err := d.room.Questions(t.Context(), roomtest.Staff(f), appropriateness.BankFilter{Limit: 200})
	if err != nil || len(seen) != all.Total || len(seen) < 40 {
		t.Errorf("%d of %d questions (%v)", len(seen), all.Total, err)
	}
	if w := d.ask(f, "GET", "/v1/vragen?cursor=geen", "", "", new(any)); w.Code != 400 {
		t.Errorf("a cursor that we did not write: %d", w.Code)
	}
	if w := d.ask(d.room.AddFirm("Ander Huis"), "GET", "/v1/vragen", "", "", &p); w.Code != 200 || len(p.Items) != 0 {
		t.Errorf("another firm reads %d questions (%d)", len(p.Items), w.Code)
	}
	d.scopes = nil
	if w := d.ask(f, "GET", "/v1/vragen", "", "", new(any)); w.Code != 403 {
		t.Errorf("without the scope: %d", w.Code)
	}
}

// TestAQuestionThroughTheAPI writes, offers and gives back a question, with all that
// is wrong told at once, and nothing of it for another firm.
func TestAQuestionThroughTheAPI(t *testing.T) {
	d, f := studio(t, many)
	api.MountBank(d.API, d.room.Service)
	d.scopes = append(d.scopes, api.ReadQuestions, api.WriteQuestions)
	other := d.room.AddFirm("Ander Huis")
	content, err := json.Marshal(roomtest.Content("rente-na-jaren"))
	if err != nil {
		t.Fatal(err)
	}
	var v api.Vraagversie
	if w := d.ask(f, "POST", "/v1/vragen", `{"content":`+string(content)+`}`, "schrijven-1", &v); w.Code != 201 || v.Version != 1 || v.State != "draft" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	p := d.refused(f, "/v1/vragen", `{"content":{"format":"x","product":"auto","language":"fr","question":{"id":"Geen Kenmerk","element":"weer","kind":"substantive","side":"neutral","weight":99,"family":"f","source":"123456782","text":"t","options":[]}}}`, "schrijven-2", 400, "invalid-question")
	if len(p.Errors) < 6 {
		t.Errorf("%d faults at once: %+v", len(p.Errors), p.Errors)
	}
	if body := fmt.Sprint(p); strings.Contains(body, "123456782") {
		t.Error("the problem holds what was refused")
	}
	d.refused(other, "/v1/vragen/rente-na-jaren/aanbiedingen", `{"version":1,"revision":1}`, "aanbieden-0", 404, "unknown-question")
	if w := d.ask(f, "POST", "/v1/vragen/rente-na-jaren/aanbiedingen", `{"version":1,"revision":1}`, "aanbieden-1", &v); w.Code != 201 || v.State != "in_review" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	d.refused(f, "/v1/vragen/rente-na-jaren/beoordelingen", fmt.Sprintf(`{"version":1,"revision":%d,"outcome":"approved"}`, v.Revision), "keuren-01", 409, "reviewer-no-person")
	var one api.Vraag
	if w := d.ask(f, "GET", "/v1/vragen/rente-na-jaren", "", "", &one); w.Code != 200 || len(one.Versions) != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := d.ask(other, "GET", "/v1/vragen/rente-na-jaren", "", "", new(any)); w.Code != 404 {
		t.Errorf("another firm reads it: %d", w.Code)
	}
}

// TestASalesSystemTellsWhatBecameOfClients: all rows or none, under a key.
func TestASalesSystemTellsWhatBecameOfClients(t *testing.T) {
	d := open(t)
	api.MountAftermath(d.API, d.room.Service)
	f, other := d.room.Firm, d.room.AddFirm("Ander Huis")
	id := d.room.Take(f, "K-1", func(q appropriateness.Question) appropriateness.OptionID { return q.RightOption() })
	day := calendar.Of(d.room.Now()).String()
	good := fmt.Sprintf(`{"rows":[{"attempt":%q,"what":"complaint","day":%q},{"clientReference":"K-1","test":%q,"what":"concluded","day":%q}]}`, id, day, roomtest.TestID, day)
	p := d.refused(f, "/v1/vervolgimporten", fmt.Sprintf(`{"rows":[{"attempt":%q,"what":"complaint","day":%q},{"attempt":"geen","what":"boos","day":"morgen"}]}`, id, day), "vervolg-1", 400, "invalid-sequels")
	if len(p.Errors) != 3 || p.Errors[0].Pointer != "/rows/1/what" {
		t.Errorf("told %+v", p.Errors)
	}
	var out api.Vervolgimport
	for range 2 {
		if w := d.ask(f, "POST", "/v1/vervolgimporten", good, "vervolg-2", &out); w.Code != 201 || out.New != 2 || out.Known != 0 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	var list api.Vervolgen
	if w := d.ask(f, "GET", "/v1/toetspogingen/"+string(id)+"/vervolgen", "", "", &list); w.Code != 200 || len(list.Items) != 2 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	d.refused(other, "/v1/vervolgimporten", good, "vervolg-3", 400, "invalid-sequels")
	if w := d.ask(other, "GET", "/v1/toetspogingen/"+string(id)+"/vervolgen", "", "", new(any)); w.Code != 404 {
		t.Errorf("another firm reads it: %d", w.Code)
	}
	if w := d.ask(f, "GET", "/v1/toetsen/"+roomtest.TestID+"/evaluaties", "", "", new(any)); w.Code != 200 {
		t.Errorf("evaluations: %d", w.Code)
	}
	d.scopes = []string{api.ReadAttempts}
	if w := d.ask(f, "POST", "/v1/vervolgimporten", good, "vervolg-4", new(any)); w.Code != 403 {
		t.Errorf("without the scope to write: %d", w.Code)
	}
}
