package api_test

import (
	"testing"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/roomtest"
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
