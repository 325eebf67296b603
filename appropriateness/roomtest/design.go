package roomtest

import (
	"context"

	"zorgplicht/appropriateness"
	"zorgplicht/appropriateness/starter"
	"zorgplicht/ident"
	"zorgplicht/party"
)

// Stock fills the bank of the firm with the questions of the starter test, written
// by one and approved by another.
func (r *Room) Stock(f party.Firm) {
	r.t.Helper()
	r.must(Stock(r.t.Context(), r.Service, f))
}

// Stock does the same through a service.
func Stock(ctx context.Context, s *appropriateness.Service, f party.Firm) error {
	test, err := appropriateness.ReadBank(starter.Hypotheek)
	if err != nil {
		return err
	}
	author, reviewer := Staff(f), Staff(f)
	for _, q := range test.Questions {
		c := appropriateness.BankContent{Format: appropriateness.BankFormat, Product: test.Product, Language: test.Language, Question: q}
		if err := Approve(ctx, s, author, reviewer, c); err != nil {
			return err
		}
	}
	return nil
}

// Design is a design for the questions of Stock that may be put to use.
func Design(id string) appropriateness.Design {
	d := appropriateness.NewDesign(id, "mortgage")
	d.Title, d.Purpose, d.Author = "Hypotheek zonder advies", "Met deze toets bekijken wij of u genoeg weet om zonder advies te kiezen.", "Redactie"
	d.Scoring.Reason = "Wie deze grens haalt, kent de risico’s van de hypotheek en weet wat er zonder advies niet gebeurt."
	d.Scoring.Elements = map[appropriateness.Element]int{appropriateness.ProductRisks: 50, appropriateness.ServiceRisks: 50}
	return d
}

// Criterion is a question of the bank after the target group of a mortgage.
func Criterion(id appropriateness.QuestionID) appropriateness.BankContent {
	return appropriateness.BankContent{Format: appropriateness.BankFormat, Product: "mortgage", Language: "nl", Question: appropriateness.Question{
		ID: id, Element: appropriateness.TargetGroup, Family: string(id), Kind: "substantive", Side: "neutral", Source: "Doelgroepbeschrijving van het product",
		Text: "Waarvan betaalt u de maandlasten van deze hypotheek?", Right: "Het product is bedoeld voor klanten met een vast inkomen.",
		Options: []appropriateness.Option{
			{ID: "loon", Text: "Van loon of pensioen dat elke maand gelijk is", Right: true},
			{ID: "wisselend", Text: "Van inkomen dat elke maand anders is", Wrong: "Voor een wisselend inkomen is het product niet bedoeld."},
		},
	}}
}

// Approve puts a question in the bank in use.
func Approve(ctx context.Context, s *appropriateness.Service, author, reviewer ident.Actor, c appropriateness.BankContent) error {
	var saw appropriateness.Edition
	if before, err := s.QuestionVersions(ctx, author, c.Question.ID); err == nil {
		saw = before[0].Edition()
	}
	q, err := s.WriteQuestion(ctx, author, appropriateness.Writing{Content: c, Saw: saw, Origin: appropriateness.FromStarter})
	if err == nil {
		q, err = s.SubmitQuestion(ctx, author, c.Question.ID, q.Edition(), "")
	}
	if err == nil {
		_, err = s.ReviewQuestion(ctx, reviewer, c.Question.ID, q.Edition(), appropriateness.Approved, "")
	}
	return err
}
